//! `bench limit`: what no GraphQL server over the same driver can beat.
//!
//! `static` answers with as many bytes as asked; the others send the statements that Bab sent for the same request (recorded before) and
//! write the rows as JSON, with no GraphQL between.

mod over_rusqlite;
mod over_sea_orm;
mod recorded;
mod static_reply;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;
use poem::{
    Endpoint, Response, Route, Server,
    endpoint::{BoxEndpoint, EndpointExt, make_sync},
    http::StatusCode,
    listener::TcpListener,
    post,
};

use recorded::Recorded;

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// poem alone.
    Static,
    /// The driver that Bab uses.
    SeaOrm,
    /// Prepared statements in the handler, a connection for each thread.
    Rusqlite,
}

#[derive(clap::Args)]
/// Serves one of the limits at /graphql, and the path /health.
pub struct Limit {
    kind: Kind,
    #[arg(long)]
    listen: String,
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, default_value = "")]
    database_url: String,
    /// The statements of each request, as `bench/record.mjs` writes them.
    #[arg(long)]
    statements: Option<PathBuf>,
}

impl Limit {
    pub async fn run(self) -> Result<()> {
        let graphql: BoxEndpoint<'static> = match self.kind {
            Kind::Static => static_reply::endpoint().map_to_response().boxed(),
            Kind::SeaOrm => over_sea_orm::endpoint(&self.database_url, self.recorded()?)
                .await?
                .map_to_response()
                .boxed(),
            Kind::Rusqlite => over_rusqlite::endpoint(&self.database_url, self.recorded()?)?
                .map_to_response()
                .boxed(),
        };
        let app = Route::new()
            .at("/graphql", post(graphql))
            .at("/static/:bytes", post(static_reply::endpoint()))
            .at("/health", make_sync(|_| "ok"));
        serve(app, &self.listen).await
    }

    fn recorded(&self) -> Result<Recorded> {
        let path = self
            .statements
            .as_ref()
            .context("this limit needs --statements")?;
        Recorded::read(path)
    }
}

async fn serve(app: impl Endpoint + 'static, listen: &str) -> Result<()> {
    let stop = async {
        tokio::signal::ctrl_c().await.ok();
    };
    Ok(Server::new(TcpListener::bind(listen.to_owned()))
        .run_with_graceful_shutdown(app, stop, None)
        .await?)
}

fn json(body: impl Into<poem::Body>) -> Response {
    Response::builder()
        .content_type("application/json; charset=utf-8")
        .body(body)
}

/// A request that was not recorded, or a statement that failed.
fn failed(error: &anyhow::Error) -> Response {
    Response::builder()
        .status(StatusCode::INTERNAL_SERVER_ERROR)
        .body(format!("{error:#}"))
}
