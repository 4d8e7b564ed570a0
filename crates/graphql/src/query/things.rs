//! One thing by its key, its id or its name.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use futures_util::future::try_join_all;

use crate::{
    error::{bad_input, from_store},
    loader,
    node::{self, Node},
    service,
    view::{
        Activity, Agreement, Event, Incentive, Indicator, Observation, Organisation, Park, Plan,
        Project, Site, Source, Territory, TrainingProgramme,
    },
    vocabulary::ConceptKind,
};

/// One thing at a time.
#[derive(Default)]
pub struct Things;

/// A thing found by one of its names.
#[derive(SimpleObject)]
struct SearchHit {
    /// What kind of thing it is.
    kind: ConceptKind,
    /// The name or alias that matched.
    matched: String,
    /// The thing.
    node: Node,
}

#[Object]
impl Things {
    /// The thing with a global id.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        node::find(ctx, &id).await
    }

    /// The things with these global ids, in the same order; at most 100.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(validator(max_items = 100))] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        try_join_all(ids.iter().map(|id| node::find(ctx, id))).await
    }

    /// The territory with an HCP code, such as `03.231`.
    async fn territory(&self, ctx: &Context<'_>, code: String) -> Result<Option<Territory>> {
        Ok(loader::by_key::<entity::territory::Entity>(ctx, &code)
            .await?
            .map(Territory))
    }

    /// The activity with a key.
    async fn activity(&self, ctx: &Context<'_>, key: String) -> Result<Option<Activity>> {
        Ok(loader::by_key::<entity::activity::Entity>(ctx, &key)
            .await?
            .map(Activity))
    }

    /// The organisation with a key.
    async fn organisation(&self, ctx: &Context<'_>, key: String) -> Result<Option<Organisation>> {
        Ok(loader::by_key::<entity::organisation::Entity>(ctx, &key)
            .await?
            .map(Organisation))
    }

    /// The site with a key.
    async fn site(&self, ctx: &Context<'_>, key: String) -> Result<Option<Site>> {
        Ok(loader::by_key::<entity::site::Entity>(ctx, &key)
            .await?
            .map(Site))
    }

    /// The park with a key.
    async fn park(&self, ctx: &Context<'_>, key: String) -> Result<Option<Park>> {
        Ok(loader::by_key::<entity::park::Entity>(ctx, &key)
            .await?
            .map(Park))
    }

    /// The indicator with a key.
    async fn indicator(&self, ctx: &Context<'_>, key: String) -> Result<Option<Indicator>> {
        Ok(loader::by_key::<entity::indicator::Entity>(ctx, &key)
            .await?
            .map(Indicator))
    }

    /// The observation in force with a key.
    async fn observation(&self, ctx: &Context<'_>, key: String) -> Result<Option<Observation>> {
        Ok(loader::by_key::<entity::observation::Entity>(ctx, &key)
            .await?
            .map(Observation))
    }

    /// The project with a key.
    async fn project(&self, ctx: &Context<'_>, key: String) -> Result<Option<Project>> {
        Ok(loader::by_key::<entity::project::Entity>(ctx, &key)
            .await?
            .map(Project))
    }

    /// The agreement with a key.
    async fn agreement(&self, ctx: &Context<'_>, key: String) -> Result<Option<Agreement>> {
        Ok(loader::by_key::<entity::agreement::Entity>(ctx, &key)
            .await?
            .map(Agreement))
    }

    /// The plan with a key.
    async fn plan(&self, ctx: &Context<'_>, key: String) -> Result<Option<Plan>> {
        Ok(loader::by_key::<entity::plan::Entity>(ctx, &key)
            .await?
            .map(Plan))
    }

    /// The incentive with a key.
    async fn incentive(&self, ctx: &Context<'_>, key: String) -> Result<Option<Incentive>> {
        Ok(loader::by_key::<entity::incentive::Entity>(ctx, &key)
            .await?
            .map(Incentive))
    }

    /// The training programme with a key.
    async fn training_programme(
        &self,
        ctx: &Context<'_>,
        key: String,
    ) -> Result<Option<TrainingProgramme>> {
        Ok(
            loader::by_key::<entity::training_programme::Entity>(ctx, &key)
                .await?
                .map(TrainingProgramme),
        )
    }

    /// The event with a key.
    async fn event(&self, ctx: &Context<'_>, key: String) -> Result<Option<Event>> {
        Ok(loader::by_key::<entity::event::Entity>(ctx, &key)
            .await?
            .map(Event))
    }

    /// The source with a key.
    async fn source(&self, ctx: &Context<'_>, key: String) -> Result<Option<Source>> {
        Ok(loader::by_key::<entity::source::Entity>(ctx, &key)
            .await?
            .map(Source))
    }

    /// Things whose name or alias contains a text, in any script; case, accents and Arabic spelling variants are ignored. Whole
    /// names come first, then beginnings, then the shortest.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "1 to 200 characters.", validator(max_length = 200))] text: String,
        #[graphql(desc = "Only these kinds of thing.")] kinds: Option<Vec<ConceptKind>>,
        #[graphql(
            desc = "1 to 100.",
            default = 10,
            validator(minimum = 1, maximum = 100)
        )]
        first: i32,
    ) -> Result<Vec<SearchHit>> {
        let kinds: Option<Vec<_>> = kinds.map(|kinds| kinds.into_iter().map(Into::into).collect());
        let limit = u64::try_from(first).map_err(|_| bad_input("first takes 1 to 100"))?;
        let found = store::names::search(service::store(ctx), &text, kinds.as_deref(), limit)
            .await
            .map_err(from_store)?;
        let loads = found.into_iter().map(|hit| async move {
            let node = node::by_row(ctx, hit.concept, hit.id).await?;
            Ok::<_, async_graphql::Error>(node.map(|node| SearchHit {
                kind: hit.concept.into(),
                matched: hit.matched,
                node,
            }))
        });
        Ok(futures_util::future::try_join_all(loads)
            .await?
            .into_iter()
            .flatten()
            .collect())
    }
}
