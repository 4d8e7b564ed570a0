//! Query strings, read strictly: a name given twice or bytes that are not UTF-8 are refused rather than guessed at.

use std::collections::HashMap;

use poem::{
    Request,
    http::{StatusCode, Uri},
};

use crate::refusal::Refusal;

/// The longest address answered, in bytes.
pub const ADDRESS_LIMIT: usize = 8 * 1024;

/// The parameters of the address of `request`, decoded.
pub fn read(request: &Request) -> Result<HashMap<String, String>, Refusal> {
    check_length(request)?;
    parse(written(request))
}

/// The same in their order, where a name may be given more than once.
pub fn pairs(request: &Request) -> Result<Vec<(String, String)>, Refusal> {
    check_length(request)?;
    written(request)
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(pair)
        .collect()
}

fn check_length(request: &Request) -> Result<(), Refusal> {
    let uri: &Uri = request.uri();
    let length = uri.path_and_query().map_or(0, |whole| whole.as_str().len());
    if length > ADDRESS_LIMIT {
        return Err(Refusal::new(
            StatusCode::URI_TOO_LONG,
            format!("An address holds at most {ADDRESS_LIMIT} bytes. Send the request with POST."),
        ));
    }
    Ok(())
}

/// A name and its value, decoded.
pub fn pair(text: &str) -> Result<(String, String), Refusal> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    Ok((decode(name)?, decode(value)?))
}

/// The parameters of the address of `request` as they are written there.
pub fn written(request: &Request) -> &str {
    request.uri().query().unwrap_or_default()
}

/// The parameters of a query string, or of a form sent with POST, decoded.
pub fn parse(text: &str) -> Result<HashMap<String, String>, Refusal> {
    let mut parameters = HashMap::new();
    for text in text.split('&').filter(|text| !text.is_empty()) {
        let (name, value) = pair(text)?;
        if parameters.insert(name, value).is_some() {
            return Err(Refusal::bad_request(
                "A parameter is given twice. Give each once.",
            ));
        }
    }
    Ok(parameters)
}

fn decode(encoded: &str) -> Result<String, Refusal> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match (rest.next().and_then(digit), rest.next().and_then(digit)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(malformed()),
            },
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| malformed())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

fn malformed() -> Refusal {
    Refusal::bad_request("The parameters are not percent-encoded UTF-8.")
}

/// `text` as the value of a parameter.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_read_back() {
        for text in [
            "",
            "a b+c&d=e%",
            "كم عدد مراكز الاتصال في فاس؟",
            "\u{0}\n\u{10ffff}",
        ] {
            assert_eq!(decode(&encode(text)).unwrap(), text);
        }
        assert_eq!(decode("a+b%20c").unwrap(), "a b c");
        for broken in ["%", "%4", "%zz", "%ff", "%C3%28", "%+1"] {
            assert!(decode(broken).is_err(), "{broken}");
        }
    }
}
