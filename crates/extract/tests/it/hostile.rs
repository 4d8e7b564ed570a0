//! Texts that nobody wrote to be read: they are read to their end, and say nothing that is not there.

use extract::{Extraction, MAX_BYTES};

use crate::shipped::{KNOWN, LEXICON};

fn read(text: &str) -> Extraction {
    extract::extract(&LEXICON, &KNOWN, text, None)
}

fn filled(piece: &str) -> String {
    piece.repeat(MAX_BYTES / piece.len())
}

#[test]
fn the_largest_text_of_nothing_but_figures_is_read() {
    for piece in [
        "À Fès, 36 centres d’appels emploient près de 4.500 salariés. ",
        "36 centres Fès 11% emplois ",
        "١٢ مركزا للنداء بفاس و",
        "Parc | Jobs | Rent\nFès Shore | 12 | 75\n",
    ] {
        let extraction = read(&filled(piece));
        assert!(
            extraction.facts.len() < 10,
            "{piece}: {}",
            extraction.facts.len()
        );
    }
}

#[test]
fn no_text_is_too_strange() {
    let digits = "9".repeat(10_000);
    let texts = [
        String::new(),
        "\0\0\u{202e}36\u{200f} centres d’appels à Fès\u{feff}".to_owned(),
        format!("{digits} emplois dans l’offshoring à Fès"),
        format!("Fès compte 1{} centres d’appels", ".000".repeat(500)),
        filled("("),
        filled("a\n"),
        filled("١٢٣٤٥٦٧٨٩"),
        "NaN emplois, inf salariés, -0 centres d’appels à Fès".to_owned(),
        "<p>36 <script>centres d’appels à Fès</script></p>".to_owned(),
        "À Fès, 36 centres d’appels ; DROP TABLE observations;-- {{7*7}} ${jndi:ldap://x}"
            .to_owned(),
    ];
    for text in texts {
        for fact in read(&text).facts {
            assert!(fact.value.is_finite(), "{fact:?}");
            assert!(
                text.get(fact.spans.value.start..fact.spans.value.end)
                    .is_some(),
                "{fact:?}"
            );
        }
    }
}

#[test]
fn what_looks_like_a_figure_and_is_none_is_left() {
    let texts = [
        "Tél. 05 35 00 00 00, ouvert 24h/24, loi 47-18, Industrie 4.0, page 36, bus n° 12 à Fès.",
        "Le 18/12/2020 à 10h30, 36 élus de Fès ont voté à 30 voix contre 6.",
        "Au total, 45 chefs d’entreprise de l’offshoring étaient présents à Fès.",
        "The MAS of Fez won 2-1 before 9,000 spectators; Offshoring FC lost 0-3.",
        "انعقد اللقاء يوم 12 مارس على الساعة 10 بفاس بحضور 120 مشاركا في قطاع الأوفشورينغ.",
    ];
    for text in texts {
        assert_eq!(read(text).facts, [], "{text}");
    }
}
