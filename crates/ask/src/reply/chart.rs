//! What of an answer can be drawn: only figures that are told, each with its marks, under words that say what they are.

use crate::answer::{Chart, ChartKind, ChartMark, Legend, Point, Qualifier, QuestionKind, Series};
use crate::picture;
use crate::suggest;

use super::Context;
use super::compare::producer;
use super::figures::contested;
use super::record::Observation;
use super::sentence::capital;
use super::speak::Speaker;

/// Bars that can be read on a telephone.
const MOST_BARS: usize = 10;

/// Sources printed on a picture; the answer names all.
const MOST_CREDITS: usize = 5;

/// Figures of one thing over time; none when there are not two periods of one unit.
pub fn lines(context: &Context<'_>, told: &[&Observation]) -> Option<Chart> {
    let speaker = context.speaker;
    let last = told.last()?;
    let mut drawn: Vec<&Observation> = told
        .iter()
        .copied()
        .filter(|o| o.period.is_some() && o.unit.key == last.unit.key)
        .collect();
    drawn.sort_by(|a, b| a.period.cmp(&b.period));
    if drawn
        .windows(2)
        .all(|pair| pair[0].period == pair[1].period)
    {
        return None;
    }
    let mut series: Vec<(&str, Option<&str>, Series)> = Vec::new();
    for o in &drawn {
        let (who, scope) = (producer(o), o.scope.as_deref());
        let known = series.iter_mut().find(|(a, b, _)| (*a, *b) == (who, scope));
        let point = point(speaker, o);
        if let Some((_, _, known)) = known {
            known.points.push(point);
            continue;
        }
        let name = o
            .producer_name()
            .unwrap_or_else(|| o.source.publisher.clone());
        let label = match series.iter().any(|(a, _, _)| *a == who) {
            true => speaker.say("chart-other-scope", vec![("name", name.into())]),
            false => name,
        };
        series.push((
            who,
            scope,
            Series {
                label,
                points: vec![point],
            },
        ));
    }
    let mut notes = vec![speaker.word("gaps")];
    if drawn.iter().any(|o| o.scope != drawn[0].scope) {
        notes.push(speaker.word("differ-scope"));
    }
    let left = told.len() - drawn.len();
    if left > 0 {
        let left = speaker.number(left as f64);
        notes.push(speaker.say("chart-left-out", vec![("n", left.into())]));
    }
    Some(Chart {
        kind: ChartKind::Lines,
        subtitle: unit(speaker, last),
        inverted: last.unit.key == "rank",
        series: series.into_iter().map(|(_, _, series)| series).collect(),
        ..frame(context, heading(speaker, last), &drawn, notes)
    })
}

/// Sides of a comparison, where they measure the same thing; what else differs is said.
pub fn sides(context: &Context<'_>, sides: &[&Observation]) -> Option<Chart> {
    let first = sides.first()?;
    let same = sides.iter().all(|side| {
        (&side.indicator.key, &side.unit.key, &side.scope)
            == (&first.indicator.key, &first.unit.key, &first.scope)
    });
    if sides.len() < 2 || !same {
        return None;
    }
    let differ =
        |what: fn(&Observation) -> &str| sides.iter().any(|side| what(side) != what(first));
    let mut notes = Vec::new();
    if differ(|o| o.period.as_deref().unwrap_or_default()) {
        notes.push(context.speaker.word("differ-period"));
    }
    if differ(producer) {
        notes.push(context.speaker.word("differ-producer"));
    }
    let title = capital(&first.indicator.name);
    bars(context, ChartKind::Bars, title, None, sides, notes)
}

