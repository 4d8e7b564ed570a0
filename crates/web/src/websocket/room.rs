//! How many sockets there are, in total and of each address.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use graphql::Visitor;
use metrics::gauge;
use poem::http::StatusCode;

use super::SocketLimits;
use crate::refusal::Refusal;

/// The sockets that are open.
pub struct Room {
    limits: SocketLimits,
    taken: Mutex<HashMap<Visitor, usize>>,
}

/// The place of one socket; free again when it is dropped.
pub struct Place {
    room: Arc<Room>,
    visitor: Visitor,
}

impl Room {
    pub fn new(limits: SocketLimits) -> Arc<Self> {
        Arc::new(Self {
            limits,
            taken: Mutex::default(),
        })
    }

    /// A place for one more socket of an address.
    pub fn take(self: &Arc<Self>, visitor: Visitor) -> Result<Place, Refusal> {
        let visitor = visitor.household();
        let mut taken = self.taken();
        if taken.values().sum::<usize>() >= self.limits.in_total {
            return Err(Refusal::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "All sockets are taken; try again in a minute.",
            ));
        }
        let own = taken.entry(visitor).or_default();
        if *own >= self.limits.of_one_address {
            return Err(Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                format!(
                    "{} sockets of this address are open; several subscriptions fit on one.",
                    self.limits.of_one_address
                ),
            ));
        }
        *own += 1;
        gauge!("bab_sockets").increment(1.0);
        Ok(Place {
            room: self.clone(),
            visitor,
        })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Visitor, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        gauge!("bab_sockets").decrement(1.0);
        let mut taken = self.room.taken();
        if let Some(own) = taken.get_mut(&self.visitor) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.visitor);
            }
        }
    }
}
