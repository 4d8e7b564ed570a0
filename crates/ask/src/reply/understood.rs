//! How the question was read, in one line.

use serde_json::Value;

use crate::answer::QuestionKind;
use crate::frame::{Compared, Listed, When};
use crate::lexicon::NameKind;
use crate::suggest;
use crate::understand::Slot;

use super::Context;
use super::record::{Place, field};
use super::speak::Speaker;

/// "count · call centres · Fès · latest".
pub fn line(context: &Context<'_>, data: &Value, told: QuestionKind) -> String {
    let (speaker, frame) = (context.speaker, context.frame);
    let mut parts = vec![kind(speaker, told)];
    if frame.indicator.is_some() {
        parts.push(context.lexicon_label());
    }
    let said = |activity: &&String| {
        frame.indicator.is_none()
            || frame.things.is_empty()
                && !matches!(activity.as_str(), "offshoring_all" | "call_centre")
    };
    for activity in frame.activity.iter().chain(&frame.other).filter(said) {
        let kind = NameKind::Activity;
        parts.push(suggest::localised(context.lexicon, speaker, kind, activity));
    }
    if let Some(listed) = frame.listed.filter(|_| frame.indicator.is_none()) {
        parts.push(speaker.word(&super::things::class(listed)));
    }
    for thing in &frame.things {
        // Events are known by what people call them, which is no name to show.
        let class = || match thing.kind {
            NameKind::Event => speaker.word(&super::things::class(Listed::Events)),
            _ => thing.key.clone(),
        };
        let name = context.lexicon.name(thing.kind, &thing.key);
        parts.push(name.map_or_else(class, str::to_owned));
    }
    for code in &frame.places {
        parts.push(
            context
                .lexicon
                .name(NameKind::Territory, code)
                .unwrap_or(code)
                .to_owned(),
        );
    }
    if frame.places.is_empty() && frame.things.is_empty() {
        // No place was given: the one that the figure was found for.
        let found = crate::request::HEADLINES
            .iter()
            .find_map(|(slot, _)| field::<Place>(data, &format!("/{slot}/observation/territory")));
        parts.extend(found.map(|place| place.name));
    }
    parts.extend(frame.country.as_deref().map(|code| origin(speaker, code)));
    if frame.kind == QuestionKind::Near {
        parts.extend(super::near::from_and_within(
            context.lexicon,
            speaker,
            frame,
        ));
    }
    if frame.chooses() {
        let sign = match frame.compared {
            Some(Compared::Less) => "<",
            Some(Compared::AtLeast) => "≥",
            Some(Compared::AtMost) => "≤",
            _ => ">",
        };
        let bound = speaker.number(frame.number.unwrap_or_default());
        parts.push(match frame.up_to {
            Some(top) => format!("{bound}–{}", speaker.number(top)),
            None => format!("{sign} {bound}"),
        });
    }
    match frame.when {
        When::Latest if frame.indicator.is_some() => parts.push(speaker.word("latest")),
        When::Latest => {}
        _ if frame.listed == Some(Listed::Sources) => {}
        when => parts.push(when.label()),
    }
    parts.join(" · ")
}

/// The kind alone.
pub fn short(speaker: Speaker, kind_: QuestionKind) -> String {
    kind(speaker, kind_)
}

/// Names of the slots taken from the previous question.
pub fn carried(speaker: Speaker, slots: &[Slot]) -> Vec<String> {
    slots
        .iter()
        .map(|slot| {
            speaker.word(match slot {
                Slot::Kind => "slot-kind",
                Slot::Indicator => "slot-indicator",
                Slot::Place => "slot-place",
                Slot::Thing => "slot-thing",
                Slot::Period => "slot-period",
            })
        })
        .collect()
}

/// Where companies come from, as it is said of a list of them.
pub fn origin(speaker: Speaker, code: &str) -> String {
    speaker.say(
        "list-origin",
        vec![("country", speaker.country(code).into())],
    )
}

fn kind(speaker: Speaker, kind: QuestionKind) -> String {
    let id = match kind {
        QuestionKind::Count => "kind-count",
        QuestionKind::Value => "kind-value",
        QuestionKind::Rank => "kind-rank",
        QuestionKind::Share => "kind-share",
        QuestionKind::Top => "kind-top",
        QuestionKind::Comparison => "kind-comparison",
        QuestionKind::Trend => "kind-trend",
        QuestionKind::List => "kind-list",
        QuestionKind::Who => "kind-who",
        QuestionKind::Where => "kind-where",
        QuestionKind::When => "kind-when",
        QuestionKind::Source => "kind-source",
        QuestionKind::Definition => "kind-definition",
        QuestionKind::Status => "kind-status",
        QuestionKind::Contents => "kind-contents",
        QuestionKind::Contact => "kind-contact",
        QuestionKind::Near => "kind-near",
        QuestionKind::Verification => "kind-verification",
        QuestionKind::Conflict => "kind-conflict",
        QuestionKind::Alert => "kind-alert",
        QuestionKind::Meta => "kind-meta",
        QuestionKind::Unknown => "kind-unknown",
    };
    speaker.word(id)
}
