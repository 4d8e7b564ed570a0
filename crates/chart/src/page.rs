//! The sheet around a drawing: title above; marks, notes and sources below; words for who cannot see it.

use crate::canvas::{Canvas, GRID, INK, MARGIN, SOFT, Style, WIDTH};
use crate::chart::{Chart, Kind, Legend, MOST_POINTS, MOST_SERIES, Mark, Point, Qualifier};
use crate::mark::{self, Surety};
use crate::text::{self, Weight};
use crate::{bars, lines};

/// A finished drawing.
pub struct Sheet {
    pub svg: String,
    pub width: f64,
    pub height: f64,
}

const TITLE: Style = Style::new(36.0, 45.0, Weight::Bold, INK);
const SUBTITLE: Style = Style::new(25.0, 34.0, Weight::Regular, SOFT);
const NAME: Style = Style::new(24.0, 36.0, Weight::Regular, INK);
const NOTE: Style = Style::new(21.0, 30.0, Weight::Regular, INK);
const CREDIT: Style = Style::new(21.0, 30.0, Weight::Regular, SOFT);

/// Most sentences under the drawing, and most sources.
const MOST_NOTES: usize = 6;
const MOST_CREDITS: usize = 6;

/// Lays a chart out.
pub fn sheet(chart: &Chart) -> Sheet {
    let mut canvas = Canvas::new(chart.is_rtl());
    let full = WIDTH - 2.0 * MARGIN;
    let wrapped =
        |text: &str, style: Style, lines| text::wrap(text, style.weight, style.size, full, lines);
    let mut y = MARGIN - 6.0;
    y += canvas.paragraph(y, &wrapped(&chart.title, TITLE, 4), TITLE);
    y += 4.0;
    y += canvas.paragraph(y, &wrapped(&subtitle(chart), SUBTITLE, 2), SUBTITLE);
    y += 14.0;
    match chart.kind {
        Kind::Lines => {
            y += names(&mut canvas, chart, y);
            y += lines::draw(&mut canvas, chart, y);
        }
        Kind::Bars | Kind::Share => y += bars::draw(&mut canvas, chart, y),
    }
    y += 6.0;
    for legend in marks(chart) {
        y += explain(&mut canvas, chart.kind, legend, y);
    }
    for note in chart.notes.iter().take(MOST_NOTES) {
        y += canvas.paragraph(y, &wrapped(note, NOTE, 3), NOTE);
    }
    y += 10.0;
    canvas.line(
        (MARGIN, y),
        (WIDTH - MARGIN, y),
        &[("stroke", GRID), ("stroke-width", "1.5")],
    );
    y += 6.0;
    for credit in chart.credits.iter().take(MOST_CREDITS) {
        y += canvas.paragraph(y, &wrapped(credit, CREDIT, 3), CREDIT);
    }
    let height = (y + MARGIN - 8.0).ceil();
    let svg = canvas.document(
        height,
        &tag(&chart.language),
        &text::clean(&chart.title),
        &described(chart),
    );
    Sheet {
        svg,
        width: WIDTH,
        height,
    }
}

fn subtitle(chart: &Chart) -> String {
    let shared = match chart.kind {
        Kind::Lines => None,
        Kind::Bars | Kind::Share => bars::shared_period(chart),
    };
    let parts: Vec<&str> = chart
        .subtitle
        .as_deref()
        .into_iter()
        .chain(shared)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}

/// What the series are, each with its mark; one alone needs no name.
fn names(canvas: &mut Canvas, chart: &Chart, top: f64) -> f64 {
    if chart.series.len() < 2 {
        return 0.0;
    }
    let mut y = top;
    for (at, series) in chart.series.iter().take(MOST_SERIES).enumerate() {
        let most = WIDTH - 2.0 * MARGIN - 34.0;
        let Some(line) = text::wrap(&series.label, NAME.weight, NAME.size, most, 1).pop() else {
            continue;
        };
        let (x, _) = canvas.start(12.0);
        mark::dot(canvas, at, x, y + 16.0, Surety::default());
        let (x, anchor) = canvas.start(34.0);
        canvas.text(
            (x, y + NAME.size),
            anchor,
            NAME.size,
            NAME.weight,
            NAME.fill,
            &line,
        );
        y += NAME.leading;
    }
    y - top + 6.0
}

/// The explanations of marks that occur.
fn marks(chart: &Chart) -> impl Iterator<Item = &Legend> {
    chart
        .legend
        .iter()
        .filter(|legend| points(chart).any(|point| point.carries(legend.mark)))
        .take(5)
}

fn points(chart: &Chart) -> impl Iterator<Item = &Point> {
    chart.series.iter().flat_map(|series| &series.points)
}

fn explain(canvas: &mut Canvas, kind: Kind, legend: &Legend, top: f64) -> f64 {
    let surety = Surety {
        qualifier: match legend.mark {
            Mark::Approximate => Qualifier::Approximate,
            Mark::AtLeast => Qualifier::AtLeast,
            Mark::AtMost => Qualifier::AtMost,
            Mark::Target => Qualifier::Target,
            Mark::Contested => Qualifier::Exact,
        },
        contested: legend.mark == Mark::Contested,
    };
    // The ring of what is contested needs room above and below.
    let room = if surety.contested { 8.0 } else { 0.0 };
    let top = top + room;
    let most = WIDTH - 2.0 * MARGIN - 56.0;
    let lines = text::wrap(&legend.label, NOTE.weight, NOTE.size, most, 2);
    let (x, _) = canvas.start(20.0);
    match kind {
        Kind::Lines => mark::dot(canvas, 0, x, top + 15.0, surety),
        Kind::Bars | Kind::Share => mark::bar(canvas, x - 18.0, top + 6.0, 36.0, 18.0, surety),
    }
    let (x, anchor) = canvas.start(56.0);
    for (at, line) in lines.iter().enumerate() {
        let baseline = top + NOTE.size + at as f64 * NOTE.leading;
        canvas.text(
            (x, baseline),
            anchor,
            NOTE.size,
            NOTE.weight,
            NOTE.fill,
            line,
        );
    }
    (lines.len() as f64 * NOTE.leading).max(NOTE.leading) + 4.0 + room
}

/// Longest description, in characters.
const LONGEST: usize = 8_000;

/// Every figure in words, then notes and sources.
fn described(chart: &Chart) -> String {
    let mut parts = vec![text::clean(&subtitle(chart))];
    for series in chart.series.iter().take(MOST_SERIES) {
        let told: Vec<String> = series
            .points
            .iter()
            .take(MOST_POINTS)
            .map(|point| match point.label.is_empty() {
                true => text::clean(&point.text),
                false => format!(
                    "{}: {}",
                    text::clean(&point.label),
                    text::clean(&point.text)
                ),
            })
            .collect();
        parts.push(match series.label.is_empty() {
            true => told.join("; "),
            false => format!("{} — {}", text::clean(&series.label), told.join("; ")),
        });
    }
    let below = marks(chart)
        .map(|legend| &legend.label)
        .chain(chart.notes.iter().take(MOST_NOTES))
        .chain(chart.credits.iter().take(MOST_CREDITS));
    parts.extend(below.map(|text| text::clean(text)));
    parts.retain(|part| !part.is_empty());
    let ended = parts
        .iter()
        .map(|part| match part.ends_with(['.', '؟', '!', '…']) {
            true => part.clone(),
            false => format!("{part}."),
        });
    ended
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(LONGEST)
        .collect()
}

/// A language tag, or none at all.
fn tag(language: &str) -> String {
    let fits = language.len() <= 20
        && language
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if fits {
        language.to_owned()
    } else {
        String::new()
    }
}
