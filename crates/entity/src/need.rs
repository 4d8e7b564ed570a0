//! Needs: what companies of any sector look for, whom they were introduced to, and how far that went. They are no facts: nobody but
//! coordinators, and whoever filed one, sees it.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::entity::prelude::*;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{NeedStatus, Role, Sector};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "needs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Random, so that it tells nothing of how many there are.
    #[sea_orm(unique)]
    pub key: String,
    /// SHA-256 of what whoever filed it holds.
    pub receipt_hash: String,
    /// Who needs it; none once erased.
    pub company: Option<String>,
    /// What, in the words of the company; none once erased.
    pub description: Option<String>,
    pub sector: Sector,
    /// Capabilities asked for, as JSON.
    pub capabilities: String,
    /// Languages to work in, as JSON.
    pub languages: String,
    pub territory_id: i64,
    pub status: NeedStatus,
    /// Where it stands, in the words of the coordinator; none once erased.
    pub note: Option<String>,
    /// Grows with every change of the need, its contact and its introductions.
    pub version: i32,
    pub role: Role,
    pub key_prefix: Option<String>,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    /// Since when nothing in it tells who filed it.
    pub erased_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How to reach whoever filed a need; the row goes when it is erased.
pub mod contact {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_contacts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub need_id: i64,
        pub name: String,
        pub email: Option<String>,
        pub phone: Option<String>,
    }

    /// No log shows a person.
    impl std::fmt::Debug for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "contact of the need {}", self.need_id)
        }
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Providers that a company with a need is brought together with; each side is asked.
pub mod introduction {
    use sea_orm::entity::prelude::*;

    use crate::Consent;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_introductions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub need_id: i64,
        /// Key of an organisation.
        pub provider: String,
        pub company_consent: Consent,
        pub provider_consent: Consent,
        pub created_at: DateTimeUtc,
        pub changed_at: DateTimeUtc,
    }

    impl Model {
        /// Whether both sides agreed, so that each may be told how to reach the other.
        pub fn is_agreed(&self) -> bool {
            self.company_consent == Consent::Given && self.provider_consent == Consent::Given
        }
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Model {
    /// Whether the receipt is this need's, in a time that does not depend on how much of it is right.
    pub fn opens(&self, receipt: &Receipt) -> bool {
        let hash = receipt.hash();
        self.receipt_hash.as_bytes().ct_eq(hash.as_bytes()).into()
    }
}

const KEY: usize = 16;
const RANDOM: usize = 43;

/// What whoever files a need is given once: the key of the need, `.`, and 256 random bits in base64url. Who holds it may see how far the need
/// is, and withdraw it.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt(String);

impl Receipt {
    /// The receipt made of random bytes: eight for the key of the need, the others to be kept.
    pub fn new(key: [u8; 8], kept: [u8; 32]) -> Self {
        let key = u64::from_be_bytes(key);
        Self(format!("{key:016x}.{}", URL_SAFE_NO_PAD.encode(kept)))
    }

    /// The key of the need.
    pub fn key(&self) -> &str {
        &self.0[..KEY]
    }

    /// What the database keeps. The receipt holds 256 random bits, so a plain hash cannot be searched.
    pub fn hash(&self) -> String {
        let digest = Sha256::digest(self.0.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The receipt, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Receipt {
    type Err = NotAReceipt;

    fn from_str(text: &str) -> Result<Self, NotAReceipt> {
        let written = text.is_ascii() && text.len() == KEY + 1 + RANDOM && {
            let (key, kept) = text.split_at(KEY);
            let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            key.bytes().all(hexadecimal) && kept.starts_with('.') && kept[1..].bytes().all(base64)
        };
        written.then(|| Self(text.to_owned())).ok_or(NotAReceipt)
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Receipt({}.…)", self.key())
    }
}

/// A text that is no receipt; it does not say the text, which may be one mistyped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a receipt: a receipt is 16 digits, `.` and 43 characters, as `fileNeed` gave it")]
pub struct NotAReceipt;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_as_it_was_written_and_never_shown() {
        let receipt = Receipt::new([0, 0, 0, 0, 0, 0, 1, 0xff], [7; 32]);
        assert_eq!(receipt.key(), "00000000000001ff");
        assert_eq!(receipt.reveal().parse(), Ok(receipt.clone()));
        assert_eq!(format!("{receipt:?}"), "Receipt(00000000000001ff.…)");
        let long = format!("{}A", receipt.reveal());
        for bad in ["", ".", &receipt.reveal()[1..], &long, &"é".repeat(30)] {
            assert_eq!(bad.parse::<Receipt>(), Err(NotAReceipt), "{bad}");
        }
    }

    #[test]
    fn a_need_goes_from_state_to_state() {
        use NeedStatus::*;
        let from = |status: NeedStatus| {
            [Open, Introduced, UnderWay, Done, Dropped]
                .into_iter()
                .filter(move |next| status.may_become(*next))
                .collect::<Vec<_>>()
        };
        assert_eq!(from(Open), [Introduced, Dropped]);
        assert_eq!(from(Introduced), [Open, UnderWay, Dropped]);
        assert_eq!(from(UnderWay), [Open, Done, Dropped]);
        assert_eq!(from(Done), []);
        assert_eq!(from(Dropped), [Open]);
    }
}
