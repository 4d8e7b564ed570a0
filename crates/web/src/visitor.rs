//! Who calls: the address limits are held against.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use graphql::Visitor;
use ipnet::IpNet;
use poem::{Request, http::HeaderMap};

/// The proxies whose word counts.
#[derive(Clone, Debug)]
pub enum Proxies {
    /// One that stands on this machine.
    Near,
    /// Those of these networks, and no others.
    In(Vec<IpNet>),
}

impl Proxies {
    fn trusts(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        match self {
            Self::In(networks) => networks.iter().any(|network| network.contains(&peer)),
            Self::Near => peer.is_loopback(),
        }
    }

    /// The caller's address. A trusted proxy adds the address it saw last to `X-Forwarded-For`: that one counts, whatever a caller wrote
    /// before it.
    pub fn visitor(&self, request: &Request) -> Visitor {
        let peer = request.remote_addr().as_socket_addr().map(SocketAddr::ip);
        Visitor::Address(self.caller(peer, request.headers()))
    }

    fn caller(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> IpAddr {
        let Some(peer) = peer else {
            return Ipv4Addr::UNSPECIFIED.into();
        };
        let forwarded = self.trusts(peer).then(|| {
            let named = headers.get_all("x-forwarded-for").iter().next_back()?;
            address(named.to_str().ok()?.rsplit(',').next()?.trim())
        });
        forwarded.flatten().unwrap_or(peer)
    }
}

/// Who sent a request that came through [`crate::Edge`].
pub fn visitor(request: &Request) -> Visitor {
    let unknown = Visitor::Address(Ipv4Addr::UNSPECIFIED.into());
    request.data::<Visitor>().copied().unwrap_or(unknown)
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    text.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(proxies: &Proxies, peer: &str, forwarded: &[&str]) -> IpAddr {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        proxies.caller(peer.parse().ok(), &headers)
    }

    #[test]
    fn a_proxy_beside_us_says_who_called_and_nobody_else_can() {
        for (peer, forwarded, expected) in [
            ("203.0.113.5", &[][..], "203.0.113.5"),
            ("203.0.113.5", &["198.51.100.1"], "203.0.113.5"),
            ("127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::1", &["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.2", &["198.51.100.1"], "10.0.0.2"),
            ("127.0.0.1", &["6.6.6.6", "198.51.100.1:80"], "198.51.100.1"),
            ("::ffff:127.0.0.1", &["[2001:db8::1]:80"], "2001:db8::1"),
            ("127.0.0.1", &["unknown"], "127.0.0.1"),
            ("127.0.0.1", &[""], "127.0.0.1"),
        ] {
            let expected: IpAddr = expected.parse().unwrap();
            assert_eq!(
                seen(&Proxies::Near, peer, forwarded),
                expected,
                "{peer} {forwarded:?}"
            );
        }
    }

    #[test]
    fn named_proxies_count_and_no_others() {
        let proxies = Proxies::In(vec!["198.51.100.0/24".parse().unwrap()]);
        for (peer, expected) in [("198.51.100.7", "192.0.2.1"), ("127.0.0.1", "127.0.0.1")] {
            let expected: IpAddr = expected.parse().unwrap();
            assert_eq!(seen(&proxies, peer, &["192.0.2.1"]), expected, "{peer}");
        }
    }
}
