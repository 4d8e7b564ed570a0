//! A map of tiles: one of the same size for each place, roughly where it lies; no border is drawn. Colour goes with the value, which stands
//! on every tile, so that nobody has to tell colours apart.

use crate::canvas::{Anchor, Canvas, GRID, INK, MARGIN, SOFT, Style, TRACK, WIDTH};
use crate::text::{self, Weight};

/// Places on a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tiles {
    pub title: String,
    pub subtitle: Option<String>,
    /// BCP 47.
    pub language: String,
    pub tiles: Vec<Tile>,
    /// What a tile without a value means.
    pub unknown: String,
    /// Sentences under the drawing.
    pub notes: Vec<String>,
    /// Where the figures come from, and of when.
    pub credits: Vec<String>,
}

/// A place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    pub column: u8,
    pub row: u8,
    pub name: String,
    pub value: Option<f64>,
    /// The value as it is printed.
    pub text: String,
    /// Where the place is told of.
    pub address: Option<String>,
    /// Drawn with a frame.
    pub is_marked: bool,
}

/// From few to many: each darker than the one before, so that they differ without colour too.
const STEPS: [(&str, &str); 5] = [
    ("#e4ecfb", INK),
    ("#b6cbf3", INK),
    ("#7fa2e3", INK),
    ("#3d66bf", "#ffffff"),
    ("#17387f", "#ffffff"),
];

const GAP: f64 = 6.0;
const LARGEST: f64 = 152.0;

const TITLE: Style = Style::new(30.0, 38.0, Weight::Bold, INK);
const SUBTITLE: Style = Style::new(20.0, 28.0, Weight::Regular, SOFT);
const NOTE: Style = Style::new(17.0, 25.0, Weight::Regular, SOFT);

/// The drawing and its height.
pub fn draw(map: &Tiles) -> (String, f64) {
    let rtl = map.language.starts_with("ar");
    let mut canvas = Canvas::new(rtl);
    let full = WIDTH - 2.0 * MARGIN;
    let wrapped =
        |text: &str, style: Style, lines| text::wrap(text, style.weight, style.size, full, lines);
    let mut y = MARGIN - 6.0;
    y += canvas.paragraph(y, &wrapped(&map.title, TITLE, 3), TITLE);
    if let Some(subtitle) = &map.subtitle {
        y += canvas.paragraph(y, &wrapped(subtitle, SUBTITLE, 2), SUBTITLE);
    }
    y += 14.0;
    let columns = map.tiles.iter().map(|tile| tile.column).max().unwrap_or(0);
    let rows = map.tiles.iter().map(|tile| tile.row).max().unwrap_or(0);
    let (columns, rows) = (f64::from(columns) + 1.0, f64::from(rows) + 1.0);
    let side = ((full + GAP) / columns - GAP).min(LARGEST);
    let height = side.min(96.0);
    let left = (WIDTH - columns * (side + GAP) + GAP) / 2.0;
    let steps = Steps::of(&map.tiles);
    for tile in &map.tiles {
        let x = left + f64::from(tile.column) * (side + GAP);
        let top = y + f64::from(tile.row) * (height + GAP);
        place(&mut canvas, map, tile, &steps, (x, top, side, height));
    }
    y += rows * (height + GAP) + 10.0;
    y += legend(&mut canvas, map, &steps, y);
    for note in map.notes.iter().chain(&map.credits).take(8) {
        y += canvas.paragraph(y, &wrapped(note, NOTE, 3), NOTE);
    }
    let height = (y + MARGIN - 8.0).ceil();
    let described: Vec<String> = map.tiles.iter().map(|tile| said(map, tile)).collect();
    let title = text::clean(&map.title);
    let description = text::clean(&described.join("; "));
    let svg = canvas.document(height, &map.language, &title, &description);
    (svg, height)
}

fn said(map: &Tiles, tile: &Tile) -> String {
    let value = match tile.value {
        Some(_) => tile.text.as_str(),
        None => map.unknown.as_str(),
    };
    format!("{}: {value}", tile.name)
}

