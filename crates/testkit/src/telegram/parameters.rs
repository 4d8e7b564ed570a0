//! Parameters of a call, whether they came as JSON, as a form or in parts with files.

use std::collections::BTreeMap;

use poem::web::{Form, Multipart, Query};
use poem::{FromRequest, Request, RequestBody};
use serde_json::{Map, Value};

use super::answer::Refusal;

/// What a call brought along.
pub(crate) struct Parameters {
    pub fields: Map<String, Value>,
    /// The attached files, by the name of their part.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Parameters {
    /// Reads the query string and the body; 400 when the body is not what its content type says.
    pub async fn read(request: &Request, body: &mut RequestBody) -> Result<Self, Refusal> {
        let mut read = Self {
            fields: Map::new(),
            files: BTreeMap::new(),
        };
        if let Ok(Query(pairs)) =
            Query::<Vec<(String, String)>>::from_request_without_body(request).await
        {
            read.take_pairs(pairs);
        }
        let kind = request
            .content_type()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            read.take_parts(request, body).await?;
            return Ok(read);
        }
        if kind.starts_with("application/x-www-form-urlencoded") {
            let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, body)
                .await
                .map_err(|_| Refusal::bad("the form could not be read"))?;
            read.take_pairs(pairs);
            return Ok(read);
        }
        let bytes = match body.take() {
            Ok(body) => body
                .into_bytes()
                .await
                .map_err(|_| Refusal::bad("the body could not be read"))?,
            Err(_) => return Ok(read),
        };
        if kind.starts_with("application/json") && !bytes.is_empty() {
            match serde_json::from_slice(&bytes) {
                Ok(Value::Object(object)) => read.fields.extend(object),
                _ => return Err(Refusal::bad("can't parse JSON object")),
            }
        }
        Ok(read)
    }

    fn take_pairs(&mut self, pairs: Vec<(String, String)>) {
        self.fields.extend(
            pairs
                .into_iter()
                .map(|(name, value)| (name, Value::String(value))),
        );
    }

    async fn take_parts(
        &mut self,
        request: &Request,
        body: &mut RequestBody,
    ) -> Result<(), Refusal> {
        let broken = |_| Refusal::bad("the parts of the body could not be read");
        let mut parts = Multipart::from_request(request, body)
            .await
            .map_err(broken)?;
        while let Ok(Some(part)) = parts.next_field().await {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let bytes = part
                .bytes()
                .await
                .map_err(|_| Refusal::bad("a part of the body could not be read"))?;
            if is_file {
                self.files.insert(name, bytes);
            } else {
                self.fields.insert(
                    name,
                    Value::String(String::from_utf8_lossy(&bytes).into_owned()),
                );
            }
        }
        Ok(())
    }

    /// A field as text: numbers and booleans become their digits and words.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.fields.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    }

    /// A field as a whole number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    /// A field as a boolean; absent is false.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.text(name).as_deref(), Some("true" | "True" | "1"))
    }

    /// A field that holds JSON, either as such or as a string of it (forms do that).
    pub fn json(&self, name: &str) -> Result<Option<Value>, Refusal> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => match serde_json::from_str(text) {
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(Refusal::bad(format!("can't parse {name} JSON object"))),
            },
            Some(value) => Ok(Some(value.clone())),
        }
    }
}
