//! `extract`: what a press article says, for people to look at before it is proposed.

use std::collections::HashMap;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use chrono::Datelike;
use extract::{Fact, Known, Markup, Span, Status, Wording};
use language::{Period, Today};

use crate::{
    Service,
    error::{bad_input, from_store, internal},
    loader,
    node::{self, Node},
    scalar::{PartialDate, ReferencePeriod},
    service::{self, Caller},
    view::{Activity, Indicator, Organisation, Territory},
    visitor::Visitor,
    vocabulary::{Qualifier, SubjectKind},
};

/// Longest text of people without an API key, in bytes.
const SHORT_TEXT: usize = 8 * 1024;

/// How the text of an article is written.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMarkup {
    /// Plain text.
    Text,
    /// A web page or a piece of one: menus, advertisements, comments and the like are left out.
    Html,
}

/// Reads an article; the words are data of the crate `extract`, the names those of the database.
pub async fn extract(
    ctx: &Context<'_>,
    text: String,
    markup: Option<TextMarkup>,
    published_on: Option<PartialDate>,
) -> Result<Extraction> {
    let caller = ctx.data_unchecked::<Caller>();
    let known_caller = caller.key.is_some() || caller.visitor == Visitor::Operator;
    let (most, without) = match known_caller {
        true => (extract::MAX_BYTES, ""),
        false => (SHORT_TEXT, " without an API key"),
    };
    if text.len() > most {
        let length = text.len();
        return Err(bad_input(format!(
            "the text has {length} bytes; at most {most} are read{without}"
        )));
    }
    read(
        service::service(ctx),
        text,
        markup,
        published_on.map(|day| day.0),
    )
    .await
}

/// Reads a text that is known not to be too long.
pub(crate) async fn read(
    service: &Service,
    text: String,
    markup: Option<TextMarkup>,
    published_on: Option<entity::PartialDate>,
) -> Result<Extraction> {
    let lexicon = service
        .lexicon()
        .await
        .map_err(|failure| internal(&failure))?;
    let things = store::named_things::all(service.store())
        .await
        .map_err(from_store)?;
    let published = published_on.map(|day| today(&day));
    let read = move || {
        let markup = match markup {
            Some(TextMarkup::Html) => Markup::Html,
            Some(TextMarkup::Text) => Markup::Text,
            None => Markup::of(&text),
        };
        let text = match markup {
            Markup::Html => extract::visible(&text),
            Markup::Text => text,
        };
        // The activity that the figures of an indicator are all of need not be said.
        let usual: HashMap<String, String> = things.activities.iter().cloned().collect();
        let mut extraction = extract::extract(&lexicon, &known(things), &text, published);
        for fact in extraction
            .facts
            .iter_mut()
            .filter(|fact| fact.subject.is_none())
        {
            let activity = fact.activity.take();
            fact.activity = activity.or_else(|| usual.get(&fact.indicator).cloned());
        }
        Extraction { text, extraction }
    };
    tokio::task::spawn_blocking(read)
        .await
        .map_err(|failure| internal(&failure))
}

fn today(day: &entity::PartialDate) -> Today {
    let day = day.start();
    Today {
        year: day.year(),
        month: u8::try_from(day.month()).unwrap_or(1),
        day: u8::try_from(day.day()).unwrap_or(1),
    }
}

/// What the database says of the things that articles name.
fn known(things: store::named_things::NamedThings) -> Known {
    let mut known = Known {
        parks: things.parks.into_iter().collect(),
        plans: things
            .plans
            .into_iter()
            .filter_map(|(key, years)| Some((key, years.as_str().parse::<Period>().ok()?)))
            .collect(),
        ..Known::default()
    };
    for (key, signed) in things
        .agreements
        .into_iter()
        .filter(|(_, signed)| signed.as_str().len() == 10)
    {
        let day = today(&signed);
        known.agreements.insert(key, (day.year, day.month, day.day));
    }
    for organisation in things.organisations {
        known.organisations.insert(
            organisation.key.clone(),
            organisation.kind.as_str().to_owned(),
        );
        if let Some(owner) = organisation.owner {
            known.owners.insert(organisation.key, owner);
        }
    }
    known
}

