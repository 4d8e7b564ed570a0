//! Answers kept until the data change, as bytes ready to send. The revision of the data is a part of every key, so that an answer of
//! older data is never found again; whoever may see what is public sees the same, so the caller is no part of it. What was asked before
//! is known by the bytes it was written in, so that nothing of it is read again.

use std::hash::{Hash, Hasher};

use bytes::Bytes;
use quick_cache::{Equivalent, Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use async_graphql::Request;
use store::Revision;

use crate::Access;

/// What a kept answer or request weighs beside its bytes.
const OVERHEAD: u64 = 128;

/// Answers larger than this are not kept, in bytes.
const LARGEST: usize = 1 << 20;

/// Requests written longer than this are read each time, in bytes.
const LONGEST: usize = 16 << 10;

/// The part of the cache that is for requests, the rest being for answers.
const FOR_REQUESTS: u64 = 8;

/// What is asked, however it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    digest: [u8; 16],
    /// Whether its document is registered.
    pub trusted: bool,
}

/// A request on one revision of the data, on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tag {
    asked: [u8; 16],
    revision: Revision,
    day: i32,
}

impl Tag {
    pub fn new(asked: &Asked, revision: Revision, day: i32) -> Self {
        let asked = asked.digest;
        Self {
            asked,
            revision,
            day,
        }
    }

    /// As callers see it; the same in every process of a release.
    pub fn text(&self) -> Bytes {
        let mut digest = Sha256::new();
        digest.update(self.asked);
        digest.update(self.revision.id.to_be_bytes());
        digest.update(self.revision.recorded_at.to_be_bytes());
        digest.update(self.day.to_be_bytes());
        let digest = u128::from_be_bytes(half(digest));
        format!("W/\"{digest:032x}\"").into()
    }
}

/// An answer without errors, and what it cost.
#[derive(Clone)]
pub(crate) struct Kept {
    /// `{"data":…}`.
    pub body: Bytes,
    /// [`Tag::text`].
    pub tag: Bytes,
    pub requested: u64,
    pub actual: u64,
}

/// A request as it was written: the body of a POST, or an address.
#[derive(Clone)]
struct Written {
    access: Access,
    text: Box<[u8]>,
}

impl Hash for Written {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.access, &*self.text).hash(state);
    }
}

impl Equivalent<Written> for (Access, &[u8]) {
    fn equivalent(&self, written: &Written) -> bool {
        *self == (written.access, &*written.text)
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        (self.access, &self.text) == (other.access, &other.text)
    }
}

impl Eq for Written {}

#[derive(Clone)]
struct Size;

impl Weighter<Tag, Kept> for Size {
    fn weight(&self, _: &Tag, kept: &Kept) -> u64 {
        kept.body.len() as u64 + OVERHEAD
    }
}

impl Weighter<Written, Asked> for Size {
    fn weight(&self, written: &Written, _: &Asked) -> u64 {
        written.text.len() as u64 + OVERHEAD
    }
}

/// The answers that are asked for again and again.
pub(crate) struct ResponseCache {
    /// What else an answer depends on: release, contract, settings.
    seed: Sha256,
    kept: Option<Cache<Tag, Kept, Size>>,
    known: Option<Cache<Written, Asked, Size>>,
}

impl ResponseCache {
    /// A cache of so many bytes; none keeps nothing.
    pub fn new(bytes: u64, seed: &[&str]) -> Self {
        let mut digest = Sha256::new();
        seed.iter()
            .for_each(|part| add(&mut digest, part.as_bytes()));
        let for_requests = bytes / FOR_REQUESTS;
        Self {
            seed: digest,
            kept: (bytes > 0).then(|| Cache::with_weighter(1024, bytes - for_requests, Size)),
            known: (for_requests > 0).then(|| Cache::with_weighter(1024, for_requests, Size)),
        }
    }

    /// What a request asks; `trusted` says whether its document is registered.
    pub fn asked(&self, request: &Request, trusted: bool) -> Asked {
        let mut digest = self.seed.clone();
        add(&mut digest, request.query.as_bytes());
        let name = request.operation_name.as_deref().unwrap_or_default();
        add(&mut digest, name.as_bytes());
        // Variables are a sorted map: one text for one content.
        let variables = serde_json::to_vec(&request.variables).unwrap_or_default();
        add(&mut digest, &variables);
        Asked {
            digest: half(digest),
            trusted,
        }
    }

    /// What was asked when exactly this was written before, and had an answer that was kept.
    pub fn recognise(&self, access: Access, text: &[u8]) -> Option<Asked> {
        self.known.as_ref()?.get(&(access, text))
    }

    /// Whether anything is kept at all.
    pub fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    pub fn get(&self, tag: &Tag) -> Option<Kept> {
        self.kept.as_ref()?.get(tag)
    }

