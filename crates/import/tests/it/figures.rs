//! A figure lives once: numbers of other tables are merged with the observations that state them, or become one.

use entity::{Qualifier, SubjectKind, observation};
use store::load::{Batch, in_force};

use crate::folder::Folder;

fn observation<'a>(stored: &'a Batch, key: &str) -> Option<&'a observation::Draft> {
    stored
        .observations
        .iter()
        .find(|observation| observation.key == key)
}

fn headcount<'a>(stored: &'a Batch, site: &str) -> Option<&'a str> {
    let found = stored
        .sites
        .iter()
        .find(|found| found.key == site)
        .expect("the site is there");
    found.headcount_observation.as_deref()
}

#[tokio::test]
async fn numbers_of_other_tables_are_observations() {
    let database = testkit::empty().await;
    let report = Folder::shipped(true)
        .import(&database.store)
        .await
        .expect("taken");
    let stored = in_force(&database.store).await.expect("read back");

    // Every population is a census figure already.
    assert!(report.figures.merged > 1_640 + 1_595);
    assert!(
        !stored
            .observations
            .iter()
            .any(|observation| observation.key.starts_with("territory."))
    );

    // Alten, 200 people at Fès Shore in 2017: stated by an observation of the same source.
    assert_eq!(
        headcount(&stored, "alten_maroc.fes_shore.03.231"),
        Some("company_headcount.alten_maroc.ESO.2017.h24info_2017_alten")
    );
    // Foundever, 150 people in Rabat in 2013: stated nowhere else.
    let key = headcount(&stored, "foundever.04.421.2").expect("a head-count");
    assert_eq!(key, "site.foundever.04.421.2.headcount");
    let foundever = observation(&stored, key).expect("an observation");
    assert_eq!(
        (foundever.value, foundever.indicator.as_str()),
        (150.0, "company_headcount")
    );
    assert_eq!(
        foundever.subject,
        Some((SubjectKind::Organisation, "foundever".to_owned()))
    );
    assert_eq!(foundever.territory.as_deref(), Some("04.421"));
    assert_eq!(
        foundever.period.as_ref().map(|period| period.as_str()),
        Some("2013")
    );
    assert_eq!(foundever.scope.as_deref(), Some("site:foundever.04.421.2"));
    assert_eq!(foundever.source, "lereporter_2013_sitel");
    // No head-count, no figure; a head-count without a date is undated.
    assert_eq!(headcount(&stored, "intelcia.06.181"), None);
    assert_eq!(
        observation(&stored, "site.deloitte_dmcc.06.141.headcount")
            .and_then(|found| found.period.as_ref()),
        None
    );

    // Areas and offices of Fès Shore are the ones of 2023; the first announcement of Fez Smart Factory stands alone.
    assert!(
        observation(&stored, "park.fes_shore.area_ha").is_none()
            && observation(&stored, "park.fes_shore.offices_m2").is_none()
    );
    let announced = observation(&stored, "park.fez_smart_factory.area_ha").expect("11 hectares");
    assert_eq!((announced.value, announced.period.is_none()), (11.0, true));

    let budget = |key: &str| {
        let project = stored
            .projects
            .iter()
            .find(|project| project.key == key)
            .expect("the project is there");
        project.budget_observation.as_deref()
    };
    assert_eq!(
        budget("piac"),
        Some("project_budget_mad.piac.2020.leseco_piac_2020")
    );
    assert_eq!(
        budget("fes_shore_parc"),
        Some("project.fes_shore_parc.budget")
    );
    let euros = observation(&stored, "project.fes_shore_parc.budget").expect("91 million euros");
    assert_eq!(
        (euros.indicator.as_str(), euros.value),
        ("project_budget_eur", 91e6)
    );

    let objective = |plan: &str, ordinal: i32| {
        let plan = stored
            .plans
            .iter()
            .find(|found| found.key == plan)
            .expect("the plan is there");
        let objective = plan
            .objectives
            .iter()
            .find(|objective| objective.ordinal == ordinal);
        objective
            .and_then(|objective| objective.observation.clone())
            .expect("a figure")
    };
    assert_eq!(
        objective("digital_morocco_2030", 5),
        "startups_target.digital_morocco_2030.2030.le360_2024_dm2030"
    );
    let rank = observation(&stored, &objective("digital_morocco_2030", 7))
        .expect("rank 50")
        .clone();
    assert_eq!(
        (rank.indicator.as_str(), rank.qualifier),
        ("plan_objective_rank", Qualifier::Target)
    );
    assert_eq!(
        (rank.scope.as_deref(), rank.territory.as_deref()),
        (Some("objective:7"), Some("MA"))
    );
    // 11 billion is the budget of 2024/2026 there, and the objective of 2026 here: two claims.
    assert_eq!(
        objective("digital_morocco_2030", 9),
        "plan.digital_morocco_2030.9"
    );

    let training = |key: &str| {
        let programme = stored
            .training_programmes
            .iter()
            .find(|programme| programme.key == key)
            .expect("it is there");
        observation(&stored, programme.observation.as_deref().expect("a figure"))
            .expect("an observation")
    };
    assert_eq!(
        training("uemf.graduates_per_year.2024").key,
        "university_graduates.uemf.2024.allafrica_2024_uemf"
    );
    // The same announcement as the project's: places still to be built.
    assert_eq!(training("cmc_fes.places.2023").qualifier, Qualifier::Target);
    assert_eq!(
        training("ismotic_fes.places.2012").qualifier,
        Qualifier::Approximate
    );
}

#[tokio::test]
async fn a_figure_moves_with_what_states_it() {
    let database = testkit::empty().await;
    let folder = Folder::shipped(false);
    let first = folder.import(&database.store).await.expect("taken");

    // Another number is another version of the same figure.
    folder.replace("sites.csv", "CRM,150,2013,", "CRM,160,2013,");
    let report = folder.import(&database.store).await.expect("changed");
    assert_eq!(
        (report.figures.tally.changed, report.figures.withdrawn),
        (1, 0)
    );

    // An observation that states it takes over, and the figure of the table ends.
    folder.append(
        "observations.csv",
        "company_headcount.foundever.2013.rabat,company_headcount,04.421,CRM,organisation,foundever,2013,stated,160,exact,,,lereporter_2013_sitel,",
    );
    let report = folder.import(&database.store).await.expect("taken over");
    assert_eq!(
        (report.figures.merged, report.figures.withdrawn),
        (first.figures.merged + 1, 1)
    );
    assert_eq!(report.file("sites").expect("a file").tally.changed, 1);
    let stored = in_force(&database.store).await.expect("read back");
    assert_eq!(
        headcount(&stored, "foundever.04.421.2"),
        Some("company_headcount.foundever.2013.rabat")
    );
    assert!(observation(&stored, "site.foundever.04.421.2.headcount").is_none());
    assert!(
        folder
            .import(&database.store)
            .await
            .expect("again")
            .is_unchanged()
    );

    // A number taken out of the table ends too.
    folder.replace(
        "sites.csv",
        "ITO,100,,lavieeco_deloitte",
        "ITO,,,lavieeco_deloitte",
    );
    let report = folder.import(&database.store).await.expect("taken out");
    assert_eq!(report.figures.withdrawn, 1);
}

#[tokio::test]
async fn a_table_alone_is_compared_with_the_database() {
    let database = testkit::empty().await;
    let folder = Folder::shipped(false);
    folder.import(&database.store).await.expect("taken");
    let alone = Folder::with(&["sites", "parks", "projects", "training", "plan_objectives"]);
    let report = alone.import(&database.store).await.expect("taken alone");
    assert!(report.is_unchanged(), "{report}");
}
