//! Writes SVG: a handful of shapes and text, every number rounded, every character escaped. No style, no script, no link.

use std::fmt::Write;

use crate::text::{self, Weight};

/// Width of every picture, in its own units.
pub const WIDTH: f64 = 720.0;

/// Distance of everything from the edge.
pub const MARGIN: f64 = 32.0;

pub const INK: &str = "#1b1b1b";
pub const SOFT: &str = "#4d4d4d";
pub const GRID: &str = "#d9d9d9";
pub const TRACK: &str = "#ececec";
pub const PAPER: &str = "#ffffff";

/// Where a text stands from its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Left,
    Middle,
    Right,
}

/// A drawing in the making.
#[derive(Default)]
pub struct Canvas {
    body: String,
    rtl: bool,
    /// Whether parts of it are links, which a reader of screens must find one by one.
    has_links: bool,
}

impl Canvas {
    pub fn new(rtl: bool) -> Canvas {
        Canvas {
            body: String::new(),
            rtl,
            has_links: false,
        }
    }

    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// An element with its attributes as written.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.body, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.body, " {key}=\"{}\"", escape(value));
        }
        self.body.push_str("/>\n");
    }

    /// What is drawn from here to [`Canvas::end_link`] leads to an address.
    pub fn begin_link(&mut self, address: &str, label: &str) {
        self.has_links = true;
        let (address, label) = (escape(address), escape(label));
        let _ = writeln!(self.body, "<a href=\"{address}\" aria-label=\"{label}\">");
    }

    pub fn end_link(&mut self) {
        self.body.push_str("</a>\n");
    }

    pub fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, paint: &[(&str, &str)]) {
        let (x, y, width, height) = (n(x), n(y), n(width.max(0.0)), n(height.max(0.0)));
        let place = [
            ("x", x.as_str()),
            ("y", &y),
            ("width", &width),
            ("height", &height),
        ];
        self.element("rect", &[&place[..], paint].concat());
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: &[(&str, &str)]) {
        let ends = [n(from.0), n(from.1), n(to.0), n(to.1)];
        let place = [
            ("x1", ends[0].as_str()),
            ("y1", &ends[1]),
            ("x2", &ends[2]),
            ("y2", &ends[3]),
        ];
        self.element("line", &[&place[..], paint].concat());
    }

    /// One line of text. Anchored by the side named, without a direction: the renderers agree on nothing else.
    pub fn text(
        &mut self,
        at: (f64, f64),
        anchor: Anchor,
        size: f64,
        weight: Weight,
        fill: &str,
        line: &str,
    ) {
        let anchor = match anchor {
            Anchor::Left => "start",
            Anchor::Middle => "middle",
            Anchor::Right => "end",
        };
        let bold = if weight == Weight::Bold {
            " font-weight=\"700\""
        } else {
            ""
        };
        let _ = writeln!(
            self.body,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{bold} text-anchor=\"{anchor}\" fill=\"{fill}\">{}</text>",
            n(at.0),
            n(at.1),
            n(size),
            escape(&text::directed(line, self.rtl)),
        );
    }

    /// The same on a pale ground, so that lines behind it do not cross it.
    pub fn text_on_paper(&mut self, at: (f64, f64), anchor: Anchor, size: f64, line: &str) {
        let wide = text::width(line, Weight::Bold, size);
        let left = match anchor {
            Anchor::Left => at.0,
            Anchor::Middle => at.0 - wide / 2.0,
            Anchor::Right => at.0 - wide,
        };
        self.rectangle(
            left - 3.0,
            at.1 - size * 0.8,
            wide + 6.0,
            size,
            &[("fill", PAPER), ("fill-opacity", "0.8")],
        );
        self.text(at, anchor, size, Weight::Bold, INK, line);
    }

    /// A paragraph from the side where reading starts; gives the height it took.
    pub fn paragraph(&mut self, y: f64, lines: &[String], style: Style) -> f64 {
        let (x, anchor) = self.start(0.0);
        for (at, line) in lines.iter().enumerate() {
            let baseline = y + style.size + at as f64 * style.leading;
            self.text(
                (x, baseline),
                anchor,
                style.size,
                style.weight,
                style.fill,
                line,
            );
        }
        lines.len() as f64 * style.leading
    }

    /// The edge where reading starts, `inset` further in.
    pub fn start(&self, inset: f64) -> (f64, Anchor) {
        match self.rtl {
            true => (WIDTH - MARGIN - inset, Anchor::Right),
            false => (MARGIN + inset, Anchor::Left),
        }
    }

    /// The whole document.
    pub fn document(self, height: f64, language: &str, title: &str, description: &str) -> String {
        let (width, height) = (n(WIDTH), n(height));
        let role = if self.has_links { "group" } else { "img" };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"{role}\" aria-labelledby=\"t d\" xml:lang=\"{}\" font-family=\"Cairo, 'Noto Sans Arabic', sans-serif\">\n\
             <title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{PAPER}\"/>\n{}</svg>\n",
            escape(language),
            escape(title),
            escape(description),
            self.body
        )
    }
}

/// How a paragraph looks.
#[derive(Clone, Copy)]
pub struct Style {
    pub size: f64,
    pub leading: f64,
    pub weight: Weight,
    pub fill: &'static str,
}

impl Style {
    pub const fn new(size: f64, leading: f64, weight: Weight, fill: &'static str) -> Self {
        Self {
            size,
            leading,
            weight,
            fill,
        }
    }
}

/// A coordinate: two decimals are finer than any screen.
pub fn n(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // A zero has no sign.
    format!("{}", rounded + 0.0)
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
