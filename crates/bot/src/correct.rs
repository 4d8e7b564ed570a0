//! `/correct`: a person says what is right and where it can be read; the bot shows what was understood of it. Nothing is published.

use serde_json::{Value, json};
use teloxide::types::{Message, MessageEntityKind};

use crate::answer::locale;
use crate::chat::Awaited;
use crate::document::{self, Sender, UserError};
use crate::door::Door;
use crate::message;
use crate::reply::{self, Outgoing};
use crate::send::Recipient;
use crate::text::{clean, isolate, shorten};
use crate::words::Form;

/// Figures that are shown again; the others are counted.
const SHOWN: usize = 10;
/// Characters of a label.
const LABEL: usize = 300;

/// What somebody says, and where it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    words: String,
    url: Option<String>,
}

/// Carries the command out; in groups only when it is addressed to the bot.
pub async fn handle(
    door: &Door,
    message: &Message,
    to: Recipient,
    argument: &str,
    request_id: &str,
) {
    if !message.chat.is_private() && !addressed(door, message) {
        return;
    }
    take(door, message, to, said(message, argument), request_id).await;
}

/// A message after the bot asked for what was missing; whether it was that. Only what has a link is: anything else is a question.
pub async fn continued(
    door: &Door,
    message: &Message,
    to: Recipient,
    (words, text): (&str, &str),
    request_id: &str,
) -> bool {
    let more = said(message, text);
    if more.url.is_none() {
        return false;
    }
    let parts = [words, more.words.as_str()].map(str::trim);
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let said = Said {
        words: parts.join("\n"),
        url: more.url,
    };
    take(door, message, to, said, request_id).await;
    true
}

/// Whether a command in a group names the bot, or answers it.
fn addressed(door: &Door, message: &Message) -> bool {
    let named = message
        .text()
        .and_then(|text| text.split_whitespace().next())
        .is_some_and(|command| command.contains('@'));
    let quoted = message.reply_to_message();
    let replied = quoted.and_then(|quoted| quoted.from.as_ref());
    named || replied.is_some_and(|user| user.id == door.me.user.id)
}

async fn take(door: &Door, message: &Message, to: Recipient, said: Said, request_id: &str) {
    let chat = door.chats.get(to.chat);
    let application = message
        .from
        .as_ref()
        .and_then(|user| user.language_code.as_deref());
    let form = chat.form(application);
    let Said {
        words,
        url: Some(url),
    } = said
    else {
        let key = match said.words.is_empty() {
            true => "correct-how",
            false => "correct-link",
        };
        return ask_again(door, message, to, (form, key), said.words).await;
    };
    if words.is_empty() {
        return ask_again(door, message, to, (form, "correct-how"), words).await;
    }
    let reference = chat.last.as_ref().map(|last| &last.answer.reference);
    let input = json!({
        "text": words,
        "url": url,
        "reference": reference.filter(|reference| !reference.is_empty()),
        // Nothing of who sends it: only when, and the number of the update.
        "idempotencyKey": format!("{request_id}.{}", message.date.timestamp()),
    });
    let sender = Sender {
        account: message::account(message),
        key: None,
        request_id,
    };
    let variables = json!({ "input": input, "locale": locale(form) });
    let payload = document::run(&door.service, sender, graphql::CORRECT_DOCUMENT, variables).await;
    let reply = match payload {
        None => reply::own(form, &door.words.say(form, "failed")),
        Some(payload) => match document::refused(&payload) {
            Some(error) => refusal(door, form, &error),
            None => understood(door, form, &payload, &url),
        },
    };
    door.send(to, vec![reply]).await;
}

/// Says what is missing. In a private chat the next message may bring it.
async fn ask_again(
    door: &Door,
    message: &Message,
    to: Recipient,
    (form, key): (Form, &str),
    words: String,
) {
    if message.chat.is_private() {
        let awaited = Awaited::Link(words);
        door.chats.change(to.chat, |chat| chat.awaits(awaited));
    }
    let text = door.words.say(form, key);
    door.send(to, vec![reply::own(form, &text)]).await;
}

fn refusal(door: &Door, form: Form, error: &UserError) -> Outgoing {
    let key = match (error.code.as_str(), error.field.as_deref()) {
        ("RATE_LIMITED", _) => "correct-too-many",
        ("TOO_LONG", Some("text")) => "correct-too-long",
        (_, Some("url" | "source.new.url")) => "correct-link-bad",
        _ => {
            let why = isolate(&shorten(&error.message, LABEL));
            let text = format!("{} {why}", door.words.say(form, "correct-not"));
            return reply::own(form, &text);
        }
    };
    reply::own(form, &door.words.say(form, key))
}

