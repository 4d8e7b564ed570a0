//! How a figure looks: colour and shape tell series apart, fill and outline tell how sure a figure is.

use crate::canvas::{Canvas, PAPER, n};
use crate::chart::{Point, Qualifier};

/// Colours that people who see fewer of them still tell apart (Okabe and Ito), dark enough on white; each has a shape of its own.
const COLOURS: [&str; 6] = [
    "#0072b2", "#b84a00", "#00785a", "#8f3f71", "#1b1b1b", "#7a6100",
];

/// The colour of what is disputed, on top of its own.
const DISPUTED: &str = "#1b1b1b";

/// A shape of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
}

const SHAPES: [Shape; 4] = [
    Shape::Circle,
    Shape::Square,
    Shape::Triangle,
    Shape::Diamond,
];

/// The colour of a series.
pub fn colour(series: usize) -> &'static str {
    COLOURS[series % COLOURS.len()]
}

/// How sure a figure is, as far as it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surety {
    pub qualifier: Qualifier,
    pub contested: bool,
}

impl Surety {
    pub fn of(point: &Point) -> Surety {
        Surety {
            qualifier: point.qualifier,
            contested: point.contested,
        }
    }
}

/// A point of a series.
pub fn dot(canvas: &mut Canvas, series: usize, x: f64, y: f64, surety: Surety) {
    let colour = colour(series);
    let radius = 9.0;
    let mut paint = vec![("stroke", colour), ("stroke-width", "3.5")];
    match surety.qualifier {
        Qualifier::Exact => paint.push(("fill", colour)),
        Qualifier::Target => paint.extend([("fill", PAPER), ("stroke-dasharray", "4 3")]),
        _ => paint.push(("fill", PAPER)),
    }
    match SHAPES[series % SHAPES.len()] {
        Shape::Circle => {
            let (cx, cy, r) = (n(x), n(y), n(radius));
            let place = [("cx", cx.as_str()), ("cy", &cy), ("r", &r)];
            canvas.element("circle", &[&place[..], &paint].concat());
        }
        Shape::Square => {
            canvas.rectangle(
                x - radius * 0.9,
                y - radius * 0.9,
                radius * 1.8,
                radius * 1.8,
                &paint,
            );
        }
        Shape::Triangle => polygon(
            canvas,
            &[
                (x, y - radius * 1.2),
                (x + radius * 1.15, y + radius * 0.8),
                (x - radius * 1.15, y + radius * 0.8),
            ],
            &paint,
        ),
        Shape::Diamond => polygon(
            canvas,
            &[
                (x, y - radius * 1.25),
                (x + radius * 1.25, y),
                (x, y + radius * 1.25),
                (x - radius * 1.25, y),
            ],
            &paint,
        ),
    }
    if surety.contested {
        let (cx, cy) = (n(x), n(y));
        canvas.element(
            "circle",
            &[
                ("cx", &cx),
                ("cy", &cy),
                ("r", "17"),
                ("fill", "none"),
                ("stroke", DISPUTED),
                ("stroke-width", "2.5"),
                ("stroke-dasharray", "2 4"),
            ],
        );
    }
}

/// A bar of a figure, from its start to its end.
pub fn bar(canvas: &mut Canvas, x: f64, y: f64, width: f64, height: f64, surety: Surety) {
    // What is not nothing is seen.
    let width = if width > 0.0 { width.max(4.0) } else { 0.0 };
    let colour = colour(0);
    let outline = [("stroke", colour), ("stroke-width", "3")];
    let inset = 1.5;
    match surety.qualifier {
        Qualifier::Exact => canvas.rectangle(x, y, width, height, &[("fill", colour)]),
        Qualifier::Target => {
            let paint = [
                &outline[..],
                &[("fill", PAPER), ("stroke-dasharray", "8 6")],
            ]
            .concat();
            canvas.rectangle(
                x + inset,
                y + inset,
                width - 2.0 * inset,
                height - 2.0 * inset,
                &paint,
            );
        }
        _ => {
            let paint = [&outline[..], &[("fill", "#a9d2ea")]].concat();
            canvas.rectangle(
                x + inset,
                y + inset,
                width - 2.0 * inset,
                height - 2.0 * inset,
                &paint,
            );
        }
    }
    if surety.contested {
        let paint = [
            ("fill", "none"),
            ("stroke", DISPUTED),
            ("stroke-width", "2.5"),
            ("stroke-dasharray", "2 4"),
        ];
        canvas.rectangle(x - 4.0, y - 4.0, width + 8.0, height + 8.0, &paint);
    }
}

fn polygon(canvas: &mut Canvas, corners: &[(f64, f64)], paint: &[(&str, &str)]) {
    let points: Vec<String> = corners
        .iter()
        .map(|(x, y)| format!("{},{}", n(*x), n(*y)))
        .collect();
    let points = points.join(" ");
    canvas.element("polygon", &[&[("points", points.as_str())], paint].concat());
}
