//! What an agreement or a plan holds: parties, axes, objectives.

use crate::answer::{AbstentionReason, Item, ItemKind, QuestionKind};
use crate::frame::{Thing, When};
use crate::lexicon::NameKind;

use super::record::Named;
use super::rows::{AgreementRow, FigureRow, PlanRow};
use super::things::{cite, is_of_class, nothing, quote};
use super::{Context, Draft};

/// What an agreement holds, or when it was signed.
pub fn agreements(context: &Context<'_>, found: &[AgreementRow]) -> Draft {
    let (speaker, frame) = (context.speaker, context.frame);
    let about = |a: &AgreementRow| {
        let concerned = frame
            .things
            .iter()
            .filter(|thing| concerns(context, a, thing));
        let mut keys: Vec<&str> = concerned.map(|thing| thing.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len()
    };
    let most = found.iter().map(about).max().unwrap_or(0);
    // Between two who are named: an agreement of both. Among those that concern most, the one that has axes at all.
    let enough = named(context).min(2);
    let of_things = |a: &&AgreementRow| {
        match frame.thing(NameKind::Agreement) {
            // Whoever is named beside an agreement has a part in it.
            Some(_) => frame
                .things
                .iter()
                .all(|thing| thing.kind != NameKind::Organisation || concerns(context, a, thing)),
            None => about(a) == most && most >= enough,
        }
    };
    let of_year = |a: &&AgreementRow| match (frame.when, &a.signed_on) {
        // "The memoranda of April 2022": of the month, where it is known.
        (When::At(period), Some(date)) if date.len() == 4 => *date == period.year().to_string(),
        (when @ When::At(_), Some(date)) => when.holds(date),
        (When::At(_), None) => false,
        // A wider time beside its name is of what it plans.
        _ => {
            frame.when.is_latest()
                || frame.kind == QuestionKind::When
                || frame.thing(NameKind::Agreement).is_some()
        }
    };
    // "Which universities signed with Alten?": an agreement of one.
    let of_class = |a: &&AgreementRow| {
        let class = frame.sector.as_deref();
        let told_apart = frame.kind == QuestionKind::Who || class == Some("state");
        !told_apart || a.parties.iter().any(|party| is_of_class(class, party))
    };
    let agreement = found
        .iter()
        .filter(of_things)
        .filter(of_year)
        .filter(of_class)
        .max_by_key(|a| {
            let memorandum = language::fold(&a.title).contains("memorand");
            let so_called = memorandum && frame.sector.as_deref() == Some("memorandum");
            (
                so_called,
                !a.axes.is_empty(),
                std::cmp::Reverse(a.key.clone()),
            )
        });
    let Some(agreement) = agreement else {
        return nothing(context);
    };
    let axis = frame.number.filter(|_| !agreement.axes.is_empty());
    if axis.is_some_and(|n| {
        !agreement
            .axes
            .iter()
            .any(|axis| f64::from(axis.ordinal) == n)
    }) {
        return nothing(context);
    }
    let mut draft = Draft::default();
    let date = agreement
        .signed_on
        .as_deref()
        .map(|date| speaker.date(date));
    draft.items.push(Item {
        key: agreement.key.clone(),
        name: agreement.title.clone(),
        kind: ItemKind::Agreement,
        detail: agreement.signed_on.clone(),
        value: None,
    });
    match (&date, frame.kind) {
        (Some(date), _) => draft.say(speaker.say(
            "signed",
            vec![
                ("name", agreement.title.clone().into()),
                ("date", date.into()),
            ],
        )),
        (None, QuestionKind::When) => {
            draft.reason = Some(AbstentionReason::NoObservation);
            draft.say(speaker.say("no-date", vec![("name", agreement.title.clone().into())]));
            return draft;
        }
        (None, _) => draft.say(format!("{}.", agreement.title)),
    }
    let whoever = frame.sector.as_deref() == Some("state");
    let asked = |party: &&Named| whoever || is_of_class(frame.sector.as_deref(), party);
    let parties: Vec<&Named> = agreement.parties.iter().filter(asked).collect();
    let names: Vec<String> = parties.iter().map(|p| p.name.clone()).collect();
    if !names.is_empty() {
        draft.say(speaker.say("parties", vec![("list", speaker.list(&names).into())]));
    }
    for party in parties {
        draft.items.push(Item {
            key: party.key.clone(),
            name: party.name.clone(),
            kind: ItemKind::Organisation,
            detail: None,
            value: None,
        });
    }
    if frame.kind != QuestionKind::When {
        let asked = |ordinal: i32| axis.is_none_or(|n| f64::from(ordinal) == n);
        for axis in agreement.axes.iter().filter(|axis| asked(axis.ordinal)) {
            let about = axis
                .description
                .as_ref()
                .and_then(|text| quote(context, text))
                .map(|t| format!(" — {t}"))
                .unwrap_or_default();
            draft
                .lines
                .push(format!("{}. {}{about}", axis.ordinal, axis.title));
            draft.items.push(Item {
                key: axis.key.clone(),
                name: axis.title.clone(),
                kind: ItemKind::Axis,
                detail: None,
                value: None,
            });
            draft.cite(&axis.source.key);
        }
        if agreement.axes.is_empty() {
            draft.say(speaker.word("no-axes"));
        }
    }
    cite(context, &mut draft, &agreement.source);
    draft
}

/// How many things are named; a group and its unit, a park and the project of it are one.
fn named(context: &Context<'_>) -> usize {
    let things = &context.frame.things;
    let unit_of = |thing: &Thing| context.lexicon.frames().local(&thing.key);
    // A project says what an agreement is for, and its title need not name it.
    let bodies = things
        .iter()
        .any(|thing| thing.kind == NameKind::Organisation);
    let mut keys: Vec<&str> = things
        .iter()
        .filter(|thing| !bodies || thing.kind != NameKind::Project)
        .map(|t| unit_of(t).unwrap_or(&t.key))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}

/// What the titles of a plan's objectives have in common in one field, folded.
fn stems(field: &str) -> &'static [&'static str] {
    match field {
        "economic_development" => &["econom"],
        "rural_development" => &["rural"],
        "natural_resources" => &["natur", "ecolog"],
        "heritage_research" => &["patrimoine", "heritage", "savoir"],
        _ => &[],
    }
}

