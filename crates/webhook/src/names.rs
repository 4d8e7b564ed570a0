//! Where a name leads now: asked anew for each message, and refused when any of the machines found is not public.
//!
//! The connection is made to the addresses that were looked at, so that a name cannot lead elsewhere between the look and the connection.

use std::{
    error::Error,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The addresses of a name, when they are there.
pub type Found = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Whoever knows where names lead.
pub trait Names: Send + Sync + 'static {
    fn find(&self, name: &str) -> Found;
}

/// The machine's own resolver.
pub struct System;

impl Names for System {
    fn find(&self, name: &str) -> Found {
        let name = name.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Names of which only such are taken that lead to allowed machines, with all their addresses.
pub(crate) struct Guarded {
    pub names: Arc<dyn Names>,
    pub allowed: fn(IpAddr) -> bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the name leads to a machine that is not public")]
struct NotPublic;

#[derive(Debug, thiserror::Error)]
#[error("the name leads nowhere")]
struct Nowhere;

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, allowed) = (self.names.find(name.as_str()), self.allowed);
        Box::pin(async move {
            let found = found.await.map_err(|_| Nowhere)?;
            let refuse = |why: Box<dyn Error + Send + Sync>| Err(why);
            if found.is_empty() {
                return refuse(Nowhere.into());
            }
            if !found.iter().all(|address| allowed(*address)) {
                return refuse(NotPublic.into());
            }
            // The port is that of the address.
            let found = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(found) as Addrs)
        })
    }
}
