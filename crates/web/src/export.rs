//! `/export`: a list to its last row, as JSON lines or CSV, for keys with the scope `export`. Written while it is read, so its size does
//! not matter; a transfer that breaks off ends without the mark of its end, and `after` goes on where it did.

use std::{io, time::Duration};

use graphql::{
    Access, Call, Refusal as Refused, Service,
    export::{Export, NotExported},
};
use poem::{
    Body, Endpoint, Request, Response, Result,
    http::{HeaderValue, Method, StatusCode, header},
};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

use crate::{
    body, compression::Streams, edge, graphql_endpoint, negotiation, parameters, query_string,
    refusal::Refusal, visitor::visitor,
};

/// Exports at once; each reads the database all the time.
const AT_ONCE: usize = 4;

/// The address over one service.
pub struct Exports {
    service: Service,
    room: std::sync::Arc<Semaphore>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Lines,
    Csv,
}

impl Exports {
    pub fn new(service: Service) -> Self {
        Self {
            service,
            room: std::sync::Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    async fn answer(
        &self,
        request: &mut Request,
        id: &str,
    ) -> std::result::Result<Response, Refusal> {
        if *request.method() != Method::POST {
            return Err(Refusal::method("POST"));
        }
        let format = format(request)?;
        let key = graphql_endpoint::key(&self.service, request).await?;
        negotiation::require_json(request)?;
        query_string::read(request)?;
        let query = parameters::from_json(&body::read(request).await?, self.service.trusted())?;
        let place = self.room.clone().try_acquire_owned().map_err(full)?;
        let call = Call {
            access: Access::ReadOnly,
            request_id: id.to_owned(),
            visitor: visitor(request),
            key,
        };
        let export = Export::open(&self.service, &call, query)
            .await
            .map_err(refusal)?;
        Ok(respond(export, format, place, id.to_owned()))
    }
}

impl Endpoint for Exports {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let id = edge::request_id(&request).to_owned();
        let answered = self.answer(&mut request, &id).await;
        Ok(answered.unwrap_or_else(|refusal| refusal.response(&id)))
    }
}

fn full(_: TryAcquireError) -> Refusal {
    Refusal::too_many(
        format!(
            "{AT_ONCE} exports are running, which is as many as there may be. Try again in a minute."
        ),
        Duration::from_secs(59),
    )
}

fn refusal(why: NotExported) -> Refusal {
    match why {
        NotExported::Forbidden => Refusal::new(
            StatusCode::FORBIDDEN,
            "An export needs an API key with the scope `export`, sent as `Authorization: Bearer bab_…`.",
        ),
        NotExported::Invalid(advice) => Refusal::bad_request(advice),
        NotExported::NotWritten(failure) => {
            tracing::error!(%failure, "an export could not be written into the audit");
            Refusal::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "The export could not be written down, so it did not begin. Try again in a minute.",
            )
        }
        NotExported::Refused(reply) => {
            let error = reply.response.errors.first();
            let message = error.map_or("", |error| error.message.as_str());
            if let Some(Refused::RateLimited(after)) = reply.refused {
                return Refusal::too_many(message, after);
            }
            let status = match reply.refused {
                Some(Refused::NotTrusted) => StatusCode::FORBIDDEN,
                Some(_) => StatusCode::BAD_REQUEST,
                None => StatusCode::UNPROCESSABLE_ENTITY,
            };
            Refusal::new(status, message)
        }
    }
}

/// JSON lines, unless `Accept` asks for CSV.
fn format(request: &Request) -> std::result::Result<Format, Refusal> {
    let accept = request.header(header::ACCEPT).unwrap_or("*/*");
    let kinds = accept
        .split(',')
        .map(|kind| kind.split(';').next().unwrap_or_default().trim());
    for kind in kinds {
        match kind {
            "text/csv" => return Ok(Format::Csv),
            "application/jsonl" | "application/x-ndjson" | "*/*" | "application/*" => {
                return Ok(Format::Lines);
            }
            _ => {}
        }
    }
    Err(Refusal::new(
        StatusCode::NOT_ACCEPTABLE,
        "Accept application/jsonl or text/csv.",
    ))
}

