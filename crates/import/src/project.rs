//! Projects: their budgets are figures about them.

use entity::{ConceptKind, SubjectKind, project::Draft};

use crate::{
    cells::Cells,
    export::Stated,
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
    // Where the figure is another observation than the column would make.
    optional: &["budget_observation"],
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
    let stated = row.figure("budget_observation", "budget");
    let source = row.source();
    let key = key?;
    let claim = budget.and_then(|(value, indicator)| {
        let claimed = Claimed {
            key: figure_key(&key),
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
        budget_observation: stated,
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

pub(crate) fn write(draft: &Draft, stated: &Stated<'_>, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("name_fr", &draft.name_fr)
        .text("name_en", &draft.name_en)
        .text("territory_code", &draft.territory)
        .optional("owner_key", draft.owner.as_ref())
        .list("partner_keys", &draft.partners)
        .optional("sector", draft.sector.as_ref())
        .text("status", draft.status)
        .optional("status_as_of", draft.status_as_of.as_ref())
        .optional("started_on", draft.started_on.as_ref())
        .optional("summary_fr", draft.summary_fr.as_ref())
        .optional("summary_en", draft.summary_en.as_ref())
        .text("source_key", &draft.source);
    let named = draft.budget_observation.as_deref();
    let figure = stated.figure(&figure_key(&draft.key), named, cells);
    let currency = figure.and_then(|figure| {
        let mut budgets = BUDGETS.iter();
        budgets.find(|(_, indicator)| *indicator == figure.indicator)
    });
    if let Some((figure, (currency, _))) = figure.zip(currency) {
        let amount = shape::digits(figure.value);
        cells.text("budget", format!("{amount} {currency}"));
    } else if named.is_some() {
        cells.figure("budget_observation", named);
    }
}

fn figure_key(project: &str) -> String {
    format!("project.{project}.budget")
}
