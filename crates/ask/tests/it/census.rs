//! Classes of the census said in several words, and what is no class of it.

use crate::fake::operation;

#[test]
fn sizes_years_and_ages_are_found_wherever_their_words_stand() {
    for (question, indicator) in [
        (
            "combien d'entreprises créées entre 2011 et 2019 à Fès",
            "hcp_businesses_founded_2011_2019",
        ),
        (
            "businesses founded in 2020 or later in Tangier",
            "hcp_businesses_founded_2020_plus",
        ),
        (
            "كم عدد المقاولات التي تأسست بين 2001 و2010 بفاس؟",
            "hcp_businesses_founded_2001_2010",
        ),
        (
            "entreprises de plus de 50 salariés à Casablanca",
            "hcp_businesses_size_50_plus",
        ),
        (
            "entreprises de 10 à 49 personnes à Taza",
            "hcp_businesses_size_10_49",
        ),
        ("les 20-24 ans à Meknès", "hcp_share_age_20_24"),
        (
            "part de la population de 15 à 19 ans à Fès",
            "hcp_share_age_15_19",
        ),
    ] {
        let found = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(found.variables["indicator"], indicator, "{question}");
    }
}

#[test]
fn what_the_census_does_not_tell_apart_is_not_asked_of_its_neighbour() {
    for question in [
        "part des 18-25 ans à Fès",
        "entreprises de 30 à 60 salariés à Fès",
        "combien d'entreprises créées en 2015 à Fès",
        "combien d'entreprises créées entre 2012 et 2016 à Fès",
    ] {
        let asked = operation(question);
        assert!(asked.is_none(), "{question}: {asked:?}");
    }
}

#[test]
fn a_name_does_not_go_over_a_comma() {
    let found = operation("taux de chômage : Fès, Meknès ou Casablanca ?").expect("an operation");
    assert_eq!(
        (
            &found.variables["territory"],
            &found.variables["territory2"],
            &found.variables["territory3"]
        ),
        (&"03.231".into(), &"03.061".into(), &"06.141".into()),
        "{}",
        found.variables
    );
}

#[test]
fn two_segments_are_set_side_by_side() {
    let found =
        operation("compare ITO et CRM pour les exportations en 2024").expect("an operation");
    assert_eq!(
        (&found.variables["activity"], &found.variables["activity2"]),
        (&"ITO".into(), &"CRM".into()),
        "{}",
        found.variables
    );
}
