//! Answers made of published figures: one headline, two readings, a check of a number, the source of a figure.

use chrono::Datelike;
use serde_json::Value;

use crate::answer::{AbstentionReason, Item, ItemKind, QuestionKind};
use crate::frame::{Compared, When};
use crate::request::HEADLINES;
use crate::suggest;

use super::record::{Headline, Observation, field, nodes, total};
use super::sentence::is_stale;
use super::{Context, Draft, chart, compare, directory, ranking, trend};

/// The reply to a frame with an indicator.
pub fn reply(context: &Context<'_>, data: &Value, operation: &str) -> Draft {
    match operation {
        "Highest" | "Lowest" => return ranking::reply(context, data),
        "Chosen" | "ChosenBetween" => return ranking::chosen(context, data),
        "Targets" => return targets(context, &nodes(data, "observations")),
        _ => {}
    }
    let headlines: Vec<Option<Headline>> = HEADLINES
        .iter()
        .map(|(slot, _)| field(data, &format!("/{slot}")))
        .collect();
    let answers = answering(context, &headlines);
    match context.frame.kind {
        QuestionKind::Comparison if asked_groups(context) > 1 => {
            match answers.iter().any(|h| h.observation.is_some()) {
                true => compare::reply(context, &answers),
                false => missing(context, &headlines),
            }
        }
        QuestionKind::Source if context.frame.number.is_some() => {
            said(context, &headlines).unwrap_or_else(|| missing(context, &headlines))
        }
        QuestionKind::Trend => match answers.first() {
            Some(headline) if !headline.series.is_empty() => trend::reply(context, headline),
            _ => missing(context, &headlines),
        },
        _ => {
            let mut draft = Draft::default();
            let leading: Vec<&Headline> = answers
                .into_iter()
                .filter(|h| h.observation.is_some())
                .collect();
            if leading.is_empty() {
                return only_targets(context, &headlines)
                    .or_else(|| directory::instead(context, data))
                    .unwrap_or_else(|| missing(context, &headlines));
            }
            let mut told = Vec::new();
            for headline in &leading {
                told.push(one(context, &mut draft, headline, leading.len() > 1));
            }
            draft.chart = chart::figures(context, &told);
            if let (Some(sites), Some(operators)) =
                (total(data, "sites"), total(data, "organisations"))
            {
                directory::beside(context, &mut draft, sites, operators);
            }
            draft
        }
    }
}

/// "Who said 36?": whoever published that value, whether or not it leads.
fn said(context: &Context<'_>, headlines: &[Option<Headline>]) -> Option<Draft> {
    let (speaker, stated) = (context.speaker, context.frame.number?);
    let asked = context.slots.iter().zip(headlines);
    let asked = asked.filter(|(slot, _)| slot.group > 0);
    let known: Vec<&Observation> = asked
        .filter_map(|(_, headline)| headline.as_ref())
        .flat_map(|h| {
            let leader = h.observation.iter();
            leader
                .chain(&h.conflicts)
                .chain(h.series.iter().rev())
                .chain(&h.targets)
        })
        .filter(|o| Compared::Equal.holds(o.value, o.value_max.unwrap_or(o.value), stated))
        .collect();
    let first = known.first()?;
    let mut draft = Draft::default();
    draft.say(speaker.sentence(first));
    draft.figure(first.figure());
    let same = |o: &&&Observation| {
        o.key != first.key && o.territory == first.territory && o.period == first.period
    };
    let mut others: Vec<&Observation> = known.iter().filter(same).copied().collect();
    others.dedup_by(|a, b| a.key == b.key);
    for o in std::iter::once(*first).chain(others) {
        let named = |item: &Item| item.key == o.source.key;
        if draft.items.iter().any(named) {
            continue;
        }
        if o.key != first.key {
            draft.lines.push(format!("• {}", speaker.claim(o)));
            draft.figure(o.figure());
        }
        draft.items.push(Item {
            key: o.source.key.clone(),
            name: o.source.publisher.clone(),
            kind: ItemKind::Source,
            detail: o.source.published_on.clone(),
            value: None,
        });
    }
    Some(draft)
}

/// For each group of slots the first headline with anything, in the order of the groups.
fn answering<'a>(context: &Context<'_>, headlines: &'a [Option<Headline>]) -> Vec<&'a Headline> {
    let groups = context
        .slots
        .iter()
        .map(|slot| slot.group)
        .max()
        .unwrap_or(0);
    let mut found: Vec<&Headline> = Vec::new();
    for group in 1..=groups {
        let of_group = || {
            context
                .slots
                .iter()
                .zip(headlines)
                .filter(move |(slot, _)| slot.group == group && !is_of_today(context, slot))
                .filter_map(|(_, h)| h.as_ref())
        };
        let best = of_group()
            .find(|h| h.observation.is_some())
            .or_else(|| of_group().find(|h| !h.series.is_empty()));
        if let Some(headline) = best {
            let same = |other: &&Headline| {
                other.observation == headline.observation && headline.observation.is_some()
            };
            if !found.iter().any(same) {
                found.push(headline);
            }
        }
    }
    found
}