/// What was understood, and what becomes of it.
fn understood(door: &Door, form: Form, payload: &Value, url: &str) -> Outgoing {
    let list = |field: &str| payload[field].as_array().cloned().unwrap_or_default();
    let (proposals, known) = (list("proposals"), list("known"));
    let say = |key| door.words.say(form, key);
    let (read, figures): (Vec<_>, Vec<_>) = proposals
        .iter()
        .partition(|proposal| proposal["action"] == "READ");
    let mut lines = Vec::new();
    if !figures.is_empty() {
        lines.push(say("correct-understood"));
        lines.extend(figures.iter().take(SHOWN).map(|proposal| line(proposal)));
        if figures.len() > SHOWN {
            lines.push(format!("+ {}", figures.len() - SHOWN));
        }
    }
    if !read.is_empty() {
        lines.push(say("correct-read"));
    }
    if !known.is_empty() {
        lines.push(say("correct-known"));
    }
    if !proposals.is_empty() {
        let source = isolate(&shorten(url, LABEL));
        lines.push(format!("{}: {source}", say("source")));
        lines.push(String::new());
        lines.push(say("correct-next"));
    }
    reply::own(form, &clean(&lines.join("\n")))
}

/// A figure in a line: what it is of, and the value.
fn line(proposal: &Value) -> String {
    let changes = proposal["changes"].as_array();
    let after = |field: &str| {
        let mut changes = changes.into_iter().flatten();
        let change = changes.find(|change| change["field"] == field)?;
        change["after"].as_str().map(str::to_owned)
    };
    let label = proposal["label"].as_str().unwrap_or_default();
    let label = isolate(&shorten(label, LABEL));
    match (after("value"), after("valueMax")) {
        (Some(value), Some(most)) => format!("• {label}: {value} – {most}"),
        (Some(value), None) => format!("• {label}: {value}"),
        (None, _) => format!("• {label}"),
    }
}

/// Parts the first link from the words around it.
fn said(message: &Message, text: &str) -> Said {
    let mut url = None;
    let lines = text.lines().map(|line| {
        let kept = line.split_whitespace().filter(|word| {
            let link = link(word).filter(|_| url.is_none());
            let is_link = link.is_some();
            url = url.take().or(link);
            !is_link
        });
        kept.collect::<Vec<_>>().join(" ")
    });
    let words = lines.collect::<Vec<_>>().join("\n");
    let url = url.or_else(|| hidden_link(message));
    Said {
        words: words.trim().to_owned(),
        url,
    }
}

/// A web address as people write it: in brackets, at the end of a sentence.
fn link(word: &str) -> Option<String> {
    let marks = |letter: char| {
        "<([{\"'«“‘".contains(letter)
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}')
    };
    let word = word.trim_start_matches(marks);
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        word.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let closes = |letter: char| {
        ".,;:!?>]}\"'»”’…،؛؟".contains(letter)
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}')
    };
    let mut address = word[scheme.len()..].trim_end_matches(closes);
    if !address.contains('(') {
        address = address.trim_end_matches(|letter| letter == ')' || closes(letter));
    }
    Some(format!("{scheme}{address}"))
}

/// The address behind a linked word.
fn hidden_link(message: &Message) -> Option<String> {
    let entities = message.parse_entities().unwrap_or_default();
    let mut links = entities.iter().filter_map(|entity| match entity.kind() {
        MessageEntityKind::TextLink { url } => Some(url.to_string()),
        _ => None,
    });
    links.find(|url| url.starts_with("https://") || url.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_people_write_them() {
        for (word, address) in [
            ("https://journal.ma/x", Some("https://journal.ma/x")),
            ("HTTPS://journal.ma/X.", Some("https://journal.ma/X")),
            ("(http://a.ma/b),", Some("http://a.ma/b")),
            ("<https://a.ma>", Some("https://a.ma")),
            ("https://a.ma/b_(c)", Some("https://a.ma/b_(c)")),
            ("\u{2068}https://a.ma/ف\u{2069}؟", Some("https://a.ma/ف")),
            ("https://", Some("https://")),
            ("journal.ma/x", None),
            ("ftp://a.ma", None),
            ("httpsé//a.ma", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(link(word).as_deref(), address, "{word}");
        }
    }
}
