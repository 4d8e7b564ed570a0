//! Following what changes in the database, whoever changes it, beside the doors that tell of it.

use graphql::Service;
use tokio::task::JoinHandle;

use crate::stop::Stop;

/// The task that follows; it ends with this.
pub struct Following(JoinHandle<()>);

/// Follows until it is time to stop.
pub fn follow(service: &Service, stop: &Stop) -> Following {
    let (service, stop) = (service.clone(), stop.clone());
    Following(tokio::spawn(async move {
        service.follow_changes(stop.wait()).await;
    }))
}

impl Drop for Following {
    fn drop(&mut self) {
        self.0.abort();
    }
}
