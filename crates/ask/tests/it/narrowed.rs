//! Lists narrowed by what their records say of themselves: who takes part, when, in what, between two numbers, and the rest of a long one.

use ask::{AnswerStatus, QuestionKind};
use serde_json::json;

use crate::fake::{ask, ask_after, operation};

#[test]
fn two_numbers_bound_what_is_chosen_in_all_five_forms() {
    for question in [
        "Quelles communes de la région comptent entre 50 000 et 100 000 habitants ?",
        "which communes of Taounate have from 10,000 to 15,000 people?",
        "ما هي الجماعات التي يتراوح عدد سكانها بين 20 ألف و30 ألف نسمة بإقليم تاونات؟",
        "شنو هما الجماعات لي فيهم بين 50 ألف و 100 ألف ديال السكان ف الجهة؟",
        "3tini les communes li fihom bin 10000 w 20000 habitant f i9lim sefrou",
        "Which parks have an area between 50 and 200 hectares?",
        "Quelles entreprises emploient entre 500 et 1000 personnes à Fès ?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "ChosenBetween", "{question}");
        let end = |list: &str| asked.variables.pointer(&format!("/{list}/1/direction"));
        assert_eq!(end("highest"), Some(&json!("DESC")), "{question}");
        assert_eq!(end("lowest"), Some(&json!("ASC")), "{question}");
    }
    let trend = operation("Centres d'appels à Fès entre 2009 et 2019").expect("a trend");
    assert_eq!(trend.name, "Figure");
}

#[test]
fn numbers_are_taken_as_they_are_written() {
    for (question, indicator, bound) in [
        (
            "provinces with unemployment between 10 and 15 percent",
            "hcp_unemployment_rate",
            None,
        ),
        (
            "Quels parcs ont plus de 5000 salariés ?",
            "park_jobs",
            Some(5000),
        ),
        (
            "ina parcat li fihom ktar mn 5000 khdam?",
            "park_jobs",
            Some(5000),
        ),
        (
            "شنا هوما الپاركات لي فيهم كتر من 5000 خدام؟",
            "park_jobs",
            Some(5000),
        ),
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        let of = asked.variables.pointer("/filter/indicator/eq");
        assert_eq!(of, Some(&json!(indicator)), "{question}");
        let name = if bound.is_none() {
            "ChosenBetween"
        } else {
            "Chosen"
        };
        assert_eq!(asked.name, name, "{question}");
    }
}

#[tokio::test]
async fn a_range_keeps_both_its_ends_out_of_what_lies_beyond() {
    let answer = ask("which provinces have between 200,000 and 400,000 people?").await;
    let values: Vec<f64> = answer.figures.iter().map(|f| f.value).collect();
    assert_eq!(values, [1.0, 304_748.0], "{}", answer.text);
    let more = ask_after(
        "and between 100,000 and 200,000?",
        Some(&answer.conversation),
    )
    .await;
    assert_eq!(more.items.len(), 1, "{}", more.text);
    assert_eq!(more.items[0].key, "03.271");
}

#[tokio::test]
async fn millions_said_once_are_of_both_ends() {
    for (question, from) in [
        (
            "which provinces have between 1 and 2 million people?",
            "1,000,000",
        ),
        (
            "which communes have between 5 and 20 thousand people?",
            "5,000",
        ),
        (
            "which communes have between 500 and 2 thousand people?",
            "500 ",
        ),
    ] {
        let answer = ask(question).await;
        let understood = format!("{:?} {}", answer.understood, answer.text);
        assert!(understood.contains(from), "{question}: {understood}");
    }
}

#[test]
fn an_agreement_between_two_has_both_among_its_parties() {
    for question in [
        "wach kayna chi ittifa9iya bin l apebi w cri?",
        "هل توجد اتفاقية بين ألتن والمدرسة الوطنية العليا للفنون والمهن بمكناس؟",
        "Quelles conventions la région a-t-elle signées avec MEDZ ?",
        "واش كاينة شي اتفاقية بين الجهة و ألتن؟",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Agreements", "{question}");
        let parties = asked.variables.pointer("/filter/and");
        let count = parties.and_then(|both| both.as_array()).map(Vec::len);
        assert_eq!(count, Some(2), "{question}: {}", asked.variables);
    }
}

#[test]
fn an_organisation_carries_a_project_or_takes_part_in_it() {
    let filter = |question: &str| {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Projects", "{question}");
        asked.variables["filter"]["and"][0].clone()
    };
    assert_eq!(
        filter("Dans quels projets l'UEMF est-elle partenaire ?"),
        json!({ "partner": "uemf" })
    );
    assert_eq!(
        filter("Quels projets sont portés par l'UEMF ?"),
        json!({ "owner": { "in": ["uemf"] } })
    );
    assert_eq!(
        filter("les projets de l'UEMF"),
        json!({ "or": [{ "partner": "uemf" }, { "owner": { "in": ["uemf"] } }] })
    );
}

