//! `/`: ask a question without JavaScript. The page sends the document every door sends and prints what comes back.

use askama::Template;
use graphql::{ASK_DOCUMENT, Access, Call, Request as Operation, Service, Variables, Visitor};
use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Settings, edge,
    language::{EXAMPLES, Language, Words},
    query_string,
    refusal::{self, Refusal},
    visitor::visitor,
};

pub const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// The ask page over one service.
pub struct Ask {
    service: Service,
    public_url: Option<String>,
}

impl Ask {
    pub fn new(service: Service, settings: &Settings) -> Self {
        Self {
            service,
            public_url: settings.public_url.clone(),
        }
    }

    async fn answer(
        &self,
        question: &str,
        conversation: Option<&str>,
        id: &str,
        visitor: Visitor,
    ) -> Asked {
        let variables = json!({ "question": question, "conversation": conversation });
        let call = Call {
            access: Access::ReadOnly,
            request_id: id.to_owned(),
            visitor,
            key: None,
        };
        let operation = Operation::new(ASK_DOCUMENT)
            .variables(Variables::from_json(variables))
            .operation_name("Ask");
        let response = graphql::execute(&self.service, &call, operation)
            .await
            .response;
        if let Some(error) = response.errors.first() {
            let code = error
                .extensions
                .as_ref()
                .and_then(|named| named.get("code"));
            let status = match code {
                Some(code) if *code == "INTERNAL_SERVER_ERROR".into() => {
                    StatusCode::INTERNAL_SERVER_ERROR
                }
                _ => StatusCode::BAD_REQUEST,
            };
            return Asked::Failed(status, error.message.clone());
        }
        let answered = response
            .data
            .into_json()
            .and_then(serde_json::from_value::<Answered>);
        match answered {
            Ok(answered) => Asked::Answered(Box::new(answered.ask)),
            Err(error) => {
                tracing::error!(id, %error, "the answer does not have the shape of its document");
                Asked::Failed(StatusCode::INTERNAL_SERVER_ERROR, String::new())
            }
        }
    }
}

impl Endpoint for Ask {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let id = edge::request_id(&request).to_owned();
        let parameters = match query_string::read(&request) {
            Ok(parameters) => parameters,
            Err(refusal) => return Ok(refusal.response(&id)),
        };
        let given = |name: &str| {
            parameters
                .get(name)
                .map(|value| value.trim())
                .filter(|value| !value.is_empty())
        };
        let language = Language::choose(given("lang"), request.header(header::ACCEPT_LANGUAGE));
        let question = given("q").unwrap_or_default();
        let asked = match question {
            "" => Asked::Nothing,
            question => {
                let visitor = visitor(&request);
                self.answer(question, given("c"), &id, visitor).await
            }
        };
        let (status, answer, failure) = match &asked {
            Asked::Nothing => (StatusCode::OK, None, None),
            Asked::Answered(answer) => (StatusCode::OK, Some(&**answer), None),
            Asked::Failed(status, message) => (*status, None, Some(message.as_str())),
        };
        let page = Page {
            language,
            words: language.words(),
            public_url: self.public_url.as_deref(),
            question,
            answer,
            failure,
            request_id: &id,
            keeps_questions: self.service.keeps_questions(),
        };
        let Ok(text) = page.render() else {
            let failed = Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The page could not be written.",
            );
            return Ok(failed.response(&id));
        };
        Ok(Response::builder()
            .status(status)
            .content_type("text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, POLICY)
            // The form of a report says where it comes from, to us and to nobody else.
            .header(header::REFERRER_POLICY, "same-origin")
            .header(header::CACHE_CONTROL, "no-store")
            .header(header::VARY, "Accept-Language")
            .body(text))
    }
}

/// What became of the question in the address.
enum Asked {
    Nothing,
    Answered(Box<Answer>),
    Failed(StatusCode, String),
}

