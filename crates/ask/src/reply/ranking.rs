//! The highest or lowest known values, one a territory or thing, with how many are known.

use serde::Deserialize;
use serde_json::Value;

use crate::answer::{AbstentionReason, Item, ItemKind, QuestionKind, SubjectKind};
use crate::frame::{Compared, Listed};
use crate::understand::COUNTRY;

use super::record::{Observation, nodes, total};
use super::sentence::directory_figure;
use super::things::{class, nothing};
use super::{Context, Draft, chart, lists};

/// What a figure is about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubjectRow {
    subject_key: String,
}

/// How many are told when the asker does not say.
const USUAL: usize = 5;

/// Figures that one operation reads.
const PAGE: u64 = 100;

/// The reply to a top or bottom question.
pub fn reply(context: &Context<'_>, data: &Value) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    let mut draft = Draft::default();
    let mut latest = latest(data);
    if data["among"].is_object() {
        let among: Vec<SubjectRow> = nodes(data, "among");
        latest.retain(|o| {
            among
                .iter()
                .any(|row| Some(&row.subject_key) == o.subject_key.as_ref())
        });
    }
    let ascending = frame.lowest
        != frame
            .indicator
            .as_deref()
            .is_some_and(|i| i.contains("rank"));
    latest.sort_by(|a, b| {
        let order = if ascending {
            a.value.total_cmp(&b.value)
        } else {
            b.value.total_cmp(&a.value)
        };
        order.then_with(|| a.key.cmp(&b.key))
    });
    if latest.is_empty() {
        draft.reason = Some(AbstentionReason::NoObservation);
        draft.say(speaker.say(
            "no-observation",
            vec![("label", context.lexicon_label().into())],
        ));
        return draft;
    }
    if frame.kind == QuestionKind::Rank {
        return position(context, &latest);
    }
    let known = latest.len();
    let mut shown = frame
        .limit
        .map_or(USUAL, usize::from)
        .clamp(1, 20)
        .min(known);
    // Whoever has the same value as the last one told is told as well.
    while shown > 0 && shown < known.min(20) && latest[shown].value == latest[shown - 1].value {
        shown += 1;
    }
    let id = if ascending {
        "ranking-lowest"
    } else {
        "ranking-highest"
    };
    let opening = speaker.say(id, vec![("label", latest[0].indicator.name.clone().into())]);
    draft.say(opening.clone());
    for (at, o) in latest.iter().take(shown).enumerate() {
        draft.lines.push(format!("• {}", speaker.sentence(o)));
        let mut figure = o.figure();
        figure.rank = i32::try_from(at + 1).ok();
        draft.figure(figure);
        draft.items.push(item(o));
    }
    draft.close(speaker.word("ranking-known"));
    let lies_in = |o: &Observation, place: &str| {
        let code = o.territory.as_ref().map_or("", |t| t.code.as_str());
        place == COUNTRY || code.starts_with(place)
    };
    let lacking = |place: &String| !latest.iter().any(|o| lies_in(o, place));
    if frame.places.len() > 1 && !frame.readings && frame.places.iter().any(lacking) {
        // Of one of the places nothing is known.
        draft.close(speaker.word("side-missing"));
    }
    let periods: std::collections::BTreeSet<_> = latest
        .iter()
        .take(shown)
        .map(|o| o.period.clone())
        .collect();
    if periods.len() > 1 {
        draft.close(speaker.word("differ-period"));
    }
    draft.chart = chart::ranking(context, &opening, &latest[..shown]);
    draft
}

