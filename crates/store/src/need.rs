//! Needs of companies: filed by anybody, seen by coordinators, followed until they are done. Nothing of a need is a fact, and the audit keeps
//! nothing of it that says who filed it.

mod change;
mod file;
mod matching;

use entity::{
    Capability, NeedStatus, Sector,
    need::{Column, Entity, contact, introduction},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::{Error, Part, Store};

pub(crate) use change::replace_provider;
pub use change::{Amended, advance, amend, erase, introduce, record_consent};
pub use entity::need::{Model, contact::Model as Contact, introduction::Model as Introduction};
pub use file::{New, by_receipt, file, withdraw};
pub use matching::{Match, Nearness, Reason, matches};

/// Which needs are asked for; every one by default.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub status: Option<NeedStatus>,
    pub sector: Option<Sector>,
    pub capability: Option<Capability>,
    /// Key of an organisation it was introduced to.
    pub provider: Option<String>,
}

impl Wanted {
    fn condition(&self) -> Condition {
        let with = self.capability.map(|capability| {
            // As JSON writes it: no word is a part of another then.
            Column::Capabilities.contains(format!("\"{capability}\""))
        });
        let introduced = self.provider.as_ref().map(|provider| {
            use sea_orm::{QuerySelect, QueryTrait};
            let needs = introduction::Entity::find()
                .select_only()
                .column(introduction::Column::NeedId)
                .filter(introduction::Column::Provider.eq(provider));
            Column::Id.in_subquery(needs.into_query())
        });
        Condition::all()
            .add_option(self.status.map(|status| Column::Status.eq(status)))
            .add_option(self.sector.map(|sector| Column::Sector.eq(sector)))
            .add_option(with)
            .add_option(introduced)
    }
}

/// A part of the needs.
pub async fn page(store: &Store, wanted: &Wanted, part: &Part) -> Result<Vec<Model>, Error> {
    let found = part.of(Entity::find().filter(wanted.condition()), Column::Id);
    Ok(found.all(&store.db).await?)
}

/// How many needs there are.
pub async fn count(store: &Store, wanted: &Wanted) -> Result<u64, Error> {
    let found = Entity::find().filter(wanted.condition());
    Ok(found.count(&store.db).await?)
}

/// The need with a key.
pub async fn by_key(store: &Store, key: &str) -> Result<Option<Model>, Error> {
    let found = Entity::find().filter(Column::Key.eq(key));
    Ok(found.one(&store.db).await?)
}

/// How to reach those who filed these needs; nothing for what was erased.
pub async fn contacts(store: &Store, needs: &[i64]) -> Result<Vec<Contact>, Error> {
    let found =
        contact::Entity::find().filter(contact::Column::NeedId.is_in(needs.iter().copied()));
    Ok(found.all(&store.db).await?)
}

/// Whom these needs were introduced to, in the order in which that was proposed.
pub async fn introductions(store: &Store, needs: &[i64]) -> Result<Vec<Introduction>, Error> {
    let found = introduction::Entity::find()
        .filter(introduction::Column::NeedId.is_in(needs.iter().copied()))
        .order_by_asc(introduction::Column::Id);
    Ok(found.all(&store.db).await?)
}
