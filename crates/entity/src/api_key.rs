//! API keys of partner apps: who holds one, what it allows, and the hash of its secret. The secret itself is shown once and kept nowhere.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::entity::prelude::*;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{Invalid, Scope};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The part of the secret by which people and logs name the key.
    pub prefix: String,
    /// SHA-256 of the whole secret, in hexadecimal digits.
    pub hash: String,
    /// Who holds it, in the operator's words.
    pub holder: String,
    pub scopes: Scopes,
    /// Units of cost a minute; that of its class when absent.
    pub quota: Option<i64>,
    /// Whether it may run registered documents only.
    pub trusted_documents_only: bool,
    pub created_at: DateTimeUtc,
    /// Until when it is good.
    pub expires_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether the secret is this key's, in a time that does not depend on how much of it is right.
    pub fn opens(&self, secret: &Secret) -> bool {
        self.hash.as_bytes().ct_eq(secret.hash().as_bytes()).into()
    }

    /// Whether it is good at this instant.
    pub fn in_force(&self, now: DateTimeUtc) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

/// What a key allows, as `read export`; never nothing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Scopes(String);

impl Scopes {
    pub fn has(&self, scope: Scope) -> bool {
        self.0.split(' ').any(|word| word == scope.as_str())
    }
}

impl FromStr for Scopes {
    type Err = Invalid;

    /// Words of [`Scope`], parted by commas or spaces, in any order.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let words = text.split([',', ' ']).filter(|word| !word.is_empty());
        let mut scopes = words
            .map(Scope::from_str)
            .collect::<Result<Vec<_>, Invalid>>()?;
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            return Err(Invalid::new(
                text,
                "a list of scopes (read, export, curate, coordinate, admin)",
            ));
        }
        let words: Vec<_> = scopes.into_iter().map(Scope::as_str).collect();
        Ok(Self(words.join(" ")))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const MARK: &str = "bab_";
const PREFIX: usize = 8;
const RANDOM: usize = 43;

/// What the holder of a key sends: `bab_`, eight digits that name the key, `_`, and 256 random bits in base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret made of random bytes: four for the name, the others to be kept.
    pub fn new(name: [u8; 4], kept: [u8; 32]) -> Self {
        let name = u32::from_be_bytes(name);
        Self(format!("{MARK}{name:08x}_{}", URL_SAFE_NO_PAD.encode(kept)))
    }

    /// The part that names the key and may be shown.
    pub fn prefix(&self) -> &str {
        &self.0[MARK.len()..MARK.len() + PREFIX]
    }

    /// What the database keeps. The secret holds 256 random bits, so a plain hash cannot be searched.
    pub fn hash(&self) -> String {
        let digest = Sha256::digest(self.0.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The secret, to be shown to its holder once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = NotASecret;

    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let parts = text
            .strip_prefix(MARK)
            .filter(|rest| rest.is_ascii() && rest.len() == PREFIX + 1 + RANDOM)
            .map(|rest| rest.split_at(PREFIX));
        let written = parts.is_some_and(|(name, kept)| {
            let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            name.bytes().all(hexadecimal) && kept.starts_with('_') && kept.bytes().all(base64)
        });
        written.then(|| Self(text.to_owned())).ok_or(NotASecret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({MARK}{}_…)", self.prefix())
    }
}

/// A text that is no secret; it does not say the text, which may be one mistyped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an API key: a key is `bab_`, eight digits, `_` and 43 characters")]
pub struct NotASecret;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written_and_never_shown() {
        let secret = Secret::new([0, 1, 2, 0xff], [7; 32]);
        assert_eq!(secret.prefix(), "000102ff");
        assert_eq!(secret.reveal().parse(), Ok(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(bab_000102ff_…)");
        assert_eq!(secret.hash().len(), 64);
        assert_ne!(secret.hash(), Secret::new([0, 1, 2, 0xff], [8; 32]).hash());
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        let good = Secret::new([1; 4], [2; 32]);
        let long = format!("{}A", good.reveal());
        let upper = good.reveal().replace("01010101", "0101010A");
        for bad in [
            "",
            "bab_",
            "bab_01010101_",
            &good.reveal()[4..],
            &long,
            &upper,
            &"é".repeat(28),
            "bab_01010101_ab\0d",
        ] {
            assert_eq!(bad.parse::<Secret>(), Err(NotASecret), "{bad}");
        }
    }

    #[test]
    fn scopes_are_a_set() {
        let scopes: Scopes = "export,read read".parse().expect("scopes");
        assert_eq!(scopes.to_string(), "read export");
        assert!(scopes.has(Scope::Export) && !scopes.has(Scope::Admin));
        assert!("".parse::<Scopes>().is_err() && "write".parse::<Scopes>().is_err());
    }
}
