//! What is exported and taken in again changes nothing, in every format, whatever was recorded since.

use std::path::{Path, PathBuf};

use entity::{
    AgreementKind, Capability, ConceptKind, MilestoneStatus, OrganisationKind, PeriodBasis,
    Qualifier, Sector, SubjectKind, TrainingMeasure, agreement, incentive, membership, milestone,
    observation, organisation, plan, profile, training_programme,
};
use import::{Export, Format, Options};
use store::{
    Store,
    audit_entry::Act,
    load::{Batch, apply, in_force},
};
use tempfile::TempDir;

use crate::folder::Folder;

fn options() -> Options<'static> {
    Options {
        now: "2026-12-01T10:00:00Z".parse().expect("an instant"),
        progress: None,
    }
}

/// The same facts as a folder, a workbook and lines.
fn written(export: &Export) -> (TempDir, [PathBuf; 3]) {
    let home = tempfile::tempdir().expect("a folder");
    let paths = ["folder", "facts.xlsx", "facts.jsonl"].map(|name| home.path().join(name));
    export.to_folder(&paths[0]).expect("a folder");
    export.to_file(&paths[1], Format::Xlsx).expect("a workbook");
    export.to_file(&paths[2], Format::Jsonl).expect("lines");
    (home, paths)
}

async fn assert_nothing_changes(store: &Store, path: &Path) {
    let revision = store.data_revision().await.expect("a revision");
    let comparison = import::compare(store, path, &options())
        .await
        .expect("compared");
    assert!(
        comparison.problems().is_empty(),
        "{}: {}",
        path.display(),
        comparison.problems()
    );
    let changes = comparison.changes();
    assert!(changes.is_empty(), "{}: {changes:#?}", path.display());
    let act = Act::of_operator(options().now, comparison.reason(None));
    let report = comparison.write(store, &options(), &act).await;
    let report = report.expect("taken").report;
    assert!(report.is_unchanged(), "{}: {report}", path.display());
    assert_eq!(store.data_revision().await.expect("a revision"), revision);
}

fn sorted(mut batch: Batch) -> Batch {
    macro_rules! sort {
        ($($rows:ident),+) => {$( batch.$rows.sort_by(|one, other| one.key.cmp(&other.key)); )+};
    }
    sort!(
        sources,
        units,
        territories,
        coordinates,
        activities,
        indicators,
        organisations,
        memberships,
        profiles,
        parks,
        sites,
        projects,
        agreements,
        plans,
        milestones,
        incentives,
        training_programmes,
        events,
        observations
    );
    batch
}

/// An empty database filled with it holds the same facts.
async fn assert_same_in(empty: &Store, store: &Store, path: &Path) {
    import::run(empty, path, &options()).await.expect("taken");
    let before = sorted(in_force(store).await.expect("read"));
    let after = sorted(in_force(empty).await.expect("read"));
    macro_rules! same {
        ($($rows:ident),+) => {$( assert!(before.$rows == after.$rows, "{} in {}", stringify!($rows), path.display()); )+};
    }
    same!(
        sources,
        units,
        territories,
        coordinates,
        activities,
        indicators,
        organisations,
        memberships,
        profiles,
        parks,
        sites,
        projects,
        agreements,
        plans,
        milestones,
        incentives,
        training_programmes,
        events,
        observations
    );
}

#[tokio::test]
async fn the_shipped_data_comes_back_as_it_was() {
    testkit::each_database(async |database| {
        let export = import::export(&database.store, &options())
            .await
            .expect("exported");
        assert_eq!(export.unfaithful(), [""; 0]);
        let rows: usize = export.rows().map(|(_, rows)| rows).sum();
        assert!(rows > 77_515 + 1_640 + 351, "{rows}");
        let (_home, paths) = written(&export);
        for path in &paths {
            assert_nothing_changes(&database.store, path).await;
        }
        let path = &paths[if database.is_postgres() { 1 } else { 0 }];
        let empty = match database.is_postgres() {
            true => testkit::postgres_empty().await,
            false => testkit::empty().await,
        };
        assert_same_in(&empty.store, &database.store, path).await;
    })
    .await;
}

