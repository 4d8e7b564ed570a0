//! Series become a picture: SVG first, PNG from that. Pure: it knows nothing of the other rooms, and no font but its own.

mod bars;
mod canvas;
mod chart;
mod lines;
mod mark;
mod page;
mod period;
mod picture;
mod scale;
mod text;

pub use chart::{Chart, Kind, Legend, Mark, Point, Qualifier, Series};
pub use picture::{Picture, Undrawable};

/// Draws a chart. The same chart gives the same picture, byte for byte.
pub fn draw(chart: &Chart) -> Picture {
    let sheet = page::sheet(chart);
    Picture::new(sheet.svg, sheet.width, sheet.height)
}
