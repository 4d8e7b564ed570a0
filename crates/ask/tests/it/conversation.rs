//! Follow-ups: the token carries the last frame, for ten minutes, and nothing that was written.

use ask::{Answer, AnswerStatus, Question, QuestionKind, answer};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;

use crate::fake::{Fake, ask, ask_after, now};
use crate::names::LEXICON;

#[tokio::test]
async fn another_place_or_year_keeps_the_rest_of_the_question() {
    for (first, second, value) in [
        (
            "Combien d'emplois dans les centres d'appels à Fès ?",
            "et en 2017 ?",
            5000.0,
        ),
        ("how many call centres in Fès?", "and in 2009?", 22.0),
        ("ch7al mn centre d'appel kayn f Fes?", "w f 2009?", 22.0),
        ("كم عدد مراكز الاتصال في فاس؟", "وسنة 2009؟", 22.0),
    ] {
        let before = ask(first).await;
        let after = ask_after(second, Some(&before.conversation)).await;
        assert_eq!(
            after.figures.first().map(|f| f.value),
            Some(value),
            "{second}: {}",
            after.text
        );
        assert!(!after.carried.is_empty(), "{second}");
    }
}

#[tokio::test]
async fn a_place_without_figures_is_said_to_have_none() {
    let before = ask("Combien de centres d'appels à Fès ?").await;
    let after = ask_after("Et à Meknès ?", Some(&before.conversation)).await;
    assert_eq!(
        (after.status, after.kind),
        (AnswerStatus::NoData, QuestionKind::Count)
    );
}

#[tokio::test]
async fn which_ones_lists_the_records_behind_a_count() {
    let before = ask("how many call centres in Fès?").await;
    let after = ask_after("which ones?", Some(&before.conversation)).await;
    assert_eq!(after.kind, QuestionKind::List);
    assert_eq!(after.items.len(), 2);
}

#[tokio::test]
async fn where_a_figure_comes_from_can_be_asked_of_the_last_one() {
    let before = ask("Combien de centres d'appels à Fès ?").await;
    let after = ask_after("D'où vient ce chiffre ?", Some(&before.conversation)).await;
    assert_eq!(
        (after.kind, after.figures[0].value),
        (QuestionKind::Source, 36.0)
    );
}

#[tokio::test]
async fn two_years_spoken_of_are_set_side_by_side() {
    for (first, second, third) in [
        (
            "how many call centres in Fès?",
            "and in 2009?",
            "what is the difference between the two?",
        ),
        (
            "Combien de centres d'appels à Fès ?",
            "et en 2009 ?",
            "soit quelle évolution ?",
        ),
        (
            "كم عدد مراكز الاتصال في فاس؟",
            "وسنة 2009؟",
            "كم الفرق بينهما؟",
        ),
        (
            "شحال من سونطر دابيل كاين ف فاس؟",
            "و ف 2009؟",
            "بشحال تزادو؟",
        ),
        (
            "ch7al mn centre d'appel kayn f Fes?",
            "w f 2009?",
            "ch7al lfar9 binathom?",
        ),
    ] {
        let one = ask(first).await;
        let two = ask_after(second, Some(&one.conversation)).await;
        let three = ask_after(third, Some(&two.conversation)).await;
        assert_eq!(three.kind, QuestionKind::Trend, "{third}: {}", three.text);
        let values: Vec<f64> = three.figures.iter().map(|f| f.value).collect();
        assert!(
            values.contains(&22.0) && values.contains(&36.0),
            "{third}: {values:?}"
        );
    }
}

#[test]
fn two_places_spoken_of_are_set_side_by_side() {
    for turns in [
        [
            "unemployment rate in Taza province",
            "and in Boulemane province?",
            "what's the gap between the two?",
        ],
        [
            "taux de chômage de la province de Taza",
            "et la province de Boulemane ?",
            "laquelle a le plus élevé ?",
        ],
        [
            "معدل البطالة في إقليم تازة",
            "وإقليم بولمان؟",
            "أيهما أعلى؟",
        ],
        [
            "شحال البطالة ف إقليم تازة؟",
            "و ف إقليم بولمان؟",
            "شحال الفرق بيناتهم؟",
        ],
        [
            "ch7al lbitala f iqlim taza?",
            "w f iqlim boulemane?",
            "ch7al lfar9 binathom?",
        ],
    ] {
        let (_, variables) = last(&turns);
        assert_eq!(
            (&variables["territory"], &variables["territory2"]),
            (&"03.561".into(), &"03.131".into()),
            "{turns:?}: {variables}"
        );
    }
}

