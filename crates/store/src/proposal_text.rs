//! Texts that proposals were read in: each kept once.

use entity::{
    PartialDate,
    proposal_text::{ActiveModel, Column, Entity},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

use crate::{Error, Store, write::Writing};

pub use entity::proposal_text::Model;

/// How many digits of the hash name a text.
const KEY: usize = 16;

/// A text as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct New {
    pub text: String,
    pub title: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub published_on: Option<PartialDate>,
}

/// The key that a text has, wherever it is kept.
pub fn key_of(text: &str) -> String {
    sha256(text)[..KEY].to_owned()
}

fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps a text, unless it is kept already.
pub(crate) async fn keep(writing: &Writing<'_>, new: &New) -> Result<Model, Error> {
    let sha256 = sha256(&new.text);
    let known = Entity::find()
        .filter(Column::Sha256.eq(&sha256))
        .one(&writing.transaction)
        .await?;
    if let Some(known) = known {
        return Ok(known);
    }
    let row = ActiveModel {
        key: Set(sha256[..KEY].to_owned()),
        sha256: Set(sha256),
        text: Set(new.text.clone()),
        title: Set(new.title.clone()),
        url: Set(new.url.clone()),
        publisher: Set(new.publisher.clone()),
        published_on: Set(new.published_on.clone()),
        created_at: Set(writing.act.at),
        ..Default::default()
    };
    Ok(row.insert(&writing.transaction).await?)
}

/// The texts with these ids.
pub async fn by_ids(store: &Store, ids: &[i64]) -> Result<Vec<Model>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(found.all(&store.db).await?)
}
