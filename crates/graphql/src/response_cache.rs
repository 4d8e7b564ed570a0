//! Answers kept until the data change, as bytes ready to send. The revision of the data is a part of every key, so that an answer of
//! older data is never found again; whoever may see what is public sees the same, so the caller is no part of it.

use bytes::Bytes;
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use async_graphql::Request;
use store::Revision;

/// What a kept answer weighs beside its bytes.
const OVERHEAD: u64 = 128;

/// Answers larger than this are not kept, in bytes.
const LARGEST: usize = 1 << 20;

/// A request on one revision of the data.
pub(crate) type Tag = [u8; 16];

/// An answer without errors, and what it cost.
#[derive(Clone)]
pub(crate) struct Kept {
    /// `{"data":…}`.
    pub body: Bytes,
    pub requested: u64,
    pub actual: u64,
}

#[derive(Clone)]
struct Size;

impl Weighter<Tag, Kept> for Size {
    fn weight(&self, _: &Tag, kept: &Kept) -> u64 {
        kept.body.len() as u64 + OVERHEAD
    }
}

/// The answers that are asked for again and again.
pub(crate) struct ResponseCache {
    /// What else an answer depends on: release, contract, settings.
    seed: Sha256,
    kept: Option<Cache<Tag, Kept, Size>>,
}

impl ResponseCache {
    /// A cache of so many bytes; none keeps nothing.
    pub fn new(bytes: u64, seed: &[&str]) -> Self {
        let mut digest = Sha256::new();
        seed.iter()
            .for_each(|part| add(&mut digest, part.as_bytes()));
        Self {
            seed: digest,
            kept: (bytes > 0).then(|| Cache::with_weighter(1024, bytes, Size)),
        }
    }

    /// Tells requests on different revisions and days apart; the same in every process of a release.
    pub fn tag(&self, request: &Request, revision: Revision, day: i32) -> Tag {
        let mut digest = self.seed.clone();
        add(&mut digest, &revision.id.to_be_bytes());
        add(&mut digest, &revision.recorded_at.to_be_bytes());
        add(&mut digest, &day.to_be_bytes());
        add(&mut digest, request.query.as_bytes());
        let name = request.operation_name.as_deref().unwrap_or_default();
        add(&mut digest, name.as_bytes());
        // Variables are a sorted map: one text for one content.
        let variables = serde_json::to_vec(&request.variables).unwrap_or_default();
        add(&mut digest, &variables);
        let digest: [u8; 32] = digest.finalize().into();
        let mut tag = Tag::default();
        tag.copy_from_slice(&digest[..16]);
        tag
    }

    pub fn get(&self, tag: &Tag) -> Option<Kept> {
        self.kept.as_ref()?.get(tag)
    }

    pub fn keep(&self, tag: Tag, kept: Kept) {
        if let Some(cache) = &self.kept
            && kept.body.len() <= LARGEST
        {
            cache.insert(tag, kept);
        }
    }
}

/// A part with its length, so that parts never run into each other.
fn add(digest: &mut Sha256, part: &[u8]) {
    digest.update((part.len() as u64).to_be_bytes());
    digest.update(part);
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::Variables;

    fn request(query: &str, variables: &str) -> Request {
        let variables = serde_json::from_str(variables).expect("JSON");
        Request::new(query).variables(Variables::from_json(variables))
    }

    fn revision(id: i64, recorded_at: i64) -> Revision {
        Revision { id, recorded_at }
    }

    #[test]
    fn a_tag_is_of_all_that_an_answer_depends_on() {
        let cache = ResponseCache::new(1 << 20, &["release"]);
        let tag = cache.tag(&request("{ a }", r#"{"a":1,"b":2}"#), revision(7, 3), 1);
        assert_eq!(
            tag,
            cache.tag(&request("{ a }", r#"{"b":2,"a":1}"#), revision(7, 3), 1)
        );
        let other = ResponseCache::new(1 << 20, &["another"]);
        for tag_of_other in [
            cache.tag(&request("{ b }", r#"{"a":1,"b":2}"#), revision(7, 3), 1),
            cache.tag(&request("{ a }", r#"{"a":1,"b":3}"#), revision(7, 3), 1),
            cache.tag(&request("{ a }", r#"{"a":1,"b":2}"#), revision(8, 3), 1),
            cache.tag(&request("{ a }", r#"{"a":1,"b":2}"#), revision(7, 3), 2),
            cache.tag(
                &request("{ a }", r#"{"a":1,"b":2}"#).operation_name("A"),
                revision(7, 3),
                1,
            ),
            cache.tag(&request("{ a }", r#"{"a":1,"b":2}"#), revision(7, 4), 1),
            other.tag(&request("{ a }", r#"{"a":1,"b":2}"#), revision(7, 3), 1),
        ] {
            assert_ne!(tag, tag_of_other);
        }
    }

    #[test]
    fn a_cache_holds_no_more_than_it_may() {
        let kept = |size: usize| Kept {
            body: vec![b'x'; size].into(),
            requested: 1,
            actual: 1,
        };
        let cache = ResponseCache::new(100_000, &[]);
        for number in 0..1_000_u32 {
            let mut tag = Tag::default();
            tag[..4].copy_from_slice(&number.to_be_bytes());
            cache.keep(tag, kept(1_000));
        }
        let weight = cache.kept.as_ref().map(Cache::weight);
        assert!(weight.is_some_and(|weight| (1_000..=100_000).contains(&weight)));
        cache.keep(Tag::default(), kept(LARGEST + 1));
        let none = ResponseCache::new(0, &[]);
        none.keep(Tag::default(), kept(1));
        assert!(none.get(&Tag::default()).is_none());
    }
}