/// The records whose latest figure is on the side asked, with how many they are where all are known.
pub fn chosen(context: &Context<'_>, data: &Value) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    let mut draft = Draft::default();
    let (Some(bound), Some(side)) = (frame.number, frame.compared) else {
        return nothing(context);
    };
    let mut known = latest(data);
    if frame.listed == Some(Listed::Territories) {
        // One census is not weighed against another.
        let period = known.iter().map(|o| &o.period).max().cloned().flatten();
        known.retain(|o| o.period == period);
    }
    let whole = is_whole(context, data);
    let below_top = |most: f64| frame.up_to.is_none_or(|top| most <= top);
    known.retain(|o| {
        let most = o.value_max.unwrap_or(o.value);
        side.holds(o.value, most, bound) && below_top(most)
    });
    if known.is_empty() && !whole {
        // Those in the middle were not read.
        return nothing(context);
    }
    let low = matches!(side, Compared::Less | Compared::AtMost);
    known.sort_by(|a, b| {
        let order = a.value.total_cmp(&b.value);
        let order = if low { order } else { order.reverse() };
        order.then_with(|| a.key.cmp(&b.key))
    });
    let id = match side {
        Compared::Less => "side-less",
        Compared::AtLeast => "side-at-least",
        Compared::AtMost => "side-at-most",
        Compared::More | Compared::Equal => "side-more",
    };
    let bound = match frame.up_to {
        Some(top) => speaker.say(
            "side-between",
            vec![
                ("low", speaker.number(bound).into()),
                ("high", speaker.number(top).into()),
            ],
        ),
        None => speaker.say(id, vec![("bound", speaker.number(bound).into())]),
    };
    let label = context.lexicon_label();
    if known.is_empty() {
        draft.reason = Some(AbstentionReason::NoObservation);
        draft.say(speaker.say(
            "chosen-none",
            vec![("label", label.into()), ("bound", bound.into())],
        ));
        return draft;
    }
    let what = speaker.word(&class(frame.listed.unwrap_or(Listed::Territories)));
    if whole {
        let count = known.len() as u64;
        draft.say(speaker.say(
            "chosen",
            vec![
                ("what", what.into()),
                ("label", label.into()),
                ("bound", bound.into()),
                ("count", speaker.number(count as f64).into()),
            ],
        ));
        let of = match frame.listed {
            Some(Listed::Parks) => "parks",
            Some(Listed::Projects) => "projects",
            Some(Listed::Territories) => "territories",
            _ => "organisations",
        };
        let place = frame.places.first().cloned();
        draft.figure(directory_figure(count, of, place, None));
    } else {
        draft.say(speaker.say(
            "chosen-some",
            vec![
                ("what", what.into()),
                ("label", label.into()),
                ("bound", bound.into()),
            ],
        ));
    }
    let told = frame.told_lines();
    if told.start >= known.len() {
        return nothing(context);
    }
    for (at, o) in known.iter().enumerate() {
        if told.contains(&at) {
            draft.lines.push(format!("• {}", speaker.sentence(o)));
            draft.figure(o.figure());
        } else if known.len() > lists::PAGE {
            continue;
        }
        draft.items.push(item(o));
    }
    if !whole {
        draft.lines.push("…".into());
    }
    let rest = known.len().saturating_sub(told.end);
    lists::say_rest(context, &mut draft, rest);
    draft.close(speaker.word("chosen-known"));
    draft
}

/// Whether every figure that fits was read: all there are, or down to one that lies beyond.
fn is_whole(context: &Context<'_>, data: &Value) -> bool {
    let (Some(bound), Some(side)) = (context.frame.number, context.frame.compared) else {
        return false;
    };
    if total(data, "observations") <= Some(PAGE) {
        return true;
    }
    if data.pointer("/observations/pageInfo/hasNextPage") == Some(&Value::Bool(false)) {
        return true;
    }
    let first: Vec<Observation> = nodes(data, "observations");
    let Some(top) = context.frame.up_to else {
        let beyond = |o: &Observation| !side.holds(o.value, o.value_max.unwrap_or(o.value), bound);
        return first.iter().any(beyond);
    };
    let lowest: Vec<Observation> = nodes(data, "lowest");
    let met = |o: &Observation| first.iter().any(|other| other.key == o.key);
    first.iter().any(|o| o.value < bound) || lowest.iter().any(|o| o.value > top || met(o))
}

/// The latest figure of each territory or thing.
fn latest(data: &Value) -> Vec<Observation> {
    let mut latest: Vec<Observation> = Vec::new();
    let read = nodes::<Observation>(data, "observations")
        .into_iter()
        .chain(nodes(data, "lowest"));
    for o in read {
        match latest.iter_mut().find(|known| same_thing(known, &o)) {
            Some(known) if later(&o, known) => *known = o,
            Some(_) => {}
            None => latest.push(o),
        }
    }
    latest
}

