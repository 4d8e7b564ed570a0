//! Bars that lie, one a figure: names have room above them, values stand at their ends.

use crate::canvas::{Anchor, Canvas, GRID, INK, MARGIN, SOFT, TRACK, WIDTH};
use crate::chart::{Chart, Kind, Point};
use crate::mark::{self, Surety};
use crate::scale::Scale;
use crate::text::{self, Weight};

/// Most bars of one picture; a taller one cannot be read on a telephone.
pub const MOST_BARS: usize = 10;

const NAME_SIZE: f64 = 25.0;
const VALUE_SIZE: f64 = 25.0;
const BAR: f64 = 30.0;
const GAP: f64 = 20.0;
const LEADING: f64 = 32.0;

/// The figures in the order of their bars, each with its name.
pub fn rows(chart: &Chart) -> Vec<(String, &Point)> {
    let told: Vec<_> = chart
        .series
        .iter()
        .flat_map(|series| series.points.iter().map(move |point| (series, point)))
        .collect();
    let same = told
        .windows(2)
        .all(|pair| pair[0].1.label == pair[1].1.label);
    told.into_iter()
        .map(|(series, point)| {
            let name = match (same, series.label.is_empty()) {
                (true, _) => series.label.clone(),
                (false, true) => point.label.clone(),
                (false, false) => format!("{} · {}", series.label, point.label),
            };
            (name, point)
        })
        .collect()
}

/// The period that all bars share, if they share one: it is said once, above.
pub fn shared_period(chart: &Chart) -> Option<&str> {
    let mut labels = chart
        .series
        .iter()
        .flat_map(|series| &series.points)
        .map(|point| point.label.as_str());
    let first = labels.next().filter(|label| !label.is_empty())?;
    labels.all(|label| label == first).then_some(first)
}

/// Draws the bars of a chart; gives the height it took.
pub fn draw(canvas: &mut Canvas, chart: &Chart, top: f64) -> f64 {
    let rows = rows(chart);
    let rows = &rows[..rows.len().min(MOST_BARS)];
    let values = rows
        .iter()
        .flat_map(|(_, point)| point.placed().into_iter().chain(point.placed_max()));
    let whole =
        chart.kind == Kind::Share && values.clone().all(|value| (0.0..=100.0).contains(&value));
    let labels: Vec<String> = rows
        .iter()
        .map(|(_, point)| {
            let text = if point.placed().is_some() {
                point.text.as_str()
            } else {
                "—"
            };
            text::wrap(text, Weight::Bold, VALUE_SIZE, 300.0, 1)
                .pop()
                .unwrap_or_else(|| "—".into())
        })
        .collect();
    let widest = labels
        .iter()
        .map(|label| text::width(label, Weight::Bold, VALUE_SIZE))
        .fold(0.0, f64::max);
    let negative = values.clone().any(|value| value < 0.0);
    let room = widest + 14.0;
    let length = WIDTH - 2.0 * MARGIN - if negative { 2.0 * room } else { room };
    let scale = if whole {
        Scale {
            low: 0.0,
            high: 100.0,
            step: 50.0,
        }
    } else {
        let low = values.clone().fold(0.0_f64, f64::min);
        let high = values.fold(0.0_f64, f64::max);
        Scale {
            low,
            high: if high > low { high } else { low + 1.0 },
            step: 1.0,
        }
    };
    let begin = if negative { room } else { 0.0 };
    let place = |value: f64| begin + scale.share(value) * length;
    let mut y = top;
    for ((name, point), label) in rows.iter().zip(&labels) {
        let lines = text::wrap(name, Weight::Regular, NAME_SIZE, WIDTH - 2.0 * MARGIN, 2);
        let (x, anchor) = canvas.start(0.0);
        for line in &lines {
            canvas.text(
                (x, y + NAME_SIZE),
                anchor,
                NAME_SIZE,
                Weight::Regular,
                INK,
                line,
            );
            y += LEADING;
        }
        y += 4.0;
        if whole {
            let (from, wide) = side(canvas, 0.0, length);
            canvas.rectangle(
                from,
                y,
                wide,
                BAR,
                &[("fill", TRACK), ("stroke", GRID), ("stroke-width", "1.5")],
            );
        }
        let end = match point.placed() {
            None => place(0.0),
            Some(value) => {
                let (near, far) = (place(0.0).min(place(value)), place(0.0).max(place(value)));
                let (from, wide) = side(canvas, near, far);
                mark::bar(canvas, from, y, wide, BAR, Surety::of(point));
                let mut end = if value < 0.0 { near } else { far };
                if let Some(most) = point.placed_max() {
                    let reach = place(most);
                    let (from, wide) = side(canvas, end.min(reach), end.max(reach));
                    let paint = [
                        ("fill", "none"),
                        ("stroke", mark::colour(0)),
                        ("stroke-width", "3"),
                    ];
                    canvas.rectangle(from, y + 1.5, wide, BAR - 3.0, &paint);
                    end = end.max(reach);
                }
                end
            }
        };
        value_at(
            canvas,
            point.placed().is_some_and(|value| value < 0.0),
            if whole { length } else { end },
            y,
            label,
        );
        y += BAR + GAP;
    }
    if negative {
        let (x, _) = side(canvas, place(0.0), place(0.0));
        canvas.line(
            (x, top),
            (x, y - GAP + 6.0),
            &[("stroke", SOFT), ("stroke-width", "2")],
        );
    }
    y - top
}

/// A stretch of the bar's way on the sheet: reading starts at its zero.
fn side(canvas: &Canvas, from: f64, to: f64) -> (f64, f64) {
    match canvas.is_rtl() {
        true => (WIDTH - MARGIN - to, to - from),
        false => (MARGIN + from, to - from),
    }
}

fn value_at(canvas: &mut Canvas, negative: bool, end: f64, y: f64, label: &str) {
    let outward = if negative { -12.0 } else { 12.0 };
    let (x, _) = side(canvas, end + outward, end + outward);
    let anchor = if canvas.is_rtl() != negative {
        Anchor::Right
    } else {
        Anchor::Left
    };
    canvas.text(
        (x, y + BAR - 6.5),
        anchor,
        VALUE_SIZE,
        Weight::Bold,
        INK,
        label,
    );
}
