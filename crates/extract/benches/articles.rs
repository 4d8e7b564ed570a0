//! `make eval-extract`: every article with gold, extracted and compared: precision and recall of full facts (indicator, place or thing,
//! period, value), for each language and in all. Arguments: a folder instead of the shipped one; `--show` tells what is not right.

#[path = "../tests/it/judge.rs"]
#[allow(dead_code, reason = "the tests ask for more")]
mod judge;
#[path = "../tests/it/shipped.rs"]
mod shipped;

use std::collections::BTreeMap;
use std::path::PathBuf;

use judge::Score;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let show = arguments.iter().any(|argument| argument == "--show");
    let folder = arguments
        .iter()
        .find(|argument| !argument.starts_with("--"));
    let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let folder = folder.map_or(shipped, PathBuf::from);
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for case in judge::cases(&folder) {
        let score = case.score();
        for name in [case.gold.language.clone(), "all".to_owned()] {
            let sum = scores.entry(name).or_default();
            sum.right += score.right;
            sum.found += score.found;
            sum.gold += score.gold;
        }
        println!(
            "{:36} {:3} of {:3} found, {:3} extracted",
            case.name, score.right, score.gold, score.found
        );
        if show {
            tell(&case);
        }
    }
    for (name, score) in scores {
        println!(
            "{name:4} precision {:5.1} %, recall {:5.1} % ({} right of {} extracted, {} in the articles)",
            score.precision(),
            score.recall(),
            score.right,
            score.found,
            score.gold
        );
    }
}

fn tell(case: &judge::Case) {
    let pairs = case.pairs();
    for (at, gold) in case.gold.fact.iter().enumerate() {
        if !pairs.iter().any(|(pair, _)| *pair == at) {
            println!(
                "   missed  {} | {} | {} | {} | {} | {} | {}   «{}»",
                gold.indicator,
                gold.territory,
                gold.subject,
                gold.activity,
                gold.period,
                gold.value,
                gold.status,
                gold.text
            );
        }
    }
    for (at, fact) in case.facts.iter().enumerate() {
        if !pairs.iter().any(|(_, pair)| *pair == at) {
            let subject = fact.subject.as_ref().map_or("", |thing| thing.key.as_str());
            let sentence = &case.text[fact.spans.sentence.start..fact.spans.sentence.end];
            println!(
                "   extra   {} | {} | {} | {} | {} | {} | {:?}   «{}» in «{sentence}»",
                fact.indicator,
                fact.territory.as_deref().unwrap_or_default(),
                subject,
                fact.activity.as_deref().unwrap_or_default(),
                fact.period
                    .map(|period| period.to_string())
                    .unwrap_or_default(),
                fact.value,
                fact.status,
                &case.text[fact.spans.value.start..fact.spans.value.end]
            );
        }
    }
}
