//! A caller of the door, in process: builds requests, reads answers.

use poem::{
    Endpoint, EndpointExt, IntoResponse, Request,
    endpoint::BoxEndpoint,
    http::{HeaderMap, Method, StatusCode},
};
use serde_json::{Value, json};

/// The door over a fresh database with the shipped facts.
pub struct Door(BoxEndpoint<'static>);

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

pub async fn door() -> Door {
    Door::over(web::app(testkit::service().await, web::Settings::default()))
}

impl Door {
    pub fn over(app: impl Endpoint + 'static) -> Self {
        Self(app.map_to_response().boxed())
    }

    pub async fn send(&self, request: Request) -> Answer {
        let response = match self.0.call(request).await {
            Ok(response) => response.into_response(),
            Err(error) => panic!("the edge lets no error through: {error}"),
        };
        let (parts, body) = response.into_parts();
        let body = body.into_vec().await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::builder().uri(address.parse().unwrap()).finish())
            .await
    }

    /// GET with headers.
    pub async fn get_with(&self, address: &str, headers: &[(&'static str, &str)]) -> Answer {
        let mut request = Request::builder().uri(address.parse().unwrap()).finish();
        add(&mut request, headers);
        self.send(request).await
    }

    /// Any method with these bytes and headers.
    pub async fn request(
        &self,
        method: Method,
        address: &str,
        body: impl Into<Vec<u8>>,
        headers: &[(&'static str, &str)],
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(address.parse().unwrap())
            .body(body.into());
        add(&mut request, headers);
        self.send(request).await
    }

    /// POST /graphql with these bytes and headers.
    pub async fn post(&self, body: impl Into<Vec<u8>>, headers: &[(&'static str, &str)]) -> Answer {
        self.request(Method::POST, "/graphql", body, headers).await
    }

    /// POST /graphql the usual way.
    pub async fn operation(&self, body: &Value) -> Answer {
        self.post(body.to_string(), &[JSON, RESPONSE]).await
    }

    pub async fn query(&self, query: &str) -> Answer {
        self.operation(&json!({ "query": query })).await
    }
}

pub const JSON: (&str, &str) = ("content-type", "application/json");
pub const RESPONSE: (&str, &str) = ("accept", "application/graphql-response+json");

fn add(request: &mut Request, headers: &[(&'static str, &str)]) {
    for (name, value) in headers {
        request.headers_mut().append(*name, value.parse().unwrap());
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The data of an answer without errors.
    #[track_caller]
    pub fn data(&self) -> Value {
        let mut body = self.json();
        assert!(body.get("errors").is_none(), "{body}");
        body["data"].take()
    }

    /// Asserts that nothing was executed: this status, an error with a code and advice, no `data`, its request id.
    #[track_caller]
    pub fn refused(&self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        let body = self.json();
        assert!(body.get("data").is_none(), "{body}");
        let error = &body["errors"][0];
        assert!(error["extensions"]["code"].is_string(), "{body}");
        assert_eq!(
            error["extensions"]["requestId"],
            self.header("x-request-id"),
            "{body}"
        );
        error["message"].as_str().unwrap().to_owned()
    }
}
