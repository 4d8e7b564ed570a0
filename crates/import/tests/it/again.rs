//! What a second import does: changes supersede, absent rows stay, problems change nothing.

use store::load::in_force;

use crate::folder::Folder;

#[tokio::test]
async fn a_changed_value_supersedes_and_the_old_one_stays() {
    testkit::each_database(async |database| {
        let folder = Folder::shipped(false);
        folder.replace(
            "observations.csv",
            "2019,stated,36,exact,,cri_fes_meknes,journaleco_2020",
            "2019,stated,37,exact,,cri_fes_meknes,journaleco_2020",
        );
        folder.replace(
            "organisations.csv",
            "Wilaya de la région Fès-Meknès",
            "Wilaya de Fès-Meknès",
        );
        let report = folder
            .import_at(&database.store, "2026-12-01T10:00:00Z")
            .await
            .expect("taken");
        let observations = report.file("observations").expect("a file").tally;
        assert_eq!(
            (
                observations.new,
                observations.changed,
                observations.unchanged
            ),
            (0, 1, 350)
        );
        assert_eq!(
            report.file("organisations").expect("a file").tally.changed,
            1
        );
        assert_eq!(
            report.file("observations_hcp").expect("a file").tally.kept,
            77_515
        );

        let history =
            store::load::versions_of(&database.store, "call_centres.03.231.2019.journaleco_2020")
                .await
                .expect("its versions");
        let said: Vec<_> = history
            .iter()
            .map(|version| {
                (
                    version.value,
                    version.superseded_at.map(|at| at.to_rfc3339()),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                (36.0, Some("2026-12-01T10:00:00+00:00".to_owned())),
                (37.0, None)
            ],
            "{}",
            database.kind()
        );
    })
    .await;
}

#[tokio::test]
async fn rows_left_out_stay() {
    let database = testkit::empty().await;
    let folder = Folder::shipped(false);
    folder.import(&database.store).await.expect("taken");
    let before = in_force(&database.store).await.expect("read back");
    folder.remove("agreement_axes.csv").remove("sites.csv");
    let events = folder.read("events.csv");
    folder.write(
        "events.csv",
        events.lines().take(3).collect::<Vec<_>>().join("\n"),
    );
    let report = folder.import(&database.store).await.expect("taken again");
    assert!(report.is_unchanged(), "{report}");
    assert_eq!(report.file("events").expect("a file").tally.kept, 7);
    let after = in_force(&database.store).await.expect("read back");
    assert_eq!(after.agreements, before.agreements);
    assert_eq!((after.sites, after.events), (before.sites, before.events));
}

#[tokio::test]
async fn an_axis_alone_is_added_to_its_agreement() {
    let database = testkit::empty().await;
    Folder::shipped(false)
        .import(&database.store)
        .await
        .expect("taken");
    let folder = Folder::empty();
    folder.write(
        "agreement_axes.csv",
        "agreement_key,ordinal,title_fr,title_en,description_fr,source_key\nmemorandum_cri_apebi,4,Formation,Training,,journaleco_2020\n",
    );
    let report = folder.import(&database.store).await.expect("taken");
    let axes = report.file("agreement_axes").expect("a file").tally;
    assert_eq!((axes.new, axes.kept), (1, 3));
    let stored = in_force(&database.store).await.expect("read back");
    let agreement = stored
        .agreements
        .iter()
        .find(|agreement| agreement.key == "memorandum_cri_apebi")
        .expect("it stays");
    let titles: Vec<_> = agreement
        .axes
        .iter()
        .map(|axis| (axis.ordinal, axis.title_en.as_str()))
        .collect();
    assert_eq!(titles[3], (4, "Training"));
    assert_eq!((titles.len(), agreement.parties.len()), (4, 2));
}

#[tokio::test]
async fn keys_of_the_database_can_be_named_by_a_file_alone() {
    let database = testkit::empty().await;
    Folder::shipped(false)
        .import(&database.store)
        .await
        .expect("taken");
    let folder = Folder::empty();
    let header = "key,indicator_key,territory_code,activity,subject_kind,subject_key,period,period_basis,value,qualifier,scope,producer_key,source_key,note";
    folder.write(
        "observations.csv",
        format!("{header}\ncall_centres.03.231.2024.new,call_centres,03.231,call_centre,,,2024,stated,41,at_least,,,journaleco_2020,\n"),
    );
    let report = folder.import(&database.store).await.expect("taken");
    assert_eq!(report.file("observations").expect("a file").tally.new, 1);
}

#[tokio::test]
async fn a_tree_can_be_planted_in_any_order_and_moved() {
    let database = testkit::empty().await;
    let folder = Folder::shipped(false);
    let text = folder.read("territories.csv");
    let mut rows: Vec<&str> = text.lines().skip(1).collect();
    rows.reverse();
    folder.write(
        "territories.csv",
        format!(
            "{}\n{}\n",
            text.lines().next().unwrap_or_default(),
            rows.join("\n")
        ),
    );
    let report = folder.import(&database.store).await.expect("taken");
    assert_eq!(report.file("territories").expect("a file").tally.new, 1_640);
    folder.replace("activities.csv", "call_centre,CRM,", "call_centre,BPO,");
    let report = folder.import(&database.store).await.expect("moved");
    assert_eq!(report.file("activities").expect("a file").tally.changed, 1);
}
