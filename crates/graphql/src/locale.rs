//! Languages of texts: what is asked, what there is, and what is given instead.

use async_graphql::{Enum, SimpleObject};

/// A language of answers and names. Where a stored text lacks in the language asked, it is given in the next one there is: after French,
/// English and Arabic; after English, French and Arabic; after Arabic and Darija, French and English. Without a language it is asked in
/// French. Each field says which languages it is stored in; answers to questions are written in any of the four.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Locale {
    /// French; else English, else Arabic.
    Fr,
    /// English; else French, else Arabic.
    En,
    /// Modern Standard Arabic; else French, else English.
    Ar,
    /// Moroccan Arabic (Darija), which no stored text is in: they are given in Arabic, else French, else English.
    Ary,
}

/// A text in the language asked, or in the next one there is (see `Locale`), which `locale` tells.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub struct LocalisedText {
    /// The text.
    pub text: String,
    /// The language it is in; never ARY.
    pub locale: Locale,
}

impl Locale {
    /// The languages tried, the one asked first: English falls back to French, French to English, Arabic to French then English.
    fn chain(self) -> [Locale; 3] {
        match self {
            Self::Fr => [Self::Fr, Self::En, Self::Ar],
            Self::En => [Self::En, Self::Fr, Self::Ar],
            Self::Ar | Self::Ary => [Self::Ar, Self::Fr, Self::En],
        }
    }
}

/// The same text in up to three languages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts<'a> {
    pub fr: Option<&'a str>,
    pub en: Option<&'a str>,
    pub ar: Option<&'a str>,
}

impl Texts<'_> {
    /// The text in `locale` (French when none is asked), or the nearest there is.
    pub fn pick(self, locale: Option<Locale>) -> Option<LocalisedText> {
        locale
            .unwrap_or(Locale::Fr)
            .chain()
            .into_iter()
            .find_map(|locale| {
                let text = match locale {
                    Locale::Fr => self.fr,
                    Locale::En => self.en,
                    Locale::Ar | Locale::Ary => self.ar,
                };
                text.filter(|text| !text.is_empty())
                    .map(|text| LocalisedText {
                        text: text.to_owned(),
                        locale,
                    })
            })
    }

    /// The same for names, which always exist in some language.
    pub fn name(self, locale: Option<Locale>) -> String {
        self.pick(locale)
            .map(|found| found.text)
            .unwrap_or_default()
    }
}

impl From<Locale> for ask::Locale {
    fn from(locale: Locale) -> Self {
        match locale {
            Locale::Fr => Self::Fr,
            Locale::En => Self::En,
            Locale::Ar => Self::Ar,
            Locale::Ary => Self::Ary,
        }
    }
}

impl From<ask::Locale> for Locale {
    fn from(locale: ask::Locale) -> Self {
        match locale {
            ask::Locale::Fr => Self::Fr,
            ask::Locale::En => Self::En,
            ask::Locale::Ar => Self::Ar,
            ask::Locale::Ary => Self::Ary,
        }
    }
}
