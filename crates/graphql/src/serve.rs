//! One request answered as bytes, for doors that pass them on: from the cache when the data are as they were, else by [`execute`].

use std::time::Instant;

use async_graphql::Request;
use bytes::Bytes;
use serde::Serialize;

use crate::{
    Access, Call, Cost, Refusal, Reply, Service,
    admit::account,
    execute,
    quota::Overspent,
    response_cache::{Kept, Tag},
};

/// An answer as it is sent.
#[derive(Debug)]
pub struct Served {
    /// JSON; none when what the caller has is still right.
    pub body: Option<Bytes>,
    pub refused: Option<Refusal>,
    /// None when it was refused before its cost was known.
    pub cost: Option<Cost>,
    /// What the caller may show to be told that nothing changed; for answers to queries that came by a reading transport.
    pub tag: Option<String>,
}

/// Runs one request, or finds its answer. `seen` are the tags that the caller holds answers of.
pub async fn serve(
    service: &Service,
    call: &Call,
    request: Request,
    seen: impl Fn(&str) -> bool,
) -> Served {
    let tag = match worth_a_look(service, call) {
        true => tag(service, call, &request).await,
        false => None,
    };
    let reading = call.access == Access::ReadOnly;
    let written = tag.map(|tag| format!("W/\"{}\"", hexadecimal(&tag)));
    if let (Some(tag), Some(text)) = (&tag, &written) {
        if reading
            && seen(text)
            && let Some(served) = unchanged(service, call, text)
        {
            return served;
        }
        if let Some(served) = kept(service, call, tag, text, reading) {
            return served;
        }
    }
    let reply = execute(service, call, request).await;
    let lasting = reply.lasting;
    let Reply {
        response,
        refused,
        cost,
        ..
    } = reply;
    if lasting && let (Some(tag), Some(cost)) = (tag, cost) {
        let body = Bytes::from(json(&Data {
            data: &response.data,
        }));
        let kept = Kept {
            body: body.clone(),
            requested: cost.requested,
            actual: cost.actual,
        };
        service.responses().keep(tag, kept);
        return Served {
            body: Some(with_cost(&body, &cost)),
            refused,
            cost: Some(cost),
            tag: written.filter(|_| reading),
        };
    }
    let body = if refused.is_some() {
        json(&Refused {
            errors: &response.errors,
            extensions: (!response.extensions.is_empty()).then_some(&response.extensions),
        })
    } else {
        json(&response)
    };
    Served {
        body: Some(body.into()),
        refused,
        cost,
        tag: None,
    }
}

/// Whether the caller has anything left to spend; who has not is told by `execute`, before anything else is done.
fn worth_a_look(service: &Service, call: &Call) -> bool {
    let account = account(service, call);
    let now = Instant::now();
    let has_one = service.purse().take(account, 1, now).is_ok();
    if has_one {
        service.purse().give_back(account, 1, now);
    }
    has_one
}

/// Under what an answer is kept; nothing when the database does not say its revision, or the caller's key forbids the document.
async fn tag(service: &Service, call: &Call, request: &Request) -> Option<Tag> {
    let trusted = call
        .key
        .as_ref()
        .is_some_and(|key| key.trusted_documents_only());
    if trusted && !service.trusted().holds(&request.query) {
        return None;
    }
    // The revision is read before anything else is: what is kept under it may be newer, never older.
    let revision = service.store().revision().await.ok()?;
    Some(service.responses().tag(request, revision, service.day()))
}

fn unchanged(service: &Service, call: &Call, tag: &str) -> Option<Served> {
    let cost = charge(service, call, 1, 1)?;
    Some(Served {
        body: None,
        refused: None,
        cost: Some(cost),
        tag: Some(tag.to_owned()),
    })
}

fn kept(service: &Service, call: &Call, tag: &Tag, text: &str, reading: bool) -> Option<Served> {
    let kept = service.responses().get(tag)?;
    let cost = charge(service, call, kept.requested, kept.actual)?;
    Some(Served {
        body: Some(with_cost(&kept.body, &cost)),
        refused: None,
        cost: Some(cost),
        tag: reading.then(|| text.to_owned()),
    })
}

/// Takes what an answer costs; none when there is not enough, which `execute` then says.
fn charge(service: &Service, call: &Call, requested: u64, actual: u64) -> Option<Cost> {
    let account = account(service, call);
    match service.purse().take(account, actual, Instant::now()) {
        Ok(balance) => Some(Cost {
            requested,
            actual,
            balance,
        }),
        Err(Overspent::Wait { .. } | Overspent::Never { .. }) => None,
    }
}

#[derive(Serialize)]
struct Data<'a> {
    data: &'a async_graphql::Value,
}

/// `data` is there only when something was executed.
#[derive(Serialize)]
struct Refused<'a> {
    errors: &'a [async_graphql::ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<&'a std::collections::BTreeMap<String, async_graphql::Value>>,
}

#[derive(Serialize)]
struct Extensions {
    cost: async_graphql::Value,
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("a GraphQL answer has only string keys")
}

/// `{"data":…}` with the cost of this request in it.
fn with_cost(data: &Bytes, cost: &Cost) -> Bytes {
    let extensions = json(&Extensions { cost: cost.value() });
    let open = &data[..data.len() - 1];
    let mut body = Vec::with_capacity(data.len() + extensions.len() + 15);
    body.extend_from_slice(open);
    body.extend_from_slice(b",\"extensions\":");
    body.extend_from_slice(&extensions);
    body.push(b'}');
    body.into()
}

fn hexadecimal(tag: &Tag) -> String {
    tag.iter().map(|byte| format!("{byte:02x}")).collect()
}
