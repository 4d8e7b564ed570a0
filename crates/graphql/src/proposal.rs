//! Proposals: changes that wait for a curator. Whoever proposes sees what came of the request; everything else is for curators.

mod correct;
mod decide;
mod label;
mod propose;

pub use correct::{CorrectInput, CorrectPayload, correct};
pub use decide::{
    AcceptProposalInput, AcceptProposalPayload, RejectProposalInput, RejectProposalPayload, accept,
    reject,
};
pub use propose::{ProposeInput, ProposePayload, admit, propose};

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, InputType, Json, Object, Result, SimpleObject};
use entity::{Fact, proposal::Span, proposal_text};
use store::{Part, Store, proposal as stored};

use crate::{
    author,
    change::{self, FieldChange},
    connection::Arguments,
    error::{from_store, internal},
    fact::FactInput,
    listing::{Item, Listing, ListingOrder},
    loader,
    locale::Locale,
    node::{self, Curated, Node},
    scalar::{DateTime, PartialDate, web_address},
    service,
    view::Source,
    vocabulary::{AuthorRole, ConceptKind, ProposalAction, ProposalStatus},
};

/// A change that waits for a curator, or what became of it.
#[derive(Clone, Debug)]
pub struct Proposal {
    row: stored::Model,
    text: Option<Arc<proposal_text::Model>>,
}

/// A text that proposals were read in.
#[derive(Clone)]
pub struct ProposalText(Arc<proposal_text::Model>);

/// A part of a text and what it says.
#[derive(SimpleObject)]
pub struct ProposalSpan {
    /// What it says: `value`, `indicator`, `territory`, `period` and the like.
    name: String,
    /// Its first byte in the text, as UTF-8.
    start: u32,
    /// The first byte after it.
    end: u32,
    /// What stands there.
    text: String,
}

/// A change that waits for a curator, or what became of it. It shows nowhere before it is accepted.
#[Object]
impl Proposal {
    /// Global id; only curators find the proposal again by it.
    pub async fn id(&self) -> ID {
        Curated::Proposal.id(&self.row.key)
    }

    /// What it is called; random.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// What it asks for.
    async fn action(&self) -> ProposalAction {
        self.row.action.into()
    }

    /// What it is about, in a line for people: indicator, thing, place and time of a figure; the name or title of anything else. In French when
    /// no language is asked.
    async fn label(&self, ctx: &Context<'_>, locale: Option<Locale>) -> Result<String> {
        label::label(ctx, &self.row, locale).await
    }

    /// The kind of the fact; SOURCE with the action READ.
    async fn concept(&self) -> ConceptKind {
        self.row.concept.into()
    }

    /// The key that the fact has or will have.
    async fn fact_key(&self) -> &str {
        &self.row.fact_key
    }

    /// The fact as it is in force; null when there is none.
    async fn fact(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        node::by_key(ctx, self.row.concept, &self.row.fact_key).await
    }

    /// What would change, against what was in force when it was proposed.
    async fn changes(&self) -> Vec<FieldChange> {
        change::changes(self.row.before.as_deref(), self.row.content.as_deref())
    }

    /// The fact as it is proposed, in the form of `FactInput`: change it and send it as `amended`. Null where a fact is to end or a text
    /// to be read.
    async fn proposed(&self) -> Result<Option<Json<serde_json::Value>>> {
        let is_read = self.row.action == entity::ProposalAction::Read;
        let Some(content) = self.row.content.as_ref().filter(|_| !is_read) else {
            return Ok(None);
        };
        let fact = Fact::from_json(self.row.concept, content);
        let fact = fact.map_err(|failure| internal(&failure))?;
        let stated = fact.map(|fact| FactInput::from(fact).to_value().into_json());
        let stated = stated.transpose().map_err(|failure| internal(&failure))?;
        Ok(stated.map(Json))
    }

