//! Answers made of records: summaries of one thing, where and when, status, and what an agreement or a plan holds.

use serde_json::Value;

use crate::answer::{AbstentionReason, Item, ItemKind, QuestionKind};
use crate::frame::Listed;
use crate::understand::COUNTRY;

use super::record::{Named, Place, Source, field, nodes};
use super::rows::{EventRow, IndicatorRow, ParkRow, ProjectRow, SiteRow, Text, WordRow};
use super::sentence::capital;
use super::{Context, Draft, contact, contents, lists, near, organisation, progress, works};

/// The reply to a frame without a figure.
pub fn reply(context: &Context<'_>, data: &Value, operation: &str) -> Draft {
    match (operation, context.frame.kind) {
        (_, QuestionKind::Near) => near::reply(context, data),
        ("Organisation", QuestionKind::Contact) | ("Organisations", QuestionKind::Contact) => {
            contact::bodies(context, data)
        }
        ("Park", QuestionKind::Contact) => contact::park(context, data),
        (_, QuestionKind::List | QuestionKind::Count) => lists::reply(context, data, operation),
        ("Organisation", _) => organisation::summary(context, data),
        ("TwoOrganisations", _) => organisation::two(context, data),
        ("Park", _) => park(context, data),
        ("Projects", _) => projects(context, &nodes(data, "projects")),
        ("Agreements", _) => contents::agreements(context, &nodes(data, "agreements")),
        ("AgreementProgress", _) => progress::agreements(context, &nodes(data, "agreements")),
        ("PlanProgress", _) => progress::plans(context, &nodes(data, "plans")),
        ("Plans", _) => contents::plans(context, nodes(data, "plans")),
        ("Words", _) => words(context, data),
        ("Indicator", _) => indicator(context, data),
        ("Freshness", _) => contact::freshness(context, data),
        ("Events", _) => events(context, &nodes(data, "events")),
        _ => lists::reply(context, data, operation),
    }
}

/// Nothing is recorded about what was asked.
pub fn nothing(context: &Context<'_>) -> Draft {
    let mut draft = Draft {
        reason: Some(AbstentionReason::NoObservation),
        ..Draft::default()
    };
    draft.say(context.speaker.word("no-record"));
    draft
}

/// Whether a record lies in the place asked, or the place in its territory: there is no "Meknès Smart Factory".
pub fn is_there(context: &Context<'_>, territory: Option<&Place>) -> bool {
    let asked = &context.frame.places;
    let Some(own) = territory.map(|place| place.code.as_str()) else {
        return true;
    };
    asked.is_empty()
        || asked
            .iter()
            .any(|code| code == COUNTRY || own.starts_with(code.as_str()) || code.starts_with(own))
}

/// A stored text as it is, labelled where it is in another language; clauses with quantities are left to the figures.
pub fn quote(context: &Context<'_>, text: &Text) -> Option<String> {
    let clauses: Vec<&str> = text
        .text
        .split_inclusive(['.', ';', ':'])
        .filter(|clause| !has_quantity(clause))
        .map(str::trim)
        .collect();
    let mut kept = capital(clauses.join(" ").trim_end_matches([';', ':', ' ']));
    if kept.is_empty() {
        return None;
    }
    if !kept.ends_with(['.', '!', '?', '»']) {
        kept.push('.');
    }
    let own = text.locale == context.speaker.form.locale().to_string();
    Some(if own {
        kept
    } else {
        context.speaker.say(
            "in-language",
            vec![
                ("text", kept.into()),
                ("language", text.locale.to_lowercase().into()),
            ],
        )
    })
}

/// Digits that are not a year.
fn has_quantity(clause: &str) -> bool {
    let mut run = String::new();
    for c in clause.chars().chain([' ']) {
        if c.is_ascii_digit() {
            run.push(c);
        } else if !run.is_empty() {
            let year = run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
            if !year {
                return true;
            }
            run.clear();
        }
    }
    false
}

