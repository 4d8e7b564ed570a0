//! What is written into a chat: the answer, its sources, its query, as HTML that Telegram accepts.

use std::sync::Arc;

use teloxide::types::{
    ButtonRequest, InlineKeyboardMarkup, KeyboardButton, KeyboardMarkup, ReplyMarkup,
};

use crate::answer::{Operation, Source};
use crate::button;
use crate::chat::Last;
use crate::photo::Photo;
use crate::text::{LONGEST_PART, clean, direct, escape, isolate, shorten, split, units};
use crate::words::{Form, Words};

/// Messages one reply may take; what is longer is cut, and says so.
const MOST_PARTS: usize = 4;
/// Characters of a message with code, close to Telegram's 4,096: documents are rather read in one piece.
const LONGEST_CODE: usize = 3900;
/// Sources named right under an answer; the others are behind the button.
const NAMED: usize = 2;
/// Characters of a caption, as Telegram allows.
const LONGEST_CAPTION: usize = 1024;
/// Characters of a title in a list.
const TITLE: usize = 200;

/// One message to send.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    pub html: String,
    /// The same without markup, in case Telegram does not accept the markup.
    pub plain: String,
    pub buttons: Option<InlineKeyboardMarkup>,
    /// What happens to the keyboard below the chat, on a message without buttons of its own.
    pub keyboard: Option<Keyboard>,
    /// A picture that the text stands under.
    pub photo: Option<Photo>,
}

/// What happens to the keyboard below the chat.
#[derive(Clone, Debug)]
pub enum Keyboard {
    /// One button, with this label, that sends where the person is.
    AskPosition(String),
    Remove,
}

impl Outgoing {
    /// What hangs on the message; Telegram takes one of them.
    pub fn markup(&self) -> Option<ReplyMarkup> {
        let buttons = self.buttons.clone().map(ReplyMarkup::InlineKeyboard);
        buttons.or_else(|| {
            Some(match self.keyboard.as_ref()? {
                Keyboard::AskPosition(label) => {
                    let button = KeyboardButton::new(label).request(ButtonRequest::Location);
                    let keyboard = KeyboardMarkup::new([[button]]);
                    keyboard.resize_keyboard().one_time_keyboard().into()
                }
                Keyboard::Remove => ReplyMarkup::kb_remove(),
            })
        })
    }
}

/// A short text of the bot's own.
pub fn own(form: Form, text: &str) -> Outgoing {
    let plain = direct(text, form.is_rtl());
    Outgoing {
        html: escape(&plain),
        plain,
        ..Outgoing::default()
    }
}

/// A text of the bot's own that may take several messages.
pub fn long(words: &Words, form: Form, text: &str) -> Vec<Outgoing> {
    let parts = limited(words, form, &clean(text));
    parts.iter().map(|part| own(form, &clean(part))).collect()
}

/// A short text that shows or removes the keyboard below the chat.
pub fn with_keyboard(form: Form, text: &str, keyboard: Keyboard) -> Outgoing {
    Outgoing {
        keyboard: Some(keyboard),
        ..own(form, text)
    }
}

/// An answer with its picture: as its caption when it is short enough, else after it.
pub fn pictured(
    mut messages: Vec<Outgoing>,
    form: Form,
    title: &str,
    png: Arc<[u8]>,
) -> Vec<Outgoing> {
    if let [only] = messages.as_mut_slice()
        && units(&only.plain) <= LONGEST_CAPTION
    {
        only.photo = Some(Photo { png, alone: false });
        return messages;
    }
    messages.insert(0, picture(form, title, png));
    messages
}

/// A picture under which its title stands.
pub fn picture(form: Form, title: &str, png: Arc<[u8]>) -> Outgoing {
    let photo = Some(Photo { png, alone: true });
    Outgoing {
        photo,
        ..heading(form, &shorten(title, TITLE))
    }
}

/// An answer in one or more messages; the last one carries the sources and the buttons.
pub fn answer(words: &Words, last: &Last, asked: Option<&str>) -> Vec<Outgoing> {
    let rtl = last.form.is_rtl();
    let mut parts: Vec<Outgoing> = limited(words, last.form, &clean(&last.answer.text))
        .into_iter()
        .map(|part| own(last.form, &clean(&part)))
        .collect();
    if let (Some(question), Some(first)) = (asked, parts.first_mut()) {
        let question = direct(&shorten(question, TITLE), rtl);
        first.html = format!("<i>{}</i>\n\n{}", escape(&question), first.html);
        first.plain = format!("{question}\n\n{}", first.plain);
    }
    if let Some(end) = parts.last_mut() {
        if !last.answer.sources.is_empty() {
            let named: Vec<_> = last
                .answer
                .sources
                .iter()
                .take(NAMED)
                .map(short_source)
                .collect();
            let label = direct(&format!("{}: ", words.say(last.form, "source")), rtl);
            let line = |pieces: Vec<&str>| format!("\n\n{label}{}", pieces.join(" · "));
            end.html += &line(named.iter().map(|(html, _)| html.as_str()).collect());
            end.plain += &line(named.iter().map(|(_, plain)| plain.as_str()).collect());
        }
        let buttons = button::under_answer(words, last);
        end.buttons = (!buttons.inline_keyboard.is_empty()).then_some(buttons);
    }
    parts
}

