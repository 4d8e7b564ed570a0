//! The whole way: sentence, operation, result, answer.

use ask::{AbstentionReason, AnswerStatus, FigureBasis, ItemKind, Locale, QuestionKind};

use crate::fake::ask;

#[tokio::test]
async fn a_count_is_told_with_producer_publisher_and_date() {
    let answer = ask("how many call centres in Fès?").await;
    assert_eq!(answer.status, AnswerStatus::Answered);
    assert_eq!(answer.kind, QuestionKind::Count);
    let headline = &answer.figures[0];
    assert_eq!(
        (headline.value, headline.period.as_deref()),
        (36.0, Some("2019"))
    );
    assert_eq!(headline.producer.as_deref(), Some("cri_fes_meknes"));
    let expected = "Latest known: 2019. 36 call centres (2019) in Fès (prefecture) — CRI Fès-Meknès, published by JournalEco in December 2020.";
    assert!(answer.text.starts_with(expected), "{}", answer.text);
    assert!(answer.sources.contains(&"source_2019".to_owned()));
}

#[tokio::test]
async fn the_directory_count_stands_apart_from_the_published_one() {
    let answer = ask("Combien de centres d'appels à Fès ?").await;
    let directory: Vec<f64> = answer
        .figures
        .iter()
        .filter(|f| f.basis == FigureBasis::Directory)
        .map(|f| f.value)
        .collect();
    assert_eq!(directory, [5.0, 3.0]);
    assert!(answer.text.contains("notre annuaire"), "{}", answer.text);
}

#[tokio::test]
async fn the_reply_follows_the_form_of_the_question() {
    let forms = [
        (
            "Combien de centres d'appels à Fès ?",
            Locale::Fr,
            "centres d'appels",
        ),
        ("How many call centres in Fès?", Locale::En, "call centres"),
        ("كم عدد مراكز الاتصال في فاس؟", Locale::Ar, "آخر رقم معروف"),
        (
            "شحال من سونطر دابيل كاين ف فاس؟",
            Locale::Ary,
            "سونطر دابيل",
        ),
        (
            "ch7al mn centre d'appel kayn f Fes?",
            Locale::Ary,
            "Akhir ra9m",
        ),
    ];
    for (question, locale, piece) in forms {
        let answer = ask(question).await;
        assert_eq!(
            (answer.locale, answer.figures[0].value),
            (locale, 36.0),
            "{question}"
        );
        assert!(answer.text.contains(piece), "{question}: {}", answer.text);
        let isolated = answer.text.contains('\u{2068}');
        assert_eq!(
            isolated,
            question.contains('؟'),
            "isolates are for Arabic script only: {question}"
        );
    }
}

#[tokio::test]
async fn every_number_of_the_text_is_a_figure_a_period_or_a_date() {
    for question in [
        "how many call centres in Fès?",
        "Combien d'emplois dans les centres d'appels à Fès ?",
        "كم عدد مراكز الاتصال في فاس؟",
        "Is the number of call centres in Fès falling?",
        "Est-ce vrai qu'il y a 36 centres d'appels à Fès ?",
        "ch7al mn centre d'appel kayn f Fes?",
        "Où en est Fez Smart Factory ?",
        "Liste des opérateurs à Fès",
    ] {
        let answer = ask(question).await;
        assert_eq!(
            answer.status,
            AnswerStatus::Answered,
            "{question}: {}",
            answer.text
        );
        for number in numbers(&answer.text) {
            let is_year = (1900.0..=2100.0).contains(&number) && number.fract() == 0.0;
            let stated = answer
                .figures
                .iter()
                .any(|f| f.value == number || f.value_max == Some(number));
            assert!(
                stated || is_year,
                "{question}: {number} of «{}» is no figure",
                answer.text
            );
        }
    }
}

#[tokio::test]
async fn a_stated_number_is_checked() {
    let answer = ask("Est-ce vrai qu'il y a 36 centres d'appels à Fès ?").await;
    assert_eq!(answer.kind, QuestionKind::Verification);
    assert!(answer.text.contains("Oui."), "{}", answer.text);
    let answer = ask("Is it true there are 30 call centres in Fès?").await;
    assert!(
        answer.text.contains("That was the figure of 2017"),
        "{}",
        answer.text
    );
    let answer = ask("plus de quarante centres d'appels à Fès ?").await;
    assert!(answer.text.contains("Non"), "{}", answer.text);
}

