//! A card: the name of a thing and its first figures, for where a link to it is shown.

use crate::canvas::{Anchor, Canvas, GRID, INK, MARGIN, SOFT, Style, WIDTH};
use crate::text::{self, Weight};

/// What stands on a card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    pub title: String,
    pub subtitle: String,
    /// BCP 47.
    pub language: String,
    /// What is measured, and how much; at most four are drawn.
    pub lines: Vec<(String, String)>,
    pub credits: Vec<String>,
}

const HEIGHT: f64 = 378.0;
const BAND: f64 = 64.0;
const COBALT: &str = "#1c3f94";
const HONEY: &str = "#f0b429";

const TITLE: Style = Style::new(36.0, 45.0, Weight::Bold, INK);
const SUBTITLE: Style = Style::new(20.0, 28.0, Weight::Regular, SOFT);
const CREDIT: Style = Style::new(17.0, 24.0, Weight::Regular, SOFT);

/// The drawing and its height.
pub fn draw(card: &Card) -> (String, f64) {
    let rtl = card.language.starts_with("ar");
    let mut canvas = Canvas::new(rtl);
    let full = WIDTH - 2.0 * MARGIN;
    canvas.rectangle(0.0, 0.0, WIDTH, BAND, &[("fill", COBALT)]);
    star(&mut canvas);
    let (x, anchor) = canvas.start(44.0);
    canvas.text(
        (x, 42.0),
        anchor,
        26.0,
        Weight::Bold,
        "#ffffff",
        "Bab · باب",
    );
    let mut y = BAND + 16.0;
    let title = text::wrap(&card.title, TITLE.weight, TITLE.size, full, 2);
    y += canvas.paragraph(y, &title, TITLE);
    let subtitle = text::wrap(&card.subtitle, SUBTITLE.weight, SUBTITLE.size, full, 2);
    y += canvas.paragraph(y, &subtitle, SUBTITLE) + 10.0;
    for (label, value) in card.lines.iter().take(4) {
        canvas.line((MARGIN, y), (WIDTH - MARGIN, y), &[("stroke", GRID)]);
        let value = text::wrap(value, Weight::Bold, 22.0, full * 0.5, 1);
        let value = value.first().map_or("", String::as_str);
        let room = full - text::width(value, Weight::Bold, 22.0) - 20.0;
        let label = text::wrap(label, Weight::Regular, 19.0, room, 1);
        let (x, anchor) = canvas.start(0.0);
        let label = label.first().map_or("", String::as_str);
        canvas.text((x, y + 29.0), anchor, 19.0, Weight::Regular, INK, label);
        let (end, anchor) = match rtl {
            true => (MARGIN, Anchor::Left),
            false => (WIDTH - MARGIN, Anchor::Right),
        };
        canvas.text((end, y + 29.0), anchor, 22.0, Weight::Bold, COBALT, value);
        y += 42.0;
    }
    y += 8.0;
    for credit in card.credits.iter().take(2) {
        let credit = text::wrap(credit, CREDIT.weight, CREDIT.size, full, 1);
        y += canvas.paragraph(y, &credit, CREDIT);
    }
    let height = (y + 12.0).max(HEIGHT).ceil();
    let told: Vec<String> = card
        .lines
        .iter()
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    let svg = canvas.document(
        height,
        &card.language,
        &text::clean(&card.title),
        &text::clean(&told.join("; ")),
    );
    (svg, height)
}

/// The star of the zellige of Fès: two squares, one turned.
fn star(canvas: &mut Canvas) {
    let (x, _) = canvas.start(16.0);
    let square = [("fill", HONEY)];
    canvas.rectangle(x - 12.0, BAND / 2.0 - 12.0, 24.0, 24.0, &square);
    let turn = format!("rotate(45 {x} {})", BAND / 2.0);
    let turned = [("fill", HONEY), ("transform", turn.as_str())];
    canvas.rectangle(x - 12.0, BAND / 2.0 - 12.0, 24.0, 24.0, &turned);
}
