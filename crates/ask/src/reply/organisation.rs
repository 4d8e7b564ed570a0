//! Organisations: what they are, where they work, and what is not stored of them.

use serde_json::Value;

use crate::answer::{AbstentionReason, Item, ItemKind, QuestionKind};
use crate::lexicon::{Meaning, NameKind};
use crate::span::read;
use crate::suggest;
use crate::understand::{COUNTRY, FOREIGN};

use super::record::{field, nodes};
use super::rows::{Company, SiteRow, TaughtRow, Text};
use super::things::{cite, is_there, nothing, quote, source_words};
use super::{Context, Draft};

/// One organisation: what it is, whose it is, where it works, since when.
pub fn summary(context: &Context<'_>, data: &Value) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    let Some(company) = field::<Company>(data, "/organisation") else {
        return nothing(context);
    };
    let sites: Vec<SiteRow> = nodes(data, "sites");
    let mut draft = Draft::default();
    let mut about = company_item(&company);
    if let Some(summary) = &company.summary {
        about.detail = Some(summary.text.clone());
    }
    draft.items.push(about);
    match frame.kind {
        QuestionKind::Where | QuestionKind::When => {
            if frame.kind == QuestionKind::Where
                && sites.is_empty()
                && let Some(place) = taught_in(context, data)
            {
                return taught(context, &company, &place, draft);
            }
            return places(context, &company, &sites, draft);
        }
        QuestionKind::Who if frame.target && !names_head(context, &company) => {
            // Nobody's name is stored: say what is.
            draft.reason = Some(AbstentionReason::NoObservation);
            draft.say(speaker.say("no-head", vec![("name", company.name.clone().into())]));
            return draft;
        }
        QuestionKind::Status | QuestionKind::Contents => {
            draft.reason = Some(AbstentionReason::NoObservation);
            draft.say(speaker.word("no-record"));
        }
        _ => {}
    }
    if let Some(asked) = &frame.country {
        let Some(origin) = &company.country_of_origin else {
            // Where it comes from is not recorded.
            return nothing(context);
        };
        let id = if origin == asked || asked == FOREIGN && origin != COUNTRY {
            "verdict-yes"
        } else {
            "verdict-no"
        };
        draft.say(speaker.word(id));
        draft.say(format!(
            "{} — {}.",
            company.name,
            super::understood::origin(speaker, origin)
        ));
    }
    draft.say(described(context, &company));
    if let Some(parent) = &company.parent {
        draft.say(speaker.say("belongs-to", vec![("name", parent.name.clone().into())]));
        draft.items.push(Item {
            key: parent.key.clone(),
            name: parent.name.clone(),
            kind: ItemKind::Organisation,
            detail: None,
            value: None,
        });
    }
    if !sites.is_empty() {
        let mut names: Vec<String> = Vec::new();
        for site in &sites {
            let name = site_name(context, &company, site);
            if !names.contains(&name) {
                names.push(name);
            }
            draft.cite(&site.source.key);
        }
        draft.say(speaker.say("works-in", vec![("list", speaker.list(&names).into())]));
    } else if let Some(place) = asked_place(context) {
        draft.say(speaker.say("works-nowhere", vec![("place", place.into())]));
    }
    if let Some(source) = &company.source {
        cite(context, &mut draft, source);
    }
    draft
}

/// Whether what is recorded of an organisation says who heads it: "association présidée par …".
fn names_head(context: &Context<'_>, company: &Company) -> bool {
    let head = |m: &Meaning| matches!(m, Meaning::Concept(concept) if concept == "head");
    let heads = |text: &Text| {
        let reading = read(context.lexicon, &text.text, context.now);
        let mut spans = reading.spans.iter();
        spans.any(|span| span.meanings.iter().any(head))
    };
    company.summary.as_ref().is_some_and(heads)
}

/// Where an organisation without sites teaches; none where that is not the place asked.
fn taught_in(context: &Context<'_>, data: &Value) -> Option<TaughtRow> {
    let mut rows = nodes::<TaughtRow>(data, "trainingProgrammes").into_iter();
    rows.find(|row| is_there(context, Some(&row.territory)))
}

fn taught(context: &Context<'_>, company: &Company, row: &TaughtRow, mut draft: Draft) -> Draft {
    let speaker = context.speaker;
    let place = speaker.place(Some(&row.territory));
    draft.say(speaker.say(
        "located",
        vec![
            ("name", company.name.clone().into()),
            ("place", place.into()),
        ],
    ));
    cite(context, &mut draft, &row.source);
    draft
}