/// The entries of a ranking under its opening sentence.
pub fn ranking(context: &Context<'_>, opening: &str, told: &[Observation]) -> Option<Chart> {
    let speaker = context.speaker;
    let shown: Vec<&Observation> = told.iter().take(MOST_BARS).collect();
    let first = shown.first()?;
    if shown.len() < 2 || shown.iter().any(|o| o.unit.key != first.unit.key) {
        return None;
    }
    let mut notes = vec![speaker.word("ranking-known")];
    if shown.iter().any(|o| o.period != first.period) {
        notes.push(speaker.word("differ-period"));
    }
    if told.len() > shown.len() {
        let n = speaker.number(shown.len() as f64);
        notes.push(speaker.say("chart-first", vec![("n", n.into())]));
    }
    let title = opening.trim_end_matches([':', ' ', '\u{a0}', '\u{202f}']);
    let place = context
        .frame
        .places
        .first()
        .map(|code| suggest::territory_name(context.lexicon, speaker, code));
    bars(
        context,
        ChartKind::Bars,
        capital(title),
        place,
        &shown,
        notes,
    )
}

/// Figures of any other question: shares on their whole, a series of one thing over time.
pub fn figures(context: &Context<'_>, told: &[Vec<&Observation>]) -> Option<Chart> {
    let all: Vec<&Observation> = told.iter().flatten().copied().collect();
    let first = all.first()?;
    match context.frame.kind {
        QuestionKind::Share => {
            let shares: Vec<&Observation> = all
                .iter()
                .copied()
                .filter(|o| o.unit.key == "percent" && o.indicator.key == first.indicator.key)
                .take(MOST_BARS)
                .collect();
            let title = capital(&first.indicator.name);
            bars(context, ChartKind::Share, title, None, &shares, Vec::new())
        }
        QuestionKind::Count | QuestionKind::Value | QuestionKind::Comparison => match told {
            [one] => {
                // The newest leads the text; a part of a year is another measure than the year.
                let of_one_scope: Vec<&Observation> = one
                    .iter()
                    .copied()
                    .filter(|o| o.scope == first.scope)
                    .collect();
                lines(context, &of_one_scope)
            }
            _ => None,
        },
        _ => None,
    }
}

fn bars(
    context: &Context<'_>,
    kind: ChartKind,
    title: String,
    place: Option<String>,
    drawn: &[&Observation],
    notes: Vec<String>,
) -> Option<Chart> {
    let speaker = context.speaker;
    let first = drawn.first()?;
    // A longer bar for a later position would say the opposite.
    if first.unit.key == "rank" {
        return None;
    }
    let subtitle: Vec<String> = unit(speaker, first).into_iter().chain(place).collect();
    let series = drawn.iter().map(|o| Series {
        label: named(speaker, o),
        points: vec![point(speaker, o)],
    });
    Some(Chart {
        kind,
        subtitle: (!subtitle.is_empty()).then(|| subtitle.join(" · ")),
        series: series.collect(),
        ..frame(context, title, drawn, notes)
    })
}

/// What every chart has.
fn frame(
    context: &Context<'_>,
    title: String,
    drawn: &[&Observation],
    mut notes: Vec<String>,
) -> Chart {
    let speaker = context.speaker;
    if drawn.iter().any(|o| is_inferred(o)) {
        notes.push(speaker.word("chart-inferred"));
    }
    let mut sources: Vec<String> = Vec::new();
    let mut credits: Vec<String> = Vec::new();
    for o in drawn {
        let credit = capital(speaker.origin(o).trim());
        if !credits.contains(&credit) {
            credits.push(credit);
        }
        if !sources.contains(&o.source.key) {
            sources.push(o.source.key.clone());
        }
    }
    if credits.len() > MOST_CREDITS + 1 {
        let more = speaker.number((credits.len() - MOST_CREDITS) as f64);
        credits.truncate(MOST_CREDITS);
        credits.push(speaker.say("chart-more-sources", vec![("n", more.into())]));
    }
    Chart {
        kind: ChartKind::Lines,
        title,
        subtitle: None,
        language: tag(speaker).to_owned(),
        unit: drawn
            .first()
            .map(|o| o.unit.key.clone())
            .unwrap_or_default(),
        inverted: false,
        series: Vec::new(),
        legend: legend(speaker, drawn),
        notes,
        credits,
        sources,
        frame: picture::write(context.frame, speaker.form),
    }
}

