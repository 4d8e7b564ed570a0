//! A proposal as a curator reads it in a chat: what would change, where it is said, and who may see it.

use serde_json::Value;

use crate::reply::{Outgoing, linked};
use crate::text::{clean, direct, escape, isolate, shorten};
use crate::words::{Form, Words};

/// Characters of a label, of one side of a change, and of the words it was read in.
const LABEL: usize = 300;
const VALUE: usize = 120;
const SENTENCE: usize = 900;
/// Fields that are shown; the others are counted.
const FIELDS: usize = 12;

/// A text being written, with markup and without.
struct Page {
    rtl: bool,
    html: String,
    plain: String,
}

impl Page {
    fn line(&mut self, html: &str, plain: &str) {
        let mark = match self.rtl {
            true => "\u{200f}",
            false => "\u{200e}",
        };
        for (page, line) in [(&mut self.html, html), (&mut self.plain, plain)] {
            if !page.is_empty() {
                page.push('\n');
            }
            if !line.is_empty() {
                page.push_str(mark);
            }
            page.push_str(line);
        }
    }

    fn text(&mut self, text: &str) {
        let text = clean(text);
        self.line(&escape(&text), &text);
    }

    fn bold(&mut self, text: &str) {
        let text = clean(text);
        self.line(&format!("<b>{}</b>", escape(&text)), &text);
    }
}

/// The proposal as a message without its buttons; `open` is how many wait.
pub fn message(words: &Words, form: Form, proposal: &Value, open: u64) -> Outgoing {
    let say = |key: &str| words.say(form, key);
    let text = |field: &str| proposal[field].as_str().unwrap_or_default();
    let mut page = Page {
        rtl: form.is_rtl(),
        html: String::new(),
        plain: String::new(),
    };
    let action = text("action");
    page.text(&format!("{}: {open}", say("proposals-open")));
    page.bold(&format!(
        "{} · {}",
        say(match action {
            "CREATE" => "proposal-create",
            "REVISE" => "proposal-revise",
            "RETRACT" => "proposal-retract",
            _ => "proposal-read",
        }),
        isolate(&shorten(text("label"), LABEL))
    ));
    // Of a text that is to be read nothing would change yet.
    if action != "READ" {
        changes(&mut page, proposal, action);
    }
    quote(&mut page, proposal);
    source(&mut page, &say("source"), proposal);
    if !text("note").is_empty() {
        page.text(&format!("✎ {}", isolate(&shorten(text("note"), LABEL))));
    }
    let day = text("createdAt").get(..10).unwrap_or_default();
    let by = text("role").to_lowercase();
    page.text(&format!("{} · {by} · {}", isolate(day), text("key")));
    page.line("", "");
    page.text(&say(match action {
        "READ" => "proposal-read-how",
        _ => "proposal-visible",
    }));
    if action != "RETRACT" {
        let command = format!("bab proposal accept {} --amended FILE", text("key"));
        let label = clean(&say("proposal-amend"));
        page.line(
            &format!("{} <code>{}</code>", escape(&label), escape(&command)),
            &format!("{label} {command}"),
        );
    }
    Outgoing {
        html: page.html,
        plain: page.plain,
        ..Outgoing::default()
    }
}

/// Field by field, from what it is to what it would be.
fn changes(page: &mut Page, proposal: &Value, action: &str) {
    let all = proposal["changes"].as_array().map(Vec::as_slice);
    let told = all.unwrap_or_default().iter().filter(|change| {
        // Of a new fact the label says these, and the source stands below.
        let said = [
            "key",
            "indicator",
            "territory",
            "subject",
            "period",
            "source",
            "name",
            "title",
        ];
        let field = change["field"].as_str().unwrap_or_default();
        action == "REVISE" || !said.contains(&field)
    });
    let mut told: Vec<_> = told.collect();
    // The value is what is looked for first.
    told.sort_by_key(|change| !matches!(change["field"].as_str(), Some("value" | "valueMax")));
    for change in told.iter().take(FIELDS) {
        let side = |name: &str| match change[name].as_str() {
            Some(text) => isolate(&shorten(text, VALUE)),
            None => "–".to_owned(),
        };
        let field = change["field"].as_str().unwrap_or_default();
        page.text(&match (action, change["before"].is_null()) {
            ("CREATE", _) => format!("{field}: {}", side("after")),
            ("RETRACT", _) => format!("{field}: {}", side("before")),
            _ => format!("{field}: {} → {}", side("before"), side("after")),
        });
    }
    if told.len() > FIELDS {
        page.text(&format!("+ {}", told.len() - FIELDS));
    }
}