/// Whether a slot looks beside what is announced for what is: its aims may be told, its figures are another thing.
fn is_of_today(context: &Context<'_>, slot: &crate::request::Slot) -> bool {
    let planned = |key: Option<&str>| key.is_some_and(crate::understand::is_target_indicator);
    planned(context.frame.indicator.as_deref())
        && slot.indicator.is_some()
        && !planned(slot.indicator.as_deref())
}

fn asked_groups(context: &Context<'_>) -> u8 {
    context
        .slots
        .iter()
        .map(|slot| slot.group)
        .max()
        .unwrap_or(0)
}

/// One headline and its company; gives back the figures that were told.
fn one<'a>(
    context: &Context<'_>,
    draft: &mut Draft,
    headline: &'a Headline,
    among_several: bool,
) -> Vec<&'a Observation> {
    let (speaker, frame) = (context.speaker, context.frame);
    let Some(leader) = &headline.observation else {
        return Vec::new();
    };
    let mut told = vec![leader];
    if frame.when.is_latest()
        && let Some(period) = leader
            .period
            .as_deref()
            .filter(|period| is_stale(period, context.now))
    {
        draft.say(speaker.say("stale", vec![("period", speaker.period(period).into())]));
    }
    if let Some(verdict) = verdict(context, headline) {
        draft.say(verdict);
    }
    draft.say(speaker.sentence(leader));
    draft.figure(leader.figure());
    if let Some(note) = contested(leader) {
        draft.say(speaker.say("contested", vec![("note", note.into())]));
    }
    if !headline.conflicts.is_empty() {
        let claims: Vec<String> = headline
            .conflicts
            .iter()
            .take(4)
            .map(|o| speaker.claim(o))
            .collect();
        draft.say(speaker.say("conflicts", vec![("list", speaker.list(&claims).into())]));
        for conflict in headline.conflicts.iter().take(4) {
            draft.figure(conflict.figure());
            draft.conflicts.push(conflict.figure());
            told.push(conflict);
        }
    } else if frame.kind == QuestionKind::Conflict {
        draft.say(speaker.word("no-conflict"));
    }
    if let Some(part) = &headline.part_year {
        draft.say(speaker.say("part-year", vec![("figure", speaker.brief(part).into())]));
        draft.figure(part.figure());
        told.push(part);
    }
    if frame.kind == QuestionKind::Source {
        draft.items.push(Item {
            key: leader.source.key.clone(),
            name: leader.source.publisher.clone(),
            kind: ItemKind::Source,
            detail: leader.source.published_on.clone(),
            value: None,
        });
    }
    let limit = if frame.kind == QuestionKind::Conflict {
        6
    } else {
        3
    };
    let others: Vec<&Observation> = headline
        .series
        .iter()
        .rev()
        .filter(|o| {
            o.key != leader.key
                && headline
                    .part_year
                    .as_ref()
                    .is_none_or(|part| part.key != o.key)
        })
        .filter(|o| o.scope == leader.scope)
        .take(limit)
        .collect();
    if !others.is_empty() && !among_several && frame.when.is_latest() {
        let briefs: Vec<String> = others.iter().map(|o| speaker.brief(o)).collect();
        draft.say(speaker.say("series", vec![("list", speaker.list(&briefs).into())]));
        for other in others {
            draft.figure(other.figure());
            told.push(other);
        }
    }
    told
}

/// A note that disputes its own figure belongs to the figure.
pub fn contested(leader: &Observation) -> Option<String> {
    let note = leader.note.as_deref()?;
    ["closed", "contested", "disputed"]
        .iter()
        .any(|word| note.contains(word))
        .then(|| note.to_owned())
}

/// Whether the number the asker states is the one published.
fn verdict(context: &Context<'_>, headline: &Headline) -> Option<String> {
    let (speaker, frame) = (context.speaker, context.frame);
    let (stated, compared) = (frame.number?, frame.compared?);
    if !matches!(frame.kind, QuestionKind::Verification | QuestionKind::Rank) {
        return None;
    }
    let holds = |o: &Observation| {
        let most = o.value_max.unwrap_or(o.value);
        compared.holds(o.value, most, stated)
    };
    let leader = headline.observation.as_ref()?;
    if holds(leader) {
        return Some(speaker.word("verdict-yes"));
    }
    if compared == Compared::Equal {
        if headline.conflicts.iter().any(holds) {
            return Some(speaker.word("verdict-other-source"));
        }
        if let Some(period) = headline
            .series
            .iter()
            .find(|o| holds(o))
            .and_then(|o| o.period.as_deref())
        {
            return Some(speaker.say(
                "verdict-other-period",
                vec![("period", speaker.period(period).into())],
            ));
        }
    }
    Some(speaker.word("verdict-no"))
}

