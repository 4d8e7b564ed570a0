//! The root of every mutation.

use async_graphql::{Context, Object, Result};

use crate::{
    feedback::{self, ReportAnswerInput, ReportAnswerPayload},
    merge::{self, Kind, MergeInput, MergePayload},
    proposal::{
        self, AcceptProposalInput, AcceptProposalPayload, ProposeInput, ProposePayload,
        RejectProposalInput, RejectProposalPayload,
    },
    record::{self, RecordInput, RecordPayload, RetractInput, RetractPayload},
    webhook::{
        self, CreateWebhookInput, CreateWebhookPayload, DeleteWebhookInput, DeleteWebhookPayload,
    },
};

/// Everything that can be changed; by POST or WebSocket, never by GET.
#[derive(Default)]
pub struct Mutation;

/// Everything that can be changed; by POST or WebSocket, never by GET.
#[Object]
impl Mutation {
    /// Marks an answer of `ask` as wrong, for the people who look after the data. Ten reports can be sent at once from one place, then
    /// one a minute. Nothing about who reports is kept. It changes no figure: what is wrong is mended by people, in the data.
    async fn report_answer(
        &self,
        ctx: &Context<'_>,
        input: ReportAnswerInput,
    ) -> Result<ReportAnswerPayload> {
        feedback::report(ctx, input).await
    }

    /// Proposes changes of facts, or new ones, for curators to look at; nobody else sees them before they are accepted. Anybody may: ten
    /// can be sent at once from one place, then one a minute; without limit with an API key that has the scope curate. Every fact must fit:
    /// what it refers to is there (or proposed in the same request), values are in the unit of their indicator. Nothing personal is kept.
    async fn propose(&self, ctx: &Context<'_>, input: ProposeInput) -> Result<ProposePayload> {
        proposal::propose(ctx, input).await
    }

    /// Takes a proposal over, as it is or amended; the fact is in force when this answers. For curators: an API key with the scope curate,
    /// else UNAUTHENTICATED or FORBIDDEN.
    async fn accept_proposal(
        &self,
        ctx: &Context<'_>,
        input: AcceptProposalInput,
    ) -> Result<AcceptProposalPayload> {
        proposal::accept(ctx, input).await
    }

    /// Turns a proposal down. For curators: an API key with the scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn reject_proposal(
        &self,
        ctx: &Context<'_>,
        input: RejectProposalInput,
    ) -> Result<RejectProposalPayload> {
        proposal::reject(ctx, input).await
    }

    /// States a fact at once, new or in place of the version in force, which is kept in its history. For curators: an API key with the
    /// scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn record(&self, ctx: &Context<'_>, input: RecordInput) -> Result<RecordPayload> {
        record::record(ctx, input).await
    }

    /// Ends a fact with none in its place; its versions stay in its history. What something else refers to cannot end. For curators: an
    /// API key with the scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn retract(&self, ctx: &Context<'_>, input: RetractInput) -> Result<RetractPayload> {
        record::retract(ctx, input).await
    }

    /// Has every change that meets a filter sent to an address of yours: by POST, signed as Standard Webhooks has it, in order, again until
    /// it is taken. For holders of an API key with the scope read, else UNAUTHENTICATED or FORBIDDEN; a key has at most 10 webhooks.
    async fn create_webhook(
        &self,
        ctx: &Context<'_>,
        input: CreateWebhookInput,
    ) -> Result<CreateWebhookPayload> {
        webhook::create(ctx, input).await
    }

    /// Ends one of your webhooks; nothing more is sent to it. For the holder of the API key that made it.
    async fn delete_webhook(
        &self,
        ctx: &Context<'_>,
        input: DeleteWebhookInput,
    ) -> Result<DeleteWebhookPayload> {
        webhook::delete(ctx, input).await
    }

    /// Makes one organisation of two: all that refers to the duplicate refers to the other in a version of its own, the names of the
    /// duplicate become aliases, and the duplicate ends; the history of both stays. For curators: an API key with the scope curate, else
    /// UNAUTHENTICATED or FORBIDDEN.
    async fn merge_organisations(
        &self,
        ctx: &Context<'_>,
        input: MergeInput,
    ) -> Result<MergePayload> {
        merge::merge(ctx, Kind::Organisations, input).await
    }

    /// Makes one site of two of the same organisation: what only the duplicate says, the other says from now on, and the duplicate ends. For
    /// curators: an API key with the scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn merge_sites(&self, ctx: &Context<'_>, input: MergeInput) -> Result<MergePayload> {
        merge::merge(ctx, Kind::Sites, input).await
    }
}
