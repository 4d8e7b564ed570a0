//! Who talks on a socket: decided once, from the handshake and from what `connection_init` carries, and checked again while the socket
//! lives, so that a revoked key ends its sockets.

use graphql::{Access, Call, Key, Service, Visitor};
use serde_json::{Map, Value};

/// Who talks on a socket.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub visitor: Visitor,
    /// The key that was shown, in the handshake or after it.
    pub key: Option<Key>,
}

/// The client may not be here: the socket is closed with 4403.
#[derive(Debug)]
pub struct Forbidden;

/// Who the client is once it has said `connection_init`: browsers cannot send headers with a handshake, so the payload may carry
/// `Authorization: "Bearer bab_…"` instead.
pub async fn authenticate(
    service: &Service,
    init: &Map<String, Value>,
    shown: Viewer,
) -> Result<Viewer, Forbidden> {
    let mut given = init
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("authorization"))
        .map(|(_, value)| value);
    let credentials = match (given.next(), given.next()) {
        (None, _) => return Ok(shown),
        (Some(Value::String(value)), None) => value,
        _ => return Err(Forbidden),
    };
    let key = service
        .authenticate(credentials, shown.visitor)
        .await
        .map_err(|_| Forbidden)?;
    Ok(Viewer {
        key: Some(key),
        ..shown
    })
}

impl Viewer {
    /// Whether the client may still be here. While the database does not answer, it may.
    pub async fn check_again(&self, service: &Service) -> Result<(), Forbidden> {
        let Some(key) = &self.key else {
            return Ok(());
        };
        match service.is_in_force(key).await {
            Ok(false) => Err(Forbidden),
            Ok(true) | Err(_) => Ok(()),
        }
    }

    /// One operation of the client.
    pub fn call(&self, request_id: String) -> Call {
        Call {
            access: Access::ReadWrite,
            request_id,
            visitor: self.visitor,
            key: self.key.clone(),
        }
    }
}