#[tokio::test]
async fn the_year_before_is_counted_from_the_one_spoken_of() {
    for (first, second) in [
        ("how many call centres in Fès?", "and two years before?"),
        (
            "Combien de centres d'appels à Fès ?",
            "et deux ans plus tôt ?",
        ),
        (
            "Combien de centres d'appels à Fès en 2018 ?",
            "et l'année d'avant ?",
        ),
        ("كم عدد مراكز الاتصال في فاس سنة 2018؟", "والسنة التي قبلها؟"),
        (
            "شحال من سونطر دابيل كان ف فاس ف 2018؟",
            "و العام اللي قبلو؟",
        ),
        (
            "ch7al mn centre d'appel kan f Fes f 2018?",
            "w l3am li 9bel?",
        ),
        (
            "how many call centres in Fès in 2016?",
            "and the year after?",
        ),
    ] {
        let before = ask(first).await;
        let after = ask_after(second, Some(&before.conversation)).await;
        assert_eq!(
            after.figures.first().map(|f| f.value),
            Some(30.0),
            "{second}: {}",
            after.text
        );
    }
    // Of no year, nothing is counted.
    let cold = ask("and the year before?").await;
    assert_ne!(cold.status, AnswerStatus::Answered, "{}", cold.text);
}

#[tokio::test]
async fn a_frame_is_forgotten_after_ten_minutes() {
    let before = ask("Combien de centres d'appels à Fès ?").await;
    let later = |minutes: i64| {
        let token = before.conversation.clone();
        async move {
            let question = Question {
                text: "Et en 2017 ?",
                locale: None,
                conversation: Some(&token),
                location: None,
            };
            answer(
                &LEXICON,
                &question,
                now() + Duration::minutes(minutes),
                &Fake,
            )
            .await
            .expect("answers")
        }
    };
    assert_eq!(later(9).await.status, AnswerStatus::Answered);
    assert_eq!(later(11).await.status, AnswerStatus::Clarification);
}

#[tokio::test]
async fn the_token_is_small_opaque_and_holds_no_word_of_the_message() {
    let answer = ask("Combien de centres d'appels à Fès, svp merci ?").await;
    assert!(!answer.conversation.is_empty() && answer.conversation.len() <= 512);
    let bytes = URL_SAFE_NO_PAD
        .decode(&answer.conversation)
        .expect("base64");
    let inside = String::from_utf8_lossy(&bytes);
    assert!(
        !inside.contains("svp") && !inside.contains("Combien"),
        "{inside}"
    );
}

#[tokio::test]
async fn a_damaged_or_invented_token_is_ignored() {
    let good = ask("Combien de centres d'appels à Fès ?")
        .await
        .conversation;
    let mut flipped = good.clone().into_bytes();
    flipped[20] = if flipped[20] == b'A' { b'B' } else { b'A' };
    let flipped = String::from_utf8(flipped).expect("ascii");
    let long = "A".repeat(5_000);
    for token in [
        "",
        "x",
        "not base64 at all ££",
        "eyJrIjoiQ09VTlQifQ",
        &flipped,
        &long,
    ] {
        let answer: Answer = ask_after("Et en 2017 ?", Some(token)).await;
        assert_eq!(answer.status, AnswerStatus::Clarification, "{token:.20}");
    }
}

#[tokio::test]
async fn the_third_time_in_a_row_the_first_reading_is_taken() {
    let question = "Combien d'emplois à Fès ?";
    let mut token: Option<String> = None;
    for _ in 0..2 {
        let back = ask_after(question, token.as_deref()).await;
        assert_eq!(back.status, AnswerStatus::Clarification, "{}", back.text);
        token = Some(back.conversation);
    }
    let taken = ask_after(question, token.as_deref()).await;
    assert_ne!(taken.status, AnswerStatus::Clarification, "{}", taken.text);
    let fresh = ask_after(question, Some(&taken.conversation)).await;
    assert_eq!(fresh.status, AnswerStatus::Clarification, "{}", fresh.text);
}

