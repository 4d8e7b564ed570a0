//! A series over time: what is known of each period, gaps as gaps, change only within one producer and scope.

use language::Period;

use crate::answer::{AbstentionReason, Figure, FigureBasis};
use crate::frame::When;

use super::compare::{producer, qualifier, round};
use super::record::{Headline, Observation};
use super::{Context, Draft, chart};

/// Most periods told in one reply.
const MOST: usize = 12;

/// The reply to a trend question.
pub fn reply(context: &Context<'_>, headline: &Headline) -> Draft {
    let speaker = context.speaker;
    let mut draft = Draft::default();
    let within: Vec<&Observation> = headline
        .series
        .iter()
        .filter(|o| fits(context.frame.when, o))
        .collect();
    let mut told: Vec<&Observation> = within.iter().rev().take(MOST).rev().copied().collect();
    told.dedup_by(|a, b| a.key == b.key);
    let Some(last) = told.last() else {
        draft.reason = Some(AbstentionReason::NoObservation);
        draft.say(speaker.say(
            "no-observation",
            vec![("label", context.lexicon_label().into())],
        ));
        return draft;
    };
    let place = speaker.place(last.territory.as_ref());
    let label = last.label();
    draft.say(speaker.say(
        "trend",
        vec![("label", label.into()), ("place", place.into())],
    ));
    let mut scope = told.first().and_then(|o| o.scope.clone());
    for o in &told {
        if o.scope != scope {
            draft
                .lines
                .push(format!("— {} —", speaker.word("scope-break")));
            scope.clone_from(&o.scope);
        }
        draft.lines.push(format!(
            "• {}",
            speaker.say(
                "trend-line",
                vec![
                    ("amount", speaker.amount(o).into()),
                    ("period", speaker.period_of(o).into()),
                    ("origin", speaker.origin(o).into()),
                ]
            )
        ));
        draft.figure(o.figure());
    }
    match change(&told) {
        Some((figure, first, last)) => {
            let id = if last.value >= first.value {
                "grew"
            } else {
                "fell"
            };
            draft.close(speaker.say(
                id,
                vec![
                    ("change", speaker.number(figure.value.abs()).into()),
                    ("from", speaker.period_of(first).into()),
                    ("to", speaker.period_of(last).into()),
                ],
            ));
            draft.figure(figure);
        }
        None if told.len() > 1 => draft.close(speaker.word("no-change-derived")),
        None => draft.close(speaker.word("one-period")),
    }
    draft.close(speaker.word("gaps"));
    draft.chart = chart::lines(context, &told);
    draft
}

fn fits(when: When, o: &Observation) -> bool {
    let Some(period) = o.period.as_deref().and_then(|p| p.parse::<Period>().ok()) else {
        return when.is_latest();
    };
    match when {
        When::Latest => true,
        When::At(asked) => period == asked,
        When::Years(first, last) => period.first_year() >= first && period.year() <= last,
    }
}

/// Percentage change between the first and the last figure of the same producer and scope, both whole periods of one length.
fn change<'a>(told: &[&'a Observation]) -> Option<(Figure, &'a Observation, &'a Observation)> {
    let last = told.last()?;
    let whole = |o: &Observation| o.period.as_deref().is_some_and(|p| p.len() == 4);
    let first = told.iter().find(|o| {
        producer(o) == producer(last)
            && o.scope == last.scope
            && o.unit.key == last.unit.key
            && whole(o)
            && o.period != last.period
    })?;
    if !whole(last)
        || first.value == 0.0
        || first.value_max.is_some()
        || last.value_max.is_some()
        || last.unit.key == "rank"
    {
        return None;
    }
    let percent = last.unit.key == "percent";
    let value = if percent {
        round(last.value - first.value)
    } else {
        round((last.value - first.value) / first.value * 100.0)
    };
    let figure = Figure {
        basis: FigureBasis::Derived,
        value: value.abs(),
        value_max: None,
        unit: "percent".into(),
        qualifier: qualifier(first, last),
        observation: None,
        source: None,
        inputs: vec![first.figure(), last.figure()],
        ..last.figure()
    };
    // Points of percentage are another arithmetic: not told as growth.
    (!percent).then_some((figure, *first, *last))
}
