//! All files of a folder, read in the order of their references.

use std::collections::HashMap;

use entity::{ConceptKind, agreement::AxisDraft, observation};
use store::load::Batch;

use crate::{
    Options, Progress, activity, agreement, census, coordinates, event,
    figure::Claim,
    file::{self, Sheet, Table},
    incentive, indicator,
    known::{Counted, Known},
    membership, milestone, observation as observations, organisation, park,
    plan::{self, Objective},
    problem::Problems,
    profile, project,
    read::origin::Origin,
    row::Row,
    site, source, territory, training_programme, unit, vocabulary,
};

/// Every table, in the order in which they are read: what a row names comes before the row.
pub(crate) const TABLES: [&Table; 22] = [
    &unit::TABLE,
    &source::TABLE,
    &activity::TABLE,
    &indicator::TABLE,
    &organisation::TABLE,
    &membership::TABLE,
    &profile::TABLE,
    &territory::TABLE,
    &coordinates::TABLE,
    &park::TABLE,
    &site::TABLE,
    &project::TABLE,
    &agreement::TABLE,
    &agreement::AXES,
    &plan::TABLE,
    &plan::OBJECTIVES,
    &milestone::TABLE,
    &incentive::TABLE,
    &training_programme::TABLE,
    &event::TABLE,
    &observations::TABLE,
    &census::TABLE,
];

/// What the files say, before figures of different tables are compared.
pub(crate) struct Contents {
    /// Rows of the files that became a draft, or none when a file is absent.
    pub rows: HashMap<&'static str, Option<u64>>,
    /// How many of them have a problem, and no draft.
    pub refused: HashMap<&'static str, u64>,
    pub known: Known,
    /// The program's own words that the files do not state otherwise.
    pub own_units: Vec<entity::unit::Draft>,
    pub own_indicators: Vec<entity::indicator::Draft>,
    pub units: Vec<entity::unit::Draft>,
    pub sources: Vec<entity::source::Draft>,
    pub activities: Vec<entity::activity::Draft>,
    pub indicators: Vec<entity::indicator::Draft>,
    pub organisations: Vec<entity::organisation::Draft>,
    pub memberships: Vec<entity::membership::Draft>,
    pub profiles: Vec<entity::profile::Draft>,
    pub territories: Vec<entity::territory::Draft>,
    pub coordinates: Vec<entity::coordinates::Draft>,
    pub parks: Vec<entity::park::Draft>,
    pub sites: Vec<(entity::site::Draft, Option<Claim>)>,
    pub projects: Vec<(entity::project::Draft, Option<Claim>)>,
    pub agreements: Vec<entity::agreement::Draft>,
    pub axes: Vec<(String, AxisDraft)>,
    pub plans: Vec<entity::plan::Draft>,
    pub objectives: Vec<Objective>,
    pub milestones: Vec<entity::milestone::Draft>,
    pub incentives: Vec<entity::incentive::Draft>,
    pub training_programmes: Vec<(entity::training_programme::Draft, Option<Claim>)>,
    pub events: Vec<entity::event::Draft>,
    pub observations: Vec<observation::Draft>,
    pub census: Vec<observation::Draft>,
    /// Figures of tables that keep no note of which observation states them: areas and populations.
    pub claims: Vec<Claim>,
}

/// Reads every table against what is stored; the problems of all of them are collected. Rows that have one become no draft.
pub(crate) fn read(
    origin: Origin,
    stored: &Batch,
    options: &Options<'_>,
    problems: Problems,
) -> (Contents, Problems) {
    let mut reader = Reader::new(origin, options, problems);
    let (mut own_units, mut own_indicators) = reader.own_words();
    remember(stored, &mut reader.known);

    let mut claims = Vec::new();
    let units = reader.table(&unit::TABLE, unit::read);
    let sources = reader.table(&source::TABLE, source::read);
    let activities = reader.table(&activity::TABLE, activity::read);
    let indicators = reader.table(&indicator::TABLE, indicator::read);
    let organisations = reader.table(&organisation::TABLE, organisation::read);
    let memberships = reader.table(&membership::TABLE, membership::read);
    let profiles = reader.table(&profile::TABLE, profile::read);
    let territories = reader.table(&territory::TABLE, |row| territory::read(row, &mut claims));
    let coordinates = reader.table(&coordinates::TABLE, coordinates::read);
    let parks = reader.table(&park::TABLE, |row| park::read(row, &mut claims));
    let sites = reader.table(&site::TABLE, site::read);
    let projects = reader.table(&project::TABLE, project::read);
    let agreements = reader.table(&agreement::TABLE, agreement::read);
    let axes = reader.table(&agreement::AXES, agreement::read_axis);
    let plans = reader.table(&plan::TABLE, plan::read);
    let applies = stored.plans.iter().chain(&plans);
    let applies = applies
        .map(|plan| (plan.key.clone(), plan.territory.clone()))
        .collect();
    let objectives = reader.table(&plan::OBJECTIVES, |row| plan::read_objective(row, &applies));
    let milestones = reader.table(&milestone::TABLE, milestone::read);
    let incentives = reader.table(&incentive::TABLE, incentive::read);
    let training_programmes = reader.table(&training_programme::TABLE, training_programme::read);
    let events = reader.table(&event::TABLE, event::read);
    let observations = reader.table(&observations::TABLE, observations::read);
    let census = reader.table(&census::TABLE, census::read);

    reader.known.check_figures(&mut reader.problems);
    own_units.retain(|own| !units.iter().any(|row| row.key == own.key));
    own_indicators.retain(|own| !indicators.iter().any(|row| row.key == own.key));
    let contents = Contents {
        rows: reader.rows,
        refused: reader.refused,
        known: reader.known,
        own_units,
        own_indicators,
        units,
        sources,
        activities,
        indicators,
        organisations,
        memberships,
        profiles,
        territories,
        coordinates,
        parks,
        sites,
        projects,
        agreements,
        axes,
        plans,
        objectives,
        milestones,
        incentives,
        training_programmes,
        events,
        observations,
        census,
        claims,
    };
    (contents, reader.problems)
}

