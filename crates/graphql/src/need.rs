//! Needs: what companies of any sector look for. Whoever files one holds a receipt; everything else is for coordinators, and only they see how
//! to reach a company.

mod coordinate;
mod file;
mod matching;

pub use coordinate::{
    AdvanceNeedInput, AmendNeedInput, EraseNeedInput, IntroduceProviderInput, NeedPayload,
    RecordConsentInput, advance, amend, erase, introduce, record_consent,
};
pub use file::{
    FileNeedInput, FileNeedPayload, FiledNeed, WithdrawNeedInput, WithdrawNeedPayload, file, filed,
    withdraw,
};
pub use matching::{NeedMatch, matches};

use std::collections::HashMap;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::AuditAction as Action;
use store::{Part, Store, audit_entry, need as stored};

use crate::{
    author,
    change::{self, FieldChange},
    connection::Arguments,
    error::{from_store, internal},
    listing::{Item, Listing, ListingOrder},
    loader,
    node::Curated,
    scalar::DateTime,
    service,
    view::{Organisation, Territory},
    vocabulary::{AuditAction, AuthorRole, Capability, Consent, NeedStatus, Sector},
};

/// What a company of any sector looks for, and how far that is. It shows to nobody but coordinators.
#[derive(Clone, Debug)]
pub struct Need {
    row: stored::Model,
    contact: Option<stored::Contact>,
    introductions: Vec<stored::Introduction>,
}

/// How to reach whoever filed a need.
#[derive(SimpleObject)]
pub struct NeedContact {
    /// Whom to ask for.
    name: String,
    /// Address for mail.
    email: Option<String>,
    /// Telephone number, as it was given.
    phone: Option<String>,
}

/// A provider that the company is to be brought together with, and what each side says to it.
#[derive(Clone, Debug)]
pub struct NeedIntroduction(stored::Introduction);

/// A change of a need.
#[derive(SimpleObject, Clone, Debug)]
pub struct NeedStep {
    #[graphql(skip)]
    id: i64,
    /// What was done.
    action: AuditAction,
    /// When.
    recorded_at: DateTime,
    /// By what sort of person.
    role: AuthorRole,
    /// What it changed; nothing of it tells who filed the need.
    changes: Vec<FieldChange>,
}

/// What a company of any sector looks for, and how far that is. It shows to nobody but coordinators.
#[Object]
impl Need {
    /// Global id; only coordinators find the need again by it.
    pub async fn id(&self) -> ID {
        Curated::Need.id(&self.row.key)
    }

    /// What it is called; random.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The company; null once it was erased.
    async fn company(&self) -> Option<&str> {
        self.row.company.as_deref()
    }

    /// What it looks for, in its own words; null once they were erased.
    async fn description(&self) -> Option<&str> {
        self.row.description.as_deref()
    }

    /// The sector of the company.
    async fn sector(&self) -> Sector {
        self.row.sector.into()
    }

    /// What a provider must offer, as the company or the coordinator sees it.
    async fn capabilities(&self) -> Result<Vec<Capability>> {
        let read: serde_json::Result<Vec<entity::Capability>> =
            serde_json::from_str(&self.row.capabilities);
        let read = read.map_err(|failure| internal(&failure))?;
        Ok(read.into_iter().map(Into::into).collect())
    }

    /// Languages to work in, ISO 639-1.
    async fn languages(&self) -> Result<Vec<String>> {
        serde_json::from_str(&self.row.languages).map_err(|failure| internal(&failure))
    }

    /// Where the work is to be done.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        let found = loader::by_id::<entity::territory::Entity>(ctx, self.row.territory_id).await;
        Ok(found?.into())
    }

    /// How to reach the company; null once it was erased. The audit says who looked.
    async fn contact(&self, ctx: &Context<'_>) -> Result<Option<NeedContact>> {
        let Some(contact) = self.contact.clone() else {
            return Ok(None);
        };
        let act = author::act(ctx, "looked up".to_owned(), ("contact", None), &());
        let of = &self.row.key;
        audit_entry::note_use(service::store(ctx), &act, Action::ReadContact, of)
            .await
            .map_err(from_store)?;
        Ok(Some(NeedContact {
            name: contact.name,
            email: contact.email,
            phone: contact.phone,
        }))
    }

    /// How far it is.
    async fn status(&self) -> NeedStatus {
        self.row.status.into()
    }

    /// What it can become from there. INTRODUCED and UNDER_WAY only once both sides of an introduction agreed.
    async fn may_become(&self) -> Vec<NeedStatus> {
        use entity::NeedStatus::{Done, Dropped, Introduced, Open, UnderWay};
        let states = [Open, Introduced, UnderWay, Done, Dropped].into_iter();
        let next = states.filter(|next| self.row.status.may_become(*next));
        next.map(Into::into).collect()
    }

    /// Where it stands, in the words of the coordinator.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// Grows with every change of the need and its introductions; to be given as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// When it was filed; the company agreed then that these details are kept for this purpose.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }

    /// When it changed last.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.row.changed_at)
    }

    /// Since when nothing in it tells who filed it.
    async fn erased_at(&self) -> Option<DateTime> {
        self.row.erased_at.map(DateTime)
    }

    /// Providers it is to be brought together with, in the order in which that was proposed.
    async fn introductions(&self) -> Vec<NeedIntroduction> {
        self.introductions
            .iter()
            .cloned()
            .map(NeedIntroduction)
            .collect()
    }

    /// Providers that could meet it, the likeliest first: those that offer most of what is asked for, then the nearest, then those that work
    /// in most of its languages, then those that serve its sector, then members of a federation. Only organisations with a capability
    /// profile are known; none when no profile says that it offers what is asked for.
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "1 to 50.", default = 10, validator(minimum = 1, maximum = 50))]
        first: i32,
    ) -> Result<Vec<NeedMatch>> {
        matches(ctx, &self.row, usize::try_from(first).unwrap_or_default()).await
    }

    /// Everything that was done with it.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "The oldest first when left out.")] order: Option<ListingOrder>,
    ) -> Result<Listing<NeedStep>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        let wanted = audit_entry::Wanted {
            key: Some(self.row.key.clone()),
            actions: Some(vec![
                Action::FileNeed,
                Action::AmendNeed,
                Action::Introduce,
                Action::RecordConsent,
                Action::AdvanceNeed,
                Action::EraseNeed,
                Action::ReadContact,
            ]),
            ..audit_entry::Wanted::default()
        };
        let order = order.unwrap_or(ListingOrder::OldestFirst);
        Listing::read(ctx, arguments, wanted, order).await
    }
}

