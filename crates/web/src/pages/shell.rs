//! What stands around every page: head, languages, words, the query behind it, its other forms.

use askama::Template;
use poem::{
    Response,
    http::{StatusCode, header},
};
use serde_json::{Value, json};

use super::{
    address::{Address, Form},
    fact::Stated,
    view::{Drawing, Shown},
    words::{Language, Words},
};
use crate::query_string;

/// Nothing but what this server sends is loaded or run, and nobody frames it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// For other sites to frame: no form, no script.
const EMBEDDED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors *";

/// The query behind a page.
pub struct Behind<'a> {
    pub document: &'a str,
    pub variables: &'a Value,
}

impl Behind<'_> {
    fn variables_text(&self) -> String {
        serde_json::to_string_pretty(self.variables).unwrap_or_default()
    }

    /// The address that opens it in the playground, ready to run.
    fn playground(&self) -> String {
        format!(
            "/graphiql?query={}&variables={}",
            query_string::encode(self.document),
            query_string::encode(&self.variables_text())
        )
    }
}

/// A page around what it shows.
#[derive(Template)]
#[template(path = "base.html")]
pub struct Shell<'a> {
    pub address: &'a Address,
    pub public_url: Option<&'a str>,
    pub shown: &'a Shown,
    pub behind: Option<Behind<'a>>,
    /// The date that stands on what others embed.
    pub day: &'a str,
}

impl Shell<'_> {
    fn words(&self) -> Words {
        self.address.words
    }

    fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    fn is_embedded(&self) -> bool {
        self.address.form == Form::Embedded
    }

    fn fonts(&self) -> [&'static str; 2] {
        self.words().language.fonts()
    }

    fn home(&self) -> bool {
        self.address.path == "/"
    }

    /// An address as the public has it; a path when nobody said where that is.
    fn public(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.unwrap_or_default())
    }

    fn canonical(&self) -> String {
        self.public(&self.address.canonical())
    }

    fn in_any_language(&self) -> String {
        self.public(&self.address.in_any_language())
    }

    fn sibling(&self, ending: &str) -> String {
        let form = Form::SIBLINGS.iter().find(|(_, name)| *name == ending);
        self.address
            .sibling(form.map_or(Form::Page, |(form, _)| *form))
    }

    /// What stands for the page where its address is shared; for one that shows nothing of the data, the picture of the home page.
    fn picture(&self) -> String {
        let path = match self.behind {
            Some(_) => self.sibling("png"),
            None => self.words().to("/home.png"),
        };
        self.public(&path)
    }

    fn in_language(&self, language: &Language) -> String {
        self.address.at(*language, Form::Page)
    }

    /// As many figures as fit a frame.
    fn first_figures(&self) -> Vec<&Stated> {
        self.shown.figures.iter().take(12).collect()
    }

    fn embedding(&self) -> String {
        let address = self.public(&self.address.sibling(Form::Embedded));
        format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"720\" height=\"560\" loading=\"lazy\"></iframe>",
            address.replace('&', "&amp;"),
            self.shown
                .title
                .replace('&', "&amp;")
                .replace('"', "&quot;")
                .replace('<', "&lt;")
        )
    }

    /// schema.org, as text that cannot end the element it stands in.
    fn structured(&self) -> Option<String> {
        let mut structured = self.shown.structured.clone()?;
        if let Some(fields) = structured.as_object_mut() {
            fields.insert("@context".into(), json!("https://schema.org"));
            fields.insert("url".into(), json!(self.canonical()));
            if fields.get("@type") == Some(&json!("Dataset")) {
                let distribution = |ending: &str, kind: &str| json!({ "@type": "DataDownload", "encodingFormat": kind, "contentUrl": self.public(&self.sibling(ending)) });
                let csv = distribution("csv", "text/csv");
                let json = distribution("json", "application/json");
                fields.insert("distribution".into(), json!([csv, json]));
                fields.insert("inLanguage".into(), json!(self.words().language.tag()));
            }
        }
        let text = structured.to_string();
        Some(
            text.replace('<', "\\u003c")
                .replace('>', "\\u003e")
                .replace('&', "\\u0026"),
        )
    }

    /// The page as a response.
    pub fn response(&self, status: StatusCode) -> Result<Response, askama::Error> {
        let policy = match self.is_embedded() {
            true => EMBEDDED_POLICY,
            false => POLICY,
        };
        Ok(Response::builder()
            .status(status)
            .content_type("text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, policy)
            // A form says where it comes from, to us and to nobody else.
            .header(header::REFERRER_POLICY, "same-origin")
            .header(header::VARY, "Accept-Language")
            .body(self.render()?))
    }
}
