//! A request at the desk: what its address says, and who sits there.

use graphql::Visitor;
use poem::{
    Request, Response,
    http::{StatusCode, header},
};

use super::{Desk, Session, session::Token, trouble::Trouble};
use crate::{
    edge,
    pages::words::{Language, Words},
    query_string,
    refusal::Refusal,
    visitor::visitor,
};

/// A request.
pub struct Visit {
    pub w: Words,
    pub request_id: String,
    pub visitor: Visitor,
    whole: String,
    parameters: Vec<(String, String)>,
    cookies: Vec<String>,
}

/// Somebody who is signed in, and the request that they send.
pub struct Seat<'a> {
    pub desk: &'a Desk,
    pub visit: &'a Visit,
    pub session: Session,
    pub w: Words,
}

impl<'a> Seat<'a> {
    /// A mark for a form, so that sent twice it is carried out once.
    pub fn once(&self) -> Result<Token, Trouble> {
        Token::random().map_err(|error| self.visit.failed(&error))
    }

    pub fn new(desk: &'a Desk, visit: &'a Visit, session: Session) -> Self {
        Self {
            desk,
            visit,
            session,
            w: visit.w,
        }
    }
}

impl Visit {
    pub fn read(request: &Request) -> Result<Self, Refusal> {
        let parameters = query_string::pairs(request)?;
        let chosen = parameters.iter().find(|(name, _)| name == "lang");
        let chosen = chosen.map(|(_, value)| value.as_str());
        let language = Language::choose(chosen, request.header(header::ACCEPT_LANGUAGE));
        let cookies = request.headers().get_all(header::COOKIE).iter();
        let cookies = cookies.filter_map(|value| value.to_str().ok());
        Ok(Self {
            w: Words { language },
            request_id: edge::request_id(request).to_owned(),
            visitor: visitor(request),
            whole: request.uri().path().to_owned(),
            parameters,
            cookies: cookies.map(str::to_owned).collect(),
        })
    }

    /// What stands after `/desk`, part by part. Parts that can be no key name nothing.
    pub fn path(&self) -> Vec<&str> {
        let parts = self.whole.split('/').filter(|part| !part.is_empty());
        let is_key = |part: &str| {
            part.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        };
        parts
            .skip(1)
            .map(|part| if is_key(part) { part } else { "?" })
            .collect()
    }

    /// A parameter of the address that is not empty.
    pub fn given(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let (_, value) =
            parameters.find(|(given, value)| given == name && !value.trim().is_empty())?;
        Some(value.trim())
    }

    /// The tokens that the browser holds under a name.
    pub fn tokens<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Token> {
        let pairs = self
            .cookies
            .iter()
            .flat_map(|text| text.split(';'))
            .take(20);
        let named = pairs.filter_map(move |pair| {
            pair.trim()
                .split_once('=')
                .filter(|(given, _)| *given == name)
        });
        named.filter_map(|(_, value)| Token::read(value))
    }

    /// The same page in another language.
    pub fn in_language(&self, language: &Language) -> String {
        let mut address = format!("{}?lang={}", self.page(), language.tag());
        for (name, value) in self.parameters.iter().filter(|(name, _)| name != "lang") {
            let (name, value) = (query_string::encode(name), query_string::encode(value));
            address.push_str(&format!("&{name}={value}"));
        }
        address
    }

    /// The path with its parameters, to come back to.
    pub fn address(&self) -> String {
        self.in_language(&self.w.language)
    }

    fn page(&self) -> String {
        let parts: Vec<_> = self
            .path()
            .into_iter()
            .map(|part| format!("/{part}"))
            .collect();
        format!("/desk{}", parts.concat())
    }

    /// Sends the browser to a page of the desk in the same language; `more` begins with `&`, or is empty.
    pub fn see_other(&self, path: &str, more: &str) -> Response {
        Response::builder()
            .status(StatusCode::SEE_OTHER)
            .header(header::LOCATION, format!("{}{more}", self.w.to(path)))
            .finish()
    }

    /// Our own trouble, noted in the log.
    pub fn failed(&self, error: &dyn std::fmt::Display) -> Trouble {
        tracing::error!(id = self.request_id, %error, "the desk failed");
        Trouble::Failed
    }
}
