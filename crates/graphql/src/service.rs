//! A schema over one database, with what it needs to answer: settings, lexicon, clock.

use std::sync::{Arc, OnceLock, atomic::AtomicBool};

use ask::{Lexicon, LexiconError, Words};
use async_graphql::{
    Context, Response, SDLExportOptions, Schema, SchemaBuilder, ValidationMode,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute},
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use entity::ConceptKind;
use store::Store;
use tokio::sync::{Mutex, RwLock};

use crate::{
    Visitor,
    admission::Shapes,
    curator::Guesses,
    document::Documents,
    feedback::{Feedback, Keeping},
    key::{Key, Keys},
    mutation::Mutation,
    outbox::Outbox,
    pace::Pace,
    query::Query,
    quota::{Purse, Quotas},
    response_cache::ResponseCache,
    subscription::Subscription,
    trusted::TrustedDocuments,
    webhook::Reach,
};

pub type BabSchema = Schema<Query, Mutation, Subscription>;

/// The schema alone, with nothing running.
pub fn schema() -> BabSchema {
    builder().finish()
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation, Subscription)
}

/// Keeps a schema from running what it has validated.
struct RunNothing;

impl ExtensionFactory for RunNothing {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for RunNothing {
    async fn execute(
        &self,
        _: &ExtensionContext<'_>,
        _: Option<&str>,
        _: NextExecute<'_>,
    ) -> Response {
        Response::default()
    }
}

/// The contract, sorted so that it can be read and compared.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items();
    let lines = schema().sdl_with_options(options);
    lines
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// Settings of the schema.
#[derive(Clone)]
pub struct Settings {
    /// Today's date for "older than three years" and "last year"; the machine's own when absent.
    pub now: Option<NaiveDate>,
    /// The words that questions are understood with; those of this release when absent.
    pub words: Option<Arc<Words>>,
    /// Where the public reaches the pages (`https://bab.example`), without a slash at the end; addresses are paths when absent.
    pub public_url: Option<String>,
    /// The newest migration this release knows; the database must have it to be ready.
    pub latest_migration: Option<String>,
    /// What is kept of what people write; nothing by default.
    pub keeping: Keeping,
    /// How many units of cost callers may spend a minute.
    pub quotas: Quotas,
    /// How many bytes of answers are kept until the data change; 0 keeps none.
    pub cache_bytes: u64,
    /// Documents that may be run by their id, and the only ones for some keys.
    pub trusted: TrustedDocuments,
    /// For how many days events are kept, so that subscribers can go on after them.
    pub keep_events: u16,
    /// Which machines webhooks may be sent to.
    pub webhook_reach: Reach,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            now: None,
            words: None,
            public_url: None,
            latest_migration: None,
            keeping: Keeping::default(),
            quotas: Quotas::default(),
            cache_bytes: 32 << 20,
            trusted: TrustedDocuments::default(),
            keep_events: 30,
            webhook_reach: Reach::Public,
        }
    }
}

/// Cheap to clone; one per process.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    store: Store,
    settings: Settings,
    schema: BabSchema,
    /// The same schema for documents that were found valid.
    unchecked: BabSchema,
    /// The same schema once more, to validate and run nothing; made when it is first needed.
    checking: OnceLock<BabSchema>,
    shapes: Shapes,
    documents: Documents,
    keys: Keys,
    purse: Purse,
    responses: ResponseCache,
    /// The names of one data revision, swapped whole when the revision moves.
    lexicon: RwLock<Option<(i64, Arc<Lexicon>)>>,
    feedback: Feedback,
    /// How fast visitors propose changes.
    proposing: Pace,
    /// How many codes were tried.
    guesses: Guesses,
    /// Who takes a file of facts in: one at a time.
    importing: Mutex<()>,
    outbox: Outbox,
}

