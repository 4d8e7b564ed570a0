//! What a proposal means that is known already: its source, by its address, and its figure, by what it is of.

use std::collections::HashMap;

use entity::{ConceptKind, Fact, observation, source};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use super::{New, What};
use crate::{Concept, Error, fact::current_in, load::observation_drafts, write::Writing};

/// The source to be made with facts, if it is not known; facts that are read in it refer to the known one.
pub async fn source<'a>(
    writing: &Writing<'_>,
    draft: Option<&'a source::Draft>,
    facts: impl Iterator<Item = &mut Fact>,
) -> Result<Option<&'a source::Draft>, Error> {
    let Some(draft) = draft else {
        return Ok(None);
    };
    let known = same(writing, draft).await?;
    let Some(known) = known else {
        return Ok(Some(draft));
    };
    for fact in facts {
        fact.replace_source(&draft.key, &known.key);
    }
    Ok(None)
}

/// The source that is known under the key or the address of this one.
async fn same(
    writing: &Writing<'_>,
    draft: &source::Draft,
) -> Result<Option<source::Model>, Error> {
    let address = draft.url.as_ref().map(|url| source::Column::Url.eq(url));
    let same = Condition::any()
        .add(source::Column::Key.eq(&draft.key))
        .add_option(address);
    let known = source::Entity::find()
        .filter(same)
        .order_by_asc(source::Column::Id);
    Ok(known.one(&writing.transaction).await?)
}

/// Lets texts that are to be read name the source that is known, where there is one.
pub async fn readings(writing: &Writing<'_>, news: &mut [New]) -> Result<(), Error> {
    for new in news {
        if let What::Read(draft) = &mut new.what
            && let Some(known) = same(writing, draft).await?
        {
            draft.key = known.key;
        }
    }
    Ok(())
}

/// Gives figures whose key was made the key of the figure in force of the same place in the same source, where there is one.
pub async fn figures(writing: &Writing<'_>, news: &mut [New]) -> Result<(), Error> {
    for new in news.iter_mut().filter(|new| new.made_key) {
        let What::State(fact) = &mut new.what else {
            continue;
        };
        let Fact::Observation(draft) = &mut **fact else {
            continue;
        };
        if let Some(key) = figure(writing, draft).await? {
            draft.key = key;
        }
    }
    Ok(())
}

/// Says once what is proposed twice. Figures of one place in one source that differ are figures of their own, each with a number after the
/// key that was made for them.
pub async fn apart(writing: &Writing<'_>, news: &mut Vec<New>) -> Result<(), Error> {
    let mut stated: HashMap<(ConceptKind, String), What> = HashMap::new();
    let mut kept = Vec::new();
    for mut new in news.drain(..) {
        let of = |what: &What| (what.concept(), what.key().to_owned());
        let mut number = 1;
        let made = of(&new.what).1;
        while let Some(other) = stated.get(&of(&new.what)) {
            let What::State(fact) = &mut new.what else {
                break;
            };
            if !new.made_key || *other == What::State(fact.clone()) {
                break;
            }
            loop {
                number += 1;
                let key = format!("{made}.{number}");
                let known = current_in(&writing.transaction, fact.concept(), &key).await?;
                if known.version == 0 {
                    fact.rename(key);
                    break;
                }
            }
        }
        match stated.get(&of(&new.what)) {
            Some(same) if *same == new.what => {}
            _ => {
                stated.insert(of(&new.what), new.what.clone());
                kept.push(new);
            }
        }
    }
    *news = kept;
    Ok(())
}

/// The figure of the same indicator, place, activity, subject, period, scope and source; the one with the same value first.
async fn figure(
    writing: &Writing<'_>,
    draft: &observation::Draft,
) -> Result<Option<String>, Error> {
    use observation::{Column, Entity};
    let transaction = &writing.transaction;
    let indicator = entity::indicator::Entity::find()
        .filter(entity::indicator::Column::Key.eq(&draft.indicator))
        .one(transaction)
        .await?;
    let known_source = source::Entity::find()
        .filter(source::Column::Key.eq(&draft.source))
        .one(transaction)
        .await?;
    let (Some(indicator), Some(known_source)) = (indicator, known_source) else {
        return Ok(None);
    };
    let rows = Entity::find()
        .filter(Entity::visible())
        .filter(Column::SourceId.eq(known_source.id))
        .filter(Column::IndicatorId.eq(indicator.id))
        .order_by_asc(Column::Id)
        .all(transaction)
        .await?;
    let cell = |draft: &observation::Draft| {
        (
            draft.territory.clone(),
            draft.activity.clone(),
            draft.subject.clone(),
            draft.period.clone(),
            draft.scope.clone(),
        )
    };
    let drafts = observation_drafts(transaction, rows).await?;
    let mut same: Vec<_> = drafts
        .into_iter()
        .filter(|known| cell(known) == cell(draft))
        .collect();
    same.sort_by_key(|known| (known.value, known.value_max) != (draft.value, draft.value_max));
    Ok(same.into_iter().next().map(|known| known.key))
}
