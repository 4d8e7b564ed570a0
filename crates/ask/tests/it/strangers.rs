//! What strangers ask, as requests: members, what companies offer, the park of a city, two quantities, schools, names of staff.

use serde_json::{Value, json};

use crate::fake::{Fake, ask, ask_after, now, operation};
use crate::names::LEXICON;

/// The variables of the operation that a question leads to, and its name.
fn asked(question: &str) -> (String, Value) {
    let operation = operation(question).unwrap_or_else(|| panic!("{question}: no operation"));
    (operation.name, operation.variables)
}

#[test]
fn members_of_a_federation_are_asked_by_their_membership() {
    for question in [
        "qui est membre de l'APEBI ?",
        "List the members of APEBI",
        "Quelles entreprises sont adhérentes de l'APEBI ?",
        "من هم أعضاء APEBI؟",
        "chkoun homa l3da dyal APEBI",
    ] {
        let (name, variables) = asked(question);
        assert_eq!(name, "Organisations", "{question}");
        assert_eq!(variables["filter"]["memberOf"], "apebi", "{question}");
    }
    let (_, variables) = asked("Is Alten a member of APEBI?");
    assert_eq!(variables["filter"]["memberOf"], "apebi");
    assert_eq!(
        variables["filter"]["key"],
        json!({ "in": ["alten", "alten_maroc"] })
    );
}

#[test]
fn what_companies_offer_is_asked_of_their_profiles() {
    for (question, capability) in [
        (
            "which companies offer cybersecurity in Fès?",
            "CYBERSECURITY",
        ),
        ("Qui fait du cloud à Fès ?", "CLOUD_HOSTING"),
    ] {
        let (name, variables) = asked(question);
        assert_eq!(name, "Organisations", "{question}");
        let filter = &variables["filter"];
        assert_eq!(
            filter["profile"],
            json!({ "offers": [capability] }),
            "{question}"
        );
        assert_eq!(
            filter["site"]["territory"],
            json!({ "within": "03.231" }),
            "{question}"
        );
    }
}

#[tokio::test]
async fn what_nobody_has_told_is_said_to_be_unknown() {
    for question in [
        "qui est membre de l'APEBI ?",
        "which companies offer cybersecurity in Fès?",
    ] {
        let answer = ask(question).await;
        assert_eq!(answer.status, ask::AnswerStatus::NoData, "{question}");
        assert!(!answer.suggestions.iter().any(|next| next == question));
    }
}

#[tokio::test]
async fn a_city_named_after_a_park_is_the_park_there() {
    let question = |text: &'static str, conversation| ask::Question {
        text,
        locale: None,
        conversation,
        location: None,
    };
    let first = "Fès Shore emploie combien de personnes ?";
    let before = ask::answer(&LEXICON, &question(first, None), now(), &Fake)
        .await
        .expect("the fake schema answers");
    for (next, park) in [
        ("et Casa ?", "casanearshore"),
        ("et à Rabat ?", "technopolis"),
    ] {
        let after = question(next, Some(before.conversation.as_str()));
        let operation = ask::operation(&LEXICON, &after, now()).expect("an operation");
        assert_eq!(operation.variables["subject"]["key"], park, "{next}");
    }
}

#[test]
fn people_of_a_company_are_its_staff() {
    let (_, variables) = asked("Cnexia, ils sont combien ?");
    assert_eq!(variables["indicator"], "company_headcount");
    // An age is no number of people, and the names of the staff are nobody's business.
    for question in [
        "population under 15 in Fez",
        "Give me a list of Foundever employees",
        "noms des salariés de Cnexia",
    ] {
        assert!(operation(question).is_none(), "{question}");
    }
}

#[test]
fn signatories_are_told_by_class() {
    for question in [
        "quels ministères ont signé la convention Alten ?",
        "which ministries signed the Alten agreement?",
        "ministères signataires de la convention Alten",
    ] {
        let (name, _) = asked(question);
        assert_eq!(name, "Agreements", "{question}");
    }
}

#[test]
fn schools_of_a_place_are_those_with_programmes_there() {
    let (name, variables) = asked("List the universities in Meknes");
    assert_eq!(name, "Training");
    assert_eq!(
        variables["filter"]["territory"],
        json!({ "within": "03.061" })
    );
    assert_eq!(
        variables["filter"]["organisation"],
        json!({ "kind": "UNIVERSITY" })
    );
}

#[test]
fn rents_of_two_cities_are_of_either() {
    let (_, variables) = asked("Écart de loyer entre Casablanca et Fès pour les bureaux ?");
    let either = json!([
        { "territory": { "within": "06.141" } },
        { "territory": { "within": "03.231" } },
    ]);
    assert_eq!(variables["filter"]["or"], either);
}

#[test]
fn the_largest_offshoring_parks_are_chosen_by_a_figure_of_offshoring() {
    let (_, variables) = asked("quels sont les plus grands parcs pour l'offshoring ?");
    assert_eq!(variables["some"], true);
    let (_, variables) = asked("plus grands parcs");
    assert_eq!(variables["some"], Value::Null);
}

#[tokio::test]
async fn french_that_is_read_with_its_cedilla_and_without() {
    let before = ask("Combien de centres d'appels à Fès ?").await;
    for next in [
        "tu tiens ça d'où ?",
        "tu tiens ca d'ou",
        "Cela vient d'où ?",
    ] {
        let after = ask_after(next, Some(&before.conversation)).await;
        assert_eq!(after.kind, ask::QuestionKind::Source, "{next}");
    }
}