/// The program's own units and indicators.
pub(crate) fn own_words() -> (Vec<entity::unit::Draft>, Vec<entity::indicator::Draft>) {
    let options = Options {
        now: chrono::DateTime::UNIX_EPOCH,
        progress: None,
    };
    let mut reader = Reader::new(
        Origin::of_sheets("", HashMap::new()),
        &options,
        Problems::default(),
    );
    reader.own_words()
}

struct Reader<'a> {
    origin: Origin,
    options: &'a Options<'a>,
    known: Known,
    problems: Problems,
    rows: HashMap<&'static str, Option<u64>>,
    refused: HashMap<&'static str, u64>,
}

impl<'a> Reader<'a> {
    fn new(origin: Origin, options: &'a Options<'a>, problems: Problems) -> Self {
        Self {
            origin,
            options,
            known: Known::default(),
            problems,
            rows: HashMap::new(),
            refused: HashMap::new(),
        }
    }

    fn table<D>(
        &mut self,
        table: &'static Table,
        read: impl FnMut(&mut Row<'_>) -> Option<D>,
    ) -> Vec<D> {
        self.options.tell(Progress {
            stage: table.name,
            done: self.rows.len() as u64,
            total: TABLES.len() as u64 + 1,
        });
        let Some(sheet) = self.origin.table(table, &mut self.problems) else {
            self.rows.insert(table.name, None);
            return Vec::new();
        };
        let (rows, drafts) = self.rows_of(&sheet, table, read);
        self.rows.insert(table.name, Some(rows));
        let refused = rows - drafts.len() as u64;
        self.refused.insert(table.name, refused);
        drafts
    }

    /// The program's own units and indicators.
    fn own_words(&mut self) -> (Vec<entity::unit::Draft>, Vec<entity::indicator::Draft>) {
        let units = self.embedded(&vocabulary::units(), &unit::TABLE, unit::read);
        let indicators = vocabulary::indicators();
        let indicators = self.embedded(&indicators, &indicator::TABLE, indicator::read);
        self.known.settle();
        (units, indicators)
    }

    fn embedded<D>(
        &mut self,
        sheet: &Sheet,
        table: &Table,
        read: impl FnMut(&mut Row<'_>) -> Option<D>,
    ) -> Vec<D> {
        self.rows_of(sheet, table, read).1
    }

    fn rows_of<D>(
        &mut self,
        sheet: &Sheet,
        table: &Table,
        mut read: impl FnMut(&mut Row<'_>) -> Option<D>,
    ) -> (u64, Vec<D>) {
        let mut drafts = Vec::new();
        let rows = file::each_row(sheet, table, &mut self.known, &mut self.problems, |row| {
            let draft = read(row);
            drafts.extend(draft.filter(|_| row.is_right()));
        });
        self.known.check_trees(&mut self.problems);
        (rows, drafts)
    }
}

/// Makes the rows of the database known.
fn remember(stored: &Batch, known: &mut Known) {
    macro_rules! keys {
        ($($rows:ident: $concept:ident),+ $(,)?) => {$(
            for row in &stored.$rows {
                known.store(ConceptKind::$concept, &row.key, None);
            }
        )+};
    }
    keys!(units: Unit, sources: Source, indicators: Indicator, parks: Park, sites: Site, projects: Project, agreements: Agreement, plans: Plan);
    keys!(incentives: Incentive, training_programmes: TrainingProgramme, events: Event, observations: Observation, coordinates: Coordinates);
    keys!(memberships: Membership, profiles: Profile, milestones: Milestone);
    for row in &stored.activities {
        known.store(ConceptKind::Activity, &row.key, row.parent.as_deref());
    }
    for row in &stored.organisations {
        known.store(ConceptKind::Organisation, &row.key, row.parent.as_deref());
        known.set_kind(&row.key, row.kind);
    }
    for row in &stored.agreements {
        for axis in &row.axes {
            let key = format!("{}.{}", row.key, axis.ordinal);
            known.store(ConceptKind::AgreementAxis, &key, None);
        }
    }
    for row in &stored.plans {
        for objective in &row.objectives {
            let key = format!("{}.{}", row.key, objective.ordinal);
            known.store(ConceptKind::PlanObjective, &key, None);
        }
    }
    for row in &stored.territories {
        known.store(ConceptKind::Territory, &row.key, row.parent.as_deref());
        known.set_level(&row.key, row.level);
    }
    for row in &stored.indicators {
        let counted = Counted {
            unit: row.unit.clone(),
            measure: row.measure,
        };
        known.count_in(&row.key, counted);
    }
}
