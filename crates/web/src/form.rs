//! What a form sends: names and values in their order, and at most one file.

use futures_util::stream;
use multer::{Constraints, Multipart, SizeLimit};
use poem::{
    Request,
    http::{StatusCode, header},
};

use crate::{body, query_string, refusal::Refusal};

/// Most names in a form, and the largest file in bytes: what `importFacts` takes.
const NAMES: usize = 2_000;
pub const FILE: usize = 1 << 20;

/// What stands around a file in a form.
const AROUND: usize = 64 * 1024;

/// A form that was sent.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pairs: Vec<(String, String)>,
    pub file: Option<File>,
}

/// A file that was sent with it.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub content: Vec<u8>,
}

impl Form {
    /// A value without the blanks around it; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        let mut pairs = self.pairs.iter();
        let found = pairs.find(|(given, _)| given == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// A value that is not empty.
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every value of a name that may be given more than once.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = self.pairs.iter().filter(move |(given, _)| given == name);
        of_name.map(|(_, value)| value.trim())
    }

    /// Whether anything is given under a name that begins so.
    pub fn has_below(&self, start: &str) -> bool {
        let mut names = self.pairs.iter();
        names.any(|(name, value)| name.starts_with(start) && !value.trim().is_empty())
    }

    pub fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.pairs.push((name.into(), value.into()));
    }

    fn add(&mut self, name: String, value: String) -> Result<(), Refusal> {
        if self.pairs.len() >= NAMES {
            let message = format!("A form has at most {NAMES} fields. Send it in parts.");
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, message));
        }
        self.pairs.push((name, value));
        Ok(())
    }

    /// The form in the body of a request, of whichever of the two kinds that browsers send.
    pub async fn read(request: &mut Request) -> Result<Self, Refusal> {
        let kind = request.header(header::CONTENT_TYPE).unwrap_or_default();
        let kind = kind.to_owned();
        if is_encoded(&kind) {
            return Self::encoded(&body::read(request).await?);
        }
        match multer::parse_boundary(&kind) {
            Ok(boundary) => {
                let bytes = body::read_at_most(request, FILE + AROUND).await?;
                Self::in_parts(bytes, boundary).await
            }
            Err(_) => Err(other_kind()),
        }
    }

    /// A form without a file, of at most so many bytes, each name given once.
    pub async fn read_small(request: &mut Request, limit: usize) -> Result<Self, Refusal> {
        if !is_encoded(request.header(header::CONTENT_TYPE).unwrap_or_default()) {
            return Err(other_kind());
        }
        let form = Self::encoded(&body::read_at_most(request, limit).await?)?;
        let mut names: Vec<_> = form.pairs.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        match names.windows(2).any(|pair| pair[0] == pair[1]) {
            true => Err(Refusal::bad_request(
                "A field is given twice. Give each once.",
            )),
            false => Ok(form),
        }
    }

    fn encoded(bytes: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| Refusal::bad_request("The form is not percent-encoded UTF-8."))?;
        let mut form = Self::default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = query_string::pair(pair)?;
            form.add(name, value)?;
        }
        Ok(form)
    }

    async fn in_parts(bytes: Vec<u8>, boundary: String) -> Result<Self, Refusal> {
        let broken =
            |_| Refusal::bad_request("The form is broken. Choose the file and send it again.");
        let limit = SizeLimit::new().per_field((FILE + AROUND) as u64);
        let whole = stream::once(async move { Ok::<_, std::io::Error>(bytes) });
        let constraints = Constraints::new().size_limit(limit);
        let mut parts = Multipart::with_constraints(whole, boundary, constraints);
        let mut form = Self::default();
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let content = part.bytes().await.map_err(broken)?.to_vec();
            match file {
                Some(name) if form.file.is_none() => form.file = Some(File { name, content }),
                Some(_) => return Err(Refusal::bad_request("Send one file at a time.")),
                None => {
                    let value = String::from_utf8(content)
                        .map_err(|_| Refusal::bad_request("The form is not UTF-8."))?;
                    form.add(name, value)?;
                }
            }
        }
        Ok(form)
    }
}

fn is_encoded(kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn other_kind() -> Refusal {
    Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "This address takes the form of a page; programs send mutations to /graphql.",
    )
}
