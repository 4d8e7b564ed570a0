//! poem alone: bytes that are there already.

use bytes::Bytes;
use poem::{Endpoint, Request, Result, endpoint::make_sync};

use super::json;

const LARGEST: usize = 1 << 20;

/// As many bytes as the path says; without a number, as few as a count has.
pub fn endpoint() -> impl Endpoint {
    let filler = Bytes::from(vec![b' '; LARGEST]);
    make_sync(move |request: Request| -> Result<_> {
        let bytes = request.path_params::<usize>().unwrap_or(48);
        Ok(json(filler.slice(..bytes.min(LARGEST))))
    })
}
