//! The HTTP side: token, faults, then the method; every call is written down.

use std::sync::Arc;
use std::time::Duration;

use poem::http::StatusCode;
use poem::{Endpoint, Request, Response, Route, endpoint};
use serde_json::Value;

use super::answer::{Answer, Refusal, envelope};
use super::parameters::Parameters;
use super::{Call, Fault, World, methods};

/// `/bot<token>/<method>`, by GET or POST.
pub(crate) fn app(world: Arc<World>) -> impl Endpoint {
    Route::new().at(
        "/:bot/:method",
        endpoint::make(move |request: Request| {
            let world = world.clone();
            async move { Ok::<_, std::convert::Infallible>(serve(world, request).await) }
        }),
    )
}

async fn serve(world: Arc<World>, request: Request) -> Response {
    let (request, mut body) = request.split();
    let bot = request.raw_path_param("bot").unwrap_or_default().to_owned();
    let method = request
        .raw_path_param("method")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let parameters = match Parameters::read(&request, &mut body).await {
        Ok(parameters) => parameters,
        Err(refusal) => return Noted::begin(&world, &method, Value::Null).reply(Err(refusal)),
    };
    let noted = Noted::begin(&world, &method, Value::Object(parameters.fields.clone()));
    let token = percent_decode(&bot);
    if let Err(refusal) = check_token(token.strip_prefix("bot"), &world.token) {
        return noted.reply(Err(refusal));
    }
    let fault = world.lock().faults.take(&method);
    match fault {
        None => {}
        Some(Fault::Slow(delay)) => tokio::time::sleep(delay).await,
        Some(fault) => return go_wrong(noted, fault).await,
    }
    let answer = methods::call(&world, &method, &parameters).await;
    noted.reply(answer)
}

fn check_token(given: Option<&str>, token: &str) -> Result<(), Refusal> {
    let well_formed = given
        .and_then(|given| given.split_once(':'))
        .is_some_and(|(id, secret)| {
            !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) && secret.len() >= 35
        });
    match given {
        Some(given) if given == token => Ok(()),
        Some(_) if well_formed => Err(Refusal::unauthorized()),
        _ => Err(Refusal::not_found()),
    }
}

async fn go_wrong(noted: Noted<'_>, fault: Fault) -> Response {
    let refusal = match fault {
        Fault::TooManyRequests(seconds) => Refusal::too_many(seconds),
        Fault::Blocked => Refusal::blocked(),
        Fault::Conflict => Refusal::other_poller(),
        Fault::Unauthorized => Refusal::unauthorized(),
        Fault::BadRequest(description) => Refusal::bad(description),
        Fault::BadGateway => {
            let page = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>";
            return noted.raw(StatusCode::BAD_GATEWAY, "text/html", page.to_owned());
        }
        Fault::TruncatedJson => {
            return noted.raw(
                StatusCode::OK,
                "application/json",
                "{\"ok\":true,\"result\":[{\"upd".to_owned(),
            );
        }
        Fault::EmptyBody => return noted.raw(StatusCode::OK, "application/json", String::new()),
        Fault::Hang(delay) | Fault::Slow(delay) => {
            tokio::time::sleep(delay).await;
            return noted.raw(StatusCode::GATEWAY_TIMEOUT, "text/plain", String::new());
        }
    };
    noted.reply(Err(refusal))
}

/// A call that was written down when it came in; its status follows when it is answered.
struct Noted<'a> {
    world: &'a World,
    index: usize,
}

impl<'a> Noted<'a> {
    fn begin(world: &'a World, method: &str, parameters: Value) -> Self {
        let mut inner = world.lock();
        inner.calls.push(Call {
            method: method.to_owned(),
            parameters,
            status: 0,
        });
        let index = inner.calls.len() - 1;
        drop(inner);
        world.changed.notify_waiters();
        Self { world, index }
    }

    fn reply(self, answer: Answer) -> Response {
        let (status, body) = envelope(answer);
        self.raw(status, "application/json", body.to_string())
    }

    fn raw(self, status: StatusCode, kind: &str, body: String) -> Response {
        self.world.lock().calls[self.index].status = status.as_u16();
        self.world.changed.notify_waiters();
        Response::builder()
            .status(status)
            .content_type(kind)
            .body(body)
    }
}

/// The colon of a token may come as `%3A`.
fn percent_decode(text: &str) -> String {
    text.replace("%3A", ":").replace("%3a", ":")
}

/// The longest a `getUpdates` may wait, whatever it asks for.
pub(crate) const LONGEST_POLL: Duration = Duration::from_secs(50);