/// Objectives and announcements, always called so.
fn targets(context: &Context<'_>, found: &[Observation]) -> Draft {
    let speaker = context.speaker;
    let mut draft = Draft::default();
    if found.is_empty() {
        let ahead = context.frame.when.is_after(context.now.year());
        let (reason, id) = match ahead {
            true => (AbstentionReason::Future, "future"),
            false => (AbstentionReason::NoObservation, "no-target"),
        };
        draft.reason = Some(reason);
        draft.say(speaker.word(id));
        return draft;
    }
    draft.say(speaker.word("targets-only"));
    let mut seen: Vec<(f64, Option<String>, Option<String>)> = Vec::new();
    // What was asked comes before what is only near it.
    let own =
        |target: &&Observation| Some(&target.indicator.key) == context.frame.indicator.as_ref();
    let others = found.iter().filter(|target| !own(target));
    for target in found.iter().filter(own).chain(others) {
        let same = (
            target.value,
            target.period.clone(),
            target.subject_key.clone(),
        );
        if seen.contains(&same) || seen.len() == 5 {
            continue;
        }
        seen.push(same);
        draft.lines.push(format!("• {}", speaker.sentence(target)));
        draft.figure(target.figure());
    }
    draft
}

/// Nothing achieved is known, but something is aimed at: said as an objective.
fn only_targets(context: &Context<'_>, headlines: &[Option<Headline>]) -> Option<Draft> {
    let planned = context
        .frame
        .indicator
        .as_deref()
        .is_some_and(crate::understand::is_target_indicator);
    if !planned && context.frame.things.is_empty() {
        return None;
    }
    let found = context
        .slots
        .iter()
        .zip(headlines)
        .filter(|(slot, _)| slot.group > 0)
        .filter_map(|(_, h)| h.as_ref())
        .find(|h| !h.targets.is_empty())?;
    let asked: Vec<Observation> = match context.frame.when {
        When::At(period) => found
            .targets
            .iter()
            .filter(|t| t.period.as_deref() == Some(period.to_string().as_str()))
            .cloned()
            .collect(),
        _ => found.targets.clone(),
    };
    (!asked.is_empty()).then(|| targets(context, &asked))
}

/// No figure for what was asked; what is nearest becomes a suggestion, never an answer.
pub fn missing(context: &Context<'_>, headlines: &[Option<Headline>]) -> Draft {
    let speaker = context.speaker;
    let mut draft = Draft {
        reason: Some(AbstentionReason::NoObservation),
        ..Draft::default()
    };
    let label = context.lexicon_label();
    draft.say(speaker.say("no-observation", vec![("label", label.into())]));
    let mut nearest = Vec::new();
    for (slot, headline) in context.slots.iter().zip(headlines) {
        let Some(headline) = headline else { continue };
        let known = headline.observation.as_ref().or(headline.series.last());
        let Some(known) = known else { continue };
        let mut frame = context.frame.clone();
        frame.kind = QuestionKind::Value;
        frame.number = None;
        frame.readings = false;
        frame.places = known
            .territory
            .iter()
            .map(|place| place.code.clone())
            .collect();
        if let Some(thing) = &slot.subject {
            frame.things = vec![thing.clone()];
        }
        frame.when = match (
            &headline.observation,
            known.period.as_deref().and_then(|p| p.parse().ok()),
        ) {
            (None, Some(period)) => When::At(period),
            _ if slot.group > 0 && !context.frame.when.is_latest() => context.frame.when,
            _ => When::Latest,
        };
        nearest.push(suggest::question(context.lexicon, speaker, &frame));
    }
    nearest.dedup();
    if !nearest.is_empty() {
        draft.say(speaker.word("nearest"));
    }
    nearest.extend(suggest::suggestions(
        context.lexicon,
        speaker,
        Some(context.frame),
    ));
    nearest.dedup();
    nearest.truncate(3);
    draft.suggestions = nearest;
    draft
}

impl Context<'_> {
    /// Name of the indicator asked, as the names gave it.
    pub fn lexicon_label(&self) -> String {
        let key = self.frame.indicator.as_deref().unwrap_or_default();
        suggest::indicator_name(self.lexicon, self.speaker, key)
    }
}
