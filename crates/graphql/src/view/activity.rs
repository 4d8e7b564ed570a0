//! Activities.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;
use store::page::Parent;

use super::{Observation, Site, Source, maybe, one};
use crate::{
    connection::{self, Arguments, Connection},
    filter::{
        ActivityFilter, ActivityOrder, ObservationFilter, ObservationOrder, SiteFilter, SiteOrder,
    },
    locale::{Locale, LocalisedText, Texts},
    node,
    recorded::Recorded,
    scalar::DateTime,
};

/// A branch of the activity tree: offshoring and its segments.
#[derive(Clone, Debug)]
pub struct Activity(pub entity::activity::Model);

/// A branch of the activity tree: offshoring and its segments.
#[Object]
impl Activity {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Activity, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Name, in French when no language is asked. Stored in French, English and Arabic; ARY gives the Arabic one.
    async fn name(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.0.name_fr),
            en: Some(&self.0.name_en),
            ar: Some(&self.0.name_ar),
        }
        .name(locale)
    }

    /// What it covers. Stored in French, and given in French whatever language is asked; null when no source defines it.
    async fn definition(&self, locale: Option<Locale>) -> Option<LocalisedText> {
        Texts {
            fr: self.0.definition_fr.as_deref(),
            ..Texts::default()
        }
        .pick(locale)
    }

    /// Class of ISIC revision 4, where one fits.
    async fn isic(&self) -> Option<&str> {
        self.0.isic.as_deref()
    }

    /// The activity it belongs to.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Activity>> {
        maybe(ctx, self.0.parent_id).await
    }

    /// The activities that belong to it.
    async fn children(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ActivityFilter>,
        order_by: Option<Vec<ActivityOrder>>,
    ) -> Result<Connection<Activity>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::activity::Column::ParentId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Sites with this activity or one that belongs to it.
    async fn sites(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SiteFilter>,
        order_by: Option<Vec<SiteOrder>>,
    ) -> Result<Connection<Site>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Link {
                table: "activity_ancestors",
                parent: "ancestor_id",
                child: "activity_id",
                own: entity::site::Column::ActivityId,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Figures that refer to exactly this activity. `recordedAt` is that of `Query.observations`.
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
            Parent::Column(entity::observation::Column::ActivityId),
            self.0.id,
            arguments,
            Some(Recorded::new(ctx, filter, recorded_at)?),
            order_by,
        )
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
