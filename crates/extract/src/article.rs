//! The text of an article: what a reader sees of it, without menus, advertisements, comments and what else stands around it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// How an article came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Plain text.
    Text,
    /// A page or a piece of one.
    Html,
}

impl Markup {
    /// What a text looks like: a page begins with a tag.
    pub fn of(text: &str) -> Markup {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let tag = start.strip_prefix('<').and_then(|rest| rest.chars().next());
        match tag {
            Some(next) if next == '!' || next == '?' || next.is_ascii_alphabetic() => Markup::Html,
            _ => Markup::Text,
        }
    }
}

/// Elements whose content is no part of an article.
const AROUND: [&str; 21] = [
    "script", "style", "noscript", "template", "head", "nav", "aside", "footer", "form", "iframe",
    "svg", "button", "select", "option", "textarea", "video", "audio", "object", "canvas",
    "dialog", "menu",
];

/// Classes and ids of such elements, as newspapers name them.
const AROUND_NAMES: [&str; 22] = [
    "comment",
    "advert",
    "sidebar",
    "related",
    "share",
    "social",
    "breadcrumb",
    "cookie",
    "newsletter",
    "popup",
    "promo",
    "banner",
    "footer",
    "menu",
    "navbar",
    "widget",
    "tags",
    "subscribe",
    "outbrain",
    "taboola",
    "recommend",
    "most-read",
];

/// Elements after which a reader sees a new line.
const BLOCKS: [&str; 27] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "blockquote",
    "figure",
    "figcaption",
    "br",
    "hr",
    "pre",
    "address",
];

/// The visible text of a page. Cells of a table's row stand in one line, with a bar between them. Only the tags are read and no tree is
/// built, so that no nesting, however deep or broken, takes longer than its length.
pub fn visible(page: &str) -> String {
    let sink = Reader {
        text: RefCell::new(String::with_capacity(page.len() / 2)),
        hidden: RefCell::default(),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    // Scripts are text here: nothing asks to be run and read again.
    while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&input) {}
    tokenizer.end();
    let mut text = tokenizer.sink.text.into_inner();
    text.truncate(text.trim_end().len());
    text
}

/// Writes what is visible while the tags go by.
struct Reader {
    text: RefCell<String>,
    /// The element that is left out, and how many of its name are open in it.
    hidden: RefCell<Option<(String, usize)>>,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(words) if self.hidden.borrow().is_none() => {
                push_words(&mut self.text.borrow_mut(), &words)
            }
            Token::TagToken(tag) => return self.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reader {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let opens = tag.kind == TagKind::StartTag && !tag.self_closing && !VOID.contains(&name);
        let mut hidden = self.hidden.borrow_mut();
        let mut text = self.text.borrow_mut();
        match &mut *hidden {
            Some((element, open)) if element == name => match opens {
                true => *open += 1,
                false if *open > 1 => *open -= 1,
                false => {
                    *hidden = None;
                    new_line(&mut text);
                }
            },
            Some(_) => {}
            None if opens && is_around(tag) => *hidden = Some((name.to_owned(), 1)),
            None if BLOCKS.contains(&name) => new_line(&mut text),
            None if tag.kind == TagKind::StartTag
                && matches!(name, "td" | "th")
                && !text.is_empty()
                && !text.ends_with('\n') =>
            {
                text.push_str(" | ")
            }
            None => {}
        }
        match name {
            "script" if opens => TokenSinkResult::RawData(ScriptData),
            "style" | "noscript" | "iframe" | "noembed" | "noframes" | "xmp" if opens => {
                TokenSinkResult::RawData(Rawtext)
            }
            "textarea" | "title" if opens => TokenSinkResult::RawData(Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

fn is_around(tag: &Tag) -> bool {
    let name = &*tag.name;
    let mut marks = tag
        .attrs
        .iter()
        .filter(|attribute| matches!(&*attribute.name.local, "class" | "id"));
    AROUND.contains(&name)
        || !matches!(name, "body" | "html" | "main" | "article")
            && marks.any(|mark| {
                let mark = mark.value.to_ascii_lowercase();
                let mut names = mark.split_ascii_whitespace();
                names.any(|name| {
                    matches!(name, "ad" | "ads" | "pub")
                        || AROUND_NAMES.iter().any(|around| name.starts_with(around))
                })
            })
}

/// Elements that have no end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Words with runs of white space written as one space.
fn push_words(text: &mut String, words: &str) {
    for c in words.chars() {
        if !c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

fn new_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_an_article_is_left_out() {
        let page = "<!DOCTYPE html><html><head><title>T</title><script>36</script></head><body><nav>Menu 12</nav>\
                    <div class=\"ad ad-top\">Villas 5%</div><article><h1>Fès</h1><p>Avec <b>36</b> centres\n d'appel.</p>\
                    <table><tr><th>Parc</th><th>m²</th></tr><tr><td>Fès Shore</td><td>30.000</td></tr></table></article>\
                    <div id=\"comments\">11 ans</div><footer>2009</footer></body></html>";
        assert_eq!(
            visible(page)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            "Fès Avec 36 centres d'appel. Parc | m² Fès Shore | 30.000"
        );
        assert_eq!(Markup::of(page), Markup::Html);
        assert_eq!(Markup::of("Avec 36 < 40 centres"), Markup::Text);
    }

    #[test]
    fn deep_and_broken_pages_are_read() {
        let deep = "<div>".repeat(50_000) + "36 centres";
        assert_eq!(visible(&deep), "36 centres");
        assert_eq!(visible("<p>36<b>7<p>&lt;x</b"), "367\n<x");
        assert_eq!(visible(""), "");
    }
}
