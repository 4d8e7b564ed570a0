//! What stands around every page of the desk, and the headers that keep it to whoever is signed in.

use askama::Template;
use graphql::Scope;
use poem::{
    Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};

use super::{Session, Visit, visit::Seat};
use crate::pages::{
    view::Markup,
    words::{Language, Words},
};

/// Nothing but what this server sends is loaded or run, and nobody frames it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The parts of the desk: path, word, and the scope that opens it.
const SECTIONS: [(&str, &str, Scope); 5] = [
    ("/desk", "desk-queue", Scope::Curate),
    ("/desk/conflicts", "desk-conflicts", Scope::Curate),
    ("/desk/import", "desk-import", Scope::Curate),
    ("/desk/needs", "desk-needs", Scope::Coordinate),
    ("/desk/audit", "desk-audit", Scope::Curate),
];

/// What a page shows inside.
pub struct Page {
    pub title: String,
    pub body: Markup,
}

impl Page {
    pub fn of(title: &str, body: &impl Template) -> Result<Self, askama::Error> {
        Ok(Self {
            title: title.to_owned(),
            body: Markup::of(body)?,
        })
    }
}

/// The page around it.
#[derive(Template)]
#[template(path = "desk/shell.html")]
pub struct Shell<'a> {
    w: Words,
    visit: &'a Visit,
    session: Option<&'a Session>,
    /// The path of the part of the desk that the page belongs to.
    section: &'a str,
    title: String,
    body: Markup,
}

impl<'a> Shell<'a> {
    pub fn new(visit: &'a Visit, session: Option<&'a Session>, section: &'a str) -> Self {
        Self {
            w: visit.w,
            visit,
            session,
            section,
            title: String::new(),
            body: Markup::default(),
        }
    }

    fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    fn fonts(&self) -> [&'static str; 2] {
        self.w.language.fonts()
    }

    /// The parts that the key opens.
    fn sections(&self) -> Vec<(&'static str, String)> {
        let open = SECTIONS.iter().filter(|(_, _, scope)| {
            let key = self.session.map(|session| &session.key);
            key.is_some_and(|key| key.may(*scope))
        });
        open.map(|(path, word, _)| (*path, self.w.t(word)))
            .collect()
    }

    pub fn response(mut self, page: Page, status: StatusCode) -> Result<Response, askama::Error> {
        self.title = page.title;
        self.body = page.body;
        Ok(Response::builder()
            .status(status)
            .content_type("text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, POLICY)
            // A form says where it comes from, to us and to nobody else.
            .header(header::REFERRER_POLICY, "same-origin")
            .body(self.render()?))
    }
}

impl Seat<'_> {
    /// A page of a part of the desk.
    pub fn page(
        &self,
        section: &str,
        title: &str,
        body: &impl Template,
        status: StatusCode,
    ) -> super::Answered {
        let page = Page::of(title, body)?;
        let shell = Shell::new(self.visit, Some(&self.session), section);
        Ok(shell.response(page, status)?)
    }

    /// What every form of the session carries.
    pub fn token(&self) -> &str {
        self.session.form_token.as_str()
    }
}

/// The status of a page that tells what became of a form.
pub fn status(refused: bool) -> StatusCode {
    match refused {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    }
}

/// Keeps what the desk answers out of every cache and index.
pub fn kept_for_nobody(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let robots = HeaderName::from_static("x-robots-tag");
    headers.insert(robots, HeaderValue::from_static("noindex, nofollow"));
    response
}