fn place(
    canvas: &mut Canvas,
    map: &Tiles,
    tile: &Tile,
    steps: &Steps,
    (x, y, width, height): (f64, f64, f64, f64),
) {
    if let Some(address) = &tile.address {
        canvas.begin_link(address, &said(map, tile));
    }
    let step = tile.value.map(|value| STEPS[steps.of_value(value)]);
    let (paper, ink) = step.unwrap_or((TRACK, SOFT));
    let mut paint = vec![("rx", "9"), ("fill", paper)];
    match (tile.is_marked, step) {
        (true, _) => paint.extend([("stroke", "#d9930d"), ("stroke-width", "4")]),
        (false, None) => paint.extend([("stroke", SOFT), ("stroke-dasharray", "4 4")]),
        (false, Some(_)) => {}
    }
    canvas.rectangle(x, y, width, height, &paint);
    let middle = x + width / 2.0;
    let names = text::wrap(&broken(&tile.name), Weight::Regular, 14.5, width - 10.0, 3);
    let text = if tile.value.is_some() {
        tile.text.as_str()
    } else {
        "—"
    };
    let value = text::wrap(text, Weight::Bold, 19.0, width - 8.0, 1);
    let lines = names.len() as f64 * 17.5 + 24.0;
    let mut line = y + (height - lines) / 2.0 + 14.0;
    for name in &names {
        let name = &name.replace("- ", "-");
        canvas.text(
            (middle, line),
            Anchor::Middle,
            14.5,
            Weight::Regular,
            ink,
            name,
        );
        line += 17.5;
    }
    if let Some(value) = value.first() {
        canvas.text(
            (middle, line + 5.0),
            Anchor::Middle,
            19.0,
            Weight::Bold,
            ink,
            value,
        );
    }
    if tile.address.is_some() {
        canvas.end_link();
    }
}

/// A name that may be broken after its hyphens.
fn broken(name: &str) -> String {
    name.replace('-', "- ")
}

/// What the colours mean, as far as they occur.
fn legend(canvas: &mut Canvas, map: &Tiles, steps: &Steps, top: f64) -> f64 {
    let mut y = top;
    let mut entries: Vec<(&str, String)> = Vec::new();
    for (step, (paper, _)) in STEPS.iter().enumerate() {
        let mut inside: Vec<&Tile> = map
            .tiles
            .iter()
            .filter(|tile| {
                tile.value
                    .is_some_and(|value| steps.of_value(value) == step)
            })
            .collect();
        inside.sort_by(|a, b| {
            a.value
                .partial_cmp(&b.value)
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
            let label = match first.text == last.text {
                true => first.text.clone(),
                false => format!("{} – {}", first.text, last.text),
            };
            entries.push((paper, label));
        }
    }
    if map.tiles.iter().any(|tile| tile.value.is_none()) {
        entries.push((TRACK, map.unknown.clone()));
    }
    for (paper, label) in &entries {
        let (x, _) = canvas.start(0.0);
        let x = if canvas.is_rtl() { x - 26.0 } else { x };
        let paint = [("rx", "4"), ("fill", *paper), ("stroke", GRID)];
        canvas.rectangle(x, y + 3.0, 26.0, 18.0, &paint);
        let (x, anchor) = canvas.start(36.0);
        canvas.text((x, y + 18.0), anchor, NOTE.size, NOTE.weight, INK, label);
        y += 25.0;
    }
    y - top + 8.0
}

/// The limits between the colours: as many places in each as can be, the same value in the same one.
struct Steps(Vec<f64>);

impl Steps {
    fn of(tiles: &[Tile]) -> Self {
        let mut values: Vec<f64> = tiles
            .iter()
            .filter_map(|tile| tile.value.filter(|value| value.is_finite()))
            .collect();
        values.sort_by(f64::total_cmp);
        let limits = (1..STEPS.len()).filter_map(|step| {
            let at = values.len() * step / STEPS.len();
            values.get(at).copied()
        });
        Self(limits.collect())
    }

    fn of_value(&self, value: f64) -> usize {
        self.0.iter().filter(|limit| value >= **limit).count()
    }
}
