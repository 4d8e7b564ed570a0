//! `/graphiql`: the playground, bundled from npm by Vite (`playground/`) and embedded. A build without it still works and
//! serves a page that says how to build it.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, LazyLock, RwLock},
};

use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::{
    compression::{self, Encoding},
    edge, files,
    refusal::{self, Refusal},
};

#[derive(RustEmbed)]
#[folder = "../../playground/dist/"]
#[allow_missing = true]
struct Built;

/// The editor compiles its grammars to WebAssembly, styles its lines inline and runs its workers from its own files;
/// nothing is loaded from, or sent to, any other host.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const UNBUILT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const UNBUILT: &str = include_str!("../templates/unbuilt.html");

/// Bodies already compressed, by path, version and encoding: the largest file is 3 MB and takes a while.
static COMPRESSED: LazyLock<RwLock<HashMap<String, Arc<Vec<u8>>>>> = LazyLock::new(RwLock::default);

/// Whether this program was built with the playground.
pub fn is_built() -> bool {
    Built::get("index.html").is_some()
}

/// The page at `/graphiql` and the files below it.
pub struct Playground;

impl Endpoint for Playground {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let path = match request.raw_path_param("path").unwrap_or_default() {
            "" => "index.html",
            path => path,
        };
        match file(path) {
            Some(file) => Ok(serve(&request, path, file).await),
            None if path == "index.html" => Ok(Response::builder()
                .content_type("text/html; charset=utf-8")
                .header(header::CONTENT_SECURITY_POLICY, UNBUILT_POLICY)
                .header(header::CACHE_CONTROL, "no-store")
                .body(UNBUILT)),
            None => Ok(
                Refusal::new(StatusCode::NOT_FOUND, "The playground has no such file.")
                    .response(edge::request_id(&request)),
            ),
        }
    }
}

/// A file of the bundle. Names are looked up in the embedded list; none that could leave it is even tried.
fn file(path: &str) -> Option<EmbeddedFile> {
    let plain = path.split('/').all(|part| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0', '%'])
    });
    if plain { Built::get(path) } else { None }
}

async fn serve(request: &Request, path: &str, file: EmbeddedFile) -> Response {
    let content_type = content_type(path);
    let encoding =
        compression::accepted(request.headers()).filter(|_| is_compressible(content_type));
    let version: String = file.metadata.sha256_hash()[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let etag = match encoding {
        Some(encoding) => format!("\"{version}-{}\"", encoding.name()),
        None => format!("\"{version}\""),
    };
    let mut response = Response::builder()
        .header(header::ETAG, &etag)
        .header(header::VARY, "Accept-Encoding")
        .header(header::CACHE_CONTROL, caching(path))
        .header(header::CONTENT_SECURITY_POLICY, POLICY);
    if files::is_known(request.headers(), &etag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response = response.content_type(content_type);
    match encoding {
        None => match file.data {
            Cow::Borrowed(data) => response.body(data),
            Cow::Owned(data) => response.body(data),
        },
        Some(encoding) => {
            let body = compressed(format!("{path} {etag}"), encoding, file.data).await;
            response
                .header(header::CONTENT_ENCODING, encoding.name())
                .body(body)
        }
    }
}

async fn compressed(key: String, encoding: Encoding, data: Cow<'static, [u8]>) -> Vec<u8> {
    let held = COMPRESSED
        .read()
        .ok()
        .and_then(|held| held.get(&key).cloned());
    if let Some(held) = held {
        return held.to_vec();
    }
    let body = tokio::task::spawn_blocking(move || encoding.encode(&data))
        .await
        .expect("compressing into memory cannot fail");
    if let Ok(mut held) = COMPRESSED.write() {
        held.insert(key, Arc::new(body.clone()));
    }
    body
}

/// Vite puts a hash of the content into the name of everything below `assets/`.
fn caching(path: &str) -> &'static str {
    if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("png") => "image/png",
        Some("ttf") => "font/ttf",
        Some("woff") => "font/woff",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn is_compressible(content_type: &str) -> bool {
    !matches!(content_type, "image/png" | "font/woff" | "font/woff2")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_bundle() {
        for path in [
            "../package.json",
            "assets/../../package.json",
            "/etc/passwd",
            ".gitignore",
            "a//b",
            "%2e%2e/x",
            "a\\..\\b",
            "nothing",
        ] {
            assert!(file(path).is_none(), "{path}");
        }
    }
}
