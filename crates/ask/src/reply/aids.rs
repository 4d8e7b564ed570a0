//! Lines of aids, with what they give, and of what is taught.

use serde_json::Value;

use crate::answer::{Figure, FigureBasis, ItemKind, PeriodBasis, Qualifier};
use crate::frame::Frame;
use crate::training;

use super::Context;
use super::lists::{Line, item};
use super::record::nodes;
use super::rows::{IncentiveRow, TrainingRow};
use super::things::source_words;

pub fn incentives(context: &Context<'_>, data: &Value) -> Vec<Line> {
    let speaker = context.speaker;
    let of_amount = |row: &IncentiveRow| context.frame.number.is_none_or(|n| row.amount == Some(n));
    nodes::<IncentiveRow>(data, "incentives")
        .into_iter()
        .filter(of_amount)
        .map(|i| {
            let from = i.valid_from.as_deref().map(|d| speaker.date(d));
            let to = i.valid_to.as_deref().map(|d| speaker.date(d));
            let validity = match (from, to) {
                (Some(from), Some(to)) => speaker.say(
                    "valid-between",
                    vec![("from", from.into()), ("to", to.into())],
                ),
                (Some(from), None) => speaker.say("valid-from", vec![("from", from.into())]),
                _ => speaker.word("undated"),
            };
            let mut entry = item(
                &i.key,
                &i.title,
                ItemKind::Incentive,
                Some(validity.clone()),
            );
            entry.value = i.amount;
            Line {
                words: format!(
                    "{} — {validity} ({})",
                    i.title,
                    source_words(context, &i.source)
                ),
                item: entry,
                source: Some(i.source.key),
            }
        })
        .collect()
}

/// What incentives give, as published in their records; of the kind asked, the nearest place first.
pub fn amounts(data: &Value, frame: &Frame) -> Vec<Figure> {
    let mut rows: Vec<IncentiveRow> = nodes(data, "incentives");
    rows.retain(|row| row.amount.is_some() && row.unit.is_some());
    rows.retain(|row| frame.number.is_none() || row.amount == frame.number);
    if frame.things.is_empty() && frame.places.is_empty() && frame.number.is_none() {
        rows.retain(|row| {
            row.territory
                .as_ref()
                .is_none_or(|place| place.level == "COUNTRY")
        });
    }
    let steps = ["COUNTRY", "REGION", "PROVINCE", "COMMUNE", "ARRONDISSEMENT"];
    rows.sort_by_key(|row| {
        let level = row.territory.as_ref().map(|place| place.level.as_str());
        std::cmp::Reverse(steps.iter().position(|step| Some(*step) == level))
    });
    let figure = |row: IncentiveRow| {
        let since = row
            .valid_from
            .as_deref()
            .map(|date| date[..4.min(date.len())].to_owned());
        Some(Figure {
            value: row.amount?,
            value_max: None,
            unit: row.unit?.key,
            qualifier: Qualifier::Exact,
            period_basis: since.as_ref().map(|_| PeriodBasis::Stated),
            period: since,
            basis: FigureBasis::Published,
            indicator: Some("incentive_amount".into()),
            territory: row.territory.map(|place| place.code),
            activity: None,
            subject: None,
            producer: None,
            observation: None,
            source: Some(row.source.key),
            inputs: Vec::new(),
            rank: None,
        })
    };
    rows.into_iter().filter_map(figure).collect()
}

/// The schools that programmes of a place are taught at, each once.
pub fn schools(data: &Value) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for row in nodes::<TrainingRow>(data, "trainingProgrammes") {
        let school = row.organisation;
        if lines.iter().all(|line| line.item.key != school.key) {
            lines.push(Line {
                words: school.name.clone(),
                item: item(&school.key, &school.name, ItemKind::Organisation, None),
                source: Some(row.source.key),
            });
        }
    }
    lines
}

pub fn training(context: &Context<'_>, data: &Value) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let field = context.frame.sector.as_deref();
    let of_field = |t: &TrainingRow| {
        let summary = t
            .organisation
            .summary
            .as_ref()
            .map(|text| text.text.as_str());
        let name = Some(t.organisation.name.as_str());
        let mut texts = [t.programme.as_deref(), name, summary]
            .into_iter()
            .flatten();
        field.is_none_or(|field| texts.any(|text| training::speaks_of(text, field)))
    };
    let rows = nodes::<TrainingRow>(data, "trainingProgrammes");
    for t in rows.into_iter().filter(of_field) {
        let programme = t
            .programme
            .filter(|p| !p.is_empty() && !p.chars().any(|c| c.is_ascii_digit()));
        let words = programme.as_ref().map_or(t.organisation.name.clone(), |p| {
            format!("{} — {p}", t.organisation.name)
        });
        if lines.iter().any(|line| line.words == words) {
            continue;
        }
        lines.push(Line {
            words,
            item: item(&t.key, &t.organisation.name, ItemKind::Training, programme),
            source: Some(t.source.key),
        });
    }
    lines
}
