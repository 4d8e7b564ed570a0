//! Bulk export: any list read to its end, page after page, through `execute` like any request, so that limits, visibility and quota are
//! the same. One page is in memory at a time.

use async_graphql::{
    Name, Request, Value, Variables,
    parser::types::{Field, OperationType, Selection},
};
use entity::{AuditAction, Scope};
use store::audit_entry::{Act, note_use};

use crate::{
    Call, Refusal, Reply, Service, admission, author, connection::MAX_PAGE, execute, order::Order,
};

/// What a document of an export looks like.
pub const SHAPE: &str = "an export is one query of one list: query Export($first: Int!, $after: String) { sites(first: $first, after: $after) \
                         { pageInfo { hasNextPage endCursor } nodes { key } } }; with edges { cursor node { key } } instead of nodes \
                         it can go on later from any row";

/// Why nothing is exported.
#[derive(Debug)]
pub enum NotExported {
    /// The caller has no key with the scope.
    Forbidden,
    /// The document is no export; it says what to do.
    Invalid(String),
    /// The first page was refused, or has errors.
    Refused(Box<Reply>),
    /// It could not be written into the audit that a list is taken out.
    NotWritten(store::Error),
}

/// Why an export ends before its last row.
#[derive(Debug, thiserror::Error)]
#[error("the export broke off: {0}")]
pub struct Interrupted(String);

/// A list on its way out.
pub struct Export {
    service: Service,
    call: Call,
    query: String,
    operation: Option<String>,
    variables: Variables,
    root: Name,
    /// `nodes` or `edges`.
    rows: &'static str,
    columns: Vec<Vec<String>>,
    /// The page that was read and not yet given.
    read: Option<Vec<Value>>,
    more: bool,
}

impl Export {
    /// Reads the first page. The variable `after` may say where an earlier export ended.
    pub async fn open(
        service: &Service,
        call: &Call,
        request: Request,
    ) -> Result<Self, NotExported> {
        if !call.key.as_ref().is_some_and(|key| key.may(Scope::Export)) {
            return Err(NotExported::Forbidden);
        }
        let invalid = || NotExported::Invalid(SHAPE.to_owned());
        admission::nesting(&request.query).map_err(NotExported::Invalid)?;
        let document = service
            .documents()
            .read(&request.query)
            .map_err(|error| NotExported::Invalid(error.to_string()))?;
        let name = request.operation_name.as_deref();
        let operation = &admission::operation(&document.parsed, name)
            .map_err(NotExported::Invalid)?
            .node;
        let [only] = &operation.selection_set.node.items[..] else {
            return Err(invalid());
        };
        let (OperationType::Query, Selection::Field(field)) = (operation.ty, &only.node) else {
            return Err(invalid());
        };
        let field = &field.node;
        if !(is_variable(field, "first") && is_variable(field, "after")) {
            return Err(invalid());
        }
        let mut export = Self {
            service: service.clone(),
            call: call.clone(),
            root: field.response_key().node.clone(),
            query: request.query,
            operation: request.operation_name,
            variables: request.variables,
            rows: "nodes",
            columns: Vec::new(),
            read: None,
            more: true,
        };
        export
            .variables
            .insert(Name::new("first"), Value::from(MAX_PAGE));
        let reply = export.execute().await;
        if reply.refused.is_some() || !reply.response.errors.is_empty() {
            return Err(NotExported::Refused(Box::new(reply)));
        }
        // Let in: its fragments expand to a bounded number of fields.
        let order = Order::of(&document.parsed, &operation.selection_set.node);
        let page = order.below(&export.root);
        let found = ["nodes", "edges"]
            .into_iter()
            .find_map(|rows| Some((rows, page?.below(rows)?)));
        let Some((rows, row)) = found else {
            return Err(invalid());
        };
        export.rows = rows;
        export.columns = row.paths();
        export.take(reply.response.data).map_err(|_| invalid())?;
        let act = Act {
            at: service.now(),
            by: author::of(call.visitor, call.key.as_ref()),
            reason: "exported".to_owned(),
            request: None,
        };
        let list = field.name.node.as_str();
        note_use(service.store(), &act, AuditAction::Export, list)
            .await
            .map_err(NotExported::NotWritten)?;
        Ok(export)
    }

    /// The keys of a row, each with those above it, as they were asked for.
    pub fn columns(&self) -> &[Vec<String>] {
        &self.columns
    }

    /// The next rows; none after the last. Waits while the caller's units are spent.
    pub async fn page(&mut self) -> Result<Option<Vec<Value>>, Interrupted> {
        loop {
            if let Some(rows) = self.read.take() {
                return Ok(Some(rows));
            }
            if !self.more {
                return Ok(None);
            }
            let reply = self.execute().await;
            match reply.refused {
                Some(Refusal::RateLimited(after)) => tokio::time::sleep(after).await,
                _ => match reply.response.errors.first() {
                    Some(error) => return Err(Interrupted(error.message.clone())),
                    None => self.take(reply.response.data)?,
                },
            }
        }
    }

    async fn execute(&self) -> Reply {
        let mut request = Request::new(&self.query).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation);
        execute(&self.service, &self.call, request).await
    }

    fn take(&mut self, mut data: Value) -> Result<(), Interrupted> {
        let unfit = || Interrupted(SHAPE.to_owned());
        let mut page = taken(&mut data, &self.root).ok_or_else(unfit)?;
        let info = taken(&mut page, "pageInfo").ok_or_else(unfit)?;
        let Some(Value::List(rows)) = taken(&mut page, self.rows) else {
            return Err(unfit());
        };
        let Value::Object(info) = info else {
            return Err(unfit());
        };
        let (Some(Value::Boolean(more)), Some(end)) =
            (info.get("hasNextPage"), info.get("endCursor"))
        else {
            return Err(unfit());
        };
        let after = Name::new("after");
        if *more && self.variables.get(&after) == Some(end) {
            return Err(unfit());
        }
        self.more = *more;
        self.variables.insert(after, end.clone());
        self.read = Some(rows);
        Ok(())
    }
}

/// Whether an argument is the variable of its own name.
fn is_variable(field: &Field, name: &str) -> bool {
    let argument = field.get_argument(name);
    argument.is_some_and(|value| value.node.to_string() == format!("${name}"))
}

fn taken(value: &mut Value, name: &str) -> Option<Value> {
    match value {
        Value::Object(object) => object.shift_remove(name),
        _ => None,
    }
}
