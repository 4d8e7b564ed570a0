//! Which pages and host names may call: pages of other sites only where the operator lets them (CORS), and no request under a name that
//! is not ours, so that nobody's own domain can be pointed at this server behind a browser's back.

use poem::{
    Request, Response,
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
};

use crate::{Settings, refusal::Refusal};

const EXPOSED: &str =
    "ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, WWW-Authenticate";

/// What is let in.
#[derive(Clone, Debug)]
pub struct Origins {
    own: Option<String>,
    any: bool,
    allowed: Vec<String>,
    hosts: Vec<String>,
}

impl Origins {
    pub fn new(settings: &Settings) -> Self {
        let own = settings.public_url.as_deref().and_then(origin);
        let mut hosts: Vec<String> = settings.allowed_hosts.clone();
        if let Some(host) = own.as_deref().and_then(|own| own.split_once("://")) {
            hosts.push(name(host.1).to_owned());
        }
        Self {
            any: settings.allowed_origins.iter().any(|origin| origin == "*"),
            allowed: settings
                .allowed_origins
                .iter()
                .filter_map(|text| origin(text))
                .collect(),
            own,
            hosts,
        }
    }

    /// Refuses a request under a name that is not ours. Without a setting every name is, but on an address of this machine alone, which
    /// only this machine's own names lead to. An address is never anybody else's name, and browsers always say a name.
    pub fn check_host(&self, request: &Request) -> Result<(), Refusal> {
        let Some(host) = host(request)? else {
            return Ok(());
        };
        let host = name(host);
        let alone = request
            .local_addr()
            .as_socket_addr()
            .is_some_and(|own| own.ip().is_loopback());
        let ours = (self.hosts.is_empty() && !alone)
            || host.eq_ignore_ascii_case("localhost")
            || is_address(host)
            || self
                .hosts
                .iter()
                .any(|known| known.eq_ignore_ascii_case(host));
        if ours {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::MISDIRECTED_REQUEST,
            "This server does not answer under that host name: use its public address. Its operator sets names with BAB_PUBLIC_URL or BAB_ALLOWED_HOSTS.",
        ))
    }

    /// The page of another site that sends a request, when it may; none for our own pages and for programs that are no pages.
    pub fn check_origin(&self, request: &Request) -> Result<Option<HeaderValue>, Refusal> {
        let Some(value) = request.headers().get(header::ORIGIN) else {
            return Ok(None);
        };
        let given = value.to_str().ok().and_then(origin);
        let host = host(request)?;
        let own = given.as_deref().is_some_and(|given| {
            let here = host.as_ref().is_some_and(|host| {
                given
                    .split_once("://")
                    .is_some_and(|(_, of)| of.eq_ignore_ascii_case(host))
            });
            here || self.own.as_deref() == Some(given)
        });
        if own {
            return Ok(None);
        }
        if self.any {
            return Ok(Some(HeaderValue::from_static("*")));
        }
        match given {
            Some(given) if self.allowed.contains(&given) => Ok(Some(value.clone())),
            _ => Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "Pages of that site may not call this API. Ask the operator to allow its origin, or call from a server.",
            )),
        }
    }

    /// The answer to a browser that asks whether a page may send a request.
    pub fn preflight(&self, request: &Request) -> Option<Result<Response, Refusal>> {
        let asks = *request.method() == Method::OPTIONS
            && request
                .headers()
                .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        asks.then(|| {
            let origin = self.check_origin(request)?;
            let mut response = Response::builder().status(StatusCode::NO_CONTENT).finish();
            let headers = response.headers_mut();
            let mut set = |name: HeaderName, value| {
                headers.insert(name, HeaderValue::from_static(value));
            };
            set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
            set(
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                "Accept, Authorization, Content-Type, If-None-Match, X-Request-Id",
            );
            set(header::ACCESS_CONTROL_MAX_AGE, "86400");
            self.allow(&mut response, origin);
            Ok(response)
        })
    }

    /// Lets the page of another site read the response.
    pub fn allow(&self, response: &mut Response, origin: Option<HeaderValue>) {
        let headers = response.headers_mut();
        if self.any || !self.allowed.is_empty() {
            headers.append(header::VARY, HeaderValue::from_static("Origin"));
        }
        let Some(origin) = origin else {
            return;
        };
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static(EXPOSED),
        );
    }
}

