//! What a number, a key, an address look like in a file.

use entity::shape::VALUE;

pub(crate) const NOT_A_NUMBER: &str = "is not a number (digits, '.' before decimals, no blanks: 4500 or 0.2; up to 1e15, 17 decimals)";

/// Most decimals: what a value can need to be read again as it was.
const DECIMALS: usize = 17;

/// Digits with an optional sign and decimals; no blanks, exponents, infinities.
pub(crate) fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !all_digits(whole, 16) || !all_digits(decimals, DECIMALS) {
        return None;
    }
    text.parse::<f64>()
        .ok()
        .filter(|number| number.abs() <= VALUE)
        .map(|number| if number == 0.0 { 0.0 } else { number })
}

/// A number as [`number`] reads it.
pub(crate) fn digits(number: f64) -> String {
    // Rust writes the shortest digits that give the number again, and no exponent.
    format!("{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_digits() {
        for (text, value) in [
            ("36", 36.0),
            ("-7.1", -7.1),
            ("0.2", 0.2),
            ("-0", 0.0),
            ("0.30000000000000004", 0.1 + 0.2),
            ("100000000000", 1e11),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for value in [36.0, -7.1, 0.1 + 0.2, 1e15, 1e-7, 33.333333333333336] {
            assert_eq!(number(&digits(value)), Some(value));
        }
        for text in [
            "",
            " ",
            "4 500",
            "4,500",
            "1e3",
            "NaN",
            "inf",
            "-inf",
            "+5",
            ".5",
            "5.",
            "--1",
            "0x10",
            "٣٦",
            "1.2.3",
            "12345678901234567",
            "1000000000000001",
            "1.123456789012345678",
            "4\u{a0}500",
        ] {
            assert_eq!(number(text), None, "{text:?}");
        }
    }
}
