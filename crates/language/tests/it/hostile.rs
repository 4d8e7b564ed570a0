//! Text nobody means: no panic, and time that grows no faster than the text.

use std::time::{Duration, Instant};

use language::{
    Today, clitic_splits, darija_key, darija_skeleton, fold, numbers, periods, tokenize,
};

const TODAY: Today = Today {
    year: 2026,
    month: 11,
    day: 23,
};

fn all(text: &str) {
    let key = fold(text);
    assert_eq!(fold(&key), key, "folding is stable");
    let tokens = tokenize(text);
    for token in &tokens {
        assert_eq!(&text[token.start..token.end], token.text);
        assert!(!token.folded.is_empty());
        clitic_splits(token);
    }
    for span in numbers(&tokens) {
        assert!(span.start < span.end && span.end <= tokens.len() && span.value.is_finite());
    }
    for span in periods(&tokens, TODAY) {
        assert!(span.start < span.end && span.end <= tokens.len());
    }
    darija_key(text);
    darija_skeleton(text);
}

#[test]
fn long_texts_take_time_in_proportion() {
    for unit in [
        "ـ",
        "فـ",
        "\u{301}",
        "\u{202e}",
        "ch7alllll",
        "1 ",
        "1,",
        "2019 ",
        "2015-",
        "1ـ",
        "e\u{301}\u{327}",
        "l'",
        "و",
        "mille ",
        "و ستة ",
        "entre 2015 et ",
        "من ",
        "en ",
        "cent mille ",
        "1ا",
        "a1",
        "\u{200b}",
        "😀",
        "ﷺ",
    ] {
        let timed = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let begun = Instant::now();
            all(&text);
            begun.elapsed()
        };
        let (short, long) = (timed(1 << 12), timed(1 << 15));
        assert!(
            long < short * 40 + Duration::from_millis(500),
            "{unit:?}: 4 KiB {short:?}, 32 KiB {long:?}"
        );
    }
    all(&"ـ".repeat(1 << 19));
    all(&"\u{301}".repeat(1 << 19));
    all(&format!(
        "{} f f33333s",
        "ch7a".to_owned() + &"l".repeat(4000)
    ));
}

#[test]
fn any_characters_in_any_order() {
    // A fixed linear congruence: the same texts on every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |most: u32| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).expect("31 bits fit") % most
    };
    let favourites: Vec<char> =
        "019٣۶.,-/ '’%ـوفلابأىةsStTqQhHeéß²\u{301}\u{64b}\u{200f}\u{202e}\u{a0}\u{345}"
            .chars()
            .collect();
    for _ in 0..20_000 {
        let text: String = (0..next(24))
            .map(|_| {
                if next(3) == 0 {
                    char::from_u32(next(0x11_0000)).unwrap_or('\u{fffd}')
                } else {
                    favourites[next(u32::try_from(favourites.len()).expect("few")) as usize]
                }
            })
            .collect();
        all(&text);
    }
}

#[test]
fn every_character_alone_folds_to_a_stable_key() {
    for c in (0..=0x10_ffff_u32).filter_map(char::from_u32) {
        let key = fold(&c.to_string());
        assert_eq!(fold(&key), key, "U+{:04X}", u32::from(c));
        if c.is_alphanumeric() {
            let _ = tokenize(&c.to_string());
        }
    }
}

#[test]
fn numbers_too_large_for_us_are_left_alone() {
    all(&"9".repeat(5000));
    all("mille milliards de milliards neuf cent millions");
    assert!(numbers(&tokenize(&"9".repeat(5000))).is_empty());
}