#[derive(Template)]
#[template(path = "ask.html")]
struct Page<'a> {
    language: Language,
    words: &'static Words,
    public_url: Option<&'a str>,
    question: &'a str,
    answer: Option<&'a Answer>,
    failure: Option<&'a str>,
    request_id: &'a str,
    keeps_questions: bool,
}

impl Page<'_> {
    fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    fn problems(&self) -> [(&'static str, &'static str); 5] {
        self.words.report.problems()
    }

    fn examples(&self) -> [(&'static str, &'static str); 5] {
        EXAMPLES
    }

    /// The address that asks `question` in the language of this page.
    fn asking(&self, question: &str) -> String {
        format!(
            "/?lang={}&q={}",
            self.language.tag(),
            query_string::encode(question)
        )
    }
}

#[derive(Deserialize)]
struct Answered {
    ask: Answer,
}

/// The parts of an answer that the page shows.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status: String,
    locale: String,
    text: String,
    understood: String,
    conversation: String,
    reference: String,
    items: Vec<Item>,
    sources: Vec<Source>,
    options: Vec<Choice>,
    suggestions: Vec<String>,
    operation: Option<Reproducible>,
    chart: Option<Shown>,
}

impl Answer {
    fn tag(&self) -> &'static str {
        match self.locale.as_str() {
            "FR" => "fr",
            "EN" => "en",
            "AR" => "ar",
            _ => "ary",
        }
    }

    fn is_answered(&self) -> bool {
        self.status == "ANSWERED"
    }
}

#[derive(Deserialize)]
struct Item {
    name: String,
    detail: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    publisher: String,
    title: String,
    url: Option<String>,
    published_on: Option<String>,
}

impl Source {
    /// Its address, when following it can do nothing but open a page.
    fn link(&self) -> Option<&str> {
        let url = self.url.as_deref()?;
        let scheme = url.split_once("://")?.0;
        (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")).then_some(url)
    }
}

/// A chart and where it is drawn.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    #[serde(flatten)]
    chart: ::chart::Chart,
    url: Option<String>,
    svg_url: Option<String>,
}

impl Shown {
    /// The picture as a path of this server, whatever the public calls it: pages load images from nowhere else.
    fn path(url: Option<&String>) -> Option<&str> {
        let url = url?;
        url.find("/chart/").map(|at| &url[at..])
    }

    fn svg(&self) -> Option<&str> {
        Self::path(self.svg_url.as_ref())
    }

    fn png(&self) -> Option<&str> {
        Self::path(self.url.as_ref())
    }

    /// Width and height, so that the page does not jump when the picture comes.
    fn size(&self) -> (u32, u32) {
        let (width, height) = ::chart::draw(&self.chart).size();
        (width as u32, height as u32)
    }

    fn direction(&self) -> &'static str {
        if self.chart.is_rtl() { "rtl" } else { "ltr" }
    }

    /// The figures, a row each: what, when, how much, and what its marks mean.
    fn rows(&self) -> Vec<(&str, &str, &str, String)> {
        let points = self
            .chart
            .series
            .iter()
            .flat_map(|series| series.points.iter().map(move |point| (series, point)));
        points
            .map(|(series, point)| {
                let marks = self
                    .chart
                    .legend
                    .iter()
                    .filter(|legend| point.carries(legend.mark))
                    .map(|legend| legend.label.as_str());
                let marks = marks.collect::<Vec<_>>().join(" · ");
                (
                    series.label.as_str(),
                    point.label.as_str(),
                    point.text.as_str(),
                    marks,
                )
            })
            .collect()
    }
}

#[derive(Deserialize)]
struct Choice {
    label: String,
    question: String,
}

#[derive(Deserialize)]
struct Reproducible {
    document: String,
    #[serde(default)]
    variables: Value,
}

impl Reproducible {
    fn variables(&self) -> String {
        serde_json::to_string_pretty(&self.variables).unwrap_or_default()
    }

    /// The address that opens it in the playground, ready to run.
    fn playground(&self) -> String {
        format!(
            "/graphiql?query={}&variables={}",
            query_string::encode(&self.document),
            query_string::encode(&self.variables())
        )
    }
}
