//! `/data-health`: how fresh and how whole the data are, and how to have something corrected. The page sends the document that the
//! terminal sends, and prints what comes back; it needs no JavaScript.

mod words;

use askama::Template;
use graphql::{Access, Call, HEALTH_DOCUMENT, Request as Operation, Service, Variables};
use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    edge,
    files::File,
    language::Language,
    page::POLICY,
    query_string,
    refusal::{self, Refusal},
    visitor::visitor,
};
use words::Words;

/// What is done for those who ask for a correction or a removal.
pub fn corrections() -> File {
    File::text(
        "text/plain; charset=utf-8",
        include_bytes!("../../../docs/corrections.md").to_vec(),
    )
}

/// The page over one service.
pub struct DataHealth {
    service: Service,
}

impl DataHealth {
    pub fn new(service: Service) -> Self {
        Self { service }
    }

    async fn read(
        &self,
        request: &Request,
        language: Language,
        id: &str,
    ) -> std::result::Result<Health, Refusal> {
        let call = Call {
            access: Access::ReadOnly,
            request_id: id.to_owned(),
            visitor: visitor(request),
            key: None,
        };
        let variables = json!({ "locale": language.tag().to_uppercase() });
        let operation = Operation::new(HEALTH_DOCUMENT).variables(Variables::from_json(variables));
        let reply = graphql::execute(&self.service, &call, operation).await;
        if let Some(graphql::Refusal::RateLimited(after)) = reply.refused {
            let message = "You asked for more than your share. Try again later.";
            return Err(Refusal::too_many(message, after));
        }
        let failed = || {
            Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The state of the data could not be read.",
            )
        };
        if let Some(error) = reply.response.errors.first() {
            tracing::error!(
                id,
                error = error.message.as_str(),
                "the page of data health failed"
            );
            return Err(failed());
        }
        let answered = reply.response.data.into_json();
        let answered = answered.and_then(serde_json::from_value::<Answered>);
        match answered {
            Ok(answered) => Ok(answered.data_health),
            Err(error) => {
                tracing::error!(id, %error, "the answer does not have the shape of its document");
                Err(failed())
            }
        }
    }

    async fn answer(&self, request: &Request, id: &str) -> std::result::Result<Response, Refusal> {
        let parameters = query_string::read(request)?;
        let chosen = parameters.get("lang").map(|value| value.trim());
        let language = Language::choose(chosen, request.header(header::ACCEPT_LANGUAGE));
        let page = Page {
            language,
            words: words::of(language),
            health: self.read(request, language, id).await?,
        };
        let text = page.render().map_err(|_| {
            Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The page could not be written.",
            )
        })?;
        Ok(Response::builder()
            .content_type("text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, POLICY)
            .header(header::CACHE_CONTROL, "no-cache")
            .header(header::VARY, "Accept-Language")
            .body(text))
    }
}

impl Endpoint for DataHealth {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let id = edge::request_id(&request).to_owned();
        let answered = self.answer(&request, &id).await;
        Ok(answered.unwrap_or_else(|refusal| refusal.response(&id)))
    }
}

#[derive(Template)]
#[template(path = "data_health.html")]
struct Page {
    language: Language,
    words: &'static Words,
    health: Health,
}

impl Page {
    fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    /// The counts that say most, those of places and towns left out.
    fn counts(&self) -> impl Iterator<Item = (&'static str, i64)> {
        let counts = self.health.counts.iter();
        counts.filter_map(|it| Some((self.words.concept(&it.concept)?, it.count)))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    data_health: Health,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    last_change: Option<Changed>,
    last_import: Option<Changed>,
    counts: Vec<Counted>,
    open_conflicts: i64,
    periods: Periods,
    oldest_headlines: Vec<Aged>,
    investor_sheets: Vec<Sheet>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    revision: String,
    recorded_at: String,
}

impl Changed {
    fn day(&self) -> &str {
        self.recorded_at.get(..10).unwrap_or(&self.recorded_at)
    }
}

#[derive(Deserialize)]
struct Counted {
    concept: String,
    count: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Periods {
    inferred: i64,
    undated: i64,
    undated_targets: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Aged {
    age_years: i64,
    is_stale: bool,
    observation: Observation,
}

#[derive(Deserialize)]
struct Observation {
    period: Option<String>,
    indicator: Named,
    territory: Option<Named>,
    source: Source,
}

#[derive(Deserialize)]
struct Source {
    publisher: String,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Sheet {
    territory: Named,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    question: String,
    is_known: bool,
    count: i64,
    latest: Option<String>,
}
