//! HTTP: `/graphql`, `/graphiql`, pages, charts, the schema's text, health. No rules of the domain live here:
//! everything asked goes through `graphql::execute`.

mod attended;
mod body;
mod chart;
mod compression;
mod desk;
mod edge;
mod export;
mod files;
mod form;
mod graphql_endpoint;
mod health;
mod negotiation;
mod origin;
mod pages;
mod parameters;
mod playground;
mod query_string;
mod refusal;
mod schema_text;
mod serve;
mod studio;
mod user_error;
mod visitor;
mod websocket;

use std::sync::Arc;

use poem::{EndpointExt, Response, Route, endpoint::BoxEndpoint};

pub use edge::{Edge, request_id};
pub use ipnet::IpNet as Network;
pub use playground::is_built as playground_is_built;
pub use serve::{Listening, bind};
pub use visitor::{Proxies, visitor};
pub use websocket::SocketLimits;

/// Settings of the HTTP door.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the public reaches this server (`https://bab.example`), without a slash at the end. With `https`,
    /// browsers are told to stay on it. Absent: nothing is assumed.
    pub public_url: Option<String>,
    /// Sites whose pages may call (`https://partner.example`), or `*`; our own pages always may.
    pub allowed_origins: Vec<String>,
    /// Host names this server answers under, beside that of `public_url`; every name when there is neither.
    pub allowed_hosts: Vec<String>,
    /// The proxies that say who called.
    pub proxies: Proxies,
    /// What a WebSocket may do, and how many there may be.
    pub sockets: SocketLimits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: None,
            allowed_origins: Vec::new(),
            allowed_hosts: Vec::new(),
            proxies: Proxies::Near,
            sockets: SocketLimits::default(),
        }
    }
}

/// The whole door as one endpoint; hand it to [`Listening::serve`].
pub fn app(service: graphql::Service, settings: Settings) -> BoxEndpoint<'static, Response> {
    beside(Route::new(), service, settings)
}

/// The same with the addresses of `route`, which get what every address of ours is wrapped in.
pub fn beside(
    route: Route,
    service: graphql::Service,
    settings: Settings,
) -> BoxEndpoint<'static, Response> {
    let house = Arc::new(pages::House::new(service.clone(), &settings));
    let desk = Arc::new(desk::Desk::new(service.clone(), &settings));
    pages::routes(route, &house, &settings)
        .at("/desk", desk.clone())
        .at("/desk/*rest", desk)
        .at("/desk.css", files::desk_stylesheet())
        .at("/desk.js", files::desk_script())
        .at("/site.css", files::stylesheet())
        .at("/site.js", files::script())
        .at("/icon.svg", files::icon())
        .at("/zellige.svg", files::zellige())
        .at("/fonts/:name", files::Fonts)
        .at("/chart/:name", chart::Charts::new(&house))
        .at(
            "/graphql",
            graphql_endpoint::Graphql::new(service.clone(), &settings),
        )
        .at("/export", export::Exports::new(service.clone()))
        .at("/graphiql", playground::Playground)
        .at("/graphiql/*path", playground::Playground)
        .at("/schema.graphql", schema_text::schema())
        .at("/health", health::Health)
        .at("/ready", health::Ready::new(service))
        .with(edge(&settings))
        .boxed()
}

/// What [`app`] is wrapped in, for endpoints that are served without it: request id, log line, security headers,
/// compression, panics turned into answers.
pub fn edge(settings: &Settings) -> Edge {
    Edge::new(settings)
}
