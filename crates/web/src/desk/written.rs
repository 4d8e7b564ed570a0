//! What was written: the text that a proposal was read in, with the words that say it marked; and what would change, field by field.

use serde::Deserialize;

use crate::pages::{fact::outside, words::Words};

/// A field of a fact, from what it was to what it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    pub field: String,
    #[serde(default)]
    before: Option<String>,
    #[serde(default)]
    before_name: Option<String>,
    pub after: Option<String>,
    #[serde(default)]
    after_name: Option<String>,
}

/// A value as people read it.
pub struct Said<'a> {
    pub text: String,
    /// The key that the text is the name of.
    pub key: Option<&'a str>,
}

impl FieldChange {
    pub fn name(&self, w: &Words) -> String {
        w.field(&self.field)
    }

    pub fn was(&self, w: &Words) -> Option<Said<'_>> {
        self.said(w, self.before.as_deref(), self.before_name.as_deref())
    }

    pub fn is(&self, w: &Words) -> Option<Said<'_>> {
        self.said(w, self.after.as_deref(), self.after_name.as_deref())
    }

    /// The name of what a key stands for; the words of the contract in theirs.
    fn said<'a>(&self, w: &Words, value: Option<&'a str>, name: Option<&str>) -> Option<Said<'a>> {
        let value = value?;
        let constant = || value.to_ascii_uppercase();
        let text = match (name, self.field.as_str()) {
            (Some(name), _) => name.to_owned(),
            (None, "qualifier") => w.term("qualifier", &constant()),
            (None, "periodBasis") => w.term("basis", &constant()),
            _ => value.to_owned(),
        };
        let key = name.map(|_| value);
        Some(Said { text, key })
    }

    /// Where it leads, when it is an address.
    pub fn link(&self) -> Option<&str> {
        outside(self.after.as_deref())
    }
}

/// The text that proposals were read in.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    pub key: String,
    pub text: String,
    pub title: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub published_on: Option<String>,
}

impl Written {
    pub fn link(&self) -> Option<&str> {
        outside(self.url.as_deref())
    }
}

/// A part of that text and what it says, in bytes.
#[derive(Clone, Debug, Deserialize)]
pub struct Span {
    pub name: String,
    pub start: usize,
    pub end: usize,
}

/// A piece of the text that is marked as a whole, or not at all.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    pub text: &'a str,
    /// What it says; nothing where no span covers it.
    pub says: Vec<&'a str>,
    /// Whether it is the first that is marked.
    pub leads: bool,
}

impl Piece<'_> {
    /// What it says, in words.
    pub fn title(&self, w: &Words) -> String {
        let names = self.says.iter().map(|name| w.field(name));
        names.collect::<Vec<_>>().join(", ")
    }
}

/// The text in pieces, cut wherever a span begins or ends. A span that does not fit the text marks nothing.
pub fn pieces<'a>(text: &'a str, spans: &'a [Span]) -> Vec<Piece<'a>> {
    let fits = |span: &&Span| span.start < span.end && text.get(span.start..span.end).is_some();
    let spans: Vec<_> = spans.iter().filter(fits).collect();
    let mut cuts: Vec<_> = spans
        .iter()
        .flat_map(|span| [span.start, span.end])
        .collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut led = false;
    let piece = |pair: &[usize]| {
        let (start, end) = (pair[0], pair[1]);
        let over = spans
            .iter()
            .filter(|span| span.start <= start && end <= span.end);
        let mut says: Vec<_> = over.map(|span| span.name.as_str()).collect();
        says.dedup();
        let leads = !says.is_empty() && !led;
        led |= leads;
        Piece {
            text: &text[start..end],
            says,
            leads,
        }
    };
    cuts.windows(2).map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(name: &str, start: usize, end: usize) -> Span {
        Span {
            name: name.to_owned(),
            start,
            end,
        }
    }

    #[test]
    fn the_text_is_whole_and_what_a_span_covers_is_marked() {
        let text = "Fès : 36 centres, « é » فاس";
        let spans = [
            span("territory", 0, 4),
            span("value", 7, 9),
            span("indicator", 7, 17),
            span("broken", 1, 2),
            span("empty", 5, 5),
            span("outside", 20, 900),
            span("turned", 9, 7),
        ];
        let found = pieces(text, &spans);
        let whole: String = found.iter().map(|piece| piece.text).collect();
        assert_eq!(whole, text);
        let marked: Vec<_> = found
            .iter()
            .filter(|piece| !piece.says.is_empty())
            .map(|piece| (piece.text, piece.says.clone(), piece.leads))
            .collect();
        assert_eq!(
            marked,
            [
                ("Fès", vec!["territory"], true),
                ("36", vec!["value", "indicator"], false),
                (" centres", vec!["indicator"], false),
            ]
        );
        assert!(pieces("", &spans).is_empty());
        assert_eq!(pieces(text, &[]).len(), 1);
    }
}
