//! What is near: records in the order of their distance, as the crow flies, to the town they are recorded in. Those without a
//! known position are named as such, never guessed.

use serde_json::Value;

use crate::answer::{AbstentionReason, Figure, FigureBasis, Item, Qualifier};
use crate::distance::{kilometres, told};
use crate::frame::{Frame, Listed};
use crate::lexicon::{Lexicon, NameKind};
use crate::suggest;

use super::placed::{Found, PlaceRow, nearest_of_each, parks, sites};
use super::record::{field, total};
use super::sentence::{capital, directory_figure};
use super::speak::Speaker;
use super::things::class;
use super::{Context, Draft, directory};

/// Most lines of the list, and most names without a position.
const MOST: usize = 15;
const MOST_UNKNOWN: usize = 6;

/// From here on the nearest is said to be far away, in kilometres: farther than any two towns of Morocco that have a park.
const FAR: f64 = 1_000.0;

/// The reply to a question of nearness.
pub fn reply(context: &Context<'_>, data: &Value) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    let mut draft = Draft::default();
    let origin = field::<PlaceRow>(data, "/origin");
    let from = match (
        &frame.origin,
        origin.as_ref().map(|place| &place.coordinates),
    ) {
        (None, _) => context.position,
        (Some(_), Some(Some(coordinates))) => Some(coordinates.position()),
        (Some(_), _) => None,
    };
    let Some(from) = from else {
        return no_origin(context, origin);
    };
    let mut found = match frame.listed {
        Some(Listed::Parks) => parks(data),
        listed => sites(data, listed == Some(Listed::Operators)),
    };
    if found.is_empty() {
        draft.reason = Some(AbstentionReason::NoObservation);
        draft.say(speaker.word("no-record"));
        return draft;
    }
    for one in &mut found {
        one.away = one
            .place
            .coordinates
            .as_ref()
            .map(|coordinates| kilometres(from, coordinates.position()));
    }
    found.sort_by(|a, b| {
        let order = |one: &Found| one.away.unwrap_or(f64::INFINITY);
        order(a)
            .total_cmp(&order(b))
            .then_with(|| language::fold(&a.name).cmp(&language::fold(&b.name)))
    });
    if frame.listed == Some(Listed::Operators) {
        nearest_of_each(&mut found);
    }
    let (known, unknown): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|one| one.away.is_some());
    let radius = frame.number;
    let (mut near, beyond): (Vec<Found>, Vec<Found>) = known.into_iter().partition(|one| {
        let away = one.away.unwrap_or(f64::INFINITY);
        radius.is_none_or(|most| away <= most || told(away) <= most)
    });
    let named = origin.filter(|_| frame.origin.is_some());
    if near.is_empty() {
        return nothing_near(context, draft, named, beyond, &unknown);
    }
    let count = near.len() as u64;
    draft.say(opening(context, named.as_ref(), count));
    near.truncate(frame.limit.map_or(MOST, usize::from).min(MOST));
    if let (None, Some(away)) = (radius, near.first().and_then(|one| one.away))
        && away >= FAR
    {
        draft.say(speaker.say(
            "near-far",
            vec![("distance", distance(speaker, away, false).into())],
        ));
    }
    for one in &near {
        let away = one.away.unwrap_or_default();
        let same = is_same_town(named.as_ref(), one);
        draft
            .lines
            .push(format!("• {}", line(speaker, one, away, same)));
        if !same {
            draft.figure(figure(one, away));
        }
        draft.items.push(item(speaker, one, same));
    }
    if (near.len() as u64) < count {
        draft.lines.push("…".into());
    }
    draft.figure(directory_figure(
        count,
        if frame.listed == Some(Listed::Parks) {
            "parks"
        } else if frame.listed == Some(Listed::Operators) {
            "organisations"
        } else {
            "sites"
        },
        directory::territory(frame),
        None,
    ));
    draft.close(speaker.word("near-how"));
    say_unknown(context, &mut draft, &unknown);
    say_partial(context, &mut draft, data);
    cite(context, &mut draft, named.as_ref(), &near);
    draft
}