/// Who asks, as the resolvers see it.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// Inside `ask`, which cannot be asked again.
    pub nested: bool,
    pub visitor: Visitor,
    pub key: Option<Key>,
    /// Cleared by what holds for this request alone: such an answer is not kept for the next one.
    pub lasting: Arc<AtomicBool>,
}

/// Why a service is not ready.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    #[error("the database does not answer: {0}")]
    Database(#[from] store::Error),
    #[error(
        "the database has the migration {found:?} where this release needs {needed:?}; run `bab migrate`"
    )]
    Migration {
        found: Option<String>,
        needed: String,
    },
}

/// Why there is no lexicon.
#[derive(Debug, thiserror::Error)]
pub enum NoLexicon {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    #[error("the lexicon could not be built: {0}")]
    Stopped(#[from] tokio::task::JoinError),
}

impl Service {
    /// A service over a migrated database.
    pub async fn open(store: Store, settings: Settings) -> Result<Self, store::Error> {
        let schema = schema();
        let contract = schema.sdl();
        let shapes = Shapes::read(&contract);
        let url = settings.public_url.clone().unwrap_or_default();
        let words = settings.words.as_ref().map(|words| words.digest());
        let words = words.map(|digest| digest.to_string()).unwrap_or_default();
        let seed = [env!("CARGO_PKG_VERSION"), &contract, &url, &words];
        let responses = ResponseCache::new(settings.cache_bytes, &seed);
        Ok(Self(Arc::new(Inner {
            feedback: Feedback::new(settings.keeping),
            purse: Purse::new(settings.quotas),
            store,
            settings,
            schema,
            unchecked: builder().validation_mode(ValidationMode::Fast).finish(),
            checking: OnceLock::new(),
            responses,
            documents: Documents::default(),
            keys: Keys::default(),
            shapes,
            lexicon: RwLock::new(None),
            proposing: Pace::default(),
            guesses: Guesses::default(),
            importing: Mutex::default(),
            outbox: Outbox::default(),
        })))
    }

    /// Whether the database answers and has every migration this release needs.
    pub async fn ready(&self) -> Result<(), NotReady> {
        let found = self.0.store.latest_migration().await?;
        match &self.0.settings.latest_migration {
            Some(needed) if found.as_ref() < Some(needed) => Err(NotReady::Migration {
                found,
                needed: needed.clone(),
            }),
            _ => Ok(()),
        }
    }

    /// Reads the names ahead of the first question.
    pub async fn warm(&self) {
        if let Err(failure) = self.lexicon().await {
            tracing::warn!(%failure, "the lexicon is not ready yet");
        }
    }

