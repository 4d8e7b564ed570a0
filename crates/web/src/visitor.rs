//! Who calls: the address limits are held against.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use graphql::Visitor;
use poem::{Request, http::HeaderMap};

/// The caller's address. A proxy stands on this machine or beside it: then the address it adds last to `X-Forwarded-For` counts, which
/// is the one it saw, whatever a caller wrote before it.
pub fn visitor(request: &Request) -> Visitor {
    let peer = request.remote_addr().as_socket_addr().map(SocketAddr::ip);
    Visitor::Address(caller(peer, request.headers()))
}

fn caller(peer: Option<IpAddr>, headers: &HeaderMap) -> IpAddr {
    let Some(peer) = peer else {
        return Ipv4Addr::UNSPECIFIED.into();
    };
    let forwarded = is_near(peer).then(|| {
        let named = headers.get_all("x-forwarded-for").iter().next_back()?;
        address(named.to_str().ok()?.rsplit(',').next()?.trim())
    });
    forwarded.flatten().unwrap_or(peer)
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    text.parse().ok().or_else(with_port)
}

fn is_near(peer: IpAddr) -> bool {
    match peer.to_canonical() {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> IpAddr {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        caller(peer.parse().ok(), &headers)
    }

    #[test]
    fn a_proxy_beside_us_says_who_called_and_nobody_else_can() {
        for (peer, forwarded, expected) in [
            ("203.0.113.5", &[][..], "203.0.113.5"),
            ("203.0.113.5", &["198.51.100.1"], "203.0.113.5"),
            ("127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::1", &["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.2", &["6.6.6.6", "198.51.100.1:80"], "198.51.100.1"),
            ("::ffff:10.0.0.2", &["[2001:db8::1]:80"], "2001:db8::1"),
            ("127.0.0.1", &["unknown"], "127.0.0.1"),
            ("127.0.0.1", &[""], "127.0.0.1"),
        ] {
            let expected: IpAddr = expected.parse().unwrap();
            assert_eq!(seen(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }
}
