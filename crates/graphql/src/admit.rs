//! Letting a request in: who has nothing left is turned away first, then the document is held against the limits, then what it may cost is
//! taken.

use std::{sync::Arc, time::Instant};

use async_graphql::{
    ErrorExtensionValues, Request, ServerError, Variables, parser::types::OperationType,
};

use crate::{
    Service,
    admission::{self, Estimate, MAX_DOCUMENT_BYTES},
    cost::Cost,
    document::Document,
    error::Code,
    execute::{Access, Call, Refusal, Reply, coded},
    key::Key,
    position,
    quota::{Account, Balance, Overspent},
};

/// A request within the limits, and paid for.
pub(crate) struct Admitted {
    pub document: Arc<Document>,
    pub operation: Option<String>,
    pub variables: Variables,
    pub kind: OperationType,
    pub estimate: Estimate,
    pub balance: Option<Balance>,
}

/// The answer to a request that was not let in.
pub(crate) type Refused = Box<Reply>;

/// Who pays for a call.
pub(crate) fn account(service: &Service, call: &Call) -> Account {
    service.purse().account(call.visitor, call.key.as_ref())
}

/// Gives back what was taken for something that is not run now.
pub(crate) fn give_back(service: &Service, call: &Call, admitted: &Admitted) {
    let units = admitted.estimate.requested.saturating_sub(1);
    let account = account(service, call);
    service.purse().give_back(account, units, Instant::now());
}

pub(crate) fn refused(refusal: Refusal, code: Code, message: impl Into<String>) -> Refused {
    Box::new(Reply::refused(refusal, vec![coded(code, message)]))
}

/// Parses the document once, holds it against the limits before anything that could be slow looks at it, and takes what it may cost.
/// What is refused here costs one unit.
pub(crate) fn admit(service: &Service, call: &Call, request: Request) -> Result<Admitted, Refused> {
    let account = account(service, call);
    let purse = service.purse();
    // One unit to be looked at, so that whoever has spent all is turned away before that.
    purse
        .take(account, 1, Instant::now())
        .map_err(|overspent| broke(call, overspent, 1))?;
    let admitted = check(service, call, request)?;
    let requested = admitted.estimate.requested;
    let balance = purse
        .take(account, requested.saturating_sub(1), Instant::now())
        .map_err(|overspent| broke(call, overspent, requested))?;
    Ok(Admitted {
        balance,
        ..admitted
    })
}

/// The answer to a caller who cannot pay.
fn broke(call: &Call, overspent: Overspent, requested: u64) -> Refused {
    let or_else = match call.key {
        Some(_) => "or ask for a larger quota",
        None => "or use an API key",
    };
    match overspent {
        Overspent::Wait { after, balance } => {
            let seconds = after.as_secs() + 1;
            let message = format!(
                "your quota of {} units a minute is spent: wait {seconds} s, ask for less, {or_else}",
                balance.limit
            );
            let mut refused = refused(Refusal::RateLimited(after), Code::RateLimited, message);
            refused.cost = Some(Cost {
                requested,
                actual: 0,
                balance: Some(balance),
            });
            refused
        }
        Overspent::Never { limit } => {
            let message = format!(
                "the query may cost {requested} units and your quota is {limit} a minute; ask for smaller pages, {or_else}"
            );
            refused(Refusal::TooComplex, Code::TooComplex, message)
        }
    }
}

fn check(service: &Service, call: &Call, request: Request) -> Result<Admitted, Refused> {
    let too_complex = |message| refused(Refusal::TooComplex, Code::TooComplex, message);
    if request.query.len() > MAX_DOCUMENT_BYTES {
        return Err(too_complex(format!(
            "the document has {} bytes; at most {MAX_DOCUMENT_BYTES} are taken",
            request.query.len()
        )));
    }
    let must_be_trusted = call.key.as_ref().is_some_and(Key::trusted_documents_only);
    if must_be_trusted && !service.trusted().holds(&request.query) {
        let message = "this API key runs registered documents only: send documentId, or have the document registered";
        return Err(refused(Refusal::NotTrusted, Code::Forbidden, message));
    }
    admission::nesting(&request.query).map_err(too_complex)?;
    let document = service
        .documents()
        .read(&request.query)
        .map_err(|failure| {
            let mut error: ServerError = failure.into();
            error
                .extensions
                .get_or_insert_with(ErrorExtensionValues::default)
                .set("code", Code::BadUserInput.as_str());
            Box::new(Reply::refused(Refusal::Invalid, vec![error]))
        })?;
    let invalid = |message: String| refused(Refusal::Invalid, Code::BadUserInput, message);
    let operation = admission::operation(&document.parsed, request.operation_name.as_deref())
        .map_err(invalid)?;
    match operation.node.ty {
        OperationType::Mutation if call.access == Access::ReadOnly => {
            return Err(refused(
                Refusal::MutationNotAllowed,
                Code::BadUserInput,
                "this transport only reads; send mutations by POST",
            ));
        }
        OperationType::Subscription => {
            admission::one_field(&operation.node).map_err(invalid)?;
        }
        _ => {}
    }
    admission::required(&operation.node, &request.variables).map_err(invalid)?;
    let kind = operation.node.ty;
    let estimate = admission::admit(
        service.shapes(),
        &document.parsed,
        operation,
        &request.variables,
    )
    .map_err(too_complex)?;
    if call.access == Access::ReadOnly && position::is_carried(&document.parsed, &request.variables)
    {
        return Err(refused(
            Refusal::PositionNotAllowed,
            Code::BadUserInput,
            position::BY_POST_ONLY,
        ));
    }
    Ok(Admitted {
        document,
        operation: request.operation_name,
        variables: request.variables,
        kind,
        estimate,
        balance: None,
    })
}