fn respond(export: Export, format: Format, place: OwnedSemaphorePermit, id: String) -> Response {
    let head = match format {
        Format::Csv => Some(csv_line(export.columns().iter().map(|path| path.join(".")))),
        Format::Lines => None,
    };
    let state = Running {
        export,
        format,
        id,
        rows: 0,
        _place: place,
    };
    let pages = futures_util::stream::try_unfold((head, state), |(head, mut state)| async move {
        if let Some(head) = head {
            return Ok(Some((head, (None, state))));
        }
        match state.export.page().await {
            Ok(Some(rows)) => {
                let written = state.write(rows);
                Ok(Some((written, (None, state))))
            }
            Ok(None) => {
                tracing::info!(id = state.id, rows = state.rows, "export ended");
                Ok(None)
            }
            Err(error) => {
                tracing::error!(id = state.id, rows = state.rows, %error, "export broke off");
                Err(io::Error::other(error))
            }
        }
    });
    let mut response = Response::builder()
        .content_type(match format {
            Format::Lines => "application/jsonl; charset=utf-8",
            Format::Csv => "text/csv; charset=utf-8; header=present",
        })
        .header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
        .header(header::VARY, "Accept, Authorization")
        .body(Body::from_bytes_stream(pages));
    response.set_data(Streams);
    response
}

struct Running {
    export: Export,
    format: Format,
    id: String,
    rows: u64,
    _place: OwnedSemaphorePermit,
}

impl Running {
    fn write(&mut self, rows: Vec<graphql::Value>) -> Vec<u8> {
        let mut written = Vec::new();
        self.rows += rows.len() as u64;
        for row in rows {
            let row = row
                .into_json()
                .expect("data of GraphQL has only string keys");
            match self.format {
                Format::Lines => {
                    written.extend_from_slice(row.to_string().as_bytes());
                    written.push(b'\n');
                }
                Format::Csv => {
                    let columns = self.export.columns().iter();
                    let cells = columns.map(|path| cell(at(&row, path)));
                    written.extend_from_slice(&csv_line(cells));
                }
            }
        }
        written
    }
}

/// What stands at the end of a path; below a list, the list of what stands there in each item.
fn at(value: &Value, path: &[String]) -> Value {
    match (value, path) {
        (value, []) => value.clone(),
        (Value::Array(items), path) => items.iter().map(|item| at(item, path)).collect(),
        (Value::Object(object), [key, rest @ ..]) => {
            object.get(key).map_or(Value::Null, |inner| at(inner, rest))
        }
        _ => Value::Null,
    }
}

/// A value as a cell: nothing for null, JSON for lists. A text that a spreadsheet would take for a formula begins with an apostrophe:
/// <https://owasp.org/www-community/attacks/CSV_Injection>.
fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{text}")
        }
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// A record as RFC 4180 wants it.
fn csv_line(cells: impl Iterator<Item = String>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(cells)
        .expect("a record is written to memory");
    writer.into_inner().expect("a record is written to memory")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_hold_whatever_there_is_and_no_formulas() {
        let row =
            json!({ "a": { "b": -1, "c": [{ "d": 1 }, { "d": null }] }, "e": "=1+1", "f": null });
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
        for (column, expected) in [
            ("a.b", "-1"),
            ("a.c.d", "[1,null]"),
            ("e", "'=1+1"),
            ("f", ""),
            ("f.g", ""),
        ] {
            assert_eq!(cell(at(&row, &path(column))), expected, "{column}");
        }
        let line = csv_line(
            ["a,b", "c\"d", "e\nf", "فاس"]
                .map(str::to_owned)
                .into_iter(),
        );
        assert_eq!(
            String::from_utf8(line).unwrap(),
            "\"a,b\",\"c\"\"d\",\"e\nf\",فاس\r\n"
        );
    }
}
