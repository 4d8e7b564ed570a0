//! A few rows of vocabulary and figures over them, so that a test can write as often as it likes.

use chrono::{DateTime, Utc};
use entity::{Level, Measure, Qualifier, SourceKind, observation};
use store::{
    Store,
    load::{self, Batch},
};

/// When everything here is recorded.
const RECORDED: &str = "2026-11-24T08:00:00Z";

fn now() -> DateTime<Utc> {
    RECORDED.parse().expect("a date of RFC 3339")
}

/// Fills an empty database: two territories (`A`, and `B` in it), two indicators (`jobs`, `companies`), one source, one figure.
pub async fn fill(store: &Store) {
    let unit = entity::unit::Draft {
        key: "count".into(),
        name_fr: "nombre".into(),
        name_en: "number".into(),
        name_ar: "عدد".into(),
        symbol: None,
    };
    let territory = |key: &str, level, parent: Option<&str>| entity::territory::Draft {
        key: key.into(),
        level,
        parent: parent.map(str::to_owned),
        name_fr: key.into(),
        name_ar: key.into(),
        name_en: key.into(),
        slug: key.to_lowercase(),
        aliases: Vec::new(),
        kind: "region".into(),
        iso_3166_2: None,
        source: "source".into(),
    };
    let indicator = |key: &str| entity::indicator::Draft {
        key: key.into(),
        name_fr: key.into(),
        name_en: key.into(),
        name_ar: None,
        unit: "count".into(),
        measure: Measure::Stock,
        definition_fr: None,
        higher_is_better: None,
    };
    let batch = Batch {
        sources: vec![source("Title")],
        units: vec![unit],
        territories: vec![
            territory("A", Level::Region, None),
            territory("B", Level::Province, Some("A")),
        ],
        indicators: vec![indicator("jobs"), indicator("companies")],
        observations: vec![figure("first", "jobs", "A", 1.0)],
        ..Batch::default()
    };
    write(store, batch).await;
}

/// A figure of one indicator and territory.
pub fn figure(key: &str, indicator: &str, territory: &str, value: f64) -> observation::Draft {
    observation::Draft {
        key: key.into(),
        indicator: indicator.into(),
        territory: Some(territory.into()),
        activity: None,
        subject: None,
        period: None,
        period_basis: None,
        value,
        value_max: None,
        qualifier: Qualifier::Exact,
        scope: None,
        producer: None,
        source: "source".into(),
        note: None,
    }
}

/// Writes figures in one transaction.
pub async fn state(store: &Store, observations: Vec<observation::Draft>) {
    let batch = Batch {
        observations,
        ..Batch::default()
    };
    write(store, batch).await;
}

/// Ends figures with none in their place.
pub async fn withdraw(store: &Store, keys: &[&str]) {
    let batch = Batch {
        withdrawn: keys.iter().map(|key| (*key).to_owned()).collect(),
        ..Batch::default()
    };
    write(store, batch).await;
}

/// Gives the source another title, which changes no figure.
pub async fn rename_source(store: &Store, title: &str) {
    let batch = Batch {
        sources: vec![source(title)],
        ..Batch::default()
    };
    write(store, batch).await;
}

fn source(title: &str) -> entity::source::Draft {
    entity::source::Draft {
        key: "source".into(),
        kind: SourceKind::Official,
        publisher: "Publisher".into(),
        title: title.into(),
        url: None,
        published_on: None,
        retrieved_from: None,
        notes: None,
        licence: "CC BY 4.0".into(),
    }
}

async fn write(store: &Store, batch: Batch) {
    load::apply(
        store,
        &batch,
        &store::audit_entry::Act::of_operator(now(), "a test"),
    )
    .await
    .expect("the batch is written");
}
