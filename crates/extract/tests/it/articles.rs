//! All articles with gold: how much of them is found, and what holds for every fact.

use std::path::PathBuf;

use crate::judge::{self, Score};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/articles")
}

/// What was reached may be passed, and is not lost again. The goals are 90 and 75.
#[test]
fn no_less_is_found_than_was() {
    let mut sum = Score::default();
    for case in judge::cases(&folder()) {
        let score = case.score();
        sum.right += score.right;
        sum.found += score.found;
        sum.gold += score.gold;
    }
    assert!(sum.precision() >= 95.0, "{sum:?}");
    assert!(sum.recall() >= 86.0, "{sum:?}");
}

#[test]
fn every_fact_stands_in_its_text() {
    for case in judge::cases(&folder()) {
        for fact in &case.facts {
            let spans = &fact.spans;
            let words = case.text.get(spans.value.start..spans.value.end);
            let words = words.unwrap_or_else(|| panic!("{}: {fact:?}", case.name));
            let inside =
                spans.sentence.start <= spans.value.start && spans.value.end <= spans.sentence.end;
            assert!(inside, "{}: {fact:?}", case.name);
            // What the sentence does not say an earlier one does, and that is pointed to.
            for span in [spans.territory, spans.subject, spans.period, spans.producer]
                .into_iter()
                .flatten()
            {
                assert!(
                    case.text
                        .get(span.start..span.end)
                        .is_some_and(|words| !words.is_empty()),
                    "{}: {fact:?}",
                    case.name
                );
            }
            let tokens = language::tokenize(words);
            let numbers: Vec<f64> = language::numbers(&tokens)
                .iter()
                .map(|number| number.value)
                .collect();
            // A number in digits is the value, in millions or billions where its unit says so; two are a range or a sum.
            if let [number] = numbers[..]
                && words.contains(|letter: char| letter.is_numeric())
            {
                let value = fact.value.abs();
                let read = [1.0, 1e6, 1e9]
                    .iter()
                    .any(|scale| (number * scale - value).abs() <= 1e-6 * value);
                assert!(read, "{}: {number} is no {value} in «{words}»", case.name);
            }
        }
    }
}

#[test]
fn the_same_text_says_the_same_again() {
    for case in judge::cases(&folder()) {
        assert_eq!(case.again(), case.facts, "{}", case.name);
    }
}
