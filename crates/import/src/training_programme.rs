//! Training programmes: students, graduates and places are figures about the school.

use entity::{ConceptKind, Qualifier, SubjectKind, TrainingMeasure, training_programme::Draft};

use crate::{
    figure::{Claim, Claimed},
    file::Table,
    row::Row,
};

pub(crate) const TABLE: Table = Table {
    name: "training",
    columns: &[
        "key",
        "organisation_key",
        "territory_code",
        "programme",
        "measure",
        "value",
        "period",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<(Draft, Option<Claim>)> {
    let key = row.key("key", ConceptKind::TrainingProgramme);
    let organisation = row.reference("organisation_key", ConceptKind::Organisation);
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let measure: Option<TrainingMeasure> = row.parse("measure");
    let period = row.optional_parse("period");
    let value = row.number("value");
    let source = row.source();
    let (key, organisation, measure, value) = (key?, organisation?, measure?, value?);
    let indicator = match measure {
        TrainingMeasure::Students => "university_students",
        TrainingMeasure::GraduatesPerYear => "university_graduates",
        TrainingMeasure::Places => "training_capacity",
    };
    let claimed = Claimed {
        key: format!("training.{key}.value"),
        indicator,
        territory: territory.clone(),
        subject: Some((SubjectKind::Organisation, organisation.clone())),
        period,
        // Places are announced before anybody sits on them, unless an observation of the same capacity says otherwise.
        qualifier: (measure == TrainingMeasure::Places).then_some(Qualifier::Target),
        source: source.clone(),
        ..Claimed::default()
    };
    let claim = Claim::of(row, "value", value, claimed).map(|claim| Claim {
        same: |claim, found, _| claim.period == found.period && claim.territory == found.territory,
        ..claim
    });
    let draft = Draft {
        key,
        organisation,
        territory: territory?,
        programme: row.optional_text("programme"),
        measure,
        observation: None,
        source: source?,
    };
    Some((draft, claim))
}
