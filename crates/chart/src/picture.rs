//! A finished picture: its SVG, and the PNG drawn from it with our own font only.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Indent, Options, Tree, WriteOptions, fontdb};

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

    /// The drawing as SVG with its words as text, for whoever has our font; title and description are for screen readers. It loads
    /// nothing and runs nothing.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The drawing for a page that shows several: what it names inside begins with `name`.
    pub fn inline(&self, name: &str) -> String {
        self.svg
            .replacen(
                "aria-labelledby=\"t d\"",
                &format!("aria-labelledby=\"{name}-t {name}-d\""),
                1,
            )
            .replacen("<title id=\"t\">", &format!("<title id=\"{name}-t\">"), 1)
            .replacen("<desc id=\"d\">", &format!("<desc id=\"{name}-d\">"), 1)
    }

    /// Width and height in its own units.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// The drawing as SVG whose letters are outlines: it looks the same wherever it is shown, whatever fonts are there. Takes some
    /// milliseconds.
    pub fn outlined(&self) -> Result<String, Undrawable> {
        let options = WriteOptions {
            coordinates_precision: 2,
            transforms_precision: 5,
            indent: Indent::None,
            attributes_indent: Indent::None,
            ..WriteOptions::default()
        };
        let drawn = self.tree()?.to_string(&options);
        let words = drawn
            .split_once('>')
            .filter(|(start, _)| start.starts_with("<svg "))
            .zip(between(&self.svg, "<title ", "</desc>"));
        match words {
            Some(((start, rest), words)) => Ok(format!(
                "{start} role=\"img\" aria-labelledby=\"t d\">{words}{rest}"
            )),
            None => Err(Undrawable("its outlines have no head".into())),
        }
    }

    /// The drawing as PNG. Takes some tens of milliseconds of one core: not for a thread that others wait for.
    pub fn png(&self) -> Result<Vec<u8>, Undrawable> {
        let tree = self.tree()?;
        let (width, height) = (self.width as f32 * SCALE, self.height as f32 * SCALE);
        let mut pixels = Pixmap::new(width.ceil() as u32, height.ceil() as u32)
            .ok_or_else(|| Undrawable("it has no size".into()))?;
        resvg::render(
            &tree,
            Transform::from_scale(SCALE, SCALE),
            &mut pixels.as_mut(),
        );
        pixels
            .encode_png()
            .map_err(|error| Undrawable(error.to_string()))
    }

    fn tree(&self) -> Result<Tree, Undrawable> {
        let options = Options {
            font_family: "Cairo".into(),
            fontdb: FONTS.clone(),
            ..Options::default()
        };
        Tree::from_str(&self.svg, &options).map_err(|error| Undrawable(error.to_string()))
    }
}

/// The part of a text from one mark to the end of another.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let start = text.find(from)?;
    let end = start + text[start..].find(to)? + to.len();
    Some(&text[start..end])
}
