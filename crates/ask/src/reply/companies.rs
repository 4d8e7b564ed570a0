//! Lines of organisations and of the sites where they work.

use serde_json::Value;

use crate::answer::ItemKind;
use crate::understand::COUNTRY;

use super::Context;
use super::lists::{Line, item};
use super::record::{Named, nodes};
use super::rows::{Company, SiteRow};
use super::things::source_words;

/// Organisations with the places where they work; where each place is asked for, those that are in all of them.
pub fn operators(context: &Context<'_>, data: &Value) -> Vec<Line> {
    let mut known: Vec<(SiteRow, Vec<String>)> = Vec::new();
    let fitting: Vec<Named> = nodes(data, "organisations");
    let fits = |site: &SiteRow| {
        let mut fitting = fitting.iter();
        !context.frame.both || fitting.any(|company| company.key == site.organisation.key)
    };
    for site in nodes::<SiteRow>(data, "sites").into_iter().filter(fits) {
        let place = site
            .park
            .as_ref()
            .map_or(site.territory.name.clone(), |park| park.name.clone());
        match known
            .iter_mut()
            .find(|(first, _)| first.organisation.key == site.organisation.key)
        {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => known.push((site, vec![place])),
        }
    }
    known.sort_by(|(a, _), (b, _)| {
        language::fold(&a.organisation.name).cmp(&language::fold(&b.organisation.name))
    });
    // "Les sociétés canadiennes": also those that no site is recorded of.
    let anywhere = context.frame.country.is_some()
        && context.frame.places.iter().all(|code| code == COUNTRY)
        && context.frame.things.is_empty()
        && matches!(
            context.frame.activity.as_deref(),
            None | Some("offshoring_all")
        );
    let unplaced: Vec<Line> = fitting
        .iter()
        .filter(|company| {
            anywhere
                && !known
                    .iter()
                    .any(|(site, _)| site.organisation.key == company.key)
        })
        .map(|company| Line {
            words: company.name.clone(),
            item: item(&company.key, &company.name, ItemKind::Organisation, None),
            source: None,
        })
        .collect();
    let placed = known.into_iter().map(|(site, places)| {
        let places = context.speaker.list(&places);
        Line {
            words: format!("{} — {places}", site.organisation.name),
            item: item(
                &site.organisation.key,
                &site.organisation.name,
                ItemKind::Organisation,
                Some(places),
            ),
            source: Some(site.source.key),
        }
    });
    placed.chain(unplaced).collect()
}

pub fn sites(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<SiteRow>(data, "sites")
        .into_iter()
        .map(|site| {
            let place = site
                .park
                .as_ref()
                .map_or(site.territory.name.clone(), |park| park.name.clone());
            Line {
                words: format!(
                    "{} — {place} ({})",
                    site.organisation.name,
                    source_words(context, &site.source)
                ),
                item: item(
                    &site.organisation.key,
                    &format!("{}, {place}", site.organisation.name),
                    ItemKind::Site,
                    Some(place),
                ),
                source: Some(site.source.key),
            }
        })
        .collect()
}

pub fn organisations(_: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<Company>(data, "organisations")
        .into_iter()
        .map(|company| Line {
            words: company.name.clone(),
            item: item(
                &company.key,
                &company.name,
                ItemKind::Organisation,
                company.website.clone(),
            ),
            source: company.source.map(|source| source.key),
        })
        .collect()
}
