//! The text of an article: what a reader sees of it, without menus, advertisements, comments and what else stands around it.

use scraper::{Html, Node};

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
const AROUND: [&str; 22] = [
    "script", "style", "noscript", "template", "head", "nav", "aside", "footer", "form", "iframe",
    "svg", "button", "select", "option", "textarea", "input", "video", "audio", "object", "canvas",
    "dialog", "menu",
];

/// Classes and ids of such elements, as newspapers name them.
const AROUND_NAMES: [&str; 22] = [
    "comment", "advert", "sidebar", "related", "share", "social", "breadcrumb", "cookie", "newsletter",
    "popup", "promo", "banner", "footer", "menu", "navbar", "widget", "tags", "subscribe", "outbrain",
    "taboola", "recommend", "most-read",
];

/// Elements after which a reader sees a new line.
const BLOCKS: [&str; 27] = [
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
    "li", "dl", "dt", "dd", "table", "tr", "blockquote", "figure", "figcaption", "br", "hr", "pre",
    "address",
];

/// The visible text of a page. Cells of a table's row stand in one line, with a bar between them.
pub fn visible(page: &str) -> String {
    let document = Html::parse_document(page);
    let mut text = String::with_capacity(page.len() / 2);
    let mut node = document.tree.root();
    // Down, then to the side, then up: no recursion, so that no nesting is too deep.
    loop {
        let around = open(node.value(), &mut text);
        if let Some(child) = node.first_child().filter(|_| !around) {
            node = child;
            continue;
        }
        loop {
            close(node.value(), &mut text);
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => {
                    text.truncate(text.trim_end().len());
                    return text;
                }
            }
        }
    }
}

/// Writes what stands where a node begins; true when its content is no part of the article.
fn open(node: &Node, text: &mut String) -> bool {
    match node {
        Node::Text(words) => {
            push_words(text, words);
            false
        }
        Node::Element(element) => {
            let name = element.name();
            if is_around(name, [element.attr("class"), element.attr("id")]) {
                return true;
            }
            if BLOCKS.contains(&name) {
                new_line(text);
            } else if matches!(name, "td" | "th") && !text.is_empty() && !text.ends_with('\n') {
                text.push_str(" | ");
            }
            false
        }
        _ => false,
    }
}

fn close(node: &Node, text: &mut String) {
    if let Node::Element(element) = node
        && BLOCKS.contains(&element.name())
    {
        new_line(text);
    }
}

fn is_around(name: &str, marks: [Option<&str>; 2]) -> bool {
    AROUND.contains(&name)
        || name != "body"
            && marks.into_iter().flatten().any(|mark| {
                let mark = mark.to_ascii_lowercase();
                let mut names = mark.split_ascii_whitespace();
                names.any(|name| {
                    matches!(name, "ad" | "ads" | "pub") || AROUND_NAMES.iter().any(|around| name.starts_with(around))
                })
            })
}

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
            visible(page).split_whitespace().collect::<Vec<_>>().join(" "),
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
