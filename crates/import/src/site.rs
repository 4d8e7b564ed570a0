//! Sites: where an organisation works; how many people work there is a figure about the organisation.

use entity::{ConceptKind, Qualifier, SubjectKind, site::Draft};

use crate::{
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
    optional: &[],
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
    let source = row.source();
    let key = key?;
    let claimed = Claimed {
        key: format!("site.{key}.headcount"),
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
        headcount_observation: None,
        source: source?,
    };
    Some((draft, claim))
}
