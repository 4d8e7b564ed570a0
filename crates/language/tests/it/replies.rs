//! How replies write numbers and times.

use language::format::{date, needed_isolates, number, period, short_period};
use language::{Form, Locale};

#[test]
fn numbers_keep_every_digit() {
    assert_eq!(number(4500.0, Locale::Fr), "4\u{202f}500");
    assert_eq!(number(4500.0, Locale::En), "4,500");
    assert_eq!(number(26_220_000_000.0, Locale::En), "26,220,000,000");
    assert_eq!(number(36.0, Locale::Ar), "36");
    assert_eq!(number(4.5, Locale::Fr), "4,5");
    assert_eq!(number(4.5, Locale::En), "4.5");
    assert_eq!(number(22.6, Locale::Ary), "22,6");
    assert_eq!(number(-1234.5, Locale::En), "\u{2212}1,234.5");
    assert_eq!(number(0.0, Locale::Fr), "0");
    assert_eq!(number(f64::NAN, Locale::Fr), "—");
}

#[test]
fn dates_and_periods_are_said_in_words() {
    assert_eq!(date("2020-12-18", Form::Fr), "18 décembre 2020");
    assert_eq!(date("2020-12-18", Locale::En), "18 December 2020");
    assert_eq!(date("2020-12-18", Form::Ar), "18 دجنبر 2020");
    assert_eq!(date("2020-12", Form::Fr), "décembre 2020");
    assert_eq!(date("2020-05-01", Form::Fr), "1er mai 2020");
    assert_eq!(date("2020", Form::Fr), "2020");
    assert_eq!(date("soon", Form::Fr), "soon");
    assert_eq!(period("2025-S1", Form::Fr), "premier semestre 2025");
    assert_eq!(period("2025-S1", Form::En), "first half of 2025");
    assert_eq!(period("2024-Q3", Form::En), "third quarter of 2024");
    assert_eq!(period("2024-Q3", Form::Ar), "الربع الثالث من 2024");
    assert_eq!(period("2019-03", Form::AryArab), "مارس 2019");
    assert_eq!(period("2016/2018", Form::Fr), "2016-2018");
    let plain = |text: &str| {
        needed_isolates(text)
            .replace('\u{2068}', "[")
            .replace('\u{2069}', "]")
    };
    let nested =
        "\u{2068}\u{2068}36\u{2069} \u{2068}مركز اتصال\u{2069}\u{2069} (\u{2068}2019\u{2069})";
    assert_eq!(plain(nested), "[36] مركز اتصال ([2019])");
    assert_eq!(
        plain("\u{2068}CRI \u{2068}JournalEco\u{2069}"),
        "CRI [JournalEco]"
    );
    assert_eq!(plain("فاس\u{2069}\u{2068}"), "فاس");
}

#[test]
fn short_periods_fit_an_axis() {
    for (text, form, expected) in [
        ("2019", Form::Fr, "2019"),
        ("2025-S1", Form::Fr, "S1 2025"),
        ("2025-S2", Form::En, "H2 2025"),
        ("2024-Q3", Form::Fr, "T3 2024"),
        ("2024-Q3", Form::AryLatn, "T3 2024"),
        ("2024-Q4", Form::Ar, "ربع رابع 2024"),
        ("2025-S1", Form::AryArab, "نصف أول 2025"),
        ("2016/2018", Form::Fr, "2016-2018"),
        ("2019-03", Form::En, "March 2019"),
        ("soon", Form::Fr, "soon"),
    ] {
        assert_eq!(short_period(text, form), expected, "{text}");
    }
}