/// What an article says. Nothing of it is stored, and nothing is believed before a curator accepts it.
pub struct Extraction {
    text: String,
    extraction: extract::Extraction,
}

impl Extraction {
    pub(crate) fn facts_found(&self) -> &[Fact] {
        &self.extraction.facts
    }
}

/// What an article says. Nothing of it is stored, and nothing is believed before a curator accepts it.
#[Object]
impl Extraction {
    /// The text that was read, without what stands around an article on its page. All spans point into it.
    async fn text(&self) -> &str {
        &self.text
    }

    /// The figures that fit an indicator, in the order of the text, each once.
    async fn facts(&self) -> Vec<ExtractedFact<'_>> {
        let text = &self.text;
        self.extraction
            .facts
            .iter()
            .map(|fact| ExtractedFact { text, fact })
            .collect()
    }

    /// The organisations, parks, projects, plans and agreements it names, each once.
    async fn names(&self) -> Vec<ExtractedName<'_>> {
        let text = &self.text;
        self.extraction
            .named
            .iter()
            .map(|named| ExtractedName { text, named })
            .collect()
    }

    /// The axes of the agreement it tells of, where it tells them one by one.
    async fn axes(&self) -> Vec<ExtractedAxis> {
        let axes = self.extraction.axes.iter();
        axes.map(|axis| ExtractedAxis {
            ordinal: i32::try_from(axis.ordinal).unwrap_or(i32::MAX),
            span: part(&self.text, "axis", axis.span),
        })
        .collect()
    }
}

/// One figure of an article, with the words that say each part of it.
pub struct ExtractedFact<'a> {
    text: &'a str,
    fact: &'a Fact,
}

/// One figure of an article, with the words that say each part of it.
#[Object]
impl ExtractedFact<'_> {
    /// What is measured.
    async fn indicator(&self, ctx: &Context<'_>) -> Result<Option<Indicator>> {
        Ok(
            loader::by_key::<entity::indicator::Entity>(ctx, &self.fact.indicator)
                .await?
                .map(Indicator),
        )
    }

    /// Where; null when the article names no place for a figure of a company, a project or the like.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Option<Territory>> {
        match &self.fact.territory {
            Some(code) => Ok(loader::by_key::<entity::territory::Entity>(ctx, code)
                .await?
                .map(Territory)),
            None => Ok(None),
        }
    }

    /// The activity it is of: a segment where the article names one, else the one that all figures of the indicator are of.
    async fn activity(&self, ctx: &Context<'_>) -> Result<Option<Activity>> {
        match &self.fact.activity {
            Some(key) => Ok(loader::by_key::<entity::activity::Entity>(ctx, key)
                .await?
                .map(Activity)),
            None => Ok(None),
        }
    }

    /// The company, park, project, plan or agreement it is about; null for a territory.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        match &self.fact.subject {
            Some(thing) => node::by_key(ctx, kind_of(thing.kind), &thing.key).await,
            None => Ok(None),
        }
    }

    /// When it refers to; null when the article states no time for it.
    async fn period(&self) -> Option<ReferencePeriod> {
        self.fact
            .period
            .and_then(|period| period.to_string().parse().ok())
            .map(ReferencePeriod)
    }

    /// The value in the unit of the indicator; the lower end of a range.
    async fn value(&self) -> f64 {
        self.fact.value
    }

    /// The upper end of a range.
    async fn value_max(&self) -> Option<f64> {
        self.fact.value_max
    }

    /// How the article words it. TARGET for what is planned or aimed at.
    async fn qualifier(&self) -> Qualifier {
        qualifier(self.fact)
    }

    /// Whether the article itself does not vouch for it ("emploierait", "reportedly").
    async fn contested(&self) -> bool {
        self.fact.status == Status::Contested
    }

    /// Who measured it, if the article says.
    async fn producer(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        match &self.fact.producer {
            Some(key) => Ok(loader::by_key::<entity::organisation::Entity>(ctx, key)
                .await?
                .map(Organisation)),
            None => Ok(None),
        }
    }

    /// Where each part of it stands: `value`, `quantity`, `territory`, `subject`, `activity`, `period`, `producer` and the whole `sentence`.
    /// What an earlier sentence says is there as well: its span then lies before the sentence.
    async fn spans(&self) -> Vec<ExtractedSpan> {
        parts(self.fact)
            .map(|(name, span)| part(self.text, name, span))
            .collect()
    }
}