    /// Keeps the answer to what was asked in these words.
    pub fn keep(&self, access: Access, text: &[u8], asked: Asked, tag: Tag, kept: Kept) {
        if let Some(cache) = &self.kept
            && kept.body.len() <= LARGEST
        {
            cache.insert(tag, kept);
        }
        self.remember(access, text, asked);
    }

    /// Remembers another way to write what has an answer that is kept.
    pub fn remember(&self, access: Access, text: &[u8], asked: Asked) {
        if let Some(known) = &self.known
            && text.len() <= LONGEST
        {
            let text = text.into();
            known.insert(Written { access, text }, asked);
        }
    }
}

/// A part with its length, so that parts never run into each other.
fn add(digest: &mut Sha256, part: &[u8]) {
    digest.update((part.len() as u64).to_be_bytes());
    digest.update(part);
}

/// As much of a digest as tells requests apart.
fn half(digest: Sha256) -> [u8; 16] {
    let digest: [u8; 32] = digest.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::Variables;

    fn request(query: &str, variables: &str) -> Request {
        let variables = serde_json::from_str(variables).expect("JSON");
        Request::new(query).variables(Variables::from_json(variables))
    }

    fn tag(
        cache: &ResponseCache,
        request: &Request,
        (id, recorded_at): (i64, i64),
        day: i32,
    ) -> Tag {
        let revision = Revision { id, recorded_at };
        Tag::new(&cache.asked(request, false), revision, day)
    }

    fn answer(size: usize) -> Kept {
        Kept {
            body: vec![b'x'; size].into(),
            tag: Bytes::new(),
            requested: 1,
            actual: 1,
        }
    }

    #[test]
    fn a_tag_is_of_all_that_an_answer_depends_on() {
        let cache = ResponseCache::new(1 << 20, &["release"]);
        let given = request("{ a }", r#"{"a":1,"b":2}"#);
        let one = tag(&cache, &given, (7, 3), 1);
        let turned = request("{ a }", r#"{"b":2,"a":1}"#);
        assert_eq!(one.text(), tag(&cache, &turned, (7, 3), 1).text());
        let other = ResponseCache::new(1 << 20, &["another"]);
        let named = request("{ a }", r#"{"a":1,"b":2}"#).operation_name("A");
        for different in [
            tag(&cache, &request("{ b }", r#"{"a":1,"b":2}"#), (7, 3), 1),
            tag(&cache, &request("{ a }", r#"{"a":1,"b":3}"#), (7, 3), 1),
            tag(&cache, &named, (7, 3), 1),
            tag(&cache, &given, (8, 3), 1),
            tag(&cache, &given, (7, 4), 1),
            tag(&cache, &given, (7, 3), 2),
            tag(&other, &given, (7, 3), 1),
        ] {
            assert_ne!(one, different);
            assert_ne!(one.text(), different.text());
        }
    }

    #[test]
    fn a_request_is_known_by_every_byte_of_it_and_by_the_way_it_came() {
        let cache = ResponseCache::new(1 << 20, &[]);
        let asked = cache.asked(&request("{ a }", "{}"), true);
        let text = br#"{"query":"{ a }"}"#;
        assert_eq!(cache.recognise(Access::ReadWrite, text), None);
        cache.remember(Access::ReadWrite, text, asked);
        assert_eq!(cache.recognise(Access::ReadWrite, text), Some(asked));
        assert_eq!(cache.recognise(Access::ReadOnly, text), None);
        let other = br#"{"query":"{ b }"}"#;
        assert_eq!(cache.recognise(Access::ReadWrite, other), None);
        let long = vec![b' '; LONGEST + 1];
        cache.remember(Access::ReadWrite, &long, asked);
        assert_eq!(cache.recognise(Access::ReadWrite, &long), None);
    }

    #[test]
    fn a_cache_holds_no_more_than_it_may() {
        let cache = ResponseCache::new(100_000, &[]);
        let asked = cache.asked(&request("{ a }", "{}"), false);
        let keep = |cache: &ResponseCache, number: i32, kept| {
            let tag = Tag::new(&asked, Revision::default(), number);
            let mut text = vec![b'x'; 100];
            text[..4].copy_from_slice(&number.to_be_bytes());
            cache.keep(Access::ReadOnly, &text, asked, tag, kept);
            tag
        };
        for number in 0..1_000 {
            keep(&cache, number, answer(1_000));
        }
        let answers = cache.kept.as_ref().map_or(0, Cache::weight);
        let requests = cache.known.as_ref().map_or(0, Cache::weight);
        assert!(answers > 1_000 && requests > 100 && answers + requests <= 100_000);
        let large = keep(&cache, 1_001, answer(LARGEST + 1));
        assert!(cache.get(&large).is_none());
        let none = ResponseCache::new(0, &[]);
        let tag = keep(&none, 1, answer(1));
        assert!(none.get(&tag).is_none());
    }
}
