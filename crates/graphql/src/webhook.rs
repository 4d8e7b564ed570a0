//! Webhooks: addresses of partners that are told of what changes. Each belongs to an API key, and is seen by its holder only.

mod courier;
mod target;

pub use courier::{Answer, Courier, Message, PATIENCE, Post};
pub use target::{NotATarget, Reach, Target, is_public};

use std::sync::atomic::Ordering;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Variables};
use entity::{Scope, webhook::SigningSecret};
use serde_json::json;
use store::webhook::{self as stored, Model, New};

use crate::{
    Access, Call, Service,
    author::{self, caller},
    error::{Code, error, from_store, internal},
    key::Key,
    scalar::DateTime,
    service::{self, Caller},
    subscribe::{Operation, may_resume},
    subscription::{FactFilter, Opening, Selection, event_id},
    user_error::{UserError, UserErrorCode, of_refusal},
    vocabulary::WebhookState,
};

/// The longest filter, as JSON in bytes.
const FILTER: usize = 8 << 10;

/// What a webhook is told of an event.
const DOCUMENT: &str = include_str!("../../../schema/webhook.graphql");

/// An address that is told of what changes.
pub struct Webhook(Model);

/// An address that is told of what changes: each event is sent to it by POST, signed, until it takes it.
#[Object]
impl Webhook {
    /// What it is called; random. Each message says it in its id.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Where messages are sent.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// Which facts it is told of, as JSON; null when of all.
    async fn filter(&self) -> Option<&str> {
        self.0.filter.as_deref()
    }

    /// Whether it is delivered to, and why not.
    async fn state(&self) -> WebhookState {
        self.0.state.into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// The event up to which everything is delivered, or was not asked for. Give it as `after` to another webhook to go on from here.
    async fn last_event_id(&self) -> ID {
        self.0.last_event.into()
    }

    /// How many messages were taken.
    async fn delivered(&self) -> u64 {
        self.0.delivered.unsigned_abs()
    }

    /// The last event that was taken; null before the first.
    async fn last_delivered_event_id(&self) -> Option<ID> {
        self.0.last_delivered.map(ID::from)
    }

    /// When that was.
    async fn last_delivered_at(&self) -> Option<DateTime> {
        self.0.last_delivered_at.map(DateTime)
    }

    /// How often in a row the next message was tried in vain.
    async fn failures(&self) -> i32 {
        self.0.failures
    }

    /// Since when; null when the last attempt went well.
    async fn failing_since(&self) -> Option<DateTime> {
        self.0.failing_since.map(DateTime)
    }

    /// When it was last tried.
    async fn last_attempt_at(&self) -> Option<DateTime> {
        self.0.last_attempt_at.map(DateTime)
    }

    /// The HTTP status that the address answered last; null when it did not answer.
    async fn last_status(&self) -> Option<i32> {
        self.0.last_status
    }

    /// Why the last attempt failed; null when it went well.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// When it is tried again; null when nothing has to wait.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        self.0.next_attempt_at.map(DateTime)
    }
}

/// A webhook that is asked for.
#[derive(InputObject)]
pub struct CreateWebhookInput {
    /// Where messages are sent: https, a public host, port 443 or one above 1023, no user and password, at most 2,000 bytes. Redirects
    /// are not followed.
    url: String,
    /// Only these facts, as in the subscription `factChanged`; all of them when left out. At most 8 KiB as JSON.
    filter: Option<FactFilter>,
    /// The `eventId` of the last event that you know: what happened since is sent first, if no more than 10,000 events. Only what happens
    /// from now on when left out.
    after: Option<ID>,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key makes no second
    /// webhook, and answers the same.
    idempotency_key: Option<String>,
}

/// What came of asking for a webhook.
#[derive(SimpleObject)]
pub struct CreateWebhookPayload {
    /// The webhook; null when it was not made.
    webhook: Option<Webhook>,
    /// What its messages are signed with: `whsec_` and 32 bytes in base64, as Standard Webhooks has it. Keep it: it is shown only here.
    secret: Option<String>,
    /// Why it was not made; empty when it was.
    user_errors: Vec<UserError>,
}

/// A webhook that is to go.
#[derive(InputObject, Clone, Debug)]
pub struct DeleteWebhookInput {
    /// The key of the webhook.
    #[graphql(validator(max_length = 160))]
    key: String,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What came of deleting.
#[derive(SimpleObject)]
pub struct DeleteWebhookPayload {
    /// The key of the webhook that is there no more; null when nothing was deleted.
    deleted_key: Option<String>,
    /// Why it was not deleted; empty when it was.
    user_errors: Vec<UserError>,
}

/// Lets holders of keys through. What they are shown is kept for nobody.
fn holder<'a>(ctx: &Context<'a>) -> Result<&'a Key> {
    let caller: &'a Caller = caller(ctx);
    caller.lasting.store(false, Ordering::Relaxed);
    let Some(key) = &caller.key else {
        return Err(error(
            Code::Unauthenticated,
            "webhooks belong to an API key: send one as `Authorization: Bearer bab_…`; whoever runs this server makes them with `bab key create`",
        ));
    };
    if key.may(Scope::Read) {
        return Ok(key);
    }
    Err(error(
        Code::Forbidden,
        format!(
            "the API key {} has not the scope read; ask whoever runs this server for one that has",
            key.prefix()
        ),
    ))
}

