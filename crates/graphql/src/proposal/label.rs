//! What a proposal is about, in a line that a person reads.

use async_graphql::{Context, Result};
use entity::{ConceptKind, Fact, observation};
use serde_json::{Map, Value};
use store::proposal as stored;

use crate::{
    called::called,
    locale::{Locale, Texts},
};

/// Indicator, thing, place and time of a figure; the name or title of anything else; its key where it has none.
pub async fn label(
    ctx: &Context<'_>,
    proposal: &stored::Model,
    locale: Option<Locale>,
) -> Result<String> {
    let content = proposal.content.as_deref().or(proposal.before.as_deref());
    let content = content.unwrap_or_default();
    let figure = match Fact::from_json(proposal.concept, content) {
        Ok(Some(Fact::Observation(figure))) => Some(figure),
        _ => None,
    };
    let parts = match figure {
        Some(figure) => of_figure(ctx, &figure, locale).await?,
        None => vec![name(content, locale).unwrap_or_else(|| proposal.fact_key.clone())],
    };
    Ok(parts.join(", "))
}

async fn of_figure(
    ctx: &Context<'_>,
    figure: &observation::Draft,
    locale: Option<Locale>,
) -> Result<Vec<String>> {
    let mut parts = Vec::new();
    let things = [
        Some((ConceptKind::Indicator, figure.indicator.as_str())),
        (figure.subject.as_ref()).map(|(kind, key)| ((*kind).into(), key.as_str())),
        (figure.territory.as_deref()).map(|code| (ConceptKind::Territory, code)),
    ];
    for (kind, key) in things.into_iter().flatten() {
        let name = called(ctx, kind, key, locale).await?;
        parts.push(name.unwrap_or_else(|| key.to_owned()));
    }
    parts.extend(figure.period.as_ref().map(ToString::to_string));
    Ok(parts)
}

/// The name or title that a draft says.
fn name(content: &str, locale: Option<Locale>) -> Option<String> {
    let fields: Map<String, Value> = serde_json::from_str(content).ok()?;
    let text = |field: &str| fields.get(field).and_then(Value::as_str);
    let either = |name: &str, title: &str| text(name).or_else(|| text(title));
    let texts = Texts {
        fr: either("name_fr", "title_fr"),
        en: either("name_en", "title_en"),
        ar: None,
    };
    let one = either("name", "title").or_else(|| text("programme"));
    one.map(str::to_owned)
        .or_else(|| Some(texts.name(locale)))
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_called_by_its_name_or_title() {
        let said = |content| name(content, Some(Locale::En));
        assert_eq!(said(r#"{"name":"Atlas"}"#).as_deref(), Some("Atlas"));
        assert_eq!(
            said(r#"{"title_fr":"Plan","title_en":"The plan"}"#).as_deref(),
            Some("The plan")
        );
        assert_eq!(said(r#"{"title":"Un titre"}"#).as_deref(), Some("Un titre"));
        assert_eq!(said("{}"), None);
        assert_eq!(said(""), None);
    }
}
