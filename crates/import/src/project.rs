//! Projects: their budgets are figures about them.

use entity::{ConceptKind, SubjectKind, project::Draft};

use crate::{
    figure::{Claim, Claimed},
    file::Table,
    row::Row,
    shape,
};

pub(crate) const TABLE: Table = Table {
    name: "projects",
    columns: &[
        "key",
        "name_fr",
        "name_en",
        "territory_code",
        "owner_key",
        "partner_keys",
        "sector",
        "status",
        "status_as_of",
        "started_on",
        "budget",
        "summary_fr",
        "summary_en",
        "source_key",
    ],
    optional: &[],
};

/// Currencies a budget can be in, and the indicator that counts in each.
const BUDGETS: [(&str, &str); 2] = [("MAD", "project_budget_mad"), ("EUR", "project_budget_eur")];

pub(crate) fn read(row: &mut Row<'_>) -> Option<(Draft, Option<Claim>)> {
    let key = row.key("key", ConceptKind::Project);
    let name_fr = row.text("name_fr");
    let name_en = row.text("name_en");
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let owner = row.optional_reference("owner_key", ConceptKind::Organisation);
    let partners = row.references("partner_keys", ConceptKind::Organisation);
    let status = row.parse("status");
    let status_as_of = row.optional_parse("status_as_of");
    let started_on = row.optional_parse("started_on");
    let budget = budget(row);
    let source = row.source();
    let key = key?;
    let claim = budget.and_then(|(value, indicator)| {
        let claimed = Claimed {
            key: format!("project.{key}.budget"),
            indicator,
            territory: territory.clone(),
            subject: Some((SubjectKind::Project, key.clone())),
            source: source.clone(),
            ..Claimed::default()
        };
        Claim::of(row, "budget", value, claimed)
    });
    let draft = Draft {
        key,
        name_fr: name_fr?,
        name_en: name_en?,
        territory: territory?,
        owner,
        partners,
        sector: row.optional_text("sector"),
        status: status?,
        status_as_of,
        started_on,
        summary_fr: row.optional_text("summary_fr"),
        summary_en: row.optional_text("summary_en"),
        budget_observation: None,
        source: source?,
    };
    Some((draft, claim))
}

/// An amount and its currency: `104000000 MAD`.
fn budget(row: &mut Row<'_>) -> Option<(f64, &'static str)> {
    let text = row.optional_text("budget")?;
    let (amount, currency) = text.split_once(' ').unwrap_or((&text, ""));
    let indicator = BUDGETS.iter().find(|(known, _)| *known == currency);
    match (shape::number(amount), indicator) {
        (Some(value), Some((_, indicator))) => Some((value, indicator)),
        _ => {
            row.refuse(
                "budget",
                "is not an amount with its currency (104000000 MAD, 91000000 EUR)",
            );
            None
        }
    }
}
