//! One request answered as bytes, for doors that pass them on: from the cache when the data are as they were, else by [`execute`].

use std::time::Instant;

use async_graphql::Request;
use bytes::Bytes;
use serde::Serialize;

use crate::{
    Access, Call, Cost, Key, Refusal, Reply, Service,
    admit::account,
    execute, metering,
    quota::Account,
    response_cache::{Asked, Kept, Tag},
};

/// An answer as it is sent.
#[derive(Debug)]
pub struct Served {
    /// JSON; none when what the caller has is still right.
    pub body: Option<Bytes>,
    pub refused: Option<Refusal>,
    /// None when it was refused before its cost was known.
    pub cost: Option<Cost>,
    /// What the caller may show to be told that nothing changed; for answers to queries.
    pub tag: Option<Bytes>,
}

/// Answers a request from what it was written as (the body of a POST, an address): `read` reads that, where it is not known yet.
/// `seen` are the tags that the caller holds answers of.
pub async fn serve<E>(
    service: &Service,
    call: &Call,
    written: &[u8],
    read: impl Fn() -> Result<Request, E>,
    seen: impl Fn(&str) -> bool,
) -> Result<Served, E> {
    let responses = service.responses();
    let known = responses.recognise(call.access, written);
    let (asked, request) = match known {
        Some(asked) => (asked, None),
        None => {
            let request = read()?;
            let trusted = service.trusted().holds(&request.query);
            (responses.asked(&request, trusted), Some(request))
        }
    };
    let (account, began) = (account(service, call), Instant::now());
    // Where nothing is kept, only a GET has a use for the revision of the data.
    let wanted = responses.keeps() || call.access == Access::ReadOnly;
    let worth_a_look =
        wanted && may_be_run(call, &asked) && service.purse().has_any(account, Instant::now());
    let tag = match worth_a_look {
        true => tag(service, &asked).await,
        false => None,
    };
    if let Some(tag) = &tag
        && let Some(served) = again(service, (call.access, account), tag, seen)
    {
        if known.is_none() {
            responses.remember(call.access, written, asked);
        }
        metering::given_again(call, served.cost.map_or(0, |cost| cost.actual), began);
        return Ok(served);
    }
    let request = match request {
        Some(request) => request,
        None => read()?,
    };
    let reply = execute(service, call, request).await;
    if reply.lasting
        && let (Some(tag), Some(cost)) = (tag, reply.cost)
    {
        let body = Bytes::from(json(&Data {
            data: &reply.response.data,
        }));
        let kept = Kept {
            body,
            tag: tag.text(),
            requested: cost.requested,
            actual: cost.actual,
        };
        let served = kept.served(call.access, cost);
        responses.keep(call.access, written, asked, tag, kept);
        return Ok(served);
    }
    Ok(of_reply(reply))
}

/// An answer that is given again costs this part of what it came to: nothing is read for it.
const AGAIN: u64 = 10;

/// The answer to a request that was answered before on the same data. None when there is not enough left for it, which `execute` then says.
fn again(
    service: &Service,
    (access, account): (Access, Account),
    tag: &Tag,
    seen: impl Fn(&str) -> bool,
) -> Option<Served> {
    let charge = |units| service.purse().take(account, units, Instant::now()).ok();
    let kept = service.responses().get(tag);
    if access == Access::ReadOnly {
        let text = kept
            .as_ref()
            .map_or_else(|| tag.text(), |kept| kept.tag.clone());
        if std::str::from_utf8(&text).is_ok_and(&seen)
            && let Some(balance) = charge(1)
        {
            return Some(Served {
                body: None,
                refused: None,
                cost: Some(Cost {
                    requested: 1,
                    actual: 1,
                    balance,
                }),
                tag: Some(text),
            });
        }
    }
    let kept = kept?;
    let actual = kept.actual.div_ceil(AGAIN);
    let balance = charge(actual)?;
    let requested = kept.requested;
    Some(kept.served(
        access,
        Cost {
            requested,
            actual,
            balance,
        },
    ))
}

impl Kept {
    fn served(&self, access: Access, cost: Cost) -> Served {
        Served {
            body: Some(with_cost(&self.body, &cost)),
            refused: None,
            cost: Some(cost),
            tag: (access == Access::ReadOnly).then(|| self.tag.clone()),
        }
    }
}

fn of_reply(reply: Reply) -> Served {
    let Reply {
        response,
        refused,
        cost,
        ..
    } = reply;
    let body = match refused {
        Some(_) => json(&Refused {
            errors: &response.errors,
            extensions: (!response.extensions.is_empty()).then_some(&response.extensions),
        }),
        None => json(&response),
    };
    Served {
        body: Some(body.into()),
        refused,
        cost,
        tag: None,
    }
}

/// Whether the caller's key lets the document run.
fn may_be_run(call: &Call, asked: &Asked) -> bool {
    let trusted_only = call.key.as_ref().is_some_and(Key::trusted_documents_only);
    asked.trusted || !trusted_only
}

/// Under what an answer is kept; nothing when the database does not say its revision.
async fn tag(service: &Service, asked: &Asked) -> Option<Tag> {
    // The revision is read before anything else is: what is kept under it may be newer, never older.
    let revision = service.store().revision().await.ok()?;
    Some(Tag::new(asked, revision, service.day()))
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

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("a GraphQL answer has only string keys")
}

/// `{"data":…}` with the cost of this request in it.
fn with_cost(data: &Bytes, cost: &Cost) -> Bytes {
    let open = &data[..data.len() - 1];
    let mut body = Vec::with_capacity(data.len() + 160);
    body.extend_from_slice(open);
    body.extend_from_slice(b",\"extensions\":{\"cost\":");
    serde_json::to_writer(&mut body, cost).expect("numbers and a date are JSON");
    body.extend_from_slice(b"}}");
    body.into()
}
