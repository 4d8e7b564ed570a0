//! Counts of our own records: always said to be ours, never mixed with what is published.

use serde_json::Value;

use crate::answer::{QuestionKind, SubjectKind};
use crate::frame::Frame;
use crate::lexicon::NameKind;

use super::record::total;
use super::sentence::directory_figure;
use super::{Context, Draft};

/// The territory a directory count is of.
pub fn territory(frame: &Frame) -> Option<String> {
    frame.places.first().cloned()
}

/// The park a directory count is of.
pub fn subject(frame: &Frame) -> Option<(SubjectKind, String)> {
    frame
        .thing(NameKind::Park)
        .map(|key| (SubjectKind::Park, key.to_owned()))
}

/// Beside a published count.
pub fn beside(context: &Context<'_>, draft: &mut Draft, sites: u64, operators: u64) {
    if sites == 0 {
        return;
    }
    let speaker = context.speaker;
    draft.say(speaker.say(
        match context.frame.indicator.as_deref() {
            Some("call_centres") => "directory",
            _ => "directory-offshoring",
        },
        vec![
            ("sites", speaker.number(sites as f64).into()),
            ("operators", speaker.number(operators as f64).into()),
            ("n", (sites as f64).into()),
            ("m", (operators as f64).into()),
        ],
    ));
    let park = subject(context.frame);
    let place = match park {
        Some(_) => None,
        None => territory(context.frame).or_else(|| Some(crate::understand::HOME_CITY.to_owned())),
    };
    draft.figure(directory_figure(
        sites,
        "sites",
        place.clone(),
        park.clone(),
    ));
    draft.figure(directory_figure(operators, "organisations", place, park));
}

/// Instead of a published count, where companies are counted and none is published.
pub fn instead(context: &Context<'_>, data: &Value) -> Option<Draft> {
    let asked = context.frame.indicator.as_deref();
    // Whether there are call centres our records tell; how many there are they do not.
    let present = context.frame.kind == QuestionKind::Verification;
    let companies = matches!(asked, Some("offshoring_companies" | "park_companies"))
        || present && asked == Some("call_centres");
    if !companies || !context.frame.when.is_latest() {
        return None;
    }
    let (sites, operators) = (total(data, "sites")?, total(data, "organisations")?);
    if operators == 0 {
        return None;
    }
    let speaker = context.speaker;
    let mut draft = Draft::default();
    draft.say(speaker.say(
        "no-observation",
        vec![("label", context.lexicon_label().into())],
    ));
    beside(context, &mut draft, sites, operators);
    // The operators are what was asked for.
    draft.figures.reverse();
    Some(draft)
}
