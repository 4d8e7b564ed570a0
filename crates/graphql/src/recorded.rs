//! The database as it stood at an instant of the past: what was recorded by then and not superseded yet.

use async_graphql::{Context, Result};
use chrono::{DateTime, SecondsFormat, Utc};

use crate::{
    aggregate::Narrowed, connection::ListFilter, error::bad_input, filter::ObservationFilter,
    scalar, service,
};

/// What is asked of observations, and as of when.
pub struct Recorded {
    filter: Option<ObservationFilter>,
    at: Option<DateTime<Utc>>,
}

impl Recorded {
    pub fn new(
        ctx: &Context<'_>,
        filter: Option<ObservationFilter>,
        at: Option<scalar::DateTime>,
    ) -> Result<Self> {
        let at = instant(ctx, at)?;
        Ok(Self { filter, at })
    }
}

impl ListFilter for Recorded {
    fn filter(&self) -> store::Filter {
        let filter = self.filter.as_ref().map(ListFilter::filter);
        filter.unwrap_or_default()
    }

    fn recorded_at(&self) -> Option<DateTime<Utc>> {
        self.at
    }

    fn narrowed(&self) -> Narrowed {
        let narrowed = self.filter.as_ref().map(ListFilter::narrowed);
        narrowed.unwrap_or_default()
    }
}

/// The instant of an argument `recordedAt`; one that is still to come is refused, for what will be recorded by then is not known.
pub fn instant(ctx: &Context<'_>, at: Option<scalar::DateTime>) -> Result<Option<DateTime<Utc>>> {
    let now = service::service(ctx).now();
    match at {
        Some(scalar::DateTime(at)) if at > now => Err(bad_input(format!(
            "recordedAt {} is still to come (it is {} now); leave it out for what is recorded now",
            at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            now.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        ))),
        at => Ok(at.map(|at| at.0)),
    }
}