fn figure(key: &str, value: f64) -> observation::Draft {
    observation::Draft {
        key: key.to_owned(),
        indicator: "company_headcount".to_owned(),
        territory: None,
        activity: None,
        subject: Some((SubjectKind::Organisation, "foundever".to_owned())),
        period: Some("2024".parse().expect("a period")),
        period_basis: Some(PeriodBasis::Inferred),
        value,
        value_max: Some(value + 1.0),
        qualifier: Qualifier::AtLeast,
        scope: None,
        producer: None,
        source: "journaleco_2020".to_owned(),
        note: Some("+1 = more, says \"the\" source; 'so'".to_owned()),
    }
}

/// What only people at a terminal or over the API state.
async fn record(store: &Store) {
    let stored = in_force(store).await.expect("read");
    let mut batch = Batch::default();
    // Figures of columns, amended so that no column can say it.
    for key in [
        "site.foundever.04.421.2.headcount",
        "park.fez_smart_factory.area_ha",
        "plan.digital_morocco_2030.9",
        "project.fes_shore_parc.budget",
    ] {
        let found = stored.observations.iter().find(|it| it.key == key);
        let mut draft = found.unwrap_or_else(|| panic!("{key} is there")).clone();
        draft.note = Some("=amended".to_owned());
        draft.value += 1.0;
        batch.observations.push(draft);
    }
    // Figures with keys like those of columns, of rows that are not there.
    batch
        .observations
        .push(figure("site.nowhere.headcount", 12.0));
    batch
        .observations
        .push(figure("training.nothing.value", 7.0));
    let growth = stored
        .indicators
        .iter()
        .find(|it| it.key.ends_with("growth") && it.unit == "percent");
    batch.observations.push(observation::Draft {
        indicator: growth.expect("a growth").key.clone(),
        subject: None,
        territory: Some("MA".to_owned()),
        value_max: None,
        ..figure("-growth", -(0.1 + 0.2))
    });
    // A site whose figure is another than its own, and one that has lost it.
    let mut sites = stored
        .sites
        .iter()
        .filter(|it| it.headcount_observation.is_some());
    let mut site = sites.next().expect("a site").clone();
    site.headcount_observation = Some("site.nowhere.headcount".to_owned());
    site.address = Some("@ Route d'Imouzzer".to_owned());
    batch.sites.push(site);
    let mut site = sites.next().expect("a site").clone();
    site.headcount_observation = None;
    batch.sites.push(site);
    batch.organisations.push(organisation::Draft {
        key: "-odd".to_owned(),
        name: "'=Odd|Co\\".to_owned(),
        aliases: [
            "=HYPERLINK(\"http://x.example\")",
            "a|b",
            "back\\slash",
            "شركة | غريبة",
            "_x0041_",
            "a;b,c",
        ]
        .map(str::to_owned)
        .into_iter()
        .chain((0..90).map(|index| format!("{index} {}", "é".repeat(290))))
        .collect(),
        kind: OrganisationKind::Company,
        parent: Some("foundever".to_owned()),
        country_of_origin: None,
        website: Some("https://odd.example.ma/?a=1".to_owned()),
        summary_fr: Some("«\u{a0}Résumé\u{a0}»".to_owned()),
        summary_en: Some("true".to_owned()),
        source: "journaleco_2020".to_owned(),
    });
    batch.training_programmes.push(training_programme::Draft {
        key: "without".to_owned(),
        organisation: "-odd".to_owned(),
        territory: "03.231".to_owned(),
        programme: Some("2020".to_owned()),
        measure: TrainingMeasure::Students,
        observation: None,
        source: "journaleco_2020".to_owned(),
    });
    let objective = |ordinal, observation: Option<&str>| plan::ObjectiveDraft {
        ordinal,
        title_fr: "Objectif".to_owned(),
        title_en: "Objective".to_owned(),
        horizon: Some("2030".parse().expect("a period")),
        observation: observation.map(str::to_owned),
        source: "journaleco_2020".to_owned(),
    };
    batch.plans.push(plan::Draft {
        key: "plan_of_people".to_owned(),
        title_fr: "Plan".to_owned(),
        title_en: "Plan".to_owned(),
        territory: "03".to_owned(),
        period: None,
        owner: None,
        objectives: vec![
            objective(1, None),
            objective(2, Some("-growth")),
            objective(3, Some("training.nothing.value")),
        ],
        source: "journaleco_2020".to_owned(),
    });
    batch.agreements.push(agreement::Draft {
        key: "bare".to_owned(),
        kind: AgreementKind::Convention,
        title_fr: "Convention".to_owned(),
        title_en: "-".to_owned(),
        parties: vec!["-odd".to_owned(), "foundever".to_owned()],
        signed_on: Some("2026-11".parse().expect("a date")),
        axes: Vec::new(),
        source: "journaleco_2020".to_owned(),
    });
    // An axis fewer than the shipped data has.
    let memorandum = stored.agreements.iter().find(|it| it.axes.len() == 3);
    let mut memorandum = memorandum.expect("the memorandum").clone();
    memorandum.axes.pop();
    batch.agreements.push(memorandum);
    batch.memberships.push(membership::Draft {
        key: "-odd.in.apebi".to_owned(),
        organisation: "-odd".to_owned(),
        federation: "apebi".to_owned(),
        since: Some("2019-03".parse().expect("a date")),
        until: None,
        source: "journaleco_2020".to_owned(),
    });
    batch.profiles.push(profile::Draft {
        key: profile::key_of("-odd"),
        organisation: "-odd".to_owned(),
        offers: vec![Capability::StockManagement, Capability::OnlineSales],
        sectors: vec![Sector::Leather],
        languages: vec!["fr".to_owned(), "zgh".to_owned()],
        certifications: vec!["=ISO 9001|2015".to_owned(), "a\\b".to_owned()],
        source: "journaleco_2020".to_owned(),
    });
    batch.profiles.push(profile::Draft {
        key: profile::key_of("foundever"),
        organisation: "foundever".to_owned(),
        offers: Vec::new(),
        sectors: Vec::new(),
        languages: Vec::new(),
        certifications: Vec::new(),
        source: "journaleco_2020".to_owned(),
    });
    let step = |key: &str, part, project: Option<&str>| milestone::Draft {
        key: key.to_owned(),
        part,
        project: project.map(str::to_owned),
        position: 7,
        title_fr: "+1".to_owned(),
        title_en: "-".to_owned(),
        status: MilestoneStatus::UnderWay,
        as_of: "2024-05".parse().expect("a date"),
        evidence: Some("@signed".to_owned()),
        source: "journaleco_2020".to_owned(),
    };
    let plan = "plan_of_people".to_owned();
    batch.milestones.extend([
        step("of_project", None, Some("fez_smart_factory")),
        step(
            "of_objective",
            Some(milestone::Part::Objective { plan, ordinal: 2 }),
            None,
        ),
    ]);
    batch.incentives.push(incentive::Draft {
        key: "bonus".to_owned(),
        amount: Some(0.1 + 0.2),
        unit: Some("MAD".to_owned()),
        ..stored.incentives[0].clone()
    });
    let act = Act::of_operator(options().now, "by hand");
    apply(store, &batch, &act).await.expect("recorded");
    // What is left of a site that ended: its figure is still one of the organisation.
    let mut batch = Batch::default();
    let gone = stored.sites.iter().find(|it| {
        let named = it.headcount_observation.as_deref();
        named.is_some_and(|key| key == format!("site.{}.headcount", it.key))
            && it.key != "foundever.04.421.2"
    });
    batch.retract(ConceptKind::Site, gone.expect("a site").key.clone());
    apply(store, &batch, &act).await.expect("retracted");
}