/// Makes a webhook.
pub async fn create(ctx: &Context<'_>, input: CreateWebhookInput) -> Result<CreateWebhookPayload> {
    let key = holder(ctx)?;
    let service = service::service(ctx);
    let refused = |user_errors| CreateWebhookPayload {
        webhook: None,
        secret: None,
        user_errors,
    };
    let invalid = |field, message: String| UserError::new(field, UserErrorCode::Invalid, message);
    let idempotency_key = input.idempotency_key.as_deref();
    let mut errors: Vec<_> = author::check_key(idempotency_key).into_iter().collect();
    let target = Target::parse(&input.url, service.webhook_reach());
    if let Err(why) = &target {
        errors.push(invalid("url", why.to_string()));
    }
    let filter = filter_as_written(ctx)?;
    if filter.as_ref().is_some_and(|filter| filter.len() > FILTER) {
        let message = format!("a filter has at most {FILTER} bytes as JSON; ask for less");
        errors.push(UserError::new("filter", UserErrorCode::TooLong, message));
    }
    let after = input.after.as_ref().map(event_id).transpose()?;
    if let Some(after) = after
        && let Err(why) = may_resume(service, after).await
    {
        let message = why.into_iter().map(|error| error.message).collect();
        errors.push(invalid("after", message));
    }
    let Some(target) = target.ok().filter(|_| errors.is_empty()) else {
        return Ok(refused(errors));
    };
    let url = target.url().to_string();
    let host = target.host().to_owned();
    // What cannot be opened now could never be delivered.
    if let Err(why) = Told::open(service, key, filter.as_deref()).await {
        return Ok(refused(vec![invalid("filter", why)]));
    }
    let sent = (&url, &filter, &after);
    let act = author::act(
        ctx,
        format!("webhook to {host}"),
        ("createWebhook", idempotency_key),
        &sent,
    );
    let (mut name, mut secret) = ([0; 8], [0; 32]);
    getrandom::fill(&mut name)
        .and_then(|()| getrandom::fill(&mut secret))
        .map_err(|failure| internal(&failure))?;
    let new = New {
        key: format!("wh_{:016x}", u64::from_be_bytes(name)),
        secret: SigningSecret::new(secret),
        api_key: key.id(),
        url,
        host,
        filter,
        after,
    };
    match stored::create(service.store(), &act, new).await {
        Ok(made) => Ok(CreateWebhookPayload {
            secret: Some(made.secret.reveal().to_owned()),
            webhook: Some(Webhook(made)),
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}

/// The filter as it was sent, so that it is shown as its holder wrote it.
fn filter_as_written(ctx: &Context<'_>) -> Result<Option<String>> {
    let arguments = ctx.field().arguments()?;
    let input = arguments.into_iter().find(|(name, _)| name == "input");
    let input = input.map(|(_, value)| value.into_json());
    let mut input = input.transpose().map_err(|failure| internal(&failure))?;
    let filter = input.as_mut().map(|input| input["filter"].take());
    Ok(filter
        .filter(|filter| !filter.is_null())
        .map(|filter| filter.to_string()))
}

/// Deletes a webhook.
pub async fn delete(ctx: &Context<'_>, input: DeleteWebhookInput) -> Result<DeleteWebhookPayload> {
    let key = holder(ctx)?;
    let refused = |user_errors| DeleteWebhookPayload {
        deleted_key: None,
        user_errors,
    };
    let idempotency_key = input.idempotency_key.as_deref();
    if let Some(wrong) = author::check_key(idempotency_key) {
        return Ok(refused(vec![wrong]));
    }
    let reason = "asked for by its holder".to_owned();
    let act = author::act(ctx, reason, ("deleteWebhook", idempotency_key), &input);
    let store = service::store(ctx);
    match stored::delete(store, &act, &input.key, Some(key.id())).await {
        Ok(()) => Ok(DeleteWebhookPayload {
            deleted_key: Some(input.key),
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}

/// The caller's webhooks, the newest first.
pub async fn webhooks(ctx: &Context<'_>) -> Result<Vec<Webhook>> {
    let key = holder(ctx)?;
    let found = stored::of_key(service::store(ctx), key.id()).await;
    Ok(found
        .map_err(from_store)?
        .into_iter()
        .map(Webhook)
        .collect())
}

/// One of the caller's webhooks.
pub async fn webhook(ctx: &Context<'_>, name: &str) -> Result<Option<Webhook>> {
    let key = holder(ctx)?;
    let found = stored::by_key(service::store(ctx), key.id(), name).await;
    Ok(found.map_err(from_store)?.map(Webhook))
}

/// What a webhook is told: the same as whoever subscribes to `factChanged` with its filter and its key.
struct Told {
    operation: Operation,
    call: Call,
    selection: Selection,
}

impl Told {
    /// Or why its filter cannot be read.
    async fn open(service: &Service, key: &Key, filter: Option<&str>) -> Result<Self, String> {
        let filter = filter.map(serde_json::from_str::<serde_json::Value>);
        let filter = filter.transpose().map_err(|failure| failure.to_string())?;
        let document = service.documents().read(DOCUMENT);
        let operation = Operation {
            name: None,
            document: document.map_err(|failure| failure.to_string())?,
            variables: Variables::from_json(json!({ "filter": filter })),
        };
        let call = Call {
            access: Access::ReadOnly,
            request_id: "webhook".to_owned(),
            visitor: crate::Visitor::Address(std::net::Ipv4Addr::UNSPECIFIED.into()),
            key: Some(key.clone()),
        };
        let opened = operation.open(service, &call).await;
        let Opening { selection, .. } = opened.map_err(|errors| {
            let messages: Vec<_> = errors.into_iter().map(|error| error.message).collect();
            messages.join("; ")
        })?;
        Ok(Self {
            operation,
            call,
            selection,
        })
    }
}
