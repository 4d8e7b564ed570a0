//! Points on a time axis. Only periods that follow each other are joined: what is not known between two points is not drawn.

use crate::canvas::{Anchor, Canvas, GRID, INK, MARGIN, SOFT, WIDTH, n};
use crate::chart::{Chart, MOST_POINTS, MOST_SERIES, Point, Qualifier};
use crate::mark::{self, Surety};
use crate::period::Span;
use crate::scale::{Scale, tick};
use crate::text::{self, Weight};

const HEIGHT: f64 = 380.0;
/// Room above the plot for the label of the highest point.
const HEAD: f64 = 34.0;
const FOOT: f64 = 44.0;
const AXIS_SIZE: f64 = 22.0;
const VALUE_SIZE: f64 = 25.0;
/// Years of the axis that still get a tick each.
const MOST_TICKS: f64 = 40.0;

/// A figure in its place.
struct Dot<'a> {
    series: usize,
    point: &'a Point,
    span: Span,
    value: f64,
    x: f64,
    y: f64,
}

/// Draws the points of a chart; gives the height it took.
pub fn draw(canvas: &mut Canvas, chart: &Chart, top: f64) -> f64 {
    let mut dots = dots(chart);
    let values = dots
        .iter()
        .flat_map(|dot| std::iter::once(dot.value).chain(dot.point.placed_max()));
    let scale = match chart.inverted {
        true => Scale::of_positions(values),
        false => Scale::from_zero(values),
    };
    let ticks: Vec<(f64, String)> = scale
        .ticks()
        .into_iter()
        .filter(|value| !chart.inverted || *value >= 1.0)
        .map(|value| (value, tick(value, scale.step, &chart.language)))
        .collect();
    let axis = ticks
        .iter()
        .map(|(_, label)| text::width(label, Weight::Regular, AXIS_SIZE))
        .fold(0.0, f64::max);
    let (left, right) = (MARGIN + axis + 12.0, WIDTH - MARGIN);
    let (high, low) = (top + HEAD, top + HEAD + HEIGHT);
    let across = |value: f64| {
        let share = scale.share(value);
        low - (if chart.inverted { 1.0 - share } else { share }) * HEIGHT
    };
    for (value, label) in &ticks {
        let y = across(*value);
        let strong = *value == 0.0;
        canvas.line(
            (left, y),
            (right, y),
            &[
                ("stroke", if strong { SOFT } else { GRID }),
                ("stroke-width", "1.5"),
            ],
        );
        canvas.text(
            (left - 12.0, y + 7.5),
            Anchor::Right,
            AXIS_SIZE,
            Weight::Regular,
            SOFT,
            label,
        );
    }
    if dots.is_empty() {
        canvas.text(
            (f64::midpoint(left, right), f64::midpoint(high, low)),
            Anchor::Middle,
            60.0,
            Weight::Bold,
            GRID,
            "—",
        );
        return HEAD + HEIGHT + FOOT;
    }
    let along = time(&dots, left, right);
    for dot in &mut dots {
        dot.x = along(dot.span.middle());
        dot.y = across(dot.value);
    }
    years(canvas, &dots, &along, low);
    stems(canvas, chart, &dots, across(0.0), &across);
    for dot in &dots {
        mark::dot(canvas, dot.series, dot.x, dot.y, Surety::of(dot.point));
    }
    values_beside(canvas, &dots, (left, right), (top, low));
    periods_below(canvas, &dots, low, (MARGIN, right));
    HEAD + HEIGHT + FOOT
}

