//! What coordinators do with a need: say what it is about, bring together, write down who agreed, take it on, erase it.

use async_graphql::{Context, InputObject, Result, SimpleObject};
use store::need::{self as stored, Amended};

use super::{
    Need,
    file::{capabilities, languages},
    shown,
};
use crate::{
    author,
    fact::Check,
    service,
    user_error::{UserError, of_refusal},
    vocabulary::{Capability, Consent, NeedSide, NeedStatus, Sector},
};

/// Longest note, in characters.
const NOTE: usize = 1_000;

/// What a need is about, as the coordinator sees it. What is left out stays.
#[derive(InputObject, Clone, Debug)]
pub struct AmendNeedInput {
    /// Key of the need.
    #[graphql(validator(max_length = 160))]
    key: String,
    /// Its `version`, as you saw it.
    expected_version: i32,
    /// The sector of the company.
    sector: Option<Sector>,
    /// What a provider must offer, at most 20.
    capabilities: Option<Vec<Capability>>,
    /// Languages to work in, ISO 639-1 (`fr`, `ar`) or `zgh`, at most 20.
    languages: Option<Vec<String>>,
    /// Code of the territory where the work is to be done.
    territory: Option<String>,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// A company and a provider to be brought together.
#[derive(InputObject, Clone, Debug)]
pub struct IntroduceProviderInput {
    /// Key of the need.
    #[graphql(validator(max_length = 160))]
    key: String,
    /// Its `version`, as you saw it.
    expected_version: i32,
    /// Key of the organisation that could meet it.
    provider: String,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What a side says to being brought together.
#[derive(InputObject, Clone, Debug)]
pub struct RecordConsentInput {
    /// Key of the need.
    #[graphql(validator(max_length = 160))]
    key: String,
    /// Its `version`, as you saw it.
    expected_version: i32,
    /// Key of the organisation it was introduced to.
    provider: String,
    /// Who says it.
    side: NeedSide,
    /// What.
    consent: Consent,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// The state a need goes on to.
#[derive(InputObject, Clone, Debug)]
pub struct AdvanceNeedInput {
    /// Key of the need.
    #[graphql(validator(max_length = 160))]
    key: String,
    /// Its `version`, as you saw it.
    expected_version: i32,
    /// The state: OPEN, INTRODUCED, UNDER_WAY, DONE in this order; back to OPEN when it came to nothing; DROPPED at any time before it is done.
    status: NeedStatus,
    /// Where it stands, at most 1,000 characters, in place of the note before. Erased with the need.
    note: Option<String>,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// A need of which nothing shall tell any more who filed it.
#[derive(InputObject, Clone, Debug)]
pub struct EraseNeedInput {
    /// Key of the need.
    #[graphql(validator(max_length = 160))]
    key: String,
}

/// What came of a change.
#[derive(SimpleObject)]
pub struct NeedPayload {
    /// The need; null when it was not changed.
    need: Option<Need>,
    /// Why it was not changed; empty when it was.
    user_errors: Vec<UserError>,
}

/// Says anew what a need is about.
pub async fn amend(ctx: &Context<'_>, input: AmendNeedInput) -> Result<NeedPayload> {
    author::require_coordinator(ctx)?;
    let mut check = Check::new("", None);
    let amended = Amended {
        sector: input.sector.map(Into::into),
        capabilities: input
            .capabilities
            .clone()
            .map(|given| capabilities(&mut check, given)),
        languages: input
            .languages
            .clone()
            .map(|given| languages(&mut check, given)),
        territory: check.optional_reference("territory", input.territory.clone()),
    };
    if let Some(refused) = wrong(check, input.idempotency_key.as_deref()) {
        return Ok(refused);
    }
    let act = act(ctx, ("amendNeed", input.idempotency_key.as_deref()), &input);
    let at = (input.key.as_str(), input.expected_version);
    let changed = stored::amend(service::store(ctx), &act, at, &amended).await;
    told(ctx, changed).await
}

/// Proposes to bring a company and a provider together.
pub async fn introduce(ctx: &Context<'_>, input: IntroduceProviderInput) -> Result<NeedPayload> {
    author::require_coordinator(ctx)?;
    let mut check = Check::new("", None);
    let provider = check.reference("provider", input.provider.clone());
    if let Some(refused) = wrong(check, input.idempotency_key.as_deref()) {
        return Ok(refused);
    }
    let request = ("introduceProvider", input.idempotency_key.as_deref());
    let act = act(ctx, request, &input);
    let at = (input.key.as_str(), input.expected_version);
    let changed = stored::introduce(service::store(ctx), &act, at, &provider).await;
    told(ctx, changed).await
}

/// Writes down what a side says to being brought together.
pub async fn record_consent(ctx: &Context<'_>, input: RecordConsentInput) -> Result<NeedPayload> {
    author::require_coordinator(ctx)?;
    let mut check = Check::new("", None);
    let provider = check.reference("provider", input.provider.clone());
    if let Some(refused) = wrong(check, input.idempotency_key.as_deref()) {
        return Ok(refused);
    }
    let request = ("recordConsent", input.idempotency_key.as_deref());
    let act = act(ctx, request, &input);
    let at = (input.key.as_str(), input.expected_version);
    let said = (provider.as_str(), input.side.into(), input.consent.into());
    let changed = stored::record_consent(service::store(ctx), &act, at, said).await;
    told(ctx, changed).await
}

/// Takes a need on to another state.
pub async fn advance(ctx: &Context<'_>, input: AdvanceNeedInput) -> Result<NeedPayload> {
    author::require_coordinator(ctx)?;
    let mut check = Check::new("", None);
    let note = check.optional("note", input.note.clone(), NOTE);
    if let Some(refused) = wrong(check, input.idempotency_key.as_deref()) {
        return Ok(refused);
    }
    // The digest of a request stays in the audit; the note does not.
    let sent = (&input.key, input.expected_version, input.status);
    let act = act(
        ctx,
        ("advanceNeed", input.idempotency_key.as_deref()),
        &sent,
    );
    let at = (input.key.as_str(), input.expected_version);
    let next = (input.status.into(), note);
    let changed = stored::advance(service::store(ctx), &act, at, next).await;
    told(ctx, changed).await
}

/// Erases what tells who filed a need.
pub async fn erase(ctx: &Context<'_>, input: EraseNeedInput) -> Result<NeedPayload> {
    author::require_coordinator(ctx)?;
    let act = act(ctx, ("eraseNeed", None), &input);
    told(
        ctx,
        stored::erase(service::store(ctx), &act, &input.key).await,
    )
    .await
}

/// What a coordinator does now. No reason of theirs goes into the audit, which nothing is ever taken out of.
fn act(
    ctx: &Context<'_>,
    request: (&str, Option<&str>),
    sent: &impl std::fmt::Debug,
) -> store::audit_entry::Act {
    author::act(ctx, "coordinated".to_owned(), request, sent)
}

fn wrong(check: Check, key: Option<&str>) -> Option<NeedPayload> {
    let errors = check.finish(()).err().into_iter().flatten();
    let user_errors: Vec<UserError> = errors.chain(author::check_key(key)).collect();
    (!user_errors.is_empty()).then_some(NeedPayload {
        need: None,
        user_errors,
    })
}

async fn told(
    ctx: &Context<'_>,
    changed: std::result::Result<stored::Model, store::Error>,
) -> Result<NeedPayload> {
    Ok(match changed {
        Ok(row) => NeedPayload {
            need: shown(ctx, Some(row)).await?,
            user_errors: Vec::new(),
        },
        Err(failure) => NeedPayload {
            need: None,
            user_errors: vec![of_refusal(failure)?],
        },
    })
}
