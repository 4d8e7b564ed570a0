//! Numbers in digits and in words, cardinal and ordinal.

use crate::numeral::{FAMILIES, Family, Word, ordinal, word};
use crate::token::{Token, is_digit};

/// How a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    /// 36, ٣٦, 4.500, 26,2 milliards.
    Digits,
    /// trente-six, ستة وثلاثون, stta w tlatin.
    Words,
}

/// A number found in a list of tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberSpan {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The value, multipliers such as "million" applied; a unit (%, DH, MDH) is not part of it.
    pub value: f64,
    /// Digits or words.
    pub form: NumberForm,
    /// third, 3e, الثالثة: a position, not a quantity.
    pub ordinal: bool,
    /// A word that is often no number ("un", "deux", "واحد", "second").
    pub weak: bool,
    /// Four plain digits between 1900 and 2100, or words between 1990 and 2100, which may be a year.
    pub year_like: bool,
}

/// Every number of a text, from left to right, the longest reading at each place, without overlaps.
pub fn numbers(tokens: &[Token]) -> Vec<NumberSpan> {
    let mut spans = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match number_at(tokens, at) {
            Some(span) => {
                at = span.end;
                spans.push(span);
            }
            None => at += 1,
        }
    }
    spans
}

/// The number that starts at this token.
pub(crate) fn number_at(tokens: &[Token], at: usize) -> Option<NumberSpan> {
    let token = tokens.get(at)?;
    if let Some(value) = digits_value(&token.text) {
        let (value, end) = match scale_of(tokens.get(at + 1)) {
            Some(scale) => {
                let value = decimal_before(&token.text, &tokens[at + 1].folded).unwrap_or(value);
                (tidy(value * scale), at + 2)
            }
            None => (value, at + 1),
        };
        let plain = token.folded.len() == 4 && end == at + 1;
        let year_like = plain && (1900.0..=2100.0).contains(&value);
        return Some(NumberSpan {
            start: at,
            end,
            value,
            form: NumberForm::Digits,
            ordinal: false,
            weak: false,
            year_like,
        });
    }
    let words = FAMILIES
        .iter()
        .filter_map(|f| words_at(*f, tokens, at))
        .max_by_key(|(end, _)| *end);
    let position = ordinal(&token.folded).map(|p| (at + 1, p as f64));
    let (end, value, ordinal) = match (words, position) {
        (Some((end, value)), _) => (end, value, false),
        (None, Some((end, value))) => (end, value, true),
        (None, None) => return None,
    };
    let short = end == at + 1;
    let bare_scale = value >= 1e6;
    let weak = short
        && ((!ordinal && (value <= 2.0 || bare_scale))
            || matches!(token.folded.as_str(), "neuf" | "second" | "seconde" | "ربع"));
    Some(NumberSpan {
        start: at,
        end,
        value,
        form: NumberForm::Words,
        ordinal,
        weak,
        // "Deux mille dix", "two thousand and nine".
        year_like: !ordinal && (1990.0..=2100.0).contains(&value) && value % 1000.0 != 0.0,
    })
}

/// Value of a number written in digits with its separators; `None` when it is anything else, or malformed.
///
/// One separator before exactly three digits groups thousands (`4.500`, `4,500`), otherwise it is the decimal mark.
pub fn digits_value(text: &str) -> Option<f64> {
    if text.len() > 64 || !text.starts_with(is_digit) {
        return None;
    }
    let mut groups: Vec<String> = vec![String::new()];
    let mut separators = Vec::new();
    for c in text.chars() {
        match c {
            '0'..='9' => groups.last_mut()?.push(c),
            '\u{660}'..='\u{669}' => groups
                .last_mut()?
                .push(char::from_digit(u32::from(c) - 0x660, 10)?),
            '\u{6F0}'..='\u{6F9}' => groups
                .last_mut()?
                .push(char::from_digit(u32::from(c) - 0x6F0, 10)?),
            '.' | ',' | '٫' | '٬' | '،' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => {
                separators.push(c);
                groups.push(String::new());
            }
            _ => return None,
        }
    }
    if groups.iter().any(String::is_empty) {
        return None;
    }
    let decimal = match separators.as_slice() {
        [] => false,
        ['٫'] => true,
        ['٬' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}'] => false,
        [_] => groups[1].len() != 3 || groups[0].len() > 3 || groups[0].starts_with('0'),
        [first, .., last] => last != first,
    };
    let fraction = if decimal { groups.pop() } else { None };
    if groups.len() > 1 && (groups[0].len() > 3 || groups[1..].iter().any(|g| g.len() != 3)) {
        return None;
    }
    let mut number = groups.concat();
    if let Some(fraction) = fraction {
        number.push('.');
        number.push_str(&fraction);
    }
    number.parse().ok()
}

