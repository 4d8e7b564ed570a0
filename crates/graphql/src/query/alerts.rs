//! What is told of changes to whom: the webhooks of the caller.

use async_graphql::{Context, Object, Result};

use crate::webhook::{self, Webhook};

/// Being told of changes.
#[derive(Default)]
pub struct Alerts;

#[Object]
impl Alerts {
    /// Your webhooks, the newest first. For holders of an API key with the scope read, else UNAUTHENTICATED or FORBIDDEN; each sees their own.
    async fn webhooks(&self, ctx: &Context<'_>) -> Result<Vec<Webhook>> {
        webhook::webhooks(ctx).await
    }

    /// The webhook of yours with a key; null when there is none. For holders of an API key with the scope read, else UNAUTHENTICATED or
    /// FORBIDDEN.
    async fn webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(validator(max_length = 160))] key: String,
    ) -> Result<Option<Webhook>> {
        webhook::webhook(ctx, &key).await
    }
}
