//! The HTML of `parse_mode: HTML`, as strict as Telegram: an unknown tag or an open one is an error.

use serde_json::{Value, json};

/// Text without its markup, and the `entities` the markup made.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Plain {
    pub text: String,
    pub entities: Vec<Value>,
}

struct Open {
    tag: String,
    offset: usize,
    entity: Option<Value>,
}

/// Takes the markup away; the error is the description Telegram gives.
pub(crate) fn parse(html: &str) -> Result<Plain, String> {
    let mut plain = Plain::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = html;
    let fail = |reason: String| Err(format!("can't parse entities: {reason}"));
    while let Some(next) = rest.chars().next() {
        let at = html.len() - rest.len();
        match next {
            '&' => {
                let (decoded, length) = entity(rest);
                plain.text.push_str(&decoded);
                rest = &rest[length..];
            }
            '<' if rest.starts_with("</") => {
                let Some(end) = rest.find('>') else {
                    return fail(format!("Unclosed end tag at byte offset {at}"));
                };
                let tag = rest[2..end].trim().to_ascii_lowercase();
                let Some(opened) = open.pop() else {
                    return fail(format!("Unexpected end tag at byte offset {at}"));
                };
                if !tag.is_empty() && tag != opened.tag {
                    return fail(format!(
                        "Unmatched end tag at byte offset {at}, expected \"</{}>\", found \"</{tag}>\"",
                        opened.tag
                    ));
                }
                close(&mut plain, opened);
                rest = &rest[end + 1..];
            }
            '<' => {
                let inside = &rest[1..];
                let name_end = inside
                    .find(|c: char| c.is_whitespace() || c == '>')
                    .unwrap_or(inside.len());
                let tag = inside[..name_end].to_ascii_lowercase();
                if !known(&tag) {
                    return fail(format!(
                        "Unsupported start tag \"{tag}\" at byte offset {at}"
                    ));
                }
                let Some((attributes, length)) = attributes(&inside[name_end..]) else {
                    return fail(format!("Unclosed start tag at byte offset {at}"));
                };
                if tag == "span" && attribute(&attributes, "class") != Some("tg-spoiler") {
                    return fail(format!(
                        "Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}"
                    ));
                }
                open.push(Open {
                    entity: describe(&tag, &attributes, &open),
                    offset: units(&plain.text),
                    tag,
                });
                rest = &inside[name_end + length..];
            }
            other => {
                plain.text.push(other);
                rest = &rest[other.len_utf8()..];
            }
        }
    }
    match open.pop() {
        Some(opened) => fail(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            opened.tag
        )),
        None => Ok(plain),
    }
}

/// Length in UTF-16 code units, the unit of every offset in the Bot API.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn known(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "b"
            | "strong"
            | "i"
            | "em"
            | "s"
            | "strike"
            | "del"
            | "u"
            | "ins"
            | "tg-spoiler"
            | "tg-emoji"
            | "span"
            | "pre"
            | "code"
            | "blockquote"
    )
}

fn close(plain: &mut Plain, opened: Open) {
    let length = units(&plain.text) - opened.offset;
    if let (Some(mut entity), true) = (opened.entity, length > 0) {
        entity["offset"] = json!(opened.offset);
        entity["length"] = json!(length);
        if entity["type"] == "text_link" && entity["url"].is_null() {
            return;
        }
        plain.entities.push(entity);
    }
}

fn describe(tag: &str, attributes: &[(String, String)], open: &[Open]) -> Option<Value> {
    Some(match tag {
        "a" => json!({"type": "text_link", "url": attribute(attributes, "href")}),
        "b" | "strong" => json!({"type": "bold"}),
        "i" | "em" => json!({"type": "italic"}),
        "s" | "strike" | "del" => json!({"type": "strikethrough"}),
        "u" | "ins" => json!({"type": "underline"}),
        "tg-spoiler" | "span" => json!({"type": "spoiler"}),
        "pre" => json!({"type": "pre"}),
        "blockquote" => json!({"type": "blockquote"}),
        // `<pre><code class="language-…">` is one `pre` entity.
        "code" if open.last().is_some_and(|outer| outer.tag == "pre") => return None,
        "code" => json!({"type": "code"}),
        _ => return None,
    })
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(given, _)| given == name)
        .map(|(_, value)| value.as_str())
}

/// Attributes up to `>`, and how many bytes they and the `>` take; `None` when the tag never closes.
fn attributes(text: &str) -> Option<(Vec<(String, String)>, usize)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return Some((found, text.len() - after.len()));
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>')?;
        let name = rest[..name_end].to_ascii_lowercase();
        rest = rest[name_end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            found.push((name, String::new()));
            continue;
        };
        rest = after.trim_start();
        let quote = rest.chars().next()?;
        let (raw, after) = if quote == '"' || quote == '\'' {
            rest[1..].split_once(quote)?
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>')?;
            (&rest[..end], &rest[end..])
        };
        found.push((name, decode(raw)));
        rest = after;
    }
}

fn decode(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if next == '&' {
            let (text, length) = entity(rest);
            decoded.push_str(&text);
            rest = &rest[length..];
        } else {
            decoded.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    decoded
}

/// One entity at the start of `text`; what Telegram does not know stays as it is written.
fn entity(text: &str) -> (String, usize) {
    for (name, character) in [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
    ] {
        if text.starts_with(name) {
            return (character.to_string(), name.len());
        }
    }
    let numeric = text.strip_prefix("&#").and_then(|digits| {
        let end = digits.find(';').filter(|end| *end > 0 && *end < 9)?;
        let code = match digits[..end].strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => digits[..end].parse().ok()?,
        };
        Some((
            char::from_u32(code).filter(|c| *c != '\0')?.to_string(),
            end + 3,
        ))
    });
    numeric.unwrap_or_else(|| ("&".to_owned(), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_entities_counted_in_utf16() {
        let plain =
            parse("😀 <b>a &amp; b</b> <a href=\"https://x.ma/?a=1&amp;b=2\">lien</a>").unwrap();
        assert_eq!(plain.text, "😀 a & b lien");
        assert_eq!(
            plain.entities[0],
            json!({"type": "bold", "offset": 3, "length": 5})
        );
        assert_eq!(plain.entities[1]["url"], "https://x.ma/?a=1&b=2");
    }

    #[test]
    fn what_telegram_refuses_is_refused() {
        for (html, words) in [
            ("a < b", "Unsupported start tag \"\""),
            ("<script>", "Unsupported start tag \"script\""),
            ("<b>", "Can't find end tag corresponding to start tag \"b\""),
            ("<b><i></b></i>", "Unmatched end tag"),
            ("</b>", "Unexpected end tag"),
            ("<a href=\"x", "Unclosed start tag"),
            ("<span>a</span>", "tg-spoiler"),
        ] {
            let error = parse(html).unwrap_err();
            assert!(error.contains(words), "{html}: {error}");
        }
    }

    #[test]
    fn unknown_entities_stay() {
        assert_eq!(
            parse("&nbsp; & &#1593; &#xFE;").unwrap().text,
            "&nbsp; & ع þ"
        );
    }
}
