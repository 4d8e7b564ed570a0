//! Proposals: made by anybody, decided by curators. What is proposed is tried at once and undone, so that what waits can be accepted.

mod decide;
mod known;

use std::collections::{BTreeSet, HashMap};

use entity::{
    AuditAction, ConceptKind, Fact, ProposalAction, ProposalStatus, Role,
    proposal::{ActiveModel, Column, Entity, Span},
    proposal_text, source,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::{
    Error, Part, Refused, Store,
    audit_entry::{Act, Done},
    fact::{check_figures, curated, current_in},
    load::Batch,
    proposal_text::{New as Text, keep},
    write::Writing,
};

pub use decide::{accept, reject};
pub use entity::proposal::Model;

/// How many proposals of people without a key may wait.
const WAITING: u64 = 5_000;

/// What is proposed together: facts that share a text and a source.
#[derive(Clone, Debug, Default)]
pub struct Proposed {
    pub proposals: Vec<New>,
    /// A source that may not be known yet; facts refer to it by its key.
    pub source: Option<source::Draft>,
    pub text: Option<Text>,
}

/// One proposal.
#[derive(Clone, Debug)]
pub struct New {
    /// Random; what the proposal is called from now on.
    pub key: String,
    pub what: What,
    /// Whether the key of an observation was made and not given: a figure of the same place in the same source is then meant.
    pub made_key: bool,
    pub spans: Vec<Span>,
    pub note: Option<String>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    State(Box<Fact>),
    Retract(ConceptKind, String),
    /// Somebody should read the text, which this source printed: no figure was found in it.
    Read(Box<source::Draft>),
}

impl What {
    fn concept(&self) -> ConceptKind {
        match self {
            Self::State(fact) => fact.concept(),
            Self::Retract(concept, _) => *concept,
            Self::Read(_) => ConceptKind::Source,
        }
    }

    fn key(&self) -> &str {
        match self {
            Self::State(fact) => fact.key(),
            Self::Retract(_, key) => key,
            Self::Read(source) => &source.key,
        }
    }

    fn fact(&self) -> Option<&Fact> {
        match self {
            Self::State(fact) => Some(fact),
            Self::Retract(..) | Self::Read(_) => None,
        }
    }

    fn fact_mut(&mut self) -> Option<&mut Fact> {
        match self {
            Self::State(fact) => Some(fact),
            Self::Retract(..) | Self::Read(_) => None,
        }
    }
}

/// What came of proposing.
#[derive(Clone, Debug, Default)]
pub struct Made {
    pub proposals: Vec<Model>,
    /// Facts that are in force as they were proposed: nothing is made of them.
    pub known: Vec<(ConceptKind, String)>,
}

/// Makes proposals, all of them or none.
pub async fn propose(store: &Store, act: &Act, proposed: &Proposed) -> Result<Made, Error> {
    let writing = Writing::begin(store, act).await?;
    let earlier = writing.earlier().await?;
    if !earlier.is_empty() {
        let keys = earlier.into_iter().filter_map(|entry| entry.proposal);
        let proposals = by_keys(&writing, keys.collect()).await?;
        return Ok(Made {
            proposals,
            known: Vec::new(),
        });
    }
    if act.by.role == Role::Anybody {
        let waiting = Entity::find()
            .filter(Column::Status.eq(ProposalStatus::Open))
            .filter(Column::Role.eq(Role::Anybody))
            .count(&writing.transaction)
            .await?;
        if waiting >= WAITING {
            return Err(Refused::TooMany(waiting).into());
        }
    }
    let mut news = proposed.proposals.clone();
    let facts = news.iter_mut().filter_map(|new| new.what.fact_mut());
    let source = known::source(&writing, proposed.source.as_ref(), facts).await?;
    known::readings(&writing, &mut news).await?;
    known::figures(&writing, &mut news).await?;
    known::apart(&writing, &mut news).await?;
    attempt(&writing, &news, source).await?;
    let text = match &proposed.text {
        Some(text) => Some(keep(&writing, text).await?),
        None => None,
    };
    let mut made = Made::default();
    let mut entries = Vec::new();
    for new in &news {
        check_spans(&new.spans, proposed.text.as_ref())?;
        let (concept, key) = (new.what.concept(), new.what.key().to_owned());
        let current = current_in(&writing.transaction, concept, &key).await?;
        let content = match &new.what {
            // What would be made is the source, unless it is there.
            What::Read(draft) => match &current.content {
                Some(known) => Some(known.clone()),
                None => Some(serde_json::to_string(draft)?),
            },
            what => what.fact().map(Fact::to_json).transpose()?,
        };
        let is_read = matches!(new.what, What::Read(_));
        if current.content == content && !is_read {
            match content {
                Some(_) => made.known.push((concept, key)),
                None => return Err(Refused::NotFound(key).into()),
            }
            continue;
        }
        let action = match (&content, &current.content) {
            _ if is_read => ProposalAction::Read,
            (None, _) => ProposalAction::Retract,
            (Some(_), Some(_)) => ProposalAction::Revise,
            (Some(_), None) => ProposalAction::Create,
        };
        let new_source = source.map(serde_json::to_string).transpose()?;
        let row = ActiveModel {
            key: Set(new.key.clone()),
            action: Set(action),
            concept: Set(concept),
            fact_key: Set(key.clone()),
            before: Set(current.content.clone()),
            content: Set(content.clone()),
            based_on: Set(current.version),
            new_source: Set(new_source),
            text_id: Set(text.as_ref().map(|text| text.id)),
            spans: Set(serde_json::to_string(&new.spans)?),
            note: Set(new.note.clone()),
            status: Set(ProposalStatus::Open),
            version: Set(1),
            role: Set(act.by.role),
            key_prefix: Set(act.by.key.clone()),
            created_at: Set(writing.act.at),
            ..Default::default()
        };
        made.proposals.push(row.insert(&writing.transaction).await?);
        let done = Done {
            concept: Some(concept),
            key: Some(key),
            proposal: Some(new.key.clone()),
            before: current.content,
            after: content,
            revision: None,
        };
        entries.push((AuditAction::Propose, done));
    }
    if !made.proposals.is_empty() {
        writing.note(entries).await?;
        writing.commit(None).await?;
    }
    Ok(made)
}

/// Tries what is proposed, so that it is known to fit.
async fn attempt(
    writing: &Writing<'_>,
    news: &[New],
    source: Option<&source::Draft>,
) -> Result<(), Error> {
    let mut batch = Batch::default();
    batch.sources.extend(source.cloned());
    let mut stated = BTreeSet::new();
    for New { what, .. } in news {
        let (concept, key) = (what.concept(), what.key());
        curated(concept, key)?;
        if let What::Read(_) = what {
            continue;
        }
        if !stated.insert((concept, key)) {
            return Err(Refused::Twice(format!("{concept} {key:?}")).into());
        }
        match what {
            What::State(fact) => batch.add(Fact::clone(fact)),
            What::Retract(..) => batch.retract(concept, key.to_owned()),
            What::Read(_) => {}
        }
    }
    let facts: Vec<&Fact> = news.iter().filter_map(|new| new.what.fact()).collect();
    check_figures(writing, facts, &batch).await?;
    writing.attempt(&batch).await?;
    Ok(())
}

/// Refuses parts that are not in the text.
fn check_spans(spans: &[Span], text: Option<&Text>) -> Result<(), Refused> {
    let text = text.map_or("", |text| text.text.as_str());
    for Span { name, start, end } in spans {
        let part = text.get(*start as usize..*end as usize);
        if part.is_none_or(str::is_empty) {
            return Err(Refused::Invalid(format!(
                "the span {name:?} from byte {start} to {end} is no part of the text, which has {} bytes; count bytes of UTF-8, and cut at characters",
                text.len()
            )));
        }
    }
    Ok(())
}

async fn by_keys(writing: &Writing<'_>, keys: Vec<String>) -> Result<Vec<Model>, Error> {
    let found = Entity::find()
        .filter(Column::Key.is_in(keys))
        .order_by_asc(Column::Id);
    Ok(found.all(&writing.transaction).await?)
}

/// The proposal with a key.
pub async fn by_key(store: &Store, key: &str) -> Result<Option<Model>, Error> {
    let found = Entity::find().filter(Column::Key.eq(key));
    Ok(found.one(&store.db).await?)
}

/// The key of the source that a proposed fact names, or that printed the text to be read.
pub fn source_of(proposal: &Model) -> Option<String> {
    if proposal.action == ProposalAction::Read {
        return Some(proposal.fact_key.clone());
    }
    #[derive(serde::Deserialize)]
    struct Sourced {
        source: String,
    }
    let content = proposal.content.as_deref()?;
    let sourced: Sourced = serde_json::from_str(content).ok()?;
    Some(sourced.source)
}

/// Which proposals are asked for; every one by default.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub status: Option<ProposalStatus>,
    pub concept: Option<ConceptKind>,
    /// Key of the fact.
    pub fact_key: Option<String>,
    /// Key of the text.
    pub text: Option<String>,
}

