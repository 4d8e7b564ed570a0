//! What is kept of a stranger's sentence: the question, and nothing that leads to a person.

use language::Anonymous;

fn kept(text: &str) -> String {
    Anonymous::of(text, 300).to_string()
}

#[test]
fn what_leads_to_a_person_goes() {
    for (text, expected) in [
        ("écris à amina.benali@example.ma stp", "écris à […] stp"),
        ("amina @ example.ma", "[…]"),
        ("amina (at) example point ma", "[…] point ma"),
        ("amina＠example．ma", "[…]"),
        ("demande à @amina_b, merci", "demande à […] merci"),
        (
            "voir https://t.me/amina?x=1 ou t.me/amina",
            "voir […] ou […]",
        ),
        ("www.example.com/profil", "[…]"),
        ("mon numéro 0612345678", "mon numéro […]"),
        ("06 12 34 56 78 svp", "[…] svp"),
        ("+212 6-12-34-56-78", "+[…]"),
        ("(+212) 0612.345.678", "(+[…]"),
        ("0 6 1 2 3 4 5 6 7 8", "[…]"),
        ("رقمي ٠٦١٢٣٤٥٦٧٨", "رقمي […]"),
        ("رقمي ۰۶ ۱۲ ۳۴ ۵۶ ۷۸", "رقمي […]"),
        ("０６１２３４５６７８", "[…]"),
        ("06\u{200b}12\u{200b}34\u{200b}56\u{200b}78", "[…]"),
        ("ICE 001509176000038", "ICE […]"),
        ("CIN AB123456", "CIN […]"),
        ("CD 123456", "CD […]"),
        ("IBAN MA64 0111 2345 6789", "IBAN MA64 […]"),
        ("né le 12/05/1987", "né le […]"),
        ("34.0331, -5.0003", "[…]"),
        ("120 000 emplois", "[…] emplois"),
        ("a\u{0}b\u{1b}[31m\u{202e}c\nd", "a b [31mc d"),
    ] {
        assert_eq!(kept(text), expected, "{text:?}");
    }
}

#[test]
fn the_question_stays() {
    for text in [
        "Combien de centres d'appels à Fès en 2019 ?",
        "how many of the 36 call centres in 2019, and in 2024?",
        "entre 2015 et 2019, 2014/2024",
        "ch7al mn centre d'appel kayn f Fes? 3afak 9ol lia",
        "الأوفشورينغ ف 2019 شحال",
        "11 % de quoi, 4,5 m2 ou 1 200 MAD ?",
        "3tini la liste f l9adima w 3la 7sab 5 dyal l9ita3at",
    ] {
        assert_eq!(kept(text), text);
    }
}

#[test]
fn it_is_short_and_stays_what_it_is() {
    for text in [
        "x".repeat(100_000),
        "1 ".repeat(5_000),
        "a@b ".repeat(3_000),
        "ﷺ".repeat(5_000),
        "mot ".repeat(5_000),
        "2019 36, ".repeat(2_000),
        "@ ".repeat(2_000),
        "e\u{301}\u{327}".repeat(3_000),
    ] {
        let once = Anonymous::of(&text, 300);
        assert!(once.as_str().chars().count() <= 300, "{once}");
        assert!(!once.as_str().contains('@'), "{once}");
        assert_eq!(Anonymous::of(once.as_str(), 300), once, "{text:.40}");
    }
    assert!(Anonymous::of(" \u{200b}\n\u{202e}", 300).is_empty());
}
