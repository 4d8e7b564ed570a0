//! What nobody waits for any more, and what must not wait for others.

use std::time::Duration;

use chrono::NaiveDate;
use store::feedback::{self, Count};
use tokio::{task::JoinSet, time::timeout};

use crate::data;

/// Long for a machine that does other things, and less than anything here would wait for by itself.
const SOON: Duration = Duration::from_secs(8);

/// Four writers wait for a fifth in another process; whoever reads does not.
#[tokio::test]
async fn readers_wait_for_no_writer() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let other = store::Store::connect(&database.url).await.unwrap();
        let held = store::database::hold_writers(&other).await.unwrap();
        let mut writers = JoinSet::new();
        for day in 1..=10 {
            let store = database.store.clone();
            let count = Count {
                day: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
                reason: "FUTURE".into(),
                kind: "COUNT".into(),
                form: "EN".into(),
                times: 1,
            };
            writers.spawn(async move { feedback::add_unanswered(&store, &[count]).await });
        }
        // They are under way when others have had their turn.
        for _ in 0..10 {
            let read = data(&service, "{ sites { totalCount } parks { totalCount } }");
            timeout(SOON, read).await.expect("readers do not wait");
        }
        drop(held);
        while let Some(written) = writers.join_next().await {
            written.unwrap().unwrap();
        }
    })
    .await;
}