    /// The source that the fact names, when it is known; with the action READ the one that printed the text.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let Some(key) = stored::source_of(&self.row) else {
            return Ok(None);
        };
        let found = loader::by_key::<entity::source::Entity>(ctx, &key).await?;
        Ok(found.map(Source))
    }

    /// The source that would be made with it; empty when the source is known.
    async fn new_source(&self) -> Vec<FieldChange> {
        change::changes(None, self.row.new_source.as_deref())
    }

    /// The text it was read in.
    async fn text(&self) -> Option<ProposalText> {
        self.text.clone().map(ProposalText)
    }

    /// Where in that text.
    async fn spans(&self) -> Vec<ProposalSpan> {
        let Some(text) = &self.text else {
            return Vec::new();
        };
        let spans: Vec<Span> = serde_json::from_str(&self.row.spans).unwrap_or_default();
        let shown = |Span { name, start, end }| ProposalSpan {
            text: text
                .text
                .get(start as usize..end as usize)
                .unwrap_or_default()
                .to_owned(),
            name,
            start,
            end,
        };
        spans.into_iter().map(shown).collect()
    }

    /// Why, in the words of whoever proposes.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// What became of it.
    async fn status(&self) -> ProposalStatus {
        self.row.status.into()
    }

    /// Grows with every change of the proposal; to be given as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// What sort of person proposes.
    async fn role(&self) -> AuthorRole {
        self.row.role.into()
    }

    /// The eight digits that name the API key it came with.
    async fn key_prefix(&self) -> Option<&str> {
        self.row.key_prefix.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.row.decided_at.map(DateTime)
    }

    /// Why it was decided so.
    async fn decision_reason(&self) -> Option<&str> {
        self.row.decision_reason.as_deref()
    }
}

/// A text that proposals were read in: an article, a communiqué. Kept once, and shown to curators only.
#[Object]
impl ProposalText {
    /// What it is called: the first 16 digits of its SHA-256.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// The text itself, at most 256 KiB.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Its title.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// Where it was read, http or https only.
    async fn url(&self) -> Option<String> {
        self.0.url.as_deref().and_then(web_address)
    }

    /// Who printed it.
    async fn publisher(&self) -> Option<&str> {
        self.0.publisher.as_deref()
    }

    /// When it was published.
    async fn published_on(&self) -> Option<PartialDate> {
        self.0.published_on.clone().map(PartialDate)
    }
}

/// Which proposals.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ProposalFilter {
    /// What became of them.
    status: Option<ProposalStatus>,
    /// The kind of the fact.
    concept: Option<ConceptKind>,
    /// The key of the fact.
    #[graphql(validator(max_length = 160))]
    fact_key: Option<String>,
    /// The key of the text they were read in.
    #[graphql(validator(max_length = 160))]
    text: Option<String>,
}

impl Item for Proposal {
    const NAME: &'static str = "Proposal";

    type Wanted = stored::Wanted;

    fn id(&self) -> i64 {
        self.row.id
    }

    async fn page(
        store: &Store,
        wanted: &Self::Wanted,
        part: &Part,
    ) -> Result<Vec<Self>, store::Error> {
        with_texts(store, stored::page(store, wanted, part).await?).await
    }

    async fn count(store: &Store, wanted: &Self::Wanted) -> Result<u64, store::Error> {
        stored::count(store, wanted).await
    }
}

async fn with_texts(
    store: &Store,
    rows: Vec<stored::Model>,
) -> Result<Vec<Proposal>, store::Error> {
    let texts = stored::texts(store, &rows).await?;
    let texts: std::collections::HashMap<_, _> = texts
        .into_iter()
        .map(|(id, text)| (id, Arc::new(text)))
        .collect();
    let with_text = |row: stored::Model| Proposal {
        text: row.text_id.and_then(|id| texts.get(&id).cloned()),
        row,
    };
    Ok(rows.into_iter().map(with_text).collect())
}

/// The proposals, for curators.
pub async fn proposals(
    ctx: &Context<'_>,
    arguments: Arguments,
    filter: Option<ProposalFilter>,
    order: Option<ListingOrder>,
) -> Result<Listing<Proposal>> {
    author::require_curator(ctx)?;
    let filter = filter.unwrap_or_default();
    let wanted = stored::Wanted {
        status: filter.status.map(Into::into),
        concept: filter.concept.map(Into::into),
        fact_key: filter.fact_key,
        text: filter.text,
    };
    Listing::read(ctx, arguments, wanted, order.unwrap_or_default()).await
}

/// One proposal, for curators.
pub async fn proposal(ctx: &Context<'_>, key: &str) -> Result<Option<Proposal>> {
    author::require_curator(ctx)?;
    let store = service::store(ctx);
    let found = stored::by_key(store, key).await.map_err(from_store)?;
    let found = found.into_iter().collect();
    let mut shown = with_texts(store, found).await.map_err(from_store)?;
    Ok(shown.pop())
}
