//! "La deuxième phase", "the third tranche": a part of a project that is a project of its own, by its number.

use crate::frame::{Frame, Thing};
use crate::lexicon::{Lexicon, NameKind, Record};

use super::complete::BEYOND;
use super::signals::{Mention, Signals};

/// Names the part that is meant: of the project or park in the sentence, else of the one spoken of.
pub fn name(lexicon: &Lexicon, signals: &mut Signals, previous: Option<&Frame>) {
    if !signals.concept("phase") {
        return;
    }
    let counted = signals.numbers.first().map(|number| number.value);
    let Some(number) = signals.ordinals.first().copied().or(counted) else {
        return;
    };
    let mut wholes = signals.named();
    if wholes.is_empty() {
        wholes.extend(previous.into_iter().flat_map(|frame| frame.things.clone()));
    }
    let Some(part) = wholes.iter().find_map(|whole| part(lexicon, whole, number)) else {
        signals.unknown_phase = !wholes.is_empty();
        return;
    };
    signals.ordinals.clear();
    signals.numbers.clear();
    signals.things = vec![Mention {
        start: BEYOND,
        end: BEYOND,
        text: String::new(),
        records: vec![Record {
            kind: NameKind::Project,
            key: part,
            level: None,
        }],
    }];
}

/// The project whose name is that of the whole with the number behind it; the first part of what has others is the whole.
fn part(lexicon: &Lexicon, whole: &Thing, number: f64) -> Option<String> {
    if !matches!(whole.kind, NameKind::Project | NameKind::Park) {
        return None;
    }
    let numbered = |key: &str| {
        let names = lexicon.names(NameKind::Project, key).iter();
        let mut after = names.filter_map(|name| after(lexicon, whole, name));
        after.any(|rest| {
            let mut numbers = language::numbers(&language::tokenize(&rest)).into_iter();
            numbers.any(|n| n.value == number)
        })
    };
    let mut keys: Vec<&str> = lexicon
        .keys()
        .filter(|(kind, key)| *kind == NameKind::Project && key.starts_with(&whole.key))
        .map(|(_, key)| key)
        .collect();
    keys.sort_unstable();
    let of_others = || keys.len() > 1 && keys.contains(&whole.key.as_str());
    let found = keys.iter().find(|key| numbered(key)).copied();
    let first = (number == 1.0 && of_others()).then_some(whole.key.as_str());
    found.or(first).map(str::to_owned)
}

/// What a name has behind a name of the whole, folded.
fn after(lexicon: &Lexicon, whole: &Thing, name: &str) -> Option<String> {
    let name = language::fold(name);
    let mut wholes = lexicon.names(whole.kind, &whole.key).iter();
    wholes.find_map(|own| name.strip_prefix(&language::fold(own)).map(str::to_owned))
}
