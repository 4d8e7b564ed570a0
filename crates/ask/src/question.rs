//! What comes in: a sentence, and what the asker chose to tell about themselves.

use crate::Locale;

/// The longest question taken, in characters after trimming.
pub const MAX_CHARACTERS: usize = 1_000;

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub text: &'a str,
    /// The language to reply in; without one it follows the question.
    pub locale: Option<Locale>,
    /// The token of the previous answer, for a follow-up. Anything unreadable or older than ten minutes is ignored.
    pub conversation: Option<&'a str>,
    /// Used once, never stored.
    pub location: Option<Location>,
}

/// Where the asker is, in degrees (WGS 84).
#[derive(Clone, Copy, PartialEq)]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
}

/// Says nothing, so that no log ever holds where somebody was.
impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Location(hidden)")
    }
}
