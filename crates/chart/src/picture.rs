//! A finished picture: its SVG, and the PNG drawn from it with our own font only.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::text::{BOLD, REGULAR};

/// Pixels of a PNG for one unit of the drawing: 1,080 across, as wide as most telephones.
const SCALE: f32 = 1.5;

/// A drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    svg: String,
    width: f64,
    height: f64,
}

/// A picture that cannot be turned into pixels: the fault is ours.
#[derive(Debug, thiserror::Error)]
#[error("the picture could not be drawn: {0}")]
pub struct Undrawable(String);

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    fonts.set_sans_serif_family("Cairo");
    Arc::new(fonts)
});

impl Picture {
    pub(crate) fn new(svg: String, width: f64, height: f64) -> Picture {
        Picture { svg, width, height }
    }

    /// The drawing as SVG, with title and description for screen readers; it loads nothing and runs nothing.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Width and height in its own units.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// The drawing as PNG. Takes some tens of milliseconds of one core: not for a thread that others wait for.
    pub fn png(&self) -> Result<Vec<u8>, Undrawable> {
        let failed = |why: &dyn std::fmt::Display| Undrawable(why.to_string());
        let options = Options {
            font_family: "Cairo".into(),
            fontdb: FONTS.clone(),
            ..Options::default()
        };
        let tree = Tree::from_str(&self.svg, &options).map_err(|error| failed(&error))?;
        let (width, height) = (self.width as f32 * SCALE, self.height as f32 * SCALE);
        let mut pixels = Pixmap::new(width.ceil() as u32, height.ceil() as u32)
            .ok_or_else(|| failed(&"it has no size"))?;
        resvg::render(
            &tree,
            Transform::from_scale(SCALE, SCALE),
            &mut pixels.as_mut(),
        );
        pixels.encode_png().map_err(|error| failed(&error))
    }
}
