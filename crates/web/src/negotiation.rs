//! Media types of GraphQL over HTTP: which one the caller wants back, and whether it sent JSON.

use poem::{
    Request,
    http::{HeaderMap, StatusCode, header},
};

use crate::{compression::quality, refusal::Refusal};

/// A media type of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// `application/json`: a well-formed GraphQL answer is always 200.
    Json,
    /// `application/graphql-response+json`: the status says whether the request was refused.
    GraphqlResponse,
}

impl Answers {
    /// The value of `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }
}

/// What `Accept` asks for: plain JSON when it is absent or takes anything, the newer type when it is named as willingly.
pub fn answers(headers: &HeaderMap) -> Result<Answers, Refusal> {
    let mut named = headers.get_all(header::ACCEPT).iter().peekable();
    if named.peek().is_none() {
        return Ok(Answers::Json);
    }
    let ranges: Vec<Range> = named
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(Range::parse)
        .collect();
    let json = Preference::of("json", &ranges);
    let response = Preference::of("graphql-response+json", &ranges);
    match (json.quality > 0.0, response.quality > 0.0) {
        (false, false) => Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            "Accept application/graphql-response+json or application/json.",
        )),
        (true, false) => Ok(Answers::Json),
        (false, true) => Ok(Answers::GraphqlResponse),
        (true, true) if response.quality > json.quality => Ok(Answers::GraphqlResponse),
        (true, true) if response.quality == json.quality && response.exact => {
            Ok(Answers::GraphqlResponse)
        }
        (true, true) => Ok(Answers::Json),
    }
}

/// Requires the body to be announced as JSON in UTF-8. Anything a browser may send without asking (forms, plain text) is
/// refused, so no page elsewhere can make its reader's browser send an operation.
pub fn require_json(request: &Request) -> Result<(), Refusal> {
    let mut announced = request.headers().get_all(header::CONTENT_TYPE).iter();
    let value = match (announced.next(), announced.next()) {
        (Some(value), None) => value.to_str().unwrap_or_default(),
        _ => "",
    };
    let mut parts = value.split(';').map(str::trim);
    let json = parts
        .next()
        .is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    if json && parts.all(allowed_parameter) {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "Send Content-Type: application/json, in UTF-8.",
    ))
}

/// A parameter of the media type: `charset` is UTF-8, others say nothing to us.
fn allowed_parameter(parameter: &str) -> bool {
    match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
            let value = value.trim().trim_matches('"');
            value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
        }
        _ => true,
    }
}

/// One item of `Accept`.
struct Range<'a> {
    subtype: &'a str,
    quality: f32,
}

impl<'a> Range<'a> {
    /// Items that could never match are dropped: other types, other character sets.
    fn parse(item: &'a str) -> Option<Self> {
        let (range, parameters) = item.split_once(';').unwrap_or((item, ""));
        let (kind, subtype) = range.trim().split_once('/')?;
        let matches = kind.eq_ignore_ascii_case("application") || (kind == "*" && subtype == "*");
        let readable = parameters.split(';').all(allowed_parameter);
        let subtype = if kind == "*" { "" } else { subtype };
        (matches && readable).then(|| Self {
            subtype,
            quality: quality(parameters),
        })
    }

    /// How closely it names a subtype: not at all, anything, any application, exactly this.
    fn closeness(&self, subtype: &str) -> u8 {
        match self.subtype {
            "" => 1,
            "*" => 2,
            named if named.eq_ignore_ascii_case(subtype) => 3,
            _ => 0,
        }
    }
}

/// How much a caller wants one subtype: the closest item decides.
struct Preference {
    quality: f32,
    exact: bool,
}

impl Preference {
    fn of(subtype: &str, ranges: &[Range<'_>]) -> Self {
        let mut closest = 0;
        let mut quality = 0.0;
        for range in ranges {
            let closeness = range.closeness(subtype);
            if closeness > closest
                || (closeness == closest && closeness > 0 && range.quality > quality)
            {
                closest = closeness;
                quality = range.quality;
            }
        }
        Self {
            quality,
            exact: closest == 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> Option<Answers> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        answers(&headers).ok()
    }

    #[test]
    fn the_closest_item_decides_and_then_the_quality() {
        use Answers::{GraphqlResponse, Json};
        for (accept, expected) in [
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("application/json", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(GraphqlResponse),
            ),
            (
                "application/json, application/graphql-response+json",
                Some(GraphqlResponse),
            ),
            (
                "application/json, application/graphql-response+json;q=0.5",
                Some(Json),
            ),
            ("application/json;q=0, */*", Some(GraphqlResponse)),
            (
                "application/json;q=0, application/graphql-response+json",
                Some(GraphqlResponse),
            ),
            (
                "APPLICATION/GraphQL-Response+JSON; charset=UTF-8",
                Some(GraphqlResponse),
            ),
            ("application/json; charset=iso-8859-1", None),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Some(Json)),
            ("text/html", None),
            ("application/json;q=0", None),
            ("application/json;q=NaN", None),
            ("application/json;q=2", None),
            ("", None),
            (",,;;q=,/", None),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
    }
}
