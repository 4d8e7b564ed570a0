//! `/desk/sign-in`: an API key in, a session out. The key is looked at once and kept nowhere.

use std::time::Instant;

use askama::Template;
use graphql::{NotAuthenticated, Scope};
use poem::{
    Response,
    http::{HeaderValue, StatusCode, header},
};

use super::{
    Desk, Session,
    shell::{Page, Shell},
    trouble::Answered,
    visit::{Seat, Visit},
};
use crate::{form::Form, pages::words::Words, query_string};

#[derive(Template)]
#[template(path = "desk/sign_in.html")]
struct Body<'a> {
    w: Words,
    /// Where to go from here.
    to: &'a str,
    problem: Option<String>,
}

/// The name of the cookie. Where everything goes by https, no page without it can set one of this name.
pub fn cookie_name(desk: &Desk) -> &'static str {
    match desk.is_https() {
        true => "__Secure-bab_desk",
        false => "bab_desk",
    }
}

fn cookie(desk: &Desk, value: &str, more: &str) -> String {
    let secure = if desk.is_https() { "; Secure" } else { "" };
    let name = cookie_name(desk);
    format!("{name}={value}; Path=/desk; HttpOnly; SameSite=Strict{secure}{more}")
}

fn set(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
}

/// The address that asks for a key and comes back.
pub fn address(visit: &Visit) -> String {
    let to = query_string::encode(&visit.address());
    visit.w.to(&format!("/desk/sign-in?to={to}"))
}

/// Sends whoever is not signed in to where that is done.
pub fn lead_to(visit: &Visit) -> Response {
    Response::builder()
        .status(StatusCode::SEE_OTHER)
        .header(header::LOCATION, address(visit))
        .finish()
}

/// A page of the desk to go to; nothing else is one.
fn inside(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("/desk")?;
    let begins = rest.is_empty() || rest.starts_with('/') || rest.starts_with('?');
    let plain = address
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let elsewhere = ["/desk/sign-in", "/desk/sign-out"];
    (begins && plain && !elsewhere.iter().any(|path| address.starts_with(path))).then_some(address)
}

/// The form.
pub fn show(visit: &Visit) -> Answered {
    form(visit, visit.given("to"), None, StatusCode::OK)
}

fn form(visit: &Visit, to: Option<&str>, problem: Option<String>, status: StatusCode) -> Answered {
    let w = visit.w;
    let to = to.and_then(inside).unwrap_or_default();
    let page = Page::of(&w.t("desk-enter"), &Body { w, to, problem })?;
    Ok(Shell::new(visit, None, "").response(page, status)?)
}

/// Signs in.
pub async fn enter(desk: &Desk, visit: &Visit, before: Option<Session>, sent: &Form) -> Answered {
    let w = visit.w;
    let to = sent.given("to");
    let refuse = |status, problem| form(visit, to, Some(problem), status);
    let credentials = format!("Bearer {}", sent.text("key"));
    let key = match desk.service.authenticate(&credentials, visit.visitor).await {
        Ok(key) => key,
        Err(NotAuthenticated::Malformed(_)) => {
            return refuse(StatusCode::UNAUTHORIZED, w.t("desk-key-malformed"));
        }
        Err(NotAuthenticated::Unknown) => {
            return refuse(StatusCode::UNAUTHORIZED, w.t("desk-key-unknown"));
        }
        Err(NotAuthenticated::Ended(_)) => {
            return refuse(StatusCode::UNAUTHORIZED, w.t("desk-key-ended"));
        }
        Err(NotAuthenticated::TooMany) => {
            return refuse(StatusCode::TOO_MANY_REQUESTS, w.t("desk-key-too-many"));
        }
        Err(NotAuthenticated::Store(error)) => return Err(visit.failed(&error)),
    };
    if !key.may(Scope::Curate) && !key.may(Scope::Coordinate) {
        return refuse(StatusCode::FORBIDDEN, w.t("desk-key-scope"));
    }
    if key.trusted_documents_only() {
        return refuse(StatusCode::FORBIDDEN, w.t("desk-key-documents"));
    }
    if let Some(before) = before {
        desk.sessions.end(&before.token);
    }
    // Who only coordinates has no queue.
    let first = if key.may(Scope::Curate) {
        "/desk"
    } else {
        "/desk/needs"
    };
    let prefix = key.prefix().to_owned();
    let opened = desk.sessions.open(key, &prefix, Instant::now());
    let token = opened.map_err(|error| visit.failed(&error))?;
    let mut response = match to.and_then(inside) {
        Some(to) => Response::builder()
            .status(StatusCode::SEE_OTHER)
            .header(header::LOCATION, to)
            .finish(),
        None => visit.see_other(first, ""),
    };
    set(&mut response, &cookie(desk, token.as_str(), ""));
    Ok(response)
}

/// Signs out.
pub fn leave(seat: &Seat<'_>) -> Response {
    seat.desk.sessions.end(&seat.session.token);
    let mut response = seat.visit.see_other("/desk/sign-in", "");
    set(&mut response, &cookie(seat.desk, "", "; Max-Age=0"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_page_of_the_desk_is_gone_to() {
        for good in [
            "/desk",
            "/desk?lang=fr",
            "/desk/proposals/a1?status=all&lang=ar",
        ] {
            assert_eq!(inside(good), Some(good));
        }
        for bad in [
            "",
            "/",
            "//evil.example",
            "/desktop",
            "/desk.evil.example",
            "https://evil.example/desk",
            "/desk\\..",
            "/desk/\r\nSet-Cookie: a",
            "/desk/sign-out",
            "/desk/sign-in?to=/desk",
        ] {
            assert_eq!(inside(bad), None, "{bad:?}");
        }
    }
}