/// What a number with one mark and three digits behind it is before a scale that shows the mark to be the decimal one: French and Arabic
/// write "4,468 millions", English "4.468 million".
fn decimal_before(digits: &str, scale: &str) -> Option<f64> {
    const COMMA: [&str; 6] = [
        "millions",
        "milliard",
        "milliards",
        "مليون",
        "مليار",
        "ملايين",
    ];
    const POINT: [&str; 3] = ["million", "billion", "bn"];
    let mark = match scale {
        scale if COMMA.contains(&scale) => [',', '،'],
        scale if POINT.contains(&scale) => ['.', '.'],
        _ => return None,
    };
    let (whole, fraction) = digits.split_once(mark)?;
    let one = fraction.chars().filter(|c| c.is_numeric()).count() == 3
        && fraction.chars().all(char::is_numeric);
    let (whole, fraction) = (digits_value(whole)?, digits_value(fraction)?);
    (one && whole < 100.0).then_some(whole + fraction / 1e3)
}

fn scale_of(token: Option<&Token>) -> Option<f64> {
    let folded = &token?.folded;
    FAMILIES
        .iter()
        .find_map(|family| match word(*family, folded) {
            Some(Word::Scale(scale)) => Some(scale as f64),
            _ => None,
        })
}

/// Removes the dust of a multiplication: 26.2 × 10⁹ is whole.
fn tidy(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() <= whole.abs() * 1e-12 {
        whole
    } else {
        value
    }
}

/// A number in words of one family; returns where it ends and its value.
fn words_at(family: Family, tokens: &[Token], start: usize) -> Option<(usize, f64)> {
    word(family, &tokens[start].folded)?;
    let cents = matches!(
        tokens[start].folded.as_str(),
        "cent" | "cents" | "mya" | "mia" | "miya" | "مايه" | "ميه"
    );
    if cents
        && start > 0
        && matches!(
            tokens[start - 1].folded.as_str(),
            "pour" | "per" | "f" | "ف" | "في" | "fl" | "fi" | "ب"
        )
    {
        return None;
    }
    let mut reader = Reader {
        family,
        tokens,
        at: start,
    };
    let mut total: u64 = 0;
    let mut least = u64::MAX;
    let mut end = start;
    loop {
        if end > start {
            reader.skip_and();
        }
        let group = reader.group();
        let (part, scale) = match reader.peek() {
            Some(Word::Scale(scale)) if scale < least && (group.is_some() || end == start) => {
                reader.at += 1;
                (group.unwrap_or(1).checked_mul(scale)?, scale)
            }
            Some(Word::Dual(value)) if group.is_none() && value / 2 < least => {
                reader.at += 1;
                (value, value / 2)
            }
            // "عشرة آلاف وخمسة عشر ألفا": the thousands that follow are of another number.
            Some(Word::Scale(_)) if end > start => break,
            _ => match group {
                Some(group) if least > 1 => (group, 1),
                _ => break,
            },
        };
        total = total.checked_add(part)?;
        least = scale;
        end = reader.at;
        if least == 1 {
            break;
        }
    }
    (end > start).then_some((end, total as f64))
}

