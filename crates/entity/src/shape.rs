//! What keys, addresses, texts and values look like, whoever states them: a file, a partner, a curator.

use crate::Measure;

/// Longest key, in characters.
pub const KEY: usize = 160;
/// Largest value, either side of zero.
pub const VALUE: f64 = 1e15;

/// Letters A-Z a-z, digits, `.`, `_` and `-`.
pub fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= KEY
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// Controls, and the marks that turn the reading direction around without showing.
pub fn is_control(found: char) -> bool {
    found.is_control()
        || matches!(found, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// An http or https address.
pub fn is_url(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let name = host.split(':').next().unwrap_or("");
    let labels_fit = name.split('.').all(|label| {
        !label.is_empty()
            && label
                .chars()
                .all(|found| found.is_alphanumeric() || found == '-')
    });
    let port_fits = host
        .strip_prefix(name)
        .and_then(|port| port.strip_prefix(':'))
        .is_none_or(|port| port.parse::<u16>().is_ok());
    labels_fit
        && port_fits
        && name.contains('.')
        && !text
            .chars()
            .any(|found| found.is_whitespace() || "<>\"\\".contains(found))
}

/// Units of things that come whole.
const WHOLE: [&str; 6] = [
    "count",
    "people",
    "people per year",
    "jobs",
    "establishments",
    "households",
];

/// Why an indicator cannot have a value; nothing when it can. `unit` is the key of the indicator's unit.
pub fn misfit(indicator: &str, unit: &str, measure: Measure, value: f64) -> Option<&'static str> {
    // A change may be a fall; everything else in percent is a part of a whole.
    let change = indicator.ends_with("growth") || indicator.ends_with("change");
    if measure == Measure::Rank && (value < 1.0 || value.fract() != 0.0) {
        Some("is not a rank (1, 2, 3 …)")
    } else if change && unit == "percent" && value < -100.0 {
        Some("is a fall of more than 100 percent")
    } else if unit == "percent" && !change && !(0.0..=100.0).contains(&value) {
        Some("is not a share (0 to 100 percent)")
    } else if value < 0.0 && !change {
        Some("is negative")
    } else if WHOLE.contains(&unit) && value.fract() != 0.0 {
        Some("is not a whole number")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_host() {
        for good in [
            "https://a.ma",
            "http://a.ma:8080/x?y#z",
            "https://جهة.المغرب/",
            "https://www.bladna.nl/x,16989.html",
        ] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "",
            "ftp://a.ma",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://a b.ma",
            "https://a.ma/x y",
            "http://localhost",
            "https://user@a.ma",
            "https://a..ma",
            "https://a.ma:x",
            "//a.ma",
            "https://a.ma/<script>",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
    }

    #[test]
    fn a_value_fits_its_indicator() {
        let fits =
            |indicator, unit, measure, value| misfit(indicator, unit, measure, value).is_none();
        assert!(fits("call_centres", "count", Measure::Stock, 36.0));
        assert!(!fits("call_centres", "count", Measure::Stock, 36.5));
        assert!(!fits("call_centres", "count", Measure::Stock, -1.0));
        assert!(!fits("some_share", "percent", Measure::Ratio, 101.0));
        assert!(fits("some_growth", "percent", Measure::Ratio, -7.0));
        assert!(!fits("some_growth", "percent", Measure::Ratio, -101.0));
        assert!(!fits("some_rank", "rank", Measure::Rank, 0.0));
    }
}
