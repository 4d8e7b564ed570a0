//! The messages of graphql-transport-ws, read strictly and written exactly.

use graphql::{Request, TrustedDocuments};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::parameters;

/// The longest id of an operation, in bytes.
const ID: usize = 128;

/// A message of the client.
#[derive(Debug)]
pub enum Received {
    Init(Map<String, Value>),
    Ping(Option<Value>),
    Pong,
    Subscribe(String, Box<Request>),
    Complete(String),
}

/// Reads one message, or says what is wrong with it: the socket is then closed with 4400.
pub fn read(text: &str, trusted: &TrustedDocuments) -> Result<Received, String> {
    let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
        return Err("a message is a JSON object".into());
    };
    let Some(Value::String(kind)) = message.remove("type") else {
        return Err("a message has a type, which is a string".into());
    };
    match kind.as_str() {
        "connection_init" => Ok(Received::Init(payload(&mut message)?.unwrap_or_default())),
        "ping" => Ok(Received::Ping(payload(&mut message)?.map(Value::Object))),
        "pong" => payload(&mut message).map(|_| Received::Pong),
        "subscribe" => {
            let id = id(&mut message)?;
            let Some(payload) = payload(&mut message)? else {
                return Err("subscribe has a payload with a query".into());
            };
            let request = parameters::from_value(Value::Object(payload), trusted)
                .map_err(|refusal| refusal.message().to_owned())?;
            Ok(Received::Subscribe(id, Box::new(request)))
        }
        "complete" => Ok(Received::Complete(id(&mut message)?)),
        "connection_ack" | "next" | "error" => Err(format!(
            "a message of type {kind} is never sent by a client"
        )),
        _ => Err("there is no such type of message".into()),
    }
}

fn payload(message: &mut Map<String, Value>) -> Result<Option<Map<String, Value>>, String> {
    match message.remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err("a payload is an object".into()),
    }
}

fn id(message: &mut Map<String, Value>) -> Result<String, String> {
    match message.remove("id") {
        Some(Value::String(id)) if (1..=ID).contains(&id.len()) => Ok(id),
        _ => Err(format!("an id is a string of 1 to {ID} bytes")),
    }
}

pub fn acknowledgement() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

pub fn ping() -> String {
    json!({ "type": "ping" }).to_string()
}

/// The answer to a ping, with what it carried.
pub fn pong(payload: Option<Value>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }).to_string(),
        None => json!({ "type": "pong" }).to_string(),
    }
}

/// One result of an operation.
pub fn next(id: &str, response: &graphql::Response) -> String {
    about("next", id, response)
}

/// The end of an operation that was refused or broke off.
pub fn error(id: &str, errors: &impl Serialize) -> String {
    about("error", id, errors)
}

/// The end of an operation.
pub fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

fn about(kind: &'static str, id: &str, payload: impl Serialize) -> String {
    #[derive(Serialize)]
    struct About<'a, P> {
        id: &'a str,
        r#type: &'static str,
        payload: P,
    }
    let about = About {
        id,
        r#type: kind,
        payload,
    };
    serde_json::to_string(&about).expect("a GraphQL answer has only string keys")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Received, String> {
        super::read(text, &TrustedDocuments::default())
    }

    #[test]
    fn what_the_protocol_does_not_know_is_refused() {
        for text in [
            "",
            "x",
            "[]",
            "null",
            "{}",
            r#"{"type":1}"#,
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"connection_ack"}"#,
            r#"{"type":"next","id":"1","payload":{}}"#,
            r#"{"type":"error","id":"1","payload":[]}"#,
            r#"{"type":"connection_init","payload":"key"}"#,
            r#"{"type":"ping","payload":[]}"#,
            r#"{"type":"subscribe","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","operationName":{}}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","extensions":"x"}}"#,
            r#"{"type":"complete"}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(
            read(&format!(
                r#"{{"type":"complete","id":"{}"}}"#,
                "x".repeat(129)
            ))
            .is_err()
        );
        assert!(read(&format!("{}{}", "[".repeat(10_000), "]".repeat(10_000))).is_err());
    }

    #[test]
    fn what_the_protocol_knows_is_taken() {
        assert!(matches!(
            read(r#"{"type":"connection_init"}"#),
            Ok(Received::Init(payload)) if payload.is_empty()
        ));
        assert!(matches!(
            read(r#"{"type":"ping","payload":{"at":1}}"#),
            Ok(Received::Ping(Some(_)))
        ));
        assert!(matches!(
            read(r#"{"type":"pong","payload":null}"#),
            Ok(Received::Pong)
        ));
        let subscribe = r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":null,"operationName":null,"extensions":null}}"#;
        assert!(matches!(read(subscribe), Ok(Received::Subscribe(id, _)) if id == "1"));
        assert!(matches!(
            read(r#"{"id":"1","type":"complete"}"#),
            Ok(Received::Complete(_))
        ));
    }
}