#[tokio::test]
async fn another_year_is_asked_by_its_period() {
    let answer = ask("How many call centres in Fès in 2009?").await;
    assert_eq!(answer.figures[0].value, 22.0);
    assert!(!answer.text.contains("Latest known"), "{}", answer.text);
}

#[tokio::test]
async fn what_is_not_published_is_not_answered_and_the_nearest_is_only_suggested() {
    let answer = ask("How many call centres in Fès in 2012?").await;
    assert_eq!(
        (answer.status, answer.reason),
        (AnswerStatus::NoData, Some(AbstentionReason::NoObservation))
    );
    assert!(answer.figures.is_empty());
    assert!(
        answer.suggestions.iter().any(|s| s.contains("2019")),
        "{:?}",
        answer.suggestions
    );
}

#[tokio::test]
async fn a_trend_has_every_known_period_and_no_change_across_producers() {
    let answer = ask("Évolution du nombre de centres d'appels à Fès").await;
    assert_eq!(answer.kind, QuestionKind::Trend);
    let values: Vec<f64> = answer.figures.iter().map(|f| f.value).collect();
    assert_eq!(values, [22.0, 30.0, 36.0]);
    let chart = answer.chart.expect("something to draw");
    assert_eq!(
        chart.series.iter().map(|s| s.points.len()).sum::<usize>(),
        3
    );
}

#[tokio::test]
async fn the_three_axes_are_listed_in_order() {
    let answer = ask("Quels sont les trois axes ?").await;
    assert_eq!(answer.kind, QuestionKind::Contents);
    let axes: Vec<&str> = answer
        .items
        .iter()
        .filter(|i| i.kind == ItemKind::Axis)
        .map(|i| i.key.as_str())
        .collect();
    assert_eq!(
        axes,
        [
            "memorandum_cri_apebi.1",
            "memorandum_cri_apebi.2",
            "memorandum_cri_apebi.3"
        ]
    );
}

#[tokio::test]
async fn a_status_has_its_date_and_its_source() {
    let answer = ask("What's the status of Fez Smart Factory?").await;
    assert_eq!(answer.kind, QuestionKind::Status);
    assert!(
        answer
            .text
            .contains("first phase delivered (as of 2025). The record of the project is from JournalEco, December 2020, published before this state."),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn targets_are_called_targets() {
    let answer = ask("Objectif d'emplois offshoring au Maroc en 2030").await;
    assert_eq!(answer.status, AnswerStatus::Answered, "{}", answer.text);
    assert_eq!(answer.figures[0].qualifier, ask::Qualifier::Target);
    assert!(answer.text.contains("objectif"), "{}", answer.text);
}

#[tokio::test]
async fn nobody_is_named_as_head_of_a_body() {
    let answer = ask("Qui dirige le CRI Fès-Meknès ?").await;
    assert_eq!(
        (answer.status, answer.kind),
        (AnswerStatus::NoData, QuestionKind::Who)
    );
}

#[tokio::test]
async fn a_correction_is_said() {
    let answer = ask("combien de centres d'appels à Meknnes").await;
    assert!(
        answer.text.contains("« Meknnes » lu « Meknès »"),
        "{}",
        answer.text
    );
}

/// Numbers as the replies write them: groups of three, a decimal comma or point.
fn numbers(text: &str) -> Vec<f64> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{202F}' | '\u{A0}'))
        .collect();
    let english = plain.contains("published by");
    // Digits inside a word of Darija ("ra9m") are letters.
    plain
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, ',' | '.')))
        .map(|piece| piece.trim_matches([',', '.']))
        .filter(|piece| {
            piece
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        })
        .filter(|piece| piece.chars().any(|c| c.is_ascii_digit()))
        .map(|piece| {
            if english {
                piece.replace(',', "")
            } else {
                piece.replace(',', ".")
            }
        })
        .filter_map(|piece| piece.parse().ok())
        .collect()
}