/// A provider that the company is to be brought together with, and what each side says to it.
#[Object]
impl NeedIntroduction {
    /// Key of the provider.
    async fn provider_key(&self) -> &str {
        &self.0.provider
    }

    /// The provider; null when it is no fact any more.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        let found = loader::by_key::<entity::organisation::Entity>(ctx, &self.0.provider).await?;
        Ok(found.map(Into::into))
    }

    /// What the company says.
    async fn company_consent(&self) -> Consent {
        self.0.company_consent.into()
    }

    /// What the provider says.
    async fn provider_consent(&self) -> Consent {
        self.0.provider_consent.into()
    }

    /// Whether both agreed, so that each may be told how to reach the other.
    async fn agreed(&self) -> bool {
        self.0.is_agreed()
    }

    /// When it was proposed.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When a side last said something.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.0.changed_at)
    }
}

impl Item for NeedStep {
    const NAME: &'static str = "NeedStep";

    type Wanted = audit_entry::Wanted;

    fn id(&self) -> i64 {
        self.id
    }

    async fn page(
        store: &Store,
        wanted: &Self::Wanted,
        part: &Part,
    ) -> Result<Vec<Self>, store::Error> {
        let step = |entry: audit_entry::Model| Self {
            id: entry.id,
            action: entry.action.into(),
            recorded_at: DateTime(entry.recorded_at),
            role: entry.role.into(),
            changes: change::changes(entry.before.as_deref(), entry.after.as_deref()),
        };
        let entries = audit_entry::page(store, wanted, part).await?;
        Ok(entries.into_iter().map(step).collect())
    }

    async fn count(store: &Store, wanted: &Self::Wanted) -> Result<u64, store::Error> {
        audit_entry::count(store, wanted).await
    }
}

/// Which needs.
#[derive(InputObject, Clone, Debug, Default)]
pub struct NeedFilter {
    /// How far they are.
    status: Option<NeedStatus>,
    /// The sector of the company.
    sector: Option<Sector>,
    /// What a provider must offer.
    capability: Option<Capability>,
    /// Key of an organisation they were introduced to.
    #[graphql(validator(max_length = 160))]
    provider: Option<String>,
}

impl Item for Need {
    const NAME: &'static str = "Need";

    type Wanted = stored::Wanted;

    fn id(&self) -> i64 {
        self.row.id
    }

    async fn page(
        store: &Store,
        wanted: &Self::Wanted,
        part: &Part,
    ) -> Result<Vec<Self>, store::Error> {
        whole(store, stored::page(store, wanted, part).await?).await
    }

    async fn count(store: &Store, wanted: &Self::Wanted) -> Result<u64, store::Error> {
        stored::count(store, wanted).await
    }
}

/// Needs with their contacts and introductions.
async fn whole(store: &Store, rows: Vec<stored::Model>) -> Result<Vec<Need>, store::Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let contacts = stored::contacts(store, &ids).await?;
    let mut contacts: HashMap<i64, _> = contacts
        .into_iter()
        .map(|contact| (contact.need_id, contact))
        .collect();
    let mut introductions: HashMap<i64, Vec<_>> = HashMap::new();
    for introduction in stored::introductions(store, &ids).await? {
        let of = introductions.entry(introduction.need_id);
        of.or_default().push(introduction);
    }
    let shown = |row: stored::Model| Need {
        contact: contacts.remove(&row.id),
        introductions: introductions.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// The needs, for coordinators.
pub async fn needs(
    ctx: &Context<'_>,
    arguments: Arguments,
    filter: Option<NeedFilter>,
    order: Option<ListingOrder>,
) -> Result<Listing<Need>> {
    author::require_coordinator(ctx)?;
    let filter = filter.unwrap_or_default();
    let wanted = stored::Wanted {
        status: filter.status.map(Into::into),
        sector: filter.sector.map(Into::into),
        capability: filter.capability.map(Into::into),
        provider: filter.provider,
    };
    Listing::read(ctx, arguments, wanted, order.unwrap_or_default()).await
}

/// One need, for coordinators.
pub async fn need(ctx: &Context<'_>, key: &str) -> Result<Option<Need>> {
    author::require_coordinator(ctx)?;
    let store = service::store(ctx);
    let found = stored::by_key(store, key).await.map_err(from_store)?;
    shown(ctx, found).await
}

async fn shown(ctx: &Context<'_>, row: Option<stored::Model>) -> Result<Option<Need>> {
    let rows = row.into_iter().collect();
    let mut shown = whole(service::store(ctx), rows).await.map_err(from_store)?;
    Ok(shown.pop())
}