    /// How many SQL statements were sent since the service was opened.
    pub fn statements(&self) -> u64 {
        self.0.store.statements()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// The schema that validates and runs.
    pub(crate) fn schema(&self) -> &BabSchema {
        &self.0.schema
    }

    /// The schema that runs documents known to be valid.
    pub(crate) fn unchecked(&self) -> &BabSchema {
        &self.0.unchecked
    }

    /// The schema that only validates.
    pub(crate) fn checking(&self) -> &BabSchema {
        let checking = &self.0.checking;
        checking.get_or_init(|| builder().extension(RunNothing).finish())
    }

    pub(crate) fn outbox(&self) -> &Outbox {
        &self.0.outbox
    }

    pub(crate) fn documents(&self) -> &Documents {
        &self.0.documents
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    pub(crate) fn purse(&self) -> &Purse {
        &self.0.purse
    }

    pub(crate) fn responses(&self) -> &ResponseCache {
        &self.0.responses
    }

    /// Today, as a number: what is older than some years depends on it.
    pub(crate) fn day(&self) -> i32 {
        self.now().num_days_from_ce()
    }

    /// The documents that may be run by their id.
    pub fn trusted(&self) -> &TrustedDocuments {
        &self.0.settings.trusted
    }

    /// For how many days events are kept.
    pub(crate) fn keep_events(&self) -> u16 {
        self.0.settings.keep_events
    }

    /// Which machines webhooks may be sent to.
    pub fn webhook_reach(&self) -> Reach {
        self.0.settings.webhook_reach
    }

    pub(crate) fn feedback(&self) -> &Feedback {
        &self.0.feedback
    }

    pub(crate) fn proposing(&self) -> &Pace {
        &self.0.proposing
    }

    pub(crate) fn guesses(&self) -> &Guesses {
        &self.0.guesses
    }

    pub(crate) fn importing(&self) -> &Mutex<()> {
        &self.0.importing
    }

    pub(crate) fn shapes(&self) -> &Shapes {
        &self.0.shapes
    }

    pub(crate) fn public_url(&self) -> Option<&str> {
        self.0.settings.public_url.as_deref()
    }

    /// What time it is for answers.
    pub fn now(&self) -> DateTime<Utc> {
        match self.0.settings.now {
            Some(date) => date.and_time(NaiveTime::MIN).and_utc(),
            None => Utc::now(),
        }
    }

    /// Reads the names and words that questions are understood with, so that no question has to wait for them.
    pub async fn prepare(&self) -> Result<(), NoLexicon> {
        self.lexicon().await.map(drop)
    }

    /// The lexicon of the data as they are.
    pub(crate) async fn lexicon(&self) -> Result<Arc<Lexicon>, NoLexicon> {
        let revision = self.0.store.data_revision().await?;
        if let Some((known, lexicon)) = &*self.0.lexicon.read().await
            && *known == revision
        {
            return Ok(lexicon.clone());
        }
        let mut place = self.0.lexicon.write().await;
        if let Some((known, lexicon)) = &*place
            && *known == revision
        {
            return Ok(lexicon.clone());
        }
        let names = store::names::all(&self.0.store).await?;
        let names = names.into_iter().filter_map(name).collect::<Vec<_>>();
        let words = self.0.settings.words.clone();
        let build = move || {
            let words = words.map_or_else(embedded, Ok)?;
            Ok::<_, LexiconError>(Lexicon::new(&words, names))
        };
        let lexicon = Arc::new(tokio::task::spawn_blocking(build).await??);
        *place = Some((revision, lexicon.clone()));
        Ok(lexicon)
    }
}

/// The embedded words, read once.
fn embedded() -> Result<Arc<Words>, LexiconError> {
    static READ: OnceLock<Arc<Words>> = OnceLock::new();
    if let Some(words) = READ.get() {
        return Ok(words.clone());
    }
    let words = Arc::new(Words::embedded()?);
    Ok(READ.get_or_init(|| words).clone())
}

/// A stored name as the question engine knows it.
fn name(name: store::names::Name) -> Option<ask::Name> {
    let kind = match name.concept {
        ConceptKind::Territory => ask::NameKind::Territory,
        ConceptKind::Activity => ask::NameKind::Activity,
        ConceptKind::Organisation => ask::NameKind::Organisation,
        ConceptKind::Park => ask::NameKind::Park,
        ConceptKind::Project => ask::NameKind::Project,
        ConceptKind::Agreement => ask::NameKind::Agreement,
        ConceptKind::Plan => ask::NameKind::Plan,
        ConceptKind::Indicator => ask::NameKind::Indicator,
        ConceptKind::TrainingProgramme => ask::NameKind::Programme,
        _ => return None,
    };
    let level = name.level.map(|level| match level {
        entity::Level::Country => ask::Level::Country,
        entity::Level::Region => ask::Level::Region,
        entity::Level::Province => ask::Level::Province,
        entity::Level::Commune => ask::Level::Commune,
        entity::Level::Arrondissement => ask::Level::Arrondissement,
    });
    Some(ask::Name {
        kind,
        key: name.key,
        text: name.text,
        level,
        parent: name.parent,
    })
}

pub(crate) fn service<'a>(ctx: &Context<'a>) -> &'a Service {
    ctx.data_unchecked::<Service>()
}

pub(crate) fn store<'a>(ctx: &Context<'a>) -> &'a Store {
    service(ctx).store()
}
