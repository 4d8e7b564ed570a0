//! The root of every mutation.

use async_graphql::{Context, Object, Result};

use crate::feedback::{self, ReportAnswerInput, ReportAnswerPayload};

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
}
