//! From facts to files: which rows each table has, and the formats they are written in.

pub(crate) mod lines;
pub(crate) mod separated;
pub(crate) mod workbook;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::{
    Export, activity, agreement,
    cells::Cells,
    census, coordinates, event,
    export::{Stated, Written},
    file::Table,
    incentive, indicator, membership, milestone, observation, organisation, park, plan, profile,
    project,
    read::origin::Format,
    site, source, territory, training_programme, unit,
};

/// Every table that is read, with its rows in the order of their keys, so that the same facts make the same bytes.
pub(crate) fn tables(stated: &Stated<'_>) -> Vec<Written> {
    let batch = stated.batch;
    let axes = batch.agreements.iter();
    let axes = axes.flat_map(|it| it.axes.iter().map(|axis| (it.key.as_str(), axis)));
    let axes: Vec<_> = axes.collect();
    let objectives = batch.plans.iter();
    let objectives = objectives.flat_map(|it| {
        let objectives = it.objectives.iter();
        objectives.map(|objective| (it.key.as_str(), objective))
    });
    let objectives: Vec<_> = objectives.collect();
    let observations = batch.observations.iter();
    let observations = observations.filter(|it| stated.is_apart(it));
    let (from_census, others): (Vec<_>, Vec<_>) = observations.partition(|it| census::says_all(it));
    vec![
        written(&unit::TABLE, stated.units(), |it| &it.key, unit::write),
        written(&source::TABLE, &batch.sources, |it| &it.key, source::write),
        written(
            &activity::TABLE,
            &batch.activities,
            |it| &it.key,
            activity::write,
        ),
        written(
            &indicator::TABLE,
            stated.indicators(),
            |it| &it.key,
            indicator::write,
        ),
        written(
            &organisation::TABLE,
            &batch.organisations,
            |it| &it.key,
            organisation::write,
        ),
        written(
            &membership::TABLE,
            &batch.memberships,
            |it| &it.key,
            membership::write,
        ),
        written(
            &profile::TABLE,
            &batch.profiles,
            |it| &it.key,
            profile::write,
        ),
        written(
            &territory::TABLE,
            &batch.territories,
            |it| &it.key,
            |it, cells| territory::write(it, stated, cells),
        ),
        written(
            &coordinates::TABLE,
            &batch.coordinates,
            |it| &it.key,
            coordinates::write,
        ),
        written(
            &park::TABLE,
            &batch.parks,
            |it| &it.key,
            |it, cells| park::write(it, stated, cells),
        ),
        written(
            &site::TABLE,
            &batch.sites,
            |it| &it.key,
            |it, cells| site::write(it, stated, cells),
        ),
        written(
            &project::TABLE,
            &batch.projects,
            |it| &it.key,
            |it, cells| project::write(it, stated, cells),
        ),
        written(
            &agreement::TABLE,
            &batch.agreements,
            |it| &it.key,
            agreement::write,
        ),
        written(
            &agreement::AXES,
            &axes,
            |(agreement, axis)| (*agreement, axis.ordinal),
            agreement::write_axis,
        ),
        written(&plan::TABLE, &batch.plans, |it| &it.key, plan::write),
        written(
            &plan::OBJECTIVES,
            &objectives,
            |(plan, objective)| (*plan, objective.ordinal),
            |it, cells| plan::write_objective(it, stated, cells),
        ),
        written(
            &milestone::TABLE,
            &batch.milestones,
            |it| &it.key,
            milestone::write,
        ),
        written(
            &incentive::TABLE,
            &batch.incentives,
            |it| &it.key,
            incentive::write,
        ),
        written(
            &training_programme::TABLE,
            &batch.training_programmes,
            |it| &it.key,
            |it, cells| training_programme::write(it, stated, cells),
        ),
        written(&event::TABLE, &batch.events, |it| &it.key, event::write),
        written(
            &observation::TABLE,
            others,
            |it| &it.key,
            observation::write,
        ),
        written(
            &census::TABLE,
            from_census,
            |it| &it.key,
            |it, cells| census::write(it, stated, cells),
        ),
    ]
}

fn written<'a, D: 'a, K: Ord>(
    table: &'static Table,
    drafts: impl IntoIterator<Item = &'a D>,
    key: impl Fn(&'a D) -> K,
    write: impl Fn(&'a D, &mut Cells),
) -> Written {
    let mut drafts: Vec<&D> = drafts.into_iter().collect();
    drafts.sort_by_cached_key(|draft| key(draft));
    let rows = drafts.into_iter().map(|draft| {
        let mut cells = Cells::new(table);
        write(draft, &mut cells);
        cells
    });
    Written {
        table,
        rows: rows.collect(),
    }
}

impl Export {
    /// Writes one CSV file a table. A file is replaced whole or not at all; one that lies packed beside (`sites.csv.gz`) stays packed.
    pub fn to_folder(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        std::fs::create_dir_all(folder)?;
        let mut files = Vec::new();
        for table in &self.tables {
            let plain = folder.join(format!("{}.csv", table.table.name));
            let packed = folder.join(format!("{}.csv.gz", table.table.name));
            let bytes = separated::bytes(table);
            let (path, bytes) = match packed.exists() {
                true => (packed, separated::packed(&bytes)?),
                false => (plain, bytes),
            };
            replace(&path, &bytes)?;
            files.push(path);
        }
        Ok(files)
    }

    /// Everything in one file; none for CSV, which holds one table a file.
    pub fn to_bytes(&self, format: Format) -> Option<Result<Vec<u8>, String>> {
        match format {
            Format::Csv => None,
            Format::Xlsx => Some(workbook::bytes(&self.tables)),
            Format::Jsonl => Some(Ok(lines::bytes(&self.tables))),
        }
    }

    /// Writes everything in one file, which is replaced whole or not at all.
    pub fn to_file(&self, path: &Path, format: Format) -> std::io::Result<()> {
        let bytes = self.to_bytes(format);
        let bytes = bytes.ok_or_else(|| std::io::Error::other("CSV is written to a folder"))?;
        replace(path, &bytes.map_err(std::io::Error::other)?)
    }
}

/// Puts a file in its place when all of it is on disk.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let write = || {
        let mut file = std::fs::File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&part, path)
    };
    write().inspect_err(|_| {
        // What was begun is of no use; that it cannot be removed either says nothing new.
        let _ = std::fs::remove_file(&part);
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::contents;

    #[test]
    fn every_table_that_is_read_is_written() {
        let (batch, own, apart) = Default::default();
        let tables = tables(&Stated::of(&batch, &own, &apart as &HashSet<String>));
        let written: Vec<_> = tables.iter().map(|it| it.table.name).collect();
        let read: Vec<_> = contents::TABLES.iter().map(|it| it.name).collect();
        assert_eq!(written, read);
    }
}
