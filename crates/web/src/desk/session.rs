//! Who is signed in: random tokens in the memory of this process, each with the API key it was opened with, never its secret. A restart ends
//! them all; a key that is revoked ends its own, for the desk asks for it at every request.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use graphql::Key;
use lru::LruCache;
use subtle::ConstantTimeEq;

/// How long a session lives without a request, and how long at most.
const IDLE: Duration = Duration::from_secs(2 * 60 * 60);
const WHOLE: Duration = Duration::from_secs(12 * 60 * 60);

/// Sessions at once, and of one key; the one that was used longest ago gives way.
const SESSIONS: NonZeroUsize = NonZeroUsize::new(512).expect("not zero");
const OF_ONE_KEY: usize = 8;

/// 256 random bits, as 64 digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Token(String);

impl Token {
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut random = [0; 32];
        getrandom::fill(&mut random)?;
        Ok(Self(
            random.iter().map(|byte| format!("{byte:02x}")).collect(),
        ))
    }

    /// What may be a token; everything else is none, and not looked up.
    pub fn read(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is this token, in a time that does not depend on how much of it is right.
    pub fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Session<K = Key> {
    pub token: Token,
    /// What every form of this session carries.
    pub form_token: Token,
    pub key: K,
    /// What the key is named by.
    pub prefix: String,
    opened: Instant,
    used: Instant,
}

/// The sessions of this process.
pub struct Sessions<K = Key>(Mutex<LruCache<Token, Session<K>>>);

impl<K> Default for Sessions<K> {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(SESSIONS)))
    }
}

impl<K: Clone> Sessions<K> {
    /// Opens one for a key that was good a moment ago.
    pub fn open(&self, key: K, prefix: &str, now: Instant) -> Result<Token, getrandom::Error> {
        let session = Session {
            token: Token::random()?,
            form_token: Token::random()?,
            key,
            prefix: prefix.to_owned(),
            opened: now,
            used: now,
        };
        let token = session.token.clone();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that were used last come first.
        let of_key = held.iter().filter(|(_, other)| other.prefix == prefix);
        let surplus: Vec<_> = of_key
            .skip(OF_ONE_KEY - 1)
            .map(|(token, _)| token.clone())
            .collect();
        for token in surplus {
            held.pop(&token);
        }
        held.put(token.clone(), session);
        Ok(token)
    }

    /// The session of a token, used now.
    pub fn find(&self, token: &Token, now: Instant) -> Option<Session<K>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let session = held.get_mut(token)?;
        let over =
            now.duration_since(session.used) >= IDLE || now.duration_since(session.opened) >= WHOLE;
        if over {
            held.pop(token);
            return None;
        }
        session.used = now;
        Some(session.clone())
    }

    pub fn end(&self, token: &Token) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.pop(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written_and_nothing_else_is_one() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert!(one != other && Token::read(one.as_str()).is_some_and(|read| read == one));
        assert!(one.is(one.as_str()) && !one.is(other.as_str()) && !one.is(""));
        let upper = one.as_str().to_uppercase() + "A";
        for text in ["", "0", &one.as_str()[1..], &upper, &"g".repeat(64)] {
            assert!(Token::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_session_ends_when_it_is_not_used_and_in_any_case_after_half_a_day() {
        let sessions = Sessions::<()>::default();
        let start = Instant::now();
        let token = sessions.open((), "one", start).unwrap();
        let step = IDLE - Duration::from_secs(1);
        assert!(sessions.find(&token, start + step).is_some());
        assert!(sessions.find(&token, start + 2 * step).is_some());
        assert!(sessions.find(&token, start + 2 * step + IDLE).is_none());
        assert!(sessions.find(&token, start).is_none(), "it is gone");

        let token = sessions.open((), "one", start).unwrap();
        let mut now = start;
        while now + step < start + WHOLE {
            now += step;
            assert!(sessions.find(&token, now).is_some());
        }
        assert!(sessions.find(&token, start + WHOLE).is_none());
    }

    #[test]
    fn no_key_pushes_out_the_sessions_of_another() {
        let sessions = Sessions::<()>::default();
        let now = Instant::now();
        let other = sessions.open((), "other", now).unwrap();
        let of_one: Vec<_> = (0..100)
            .map(|_| sessions.open((), "one", now).unwrap())
            .collect();
        let live = of_one
            .iter()
            .filter(|token| sessions.find(token, now).is_some());
        assert_eq!(live.count(), OF_ONE_KEY);
        assert!(sessions.find(&of_one[99], now).is_some());
        assert!(sessions.find(&other, now).is_some());
    }
}
