//! Curators on Telegram: the codes that link an account to an API key, each good once and for minutes, and the accounts that are linked.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};

use crate::Invalid;

/// A code that was made and not used yet. Of the code itself only its hash is here.
pub mod code {
    use sea_orm::entity::prelude::*;
    use subtle::ConstantTimeEq;

    use super::LinkCode;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "curator_codes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        /// SHA-256 of the code, in hexadecimal digits.
        pub hash: String,
        /// The key whose rights it gives.
        pub api_key_id: i64,
        /// Until when it is good.
        pub expires_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Whether it is this code, in a time that does not depend on how much of it is right.
        pub fn is(&self, code: &LinkCode) -> bool {
            self.hash.as_bytes().ct_eq(code.hash().as_bytes()).into()
        }
    }
}

/// An account that is linked: its number, to know it again and to write to it, and nothing else of its owner.
pub mod account {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "curator_accounts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        /// The number of the account on Telegram, which is that of its private chat.
        #[sea_orm(unique)]
        pub account: i64,
        /// The key whose rights it has, for as long as that is in force.
        pub api_key_id: i64,
        pub linked_at: DateTimeUtc,
        /// The newest proposal that it was told of; 0 when there was none.
        pub told: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Letters that are not mistaken for each other when they are read aloud or copied by hand (Crockford's).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;
const GROUP: usize = 4;

/// What links an account to a key: 60 random bits as twelve letters, `7KQ4-M2XA-0TBN`.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkCode(String);

impl LinkCode {
    /// The code made of random bytes.
    pub fn new(random: [u8; 8]) -> Self {
        let bits = u64::from_be_bytes(random);
        let letter = |at: usize| {
            let five = (bits >> (5 * at)) & 31;
            char::from(LETTERS[usize::try_from(five).unwrap_or_default()])
        };
        Self((0..LENGTH).map(letter).collect())
    }

    /// What the database keeps.
    pub fn hash(&self) -> String {
        let digest = Sha256::digest(self.0.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The code in groups, to be shown once.
    pub fn reveal(&self) -> String {
        let groups: Vec<_> = (0..LENGTH)
            .step_by(GROUP)
            .map(|at| &self.0[at..at + GROUP])
            .collect();
        groups.join("-")
    }
}

impl FromStr for LinkCode {
    type Err = Invalid;

    /// As people type it: in small letters, without hyphens, O for 0, I or L for 1.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let read = |letter: char| match letter.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            letter => LETTERS
                .contains(&u8::try_from(letter).ok()?)
                .then_some(letter),
        };
        let letters = text
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .take(LENGTH + 1)
            .map(read)
            .collect::<Option<String>>();
        // The text is not repeated: it may be a code mistyped.
        letters
            .filter(|letters| letters.len() == LENGTH)
            .map(Self)
            .ok_or_else(|| Invalid::new("", "a code of twelve letters and digits"))
    }
}

impl fmt::Debug for LinkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_copy_it() {
        let code = LinkCode::new([0xff, 0, 1, 2, 3, 4, 5, 6]);
        let shown = code.reveal();
        assert_eq!(shown.len(), 14);
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', ""),
            shown.replace('-', " "),
            shown.replace('0', "o").replace('1', "l"),
        ] {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
        assert_eq!(format!("{code:?}"), "LinkCode(hidden)");
        assert_ne!(code.hash(), LinkCode::new([0; 8]).hash());
        for bad in [
            "",
            "abc",
            "U234-5678-9ABC",
            &format!("{shown}0"),
            "كود",
            &"é".repeat(12),
            &"x".repeat(5000),
            "ABCD-EFGH-JKM\0",
        ] {
            assert!(bad.parse::<LinkCode>().is_err(), "{bad}");
        }
    }
}
