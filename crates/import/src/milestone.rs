//! Milestones of axes, objectives and projects; each line says where one stood, and when.

use entity::{
    ConceptKind,
    milestone::{Draft, EVIDENCE, Part},
};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "milestones",
    columns: &[
        "key",
        "agreement_key",
        "plan_key",
        "part",
        "project_key",
        "position",
        "title_fr",
        "title_en",
        "status",
        "as_of",
        "evidence",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Milestone);
    let agreement = row.optional_reference("agreement_key", ConceptKind::Agreement);
    let plan = row.optional_reference("plan_key", ConceptKind::Plan);
    let project = row.optional_reference("project_key", ConceptKind::Project);
    let part = part(row, agreement, plan);
    if part.is_none() && project.is_none() {
        row.refuse(
            "project_key",
            "is empty, and so are agreement_key and plan_key: a milestone is a step of something",
        );
    }
    let position = row.ordinal("position");
    let title_fr = row.text("title_fr");
    let title_en = row.text("title_en");
    let status = row.parse("status");
    let as_of = row.parse("as_of");
    let evidence = row.optional_text("evidence");
    if evidence
        .as_ref()
        .is_some_and(|text| text.chars().count() > EVIDENCE)
    {
        row.refuse("evidence", format!("is longer than {EVIDENCE} characters"));
    }
    let source = row.source();
    Some(Draft {
        key: key?,
        part,
        project,
        position: position?,
        title_fr: title_fr?,
        title_en: title_en?,
        status: status?,
        as_of: as_of?,
        evidence,
        source: source?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    match &draft.part {
        Some(Part::Axis { agreement, ordinal }) => cells
            .text("agreement_key", agreement)
            .number("part", f64::from(*ordinal)),
        Some(Part::Objective { plan, ordinal }) => cells
            .text("plan_key", plan)
            .number("part", f64::from(*ordinal)),
        None => cells,
    };
    cells
        .text("key", &draft.key)
        .optional("project_key", draft.project.as_ref())
        .number("position", f64::from(draft.position))
        .text("title_fr", &draft.title_fr)
        .text("title_en", &draft.title_en)
        .text("status", draft.status)
        .text("as_of", &draft.as_of)
        .optional("evidence", draft.evidence.as_ref())
        .text("source_key", &draft.source);
}

/// The axis of an agreement, or the objective of a plan.
fn part(row: &mut Row<'_>, agreement: Option<String>, plan: Option<String>) -> Option<Part> {
    let (concept, owner) = match (&agreement, &plan) {
        (None, None) if row.is_empty("part") => return None,
        (None, None) => {
            row.refuse("part", "is of neither an agreement nor a plan: name one");
            return None;
        }
        (Some(_), Some(_)) => {
            row.refuse(
                "plan_key",
                "stands beside an agreement_key: name one of the two",
            );
            return None;
        }
        (Some(agreement), None) => (ConceptKind::AgreementAxis, agreement.clone()),
        (None, Some(plan)) => (ConceptKind::PlanObjective, plan.clone()),
    };
    let ordinal = row.ordinal("part")?;
    if !row.known.has(concept, &format!("{owner}.{ordinal}")) {
        row.refuse(
            "part",
            format!("is unknown: {owner} has no {concept} of that number"),
        );
    }
    Some(match concept {
        ConceptKind::AgreementAxis => Part::Axis {
            agreement: owner,
            ordinal,
        },
        _ => Part::Objective {
            plan: owner,
            ordinal,
        },
    })
}
