//! Everything that import reads, written the way it is read. What is written is read back before it is given: taken in again, it
//! changes nothing.

use std::collections::{HashMap, HashSet};

use entity::{indicator, observation, unit};
use store::{Store, load::Batch};

use crate::{
    Change, Comparison, Error, Options, Stored,
    cells::Cells,
    contents,
    figure::is_reserved,
    file::{Rows, Sheet, Table},
    problem::Problems,
    read::origin::Origin,
    territory,
    write::tables,
};

/// How often figures are moved from columns to rows of their own before what is left is told.
const TRIALS: usize = 8;

/// What an export writes.
pub struct Export {
    pub(crate) tables: Vec<Written>,
    unfaithful: Vec<String>,
}

/// A table and its rows.
pub(crate) struct Written {
    pub table: &'static Table,
    pub rows: Vec<Cells>,
}

impl Written {
    /// Its columns; an optional one where a row needs it.
    pub fn columns(&self) -> Vec<&'static str> {
        let needed = |column: &&'static str| {
            self.table.columns.contains(column)
                || self.rows.iter().any(|row| row.value(column).is_some())
        };
        self.table.all().filter(needed).collect()
    }
}

impl Export {
    /// How many rows each table has.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.tables.iter().map(|it| (it.table.name, it.rows.len()))
    }

    /// Facts that no file can state as they are, if any: taken in again, they would be other than they are.
    pub fn unfaithful(&self) -> &[String] {
        &self.unfaithful
    }
}

/// Reads every fact in force. Costs what an import costs that changes nothing.
pub async fn read(store: &Store, options: &Options<'_>) -> Result<Export, Error> {
    let mut stored = Stored::read(store).await?;
    let own = contents::own_words();
    let mut apart = HashSet::new();
    for _ in 0..TRIALS {
        let tables = tables(&Stated::of(&stored.batch, &own, &apart));
        let origin = Origin::of_sheets("export", tables.iter().map(sheet).collect());
        let trial = Comparison::of(origin, stored, options, Problems::default());
        let found = differing(&trial, &tables);
        if found.is_subset(&apart) {
            let unfaithful = left(&trial);
            return Ok(Export { tables, unfaithful });
        }
        apart.extend(found);
        stored = trial.stored;
    }
    let tables = tables(&Stated::of(&stored.batch, &own, &apart));
    let origin = Origin::of_sheets("export", tables.iter().map(sheet).collect());
    let unfaithful = left(&Comparison::of(
        origin,
        stored,
        options,
        Problems::default(),
    ));
    Ok(Export { tables, unfaithful })
}

/// A table as it would be read. The first row stands on line 1.
fn sheet(written: &Written) -> (&'static str, Sheet) {
    let rows = (1..).zip(written.rows.iter().map(Cells::named));
    let sheet = Sheet {
        file: written.table.name.into(),
        rows: Rows::Named(rows.collect()),
    };
    (written.table.name, sheet)
}

/// Keys of the figures that columns do not state as they are, and that therefore must be rows of their own.
fn differing(trial: &Comparison, tables: &[Written]) -> HashSet<String> {
    let mut found = HashSet::new();
    for problem in trial.problems.shown() {
        let table = tables.iter().find(|it| it.table.name == problem.file);
        let line = problem.line.and_then(|line| usize::try_from(line - 1).ok());
        let row = table
            .zip(line)
            .and_then(|(table, line)| table.rows.get(line));
        found.extend(row.into_iter().flat_map(|row| row.states.iter().cloned()));
    }
    macro_rules! compare {
        ($($rows:ident => $table:literal),+ $(,)?) => {$(
            let stored: HashMap<_, _> = trial.stored.batch.$rows.iter().map(|draft| (&draft.key, draft)).collect();
            let other = trial.batch.$rows.iter().filter(|draft| stored.get(&draft.key) != Some(draft));
            let keys: HashSet<&str> = other.map(|draft| draft.key.as_str()).collect();
            let table = tables.iter().find(|it| it.table.name == $table);
            let rows = table.into_iter().flat_map(|table| &table.rows);
            found.extend(rows.filter(|row| row.is_of(&keys)).flat_map(|row| row.states.iter().cloned()));
        )+};
    }
    compare!(sites => "sites", projects => "projects", training_programmes => "training", plans => "plan_objectives");
    let of = |batch: &Batch| -> HashMap<String, observation::Draft> {
        let reserved = batch
            .observations
            .iter()
            .filter(|draft| is_reserved(&draft.key));
        reserved
            .map(|draft| (draft.key.clone(), draft.clone()))
            .collect()
    };
    let (stored, read) = (of(&trial.stored.batch), of(&trial.batch));
    let keys = stored.keys().chain(read.keys());
    let other = keys.filter(|key| stored.get(*key) != read.get(*key));
    found.extend(other.cloned());
    found
}

