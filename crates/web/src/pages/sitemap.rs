//! `/sitemap.xml` and `/robots.txt`: which pages there are, in which languages.

use std::{fmt::Write, sync::Arc};

use graphql::{Access, Call, Request as Operation, Variables};
use poem::{Endpoint, Request, Response, Result, http::header};
use serde::Deserialize;
use serde_json::json;

use super::{document, endpoint::House, words::Language};
use crate::{edge, files::File, refusal, visitor::visitor};

const DOCUMENT: &str = document!("sitemap");

/// Pages of a hundred that are read at most of each list.
const MOST: usize = 50;

/// What has a page of its own at a fixed address.
const FIXED: [&str; 5] = [
    "/",
    "/map",
    "/map?level=province",
    "/compare",
    "/data-health",
];

/// Robots may read everything but what answers questions, which has no end.
pub fn robots(house: &House) -> File {
    let sitemap = house
        .public_url
        .as_deref()
        .map(|url| format!("Sitemap: {url}/sitemap.xml\n"));
    let text = format!(
        "User-agent: *\nDisallow: /ask\nDisallow: /suggest\nDisallow: /graphql\nDisallow: /report\nDisallow: /desk\n{}",
        sitemap.unwrap_or_default()
    );
    File::text("text/plain; charset=utf-8", text.into_bytes())
}

pub struct Sitemap {
    house: Arc<House>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lists {
    territories: Option<List>,
    organisations: Option<List>,
    parks: Option<List>,
    projects: Option<List>,
    agreements: Option<List>,
    indicators: Option<List>,
    sources: Option<List>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    nodes: Vec<Keyed>,
    page_info: PageInfo,
}

#[derive(Deserialize)]
struct Keyed {
    key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

impl Lists {
    fn of(self, list: &str) -> Option<List> {
        match list {
            "territories" => self.territories,
            "organisations" => self.organisations,
            "parks" => self.parks,
            "projects" => self.projects,
            "agreements" => self.agreements,
            "indicators" => self.indicators,
            _ => self.sources,
        }
    }
}

/// Lists, and the path that their pages are under.
const LISTS: [(&str, &str); 7] = [
    ("territories", "territory"),
    ("organisations", "organisation"),
    ("parks", "park"),
    ("projects", "project"),
    ("agreements", "agreement"),
    ("indicators", "indicator"),
    ("sources", "source"),
];

impl Sitemap {
    pub fn new(house: &Arc<House>) -> Self {
        Self {
            house: house.clone(),
        }
    }

    /// The keys of a list, page after page.
    async fn keys(&self, call: &Call, list: &str) -> Vec<String> {
        let mut keys = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MOST {
            let mut variables = json!({ "after": after });
            variables[list] = json!(true);
            let operation = Operation::new(DOCUMENT).variables(Variables::from_json(variables));
            let reply = graphql::execute(&self.house.service, call, operation).await;
            let data = reply.response.data.into_json().ok();
            let page = data
                .and_then(|data| serde_json::from_value::<Lists>(data).ok())
                .and_then(|lists| lists.of(list));
            let Some(page) = page else { break };
            keys.extend(page.nodes.into_iter().map(|node| node.key));
            after = page.page_info.end_cursor;
            if !page.page_info.has_next_page {
                break;
            }
        }
        keys
    }
}

impl Endpoint for Sitemap {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let call = Call {
            access: Access::ReadOnly,
            request_id: edge::request_id(&request).to_owned(),
            visitor: visitor(&request),
            key: None,
        };
        let host = request.header(header::HOST).unwrap_or("localhost");
        let base = match &self.house.public_url {
            Some(url) => url.clone(),
            None => format!("http://{}", escaped(host)),
        };
        let mut paths: Vec<String> = FIXED.map(str::to_owned).into();
        for (list, page) in LISTS {
            let keys = self.keys(&call, list).await;
            paths.extend(keys.into_iter().map(|key| format!("/{page}/{key}")));
        }
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
             xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
        );
        for path in paths {
            let joint = if path.contains('?') { '&' } else { '?' };
            let address = |tag: &str| escaped(&format!("{base}{path}{joint}lang={tag}"));
            let _ = write!(text, "<url><loc>{}</loc>", address("fr"));
            for language in Language::ALL {
                let tag = language.tag();
                let _ = write!(
                    text,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\"/>",
                    address(tag)
                );
            }
            text.push_str("</url>\n");
        }
        text.push_str("</urlset>\n");
        Ok(Response::builder()
            .content_type("application/xml; charset=utf-8")
            .header(header::CACHE_CONTROL, "public, max-age=3600")
            .body(text))
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
