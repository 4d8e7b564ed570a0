//! Who sends a request, as far as limits need to know. Never stored, never logged.

use std::{
    hash::{BuildHasher, RandomState},
    net::{IpAddr, Ipv6Addr},
};

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Visitor {
    /// Somebody at an address of the network.
    Address(IpAddr),
    /// Somebody on Telegram, by the number of the account.
    Account(i64),
    /// Whoever runs this program: not limited.
    Operator,
}

impl Visitor {
    /// The same for everybody who counts as one visitor: one household of IPv6 has many addresses.
    pub fn household(self) -> Self {
        match self {
            Self::Address(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
                Some(address) => Self::Address(IpAddr::V4(address)),
                None => Self::Address(network(address).into()),
            },
            other => other,
        }
    }

    /// A number that means nothing outside this process; none for the operator.
    pub(crate) fn number(self, process: &RandomState) -> Option<u64> {
        match self {
            Self::Address(_) | Self::Account(_) => Some(process.hash_one(self.household())),
            Self::Operator => None,
        }
    }
}

fn network(address: Ipv6Addr) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)
}
