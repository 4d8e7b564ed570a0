//! How a sentence is cut into words.

use language::{Script, clitic_splits, fold, tokenize};

fn cut(text: &str) -> Vec<String> {
    tokenize(text).into_iter().map(|t| t.folded).collect()
}

#[test]
fn words_numbers_dates_and_signs() {
    assert_eq!(
        cut("Combien de centres d'appels à Fès ?"),
        ["combien", "de", "centres", "d", "appels", "a", "fes"]
    );
    assert_eq!(
        cut("What's the l’offshoring"),
        ["what", "s", "the", "l", "offshoring"]
    );
    assert_eq!(
        cut("ch7al 3lach m² 3e 2eme"),
        ["ch7al", "3lach", "m2", "3e", "2eme"]
    );
    assert_eq!(
        cut("4.500 et 4 500 et 4\u{a0}500, 4,5"),
        ["4 500", "et", "4 500", "et", "4 500", "4 5"]
    );
    assert_eq!(cut("11% 11 ٪"), ["11", "percent", "11", "percent"]);
    assert_eq!(
        cut("2025-S1 2015-2019 2020-12-18"),
        ["2025 s1", "2015 2019", "2020 12 18"]
    );
    assert_eq!(
        cut("5km 75DH/m2 36centres"),
        ["5", "km", "75", "dh", "m2", "36", "centres"]
    );
    assert_eq!(cut("بين 2015 و2019؟"), ["بين", "2015", "و", "2019"]);
    assert_eq!(cut("فCRI ديالFes"), ["ف", "cri", "ديال", "fes"]);
    assert_eq!(cut("en 2019 500 emplois"), ["en", "2019", "500", "emplois"]);
    assert_eq!(cut("Fès-Meknès"), ["fes", "meknes"]);
    assert_eq!(cut("tel. 05.35.00"), ["tel", "05 35 00"]);
}

#[test]
fn places_point_into_the_original() {
    let text = "سونطر ف Fès؟ 4 500 €";
    for token in tokenize(text) {
        assert_eq!(&text[token.start..token.end], token.text);
        if token.text != "€" {
            assert_eq!(fold(&token.text), token.folded);
        }
    }
    assert_eq!(tokenize("فاس")[0].script, Script::Arabic);
    assert_eq!(tokenize("36")[0].script, Script::Other);
    assert!(tokenize("36")[0].is_numeric() && !tokenize("3e")[0].is_numeric());
}

#[test]
fn glued_particles_are_offered_not_taken() {
    let offers = |text: &str, particle: &str, rest: &str| {
        clitic_splits(&tokenize(text)[0]).contains(&(particle.to_owned(), rest.to_owned()))
    };
    assert!(offers("ففاس", "ف", "فاس"));
    assert!(offers("بالجهة", "بال", "جهه"));
    assert!(offers("للشركات", "لل", "شركات"));
    assert!(offers("والمشاريع", "وال", "مشاريع"));
    assert!(offers("lmdina", "l", "mdina"));
    assert!(offers("flmaghrib", "fl", "maghrib"));
    assert!(offers("wmeknes", "w", "meknes"));
    assert!(clitic_splits(&tokenize("2019")[0]).is_empty());
    assert!(clitic_splits(&tokenize("fe")[0]).is_empty());
}
