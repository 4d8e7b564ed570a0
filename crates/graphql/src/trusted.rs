//! Trusted documents: registered by the operator from what relay-compiler or graphql-codegen wrote, and run by their id.

use std::collections::{HashMap, HashSet};

/// The longest id, in bytes: `sha256:` and its digits fit.
const LONGEST_ID: usize = 128;

/// Documents by id.
#[derive(Clone, Debug, Default)]
pub struct TrustedDocuments {
    by_id: HashMap<String, String>,
    texts: HashSet<String>,
}

/// Why a file of documents is not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTrusted {
    #[error(
        "it must be one JSON object of ids and documents, as relay-compiler and graphql-codegen write it: {0}"
    )]
    Shape(#[from] serde_json::Error),
    #[error("the id {0:?} is empty or longer than {LONGEST_ID} bytes")]
    Id(String),
    #[error("the document {id:?} does not parse: {error}")]
    Document { id: String, error: String },
    #[error("the id {0:?} stands for two documents")]
    Twice(String),
}

impl TrustedDocuments {
    /// Adds the documents of a file: a JSON object of ids and texts.
    pub fn add(&mut self, json: &str) -> Result<(), NotTrusted> {
        let documents: HashMap<String, String> = serde_json::from_str(json)?;
        for (id, text) in documents {
            if id.is_empty() || id.len() > LONGEST_ID {
                return Err(NotTrusted::Id(id.chars().take(LONGEST_ID).collect()));
            }
            if let Err(error) = async_graphql::parser::parse_query(&text) {
                let error = error.to_string();
                return Err(NotTrusted::Document { id, error });
            }
            if self.by_id.get(&id).is_some_and(|known| *known != text) {
                return Err(NotTrusted::Twice(id));
            }
            self.texts.insert(text.clone());
            self.by_id.insert(id, text);
        }
        Ok(())
    }

    /// The document registered under an id, with or without `sha256:` before it.
    pub fn by_id(&self, id: &str) -> Option<&str> {
        let bare = id.strip_prefix("sha256:").unwrap_or(id);
        let found = self.by_id.get(id).or_else(|| self.by_id.get(bare));
        found.map(String::as_str)
    }

    /// Whether exactly this text is registered.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.texts.contains(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_compilers_write_is_read() {
        let mut documents = TrustedDocuments::default();
        documents
            .add(r#"{"abc":"query A { __typename }"}"#)
            .expect("documents");
        assert_eq!(documents.by_id("sha256:abc"), documents.by_id("abc"));
        assert!(documents.holds("query A { __typename }") && !documents.holds("{ __typename }"));
        assert!(documents.by_id("abcd").is_none());
    }

    #[test]
    fn what_is_no_register_is_refused_and_says_why() {
        for (json, said) in [
            ("[]", "one JSON object"),
            (r#"{"a":1}"#, "one JSON object"),
            (r#"{"":"{ a }"}"#, "is empty"),
            (r#"{"a":"{"}"#, "does not parse"),
        ] {
            let error = TrustedDocuments::default().add(json).expect_err(json);
            assert!(error.to_string().contains(said), "{json}: {error}");
        }
        let mut documents = TrustedDocuments::default();
        documents.add(r#"{"a":"{ a }"}"#).expect("documents");
        assert!(documents.add(r#"{"a":"{ b }"}"#).is_err());
    }
}
