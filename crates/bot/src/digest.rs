//! Curators are told that proposals wait: one message for all that came since the last one.

use std::sync::Arc;

use graphql::Waiting;
use teloxide::types::ChatId;

use crate::door::Door;
use crate::reply;
use crate::send::{self, Delivery, Recipient};

/// Tells curators now and then, until it is stopped.
pub async fn run(door: Arc<Door>) {
    loop {
        match door.service.curators_waited_for().await {
            Ok(waiting) => {
                for waiting in waiting {
                    tell(&door, &waiting).await;
                }
            }
            Err(error) => tracing::warn!(%error, "it is not known whether proposals wait"),
        }
        tokio::time::sleep(door.settings.digest).await;
    }
}

/// One message. What could not be sent is told the next time, unless the person left.
async fn tell(door: &Door, waiting: &Waiting) {
    let chat = ChatId(waiting.account);
    let form = door.chats.get(chat).form(None);
    let text = format!(
        "{}: {} – /proposals",
        door.words.say(form, "digest"),
        waiting.new
    );
    let to = Recipient {
        chat,
        reply_to: None,
    };
    let delivery = send::all(&door.bot, to, vec![reply::own(form, &text)]).await;
    if delivery == Delivery::Lost {
        return;
    }
    if let Err(error) = door.service.curator_was_told(waiting).await {
        tracing::warn!(%error, "a curator may be told again");
    }
}
