//! A page at its address: reads the address, sends the document, shows what comes back in the form that is asked for.

use std::sync::Arc;

use bytes::Bytes;
use graphql::{Access, Call, Request as Operation, Service, Variables};
use poem::{
    Endpoint, Request, Response, Result,
    http::{HeaderValue, StatusCode, header},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::{Address, Form},
    card, missing,
    shell::{Behind, Shell},
    table::Table,
    view::{About, Answered, Drawing, Kind, Shown, View},
};
use crate::{
    Settings, files,
    refusal::{self, Refusal},
    studio::{Format, Studio},
    visitor::visitor,
};

/// What every page works with.
pub struct House {
    pub service: Service,
    pub public_url: Option<String>,
    pub studio: Studio,
}

/// One kind of page over one service.
pub struct Page {
    house: Arc<House>,
    fixed: Option<&'static str>,
    kind: Kind,
}

impl Page {
    /// Pages of things: the last part of the path names one.
    pub fn of_things<V: View>(house: &Arc<House>) -> Self {
        Self {
            house: house.clone(),
            fixed: None,
            kind: Kind::of::<V>(),
        }
    }

    /// A page of its own.
    pub fn at<V: View>(house: &Arc<House>, path: &'static str) -> Self {
        Self {
            fixed: Some(path),
            ..Self::of_things::<V>(house)
        }
    }

    async fn answer(&self, request: &Request) -> std::result::Result<Response, Refusal> {
        let address = Address::read(request, self.fixed)?;
        let variables = (self.kind.variables)(&address)?;
        let (body, problem) = self.send(request, &address, &variables).await?;
        let behind = Behind {
            document: self.kind.document,
            variables: &variables,
        };
        let mut response = self.show(&address, behind, body, problem).await?;
        if !self.kind.lasts || response.status() != StatusCode::OK {
            let keeping = HeaderValue::from_static("no-store");
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, keeping);
            return Ok(response);
        }
        kept_by_content(request, response).await
    }

    /// Sends the document of the page.
    async fn send(
        &self,
        request: &Request,
        address: &Address,
        variables: &Value,
    ) -> std::result::Result<(Bytes, Option<Problem>), Refusal> {
        let call = Call {
            access: Access::ReadOnly,
            request_id: address.request_id.clone(),
            visitor: visitor(request),
            key: None,
        };
        let written = format!("{}\n{variables}", self.kind.document);
        let read = || {
            let variables = Variables::from_json(variables.clone());
            Ok::<_, Refusal>(Operation::new(self.kind.document).variables(variables))
        };
        let served = graphql::serve(&self.house.service, &call, written.as_bytes(), read, |_| {
            false
        })
        .await?;
        if let Some(graphql::Refusal::RateLimited(after)) = served.refused {
            let message = "You asked for more than your share. Try again later.";
            return Err(Refusal::too_many(message, after));
        }
        let body = served.body.unwrap_or_default();
        let problem = serde_json::from_slice::<Troubled>(&body).ok();
        let problem = problem.and_then(|troubled| troubled.errors.into_iter().next());
        Ok((body, problem))
    }

    async fn show(
        &self,
        address: &Address,
        behind: Behind<'_>,
        body: Bytes,
        problem: Option<Problem>,
    ) -> std::result::Result<Response, Refusal> {
        if let Some(problem) = problem {
            return self.trouble(address, &problem);
        }
        let about = About {
            address,
            keeps_questions: self.house.service.keeps_questions(),
        };
        let shown = (self.kind.show)(&body, &about).map_err(|error| {
            tracing::error!(id = address.request_id, %error, "a page could not be shown");
            unwritten()
        })?;
        let Some(shown) = shown else {
            return missing::page(&self.house, address);
        };
        match address.form {
            Form::Json => Ok(json_of(&behind, &body)),
            Form::Page | Form::Embedded => {
                self.house
                    .page(address, &shown, Some(behind), StatusCode::OK)
            }
            Form::Csv => Ok(csv_of(address, &shown)),
            Form::Png => self.picture(address, &shown, Format::Png).await,
            Form::Svg => self.picture(address, &shown, Format::Svg).await,
        }
    }

    fn trouble(
        &self,
        address: &Address,
        problem: &Problem,
    ) -> std::result::Result<Response, Refusal> {
        let code = problem.extensions.code.as_str();
        let status = match code {
            "NOT_FOUND" => return missing::page(&self.house, address),
            "BAD_USER_INPUT" | "TOO_COMPLEX" => StatusCode::BAD_REQUEST,
            "TIMEOUT" => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        missing::trouble(&self.house, address, &problem.message, status)
    }

    async fn picture(
        &self,
        address: &Address,
        shown: &Shown,
        format: Format,
    ) -> std::result::Result<Response, Refusal> {
        let picture = match &shown.drawing {
            Some(Drawing::Chart(chart)) => chart::draw(&chart.chart),
            Some(Drawing::Tiles(tiles)) => chart::draw_tiles(tiles),
            None => card::of(address.words, shown),
        };
        let file = self.house.studio.file(picture, format).await?;
        Ok(Response::builder()
            .content_type(format.content_type())
            .body(file.to_vec()))
    }
}