fn park(context: &Context<'_>, data: &Value) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    let Some(park) =
        field::<ParkRow>(data, "/park").filter(|park| is_there(context, park.territory.as_ref()))
    else {
        return nothing(context);
    };
    let mut draft = Draft::default();
    draft.items.push(Item {
        key: park.key.clone(),
        name: park.name.clone(),
        kind: ItemKind::Park,
        detail: park.opened_on.clone(),
        value: None,
    });
    let place = speaker.place(park.territory.as_ref());
    match frame.kind {
        QuestionKind::When => match &park.opened_on {
            Some(date) => draft.say(speaker.say(
                "opened",
                vec![
                    ("name", park.name.clone().into()),
                    ("date", speaker.date(date).into()),
                ],
            )),
            None => {
                draft.reason = Some(AbstentionReason::NoObservation);
                draft.say(speaker.say("no-date", vec![("name", park.name.clone().into())]));
                return draft;
            }
        },
        QuestionKind::Where => {
            draft.say(speaker.say(
                "located",
                vec![("name", park.name.clone().into()), ("place", place.into())],
            ));
            draft.say(speaker.word("address-unknown"));
        }
        _ => {
            draft.say(speaker.say(
                "park-is",
                vec![("name", park.name.clone().into()), ("place", place.into())],
            ));
            if let Some(operator) = &park.operator {
                draft.say(speaker.say("run-by", vec![("name", operator.name.clone().into())]));
                draft.items.push(body(&operator.key, &operator.name));
            }
            if let Some(date) = &park.opened_on {
                draft.say(speaker.say(
                    "opened",
                    vec![
                        ("name", park.name.clone().into()),
                        ("date", speaker.date(date).into()),
                    ],
                ));
            }
            let mut names: Vec<String> = Vec::new();
            for site in nodes::<SiteRow>(data, "sites") {
                if !names.contains(&site.organisation.name) {
                    names.push(site.organisation.name.clone());
                    draft
                        .items
                        .push(body(&site.organisation.key, &site.organisation.name));
                }
                draft.cite(&site.source.key);
            }
            if !names.is_empty() {
                draft.say(speaker.say("tenants", vec![("list", speaker.list(&names).into())]));
            }
        }
    }
    cite(context, &mut draft, &park.source);
    draft
}

fn body(key: &str, name: &str) -> Item {
    Item {
        key: key.to_owned(),
        name: name.to_owned(),
        kind: ItemKind::Organisation,
        detail: None,
        value: None,
    }
}

fn projects(context: &Context<'_>, projects: &[ProjectRow]) -> Draft {
    let speaker = context.speaker;
    let Some(project) = projects
        .first()
        .filter(|project| is_there(context, project.territory.as_ref()))
    else {
        return nothing(context);
    };
    let mut draft = Draft::default();
    let mut about = works::project_item(context, project);
    if context.frame.kind == QuestionKind::When {
        let known = [project.started_on.clone(), about.detail.take()];
        let known: Vec<String> = known.into_iter().flatten().collect();
        about.detail = (!known.is_empty()).then(|| known.join(" · "));
    } else if let (Some(stage), Some(summary)) = (&about.detail, &project.summary) {
        about.detail = Some(format!("{stage}. {}", summary.text));
    }
    draft.items.push(about);
    if context.frame.kind == QuestionKind::When {
        match &project.started_on {
            Some(date) => draft.say(speaker.say(
                "started",
                vec![
                    ("name", project.name.clone().into()),
                    ("date", speaker.date(date).into()),
                ],
            )),
            None => draft.say(speaker.say("no-date", vec![("name", project.name.clone().into())])),
        }
    }
    if context.frame.kind == QuestionKind::Where {
        let place = speaker.place(project.territory.as_ref());
        draft.say(speaker.say(
            "located",
            vec![
                ("name", project.name.clone().into()),
                ("place", place.into()),
            ],
        ));
    }
    let asked = |body: &&Named| is_of_class(context.frame.sector.as_deref(), body);
    let owner = project.owner.as_ref().filter(asked);
    let partners: Vec<&Named> = project.partners.iter().filter(asked).collect();
    let who = context.frame.kind == QuestionKind::Who;
    if who && owner.is_none() && partners.is_empty() {
        return nothing(context);
    }
    draft.say(works::status_line(context, project));
    if let Some(owner) = owner {
        draft.say(speaker.say("owned-by", vec![("name", owner.name.clone().into())]));
        draft.items.push(body(&owner.key, &owner.name));
    }
    if !partners.is_empty() {
        let names: Vec<String> = partners.iter().map(|p| p.name.clone()).collect();
        draft.say(speaker.say("partners", vec![("list", speaker.list(&names).into())]));
        let partners = partners.into_iter();
        draft.items.extend(partners.map(|p| body(&p.key, &p.name)));
    }
    if let Some(summary) = project
        .summary
        .as_ref()
        .and_then(|text| quote(context, text))
    {
        draft.say(summary);
    }
    if works::is_older(project) {
        // Already named, as what it is: of the project, not of its state.
        draft.cite(&project.source.key);
    } else {
        cite(context, &mut draft, &project.source);
    }
    draft
}