fn dots(chart: &Chart) -> Vec<Dot<'_>> {
    let mut dots = Vec::new();
    for (series, one) in chart.series.iter().take(MOST_SERIES).enumerate() {
        for point in one.points.iter().take(MOST_POINTS) {
            if let (Some(span), Some(value)) = (Span::parse(&point.period), point.placed()) {
                dots.push(Dot {
                    series,
                    point,
                    span,
                    value,
                    x: 0.0,
                    y: 0.0,
                });
            }
        }
    }
    dots.sort_by(|a, b| {
        (a.series, a.span.middle())
            .partial_cmp(&(b.series, b.span.middle()))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    dots
}

/// Where a month lies between the two sides, with room for labels at both.
fn time(dots: &[Dot<'_>], left: f64, right: f64) -> impl Fn(f64) -> f64 + use<> {
    let first = dots
        .iter()
        .map(|dot| dot.span.middle())
        .fold(f64::MAX, f64::min);
    let last = dots
        .iter()
        .map(|dot| dot.span.middle())
        .fold(f64::MIN, f64::max);
    let room = 52.0;
    move |month| match last - first {
        length if length > 0.0 => {
            left + room + (month - first) / length * (right - left - 2.0 * room)
        }
        _ => f64::midpoint(left, right),
    }
}

/// A tick for every year, so that missing ones are seen.
fn years(canvas: &mut Canvas, dots: &[Dot<'_>], along: &impl Fn(f64) -> f64, low: f64) {
    let first = dots
        .iter()
        .map(|dot| (dot.span.from / 12.0).floor())
        .fold(f64::MAX, f64::min);
    let last = dots
        .iter()
        .map(|dot| ((dot.span.to - 0.01) / 12.0).floor())
        .fold(f64::MIN, f64::max);
    if last - first > MOST_TICKS || last <= first {
        return;
    }
    let (from, to) = (along(first * 12.0), along(last * 12.0 + 12.0));
    for year in first as i32..=last as i32 {
        let x = along(f64::from(year) * 12.0 + 6.0);
        if x >= from && x <= to && (MARGIN..=WIDTH - MARGIN).contains(&x) {
            canvas.line(
                (x, low),
                (x, low + 7.0),
                &[("stroke", SOFT), ("stroke-width", "1.5")],
            );
        }
    }
}

/// Lines between periods that follow each other, ranges, and a thin line from each lonely point down to the axis.
fn stems(
    canvas: &mut Canvas,
    chart: &Chart,
    dots: &[Dot<'_>],
    ground: f64,
    across: &impl Fn(f64) -> f64,
) {
    for (at, dot) in dots.iter().enumerate() {
        let colour = mark::colour(dot.series);
        let after = dots.get(at + 1).filter(|next| are_joined(dot, next));
        let before = at
            .checked_sub(1)
            .and_then(|at| dots.get(at))
            .filter(|last| are_joined(last, dot));
        if let Some(next) = after {
            canvas.line(
                (dot.x, dot.y),
                (next.x, next.y),
                &[("stroke", colour), ("stroke-width", "4")],
            );
        }
        if after.is_none() && before.is_none() && !chart.inverted {
            let x = dot.x;
            canvas.line(
                (x, ground),
                (x, dot.y),
                &[
                    ("stroke", colour),
                    ("stroke-width", "2"),
                    ("stroke-opacity", "0.45"),
                ],
            );
        }
        if let Some(most) = dot.point.placed_max() {
            let y = across(most);
            canvas.line(
                (dot.x, dot.y),
                (dot.x, y),
                &[("stroke", colour), ("stroke-width", "5")],
            );
            canvas.line(
                (dot.x - 10.0, y),
                (dot.x + 10.0, y),
                &[("stroke", colour), ("stroke-width", "4")],
            );
        }
    }
}

/// A place on the sheet that is taken: left, top, right, bottom.
type Box4 = (f64, f64, f64, f64);

fn overlap(a: Box4, b: Box4) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// Whether a line joins two dots: of one series, achieved, one period right after the other.
fn are_joined(first: &Dot<'_>, second: &Dot<'_>) -> bool {
    first.series == second.series
        && first.point.qualifier != Qualifier::Target
        && second.point.qualifier != Qualifier::Target
        && first.span.is_followed_by(second.span)
}

/// Small boxes that cover the line between two dots.
fn along_stroke(first: &Dot<'_>, second: &Dot<'_>) -> impl Iterator<Item = Box4> + use<> {
    let (from, to) = ((first.x, first.y), (second.x, second.y));
    (0..=24).map(move |step| {
        let share = f64::from(step) / 24.0;
        let (x, y) = (
            from.0 + (to.0 - from.0) * share,
            from.1 + (to.1 - from.1) * share,
        );
        (x - 3.0, y - 3.0, x + 3.0, y + 3.0)
    })
}

/// The value of each point, above, below or beside it; one that would cover another is left out.
fn values_beside(canvas: &mut Canvas, dots: &[Dot<'_>], sides: (f64, f64), ends: (f64, f64)) {
    let mut taken: Vec<Box4> = dots
        .iter()
        .map(|dot| (dot.x - 9.0, dot.y - 9.0, dot.x + 9.0, dot.y + 9.0))
        .collect();
    let strokes: Vec<Box4> = dots
        .windows(2)
        .filter(|pair| are_joined(&pair[0], &pair[1]))
        .flat_map(|pair| along_stroke(&pair[0], &pair[1]))
        .collect();
    // The newest first: it is the one that is looked for.
    for (own, dot) in dots.iter().enumerate().rev() {
        let label = text::wrap(&dot.point.text, Weight::Bold, VALUE_SIZE, 320.0, 1);
        let Some(label) = label.first() else { continue };
        let wide = text::width(label, Weight::Bold, VALUE_SIZE);
        let x = dot
            .x
            .clamp(sides.0 + wide / 2.0, sides.1 - wide / 2.0 + MARGIN / 2.0);
        let ring = if dot.point.contested { 8.0 } else { 0.0 };
        let beside = wide / 2.0 + 18.0 + ring;
        let places = [
            (x, dot.y - 18.0 - ring),
            (x, dot.y + 37.0 + ring),
            (dot.x + beside, dot.y + 9.0),
            (dot.x - beside, dot.y + 9.0),
        ];
        let free: Vec<(f64, f64, Box4)> = places
            .into_iter()
            .map(|(x, y)| {
                (
                    x,
                    y,
                    (
                        x - wide / 2.0 - 4.0,
                        y - 20.0,
                        x + wide / 2.0 + 4.0,
                        y + 4.0,
                    ),
                )
            })
            .filter(|(_, _, place)| {
                let inside = place.0 >= sides.0 - 4.0
                    && place.2 <= WIDTH - 8.0
                    && place.1 >= ends.0 - 6.0
                    && place.3 <= ends.1;
                inside
                    && taken
                        .iter()
                        .enumerate()
                        .all(|(at, other)| at == own || !overlap(*place, *other))
            })
            .collect();
        // Off the lines where that can be.
        let off = free
            .iter()
            .find(|(_, _, place)| !strokes.iter().any(|stroke| overlap(*place, *stroke)));
        if let Some((x, y, place)) = off.or(free.first()).copied() {
            canvas.text_on_paper((x, y), Anchor::Middle, VALUE_SIZE, label);
            taken.push(place);
        }
    }
}

/// The periods that have a point: the first and the last always, others where there is room.
fn periods_below(canvas: &mut Canvas, dots: &[Dot<'_>], low: f64, sides: (f64, f64)) {
    let mut labels: Vec<(f64, String)> = Vec::new();
    for dot in dots {
        let label = if dot.point.label.is_empty() {
            &dot.point.period
        } else {
            &dot.point.label
        };
        if !labels
            .iter()
            .any(|(x, known)| n(*x) == n(dot.x) && known == label)
        {
            labels.push((dot.x, label.clone()));
        }
    }
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let last = labels.len().saturating_sub(1);
    let order = [last, 0].into_iter().chain((1..last).rev());
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for at in order.take(labels.len()) {
        let (x, label) = &labels[at];
        let Some(label) = text::wrap(label, Weight::Regular, AXIS_SIZE, 240.0, 1).pop() else {
            continue;
        };
        let wide = text::width(&label, Weight::Regular, AXIS_SIZE);
        let middle = x.clamp(sides.0 + wide / 2.0, sides.1 + MARGIN / 2.0 - wide / 2.0);
        let place = (middle - wide / 2.0 - 7.0, middle + wide / 2.0 + 7.0);
        if taken
            .iter()
            .all(|other| place.1 <= other.0 || other.1 <= place.0)
        {
            canvas.text(
                (middle, low + 32.0),
                Anchor::Middle,
                AXIS_SIZE,
                Weight::Regular,
                INK,
                &label,
            );
            taken.push(place);
        }
    }
}