struct Reader<'a> {
    family: Family,
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    /// The number word here; an Arabic و glued to it counts only after another part.
    fn peek(&self) -> Option<Word> {
        word(self.family, &self.tokens.get(self.at)?.folded)
    }

    fn peek_joined(&self) -> Option<Word> {
        if let Some(found) = self.peek() {
            return Some(found);
        }
        let bare = self.tokens.get(self.at)?.folded.strip_prefix(['و', 'w'])?;
        word(self.family, bare)
    }

    fn skip_and(&mut self) {
        if self.peek() == Some(Word::And) {
            self.at += 1;
        }
    }

    /// Takes a word that the test accepts, an "and" before it included. Nothing moves when it does not fit.
    fn take(&mut self, joined: bool, test: impl Fn(Word) -> Option<u64>) -> Option<u64> {
        let here = self.at;
        let found = if joined {
            self.skip_and();
            self.peek_joined()
        } else {
            self.peek()
        };
        match found.and_then(test) {
            Some(value) => {
                self.at += 1;
                Some(value)
            }
            None => {
                self.at = here;
                None
            }
        }
    }

    /// A number below one thousand.
    fn group(&mut self) -> Option<u64> {
        let here = self.at;
        let hundreds = self.hundreds();
        let rest = match (hundreds, self.family) {
            (Some(_), Family::French) | (None, _) => self.below_hundred(),
            (Some(_), _) => {
                let before = self.at;
                self.skip_and();
                self.below_hundred().or_else(|| {
                    self.at = before;
                    None
                })
            }
        };
        match (hundreds, rest) {
            (None, None) => {
                self.at = here;
                None
            }
            (hundreds, rest) => Some(hundreds.unwrap_or(0) + rest.unwrap_or(0)),
        }
    }

    fn hundreds(&mut self) -> Option<u64> {
        let here = self.at;
        if let Some(value) = self.take_first(|w| {
            if let Word::Hundreds(v) = w {
                Some(v)
            } else {
                None
            }
        }) {
            return Some(value);
        }
        let unit = self.take_first(|w| match w {
            Word::Unit(v @ 1..=9) => Some(v),
            _ => None,
        });
        match self.take(false, |w| (w == Word::Hundred).then_some(100)) {
            Some(hundred) => Some(unit.unwrap_or(1) * hundred),
            None => {
                self.at = here;
                None
            }
        }
    }

    /// First word of a group: a glued و is allowed when it is not the first word of the number.
    fn take_first(&mut self, test: impl Fn(Word) -> Option<u64>) -> Option<u64> {
        if self.family == Family::Arabic
            && self.at > 0
            && word(self.family, &self.tokens[self.at - 1].folded).is_some()
        {
            return self.take(true, test);
        }
        self.take(false, test)
    }

    fn below_hundred(&mut self) -> Option<u64> {
        let tens = |w| if let Word::Tens(v) = w { Some(v) } else { None };
        let teen = |w| if let Word::Teen(v) = w { Some(v) } else { None };
        let unit = |w| if let Word::Unit(v) = w { Some(v) } else { None };
        if let Some(value) = self.take_first(teen) {
            let more = if self.family == Family::French && value == 10 {
                self.take(false, |w| unit(w).filter(|v| *v >= 7))
            } else {
                None
            };
            return Some(value + more.unwrap_or(0));
        }
        if let Some(value) = self.take_first(tens) {
            return Some(value + self.after_tens(value).unwrap_or(0));
        }
        let value = self.take_first(unit)?;
        let more = match self.family {
            Family::French if value == 4 && self.peek() == Some(Word::Tens(20)) => {
                self.at += 1;
                return Some(80 + self.teens_or_unit().unwrap_or(0));
            }
            Family::Arabic if value > 0 => self
                .take(false, |w| (w == Word::Teen(10)).then_some(10))
                .or_else(|| {
                    let here = self.at;
                    let joined = self.take(true, tens);
                    // Without "w" between them "stta tlatin" is two numbers.
                    if joined.is_some()
                        && self.at == here + 1
                        && !self.tokens[here].folded.starts_with(['و', 'w'])
                    {
                        self.at = here;
                        return None;
                    }
                    joined
                }),
            _ => None,
        };
        Some(value + more.unwrap_or(0))
    }

    /// What follows 20 to 90: French also adds 10 to 19 to 60 (soixante-dix).
    fn after_tens(&mut self, tens: u64) -> Option<u64> {
        let digit = |w| {
            if let Word::Unit(v @ 1..=9) = w {
                Some(v)
            } else {
                None
            }
        };
        match self.family {
            Family::French if tens == 60 => {
                let here = self.at;
                self.skip_and();
                self.teens_or_unit().or_else(|| {
                    self.at = here;
                    None
                })
            }
            Family::French => self.take(true, digit),
            Family::English => self.take(false, digit),
            Family::Arabic => None,
        }
    }

    fn teens_or_unit(&mut self) -> Option<u64> {
        if let Some(ten) = self.take(
            false,
            |w| if let Word::Teen(v) = w { Some(v) } else { None },
        ) {
            let more = if ten == 10 {
                self.take(false, |w| {
                    if let Word::Unit(v @ 7..=9) = w {
                        Some(v)
                    } else {
                        None
                    }
                })
            } else {
                None
            };
            return Some(ten + more.unwrap_or(0));
        }
        self.take(false, |w| {
            if let Word::Unit(v @ 1..=9) = w {
                Some(v)
            } else {
                None
            }
        })
    }
}