#[tokio::test]
async fn records_are_of_the_time_that_is_asked_for() {
    let then = ask("Which projects started in 2022?").await;
    assert_eq!(then.items.len(), 1, "{}", then.text);
    let never = ask("Which projects started in 2019?").await;
    assert_eq!(never.status, AnswerStatus::NoData, "{}", never.text);
    let signed = ask("Which agreements were signed after 2019?").await;
    assert_eq!(signed.items.len(), 1, "{}", signed.text);
    let none = ask("Which agreements were signed after 2021?").await;
    assert_eq!(none.status, AnswerStatus::NoData, "{}", none.text);
}

#[test]
fn a_phase_of_a_project_is_found_by_its_number() {
    for (question, key) in [
        (
            "Où en est la deuxième phase de la Fez Smart Factory ?",
            "fez_smart_factory_phase2",
        ),
        (
            "What is the status of the third tranche of Fès Shore?",
            "fes_shore_tranche3",
        ),
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        let found = asked.variables.pointer("/filter/key/eq");
        assert_eq!(found, Some(&json!(key)), "{question}");
    }
    assert!(operation("Où en est la septième phase de Fez Smart Factory ?").is_none());
}

#[tokio::test]
async fn the_second_phase_follows_the_project_spoken_of() {
    let project = ask("Où en est Fez Smart Factory ?").await;
    let phase = ask_after("Et la deuxième phase ?", Some(&project.conversation)).await;
    let asked = phase.operation.expect("an operation");
    assert_eq!(
        asked.variables.pointer("/filter/key/eq"),
        Some(&json!("fez_smart_factory_phase2"))
    );
}

#[tokio::test]
async fn the_rest_of_a_list_is_told_when_asked_for() {
    let first = ask("Quelles sont les communes de la province de Taounate ?").await;
    assert!(first.text.contains("la suite"), "{}", first.text);
    let rest = ask_after("la suite", Some(&first.conversation)).await;
    assert_eq!(rest.kind, QuestionKind::List);
    assert!(rest.text.contains("commune 16"), "{}", rest.text);
    assert!(!rest.text.contains("commune 15\n"), "{}", rest.text);
    let over = ask_after("la suite", Some(&rest.conversation)).await;
    assert_eq!(over.status, AnswerStatus::NoData, "{}", over.text);
    let nothing = ask("la suite").await;
    assert_eq!(nothing.status, AnswerStatus::Clarification);
}

#[test]
fn programmes_are_chosen_by_what_they_teach() {
    for question in [
        "Quelle université forme des ingénieurs en intelligence artificielle ?",
        "Which schools train developers in Fez?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Training", "{question}");
    }
}

#[test]
fn records_have_no_course_and_no_state_that_none_has() {
    for question in [
        "Which companies changed their name, like Webhelp?",
        "ما هي المشاريع المتوقفة في الجهة؟",
        "ch7al d lma9ahi kaynin f meknes?",
        "Which parks were there in 2010?",
        "quel est le PIB du Maroc ?",
        "How many trains run between Fez and Meknes?",
    ] {
        assert!(operation(question).is_none(), "{question}");
    }
}

#[test]
fn two_parks_are_compared_by_their_area_where_nothing_else_is_said() {
    for question in [
        "Fès Shore est-il plus grand que Casanearshore ?",
        "wach fes shore kber mn oujda shore?",
        "شكون كبر، كازانيرشور ولا تكنوبوليس؟",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.variables["indicator"], "park_area_ha", "{question}");
    }
}

#[tokio::test]
async fn a_list_goes_on_over_its_pages_to_the_end() {
    let mut answer = ask("list all communes of the country").await;
    assert!(answer.text.contains("230"), "{}", answer.text);
    let mut told = 15;
    while answer.text.contains("the rest") {
        answer = ask_after("the rest", Some(&answer.conversation)).await;
        assert_eq!(
            answer.status,
            AnswerStatus::Answered,
            "{told}: {}",
            answer.text
        );
        let next = format!("commune {}", told + 1);
        assert!(answer.text.contains(&next), "{told}: {}", answer.text);
        told += 15;
    }
    assert!(answer.text.ends_with("commune 230"), "{}", answer.text);
    assert_eq!(answer.items.len(), 5);
    // The operation given with it is of the page that its lines stand on.
    let operation = answer.operation.expect("an operation");
    assert_eq!(operation.variables["after"], json!("200"));
}
