//! Two or more figures side by side: the difference only where indicator, unit, scope, period and producer are the same.

use crate::answer::{Figure, FigureBasis, Qualifier};

use super::record::{Headline, Observation};
use super::{Context, Draft, chart};

/// The reply to a comparison of headlines.
pub fn reply(context: &Context<'_>, headlines: &[&Headline]) -> Draft {
    let speaker = context.speaker;
    let mut draft = Draft::default();
    let sides: Vec<&Observation> = headlines
        .iter()
        .filter_map(|h| h.observation.as_ref())
        .collect();
    for side in &sides {
        draft.lines.push(format!("• {}", speaker.sentence(side)));
        draft.figure(side.figure());
    }
    if sides.len() < headlines.len() || sides.len() < asked(context) {
        draft.close(speaker.word("side-missing"));
    }
    if let [first, second] = sides.as_slice() {
        match comparable(first, second) {
            Ok(()) => {
                if let Some(figure) = difference(first, second) {
                    // Shares differ by points: five of a hundred more is not 5 % more.
                    let id = match first.unit.key.as_str() {
                        "percent" => "difference-points",
                        _ => "difference",
                    };
                    draft.close(speaker.say(
                        id,
                        vec![
                            ("difference", speaker.number(figure.value).into()),
                            (
                                "more",
                                name(first.value.max(second.value), first, second).into(),
                            ),
                        ],
                    ));
                    draft.figure(figure);
                } else {
                    draft.close(speaker.word("no-difference"));
                }
            }
            Err(reason) => draft.close(speaker.word(reason)),
        }
    }
    draft.chart = chart::sides(context, &sides);
    draft
}

fn asked(context: &Context<'_>) -> usize {
    context
        .slots
        .iter()
        .map(|slot| slot.group as usize)
        .max()
        .unwrap_or(0)
}

fn name(most: f64, first: &Observation, second: &Observation) -> String {
    let leader = if first.value == most { first } else { second };
    let activity = |o: &Observation| o.activity.as_ref().map(|activity| activity.name.clone());
    if first.subject.is_none() && activity(first) != activity(second) {
        return activity(leader).unwrap_or_default();
    }
    let subject = leader.subject.as_ref().and_then(|s| s.name.clone());
    subject
        .or_else(|| leader.territory.as_ref().map(|t| t.name.clone()))
        .unwrap_or_default()
}

/// Whether a difference of two figures means anything; else why not.
pub fn comparable(first: &Observation, second: &Observation) -> Result<(), &'static str> {
    if first.indicator.key != second.indicator.key
        || first.unit.key != second.unit.key
        || first.scope != second.scope
    {
        Err("differ-scope")
    } else if first.period != second.period || first.period.is_none() {
        Err("differ-period")
    } else if producer(first) != producer(second) {
        Err("differ-producer")
    } else {
        Ok(())
    }
}

/// Who measured; where nobody is named, who published.
pub fn producer(o: &Observation) -> &str {
    o.producer
        .as_ref()
        .map_or(o.source.publisher.as_str(), |producer| {
            producer.key.as_str()
        })
}

/// The absolute difference of two exact figures, with both as inputs.
fn difference(first: &Observation, second: &Observation) -> Option<Figure> {
    let value = round((first.value - second.value).abs());
    (value != 0.0).then(|| Figure {
        basis: FigureBasis::Derived,
        value,
        value_max: None,
        qualifier: qualifier(first, second),
        territory: None,
        subject: None,
        observation: None,
        source: None,
        inputs: vec![first.figure(), second.figure()],
        ..first.figure()
    })
}

/// What is made of approximations is approximate.
pub fn qualifier(first: &Observation, second: &Observation) -> Qualifier {
    if first.qualifier == Qualifier::Exact && second.qualifier == Qualifier::Exact {
        Qualifier::Exact
    } else {
        Qualifier::Approximate
    }
}

/// Two decimals are enough for a difference, and hide the binary tail.
pub fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
