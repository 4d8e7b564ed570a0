//! Providers that could meet a need, each with the reasons and where they are stated.

use async_graphql::{Context, Enum, Object, Result};
use store::need::{self as stored, Match, Nearness, Reason};

use crate::{
    error::from_store,
    loader, service,
    view::{Organisation, Source},
};

/// A provider that could meet a need, and why.
pub struct NeedMatch(Match);

/// A reason why a provider could meet a need.
pub struct NeedMatchReason(Reason);

/// What a reason is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedMatchReasonKind {
    /// It offers a capability that is asked for.
    Capability,
    /// It has a site in the same commune.
    SameCommune,
    /// Its nearest site is in the same province or prefecture.
    SameProvince,
    /// Its nearest site is in the same region.
    SameRegion,
    /// It works in a language that is asked for.
    Language,
    /// It serves the sector of the company.
    Sector,
    /// It is a member of a federation.
    Member,
}

/// A provider that could meet a need, and why.
#[Object]
impl NeedMatch {
    /// The provider.
    async fn provider(&self) -> Organisation {
        self.0.provider.clone().into()
    }

    /// Why, the weightiest reason first; never empty.
    async fn reasons(&self) -> Vec<NeedMatchReason> {
        self.0
            .reasons
            .iter()
            .cloned()
            .map(NeedMatchReason)
            .collect()
    }
}

/// A reason why a provider could meet a need.
#[Object]
impl NeedMatchReason {
    /// What it is about.
    async fn kind(&self) -> NeedMatchReasonKind {
        match &self.0 {
            Reason::Capability(..) => NeedMatchReasonKind::Capability,
            Reason::Site(Nearness::Commune, _) => NeedMatchReasonKind::SameCommune,
            Reason::Site(Nearness::Province, _) => NeedMatchReasonKind::SameProvince,
            Reason::Site(Nearness::Region, _) => NeedMatchReasonKind::SameRegion,
            Reason::Language(..) => NeedMatchReasonKind::Language,
            Reason::Sector(..) => NeedMatchReasonKind::Sector,
            Reason::Member(_) => NeedMatchReasonKind::Member,
        }
    }

    /// Which one: the capability or sector in small letters, the code of the language, the key of the site or of the federation.
    async fn value(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(match &self.0 {
            Reason::Capability(capability, _) => capability.to_string(),
            Reason::Site(_, site) => site.key.clone(),
            Reason::Language(language, _) => language.clone(),
            Reason::Sector(sector, _) => sector.to_string(),
            Reason::Member(of) => {
                let id = of.federation_id;
                let federation = loader::by_id::<entity::organisation::Entity>(ctx, id).await?;
                federation.key
            }
        })
    }

    /// Where it is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        let id = match &self.0 {
            Reason::Capability(_, source)
            | Reason::Language(_, source)
            | Reason::Sector(_, source) => *source,
            Reason::Site(_, site) => site.source_id,
            Reason::Member(membership) => membership.source_id,
        };
        let found = loader::by_id::<entity::source::Entity>(ctx, id).await?;
        Ok(found.into())
    }
}

/// The first of the providers that could meet a need.
pub async fn matches(
    ctx: &Context<'_>,
    need: &stored::Model,
    most: usize,
) -> Result<Vec<NeedMatch>> {
    let found = stored::matches(service::store(ctx), need).await;
    let found = found.map_err(from_store)?.into_iter().take(most);
    Ok(found.map(NeedMatch).collect())
}
