//! Webhooks: addresses of partners that are told of what changes, and how far each has been told.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};
use sea_orm::entity::prelude::*;

use crate::{Invalid, WebhookState};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhooks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What it is called; random.
    pub key: String,
    /// The key of whoever made it; with that it ends.
    pub api_key_id: i64,
    pub url: String,
    /// Which facts it is told of, as the JSON of the contract; all of them without one.
    pub filter: Option<String>,
    pub secret: SigningSecret,
    pub state: WebhookState,
    pub created_at: DateTimeUtc,
    /// The event up to which everything is delivered, or was not asked for.
    pub last_event: i64,
    /// How many events were delivered.
    pub delivered: i64,
    /// The last of them.
    pub last_delivered: Option<i64>,
    pub last_delivered_at: Option<DateTimeUtc>,
    /// How often in a row it was tried in vain.
    pub failures: i32,
    pub failing_since: Option<DateTimeUtc>,
    pub last_attempt_at: Option<DateTimeUtc>,
    /// What the address answered last.
    pub last_status: Option<i32>,
    /// Why the last attempt failed; none when it did not.
    pub last_error: Option<String>,
    /// When it is tried again.
    pub next_attempt_at: Option<DateTimeUtc>,
    /// The process that delivers to it, and until when no other may.
    pub leased_by: Option<String>,
    pub leased_until: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What messages are signed with: `whsec_` and random bytes in base64. Both sides need it, so it is kept as it is; it is never logged.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct SigningSecret(String);

impl SigningSecret {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(format!("{MARK}{}", STANDARD.encode(bytes)))
    }

    /// As its holder is shown it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The bytes that sign.
    pub fn bytes(&self) -> Vec<u8> {
        decoded(&self.0).expect("checked when it was read")
    }
}

const MARK: &str = "whsec_";

fn decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.strip_prefix(MARK)?).ok()
}

impl FromStr for SigningSecret {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        // The text is a secret, so the error does not say it.
        decoded(text)
            .map(|_| Self(text.to_owned()))
            .ok_or_else(|| Invalid::new("…", "a signing secret"))
    }
}

impl fmt::Display for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_signs_with_its_bytes_and_is_not_shown_by_accident() {
        let secret = SigningSecret::new([7; 32]);
        assert_eq!(secret.bytes(), [7; 32]);
        assert_eq!(secret.reveal().parse(), Ok(secret.clone()));
        assert!("whsec_!".parse::<SigningSecret>().is_err());
        assert!(secret.reveal().starts_with("whsec_"));
        assert_eq!(format!("{secret:?}"), "SigningSecret(…)");
    }
}