/// Whether a body is of the class that is asked for; any is where none is.
pub fn is_of_class(class: Option<&str>, body: &Named) -> bool {
    let kind = body.kind.as_deref();
    match class {
        Some("ministries" | "state") => language::fold(&body.name).starts_with("ministere"),
        Some("universities") => matches!(kind, Some("UNIVERSITY" | "TRAINING_INSTITUTE")),
        Some("federations") => kind == Some("FEDERATION"),
        _ => true,
    }
}

fn words(context: &Context<'_>, data: &Value) -> Draft {
    let speaker = context.speaker;
    let mut draft = Draft::default();
    for slot in ["/first", "/second"] {
        let Some(word) = field::<WordRow>(data, slot) else {
            continue;
        };
        let definition = word
            .definition
            .as_ref()
            .and_then(|text| quote(context, text));
        draft.say(match definition {
            Some(text) => {
                let abbreviation = word.key.chars().all(|c| c.is_ascii_uppercase());
                let name = if abbreviation {
                    format!("{} ({})", word.name, word.key)
                } else {
                    word.name.clone()
                };
                speaker.say("means", vec![("name", name.into()), ("text", text.into())])
            }
            None => speaker.say("no-definition", vec![("name", word.name.clone().into())]),
        });
        if let Some(parent) = &word.parent {
            draft.say(speaker.say("part-of", vec![("name", parent.name.clone().into())]));
        }
        let children: Vec<String> = word.children.nodes.iter().map(|c| c.name.clone()).collect();
        if !children.is_empty() {
            draft.say(speaker.say("made-of", vec![("list", speaker.list(&children).into())]));
        }
        draft.items.push(Item {
            key: word.key,
            name: word.name,
            kind: ItemKind::Activity,
            detail: None,
            value: None,
        });
        if let Some(source) = &word.source {
            cite(context, &mut draft, source);
        }
    }
    if draft.items.is_empty() {
        nothing(context)
    } else {
        draft
    }
}

fn indicator(context: &Context<'_>, data: &Value) -> Draft {
    let speaker = context.speaker;
    let Some(row) = field::<IndicatorRow>(data, "/indicator") else {
        return nothing(context);
    };
    let mut draft = Draft::default();
    let text = row
        .definition
        .as_ref()
        .and_then(|text| quote(context, text))
        .unwrap_or_else(|| row.unit.name.clone());
    draft.say(speaker.say(
        "means",
        vec![("name", row.name.clone().into()), ("text", text.into())],
    ));
    draft.items.push(Item {
        key: row.key,
        name: row.name,
        kind: ItemKind::Indicator,
        detail: Some(row.unit.name),
        value: None,
    });
    draft
}

fn events(context: &Context<'_>, events: &[EventRow]) -> Draft {
    let speaker = context.speaker;
    let Some(event) = events.first() else {
        return nothing(context);
    };
    let mut draft = Draft::default();
    let date = event
        .date
        .as_deref()
        .map(|d| speaker.date(d))
        .unwrap_or_else(|| speaker.word("undated"));
    draft.say(format!(
        "{} — {date}{}.",
        event.name,
        speaker.place(event.territory.as_ref())
    ));
    draft.items.push(Item {
        key: event.key.clone(),
        name: event.name.clone(),
        kind: ItemKind::Event,
        detail: event.date.clone(),
        value: None,
    });
    let who = context.frame.kind == QuestionKind::Who;
    if event.organisers.is_empty() && who {
        return nothing(context);
    }
    if !event.organisers.is_empty() {
        let names: Vec<String> = event.organisers.iter().map(|o| o.name.clone()).collect();
        draft.say(speaker.say("organisers", vec![("list", speaker.list(&names).into())]));
        let organisers = event.organisers.iter();
        draft
            .items
            .extend(organisers.map(|o| body(&o.key, &o.name)));
    }
    cite(context, &mut draft, &event.source);
    draft
}

/// Notes the source of a record and says it.
pub fn cite(context: &Context<'_>, draft: &mut Draft, source: &Source) {
    draft.close(context.speaker.say(
        "source",
        vec![("source", source_words(context, source).into())],
    ));
    draft.cite(&source.key);
}

/// Publisher and date.
pub fn source_words(context: &Context<'_>, source: &Source) -> String {
    match source.published_on.as_deref() {
        Some(date) => format!("{}, {}", source.publisher, context.speaker.date(date)),
        None => source.publisher.clone(),
    }
}

/// Message that names a class of records.
pub fn class(listed: Listed) -> String {
    format!("class-{}", format!("{listed:?}").to_lowercase())
}