/// The last operation of a conversation: its name and variables.
fn last(turns: &[&str]) -> (String, serde_json::Value) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let answer = runtime.block_on(async {
        let mut token = None;
        let mut answer = None;
        for turn in turns {
            let next = ask_after(turn, token.as_deref()).await;
            token = Some(next.conversation.clone());
            answer = Some(next);
        }
        answer.expect("a turn")
    });
    let operation = answer
        .operation
        .unwrap_or_else(|| panic!("{turns:?}: {}", answer.text));
    (operation.name, operation.variables)
}

#[test]
fn what_is_said_instead_takes_the_place_of_its_kind() {
    for (turns, pointer, value) in [
        (
            &["population de la province de Sefrou", "non, la commune"][..],
            "/territory",
            "03.451.01.09",
        ),
        (
            &["population de la province de Sefrou", "et la commune ?"],
            "/territory",
            "03.451.01.09",
        ),
        (
            &["Combien de commerces à Taza ?", "et dans la construction ?"],
            "/indicator",
            "hcp_businesses_construction",
        ),
        (
            &[
                "how many businesses are there in Tangier, census",
                "how many in industry?",
            ],
            "/indicator",
            "hcp_businesses_industry",
        ),
        (
            &[
                "how many people in Fez can read and write French",
                "and English?",
            ],
            "/indicator",
            "hcp_reads_writes_english",
        ),
        (
            &[
                "how many call centres in Fès in 2009?",
                "and how many jobs that year?",
            ],
            "/period",
            "2009",
        ),
        (
            &[
                "Who operates Tétouan Shore?",
                "how much office space does it have?",
            ],
            "/subject/key",
            "tetouan_shore",
        ),
        (
            &["Quels opérateurs français à Fès ?", "et canadiens ?"],
            "/operators/countryOfOrigin/eq",
            "CA",
        ),
        (
            &[
                "combien d'emplois dans l'offshoring au Maroc ?",
                "et l'objectif pour 2030 ?",
            ],
            "/filter/period/eq",
            "2030",
        ),
    ] {
        let (_, variables) = last(turns);
        assert_eq!(
            variables.pointer(pointer).and_then(|v| v.as_str()),
            Some(value),
            "{turns:?}: {variables}"
        );
    }
}

#[test]
fn another_question_about_the_same_record_changes_the_kind_only() {
    for (turns, kind) in [
        (
            ["superficie de Fès Shore ?", "et ouvert quand ?"],
            QuestionKind::When,
        ),
        (
            ["Où en est Fez Smart Factory ?", "qui le porte ?"],
            QuestionKind::Who,
        ),
        (
            [
                "When was the CRI-APEBI memorandum signed?",
                "and who signed it?",
            ],
            QuestionKind::Who,
        ),
    ] {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let answer = runtime.block_on(async {
            let first = ask(turns[0]).await;
            ask_after(turns[1], Some(&first.conversation)).await
        });
        assert_eq!(answer.kind, kind, "{turns:?}: {}", answer.text);
    }
}

#[test]
fn which_of_them_are_there_keeps_what_they_were_chosen_by() {
    let (name, variables) = last(&[
        "Quels sont les parcs de plus de 100 hectares ?",
        "lesquels sont à Meknès ?",
    ]);
    assert_eq!(
        (name.as_str(), &variables["filter"]["territory"]["within"]),
        ("Chosen", &"03.061".into()),
        "{variables}"
    );
}

#[test]
fn a_name_that_several_communes_bear_is_the_one_in_the_province_named_next() {
    let (_, variables) = last(&["sokan d ajdir?", "dyal taza"]);
    let code = variables["territory"].as_str().unwrap_or_default();
    assert!(code.starts_with("03.561."), "{variables}");
}

#[tokio::test]
async fn of_a_place_that_nothing_was_asked_about_nothing_is_continued() {
    let place = ask("Rabat ?").await;
    assert_eq!(place.status, AnswerStatus::Clarification);
    let other = ask_after("et au Maroc ?", Some(&place.conversation)).await;
    assert_eq!(other.status, AnswerStatus::Clarification, "{}", other.text);
}
