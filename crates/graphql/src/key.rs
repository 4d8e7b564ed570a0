//! API keys as requests carry them: who may use one, and what it allows. A key is looked up at most once a second, so a revoked one
//! is refused a second later at the latest.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use entity::Scope;
use lru::LruCache;
use store::{
    Store,
    api_key::{self, Model, NotASecret, Secret},
};

use crate::{Service, Visitor};

/// For how long a look at the database is good.
const FRESH: Duration = Duration::from_secs(1);

/// What a key that opens nothing costs, in units.
const GUESS: u64 = 50;

/// Keys remembered, and as many that nobody has.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(1024).expect("not zero");

/// A key that was good when it was looked up.
#[derive(Clone, Debug)]
pub struct Key(Arc<Model>);

/// Why a key does not let anybody in. One answer for a key that nobody has and for a wrong secret.
#[derive(Debug, thiserror::Error)]
pub enum NotAuthenticated {
    #[error("send the API key as `Authorization: Bearer bab_…`, or no such header: {0}")]
    Malformed(#[from] NotASecret),
    #[error("no such API key; check that it was copied whole")]
    Unknown,
    #[error("the API key {0} has expired or was revoked; ask for another")]
    Ended(String),
    #[error("too many API keys were tried; wait a minute, and check the key")]
    TooMany,
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Key {
    /// A key known to be good now, without its secret.
    pub(crate) fn of_model(model: Model) -> Self {
        Self(Arc::new(model))
    }

    /// By what people and logs name it.
    pub fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// Who holds it, in the operator's words.
    pub fn holder(&self) -> &str {
        &self.0.holder
    }

    /// Whether it allows this.
    pub fn may(&self, scope: Scope) -> bool {
        self.0.scopes.has(scope)
    }

    /// Whether it may run registered documents only.
    pub fn trusted_documents_only(&self) -> bool {
        self.0.trusted_documents_only
    }

    /// Its own quota in units a minute, where it has one.
    pub(crate) fn quota(&self) -> Option<u64> {
        self.0.quota.and_then(|units| u64::try_from(units).ok())
    }

    pub(crate) fn id(&self) -> i64 {
        self.0.id
    }

    /// A key that nobody shows now: the one that something belongs to.
    pub(crate) fn of_row(row: Model) -> Self {
        Self(Arc::new(row))
    }
}

type Found = Option<Arc<Model>>;

/// What was found of the keys that were looked up lately, by the part of the secret that names them. Those that nobody has are kept apart,
/// so that no number of guesses makes us forget a key.
pub(crate) struct Keys {
    found: Lately<Arc<Model>>,
    missing: Lately<()>,
}

type Lately<T> = Mutex<LruCache<String, (Instant, T)>>;

impl Default for Keys {
    fn default() -> Self {
        Self {
            found: Mutex::new(LruCache::new(REMEMBERED)),
            missing: Mutex::new(LruCache::new(REMEMBERED)),
        }
    }
}

impl Keys {
    async fn find(&self, store: &Store, prefix: &str) -> Result<Found, store::Error> {
        if let Some(found) = self.known(prefix) {
            return Ok(found);
        }
        let at = Instant::now();
        let found = api_key::by_prefix(store, prefix).await?.map(Arc::new);
        self.remember(prefix, at, found.clone());
        Ok(found)
    }

    /// What was found a moment ago.
    fn known(&self, prefix: &str) -> Option<Found> {
        fn fresh<T: Clone>(lately: &Lately<T>, prefix: &str) -> Option<T> {
            let mut lately = lately.lock().ok()?;
            let (at, value) = lately.get(prefix)?;
            (at.elapsed() < FRESH).then(|| value.clone())
        }
        let missing = || fresh(&self.missing, prefix).map(|()| None);
        fresh(&self.found, prefix).map(Some).or_else(missing)
    }

    fn remember(&self, prefix: &str, at: Instant, found: Found) {
        let (Ok(mut keys), Ok(mut missing)) = (self.found.lock(), self.missing.lock()) else {
            return;
        };
        match found {
            Some(key) => {
                missing.pop(prefix);
                keys.put(prefix.to_owned(), (at, key));
            }
            None => {
                keys.pop(prefix);
                missing.put(prefix.to_owned(), (at, ()));
            }
        }
    }
}

impl Service {
    /// The key that a caller's credentials open: `Bearer bab_…`, as every door takes them. Such that open nothing cost the caller's own quota.
    pub async fn authenticate(
        &self,
        credentials: &str,
        visitor: Visitor,
    ) -> Result<Key, NotAuthenticated> {
        let account = self.purse().account(visitor, None);
        let found = match credentials.split_once(' ') {
            Some((scheme, secret)) if scheme.eq_ignore_ascii_case("bearer") => {
                self.unlock(secret.trim()).await
            }
            _ => Err(NotASecret.into()),
        };
        let guessed = matches!(
            found,
            Err(NotAuthenticated::Malformed(_) | NotAuthenticated::Unknown)
        );
        if guessed && self.purse().take(account, GUESS, Instant::now()).is_err() {
            return Err(NotAuthenticated::TooMany);
        }
        found
    }

    async fn unlock(&self, secret: &str) -> Result<Key, NotAuthenticated> {
        let secret: Secret = secret.parse()?;
        let found = self.keys().find(self.store(), secret.prefix()).await?;
        match found {
            Some(key) if !key.opens(&secret) => Err(NotAuthenticated::Unknown),
            Some(key) if !key.in_force(self.now()) => {
                Err(NotAuthenticated::Ended(key.prefix.clone()))
            }
            Some(key) => Ok(Key(key)),
            None => Err(NotAuthenticated::Unknown),
        }
    }

    /// Whether a key that was good still is: asked again and again while a socket lives.
    pub async fn is_in_force(&self, key: &Key) -> Result<bool, store::Error> {
        let found = self.keys().find(self.store(), key.prefix()).await?;
        Ok(found.is_some_and(|found| found.hash == key.0.hash && found.in_force(self.now())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_push_out_no_key() {
        let keys = Keys::default();
        let now = Instant::now() + Duration::from_secs(3600);
        let key = Arc::new(Model {
            id: 1,
            prefix: "known".into(),
            hash: String::new(),
            holder: String::new(),
            scopes: "read".parse().expect("scopes"),
            quota: None,
            trusted_documents_only: false,
            created_at: chrono::DateTime::UNIX_EPOCH,
            expires_at: None,
            revoked_at: None,
        });
        keys.remember("known", now, Some(key));
        for guess in 0..2 * REMEMBERED.get() {
            keys.remember(&format!("guess {guess}"), now, None);
        }
        assert!(matches!(keys.known("known"), Some(Some(_))));
        assert!(matches!(keys.known("guess 2047"), Some(None)));
        assert!(keys.known("guess 0").is_none());
        // A key that is there no more is forgotten as one.
        keys.remember("known", now, None);
        assert!(matches!(keys.known("known"), Some(None)));
    }
}