/// One line on where from and how far, for how a question was read.
pub fn understood(lexicon: &Lexicon, speaker: Speaker, frame: &Frame) -> String {
    let mut parts = vec![speaker.word("kind-near"), what(speaker, frame)];
    parts.extend(from_and_within(lexicon, speaker, frame));
    parts.join(" · ")
}

/// Where distances start and end, where that is said.
pub fn from_and_within(lexicon: &Lexicon, speaker: Speaker, frame: &Frame) -> Vec<String> {
    let origin = frame.origin.as_ref().map(|code| {
        let name = suggest::localised(lexicon, speaker, NameKind::Territory, code);
        speaker.say("near-from-place", vec![("name", name.into())])
    });
    let within = frame.number.map(|radius| {
        let radius = speaker.number(tidy(radius));
        speaker.say("near-limit", vec![("km", radius.into())])
    });
    origin.into_iter().chain(within).collect()
}

/// What is looked for, in words.
pub fn what(speaker: Speaker, frame: &Frame) -> String {
    let call_centres = frame.activity.as_deref() == Some("call_centre");
    match frame.listed {
        Some(Listed::Sites) | None if call_centres => {
            speaker.say("noun-call_centres", vec![("n", 3.0.into())])
        }
        listed => speaker.word(&class(listed.unwrap_or(Listed::Sites))),
    }
}

fn opening(context: &Context<'_>, named: Option<&PlaceRow>, count: u64) -> String {
    let (speaker, frame) = (context.speaker, context.frame);
    let mut args = vec![
        ("what", what(speaker, frame).into()),
        ("from", from_words(speaker, named).into()),
        ("count", speaker.number(count as f64).into()),
    ];
    let id = match frame.number {
        Some(radius) => {
            args.push(("km", speaker.number(tidy(radius)).into()));
            "near-within"
        }
        None => "near-list",
    };
    capital(&speaker.say(id, args))
}

fn from_words(speaker: Speaker, named: Option<&PlaceRow>) -> String {
    match named {
        Some(place) => speaker.say("near-from-place", vec![("name", place.name.clone().into())]),
        None => speaker.word("near-from-you"),
    }
}

/// Whether a record is recorded in the very town that was named: how far apart they are within it is not known.
fn is_same_town(named: Option<&PlaceRow>, one: &Found) -> bool {
    let town = |place: &PlaceRow| {
        let coordinates = place.coordinates.as_ref();
        coordinates.map(|c| (c.latitude.to_bits(), c.longitude.to_bits()))
    };
    named.is_some_and(|named| town(named) == town(&one.place))
}

fn line(speaker: Speaker, one: &Found, away: f64, same: bool) -> String {
    speaker.say(
        "near-line",
        vec![
            ("name", one.name.clone().into()),
            ("place", one.where_.clone().into()),
            ("distance", distance(speaker, away, same).into()),
        ],
    )
}

fn distance(speaker: Speaker, away: f64, same: bool) -> String {
    let id = match away {
        _ if same => return speaker.word("near-same-town"),
        k if k < 1.0 => "near-under",
        _ => "near-about",
    };
    speaker.say(id, vec![("km", speaker.number(told(away)).into())])
}

/// A distance is computed from two places, of which the asker's is never kept.
fn figure(one: &Found, away: f64) -> Figure {
    Figure {
        value: told(away),
        value_max: None,
        unit: "km".into(),
        qualifier: if away < 1.0 {
            Qualifier::AtMost
        } else {
            Qualifier::Approximate
        },
        period: None,
        period_basis: None,
        basis: FigureBasis::Derived,
        indicator: Some("distance".into()),
        territory: Some(one.place.code.clone()),
        activity: None,
        subject: one.subject.clone(),
        producer: None,
        observation: None,
        source: one
            .place
            .coordinates
            .as_ref()
            .map(|coordinates| coordinates.source.key.clone()),
        inputs: Vec::new(),
        rank: None,
    }
}