/// The list of sources of an answer.
pub fn sources(words: &Words, form: Form, sources: &[Source]) -> Vec<Outgoing> {
    if sources.is_empty() {
        return vec![own(form, &words.say(form, "sources-none"))];
    }
    let title = words.say(form, "sources-title");
    let mut parts = vec![heading(form, &title)];
    for (index, source) in sources.iter().enumerate() {
        let (html, plain) = long_source(words, form, index + 1, source);
        let fits = parts
            .last()
            .is_some_and(|part| units(&part.plain) + units(&plain) < LONGEST_PART);
        if !fits && parts.len() < MOST_PARTS {
            parts.push(Outgoing::default());
        }
        if let Some(part) = parts
            .last_mut()
            .filter(|part| units(&part.plain) + units(&plain) < LONGEST_PART)
        {
            part.html += &html;
            part.plain += &plain;
        }
    }
    parts
}

/// The document and the variables that give an answer again.
pub fn query(
    words: &Words,
    form: Form,
    operation: Option<&Operation>,
    public_url: Option<&str>,
) -> Vec<Outgoing> {
    let Some(operation) = operation else {
        return vec![own(form, &words.say(form, "query-none"))];
    };
    let variables = serde_json::to_string_pretty(&operation.variables).unwrap_or_default();
    let mut parts = code(
        &words.say(form, "query-title"),
        form,
        &operation.document,
        "graphql",
    );
    parts.extend(code(
        &words.say(form, "query-variables"),
        form,
        &variables,
        "json",
    ));
    if let [document, variables] = parts.as_slice()
        && units(&document.plain) + units(&variables.plain) < LONGEST_CODE
    {
        let html = format!("{}\n\n{}", document.html, variables.html);
        parts = vec![Outgoing {
            html,
            plain: format!("{}\n\n{}", document.plain, variables.plain),
            ..Outgoing::default()
        }];
    }
    if let (Some(url), Some(end)) = (public_url, parts.last_mut()) {
        let line = format!(
            "\n\n{} {}/graphiql",
            words.say(form, "query-where"),
            url.trim_end_matches('/')
        );
        end.html += &escape(&line);
        end.plain += &line;
    }
    parts
}

fn limited(words: &Words, form: Form, text: &str) -> Vec<String> {
    let mut parts = split(text, LONGEST_PART);
    if parts.len() > MOST_PARTS {
        parts.truncate(MOST_PARTS);
        if let Some(end) = parts.last_mut() {
            end.push('\n');
            end.push_str(&words.say(form, "cut"));
        }
    }
    if parts.is_empty() {
        parts.push("…".to_owned());
    }
    parts
}

fn heading(form: Form, title: &str) -> Outgoing {
    let title = direct(title, form.is_rtl());
    Outgoing {
        html: format!("<b>{}</b>", escape(&title)),
        plain: title,
        ..Outgoing::default()
    }
}

fn short_source(source: &Source) -> (String, String) {
    let name = source
        .publisher
        .as_deref()
        .filter(|name| !name.trim().is_empty())
        .unwrap_or(&source.title);
    let name = isolate(&shorten(name, TITLE));
    (linked(&name, source.url.as_deref()), name)
}

fn long_source(words: &Words, form: Form, number: usize, source: &Source) -> (String, String) {
    let title = isolate(&shorten(&source.title, TITLE));
    let date = source
        .published_on
        .clone()
        .unwrap_or_else(|| words.say(form, "undated"));
    let mut about = String::new();
    if let Some(publisher) = source
        .publisher
        .as_deref()
        .filter(|name| !name.trim().is_empty())
    {
        about += &format!(" — {}", isolate(&shorten(publisher, TITLE)));
    }
    about += &format!(", {}", isolate(&shorten(&date, 40)));
    let mark = if form.is_rtl() {
        "\u{200f}"
    } else {
        "\u{200e}"
    };
    let html = format!(
        "\n\n{mark}{number}. {}{}",
        linked(&title, source.url.as_deref()),
        escape(&about)
    );
    let url = source
        .url
        .as_deref()
        .filter(|url| is_web(url))
        .map(|url| format!("\n{url}"))
        .unwrap_or_default();
    (html, format!("\n\n{mark}{number}. {title}{about}{url}"))
}

/// A name that leads to an address, where a browser opens that.
pub fn linked(name: &str, url: Option<&str>) -> String {
    match url.filter(|url| is_web(url)) {
        Some(url) => format!("<a href=\"{}\">{}</a>", escape(url), escape(name)),
        None => escape(name),
    }
}

/// Only addresses a browser opens, and not absurdly long ones.
fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.len() <= 1000
        && !url.contains(char::is_whitespace)
}

fn code(title: &str, form: Form, text: &str, language: &str) -> Vec<Outgoing> {
    let mut parts = lines_within(text, LONGEST_CODE - units(title));
    parts.truncate(MOST_PARTS);
    let block = |part: &String| {
        format!(
            "<pre><code class=\"language-{language}\">{}</code></pre>",
            escape(part)
        )
    };
    let parts = parts.iter().map(|part| Outgoing {
        html: block(part),
        plain: part.clone(),
        ..Outgoing::default()
    });
    let mut parts: Vec<_> = parts.collect();
    if let Some(first) = parts.first_mut() {
        let title = heading(form, title);
        first.html = format!("{}\n{}", title.html, first.html);
        first.plain = format!("{}\n{}", title.plain, first.plain);
    }
    parts
}

/// Whole lines per part, so that a document can be pasted together again.
fn lines_within(text: &str, longest: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.trim().lines() {
        for piece in if units(line) > longest {
            split(line, longest)
        } else {
            vec![line.to_owned()]
        } {
            let end = parts.last().map_or(0, |part| units(part));
            if end > 0 && end + units(&piece) + 1 > longest {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                if !part.is_empty() {
                    part.push('\n');
                }
                part.push_str(&piece);
            }
        }
    }
    parts
}
