//! Who talks on a socket: decided once, from what `connection_init` carries, and checked again while the socket lives.

use graphql::{Access, Call, Visitor};
use poem::http::HeaderMap;
use serde_json::{Map, Value};

/// Who talks on a socket.
#[derive(Clone, Debug)]
pub struct Viewer {
    visitor: Visitor,
}

/// The client may not be here: the socket is closed with 4403.
#[derive(Debug)]
pub struct Forbidden;

/// Who the client is, from the payload of its `connection_init` and the headers of its handshake. Everybody is let in.
pub async fn authenticate(
    _init: &Map<String, Value>,
    _headers: &HeaderMap,
    visitor: Visitor,
) -> Result<Viewer, Forbidden> {
    Ok(Viewer { visitor })
}

impl Viewer {
    /// Whether the client may still be here.
    pub async fn check_again(&self) -> Result<(), Forbidden> {
        Ok(())
    }

    /// One operation of the client.
    pub fn call(&self, request_id: String) -> Call {
        Call {
            access: Access::ReadWrite,
            request_id,
            visitor: self.visitor,
        }
    }
}
