//! What a partner writes, held against what the database takes: lengths, keys, addresses, marks that do not show.

use entity::shape::{KEY, is_control, is_key, is_url};

use crate::user_error::{UserError, UserErrorCode as Code};

/// Longest name or title, and longest other text, in characters.
pub const NAME: usize = 300;
pub const TEXT: usize = 2_000;
/// Longest address, in characters.
const ADDRESS: usize = 1_000;
/// Most keys, names or parts in one list.
const LISTED: usize = 100;

/// Gathers what is wrong with an input. What a reading returns then does not matter.
pub struct Check {
    /// Where in the input we are: `fact.observation`.
    path: String,
    /// The source of what says none.
    source: Option<String>,
    errors: Vec<UserError>,
}

impl Check {
    pub fn new(path: impl Into<String>, source: Option<String>) -> Self {
        Self {
            path: path.into(),
            source,
            errors: Vec::new(),
        }
    }

    /// What was read, unless something is wrong with it.
    pub fn finish<T>(self, read: T) -> Result<T, Vec<UserError>> {
        match self.errors.is_empty() {
            true => Ok(read),
            false => Err(self.errors),
        }
    }

    pub fn refuse(&mut self, field: &str, code: Code, message: impl Into<String>) {
        let path = match self.path.as_str() {
            "" => field.to_owned(),
            path => format!("{path}.{field}"),
        };
        self.errors
            .push(UserError::new(path.as_str(), code, message));
    }

    /// A text on one line.
    pub fn text(&mut self, field: &str, text: String, most: usize) -> String {
        self.optional(field, Some(text), most).unwrap_or_else(|| {
            self.refuse(field, Code::Required, "must not be empty");
            String::new()
        })
    }

    pub fn name(&mut self, field: &str, text: String) -> String {
        self.text(field, text, NAME)
    }

    /// A text on one line; blanks are nothing.
    pub fn optional(&mut self, field: &str, text: Option<String>, most: usize) -> Option<String> {
        let text = text?.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        if text.chars().nth(most).is_some() {
            let message = format!("has more than {most} characters; shorten it");
            self.refuse(field, Code::TooLong, message);
        }
        if text.chars().any(is_control) {
            let message = "has characters that do not show (line ends, controls, marks that turn the reading direction); take them out";
            self.refuse(field, Code::Invalid, message);
        }
        Some(text)
    }

    /// The key of something else.
    pub fn reference(&mut self, field: &str, key: String) -> String {
        if !is_key(&key) {
            let message = format!(
                "is not a key (letters A-Z a-z, digits, '.', '_', '-'; at most {KEY} characters)"
            );
            self.refuse(field, Code::Invalid, message);
        }
        key
    }

    pub fn optional_reference(&mut self, field: &str, key: Option<String>) -> Option<String> {
        key.filter(|key| !key.is_empty())
            .map(|key| self.reference(field, key))
    }

    /// Keys, each once, in their order.
    pub fn references(&mut self, field: &str, keys: Option<Vec<String>>) -> Vec<String> {
        let mut once = Vec::new();
        for key in self.listed(field, keys) {
            let key = self.reference(field, key);
            if !once.contains(&key) {
                once.push(key);
            }
        }
        once
    }

    /// A list that is not too long.
    pub fn listed<T>(&mut self, field: &str, items: Option<Vec<T>>) -> Vec<T> {
        let items = items.unwrap_or_default();
        if items.len() > LISTED {
            let message = format!("has more than {LISTED} entries");
            self.refuse(field, Code::TooLong, message);
            return Vec::new();
        }
        items
    }

    /// Its own key: as given, or made of what it is.
    pub fn key(&mut self, key: Option<String>, made: &str) -> String {
        match self.optional_reference("key", key) {
            Some(key) => key,
            None if is_key(made) => made.to_owned(),
            None => {
                let message = "no key can be made of its name; give one, such as atlas_contact";
                self.refuse("key", Code::Required, message);
                String::new()
            }
        }
    }

    /// Where it is stated.
    pub fn source(&mut self, source: Option<String>) -> String {
        match source.or_else(|| self.source.clone()) {
            Some(source) => self.reference("source", source),
            None => {
                let message = "every fact needs a source: give its key";
                self.refuse("source", Code::Required, message);
                String::new()
            }
        }
    }

    /// An address that can be followed: http or https only.
    pub fn address(&mut self, field: &str, url: Option<String>) -> Option<String> {
        let url = self.optional(field, url, ADDRESS)?;
        if !is_url(&url) {
            let message = "is no http or https address";
            self.refuse(field, Code::Invalid, message);
        }
        Some(url)
    }

    /// A number as the database takes it.
    pub fn number(&mut self, field: &str, number: f64) -> f64 {
        if !number.is_finite() || number.abs() > entity::shape::VALUE {
            self.refuse(field, Code::Invalid, "is not a number from -1e15 to 1e15");
        }
        number
    }
}

/// A key of names: small letters, digits and `_`.
pub fn slug(name: &str) -> String {
    let folded = language::fold(name);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("_");
    slug.chars()
        .take(60)
        .collect::<String>()
        .trim_end_matches('_')
        .to_owned()
}

/// Parts of a key, put together; those that are empty are left out.
pub fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let key = parts.join(".");
    match key.len() <= KEY {
        true => key,
        false => {
            let digest = store::proposal_text::key_of(&key);
            format!("{}.{digest}", &key[..KEY - digest.len() - 1])
        }
    }
}
