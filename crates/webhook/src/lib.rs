//! Webhooks: messages out, signed, to public machines only. What is sent to whom, and when again, is `graphql::webhook`'s business.

mod carrier;
mod names;
mod signature;

pub use carrier::{Carrier, NoClient};
pub use names::{Found, Names, System};
pub use signature::sign;

use graphql::{
    Service,
    webhook::{Courier, PATIENCE},
};

/// Delivers to the webhooks of a database until `stop` is done, then finishes what is under way.
pub async fn run(service: Service, stop: impl Future<Output = ()>) -> Result<(), NoClient> {
    let carrier = Carrier::new(service.webhook_reach(), System, PATIENCE)?;
    let courier = Courier::new(service, carrier, chrono::Utc::now);
    courier.run(stop).await;
    Ok(())
}