impl House {
    pub fn new(service: Service, settings: &Settings) -> Self {
        Self {
            service,
            public_url: settings.public_url.clone(),
            studio: Studio::default(),
        }
    }

    /// A page as a response.
    pub fn page(
        &self,
        address: &Address,
        shown: &Shown,
        behind: Option<Behind<'_>>,
        status: StatusCode,
    ) -> std::result::Result<Response, Refusal> {
        let day = self.service.now().format("%Y-%m-%d").to_string();
        let shell = Shell {
            address,
            public_url: self.public_url.as_deref(),
            shown,
            behind,
            day: &day,
        };
        shell.response(status).map_err(|error| {
            tracing::error!(id = address.request_id, %error, "a page could not be written");
            unwritten()
        })
    }
}

impl Endpoint for Page {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let answered = self.answer(&request).await;
        let id = crate::edge::request_id(&request);
        Ok(answered.unwrap_or_else(|refusal| refusal.response(id)))
    }
}

#[derive(Deserialize)]
struct Troubled {
    errors: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    message: String,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Default, Deserialize)]
struct Extensions {
    #[serde(default)]
    code: String,
}

/// The response with a tag of what it holds, or word that the caller holds it already.
async fn kept_by_content(
    request: &Request,
    mut response: Response,
) -> std::result::Result<Response, Refusal> {
    let body = response.take_body().into_bytes().await;
    let body = body.map_err(|_| unwritten())?;
    let etag = files::etag(&body);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::ETAG, etag.parse().expect("a tag is hexadecimal"));
    match files::is_known(request.headers(), &etag) {
        true => response.set_status(StatusCode::NOT_MODIFIED),
        false => response.set_body(body),
    }
    Ok(response)
}

fn json_of(behind: &Behind<'_>, body: &[u8]) -> Response {
    let data = serde_json::from_slice::<Answered<Value>>(body).map(|answered| answered.data);
    let told = json!({
        "query": behind.document,
        "variables": behind.variables,
        "data": data.unwrap_or_default(),
    });
    Response::builder()
        .content_type("application/json; charset=utf-8")
        .header(header::VARY, "Accept-Language")
        .body(told.to_string())
}

fn csv_of(address: &Address, shown: &Shown) -> Response {
    let table = match &shown.table {
        Some(table) => table.csv(),
        None => Table::of_figures(address.words, &shown.figures).csv(),
    };
    Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(header::VARY, "Accept-Language")
        .body(table)
}

fn unwritten() -> Refusal {
    Refusal::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "The page could not be written. Try again; if it persists, report the requestId.",
    )
}
