//! Numbers people write.

use language::number::digits_value;
use language::{NumberForm, NumberSpan, numbers, tokenize};

fn found(text: &str) -> Vec<NumberSpan> {
    numbers(&tokenize(text))
}

fn only(text: &str) -> f64 {
    let spans = found(text);
    assert_eq!(spans.len(), 1, "{text}: {spans:?}");
    spans[0].value
}

#[test]
fn digits_with_their_separators() {
    for (text, value) in [
        ("36", 36.0),
        ("٣٦", 36.0),
        ("4.500", 4500.0),
        ("4 500", 4500.0),
        ("4\u{a0}500", 4500.0),
        ("4\u{202f}500", 4500.0),
        ("4,500", 4500.0),
        ("٤٬٥٠٠", 4500.0),
        ("4,5", 4.5),
        ("4.5", 4.5),
        ("٤٫٥", 4.5),
        ("0,125", 0.125),
        ("1.256.172", 1_256_172.0),
        ("1,256,172.5", 1_256_172.5),
        ("1.256.172,5", 1_256_172.5),
        ("36 828 330", 36_828_330.0),
    ] {
        assert_eq!(only(text), value, "{text}");
    }
    assert_eq!(only("26,2 milliards"), 26_200_000_000.0);
    assert_eq!(only("17.9 bn"), 17_900_000_000.0);
    assert_eq!(only("4.5 million"), 4_500_000.0);
    // The mark before a scale is the decimal one of its language.
    assert_eq!(only("4,468 millions"), 4_468_000.0);
    assert_eq!(only("4.468 million"), 4_468_000.0);
    assert_eq!(only("1.500 millions"), 1_500_000_000.0);
    assert_eq!(only("1,500 million"), 1_500_000_000.0);
    assert_eq!(only("4 آلاف"), 4000.0);
    assert_eq!(only("4,5 %"), 4.5);
    assert_eq!(only("10 MDH"), 10.0);
    assert_eq!(digits_value("05.35.00"), None);
    assert_eq!(digits_value("1.2.3"), None);
    assert_eq!(digits_value(""), None);
}

#[test]
fn words_in_every_form() {
    for (text, value) in [
        ("trente-six", 36.0),
        ("vingt et un", 21.0),
        ("soixante-dix", 70.0),
        ("soixante et onze", 71.0),
        ("quatre-vingts", 80.0),
        ("quatre-vingt-dix-sept", 97.0),
        ("cent", 100.0),
        ("deux cents", 200.0),
        ("mille", 1000.0),
        ("quatre mille cinq cents", 4500.0),
        ("un million deux cent mille", 1_200_000.0),
        ("dix-sept milliards", 17_000_000_000.0),
        ("thirty-six", 36.0),
        ("four thousand five hundred", 4500.0),
        ("one hundred and six", 106.0),
        ("two million three hundred thousand and five", 2_300_005.0),
        ("ستة وثلاثون", 36.0),
        ("ستة وثلاثين", 36.0),
        ("ستة و ثلاثين", 36.0),
        ("ستة و تلاتين", 36.0),
        ("خمسة عشر", 15.0),
        ("اثنا عشر", 12.0),
        ("مائة وستة وثلاثون", 136.0),
        ("أربعة آلاف وخمسمائة", 4500.0),
        ("ألفان", 2000.0),
        ("الثلاثة", 3.0),
        ("مية", 100.0),
        ("stta w tlatin", 36.0),
        ("setta w tlatin", 36.0),
        ("tlata", 3.0),
        ("rb3a alaf w 5msmya", 4500.0),
        ("alf", 1000.0),
        ("mya w 3chrin", 120.0),
    ] {
        assert_eq!(only(text), value, "{text}");
    }
    assert_eq!(
        found("plus de trente-six centres")[0].form,
        NumberForm::Words
    );
    assert_eq!(found("7dach l centre")[0].value, 11.0);
}

#[test]
fn two_numbers_stay_two() {
    let values = |text: &str| found(text).iter().map(|n| n.value).collect::<Vec<_>>();
    assert_eq!(values("entre 2015 et 2019"), [2015.0, 2019.0]);
    assert_eq!(values("deux ou trois"), [2.0, 3.0]);
    assert_eq!(values("stta, tlatin"), [6.0, 30.0]);
    assert_eq!(values("2015-2019 et 2025-S1"), [] as [f64; 0]);
}

#[test]
fn articles_that_look_like_numbers_are_weak() {
    for text in ["un centre", "une ville", "واحد المركز", "deux", "one"] {
        assert!(found(text)[0].weak, "{text}");
    }
    assert!(!found("trente-six")[0].weak);
    assert!(!found("2 centres")[0].weak);
    assert!(found("onze pour cent").len() == 1, "pour cent is a unit");
    assert!(found("36 f lmya").len() == 1);
}

#[test]
fn positions_are_not_quantities() {
    for (text, position) in [
        ("troisième", 3.0),
        ("3e", 3.0),
        ("3ème", 3.0),
        ("1er", 1.0),
        ("third", 3.0),
        ("2nd", 2.0),
        ("الثالثة", 3.0),
        ("التالتة", 3.0),
        ("talta", 3.0),
        ("والثالثة", 3.0),
    ] {
        let spans = found(text);
        assert!(
            spans.len() == 1 && spans[0].ordinal && spans[0].value == position,
            "{text}: {spans:?}"
        );
    }
}

#[test]
fn a_letter_written_as_a_digit_makes_no_position() {
    assert!(
        found("ch7al d nas khdamin 3nd Alten")
            .iter()
            .all(|n| !n.ordinal)
    );
    assert!(found("22nd")[0].ordinal);
}

#[test]
fn a_year_is_also_offered_as_a_number() {
    assert!(found("2019 emplois")[0].year_like);
    assert!(!found("4 500 emplois")[0].year_like);
    assert!(!found("900")[0].year_like);
}
