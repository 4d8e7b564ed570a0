//! Locales of replies, scripts of text, and the five language forms people write in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::fold::{is_ignored, is_plain};

/// Language of a reply.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Locale {
    /// French.
    #[default]
    #[serde(rename = "FR")]
    Fr,
    /// English.
    #[serde(rename = "EN")]
    En,
    /// Modern Standard Arabic.
    #[serde(rename = "AR")]
    Ar,
    /// Moroccan Arabic (Darija), in Arabic or Latin script.
    #[serde(rename = "ARY")]
    Ary,
}

impl Locale {
    /// Every locale, in the order of the contract.
    pub const ALL: [Locale; 4] = [Locale::Fr, Locale::En, Locale::Ar, Locale::Ary];

    /// Lower-case language code: `fr`, `en`, `ar`, `ary`.
    pub fn code(self) -> &'static str {
        match self {
            Locale::Fr => "fr",
            Locale::En => "en",
            Locale::Ar => "ar",
            Locale::Ary => "ary",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Locale::Fr => "FR",
            Locale::En => "EN",
            Locale::Ar => "AR",
            Locale::Ary => "ARY",
        })
    }
}

/// The text is none of FR, EN, AR, ARY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLocale;

impl fmt::Display for UnknownLocale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown locale: use FR, EN, AR or ARY")
    }
}

impl std::error::Error for UnknownLocale {}

impl FromStr for Locale {
    type Err = UnknownLocale;

    /// Case does not matter; a region (`fr-MA`) is ignored, except that `ar-MA` stays Arabic.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let language = text.trim().split(['-', '_']).next().unwrap_or_default();
        match language {
            l if l.eq_ignore_ascii_case("fr") => Ok(Locale::Fr),
            l if l.eq_ignore_ascii_case("en") => Ok(Locale::En),
            l if l.eq_ignore_ascii_case("ar") => Ok(Locale::Ar),
            l if l.eq_ignore_ascii_case("ary") => Ok(Locale::Ary),
            _ => Err(UnknownLocale),
        }
    }
}

/// Writing system of a token or of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Arabic letters.
    Arabic,
    /// Digits, symbols and every other script.
    Other,
}

impl Script {
    /// Script of one letter; digits and signs are `Other`.
    pub fn of_char(c: char) -> Script {
        match c {
            'a'..='z' | 'A'..='Z' => Script::Latin,
            c if is_plain(c) => Script::Arabic,
            '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => Script::Other,
            '\u{600}'..='\u{6FF}'
            | '\u{750}'..='\u{77F}'
            | '\u{8A0}'..='\u{8FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}' => {
                if c.is_alphabetic() {
                    Script::Arabic
                } else {
                    Script::Other
                }
            }
            '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF5A}' => {
                if c.is_alphabetic() {
                    Script::Latin
                } else {
                    Script::Other
                }
            }
            _ => Script::Other,
        }
    }

    /// Script that most words belong to, Arabic where as many are Latin; `Other` when it has neither Latin nor Arabic
    /// letters. Words count, not letters: "ما هو APEBI" is Arabic.
    pub fn of(text: &str) -> Script {
        let (mut latin, mut arabic) = (0usize, 0usize);
        let mut before = Script::Other;
        for c in text.chars() {
            let script = Script::of_char(c);
            if script == Script::Other && (is_ignored(c) || c.is_alphanumeric()) {
                continue;
            }
            if script != before {
                match script {
                    Script::Latin => latin += 1,
                    Script::Arabic => arabic += 1,
                    Script::Other => {}
                }
            }
            before = script;
        }
        match (latin, arabic) {
            (0, 0) => Script::Other,
            (latin, arabic) if arabic >= latin => Script::Arabic,
            _ => Script::Latin,
        }
    }
}

/// Language form of a question, which its reply follows.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Form {
    /// French.
    #[default]
    #[serde(rename = "fr")]
    Fr,
    /// English.
    #[serde(rename = "en")]
    En,
    /// Modern Standard Arabic.
    #[serde(rename = "ar")]
    Ar,
    /// Darija in Arabic script.
    #[serde(rename = "ary_arab")]
    AryArab,
    /// Darija in Latin script (arabizi).
    #[serde(rename = "ary_latn")]
    AryLatn,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 5] = [Form::Fr, Form::En, Form::Ar, Form::AryArab, Form::AryLatn];

    /// Form of a locale in a script; only Darija has two.
    pub fn new(locale: Locale, script: Script) -> Form {
        match (locale, script) {
            (Locale::Fr, _) => Form::Fr,
            (Locale::En, _) => Form::En,
            (Locale::Ar, _) => Form::Ar,
            (Locale::Ary, Script::Latin) => Form::AryLatn,
            (Locale::Ary, _) => Form::AryArab,
        }
    }

    /// The locale it belongs to.
    pub fn locale(self) -> Locale {
        match self {
            Form::Fr => Locale::Fr,
            Form::En => Locale::En,
            Form::Ar => Locale::Ar,
            Form::AryArab | Form::AryLatn => Locale::Ary,
        }
    }

    /// The script it is written in.
    pub fn script(self) -> Script {
        match self {
            Form::Ar | Form::AryArab => Script::Arabic,
            Form::Fr | Form::En | Form::AryLatn => Script::Latin,
        }
    }

    /// Name of its files: `fr`, `en`, `ar`, `ary_arab`, `ary_latn`.
    pub fn code(self) -> &'static str {
        match self {
            Form::Fr => "fr",
            Form::En => "en",
            Form::Ar => "ar",
            Form::AryArab => "ary_arab",
            Form::AryLatn => "ary_latn",
        }
    }
}

impl From<Locale> for Form {
    /// Darija without a known script is written in Arabic script.
    fn from(locale: Locale) -> Form {
        Form::new(locale, Script::Arabic)
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Form {
    type Err = UnknownLocale;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Form::ALL
            .into_iter()
            .find(|form| form.code().eq_ignore_ascii_case(text.trim()))
            .ok_or(UnknownLocale)
    }
}
