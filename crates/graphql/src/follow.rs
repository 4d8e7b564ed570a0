//! What chats follow: an answer is kept by its frame, and looked at again whenever the data have moved. What was told last is kept as well, so
//! that nothing is lost when the program is killed: what differs from it is told after the next start.

use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::follow as stored;

use crate::Service;

pub use store::follow::{Followed, MOST, Model as Follow};

/// For how long a chat that was told something is left in peace; what changes meanwhile comes as one message.
pub const PEACE: TimeDelta = TimeDelta::minutes(10);

/// What an answer says, as far as a change of it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The same as long as the answer says the same, in whatever language.
    pub digest: String,
    /// The headline, as JSON: `value`, `valueMax`, `period`, `qualifier`, `unit`.
    pub figure: Option<String>,
}

impl Told {
    /// What the answer to `answer.graphql` or `ask.graphql` says.
    pub fn of(answer: &Value) -> Self {
        let list = |name: &str| answer[name].as_array().cloned().unwrap_or_default();
        let figures: Vec<_> = list("figures").iter().map(said).collect();
        let items: Vec<_> = list("items")
            .iter()
            .map(|item| json!([item["key"], item["value"]]))
            .collect();
        let all = json!([answer["status"], answer["reason"], figures, items]).to_string();
        let digest = Sha256::digest(all.as_bytes());
        let digest = digest.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Self {
            digest,
            figure: list("figures")
                .first()
                .map(|figure| headline(figure).to_string()),
        }
    }
}

/// What makes a figure another one.
fn said(figure: &Value) -> Value {
    json!([
        headline(figure),
        figure["indicator"]["key"],
        figure["territory"]["code"],
        figure["activity"]["key"],
        figure["subject"]["id"],
        figure["source"]["key"],
    ])
}

fn headline(figure: &Value) -> Value {
    json!({
        "value": figure["value"],
        "valueMax": figure["valueMax"],
        "period": figure["period"],
        "qualifier": figure["qualifier"],
        "unit": figure["unit"]["symbol"],
    })
}

/// Something to follow: an answer as it was given.
#[derive(Clone, Debug)]
pub struct Wish {
    pub frame: String,
    /// The language form it is told in.
    pub form: String,
    pub told: Told,
    /// The revision of the data before the answer was read.
    pub revision: i64,
}

impl Service {
    /// The revision of the data as they are.
    pub async fn data_revision(&self) -> Result<i64, store::Error> {
        self.store().data_revision().await
    }

    /// Follows an answer for a chat.
    pub async fn follow_answer(&self, chat: i64, wish: Wish) -> Result<Followed, store::Error> {
        let new = stored::New {
            chat,
            frame: wish.frame,
            form: wish.form,
            told: wish.told.digest,
            figure: wish.told.figure,
            revision: wish.revision,
        };
        stored::add(self.store(), new, self.now()).await
    }

    /// What a chat follows, the oldest first.
    pub async fn follows(&self, chat: i64) -> Result<Vec<Follow>, store::Error> {
        stored::of_chat(self.store(), chat).await
    }

    /// Ends one of the things that a chat follows, or all of them; says how many.
    pub async fn unfollow(&self, chat: i64, id: Option<i64>) -> Result<u64, store::Error> {
        stored::remove(self.store(), chat, id).await
    }

    /// What has to be looked at again because the data are at a newer revision, of chats that were told nothing since an instant: those of
    /// one chat side by side.
    pub async fn follows_due(
        &self,
        revision: i64,
        told_before: DateTime<Utc>,
    ) -> Result<Vec<Follow>, store::Error> {
        stored::due(self.store(), revision, told_before).await
    }

    /// Writes down that answers say the same at a revision.
    pub async fn follows_unchanged(
        &self,
        ids: Vec<i64>,
        revision: i64,
    ) -> Result<(), store::Error> {
        stored::unchanged(self.store(), ids, revision).await
    }

    /// Writes down what a chat was told, all of it together.
    pub async fn follows_told(
        &self,
        chat: i64,
        changes: &[(i64, Told)],
        revision: i64,
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        for (id, told) in changes {
            let said = (told.digest.as_str(), told.figure.as_deref());
            stored::told(self.store(), *id, said, revision).await?;
        }
        stored::spoke(self.store(), chat, now).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_makes_a_change() {
        let answer = |value: f64, text: &str, name: &str| {
            json!({ "status": "ANSWERED", "reason": null, "text": text, "items": [{ "key": "a", "name": name }],
                "figures": [{ "value": value, "unit": { "symbol": null, "name": name }, "period": "2019", "qualifier": "EXACT",
                    "indicator": { "key": "call_centres", "name": name } }] })
        };
        let told = Told::of(&answer(36.0, "36 centres", "Centres d'appels"));
        assert_eq!(told, Told::of(&answer(36.0, "36 centres!", "Call centres")));
        assert_ne!(
            told,
            Told::of(&answer(41.0, "36 centres", "Centres d'appels"))
        );
        let figure: Value =
            serde_json::from_str(&told.figure.unwrap_or_default()).unwrap_or_default();
        assert_eq!(
            (&figure["value"], &figure["period"]),
            (&json!(36.0), &json!("2019"))
        );
    }
}
