//! What a thing is called, in a word for people.

use async_graphql::{Context, Result};
use entity::ConceptKind;

use crate::{
    locale::{Locale, Texts},
    node::{self, Node},
};

/// The name or title of the thing in force with a concept and key; none where there is no such thing, or it has no name of its own.
pub async fn called(
    ctx: &Context<'_>,
    kind: ConceptKind,
    key: &str,
    locale: Option<Locale>,
) -> Result<Option<String>> {
    let found = node::by_key(ctx, kind, key).await?;
    Ok(found.and_then(|node| name(&node, locale)))
}

fn name(node: &Node, locale: Option<Locale>) -> Option<String> {
    let texts = |fr: &str, en: &str, ar: Option<&str>| {
        Texts {
            fr: Some(fr),
            en: Some(en),
            ar,
        }
        .name(locale)
    };
    Some(match node {
        Node::Territory(thing) => texts(&thing.0.name_fr, &thing.0.name_en, Some(&thing.0.name_ar)),
        Node::Activity(thing) => texts(&thing.0.name_fr, &thing.0.name_en, Some(&thing.0.name_ar)),
        Node::Unit(thing) => texts(&thing.0.name_fr, &thing.0.name_en, Some(&thing.0.name_ar)),
        Node::Indicator(thing) => texts(
            &thing.0.name_fr,
            &thing.0.name_en,
            thing.0.name_ar.as_deref(),
        ),
        Node::Organisation(thing) => thing.0.name.clone(),
        Node::Park(thing) => thing.0.name.clone(),
        Node::Project(thing) => texts(&thing.0.name_fr, &thing.0.name_en, None),
        Node::Agreement(thing) => texts(&thing.0.title_fr, &thing.0.title_en, None),
        Node::Plan(thing) => texts(&thing.0.title_fr, &thing.0.title_en, None),
        Node::Source(thing) => thing.0.title.clone(),
        Node::TrainingProgramme(thing) => return thing.0.programme.clone(),
        _ => return None,
    })
}
