//! The address of a page: which thing, in which language, in which form.

use poem::{Request, http::header};

use super::words::{Language, Words};
use crate::{edge, query_string, refusal::Refusal};

/// In what form a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    Page,
    /// For other sites to frame.
    Embedded,
    Json,
    Csv,
    Png,
    Svg,
}

impl Form {
    /// The forms that are told by the end of the address.
    pub const SIBLINGS: [(Form, &'static str); 4] = [
        (Form::Json, "json"),
        (Form::Csv, "csv"),
        (Form::Svg, "svg"),
        (Form::Png, "png"),
    ];
}

/// What a request for a page asks for.
#[derive(Clone, Debug)]
pub struct Address {
    pub words: Words,
    pub form: Form,
    /// The page without its form and parameters: `/territory/03`.
    pub path: String,
    /// The last part of the path, where it names a thing.
    pub key: String,
    pub request_id: String,
    parameters: Vec<(String, String)>,
}

impl Address {
    /// Reads the address of `request`. `fixed` is the page's own path when it names no thing.
    pub fn read(request: &Request, fixed: Option<&'static str>) -> Result<Self, Refusal> {
        let parameters = query_string::pairs(request)?;
        let chosen = parameters
            .iter()
            .find(|(name, _)| name == "lang")
            .map(|(_, value)| value.as_str());
        let language = Language::choose(chosen, request.header(header::ACCEPT_LANGUAGE));
        let whole = request.uri().path();
        let (embedded, path) = match whole.strip_prefix("/embed") {
            Some(path) => (true, path),
            None => (false, whole),
        };
        let (path, sibling) = split(path);
        let form = match (sibling, embedded) {
            (Some(form), _) => form,
            (None, true) => Form::Embedded,
            (None, false) => Form::Page,
        };
        let key = path.rsplit('/').next().unwrap_or_default();
        let is_key = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        };
        // No thing has another key; and what is not one stands in no page and no document.
        let key = if is_key(key) { key } else { "" };
        Ok(Self {
            words: Words { language },
            form,
            path: fixed.unwrap_or(path).to_owned(),
            key: key.to_owned(),
            request_id: edge::request_id(request).to_owned(),
            parameters,
        })
    }

    /// A parameter that is given and not empty.
    pub fn given(&self, name: &str) -> Option<&str> {
        let mut given = self.parameters.iter();
        let (_, value) = given.find(|(given, value)| given == name && !value.trim().is_empty())?;
        Some(value.trim())
    }

    /// Every value of a parameter, empty ones left out.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.parameters
            .iter()
            .filter(move |(given, value)| given == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }

    /// The same page in a language, in a form.
    pub fn at(&self, language: Language, form: Form) -> String {
        let path = match self.path.as_str() {
            "/" if form != Form::Page => "/home",
            path => path,
        };
        let ending = Form::SIBLINGS.iter().find(|(sibling, _)| *sibling == form);
        let mut address = match (form, ending) {
            (Form::Embedded, _) => format!("/embed{path}"),
            (_, Some((_, ending))) => format!("{path}.{ending}"),
            _ => path.to_owned(),
        };
        address.push_str(&format!("?lang={}", language.tag()));
        for (name, value) in self.kept() {
            address.push_str(&format!("&{name}={}", query_string::encode(value)));
        }
        address
    }

    /// The page as its reader chose it: in a language when one is named.
    pub fn canonical(&self) -> String {
        match self.given("lang") {
            Some(_) => self.sibling(Form::Page),
            None => self.in_any_language(),
        }
    }

    /// The page in the language of whoever opens it.
    pub fn in_any_language(&self) -> String {
        let kept = self
            .kept()
            .map(|(name, value)| format!("{name}={}", query_string::encode(value)));
        let kept = kept.collect::<Vec<_>>();
        match kept.is_empty() {
            true => self.path.clone(),
            false => format!("{}?{}", self.path, kept.join("&")),
        }
    }

    /// The same page in its own language, in a form.
    pub fn sibling(&self, form: Form) -> String {
        self.at(self.words.language, form)
    }

    /// The parameters that say what the page shows.
    pub fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        let kept = self.parameters.iter();
        kept.filter(|(name, value)| {
            matches!(
                name.as_str(),
                "q" | "territory" | "indicator" | "level" | "c"
            ) && !value.is_empty()
        })
        .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A path without the ending that tells its form.
fn split(path: &str) -> (&str, Option<Form>) {
    for (form, ending) in Form::SIBLINGS {
        if let Some(bare) = path
            .strip_suffix(ending)
            .and_then(|rest| rest.strip_suffix('.'))
        {
            return (bare, Some(form));
        }
    }
    (path, None)
}
