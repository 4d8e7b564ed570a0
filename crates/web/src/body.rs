//! Reading a request body that a stranger sends: bounded in size, in time and after decompression.

use std::time::Duration;

use futures_util::StreamExt;
use poem::{Body, Request, http::StatusCode, http::header};

use crate::{compression::Encoding, refusal::Refusal};

/// The largest body read, in bytes, before and after decompression: 1 MiB.
pub const LIMIT: usize = 1 << 20;

/// How long a body may take to arrive.
const TIME: Duration = Duration::from_secs(30);

/// The whole body of `request`, decompressed.
pub async fn read(request: &mut Request) -> Result<Vec<u8>, Refusal> {
    read_at_most(request, LIMIT).await
}

/// The same where another size is the largest.
pub async fn read_at_most(request: &mut Request, limit: usize) -> Result<Vec<u8>, Refusal> {
    let encoding = content_encoding(request)?;
    let announced = request
        .header(header::CONTENT_LENGTH)
        .and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(too_large(limit));
    }
    let bytes = tokio::time::timeout(TIME, collect(request.take_body(), limit))
        .await
        .map_err(|_| {
            Refusal::new(
                StatusCode::REQUEST_TIMEOUT,
                format!("The body did not arrive within {} s.", TIME.as_secs()),
            )
        })??;
    let Some(encoding) = encoding else {
        return Ok(bytes);
    };
    let plain = encoding
        .decode(&bytes, limit)
        .map_err(|_| Refusal::bad_request(format!("The body is not valid {}.", encoding.name())))?;
    if plain.len() > limit {
        return Err(too_large(limit));
    }
    Ok(plain)
}

async fn collect(body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut stream = std::pin::pin!(body.into_bytes_stream());
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refusal::bad_request("The body broke off."))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn content_encoding(request: &Request) -> Result<Option<Encoding>, Refusal> {
    let mut encodings = request.headers().get_all(header::CONTENT_ENCODING).iter();
    let Some(first) = encodings.next() else {
        return Ok(None);
    };
    let name = first
        .to_str()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match (name.as_str(), encodings.next()) {
        ("identity", None) => Ok(None),
        ("gzip", None) => Ok(Some(Encoding::Gzip)),
        ("br", None) => Ok(Some(Encoding::Brotli)),
        _ => Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Content-Encoding can be gzip, br or identity.",
        )),
    }
}

fn too_large(limit: usize) -> Refusal {
    Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("A body holds at most {limit} bytes. Send a smaller document, or fewer variables."),
    )
}