fn item(speaker: Speaker, one: &Found, same: bool) -> Item {
    let detail = match one.away {
        Some(away) => format!("{} · {}", one.where_, distance(speaker, away, same)),
        None => speaker.word("near-position-unknown"),
    };
    Item {
        key: one.key.clone(),
        name: one.name.clone(),
        kind: one.kind,
        detail: Some(detail),
        value: one.away.map(|away| if same { 0.0 } else { told(away) }),
    }
}

/// Nothing within the distance asked: the nearest is named.
fn nothing_near(
    context: &Context<'_>,
    mut draft: Draft,
    named: Option<PlaceRow>,
    beyond: Vec<Found>,
    unknown: &[Found],
) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    draft.reason = Some(AbstentionReason::NoObservation);
    let from = from_words(speaker, named.as_ref());
    if let Some(radius) = frame.number.filter(|_| !beyond.is_empty()) {
        draft.say(capital(&speaker.say(
            "near-nothing",
            vec![
                ("what", what(speaker, frame).into()),
                ("km", speaker.number(tidy(radius)).into()),
                ("from", from.into()),
            ],
        )));
    }
    if let Some(nearest) = beyond.first() {
        let away = nearest.away.unwrap_or_default();
        let words = line(speaker, nearest, away, false);
        draft.say(speaker.say("near-nearest", vec![("line", words.into())]));
        draft.items.push(item(speaker, nearest, false));
        draft.close(speaker.word("near-how"));
        cite(context, &mut draft, named.as_ref(), &beyond[..1]);
    }
    say_unknown(context, &mut draft, unknown);
    draft
}

/// The place named has no position here.
fn no_origin(context: &Context<'_>, origin: Option<PlaceRow>) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    let mut draft = Draft {
        reason: Some(AbstentionReason::NoObservation),
        ..Draft::default()
    };
    let name = origin.map(|place| place.name).unwrap_or_else(|| {
        let code = frame.origin.as_deref().unwrap_or_default();
        suggest::localised(context.lexicon, speaker, NameKind::Territory, code)
    });
    draft.say(speaker.say("near-no-origin", vec![("name", name.into())]));
    let cities = suggest::near_cities(context.lexicon, speaker, frame);
    draft.suggestions = cities.into_iter().map(|choice| choice.question).collect();
    draft
}

fn say_unknown(context: &Context<'_>, draft: &mut Draft, unknown: &[Found]) {
    if unknown.is_empty() {
        return;
    }
    let speaker = context.speaker;
    let mut names: Vec<String> = Vec::new();
    for one in unknown {
        if !names.contains(&one.name) {
            names.push(one.name.clone());
        }
        draft.items.push(item(speaker, one, false));
    }
    if names.len() > MOST_UNKNOWN {
        names.truncate(MOST_UNKNOWN);
        names.push("…".into());
    }
    draft.close(speaker.say("near-unknown", vec![("list", speaker.list(&names).into())]));
}

/// Only one page is compared.
fn say_partial(context: &Context<'_>, draft: &mut Draft, data: &Value) {
    let connection = if context.frame.listed == Some(Listed::Parks) {
        "parks"
    } else {
        "sites"
    };
    let looked_at = data[connection]["nodes"].as_array().map_or(0, Vec::len) as u64;
    if total(data, connection).is_some_and(|all| all > looked_at) {
        draft.close(context.speaker.word("near-partial"));
    }
}

/// Who says where the towns lie, then who says what is in them.
fn cite(context: &Context<'_>, draft: &mut Draft, named: Option<&PlaceRow>, shown: &[Found]) {
    let places = named.into_iter().chain(shown.iter().map(|one| &one.place));
    let mut publishers: Vec<String> = Vec::new();
    for coordinates in places.filter_map(|place| place.coordinates.as_ref()) {
        draft.cite(&coordinates.source.key);
        if !publishers.contains(&coordinates.source.publisher) {
            publishers.push(coordinates.source.publisher.clone());
        }
    }
    for one in shown {
        draft.cite(&one.source.key);
    }
    let list = context.speaker.list(&publishers);
    draft.close(
        context
            .speaker
            .say("near-source", vec![("list", list.into())]),
    );
}

/// A distance converted from miles, to the tenth.
fn tidy(radius: f64) -> f64 {
    (radius * 10.0).round() / 10.0
}