/// A thing that an article names.
pub struct ExtractedName<'a> {
    text: &'a str,
    named: &'a extract::NamedThing,
}

/// A thing that an article names.
#[Object]
impl ExtractedName<'_> {
    /// The thing.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        node::by_key(ctx, concept(self.named.kind), &self.named.key).await
    }

    /// Where it is first named.
    async fn span(&self) -> ExtractedSpan {
        part(self.text, "name", self.named.span)
    }
}

/// An axis of an agreement in the words of an article.
#[derive(SimpleObject)]
struct ExtractedAxis {
    /// 1 is the first told.
    ordinal: i32,
    /// Its words.
    span: ExtractedSpan,
}

/// A part of the text that was read.
#[derive(SimpleObject)]
struct ExtractedSpan {
    /// What it says.
    name: &'static str,
    /// Its first byte in `text`, as UTF-8.
    start: i32,
    /// The first byte after it.
    end: i32,
    /// The words themselves.
    text: String,
}

fn part(text: &str, name: &'static str, span: Span) -> ExtractedSpan {
    let at = |byte: usize| i32::try_from(byte).unwrap_or(i32::MAX);
    ExtractedSpan {
        name,
        start: at(span.start),
        end: at(span.end),
        text: text
            .get(span.start..span.end)
            .unwrap_or_default()
            .to_owned(),
    }
}

/// What each part of a figure says, and where it stands.
fn parts(fact: &Fact) -> impl Iterator<Item = (&'static str, Span)> {
    let spans = &fact.spans;
    let parts = [
        ("value", Some(spans.value)),
        ("quantity", spans.quantity),
        ("territory", spans.territory),
        ("subject", spans.subject),
        ("activity", spans.activity),
        ("period", spans.period),
        ("producer", spans.producer),
        ("sentence", Some(spans.sentence)),
    ];
    parts
        .into_iter()
        .filter_map(|(name, span)| Some((name, span?)))
}

/// The parts of a figure as a proposal keeps them.
pub(crate) fn spans_of(fact: &Fact) -> Vec<entity::proposal::Span> {
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let span = |(name, span): (&str, Span)| entity::proposal::Span {
        name: name.to_owned(),
        start: at(span.start),
        end: at(span.end),
    };
    parts(fact).map(span).collect()
}

/// How the text words a figure.
pub(crate) fn qualifier(fact: &Fact) -> Qualifier {
    match (fact.status, fact.wording) {
        (Status::Target, _) => Qualifier::Target,
        (_, Wording::Exact) => Qualifier::Exact,
        (_, Wording::Approximate) => Qualifier::Approximate,
        (_, Wording::AtLeast) => Qualifier::AtLeast,
        (_, Wording::AtMost) => Qualifier::AtMost,
    }
}

/// The kind of what a figure is about.
pub(crate) fn subject_kind(kind: &str) -> SubjectKind {
    match kind {
        "park" => SubjectKind::Park,
        "project" => SubjectKind::Project,
        "plan" => SubjectKind::Plan,
        "agreement" => SubjectKind::Agreement,
        _ => SubjectKind::Organisation,
    }
}

fn kind_of(kind: &str) -> entity::ConceptKind {
    match kind {
        "park" => entity::ConceptKind::Park,
        "project" => entity::ConceptKind::Project,
        "plan" => entity::ConceptKind::Plan,
        "agreement" => entity::ConceptKind::Agreement,
        _ => entity::ConceptKind::Organisation,
    }
}

fn concept(kind: ask::NameKind) -> entity::ConceptKind {
    use ask::NameKind;
    match kind {
        NameKind::Park => entity::ConceptKind::Park,
        NameKind::Project => entity::ConceptKind::Project,
        NameKind::Plan => entity::ConceptKind::Plan,
        NameKind::Agreement => entity::ConceptKind::Agreement,
        _ => entity::ConceptKind::Organisation,
    }
}