/// The name of the park or place that the question has; the country is no place to look for sites in.
fn asked_place(context: &Context<'_>) -> Option<String> {
    let (lexicon, frame) = (context.lexicon, context.frame);
    let (kind, key) = match (frame.thing(NameKind::Park), frame.places.first()) {
        (Some(park), _) => (NameKind::Park, park),
        (None, place) => (
            NameKind::Territory,
            place.filter(|code| *code != COUNTRY)?.as_str(),
        ),
    };
    Some(suggest::localised(lexicon, context.speaker, kind, key))
}

/// Where an organisation works, or since when: only what is recorded, never an address that is not.
fn places(context: &Context<'_>, company: &Company, sites: &[SiteRow], mut draft: Draft) -> Draft {
    let speaker = context.speaker;
    let when = context.frame.kind == QuestionKind::When;
    let dated: Vec<&SiteRow> = sites
        .iter()
        .filter(|site| !when || site.opened_on.is_some())
        .collect();
    if dated.is_empty() {
        draft.reason = Some(AbstentionReason::NoObservation);
        let id = if when { "no-date" } else { "no-address" };
        draft.say(speaker.say(id, vec![("name", company.name.clone().into())]));
        if !when && let Some(website) = &company.website {
            draft.say(speaker.say(
                "website",
                vec![
                    ("name", company.name.clone().into()),
                    ("website", website.into()),
                ],
            ));
        }
        return draft;
    }
    draft.say(speaker.say(
        if when { "opened-list" } else { "located-list" },
        vec![("name", company.name.clone().into())],
    ));
    for site in dated {
        let mut line = format!("• {}", site_name(context, company, site));
        if let Some(address) = site.address.as_ref().filter(|_| !when) {
            line = format!("{line} — {address}");
        }
        if let Some(date) = &site.opened_on {
            line = format!(
                "{line} — {}",
                speaker.say("since", vec![("date", speaker.date(date).into())])
            );
        }
        line = format!("{line} — {}", source_words(context, &site.source));
        if !draft.lines.contains(&line) {
            draft.lines.push(line);
            let unit = &site.organisation;
            if !draft.items.iter().any(|item| item.key == unit.key) {
                draft.items.push(Item {
                    key: unit.key.clone(),
                    name: unit.name.clone(),
                    kind: ItemKind::Organisation,
                    detail: None,
                    value: None,
                });
            }
            draft.items.push(Item {
                key: site.key.clone(),
                name: site_place(context, site),
                kind: ItemKind::Site,
                detail: site.opened_on.clone(),
                value: None,
            });
            if let Some(park) = &site.park
                && !draft.items.iter().any(|item| item.key == park.key)
            {
                draft.items.push(Item {
                    key: park.key.clone(),
                    name: park.name.clone(),
                    kind: ItemKind::Park,
                    detail: None,
                    value: None,
                });
            }
        }
        draft.cite(&site.source.key);
    }
    draft
}

/// Where a site is, and whose it is when it is of a part of the organisation.
fn site_name(context: &Context<'_>, company: &Company, site: &SiteRow) -> String {
    let place = site_place(context, site);
    match site.organisation.key == company.key {
        true => place,
        false => format!("{place} — {}", site.organisation.name),
    }
}

fn site_place(context: &Context<'_>, site: &SiteRow) -> String {
    match &site.park {
        Some(park) => format!("{} ({})", park.name, site.territory.name),
        None => context
            .speaker
            .place(Some(&site.territory))
            .trim()
            .to_owned(),
    }
}

fn described(context: &Context<'_>, company: &Company) -> String {
    let speaker = context.speaker;
    let kind = company
        .kind
        .as_deref()
        .map(|kind| speaker.word(&format!("organisation-{kind}")))
        .unwrap_or_default();
    let head = speaker.say(
        "is-a",
        vec![("name", company.name.clone().into()), ("kind", kind.into())],
    );
    match company
        .summary
        .as_ref()
        .and_then(|text| quote(context, text))
    {
        Some(summary) => format!("{head} {summary}"),
        None => head,
    }
}

/// Two organisations side by side.
pub fn two(context: &Context<'_>, data: &Value) -> Draft {
    let mut draft = Draft::default();
    for slot in ["/first", "/second"] {
        let Some(company) = field::<Company>(data, slot) else {
            continue;
        };
        draft
            .lines
            .push(format!("• {}", described(context, &company)));
        draft.items.push(company_item(&company));
        if let Some(source) = &company.source {
            draft.cite(&source.key);
        }
    }
    if draft.lines.is_empty() {
        nothing(context)
    } else {
        draft
    }
}

fn company_item(company: &Company) -> Item {
    Item {
        key: company.key.clone(),
        name: company.name.clone(),
        kind: ItemKind::Organisation,
        detail: company.country_of_origin.clone(),
        value: None,
    }
}
