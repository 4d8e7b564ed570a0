//! Folding of scripts, numbers and periods in words, locales.
//!
//! Pure: no clock, no randomness, no input or output. Everything runs in time linear (or nearly) in the length of its
//! input and accepts any text.

mod anonymous;
mod calendar;
mod date;
pub mod fold;
pub mod format;
pub mod locale;
pub mod number;
mod numeral;
pub mod period;
mod phrase;
pub mod token;

pub use anonymous::Anonymous;
pub use fold::{darija_key, darija_skeleton, darija_worn, fold};
pub use locale::{Form, Locale, Script, UnknownLocale};
pub use number::{NumberForm, NumberSpan, numbers};
pub use period::{Period, Today, UnknownPeriod};
pub use phrase::{PeriodPhrase, PeriodSpan, periods};
pub use token::{Token, clitic_splits, tokenize};
