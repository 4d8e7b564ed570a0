//! Training programmes: students, graduates and places are figures about the school.

use entity::{ConceptKind, Qualifier, SubjectKind, TrainingMeasure, training_programme::Draft};

use crate::{
    cells::Cells,
    export::Stated,
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
    // Where the figure is another observation than the columns would make, or there is none.
    optional: &["observation"],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<(Draft, Option<Claim>)> {
    let key = row.key("key", ConceptKind::TrainingProgramme);
    let organisation = row.reference("organisation_key", ConceptKind::Organisation);
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let measure: Option<TrainingMeasure> = row.parse("measure");
    let period = row.optional_parse("period");
    let stated = row.figure("observation", "value");
    let value = row.number_unless("value", "observation");
    if period.is_some() && row.is_empty("value") {
        row.refuse("period", "dates a value that is not given");
    }
    let source = row.source();
    let (key, organisation, measure) = (key?, organisation?, measure?);
    let indicator = match measure {
        TrainingMeasure::Students => "university_students",
        TrainingMeasure::GraduatesPerYear => "university_graduates",
        TrainingMeasure::Places => "training_capacity",
    };
    let claimed = Claimed {
        key: figure_key(&key),
        indicator,
        territory: territory.clone(),
        subject: Some((SubjectKind::Organisation, organisation.clone())),
        period,
        // Places are announced before anybody sits on them, unless an observation of the same capacity says otherwise.
        qualifier: (measure == TrainingMeasure::Places).then_some(Qualifier::Target),
        source: source.clone(),
        ..Claimed::default()
    };
    let claim = value.and_then(|value| Claim::of(row, "value", value, claimed));
    let claim = claim.map(|claim| Claim {
        same: |claim, found, _| claim.period == found.period && claim.territory == found.territory,
        ..claim
    });
    let draft = Draft {
        key,
        organisation,
        territory: territory?,
        programme: row.optional_text("programme"),
        measure,
        observation: stated,
        source: source?,
    };
    Some((draft, claim))
}

pub(crate) fn write(draft: &Draft, stated: &Stated<'_>, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("organisation_key", &draft.organisation)
        .text("territory_code", &draft.territory)
        .optional("programme", draft.programme.as_ref())
        .text("measure", draft.measure)
        .text("source_key", &draft.source);
    let named = draft.observation.as_deref();
    match stated.figure(&figure_key(&draft.key), named, cells) {
        Some(figure) => cells
            .number("value", figure.value)
            .optional("period", figure.period.as_ref()),
        None => cells.figure("observation", named),
    };
}

fn figure_key(programme: &str) -> String {
    format!("training.{programme}.value")
}
