//! Where a webhook may be sent: the form of its address, and which machines may be reached.
//!
//! Whoever names an address makes this server connect to it. So nothing behind the operator's walls may be named: neither as an address of a
//! machine, in whatever way it is written, nor as a name that leads to one. What a name leads to is asked again at each sending, by whoever
//! sends, and each address found is held against [`is_public`] before anything connects to it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// The longest address, in bytes.
const LONGEST: usize = 2_000;

/// Names under these lead to machines of one house, or nowhere.
const INNER: [&str; 12] = [
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "corp",
    "home",
    "private",
    "home.arpa",
    "onion",
    "invalid",
];

/// Which addresses are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Public machines, over https.
    #[default]
    Public,
    /// Any machine, over http as well: to try webhooks out.
    Any,
}

/// An address that a webhook may be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(Url);

/// Why an address is not taken, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotATarget(&'static str);

impl Target {
    /// Reads an address as browsers do: `https://0x7f.1/` is `https://127.0.0.1/`, which is refused.
    pub fn parse(text: &str, reach: Reach) -> Result<Self, NotATarget> {
        let refuse = |why| Err(NotATarget(why));
        if text.len() > LONGEST {
            return refuse("an address has at most 2,000 bytes");
        }
        let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
        if text.chars().any(odd) {
            return refuse("an address has no blanks, backslashes and control characters");
        }
        let Ok(url) = Url::parse(text) else {
            return refuse("not an address: write https://partner.example/bab");
        };
        match (url.scheme(), reach) {
            ("https", _) | ("http", Reach::Any) => {}
            ("http", Reach::Public) => return refuse("write https: messages go encrypted only"),
            _ => return refuse("an address begins with https://"),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse(
                "leave user and password out of the address: check the signature instead",
            );
        }
        if url.fragment().is_some() {
            return refuse("leave out what follows #: it is never sent");
        }
        let public = match url.host() {
            Some(Host::Domain(name)) => names_public(name),
            Some(Host::Ipv4(address)) => is_public(address.into()),
            Some(Host::Ipv6(address)) => is_public(address.into()),
            None => false,
        };
        if reach == Reach::Public && !public {
            return refuse(
                "this is no public address: name a host that everybody reaches over the internet",
            );
        }
        // Mail, shells and databases listen below 1024; a message must not be something they understand.
        let port = url.port_or_known_default().unwrap_or(0);
        if reach == Reach::Public && port != 443 && port < 1024 {
            return refuse("take port 443, or one above 1023");
        }
        Ok(Self(url))
    }

    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The name or number of the machine.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The machine, where the address names it by its number and no name has to be asked for.
    pub fn number(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Domain(_) => None,
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
        }
    }
}

/// Whether a name can lead to a public machine at all.
fn names_public(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let inner = |top: &str| {
        name.strip_suffix(top)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    name.contains('.') && !INNER.into_iter().any(inner)
}

/// Whether everybody reaches this machine over the internet, and nothing else can be meant by the number.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let within = |(net, bits): ([u8; 4], u32)| {
        let mask = u32::MAX << (32 - bits);
        address.to_bits() & mask == u32::from_be_bytes(net) & mask
    };
    !NOT_PUBLIC_V4.into_iter().any(within)
}

/// IANA's registry of special addresses, and what clouds use beside it.
const NOT_PUBLIC_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    // Shared by the customers of a provider.
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    // Link-local; the metadata of clouds.
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    // The way to 6to4.
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    // What machines in Azure call their host by.
    ([168, 63, 129, 16], 32),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// Only what is given out for the public internet; so no loopback, link-local, unique-local, multicast, no IPv4 in disguise (mapped, NAT64).
