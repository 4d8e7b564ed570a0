//! The root of every mutation.

use async_graphql::{Context, Object, Result};

use crate::{
    curator::{
        self, CreateLinkCodeInput, CreateLinkCodePayload, LinkAccountInput, LinkAccountPayload,
        UnlinkAccountPayload,
    },
    feedback::{self, ReportAnswerInput, ReportAnswerPayload},
    importing::{self, ImportFactsInput, ImportFactsPayload},
    merge::{self, Kind, MergeInput, MergePayload},
    need::{
        self, AdvanceNeedInput, AmendNeedInput, EraseNeedInput, FileNeedInput, FileNeedPayload,
        IntroduceProviderInput, NeedPayload, RecordConsentInput, WithdrawNeedInput,
        WithdrawNeedPayload,
    },
    proposal::{
        self, AcceptProposalInput, AcceptProposalPayload, CorrectInput, CorrectPayload,
        ProposeInput, ProposePayload, RejectProposalInput, RejectProposalPayload,
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

    /// Says what is right in one's own words, with the address where it can be read. Each figure found in the words is proposed, as by `propose`;
    /// where none is found, one proposal asks a curator to read them. Nobody else sees either before it is accepted. Held to the limits of
    /// `propose`.
    async fn correct(&self, ctx: &Context<'_>, input: CorrectInput) -> Result<CorrectPayload> {
        proposal::correct(ctx, input).await
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

    /// Takes a file of facts, as `bab export` writes it, in one transaction, or nothing of it; by default only tells what it would change. For
    /// curators: an API key with the scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn import_facts(
        &self,
        ctx: &Context<'_>,
        input: ImportFactsInput,
    ) -> Result<ImportFactsPayload> {
        importing::import_facts(ctx, input).await
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

    /// Says what a company looks for, for the coordinator of the regional branch, who brings it together with providers; nobody else sees
    /// it. Anybody may: ten can be sent at once from one place, then one a minute.
    async fn file_need(&self, ctx: &Context<'_>, input: FileNeedInput) -> Result<FileNeedPayload> {
        need::file(ctx, input).await
    }

    /// Withdraws a need by its receipt: it is dropped, unless it is done, and what tells who filed it is erased at once.
    async fn withdraw_need(
        &self,
        ctx: &Context<'_>,
        input: WithdrawNeedInput,
    ) -> Result<WithdrawNeedPayload> {
        need::withdraw(ctx, input).await
    }

    /// Says anew what a need is about, so that providers are found. For coordinators: an API key with the scope coordinate, else
    /// UNAUTHENTICATED or FORBIDDEN.
    async fn amend_need(&self, ctx: &Context<'_>, input: AmendNeedInput) -> Result<NeedPayload> {
        need::amend(ctx, input).await
    }

    /// Proposes to bring a company together with a provider; both are to be asked. For coordinators: an API key with the scope coordinate,
    /// else UNAUTHENTICATED or FORBIDDEN.
    async fn introduce_provider(
        &self,
        ctx: &Context<'_>,
        input: IntroduceProviderInput,
    ) -> Result<NeedPayload> {
        need::introduce(ctx, input).await
    }

    /// Writes down what a company or a provider says to being brought together. For coordinators: an API key with the scope coordinate,
    /// else UNAUTHENTICATED or FORBIDDEN.
    async fn record_consent(
        &self,
        ctx: &Context<'_>,
        input: RecordConsentInput,
    ) -> Result<NeedPayload> {
        need::record_consent(ctx, input).await
    }

    /// Takes a need on to its next state; to INTRODUCED only when both sides of an introduction agreed. For coordinators: an API key with
    /// the scope coordinate, else UNAUTHENTICATED or FORBIDDEN.
    async fn advance_need(
        &self,
        ctx: &Context<'_>,
        input: AdvanceNeedInput,
    ) -> Result<NeedPayload> {
        need::advance(ctx, input).await
    }

    /// Erases what tells who filed a need: contact, company, words and note (law 09-08). It is dropped, unless it is done; its sector, place
    /// and history stay. For coordinators: an API key with the scope coordinate, else UNAUTHENTICATED or FORBIDDEN.
    async fn erase_need(&self, ctx: &Context<'_>, input: EraseNeedInput) -> Result<NeedPayload> {
        need::erase(ctx, input).await
    }

    /// Makes a code that links an account of Telegram to an API key, so that proposals can be decided on there with the rights of the key, until
    /// it is revoked or expires. Good once, for ten minutes. For curators: an API key with the scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn create_link_code(
        &self,
        ctx: &Context<'_>,
        input: CreateLinkCodeInput,
    ) -> Result<CreateLinkCodePayload> {
        curator::create_link_code(ctx, input).await
    }

    /// Links the account of Telegram that calls to the API key that the code was made with. Sent by the bot for `/link`; over HTTP there is no
    /// account to link. Five wrong codes, and the account waits for half an hour.
    async fn link_account(
        &self,
        ctx: &Context<'_>,
        input: LinkAccountInput,
    ) -> Result<LinkAccountPayload> {
        curator::link_account(ctx, input).await
    }

    /// Lets the account of Telegram go that calls, and deletes what is known of it. Sent by the bot for `/unlink`.
    async fn unlink_account(&self, ctx: &Context<'_>) -> Result<UnlinkAccountPayload> {
        curator::unlink_account(ctx).await
    }
}
