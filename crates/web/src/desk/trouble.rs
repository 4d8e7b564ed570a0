//! What keeps a page of the desk from being given, and what its reader can do.

use std::time::Duration;

use askama::Template;
use poem::{
    Response,
    http::{StatusCode, header},
};

use super::{
    Session,
    shell::{Page, Shell},
    sign_in,
    visit::Visit,
};
use crate::{pages::words::Words, refusal::Refusal};

/// What came of a request.
pub type Answered = Result<Response, Trouble>;

/// Why there is no page.
#[derive(Debug)]
pub enum Trouble {
    Missing,
    /// Nobody is signed in, or nobody any more.
    SignedOut,
    /// A form that another site made its reader send.
    Elsewhere,
    /// A form of another session.
    OldForm,
    /// The key lacks the scope for it.
    Forbidden,
    TooMany(Duration),
    /// What was sent is not taken; the text says why.
    Refused(Refusal),
    /// The schema did not answer; its words say why.
    Told(StatusCode, String),
    Failed,
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page of the desk could not be written");
        Self::Failed
    }
}

#[derive(Template)]
#[template(path = "desk/trouble.html")]
struct Body<'a> {
    w: Words,
    heading: &'a str,
    message: &'a str,
    /// Nobody is signed in.
    enter: Option<String>,
    request_id: &'a str,
}

impl Trouble {
    /// The page that says so.
    pub fn told(self, visit: &Visit, session: Option<Session>) -> Result<Response, Refusal> {
        let w = visit.w;
        let heading = match self {
            Self::Missing => w.t("missing-title"),
            _ => w.t("trouble-title"),
        };
        let mut after = None;
        let (status, message) = match self {
            Self::Missing => (StatusCode::NOT_FOUND, w.t("desk-missing")),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, w.t("desk-signed-out")),
            Self::Elsewhere => (StatusCode::FORBIDDEN, w.t("desk-elsewhere")),
            Self::OldForm => (StatusCode::FORBIDDEN, w.t("desk-old-form")),
            Self::Forbidden => (StatusCode::FORBIDDEN, w.t("desk-forbidden")),
            Self::TooMany(wait) => {
                after = Some(wait);
                (StatusCode::TOO_MANY_REQUESTS, w.t("desk-too-many"))
            }
            Self::Refused(refusal) => (refusal.status(), refusal.message().to_owned()),
            Self::Told(status, message) => (status, message),
            Self::Failed => (StatusCode::INTERNAL_SERVER_ERROR, w.t("desk-failed")),
        };
        let enter = session.is_none().then(|| sign_in::address(visit));
        let body = Body {
            w,
            heading: &heading,
            message: &message,
            enter,
            request_id: &visit.request_id,
        };
        let unwritten = |_| {
            let message = "The page could not be written.";
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message)
        };
        let page = Page::of(&heading, &body).map_err(unwritten)?;
        let shell = Shell::new(visit, session.as_ref(), "");
        let mut response = shell.response(page, status).map_err(unwritten)?;
        if let Some(wait) = after {
            let seconds = (wait.as_secs() + 1).to_string();
            if let Ok(value) = seconds.parse() {
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
        }
        Ok(response)
    }
}