/// Whether an agreement has an organisation among its parties, or names a thing in its title.
fn concerns(context: &Context<'_>, agreement: &AgreementRow, thing: &Thing) -> bool {
    let local = context.lexicon.frames().local(&thing.key);
    let keys = [Some(thing.key.as_str()), local];
    let party = agreement
        .parties
        .iter()
        .any(|p| keys.contains(&Some(p.key.as_str())));
    let title = language::fold(&agreement.title).replace(['(', ')', ','], " ");
    let title = format!(" {title} ");
    let names = context.lexicon.names(thing.kind, &thing.key).iter();
    party
        || names
            .map(|name| format!(" {} ", language::fold(name)))
            .any(|name| title.contains(&name))
}

/// Whether a period of years ("2022/2027") has the one asked in it.
pub fn covers(period: &str, context: &Context<'_>) -> bool {
    let When::At(asked) = context.frame.when else {
        return true;
    };
    period
        .parse::<language::Period>()
        .is_ok_and(|period| (period.first_year()..=period.year()).contains(&asked.year()))
}

/// What a plan aims at: targets, always called so.
pub fn plans(context: &Context<'_>, mut plans: Vec<PlanRow>) -> Draft {
    let speaker = context.speaker;
    if plans.is_empty() {
        return nothing(context);
    }
    let plan = plans.remove(0);
    let asked = match context.frame.when {
        When::At(period) => Some(period.year().to_string()),
        _ => None,
    };
    let years = |text: &str| asked.as_deref().is_none_or(|year| text.contains(year));
    if !years(&plan.title)
        && !plan
            .period
            .as_deref()
            .is_some_and(|period| covers(period, context))
    {
        return nothing(context);
    }
    let mut draft = Draft::default();
    let item = |key: &str, name: &str, kind, detail| Item {
        key: key.to_owned(),
        name: name.to_owned(),
        kind,
        detail,
        value: None,
    };
    draft.items.push(item(
        &plan.key,
        &plan.title,
        ItemKind::Plan,
        plan.period.clone(),
    ));
    let period = plan
        .period
        .as_deref()
        .map(|p| speaker.period(p))
        .unwrap_or_else(|| speaker.word("undated"));
    draft.say(speaker.say(
        "plan-is",
        vec![
            ("name", plan.title.clone().into()),
            ("period", period.into()),
        ],
    ));
    if let Some(owner) = &plan.owner {
        draft.say(speaker.say("owned-by", vec![("name", owner.name.clone().into())]));
    }
    draft.say(speaker.word("objectives"));
    let fields = context
        .frame
        .sector
        .as_deref()
        .map(stems)
        .unwrap_or_default();
    let asked_for = |title: &str| {
        let title = language::fold(title);
        fields.is_empty() || fields.iter().any(|stem| title.contains(stem))
    };
    for objective in plan.objectives {
        if !asked_for(&objective.title) {
            continue;
        }
        let mut entry = item(
            &objective.key,
            &objective.title,
            ItemKind::Objective,
            objective.horizon.clone(),
        );
        match objective.figure.and_then(FigureRow::observation) {
            Some(figure) => {
                draft.lines.push(format!(
                    "• {} : {}",
                    objective.title,
                    speaker.brief(&figure)
                ));
                entry.value = Some(figure.value);
                draft.figure(figure.figure());
            }
            None => draft.lines.push(format!("• {}", objective.title)),
        }
        draft.items.push(entry);
    }
    cite(context, &mut draft, &plan.source);
    draft
}