/// The position of the place asked among its peers, and those before it.
fn position(context: &Context<'_>, latest: &[Observation]) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    let mut draft = Draft::default();
    let asked = frame.places.first();
    let own = |o: &&Observation| o.territory.as_ref().map(|t| &t.code) == asked;
    // Whoever comes before stands on the page before; only of the latest period is that the whole of them.
    let period = latest.iter().map(|o| &o.period).max().cloned().flatten();
    let latest: Vec<&Observation> = latest.iter().filter(|o| o.period == period).collect();
    let Some(at) = latest.iter().position(own) else {
        return nothing(context);
    };
    if let Some(stated) = frame.number {
        let id = match stated == (at + 1) as f64 {
            true => "verdict-yes",
            false => "verdict-no",
        };
        draft.say(speaker.word(id));
    }
    let before = latest.iter().copied().enumerate().take(at);
    for (index, o) in std::iter::once((at, latest[at])).chain(before) {
        let mut figure = o.figure();
        figure.rank = i32::try_from(index + 1).ok();
        draft.figure(figure);
        draft.items.push(item(o));
        let line = speaker.say(
            "rank-of",
            vec![
                ("rank", speaker.number((index + 1) as f64).into()),
                ("figure", speaker.sentence(o).into()),
            ],
        );
        if index == at {
            draft.say(line);
        } else {
            draft.lines.push(line);
        }
    }
    draft
}

fn same_thing(a: &Observation, b: &Observation) -> bool {
    match (&a.subject_key, &b.subject_key) {
        (Some(first), Some(second)) => first == second && a.subject_kind == b.subject_kind,
        (None, None) => {
            let activity =
                |o: &Observation| o.activity.as_ref().map(|activity| activity.key.clone());
            a.territory.as_ref().map(|t| &t.code) == b.territory.as_ref().map(|t| &t.code)
                && activity(a) == activity(b)
        }
        _ => false,
    }
}

/// The later period leads, of what is added up a whole year before a part of one, what is undated comes last; within one a
/// known producer, then the latest publication.
fn later(a: &Observation, b: &Observation) -> bool {
    let weight = |o: &Observation| {
        let flow = o.indicator.measure.as_deref() == Some("FLOW");
        let part = |period: &String| flow && period.len() != 4;
        (
            !o.period.as_ref().is_some_and(part),
            o.period.clone(),
            o.producer.is_some(),
            o.source.published_on.clone(),
        )
    };
    weight(a) > weight(b)
}

fn named(o: &Observation) -> String {
    let subject = o.subject.as_ref().and_then(|s| s.name.clone());
    subject
        .or_else(|| o.segment().map(str::to_owned))
        .or_else(|| o.territory.as_ref().map(|t| t.name.clone()))
        .unwrap_or_default()
}

fn item(o: &Observation) -> Item {
    let segment = o.activity.as_ref().filter(|_| o.segment().is_some());
    let (key, kind) = match (&o.subject_key, o.subject_kind) {
        _ if segment.is_some() => (
            segment
                .map(|activity| activity.key.clone())
                .unwrap_or_default(),
            ItemKind::Activity,
        ),
        (Some(key), Some(kind)) => (
            key.clone(),
            match kind {
                SubjectKind::Organisation => ItemKind::Organisation,
                SubjectKind::Park => ItemKind::Park,
                SubjectKind::Project => ItemKind::Project,
                SubjectKind::Agreement => ItemKind::Agreement,
                SubjectKind::Plan => ItemKind::Plan,
                SubjectKind::Programme => ItemKind::Training,
            },
        ),
        _ => (
            o.territory
                .as_ref()
                .map(|t| t.code.clone())
                .unwrap_or_default(),
            ItemKind::Territory,
        ),
    };
    Item {
        key,
        name: named(o),
        kind,
        detail: o.period.clone(),
        value: Some(o.value),
    }
}
