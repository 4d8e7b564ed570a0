//! Sources.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;
use store::page::Parent;

use super::Observation;
use crate::{
    connection::{self, Arguments, Connection},
    filter::{ObservationFilter, ObservationOrder},
    node,
    recorded::Recorded,
    scalar::{DateTime, PartialDate, web_address},
    vocabulary::SourceKind,
};

/// A document a fact was read in: who printed it, where and when.
#[derive(Clone, Debug)]
pub struct Source(pub entity::source::Model);

/// A document a fact was read in: who printed it, where and when.
#[Object]
impl Source {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Source, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Who printed it.
    async fn publisher(&self) -> &str {
        &self.0.publisher
    }

    /// What kind of document it is.
    async fn kind(&self) -> SourceKind {
        self.0.kind.into()
    }

    /// Title; in square brackets, or noted as rebuilt, where the page shows none.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its web address, http or https only.
    async fn url(&self) -> Option<String> {
        self.0.url.as_deref().and_then(web_address)
    }

    /// When it was published, as far as it is known.
    async fn published_on(&self) -> Option<PartialDate> {
        self.0.published_on.clone().map(PartialDate)
    }

    /// How it was read.
    async fn retrieved_from(&self) -> Option<&str> {
        self.0.retrieved_from.as_deref()
    }

    /// Doubts about its title or date.
    async fn notes(&self) -> Option<&str> {
        self.0.notes.as_deref()
    }

    /// Licence of what was taken from it.
    async fn licence(&self) -> &str {
        &self.0.licence
    }

    /// Figures read in it. `recordedAt` is that of `Query.observations`.
    async fn observations(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ObservationFilter>,
        order_by: Option<Vec<ObservationOrder>>,
        recorded_at: Option<DateTime>,
    ) -> Result<Connection<Observation>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::observation::Column::SourceId),
            self.0.id,
            arguments,
            Some(Recorded::new(ctx, filter, recorded_at)?),
            order_by,
        )
    }
}