#[tokio::test]
async fn what_people_recorded_comes_back_as_it_was() {
    testkit::each_empty_database(async |database| {
        Folder::shipped(false)
            .import(&database.store)
            .await
            .expect("taken");
        record(&database.store).await;
        let export = import::export(&database.store, &options())
            .await
            .expect("exported");
        assert_eq!(export.unfaithful(), [""; 0], "{}", database.kind());
        let (_home, paths) = written(&export);
        for path in &paths {
            assert_nothing_changes(&database.store, path).await;
            let empty = match database.is_postgres() {
                true => testkit::postgres_empty().await,
                false => testkit::empty().await,
            };
            assert_same_in(&empty.store, &database.store, path).await;
        }
        // The same facts are the same bytes.
        let again = import::export(&database.store, &options())
            .await
            .expect("exported");
        for (path, format) in [(&paths[1], Format::Xlsx), (&paths[2], Format::Jsonl)] {
            let bytes = again.to_bytes(format).expect("one file").expect("written");
            assert!(
                bytes == std::fs::read(path).expect("the file"),
                "{}",
                path.display()
            );
        }
        // Each table alone changes nothing either.
        for entry in std::fs::read_dir(&paths[0]).expect("the folder") {
            let path = entry.expect("a file").path();
            assert_nothing_changes(&database.store, &path).await;
        }
    })
    .await;
}

