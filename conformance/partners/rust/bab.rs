//! Sends a typed operation to Bab, and tries again where that helps.

use std::time::Duration;

use cynic::{GraphQlResponse, Operation};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

const ATTEMPTS: u32 = 4;
const PASSING: [&str; 2] = ["RATE_LIMITED", "INTERNAL_SERVER_ERROR"];

pub struct Bab {
    http: reqwest::Client,
    address: String,
    key: String,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{code}: {message} ({request_id})")]
    Refused {
        code: String,
        message: String,
        request_id: String,
    },
    #[error("no answer: {0}")]
    Http(#[from] reqwest::Error),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    code: String,
    request_id: String,
}

impl Bab {
    pub fn new(address: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            http: reqwest::Client::new(),
            address: format!("{}/graphql", address.into()),
            key: key.into(),
        }
    }

    pub async fn ask<Data, Variables>(
        &self,
        operation: Operation<Data, Variables>,
    ) -> Result<Data, Error>
    where
        Data: DeserializeOwned,
        Variables: Serialize,
    {
        let mut attempt = 1;
        loop {
            let request = self.http.post(&self.address).bearer_auth(&self.key);
            let response = request.json(&operation).send().await?;
            let after = response.headers().get("retry-after");
            let after = after.and_then(|after| after.to_str().ok()?.parse().ok());
            let answer: GraphQlResponse<Data, Extensions> = response.json().await?;
            let error = match (
                answer.data,
                answer.errors.and_then(|all| all.into_iter().next()),
            ) {
                (Some(data), None) => return Ok(data),
                (_, error) => error,
            };
            let (message, extensions) =
                error.map(|error| (error.message, error.extensions)).unzip();
            let (code, request_id) = extensions
                .flatten()
                .map(|extensions| (extensions.code, extensions.request_id))
                .unwrap_or_default();
            if attempt == ATTEMPTS || !PASSING.contains(&code.as_str()) {
                return Err(Error::Refused {
                    code,
                    message: message.unwrap_or_default(),
                    request_id,
                });
            }
            tokio::time::sleep(Duration::from_secs(after.unwrap_or(1 << attempt))).await;
            attempt += 1;
        }
    }
}