/// What is not read back as it is, in words.
fn left(trial: &Comparison) -> Vec<String> {
    let problems = trial.problems.shown().iter().map(ToString::to_string);
    let changes = trial.changes();
    let changes = changes.iter().map(|change: &Change| {
        let fields: Vec<_> = change.fields.iter().map(|it| it.field.as_str()).collect();
        format!("{} {}: {}", change.concept, change.key, fields.join(", "))
    });
    problems.chain(changes).collect()
}

/// The facts in force, and how their figures are told.
pub(crate) struct Stated<'a> {
    pub batch: &'a Batch,
    own: &'a (Vec<unit::Draft>, Vec<indicator::Draft>),
    observations: HashMap<&'a str, &'a observation::Draft>,
    populations: HashMap<(&'a str, &'a str), &'a observation::Draft>,
    units: HashMap<&'a str, &'a str>,
    /// Keys of figures that are rows of their own, whatever columns there are for them.
    apart: &'a HashSet<String>,
}

impl<'a> Stated<'a> {
    pub fn of(
        batch: &'a Batch,
        own: &'a (Vec<unit::Draft>, Vec<indicator::Draft>),
        apart: &'a HashSet<String>,
    ) -> Self {
        let observations = batch.observations.iter();
        let populations = observations.clone().filter(|draft| {
            draft.indicator == territory::POPULATION
                && draft.subject.is_none()
                && draft.value_max.is_none()
        });
        let populations = populations.filter_map(|draft| {
            let territory = draft.territory.as_deref()?;
            Some(((territory, draft.period.as_ref()?.as_str()), draft))
        });
        let indicators = batch.indicators.iter();
        Self {
            batch,
            own,
            observations: observations.map(|it| (it.key.as_str(), it)).collect(),
            populations: populations.collect(),
            units: indicators
                .map(|it| (it.key.as_str(), it.unit.as_str()))
                .collect(),
            apart,
        }
    }

    pub fn observation(&self, key: &str) -> Option<&'a observation::Draft> {
        self.observations.get(key).copied()
    }

    /// The unit of an indicator.
    pub fn unit(&self, indicator: &str) -> Option<&'a str> {
        self.units.get(indicator).copied()
    }

    /// The observation that a row names as its figure, when the row's columns can state it. `key` is that of the figure they would make.
    pub fn figure(
        &self,
        key: &str,
        named: Option<&str>,
        cells: &mut Cells,
    ) -> Option<&'a observation::Draft> {
        let figure = self.observation(named?)?;
        self.stands_in_columns(key, cells).then_some(figure)
    }

    /// The observation with the key of the figure that a column makes, when the column can state it.
    pub fn own_figure(&self, key: &str, cells: &mut Cells) -> Option<&'a observation::Draft> {
        self.figure(key, Some(key), cells)
    }

    /// How many people a territory had, by whichever observation of the census.
    pub fn population(
        &self,
        territory: &str,
        year: &str,
        key: &str,
        cells: &mut Cells,
    ) -> Option<&'a observation::Draft> {
        let figure = self.populations.get(&(territory, year)).copied()?;
        self.stands_in_columns(key, cells).then_some(figure)
    }

    fn stands_in_columns(&self, key: &str, cells: &mut Cells) -> bool {
        let stands = !self.apart.contains(key);
        if stands {
            cells.states.push(key.to_owned());
        }
        stands
    }

    /// Whether an observation is a row of its own, and no column's figure.
    pub fn is_apart(&self, observation: &observation::Draft) -> bool {
        !is_reserved(&observation.key) || self.apart.contains(&observation.key)
    }

    /// Units that are not the program's own.
    pub fn units(&self) -> impl Iterator<Item = &'a unit::Draft> {
        let own = &self.own.0;
        self.batch.units.iter().filter(|it| !own.contains(it))
    }

    /// Indicators that are not the program's own.
    pub fn indicators(&self) -> impl Iterator<Item = &'a indicator::Draft> {
        let own = &self.own.1;
        self.batch.indicators.iter().filter(|it| !own.contains(it))
    }
}
