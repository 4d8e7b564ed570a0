//! The shipped data set loads whole, on both databases, with the facts the project began with.

use entity::{Qualifier, observation::Draft};
use import::Tally;
use store::load::in_force;

use crate::folder::{Folder, rows_of};

#[tokio::test]
async fn every_row_of_every_file_is_taken() {
    testkit::each_empty_database(async |database| {
        let report = Folder::shipped(true)
            .import(&database.store)
            .await
            .expect("taken");
        for file in report
            .files
            .iter()
            .filter(|file| ![import::VOCABULARY, "units"].contains(&file.name))
        {
            let rows = rows_of(file.name);
            assert_eq!(file.rows, Some(rows), "{}", file.name);
            let new = Tally {
                new: rows as usize,
                ..Tally::default()
            };
            assert_eq!(file.tally, new, "{} on {}", file.name, database.kind());
        }
        assert_eq!(
            report.file("territories").and_then(|file| file.rows),
            Some(1_640)
        );
        assert_eq!(
            report.file("observations_hcp").and_then(|file| file.rows),
            Some(77_515)
        );
        assert!(report.ignored.is_empty(), "{:?}", report.ignored);

        let stored = in_force(&database.store).await.expect("read back");
        assert_eq!(stored.territories.len(), 1_640);
        assert_eq!(
            stored.observations.len(),
            77_515 + 351 + report.figures.tally.new
        );
        assert_eq!(
            stored
                .agreements
                .iter()
                .map(|agreement| agreement.axes.len())
                .sum::<usize>(),
            3
        );
        assert_eq!(
            stored
                .plans
                .iter()
                .map(|plan| plan.objectives.len())
                .sum::<usize>(),
            26
        );

        let again = Folder::shipped(true)
            .import(&database.store)
            .await
            .expect("taken again");
        assert!(again.is_unchanged(), "{again}");
        for file in again
            .files
            .iter()
            .filter(|file| ![import::VOCABULARY, "units"].contains(&file.name))
        {
            let unchanged = Tally {
                unchanged: rows_of(file.name) as usize,
                ..Tally::default()
            };
            assert_eq!(
                file.tally,
                unchanged,
                "{} on {}",
                file.name,
                database.kind()
            );
        }
        let same = in_force(&database.store).await.expect("read back");
        assert!(
            same.observations == stored.observations,
            "{}",
            database.kind()
        );
    })
    .await;
}

#[tokio::test]
async fn the_founding_facts_are_there() {
    testkit::each_database(async |database| {
        let stored = in_force(&database.store).await.expect("read back");
        let fact = |key: &str| -> &Draft {
            let found = stored
                .observations
                .iter()
                .find(|observation| observation.key == key);
            found.unwrap_or_else(|| panic!("{key} is missing"))
        };
        let centres = fact("call_centres.03.231.2019.journaleco_2020");
        assert_eq!((centres.value, centres.qualifier), (36.0, Qualifier::Exact));
        assert_eq!(centres.producer.as_deref(), Some("cri_fes_meknes"));
        assert_eq!(
            centres.period.as_ref().map(ToString::to_string).as_deref(),
            Some("2019")
        );
        let jobs = fact("call_centre_jobs.03.231.2019.journaleco_2020");
        assert_eq!(
            (jobs.value, jobs.qualifier),
            (4500.0, Qualifier::Approximate)
        );
        let share = fact("offshoring_job_share_national.03.undated.journaleco_2020");
        assert_eq!(
            (share.value, &share.period, share.period_basis),
            (11.0, &None, None)
        );
        assert_eq!(
            fact("offshoring_rank_national.03.undated.journaleco_2020").value,
            3.0
        );
        let fes = fact("hcp_population_legal.03.231.2024.hcp_rgph2024_population");
        assert_eq!(
            (fes.value, fes.producer.as_deref()),
            (1_256_172.0, Some("hcp"))
        );
    })
    .await;
}

#[tokio::test]
async fn targets_without_a_date_are_taken_and_said() {
    let database = testkit::empty().await;
    let report = Folder::shipped(false)
        .import(&database.store)
        .await
        .expect("taken");
    assert_eq!(report.undated_targets, 7);
    assert!(
        report.to_string().contains("7 targets: no date given"),
        "{report}"
    );
    assert!(
        report.to_string().contains("observations_hcp     absent"),
        "{report}"
    );
}

#[tokio::test]
async fn progress_is_told_step_by_step() {
    let database = testkit::empty().await;
    let told = std::sync::Mutex::new(Vec::new());
    let listen = |progress: import::Progress| told.lock().unwrap().push(progress);
    let options = import::Options {
        now: chrono::Utc::now(),
        progress: Some(&listen),
    };
    import::run(&database.store, Folder::shipped(false).path(), &options)
        .await
        .expect("taken");
    let told = told.into_inner().unwrap();
    assert!(
        told.windows(2).all(|pair| pair[0].done < pair[1].done),
        "{told:?}"
    );
    assert_eq!(
        told.last().map(|last| (last.done, last.stage)),
        Some((told[0].total, "written"))
    );
}
