//! Small files served from memory, with an ETag: the stylesheet, the icon, the schema's text.

use std::hash::{DefaultHasher, Hash, Hasher};

use poem::{
    Endpoint, Request, Response, Result,
    http::{HeaderMap, StatusCode, header},
};

use crate::refusal;

/// The pages' stylesheet.
pub fn stylesheet() -> File {
    File::text(
        "text/css; charset=utf-8",
        include_bytes!("../assets/site.css").to_vec(),
    )
}

/// The door, as the browser shows it in a tab.
pub fn icon() -> File {
    File::text(
        "image/svg+xml",
        include_bytes!("../assets/icon.svg").to_vec(),
    )
}

/// One file at one address.
pub struct File {
    content_type: &'static str,
    content: Vec<u8>,
    etag: String,
}

impl File {
    pub fn text(content_type: &'static str, content: Vec<u8>) -> Self {
        let mut hasher = DefaultHasher::new();
        content.hash(&mut hasher);
        let etag = format!("W/\"{:016x}\"", hasher.finish());
        Self {
            content_type,
            content,
            etag,
        }
    }
}

impl Endpoint for File {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let response = Response::builder()
            .header(header::ETAG, &self.etag)
            .header(header::CACHE_CONTROL, "public, max-age=300");
        if is_known(request.headers(), &self.etag) {
            return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
        }
        Ok(response
            .content_type(self.content_type)
            .body(self.content.clone()))
    }
}

/// Whether the caller already holds the file with this ETag. Compared weakly, as HTTP asks for `If-None-Match`.
pub fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || bare(tag) == bare(etag))
}
