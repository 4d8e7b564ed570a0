//! Sends messages patiently: waits when Telegram says so, tries again when nothing was carried out.

use std::future::IntoFuture;
use std::time::Duration;

use teloxide::payloads::{SendMessageSetters, SendPhotoSetters};
use teloxide::requests::Requester;
use teloxide::types::{
    ChatId, InputFile, LinkPreviewOptions, MessageId, ParseMode, ReplyParameters,
};
use teloxide::{Bot, RequestError};

use crate::photo::Photo;
use crate::refusal::{Remedy, describe, remedy};
use crate::reply::Outgoing;

/// The longest pause we honour; a longer one means giving the message up.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
const ATTEMPTS: u32 = 3;
/// What sending a picture may take, attempts and pauses included.
const LONGEST_PHOTO: Duration = Duration::from_secs(25);
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

/// Where a message goes, and what it replies to.
#[derive(Clone, Copy, Debug)]
pub struct Recipient {
    pub chat: ChatId,
    /// Set in groups, where several people talk at once.
    pub reply_to: Option<MessageId>,
}

/// What became of the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Sent,
    Lost,
    /// The person blocked the bot, or the chat is gone.
    Left,
}

impl Delivery {
    fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Lost => "lost",
            Self::Left => "left",
        }
    }
}

/// Sends the messages in order; stops at the first that cannot be delivered.
pub async fn all(bot: &Bot, to: Recipient, messages: Vec<Outgoing>) -> Delivery {
    for message in messages {
        let delivery = one(bot, to, &message).await;
        let outcome = delivery.word();
        metrics::counter!("bab_telegram_sends_total", "outcome" => outcome).increment(1);
        match delivery {
            Delivery::Sent => {}
            other => return other,
        }
    }
    Delivery::Sent
}

/// A picture that cannot be sent costs the picture, not the words under it.
async fn one(bot: &Bot, to: Recipient, message: &Outgoing) -> Delivery {
    if let Some(photo) = &message.photo {
        let attempts = attempts(bot, to, message, Some(photo));
        let delivery = tokio::time::timeout(LONGEST_PHOTO, attempts).await;
        match delivery.unwrap_or(Delivery::Lost) {
            Delivery::Lost if photo.alone => return Delivery::Sent,
            Delivery::Lost => {}
            delivery => return delivery,
        }
    }
    attempts(bot, to, message, None).await
}

async fn attempts(
    bot: &Bot,
    mut to: Recipient,
    message: &Outgoing,
    photo: Option<&Photo>,
) -> Delivery {
    let mut markup = true;
    for attempt in 1..=ATTEMPTS {
        let sent = match photo {
            Some(photo) => post_photo(bot, to, message, photo, markup).await,
            None => post(bot, to, message, markup).await,
        };
        let error = match sent {
            Ok(()) => return Delivery::Sent,
            Err(error) => error,
        };
        metrics::counter!("bab_telegram_refusals_total").increment(1);
        tracing::warn!(
            attempt,
            photo = photo.is_some(),
            error = describe(&error),
            "a message was not sent"
        );
        if let RequestError::MigrateToChatId(chat) = error {
            to.chat = chat;
            continue;
        }
        match remedy(&error) {
            Remedy::Wait(time) if time <= LONGEST_WAIT => tokio::time::sleep(time).await,
            Remedy::TryAgain => tokio::time::sleep(BETWEEN_ATTEMPTS * attempt).await,
            Remedy::SendPlain if markup => markup = false,
            Remedy::Forget => return Delivery::Left,
            _ => return Delivery::Lost,
        }
    }
    Delivery::Lost
}

async fn post(
    bot: &Bot,
    to: Recipient,
    message: &Outgoing,
    markup: bool,
) -> Result<(), RequestError> {
    let text = if markup {
        &message.html
    } else {
        &message.plain
    };
    let mut request = bot
        .send_message(to.chat, text)
        .link_preview_options(LinkPreviewOptions {
            is_disabled: true,
            url: None,
            prefer_small_media: false,
            prefer_large_media: false,
            show_above_text: false,
        });
    if markup {
        request = request.parse_mode(ParseMode::Html);
    }
    if let Some(hanging) = message.markup() {
        request = request.reply_markup(hanging);
    }
    if let Some(id) = to.reply_to {
        request = request.reply_parameters(ReplyParameters::new(id).allow_sending_without_reply());
    }
    request.into_future().await.map(drop)
}

async fn post_photo(
    bot: &Bot,
    to: Recipient,
    message: &Outgoing,
    photo: &Photo,
    markup: bool,
) -> Result<(), RequestError> {
    let file = InputFile::memory(photo.png.to_vec()).file_name("chart.png");
    let caption = if markup {
        &message.html
    } else {
        &message.plain
    };
    let mut request = bot.send_photo(to.chat, file).caption(caption);
    if markup {
        request = request.parse_mode(ParseMode::Html);
    }
    if let Some(buttons) = &message.buttons {
        request = request.reply_markup(buttons.clone());
    }
    if let Some(id) = to.reply_to {
        request = request.reply_parameters(ReplyParameters::new(id).allow_sending_without_reply());
    }
    request.into_future().await.map(drop)
}
