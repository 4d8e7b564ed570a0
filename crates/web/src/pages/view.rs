//! What a page is: an address, a document, and what is made of its answer.

use askama::Template;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    address::Address,
    fact::{Chart, Stated},
    table::Table,
};
use crate::refusal::Refusal;

/// One kind of page.
pub trait View: Send + Sync + 'static {
    /// What its document answers.
    type Answer: DeserializeOwned + Send;

    /// The document behind it; `.json` gives its answer, and GraphiQL opens with it.
    const DOCUMENT: &'static str;

    /// Whether the page may be kept while the data stay as they are.
    const LASTS: bool = true;

    /// The variables that the address stands for.
    fn variables(address: &Address) -> Result<Value, Refusal>;

    /// What is shown; nothing when there is no such thing.
    fn show(answer: Self::Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error>;
}

/// A view without its types: what serves pages is the same for all of them, and compiled once.
pub struct Kind {
    pub document: &'static str,
    pub lasts: bool,
    pub variables: fn(&Address) -> Result<Value, Refusal>,
    /// From the answer to the document, as JSON.
    pub show: fn(&[u8], &About<'_>) -> Result<Option<Shown>, Unshown>,
}

/// Why an answer could not be shown: it does not have the shape of its document, or the template failed.
pub type Unshown = Box<dyn std::error::Error + Send + Sync>;

impl Kind {
    pub const fn of<V: View>() -> Self {
        Self {
            document: V::DOCUMENT,
            lasts: V::LASTS,
            variables: V::variables,
            show: |body, about| {
                let answered = serde_json::from_slice::<Answered<V::Answer>>(body)?;
                Ok(V::show(answered.data, about)?)
            },
        }
    }
}

/// An answer of GraphQL.
#[derive(Deserialize)]
pub struct Answered<T> {
    pub data: T,
}

/// What a page knows beside its answer.
pub struct About<'a> {
    pub address: &'a Address,
    /// Whether the text of questions may be kept.
    pub keeps_questions: bool,
}

/// HTML that a template wrote.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    pub fn of(template: &impl Template) -> Result<Self, askama::Error> {
        template.render().map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A page as it is shown, in whatever form.
#[derive(Debug, Default)]
pub struct Shown {
    pub title: String,
    pub description: String,
    pub body: Markup,
    /// Whether the question box stands in the body already.
    pub asks: bool,
    /// What the page draws; without one its figures are written on a card.
    pub drawing: Option<Drawing>,
    /// The figures of the view, for CSV, cards and embedding.
    pub figures: Vec<Stated>,
    /// What CSV gives where the view is more than its figures.
    pub table: Option<Table>,
    /// What the thing is, for machines that read pages: schema.org.
    pub structured: Option<Value>,
}

/// A drawing of a view.
#[derive(Debug)]
pub enum Drawing {
    Chart(Chart),
    Tiles(chart::Tiles),
}
