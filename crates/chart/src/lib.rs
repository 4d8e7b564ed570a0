//! Series become a picture: SVG first, PNG from that. Pure: it knows nothing of the other rooms, and no font but its own.

mod bars;
mod canvas;
mod card;
mod chart;
mod lines;
mod mark;
mod page;
mod period;
mod picture;
mod scale;
mod text;
mod tiles;

pub use card::Card;
pub use chart::{Chart, Kind, Legend, Mark, Point, Qualifier, Series};
pub use picture::{Picture, Undrawable};
pub use tiles::{Tile, Tiles};

/// Draws a chart. The same chart gives the same picture, byte for byte.
pub fn draw(chart: &Chart) -> Picture {
    let sheet = page::sheet(chart);
    Picture::new(sheet.svg, sheet.width, sheet.height)
}

/// Draws a map of tiles.
pub fn draw_tiles(tiles: &Tiles) -> Picture {
    let (svg, height) = tiles::draw(tiles);
    Picture::new(svg, canvas::WIDTH, height)
}

/// Draws a card: what a thing is, with its first figures.
pub fn draw_card(card: &Card) -> Picture {
    let (svg, height) = card::draw(card);
    Picture::new(svg, canvas::WIDTH, height)
}