impl Wanted {
    fn condition(&self) -> Condition {
        let of_text = self.text.as_ref().map(|key| {
            let text = proposal_text::Entity::find()
                .select_only()
                .column(proposal_text::Column::Id)
                .filter(proposal_text::Column::Key.eq(key));
            Column::TextId.in_subquery(text.into_query())
        });
        Condition::all()
            .add_option(self.status.map(|status| Column::Status.eq(status)))
            .add_option(self.concept.map(|concept| Column::Concept.eq(concept)))
            .add_option(self.fact_key.as_ref().map(|key| Column::FactKey.eq(key)))
            .add_option(of_text)
    }
}

/// A part of the proposals.
pub async fn page(store: &Store, wanted: &Wanted, part: &Part) -> Result<Vec<Model>, Error> {
    let found = part.of(Entity::find().filter(wanted.condition()), Column::Id);
    Ok(found.all(&store.db).await?)
}

/// How many proposals there are.
pub async fn count(store: &Store, wanted: &Wanted) -> Result<u64, Error> {
    let found = Entity::find().filter(wanted.condition());
    Ok(found.count(&store.db).await?)
}

/// The texts of proposals, by their ids.
pub async fn texts(
    store: &Store,
    proposals: &[Model],
) -> Result<HashMap<i64, proposal_text::Model>, Error> {
    let ids: BTreeSet<i64> = proposals.iter().filter_map(|row| row.text_id).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let found = crate::proposal_text::by_ids(store, &ids).await?;
    Ok(found.into_iter().map(|text| (text.id, text)).collect())
}
