//! Encodings of bodies, both ways: brotli and gzip, in memory, with sizes bounded.

use std::io::{Read, Write};

use flate2::{Compression as GzipLevel, read::MultiGzDecoder, write::GzEncoder};
use poem::{
    Response,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};

/// Smaller bodies travel as they are.
const WORTH_IT: usize = 1024;

/// Larger bodies are compressed off the threads that serve.
const OFF_THREAD: usize = 64 * 1024;

/// The mark of a response whose body is written while it is sent: it must not be read whole.
#[derive(Clone, Copy, Debug)]
pub struct Streams;

/// A way to write a body shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// Its name in `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The body of `plain`, encoded.
    pub fn encode(self, plain: &[u8]) -> Vec<u8> {
        let mut encoded = Vec::with_capacity(plain.len() / 3);
        let written = match self {
            Self::Brotli => {
                let mut encoder = brotli::CompressorWriter::new(&mut encoded, 4096, 5, 22);
                encoder.write_all(plain).and_then(|()| encoder.flush())
            }
            Self::Gzip => {
                let mut encoder = GzEncoder::new(&mut encoded, GzipLevel::new(6));
                encoder.write_all(plain).and_then(|()| encoder.try_finish())
            }
        };
        written.expect("writing into memory cannot fail");
        encoded
    }

    /// The plain body of `encoded`, reading no more than `limit` + 1 bytes of it.
    pub fn decode(self, encoded: &[u8], limit: usize) -> std::io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        let most = limit as u64 + 1;
        match self {
            Self::Brotli => brotli::Decompressor::new(encoded, 4096)
                .take(most)
                .read_to_end(&mut plain)?,
            Self::Gzip => MultiGzDecoder::new(encoded)
                .take(most)
                .read_to_end(&mut plain)?,
        };
        Ok(plain)
    }
}

/// The best encoding that the caller takes; brotli when it likes both as much.
pub fn accepted(headers: &HeaderMap) -> Option<Encoding> {
    let mut best: Option<(f32, Encoding)> = None;
    let listed = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    for item in listed {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        let encoding = match name.trim().to_ascii_lowercase().as_str() {
            "br" => Encoding::Brotli,
            "gzip" => Encoding::Gzip,
            _ => continue,
        };
        let quality = quality(parameters);
        let better = best.is_none_or(|(most, chosen)| {
            quality > most || (quality == most && chosen == Encoding::Gzip)
        });
        if quality > 0.0 && better {
            best = Some((quality, encoding));
        }
    }
    best.map(|(_, encoding)| encoding)
}

/// The `q=` of a list item: 1 when there is none, 0 when it makes no sense.
pub fn quality(parameters: &str) -> f32 {
    parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(1.0, |(_, value)| {
            let value = value.trim().parse::<f32>().unwrap_or(0.0);
            if (0.0..=1.0).contains(&value) {
                value
            } else {
                0.0
            }
        })
}

/// `response` in an encoding its reader takes, when that is worth it.
pub async fn compress(mut response: Response, encoding: Option<Encoding>) -> Response {
    let streams = response.data::<Streams>().is_some();
    if streams || response.headers().contains_key(header::CONTENT_ENCODING) || !is_text(&response) {
        return response;
    }
    let mut varies = response.headers().get_all(header::VARY).iter();
    if !varies.any(|value| value == "Accept-Encoding") {
        let value = HeaderValue::from_static("Accept-Encoding");
        response.headers_mut().append(header::VARY, value);
    }
    let Some(encoding) = encoding else {
        return response;
    };
    let Ok(plain) = response.take_body().into_vec().await else {
        response.set_status(StatusCode::INTERNAL_SERVER_ERROR);
        return response;
    };
    if plain.len() < WORTH_IT {
        response.set_body(plain);
        return response;
    }
    let encoded = if plain.len() < OFF_THREAD {
        encoding.encode(&plain)
    } else {
        match tokio::task::spawn_blocking(move || encoding.encode(&plain)).await {
            Ok(encoded) => encoded,
            Err(_) => {
                response.set_status(StatusCode::INTERNAL_SERVER_ERROR);
                return response;
            }
        }
    };
    response.headers_mut().insert(
        header::CONTENT_ENCODING,
        HeaderValue::from_static(encoding.name()),
    );
    response.set_body(encoded);
    response
}

/// Whether the media type is text; the bodies of this crate's images and fonts are compressed formats already.
fn is_text(response: &Response) -> bool {
    let kind = response.content_type().unwrap_or_default();
    kind.starts_with("text/")
        || kind.contains("json")
        || kind.contains("javascript")
        || kind.contains("svg")
}