#[test]
fn the_worst_is_the_highest_of_what_is_bad_and_the_lowest_of_what_is_good() {
    for (question, name) in [
        (
            "Which province of the region has the worst unemployment?",
            "Highest",
        ),
        (
            "Quelle province de la région a le pire taux de chômage ?",
            "Highest",
        ),
        (
            "Quelle province de la région a le meilleur taux de chômage ?",
            "Lowest",
        ),
        (
            "Quelle province de la région a le pire taux d'activité ?",
            "Lowest",
        ),
    ] {
        assert_eq!(asked(question).0, name, "{question}");
    }
    // What is best of companies or schools no record says.
    for question in [
        "Quel est le meilleur centre d'appels de Fès ?",
        "best employers in Fez",
        "Quelle est la meilleure université de la région ?",
    ] {
        assert!(operation(question).is_none(), "{question}");
    }
}

#[test]
fn a_size_is_an_area_of_parks_and_a_number_of_people_of_companies() {
    for (question, indicator) in [
        ("What is the size of Fès Shore?", "park_area_ha"),
        (
            "Quelle est la taille de Foundever à Fès ?",
            "company_headcount",
        ),
        (
            "How big is the population of Meknes?",
            "hcp_population_legal",
        ),
        (
            "How large is Concentrix's workforce in Morocco?",
            "company_headcount",
        ),
    ] {
        assert_eq!(asked(question).1["indicator"], indicator, "{question}");
    }
}

#[test]
fn what_a_whole_sector_has_is_a_company_s_own_beside_its_name() {
    let (_, variables) = asked("Combien de téléconseillers chez Foundever à Fès ?");
    assert_eq!(variables["indicator"], "company_headcount");
    let (name, variables) = asked("Which businesses does Fès Shore house?");
    assert_eq!(name, "Operators");
    assert_eq!(variables["sites"]["park"], json!({ "eq": "fes_shore" }));
}

#[test]
fn who_employs_most_is_asked_of_companies() {
    for question in [
        "Qui emploie le plus à Fès ?",
        "Who has the most staff in Fez?",
        "Biggest offshoring company in Fez",
    ] {
        let (name, variables) = asked(question);
        assert_eq!(name, "Highest", "{question}");
        assert_eq!(
            variables["filter"]["indicator"],
            json!({ "eq": "company_headcount" }),
            "{question}"
        );
    }
    // Of the companies of one park nobody has published it.
    assert!(operation("who employs the most people at fes shore").is_none());
}

#[test]
fn a_number_that_is_asked_for_by_name_is_not_a_list() {
    for question in [
        "Give me the number of call centres in Fez",
        "Show me the number of call centres in Fez",
        "Donnez-moi le nombre de centres d'appels à Fès",
    ] {
        assert_eq!(asked(question).1["indicator"], "call_centres", "{question}");
    }
}

#[test]
fn what_askers_say_they_are_is_not_asked_about() {
    for question in [
        "We are a French company looking to expand into Morocco. What is the unemployment rate in Meknes?",
        "Nous sommes une entreprise française qui cherche à s'implanter au Maroc. Quel est le taux de chômage à Meknès ?",
    ] {
        let (_, variables) = asked(question);
        assert_eq!(
            variables["indicator"], "hcp_unemployment_rate",
            "{question}"
        );
        assert_eq!(variables["territory"], "03.061", "{question}");
    }
}

#[tokio::test]
async fn after_its_source_a_figure_is_asked_of_another_company_in_the_same_place() {
    let before = ask("Combien de salariés chez Foundever à Fès ?").await;
    let source = ask_after("et qui le dit ?", Some(&before.conversation)).await;
    assert_eq!(source.kind, ask::QuestionKind::Source);
    let next = ask::Question {
        text: "et Alten alors ?",
        locale: None,
        conversation: Some(&source.conversation),
        location: None,
    };
    let operation = ask::operation(&LEXICON, &next, now()).expect("an operation");
    assert_eq!(operation.variables["indicator"], "company_headcount");
    assert_eq!(operation.variables["territory"], "03.231");
}

#[tokio::test]
async fn what_is_oldest_or_when_something_ends_is_not_what_is_largest_or_when_it_began() {
    for question in [
        "quel est le parc le plus ancien ?",
        "which park opened first?",
    ] {
        assert!(operation(question).is_none(), "{question}");
    }
    let end = ask("when will the Fès Shore extension be finished?").await;
    assert_eq!(end.kind, ask::QuestionKind::Status);
}

#[test]
fn foreign_companies_are_those_of_any_other_country() {
    for question in [
        "entreprises étrangères à Fès",
        "foreign companies in Fez",
        "شركات أجنبية في فاس",
        "شركات برانية ف فاس",
        "charikat ajnabiya f fes",
    ] {
        let (name, variables) = asked(question);
        assert_eq!(name, "Operators", "{question}");
        assert_eq!(
            variables["operators"]["countryOfOrigin"],
            json!({ "not": "MA", "isNull": false }),
            "{question}"
        );
    }
}

#[test]
fn a_place_is_ranked_inside_the_region_that_is_named() {
    for question in [
        "quel est le rang de Fès parmi les provinces de la région pour le chômage ?",
        "fin wasla fes f tartib dyal chomage m3a l3amalat d ljiha",
    ] {
        let (_, variables) = asked(question);
        let place = &variables["filter"]["territory"];
        assert_eq!(
            *place,
            json!({ "within": "03", "level": "PROVINCE" }),
            "{question}"
        );
    }
}

#[test]
fn a_name_takes_the_article_before_it() {
    let (_, variables) = asked("les projets portés par l'Université Euromed");
    assert_eq!(
        variables["filter"]["and"],
        json!([{ "owner": { "in": ["uemf"] } }])
    );
}