#[tokio::test]
async fn no_spreadsheet_runs_what_is_exported() {
    let database = testkit::empty().await;
    Folder::shipped(false)
        .import(&database.store)
        .await
        .expect("taken");
    record(&database.store).await;
    let export = import::export(&database.store, &options())
        .await
        .expect("exported");
    let (_home, paths) = written(&export);
    for entry in std::fs::read_dir(&paths[0]).expect("the folder") {
        let path = entry.expect("a file").path();
        let mut reader = csv::Reader::from_path(&path).expect("CSV");
        for record in reader.records() {
            for field in &record.expect("a record") {
                let number = field.parse::<f64>().is_ok();
                assert!(
                    number || !field.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{}: {field}",
                    path.display()
                );
            }
        }
    }
    let observations = std::fs::read_to_string(paths[0].join("observations.csv")).expect("a text");
    assert!(
        observations.contains(",-0.30000000000000004,"),
        "a negative number stays one"
    );
    let bytes = std::fs::read(&paths[1]).expect("the workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    for index in 0..archive.len() {
        let mut text = String::new();
        let mut part = archive.by_index(index).expect("a part");
        std::io::Read::read_to_string(&mut part, &mut text).expect("XML");
        assert!(!text.contains("<f>") && !text.contains("<f "), "no formula");
    }
}

#[tokio::test]
async fn a_folder_keeps_its_packed_files_packed() {
    let database = testkit::empty().await;
    let folder = Folder::with(&["sources", "indicators", "organisations", "territories"]);
    folder.import(&database.store).await.expect("taken");
    let export = import::export(&database.store, &options())
        .await
        .expect("exported");
    folder.remove("sources.csv").write("sources.csv.gz", "old");
    let files = export.to_folder(folder.path()).expect("written");
    assert!(files.contains(&folder.path().join("sources.csv.gz")));
    assert!(!folder.path().join("sources.csv").exists());
    assert_nothing_changes(&database.store, folder.path()).await;
    let left = std::fs::read_dir(folder.path()).expect("the folder");
    let parts = left.filter(|entry| {
        let name = entry.as_ref().expect("a file").file_name();
        name.to_string_lossy().ends_with(".part")
    });
    assert_eq!(parts.count(), 0);
}
