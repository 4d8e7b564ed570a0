//! What strangers ask, as requests: members, what companies offer, the park of a city, two quantities, schools, names of staff.

use serde_json::{Value, json};

use crate::fake::{Fake, ask, now, operation};
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
