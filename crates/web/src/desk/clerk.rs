//! Sends documents with the key of whoever is signed in, and reads what comes back.

use graphql::{Access, Call, Refusal as Refused, Request as Operation, Response, Variables};
use poem::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{trouble::Trouble, visit::Seat};
use crate::user_error::{UserError, errors};

/// What came of a mutation: what it answers, or why its input was not even read.
pub type Sent<T> = Result<T, Vec<UserError>>;

impl Seat<'_> {
    /// What a query answers.
    pub async fn ask<T: DeserializeOwned>(
        &self,
        document: &str,
        variables: Value,
    ) -> Result<T, Trouble> {
        let answer = self.run(Access::ReadOnly, document, variables).await?;
        match errors(&answer).first() {
            Some(error) => Err(self.trouble(error)),
            None => self.read(answer),
        }
    }

    /// What a mutation answers. Input that the contract does not take is told as what is wrong with it.
    pub async fn send<T: DeserializeOwned>(
        &self,
        document: &str,
        variables: Value,
    ) -> Result<Sent<T>, Trouble> {
        let answer = self.run(Access::ReadWrite, document, variables).await?;
        let errors = errors(&answer);
        match errors.first() {
            None => self.read(answer).map(Ok),
            Some(error) if error.code == "BAD_USER_INPUT" => Ok(Err(errors)),
            Some(error) => Err(self.trouble(error)),
        }
    }

    async fn run(
        &self,
        access: Access,
        document: &str,
        variables: Value,
    ) -> Result<Response, Trouble> {
        let call = Call {
            access,
            request_id: self.visit.request_id.clone(),
            visitor: self.visit.visitor,
            key: Some(self.session.key.clone()),
        };
        let operation = Operation::new(document).variables(Variables::from_json(variables));
        let reply = graphql::execute(&self.desk.service, &call, operation).await;
        match reply.refused {
            Some(Refused::RateLimited(after)) => Err(Trouble::TooMany(after)),
            _ => Ok(reply.response),
        }
    }

    fn read<T: DeserializeOwned>(&self, answer: Response) -> Result<T, Trouble> {
        let data = answer.data.into_json();
        let read = data.and_then(serde_json::from_value::<T>);
        read.map_err(|error| self.visit.failed(&error))
    }

    fn trouble(&self, error: &UserError) -> Trouble {
        let UserError { code, message, .. } = error;
        let status = match code.as_str() {
            "UNAUTHENTICATED" => return Trouble::SignedOut,
            "FORBIDDEN" => return Trouble::Forbidden,
            "NOT_FOUND" => return Trouble::Missing,
            "BAD_USER_INPUT" | "TOO_COMPLEX" => StatusCode::BAD_REQUEST,
            "TIMEOUT" => StatusCode::GATEWAY_TIMEOUT,
            _ => {
                let id = &self.visit.request_id;
                tracing::error!(id, code, message, "a document of the desk failed");
                return Trouble::Failed;
            }
        };
        Trouble::Told(status, message.clone())
    }
}