/// The sentence it was read in, the value in bold.
fn quote(page: &mut Page, proposal: &Value) {
    let spans = proposal["spans"].as_array().map(Vec::as_slice);
    let span = |name: &str| {
        let mut spans = spans.unwrap_or_default().iter();
        spans.find(|span| span["name"] == name)
    };
    let Some(sentence) = span("sentence") else {
        return;
    };
    let whole = sentence["text"].as_str().unwrap_or_default();
    let bytes = |span: &Value, name: &str| {
        let byte = span[name].as_u64()?;
        usize::try_from(byte.checked_sub(sentence["start"].as_u64()?)?).ok()
    };
    let value = span("value").and_then(|value| {
        let (start, end) = (bytes(value, "start")?, bytes(value, "end")?);
        let parts = (
            whole.get(..start)?,
            whole.get(start..end)?,
            whole.get(end..)?,
        );
        (whole.chars().count() <= SENTENCE).then_some(parts)
    });
    // Taken out of each part, so that no part can turn what stands beside it.
    let shown = |part: &str| {
        let line = clean(part).replace('\n', " ");
        line.replace(|letter| matches!(letter, '\u{2066}'..='\u{2069}'), "")
    };
    let (html, plain) = match value {
        Some((before, value, after)) => {
            let [before, value, after] = [before, value, after].map(shown);
            (
                format!(
                    "{}<b>{}</b>{}",
                    escape(&before),
                    escape(&value),
                    escape(&after)
                ),
                format!("{before}{value}{after}"),
            )
        }
        None => {
            let sentence = shown(&shorten(whole, SENTENCE));
            (escape(&sentence), sentence)
        }
    };
    page.line(
        &format!("<blockquote>\u{2068}{html}\u{2069}</blockquote>"),
        &format!("“\u{2068}{plain}\u{2069}”"),
    );
}

/// Where it can be read: the source that is known, or the one that would be made.
fn source(page: &mut Page, label: &str, proposal: &Value) {
    let made = |name: &str| {
        let mut fields = proposal["newSource"].as_array().into_iter().flatten();
        let field = fields.find(|field| field["field"] == name)?;
        field["after"].as_str().map(str::to_owned)
    };
    let known = |name: &str| proposal["source"][name].as_str().map(str::to_owned);
    let either = |name: &str| known(name).or_else(|| made(name)).unwrap_or_default();
    let (publisher, title) = (either("publisher"), either("title"));
    let url = known("url")
        .or_else(|| made("url"))
        .or_else(|| proposal["text"]["url"].as_str().map(str::to_owned));
    if publisher.is_empty() && title.is_empty() && url.is_none() {
        return;
    }
    // A title made of the address says who printed it.
    let name = match title.contains(&publisher) {
        true => title,
        false => format!("{publisher} · {title}"),
    };
    let name = isolate(&shorten(&name, LABEL));
    let label = direct(label, page.rtl);
    let address = url.as_deref().map(|url| shorten(url, LABEL));
    page.line(
        &format!("{}: {}", escape(&label), linked(&name, url.as_deref())),
        &format!("{label}: {name} {}", address.unwrap_or_default()),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::units;
    use serde_json::json;

    #[test]
    fn nothing_that_somebody_wrote_is_markup_and_all_of_it_fits() {
        let hostile = "<b>&\"</b>\u{202e}[x](y)*_`\u{2067}".repeat(400);
        let change = json!({ "field": "note", "before": null, "after": hostile });
        let proposal = json!({
            "key": "0123456789abcdef", "version": 1, "action": "CREATE", "label": hostile, "note": hostile, "role": "ANYBODY",
            "createdAt": "2026-11-23T00:00:00Z",
            "changes": vec![change; 40],
            "newSource": [{ "field": "publisher", "after": hostile }, { "field": "title", "after": hostile }, { "field": "url", "after": "javascript:alert(1)" }],
            "source": null,
            "spans": [{ "name": "sentence", "start": 3, "end": 99, "text": hostile }, { "name": "value", "start": 0, "end": 5, "text": "x" }],
            "text": null,
        });
        for form in Form::ALL {
            let message = message(&Words::load(), form, &proposal, 7);
            assert!(units(&message.plain) < 4096, "{}", units(&message.plain));
            assert!(!message.html.contains("<b>&amp;\"") && !message.html.contains("href"));
            assert!(!message.plain.contains('\u{202e}'));
            let opened = message.html.matches("<b>").count();
            assert_eq!(opened, message.html.matches("</b>").count());
            assert_eq!(opened, 1);
        }
    }

    #[test]
    fn the_value_stands_out_in_its_sentence() {
        let proposal = json!({
            "key": "k", "version": 1, "action": "REVISE", "label": "Centres", "role": "ANYBODY", "createdAt": "",
            "changes": [{ "field": "value", "before": "36", "after": "42" }], "newSource": [], "source": null, "text": null,
            "spans": [{ "name": "sentence", "start": 4, "end": 30, "text": "à Fès, 42 centres <b>" }, { "name": "value", "start": 13, "end": 15, "text": "42" }],
        });
        let message = message(&Words::load(), Form::French, &proposal, 1);
        assert!(
            message.html.contains("à Fès, <b>42</b> centres &lt;b&gt;"),
            "{}",
            message.html
        );
        assert!(message.plain.contains("36") && message.plain.contains("→"));
    }
}