fn is_public_v6(address: Ipv6Addr) -> bool {
    let within = |(net, bits): (Ipv6Addr, u32)| {
        let mask = u128::MAX << (128 - bits);
        address.to_bits() & mask == net.to_bits() & mask
    };
    let net = |a, b| Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0);
    let special = [
        // Protocols, Teredo among them.
        (net(0x2001, 0), 23),
        // Documentation.
        (net(0x2001, 0xdb8), 32),
        (net(0x3fff, 0), 20),
        // 6to4, which hides an IPv4 address.
        (net(0x2002, 0), 16),
    ];
    within((net(0x2000, 0), 3)) && !special.into_iter().any(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_over_https_are_taken() {
        for good in [
            "https://partner.example/bab",
            "https://partner.example:8443/bab?key=1",
            "https://hooks.partner.example./x",
            "https://8.8.8.8/",
            "https://[2606:4700:4700::1111]/",
            "https://جهة.المغرب/خطاف",
            "https://localhost.partner.example/",
        ] {
            assert!(Target::parse(good, Reach::Public).is_ok(), "{good}");
        }
    }

    #[test]
    fn what_lies_behind_walls_is_refused_however_it_is_written() {
        for bad in [
            // Forms.
            "",
            "partner.example",
            "//partner.example",
            "http://partner.example/",
            "ftp://partner.example/",
            "file:///etc/passwd",
            "gopher://partner.example:70/_x",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://user@partner.example/",
            "https://user:secret@partner.example/",
            "https://partner.example\\@127.0.0.1/",
            "https://partner.example/#part",
            "https://partner.example/a b",
            "https://partner.example/\r\nX: y",
            "https://partner.example:22/",
            "https://partner.example:25/",
            "https://partner.example:0/",
            "https://partner.example:99999/",
            // Names.
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://printer.local/",
            "https://metadata.google.internal/",
            "https://intranet/",
            "https://db.corp/",
            "https://router.home.arpa/",
            "https://xyz.onion/",
            // Numbers, as written by the book and otherwise.
            "https://127.0.0.1/",
            "https://127.0.0.1./",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.1/",
            "https://017700000001/",
            "https://0177.0.0.1/",
            "https://①②⑦.⓪.⓪.①/",
            "https://127。0。0。1/",
            "https://0/",
            "https://0.0.0.0/",
            "https://10.1.2.3/",
            "https://100.64.0.1/",
            "https://100.100.100.200/",
            "https://169.254.169.254/",
            "https://2852039166/",
            "https://172.16.0.1/",
            "https://172.31.255.255/",
            "https://192.0.0.192/",
            "https://192.0.2.1/",
            "https://192.88.99.1/",
            "https://192.168.1.1/",
            "https://198.18.0.1/",
            "https://198.51.100.7/",
            "https://203.0.113.7/",
            "https://168.63.129.16/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://[::]/",
            "https://[::1]/",
            "https://[0:0:0:0:0:0:0:1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[::ffff:8.8.8.8]/",
            "https://[::127.0.0.1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[64:ff9b:1::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[2002:a00:1::1]/",
            "https://[2001:0:53aa:64c:0:0:0:1]/",
            "https://[2001:db8::1]/",
            "https://[3fff::1]/",
            "https://[fc00::1]/",
            "https://[fd00:ec2::254]/",
            "https://[fe80::1]/",
            "https://[fec0::1]/",
            "https://[ff02::1]/",
            "https://[100::1]/",
            "https://[5f00::1]/",
        ] {
            assert!(Target::parse(bad, Reach::Public).is_err(), "{bad}");
        }
        let long = format!("https://partner.example/{}", "x".repeat(2_000));
        assert!(Target::parse(&long, Reach::Public).is_err());
    }

    #[test]
    fn whoever_tries_it_out_may_name_this_machine_but_still_no_password() {
        assert!(Target::parse("http://127.0.0.1:9000/x", Reach::Any).is_ok());
        assert!(Target::parse("http://localhost:9000/x", Reach::Any).is_ok());
        assert!(Target::parse("http://a:b@127.0.0.1/", Reach::Any).is_err());
        assert!(Target::parse("ftp://127.0.0.1/", Reach::Any).is_err());
    }
}
