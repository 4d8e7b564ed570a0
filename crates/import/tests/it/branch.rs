//! Memberships and capability profiles are taken with what they refer to, or refused by column.

use entity::{Capability, Sector};
use import::Problem;
use store::load::in_force;

use crate::folder::Folder;

#[tokio::test]
async fn members_and_profiles_are_taken_and_taken_again() {
    testkit::each_empty_database(async |database| {
        let folder = Folder::shipped(false);
        folder.append(
            "memberships.csv",
            "apebi.cgi,cgi,apebi,2019,2024-06,journaleco_2020",
        );
        folder.append(
            "profiles.csv",
            "cgi,cybersecurity|training,leather|finance,fr|ar|zgh,ISO 27001|ISO 9001,journaleco_2020",
        );
        folder.import(&database.store).await.expect("taken");
        let stored = in_force(&database.store).await.expect("read back");
        let profile = &stored.profiles[0];
        assert_eq!(profile.key, "profile.cgi");
        assert_eq!(
            profile.offers,
            [Capability::Cybersecurity, Capability::Training]
        );
        assert_eq!(profile.sectors, [Sector::Leather, Sector::Finance]);
        assert_eq!(profile.languages, ["fr", "ar", "zgh"]);
        assert_eq!(stored.memberships[0].federation, "apebi");
        let again = folder.import(&database.store).await.expect("taken again");
        assert!(again.is_unchanged(), "{again}");
        // The database knows that APEBI is a federation when the file of organisations is left out.
        let alone = Folder::with(&["memberships"]);
        alone.append(
            "memberships.csv",
            "apebi.alten,alten_maroc,apebi,,,journaleco_2020",
        );
        alone.import(&database.store).await.expect("taken alone");
        let stored = in_force(&database.store).await.expect("read back");
        assert_eq!(stored.memberships.len(), 2, "{}", database.kind());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_column() {
    let database = testkit::empty().await;
    let long = format!("cgi,,,,{},journaleco_2020", "x".repeat(121));
    let many = format!(
        "cgi,,,,{},journaleco_2020",
        (0..21).map(|n| n.to_string()).collect::<Vec<_>>().join("|")
    );
    for (file, row, column, reason) in [
        (
            "memberships.csv",
            "m,cgi,foundever,,,journaleco_2020",
            "federation_key",
            "is not a federation",
        ),
        (
            "memberships.csv",
            "m,apebi,apebi,,,journaleco_2020",
            "federation_key",
            "itself",
        ),
        (
            "memberships.csv",
            "m,cgi,nobody,,,journaleco_2020",
            "federation_key",
            "unknown",
        ),
        (
            "memberships.csv",
            "m,cgi,apebi,2020,2019,journaleco_2020",
            "until",
            "lies before 2020",
        ),
        (
            "memberships.csv",
            "m,cgi,apebi,,,",
            "source_key",
            "a fact needs its source",
        ),
        (
            "profiles.csv",
            "nobody,,,,,journaleco_2020",
            "organisation_key",
            "unknown",
        ),
        (
            "profiles.csv",
            "cgi,magic,,,,journaleco_2020",
            "offers",
            "is not a capability",
        ),
        (
            "profiles.csv",
            "cgi,,tanning,,,journaleco_2020",
            "sectors",
            "is not a sector",
        ),
        (
            "profiles.csv",
            "cgi,,,FR,,journaleco_2020",
            "languages",
            "ISO 639-1",
        ),
        (
            "profiles.csv",
            long.as_str(),
            "certifications",
            "longer than 120",
        ),
        (
            "profiles.csv",
            many.as_str(),
            "certifications",
            "more than 20",
        ),
        (
            "profiles.csv",
            "cgi,training,,,,journaleco_2020\ncgi,consulting,,,,journaleco_2020",
            "organisation_key",
            "another row already",
        ),
    ] {
        let folder = Folder::shipped(false);
        folder.append(file, row);
        let problems = folder.refusal(&database.store).await;
        let named = |problem: &&Problem| {
            problem.file == file
                && problem.column.as_deref() == Some(column)
                && problem.reason.contains(reason)
        };
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(
            problems.iter().any(|problem| named(&problem)),
            "{row} should say {reason:?}, says {said:#?}"
        );
    }
}