/// Whose page a form was sent from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    Own,
    Elsewhere,
    /// Nothing says: no browser of today sends such a form.
    Unsaid,
}

/// Whose page made its reader send this, as browsers tell it. `public_url` is another name of this server.
pub fn sender(request: &Request, public_url: Option<&str>) -> Sender {
    match request.header("sec-fetch-site") {
        Some("same-origin") => return Sender::Own,
        Some("none") => return Sender::Unsaid,
        Some(_) => return Sender::Elsewhere,
        None => {}
    }
    let Some(origin) = request.header(header::ORIGIN) else {
        return Sender::Unsaid;
    };
    let host = |url: &str| Some(url.parse::<Uri>().ok()?.authority()?.as_str().to_owned());
    let from = host(origin);
    let own = request.header(header::HOST).map(str::to_owned);
    let names = [own, public_url.and_then(host)];
    match from.is_some() && names.contains(&from) {
        true => Sender::Own,
        false => Sender::Elsewhere,
    }
}

/// `scheme://host[:port]` in small letters; nothing for `null` and whatever is no address of a site.
fn origin(text: &str) -> Option<String> {
    let uri: Uri = text.trim().parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    let web = matches!(scheme, "http" | "https");
    web.then(|| format!("{scheme}://{authority}").to_ascii_lowercase())
}

/// Under which name, and port, this server was called. Two of them, or one that cannot be read, might mean another to whoever stands between.
fn host(request: &Request) -> Result<Option<&str>, Refusal> {
    let unclear = || Refusal::bad_request("Send one Host header, in ASCII.");
    let mut named = request.headers().get_all(header::HOST).iter();
    match (named.next(), named.next()) {
        (None, _) => Ok(request
            .uri()
            .authority()
            .map(|authority| authority.as_str())),
        (Some(host), None) => host.to_str().map(Some).map_err(|_| unclear()),
        (Some(_), Some(_)) => Err(unclear()),
    }
}

/// A host without its port.
fn name(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    }
}

fn is_address(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(public: Option<&str>, allowed: &[&str], hosts: &[&str]) -> Origins {
        let own = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Origins::new(&Settings {
            public_url: public.map(str::to_owned),
            allowed_origins: own(allowed),
            allowed_hosts: own(hosts),
            ..Settings::default()
        })
    }

    fn request(host: &str, origin: &str) -> Request {
        Request::builder()
            .header(header::HOST, host)
            .header(header::ORIGIN, origin)
            .finish()
    }

    #[test]
    fn our_own_pages_may_call_and_others_only_where_they_are_let() {
        let own = origins(Some("https://bab.example"), &["https://apebi.example"], &[]);
        let seen = |origins: &Origins, origin: &str| {
            let checked = origins.check_origin(&request("127.0.0.1:8000", origin));
            checked.map(|value| value.map(|value| value.to_str().unwrap().to_owned()))
        };
        for mine in [
            "http://127.0.0.1:8000",
            "https://bab.example",
            "HTTPS://BAB.example",
        ] {
            assert_eq!(seen(&own, mine).expect(mine), None);
        }
        let partner = "https://apebi.example";
        assert_eq!(
            seen(&own, partner).expect(partner).as_deref(),
            Some(partner)
        );
        for other in [
            "https://evil.example",
            "https://bab.example.evil.example",
            "http://apebi.example",
            "https://apebi.example:444",
            "null",
            "",
            "file://",
            "https://apebi.example@evil.example",
        ] {
            assert!(seen(&own, other).is_err(), "{other}");
        }
        let open = origins(None, &["*"], &[]);
        assert_eq!(seen(&open, "null").expect("any").as_deref(), Some("*"));
    }

    #[test]
    fn another_name_pointed_at_us_is_refused() {
        let named = origins(Some("https://bab.example:8443"), &[], &["Bab.local"]);
        for good in [
            "bab.example:8443",
            "bab.example",
            "BAB.LOCAL:1",
            "localhost:80",
            "10.0.0.1:8000",
            "[::1]:8000",
        ] {
            assert!(named.check_host(&request(good, "null")).is_ok(), "{good}");
        }
        for bad in [
            "evil.example",
            "bab.example.evil.example",
            "",
            "[evil]",
            "localhost.evil.example",
        ] {
            assert!(named.check_host(&request(bad, "null")).is_err(), "{bad}");
        }
        let any = origins(None, &[], &[]);
        assert!(any.check_host(&request("anything", "null")).is_ok());
    }
}