fn legend(speaker: Speaker, drawn: &[&Observation]) -> Vec<Legend> {
    let qualified = |qualifier| drawn.iter().any(|o| o.qualifier == qualifier);
    [
        (
            ChartMark::Approximate,
            "chart-approximate",
            qualified(Qualifier::Approximate),
        ),
        (
            ChartMark::AtLeast,
            "chart-at-least",
            qualified(Qualifier::AtLeast),
        ),
        (
            ChartMark::AtMost,
            "chart-at-most",
            qualified(Qualifier::AtMost),
        ),
        (
            ChartMark::Target,
            "chart-target",
            qualified(Qualifier::Target),
        ),
        (
            ChartMark::Contested,
            "chart-contested",
            drawn.iter().any(|o| contested(o).is_some()),
        ),
    ]
    .into_iter()
    .filter(|(_, _, occurs)| *occurs)
    .map(|(mark, id, _)| Legend {
        mark,
        label: speaker.word(id),
    })
    .collect()
}

fn point(speaker: Speaker, o: &Observation) -> Point {
    let label = match &o.period {
        None => speaker.word("undated"),
        Some(period) => language::format::short_period(period, speaker.form),
    };
    Point {
        period: o.period.clone().unwrap_or_default(),
        label: if is_inferred(o) { label + "*" } else { label },
        value: o.value,
        value_max: o.value_max,
        text: printed(speaker, o),
        qualifier: o.qualifier,
        contested: contested(o).is_some(),
    }
}

fn is_inferred(o: &Observation) -> bool {
    o.period.is_some() && o.period_basis == Some(crate::answer::PeriodBasis::Inferred)
}

/// Number and sign of the qualifier; the unit is said once, above.
fn printed(speaker: Speaker, o: &Observation) -> String {
    let number = match o.value_max {
        Some(most) if most != o.value => {
            format!("{}–{}", speaker.number(o.value), speaker.number(most))
        }
        _ => speaker.number(o.value),
    };
    let amount = match o.unit.key.as_str() {
        "percent" => speaker.say("amount-percent", vec![("value", number.into())]),
        _ => number,
    };
    match o.qualifier {
        Qualifier::Exact | Qualifier::Target => amount,
        Qualifier::Approximate => format!("≈ {amount}"),
        Qualifier::AtLeast => format!("≥ {amount}"),
        Qualifier::AtMost => format!("≤ {amount}"),
    }
}

/// The unit, unless the numbers or the title say it.
fn unit(speaker: Speaker, o: &Observation) -> Option<String> {
    match o.unit.key.as_str() {
        "count" | "rank" | "percent" => None,
        _ if o.unit.name.is_empty() => Some(o.unit.key.clone()),
        _ => Some(o.unit.name.clone()),
    }
    .map(|unit| match speaker.form.script() {
        language::Script::Arabic => unit,
        _ => capital(&unit),
    })
}

/// What a figure measures, of what and where.
fn heading(speaker: Speaker, o: &Observation) -> String {
    let label = capital(&o.label());
    let about = o.subject.as_ref().and_then(|subject| subject.name.clone());
    let place = speaker.place(o.territory.as_ref());
    match about {
        Some(about) => format!("{about} — {label}{place}"),
        None => format!("{label}{place}"),
    }
}

/// What a bar is: the thing, or the place and what kind of place.
fn named(speaker: Speaker, o: &Observation) -> String {
    let subject = o.subject.as_ref().and_then(|subject| subject.name.clone());
    subject.unwrap_or_else(|| {
        let place = speaker.place(o.territory.as_ref());
        let place = place.trim();
        let bare = match place.strip_prefix(',') {
            Some(name) => name,
            // Without the preposition.
            None => place.split_once(' ').map_or(place, |(_, name)| name),
        };
        capital(bare.trim())
    })
}

/// BCP 47.
fn tag(speaker: Speaker) -> &'static str {
    match speaker.form {
        language::Form::Fr => "fr",
        language::Form::En => "en",
        language::Form::Ar => "ar",
        language::Form::AryArab => "ary",
        language::Form::AryLatn => "ary-Latn",
    }
}
