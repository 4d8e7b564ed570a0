//! Numbers, dates and periods as replies write them.

use crate::locale::{Form, Locale};
use crate::period::Period;

/// A number with all its digits, grouped by thousands, never rounded: `4 500` (with a narrow no-break space) and `4,5`
/// in French, Arabic and Darija, `4,500` and `4.5` in English. Western digits in every locale, as Morocco writes them.
pub fn number(value: f64, locale: Locale) -> String {
    let (group, mark) = match locale {
        Locale::En => (',', '.'),
        Locale::Fr | Locale::Ar | Locale::Ary => ('\u{202F}', ','),
    };
    if !value.is_finite() {
        return "—".to_owned();
    }
    let plain = format!("{}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() * 2);
    if value < 0.0 {
        text.push('\u{2212}');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(mark);
        text.push_str(fraction);
    }
    text
}

/// A date known to the day, the month or the year: `2020-12-18` → 18 décembre 2020, `2020-12` → décembre 2020, `2020` →
/// 2020. A text that is no date is given back as it is.
pub fn date(text: &str, form: impl Into<Form>) -> String {
    match text.parse::<Period>() {
        Ok(period @ (Period::Year(_) | Period::Month(..) | Period::Day(..))) => {
            period_in_words(period, form.into())
        }
        _ => text.to_owned(),
    }
}

/// A reference period in words: `2025-S1` → premier semestre 2025. A text that is no period is given back as it is.
pub fn period(text: &str, form: impl Into<Form>) -> String {
    text.parse::<Period>().map_or_else(
        |_| text.to_owned(),
        |period| period_in_words(period, form.into()),
    )
}

/// The same, of a parsed period.
pub fn period_in_words(period: Period, form: Form) -> String {
    match (period, form) {
        (Period::Year(year), _) => year.to_string(),
        (Period::Span(first, last), Form::En) => format!("{first}–{last}"),
        // An en dash would let the two years change sides in a right-to-left line.
        (Period::Span(first, last), _) => format!("{first}-{last}"),
        (Period::Month(year, month), form) => format!("{} {year}", month_name(month, form)),
        (Period::Day(year, month, 1), Form::Fr | Form::AryLatn) => {
            format!("1er {} {year}", month_name(month, form))
        }
        (Period::Day(year, month, day), form) => {
            format!("{day} {} {year}", month_name(month, form))
        }
        (Period::Half(year, half), Form::Fr) => {
            format!("{} semestre {year}", pick(half, ["premier", "second"]))
        }
        (Period::Half(year, half), Form::En) => {
            format!("{} half of {year}", pick(half, ["first", "second"]))
        }
        (Period::Half(year, half), Form::Ar) => {
            format!("النصف {} من {year}", pick(half, ["الأول", "الثاني"]))
        }
        (Period::Half(year, half), Form::AryArab) => {
            format!("الأسدس {} ديال {year}", pick(half, ["الأول", "التاني"]))
        }
        (Period::Half(year, half), Form::AryLatn) => format!("semestre {half} d {year}"),
        (Period::Quarter(year, quarter), Form::Fr) => {
            format!(
                "{} trimestre {year}",
                pick(quarter, ["premier", "deuxième", "troisième", "quatrième"])
            )
        }
        (Period::Quarter(year, quarter), Form::En) => {
            format!(
                "{} quarter of {year}",
                pick(quarter, ["first", "second", "third", "fourth"])
            )
        }
        (Period::Quarter(year, quarter), Form::Ar) => {
            format!(
                "الربع {} من {year}",
                pick(quarter, ["الأول", "الثاني", "الثالث", "الرابع"])
            )
        }
        (Period::Quarter(year, quarter), Form::AryArab) => {
            format!(
                "الربع {} ديال {year}",
                pick(quarter, ["الأول", "التاني", "التالت", "الرابع"])
            )
        }
        (Period::Quarter(year, quarter), Form::AryLatn) => format!("trimestre {quarter} d {year}"),
    }
}

/// A reference period as short as it can be understood, for axes and tables: `2025-S1` → S1 2025.
pub fn short_period(text: &str, form: impl Into<Form>) -> String {
    let form = form.into();
    match (text.parse::<Period>(), form) {
        (Ok(Period::Half(year, half)), Form::Fr | Form::AryLatn) => format!("S{half} {year}"),
        (Ok(Period::Half(year, half)), Form::En) => format!("H{half} {year}"),
        (Ok(Period::Half(year, half)), Form::Ar | Form::AryArab) => {
            format!("نصف {} {year}", pick(half, ["أول", "ثان"]))
        }
        (Ok(Period::Quarter(year, quarter)), Form::Fr | Form::AryLatn) => {
            format!("T{quarter} {year}")
        }
        (Ok(Period::Quarter(year, quarter)), Form::En) => format!("Q{quarter} {year}"),
        (Ok(Period::Quarter(year, quarter)), Form::Ar | Form::AryArab) => {
            let ordinal = pick(quarter, ["أول", "ثان", "ثالث", "رابع"]);
            format!("ربع {ordinal} {year}")
        }
        (Ok(period), form) => period_in_words(period, form),
        (Err(_), _) => text.to_owned(),
    }
}

/// Name of month 1 to 12; Arabic uses the names of Morocco.
pub fn month_name(month: u8, form: Form) -> &'static str {
    let names = match form {
        Form::Fr | Form::AryLatn => [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        Form::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        Form::Ar | Form::AryArab => [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "ماي",
            "يونيو",
            "يوليوز",
            "غشت",
            "شتنبر",
            "أكتوبر",
            "نونبر",
            "دجنبر",
        ],
    };
    pick(month, names)
}

/// Keeps only the isolates that a right-to-left line needs: innermost ones with a Latin letter or a digit in them. An isolate
/// around others would find no letter of its own to take its direction from, and show its words in the wrong order.
pub fn needed_isolates(text: &str) -> String {
    struct Open {
        at: usize,
        holds_another: bool,
        needs_one: bool,
    }
    let mut kept: Vec<Option<char>> = Vec::with_capacity(text.len());
    let mut open: Vec<Open> = Vec::new();
    for c in text.chars() {
        match c {
            FIRST_STRONG_ISOLATE => open.push(Open {
                at: kept.len(),
                holds_another: false,
                needs_one: false,
            }),
            POP_ISOLATE => {
                let Some(isolate) = open.pop() else { continue };
                let needed = isolate.needs_one && !isolate.holds_another;
                if !needed {
                    kept[isolate.at] = None;
                }
                if let Some(outer) = open.last_mut() {
                    outer.holds_another |= needed || isolate.holds_another;
                }
                kept.push(needed.then_some(c));
                continue;
            }
            _ => {
                if let Some(inner) = open.last_mut() {
                    inner.needs_one |=
                        c.is_ascii_alphanumeric() || (c.is_alphabetic() && c < '\u{0590}');
                }
            }
        }
        kept.push(Some(c));
    }
    for isolate in open {
        kept[isolate.at] = None;
    }
    kept.into_iter().flatten().collect()
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

fn pick<const N: usize>(ordinal: u8, words: [&'static str; N]) -> &'static str {
    words[usize::from(ordinal).clamp(1, N) - 1]
}
