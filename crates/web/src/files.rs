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

/// What makes the question box of pages suggest names.
pub fn script() -> File {
    File::text(
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/site.js").to_vec(),
    )
}

/// What the curators' desk adds to the stylesheet of the pages.
pub fn desk_stylesheet() -> File {
    File::text(
        "text/css; charset=utf-8",
        include_bytes!("../assets/desk.css").to_vec(),
    )
}

/// What lets curators decide by keyboard.
pub fn desk_script() -> File {
    File::text(
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/desk.js").to_vec(),
    )
}

/// The pattern behind the head of the front page.
pub fn zellige() -> File {
    File::text(
        "image/svg+xml",
        include_bytes!("../assets/zellige.svg").to_vec(),
    )
}

/// The letters of the pages, Latin and Arabic of one family.
const FONTS: [(&str, &[u8]); 4] = [
    (
        "cairo-latin-regular.woff2",
        include_bytes!("../assets/fonts/cairo-latin-regular.woff2"),
    ),
    (
        "cairo-latin-bold.woff2",
        include_bytes!("../assets/fonts/cairo-latin-bold.woff2"),
    ),
    (
        "cairo-arabic-regular.woff2",
        include_bytes!("../assets/fonts/cairo-arabic-regular.woff2"),
    ),
    (
        "cairo-arabic-bold.woff2",
        include_bytes!("../assets/fonts/cairo-arabic-bold.woff2"),
    ),
];

/// The fonts below `/fonts/`. A font that changes gets another name.
pub struct Fonts;

impl Endpoint for Fonts {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let name = request.raw_path_param("name").unwrap_or_default();
        let Some((_, font)) = FONTS.iter().find(|(known, _)| *known == name) else {
            return Err(poem::error::NotFoundError.into());
        };
        Ok(Response::builder()
            .content_type("font/woff2")
            .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
            .body(*font))
    }
}

/// One file at one address.
pub struct File {
    content_type: &'static str,
    content: Vec<u8>,
    etag: String,
}

impl File {
    pub fn text(content_type: &'static str, content: Vec<u8>) -> Self {
        let etag = etag(&content);
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

/// The tag of what is sent: the same bytes have the same one.
pub fn etag(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
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
