//! Whom to contact, and how recent the figures are: only what is stored.

use serde_json::Value;

use crate::answer::{AbstentionReason, ItemKind};

use super::lists::item;
use super::record::{Observation, field, nodes, total};
use super::rows::{Company, ParkRow};
use super::sentence::directory_figure;
use super::things::{self, nothing};
use super::{Context, Draft};

/// Public bodies with a stored website; no telephone number and no address is stored.
pub fn bodies(context: &Context<'_>, data: &Value) -> Draft {
    let speaker = context.speaker;
    let mut found: Vec<Company> = nodes(data, "organisations");
    found.extend(field::<Company>(data, "/organisation"));
    found.retain(|company| company.website.is_some());
    let mut draft = Draft::default();
    if found.is_empty() {
        draft.reason = Some(AbstentionReason::NoObservation);
        draft.say(speaker.word("no-contact"));
        return draft;
    }
    // Whom to ask is known; a telephone number is not.
    draft.reason = context
        .frame
        .target
        .then_some(AbstentionReason::NoObservation);
    draft.say(speaker.word("contact"));
    for company in found {
        let website = company.website.clone().unwrap_or_default();
        draft.lines.push(format!("• {} — {website}", company.name));
        draft.items.push(item(
            &company.key,
            &company.name,
            ItemKind::Organisation,
            Some(website),
        ));
        if let Some(source) = company.source {
            draft.cite(&source.key);
        }
    }
    draft
}

/// Who runs a park, and the site where they can be reached if one is stored.
pub fn park(context: &Context<'_>, data: &Value) -> Draft {
    let speaker = context.speaker;
    let Some(park) = field::<ParkRow>(data, "/park") else {
        return nothing(context);
    };
    let mut draft = Draft::default();
    let Some(operator) = park.operator else {
        draft.reason = Some(AbstentionReason::NoObservation);
        draft.say(speaker.word("no-contact"));
        return draft;
    };
    draft.say(speaker.say(
        "park-contact",
        vec![
            ("park", park.name.clone().into()),
            ("name", operator.name.clone().into()),
        ],
    ));
    match operator.website.clone() {
        Some(website) => draft.say(speaker.say(
            "website",
            vec![
                ("name", operator.name.clone().into()),
                ("website", website.into()),
            ],
        )),
        None => {
            // Whom to ask is known; a telephone number is not.
            draft.reason = context
                .frame
                .target
                .then_some(AbstentionReason::NoObservation);
            draft.say(speaker.word("no-contact"));
        }
    }
    draft.items.push(item(
        &operator.key,
        &operator.name,
        ItemKind::Organisation,
        operator.website,
    ));
    things::cite(context, &mut draft, &park.source);
    draft
}

/// How recent the newest figures are, and how many sources there are.
pub fn freshness(context: &Context<'_>, data: &Value) -> Draft {
    let speaker = context.speaker;
    let newest: Vec<Observation> = nodes(data, "observations");
    let Some(first) = newest.first() else {
        return nothing(context);
    };
    let mut draft = Draft::default();
    let period = speaker.period_of(first);
    draft.say(speaker.say(
        "freshness",
        vec![
            ("period", period.into()),
            ("origin", speaker.origin(first).into()),
        ],
    ));
    if let Some(count) = total(data, "sources") {
        draft.say(speaker.say(
            "sources-count",
            vec![
                ("count", speaker.number(count as f64).into()),
                ("n", (count as f64).into()),
            ],
        ));
        draft.figure(directory_figure(count, "sources", None, None));
    }
    for o in &newest {
        draft.cite(&o.source.key);
    }
    draft
}
