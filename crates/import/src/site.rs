//! Sites: where an organisation works; how many people work there is a figure about the organisation.

use entity::{ConceptKind, Qualifier, SubjectKind, site::Draft};

use crate::{
    cells::Cells,
    export::Stated,
    figure::{Claim, Claimed},
    file::Table,
    row::Row,
};

pub(crate) const TABLE: Table = Table {
    name: "sites",
    columns: &[
        "key",
        "organisation_key",
        "territory_code",
        "park_key",
        "address",
        "opened_on",
        "activity",
        "headcount",
        "headcount_period",
        "source_key",
    ],
    // Where the figure is another observation than the columns would make.
    optional: &["headcount_observation"],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<(Draft, Option<Claim>)> {
    let key = row.key("key", ConceptKind::Site);
    let organisation = row.reference("organisation_key", ConceptKind::Organisation);
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let park = row.optional_reference("park_key", ConceptKind::Park);
    let activity = row.optional_reference("activity", ConceptKind::Activity);
    let opened_on = row.optional_parse("opened_on");
    let period = row.optional_parse("headcount_period");
    if period.is_some() && row.is_empty("headcount") {
        row.refuse("headcount_period", "dates a headcount that is not given");
    }
    let stated = row.figure("headcount_observation", "headcount");
    let source = row.source();
    let key = key?;
    let claimed = Claimed {
        key: figure_key(&key),
        indicator: "company_headcount",
        territory: territory.clone(),
        activity: activity.clone(),
        subject: organisation
            .clone()
            .map(|organisation| (SubjectKind::Organisation, organisation)),
        period,
        scope: Some(format!("site:{key}")),
        source: source.clone(),
        ..Claimed::default()
    };
    let claim = Claim::read(row, "headcount", claimed).map(|claim| Claim {
        same: |claim, found, _| {
            claim.period == found.period
                && claim.territory == found.territory
                && found.qualifier != Qualifier::Target
        },
        ..claim
    });
    let draft = Draft {
        key,
        organisation: organisation?,
        territory: territory?,
        park,
        activity,
        address: row.optional_text("address"),
        opened_on,
        headcount_observation: stated,
        source: source?,
    };
    Some((draft, claim))
}

pub(crate) fn write(draft: &Draft, stated: &Stated<'_>, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("organisation_key", &draft.organisation)
        .text("territory_code", &draft.territory)
        .optional("park_key", draft.park.as_ref())
        .optional("address", draft.address.as_ref())
        .optional("opened_on", draft.opened_on.as_ref())
        .optional("activity", draft.activity.as_ref())
        .text("source_key", &draft.source);
    let named = draft.headcount_observation.as_deref();
    if let Some(figure) = stated.figure(&figure_key(&draft.key), named, cells) {
        cells
            .number("headcount", figure.value)
            .optional("headcount_period", figure.period.as_ref());
    } else if named.is_some() {
        cells.figure("headcount_observation", named);
    }
}

fn figure_key(site: &str) -> String {
    format!("site.{site}.headcount")
}
