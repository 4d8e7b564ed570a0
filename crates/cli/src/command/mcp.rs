//! `bab mcp`: the door of assistants, on standard input and output or over HTTP.

use anyhow::{Context, Result};
use graphql::Service;
use poem::{EndpointExt, Request, Response, Route, endpoint::BoxEndpoint};

use super::serve::{DRAIN, unusable};
use crate::recording::record;
use crate::settings::{Clock, Database, Keeping, Limits, Public, Reach, Shipped};
use crate::stop::Stop;
use crate::{output, ready};

#[derive(clap::Args)]
pub struct Mcp {
    /// Answer over HTTP at /mcp on this address and port instead of standard input and output; port 0 takes a free one.
    #[arg(long, env = "BAB_MCP_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<String>,

    #[command(flatten)]
    public: Public,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    shipped: Shipped,

    #[command(flatten)]
    clock: Clock,

    #[command(flatten)]
    keeping: Keeping,

    #[command(flatten)]
    limits: Limits,

    #[command(flatten)]
    reach: Reach,
}

impl Mcp {
    /// Over standard input and output it is the tool of one client, which shows what it logs.
    pub fn is_service(&self) -> bool {
        self.listen.is_some()
    }

    pub async fn run(self) -> Result<()> {
        let public_url = self.public.url()?;
        let listening = match &self.listen {
            Some(listen) => {
                let bound = web::bind(listen).await;
                Some(bound.map_err(|error| unusable("BAB_MCP_LISTEN (--listen)", listen, &error))?)
            }
            None => None,
        };
        let stop = Stop::listen()?;
        let settings = graphql::Settings {
            public_url: public_url.clone(),
            keeping: self.keeping.settings(),
            quotas: self.limits.quotas(),
            ..graphql::Settings::default()
        };
        let service = tokio::select! {
            service = ready::filled(&self.database, &self.shipped, &self.clock, settings) => service?,
            () = stop.clone().wait() => return Ok(()),
        };
        let recording = record(&service, &stop);
        let ended = match listening {
            Some(listening) => {
                let address = listening.address();
                output::line(&format!(
                    "Bab answers assistants at\n  {}/mcp",
                    public_url
                        .clone()
                        .unwrap_or_else(|| format!("http://{address}"))
                ))?;
                let reach = self.reach.settings(public_url);
                let assistants = endpoint(&service).with(web::edge(&reach));
                let app = Route::new().at("/mcp", assistants);
                let served = listening.serve(app, stop.wait(), DRAIN).await;
                served.context("HTTP could not be served")
            }
            None => {
                let streams = mcp::standard_streams();
                Ok(mcp::serve(service.clone(), streams, stop.wait()).await?)
            }
        };
        recording.finish(&service).await;
        ended
    }
}

/// What answers at /mcp, to be wrapped in what every address of ours is.
pub fn endpoint(service: &Service) -> BoxEndpoint<'static, Response> {
    let caller = |request: &Request| mcp::Caller {
        request_id: web::request_id(request).to_owned(),
        visitor: web::visitor(request),
        key: None,
    };
    mcp::endpoint(service.clone(), caller)
}
