//! Telling chats what has changed: several changes as one message, and peace for a while after each.
//!
//! What was told is written down after it was sent. Killed in between, it is told once more; never not at all.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use graphql::follow::{Follow, Told};
use serde_json::Value;
use teloxide::types::ChatId;

use super::{Again, again};
use crate::answer::Answer;
use crate::door::Door;
use crate::reply;
use crate::send::{self, Delivery, Recipient};
use crate::text::shorten;
use crate::words::Form;

/// How often it is looked whether a chat has been left in peace for long enough, or another process has changed something.
const LOOK: Duration = Duration::from_secs(15);

/// Characters of an answer in a message with several.
const TEXT: usize = 800;

/// Tells of changes for as long as the bot runs.
pub async fn tell(door: Arc<Door>) {
    let mut revisions = door.service.revisions();
    loop {
        revisions.mark_unchanged();
        match round(&door).await {
            // There may be more than is read at once.
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "what chats follow cannot be read; it waits"),
        }
        tokio::select! {
            Ok(()) = revisions.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Looks at what is due; says whether anything came of it.
async fn round(door: &Door) -> Result<bool, graphql::StoreError> {
    let service = &door.service;
    let revision = service.data_revision().await?;
    let told_before = Utc::now() - door.settings.peace;
    let due = service.follows_due(revision, told_before).await?;
    let mut came = false;
    for follows in due.chunk_by(|one, other| one.chat == other.chat) {
        came |= tell_chat(door, follows, revision).await?;
    }
    Ok(came)
}

/// Looks at what a chat follows and tells it what has changed, in one message.
async fn tell_chat(
    door: &Door,
    follows: &[Follow],
    revision: i64,
) -> Result<bool, graphql::StoreError> {
    let service = &door.service;
    let Some(chat) = follows.first().map(|follow| follow.chat) else {
        return Ok(false);
    };
    let chosen = door.chats.get(ChatId(chat)).chosen;
    let (mut same, mut changed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for follow in follows {
        match again(service, follow, chosen).await {
            Again::Answer(answer) => match &answer.told {
                Some(told) if told.digest == follow.told => same.push(follow.id),
                Some(told) => changed.push((follow, told.clone(), answer)),
                None => {}
            },
            Again::Gone => gone.push(follow),
            Again::Failed => {}
        }
    }
    let mut came = !same.is_empty();
    service.follows_unchanged(same, revision).await?;
    if changed.is_empty() && gone.is_empty() {
        return Ok(came);
    }
    let form = chosen.or_else(|| Form::of_code(&follows[0].form));
    let form = form.unwrap_or(Form::French);
    let sections = changed
        .iter()
        .map(|(follow, _, answer)| section(door, form, follow, answer));
    let ended = gone.iter().map(|_| door.words.say(form, "follow-ended"));
    let mut text = vec![door.words.say(form, "follow-changed")];
    text.extend(sections.chain(ended));
    let messages = reply::long(&door.words, form, &text.join("\n\n"));
    let to = Recipient {
        chat: ChatId(chat),
        reply_to: None,
    };
    let now = Utc::now();
    match send::all(&door.bot, to, messages).await {
        Delivery::Sent => {
            let changes: Vec<(i64, Told)> = changed
                .into_iter()
                .map(|(follow, told, _)| (follow.id, told))
                .collect();
            service.follows_told(chat, &changes, revision, now).await?;
            for follow in gone {
                service.unfollow(chat, Some(follow.id)).await?;
            }
            tracing::info!(changes = changes.len(), "a chat was told of changes");
            came = true;
        }
        Delivery::Left => {
            service.unfollow(chat, None).await?;
            door.chats.remove(ChatId(chat));
            came = true;
        }
        // It is tried again when its time has come, as if it had been told.
        Delivery::Lost => service.follows_told(chat, &[], revision, now).await?,
    }
    Ok(came)
}

/// One change: what it is about, what it was, what it is, and who says so.
fn section(door: &Door, form: Form, follow: &Follow, answer: &Answer) -> String {
    let mut lines = vec![format!("🔔 {}", shorten(&answer.understood, super::LINE))];
    let was = follow.figure.as_deref().and_then(|figure| {
        let now = answer.told.as_ref().and_then(|told| told.figure.as_deref());
        (now != Some(figure))
            .then(|| headline(form, figure))
            .flatten()
    });
    if let Some(was) = was {
        lines.push(door.words.say_with(form, "follow-was", "example", &was));
    }
    lines.push(shorten(&answer.text, TEXT));
    if let Some(source) = answer.sources.first() {
        let name = source.publisher.as_ref().unwrap_or(&source.title);
        let date = source.published_on.as_ref();
        let date = date.map(|date| format!(" ({date})")).unwrap_or_default();
        let label = door.words.say(form, "source");
        lines.push(format!("{label}: {}{date}", shorten(name, super::LINE)));
    }
    lines.join("\n")
}

/// A headline as it was told: `36 (2019)`.
fn headline(form: Form, figure: &str) -> Option<String> {
    let figure: Value = serde_json::from_str(figure).ok()?;
    let mut text = number(form, figure["value"].as_f64()?);
    if let Some(end) = figure["valueMax"].as_f64() {
        text += &format!("–{}", number(form, end));
    }
    if let Some(unit) = figure["unit"].as_str() {
        text += &format!("\u{a0}{unit}");
    }
    if let Some(period) = figure["period"].as_str() {
        text += &format!(" ({period})");
    }
    Some(text)
}

/// A number with its thousands apart and at most two decimals.
fn number(form: Form, value: f64) -> String {
    let (thousands, point) = match form {
        Form::English => (',', '.'),
        _ => ('\u{202f}', ','),
    };
    let rounded = format!("{:.2}", value.abs());
    let (whole, decimals) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let mut text = String::new();
    if value < 0.0 {
        text.push('−');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    let decimals = decimals.trim_end_matches('0');
    if !decimals.is_empty() {
        text.push(point);
        text += decimals;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_written_as_people_do() {
        let figure = r#"{"value":12500.5,"valueMax":null,"unit":"%","period":"2019"}"#;
        let said = headline(Form::English, figure);
        assert_eq!(said.as_deref(), Some("12,500.5\u{a0}% (2019)"));
        assert_eq!(number(Form::French, 4500.0), "4\u{202f}500");
        assert_eq!(number(Form::French, -0.25), "−0,25");
        assert_eq!(headline(Form::French, "{}"), None);
    }
}
