//! `/desk`: the curators' pages, over the same schema with the curator's key. Every request passes one door, which knows who is signed in, and
//! of a form where it comes from, before anything looks at what is asked. Pages read; only forms change anything.

mod amend;
mod audit;
mod clerk;
mod conflicts;
mod entry;
mod import;
mod input;
mod need;
mod needs;
mod proposal;
mod queue;
mod session;
mod shell;
mod sign_in;
mod trouble;
mod visit;
mod written;

use std::time::Instant;

use graphql::Service;
use poem::{Endpoint, Request, Response, Result, http::Method};
use tokio::sync::OnceCell;

use crate::{
    Settings, edge,
    form::Form,
    origin::{self, Sender},
    refusal::Refusal,
};
use session::{Session, Sessions};
use trouble::{Answered, Trouble};
use visit::{Seat, Visit};

/// The curators' desk over one service.
pub struct Desk {
    service: Service,
    public_url: Option<String>,
    sessions: Sessions,
    files: import::Files,
    inputs: OnceCell<input::Inputs>,
}

impl Desk {
    pub fn new(service: Service, settings: &Settings) -> Self {
        Self {
            service,
            public_url: settings.public_url.clone(),
            sessions: Sessions::default(),
            files: import::Files::default(),
            inputs: OnceCell::new(),
        }
    }

    fn is_https(&self) -> bool {
        let public = self.public_url.as_deref();
        public.is_some_and(|url| url.starts_with("https://"))
    }

    /// What somebody looks at.
    async fn look(&self, visit: &Visit, session: Option<Session>) -> Answered {
        let path = visit.path();
        let Some(session) = session else {
            return match path[..] {
                ["sign-in"] => sign_in::show(visit),
                _ => Ok(sign_in::lead_to(visit)),
            };
        };
        let seat = Seat::new(self, visit, session);
        match path[..] {
            [] => queue::show(&seat).await,
            ["sign-in"] => Ok(visit.see_other("/desk", "")),
            ["proposals", key] => proposal::show(&seat, key).await,
            ["proposals", key, "amend"] => amend::show(&seat, key).await,
            ["conflicts"] => conflicts::show(&seat).await,
            ["import"] => import::show(&seat),
            ["import", file] => import::compare(&seat, file).await,
            ["needs"] => needs::show(&seat).await,
            ["needs", key] => need::show(&seat, key).await,
            ["audit"] => audit::show(&seat).await,
            // Where only a form is taken: the page that has it.
            ["proposals" | "needs" | "import", key, _] => {
                let place = queue::Place::read(visit).whole();
                Ok(visit.see_other(&format!("/desk/{}/{key}", path[0]), &place))
            }
            _ => Err(Trouble::Missing),
        }
    }

    /// What somebody wants done.
    async fn act(
        &self,
        visit: &Visit,
        session: Option<Session>,
        request: &mut Request,
    ) -> Answered {
        let path = visit.path();
        if origin::sender(request, self.public_url.as_deref()) != Sender::Own {
            return Err(Trouble::Elsewhere);
        }
        if path[..] == ["sign-in"] {
            let form = Form::read(request).await?;
            return sign_in::enter(self, visit, session, &form).await;
        }
        let Some(session) = session else {
            return Err(Trouble::SignedOut);
        };
        let form = Form::read(request).await?;
        if !session.form_token.is(form.text("token")) {
            return Err(Trouble::OldForm);
        }
        let seat = Seat::new(self, visit, session);
        match path[..] {
            ["sign-out"] => Ok(sign_in::leave(&seat)),
            ["proposals", key, "accept"] => proposal::accept(&seat, key, &form).await,
            ["proposals", key, "reject"] => proposal::reject(&seat, key, &form).await,
            ["proposals", key, "amend"] => amend::accept(&seat, key, &form).await,
            ["import"] => import::keep(&seat, form),
            ["import", file, "apply"] => import::apply(&seat, file, &form).await,
            ["needs", key, "contact"] => need::contact(&seat, key).await,
            ["needs", key, step @ ("introduce" | "consent" | "advance")] => {
                need::step(&seat, key, step, &form).await
            }
            _ => Err(Trouble::Missing),
        }
    }

    /// Who is signed in, if the key is still good.
    async fn session(&self, visit: &Visit) -> std::result::Result<Option<Session>, Trouble> {
        let now = Instant::now();
        for token in visit.tokens(sign_in::cookie_name(self)) {
            let Some(session) = self.sessions.find(&token, now) else {
                continue;
            };
            let good = self.service.is_in_force(&session.key).await;
            if good.map_err(|error| visit.failed(&error))? {
                return Ok(Some(session));
            }
            self.sessions.end(&token);
        }
        Ok(None)
    }

    async fn answer(&self, request: &mut Request) -> std::result::Result<Response, Refusal> {
        let visit = Visit::read(request)?;
        let (session, answered) = match self.session(&visit).await {
            Err(trouble) => (None, Err(trouble)),
            Ok(session) => {
                let answered = match *request.method() {
                    Method::GET | Method::HEAD => self.look(&visit, session.clone()).await,
                    Method::POST => self.act(&visit, session.clone(), request).await,
                    _ => return Err(Refusal::method("GET, HEAD, POST")),
                };
                (session, answered)
            }
        };
        answered.or_else(|trouble| trouble.told(&visit, session))
    }
}

impl Endpoint for Desk {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let id = edge::request_id(&request).to_owned();
        let answered = self.answer(&mut request).await;
        let response = answered.unwrap_or_else(|refusal| refusal.response(&id));
        Ok(shell::kept_for_nobody(response))
    }
}
