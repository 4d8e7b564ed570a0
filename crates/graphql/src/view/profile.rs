//! Capability profiles.

use std::str::FromStr;

use async_graphql::{Context, ID, Object, Result};
use entity::{ConceptKind, Invalid};

use super::{Organisation, Source, one};
use crate::{
    error::internal,
    loader::{self, Hanging},
    node,
    vocabulary::{Capability, Sector},
};

/// What an organisation offers, and to whom, as a source says. An organisation has one profile at most.
#[derive(Clone, Debug)]
pub struct Profile(pub entity::profile::Model);

/// What an organisation offers, and to whom, as a source says. An organisation has one profile at most.
#[Object]
impl Profile {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Profile, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers: `profile.` and the key of the organisation.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Whose profile it is.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        one(ctx, self.0.organisation_id).await
    }

    /// What it offers, in the order stated; empty when the source does not say.
    async fn offers(&self, ctx: &Context<'_>) -> Result<Vec<Capability>> {
        let offers: Vec<entity::Capability> = words(ctx, Hanging::Offers, self.0.id).await?;
        Ok(offers.into_iter().map(Into::into).collect())
    }

    /// Which sectors it serves, in the order stated; empty when the source does not say.
    async fn sectors(&self, ctx: &Context<'_>) -> Result<Vec<Sector>> {
        let sectors: Vec<entity::Sector> = words(ctx, Hanging::Sectors, self.0.id).await?;
        Ok(sectors.into_iter().map(Into::into).collect())
    }

    /// In which languages it works, as codes of ISO 639-1 (`fr`, `ar`, `en`) and `zgh` for Amazigh; empty when the source does not say.
    async fn languages(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        loader::hanging_texts(ctx, Hanging::Languages, self.0.id).await
    }

    /// What it is certified to, in the words of the source (`ISO 27001`); empty when the source does not say.
    async fn certifications(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        loader::hanging_texts(ctx, Hanging::Certifications, self.0.id).await
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}

async fn words<T: FromStr<Err = Invalid>>(
    ctx: &Context<'_>,
    hanging: Hanging,
    profile: i64,
) -> Result<Vec<T>> {
    let texts = loader::hanging_texts(ctx, hanging, profile).await?;
    let words = texts.iter().map(|text| text.parse());
    words
        .collect::<Result<_, _>>()
        .map_err(|invalid: Invalid| internal(&invalid))
}
