//! "Communes of more than 100,000 people": records chosen by the value of a figure.

use ask::{AbstentionReason, AnswerStatus, FigureBasis, QuestionKind};
use serde_json::json;

use crate::fake::{ask, ask_after, operation};

#[test]
fn a_number_with_a_side_chooses_among_territories_in_all_five_forms() {
    for (question, level, order) in [
        ("communes de plus de 100 000 habitants", "COMMUNE", "DESC"),
        (
            "which provinces have fewer than 50,000 people?",
            "PROVINCE",
            "ASC",
        ),
        (
            "الأقاليم التي يتجاوز عدد سكانها مليون نسمة",
            "PROVINCE",
            "DESC",
        ),
        (
            "شنو هما الجماعات لي فيهم كتر من 100 ألف ديال السكان؟",
            "COMMUNE",
            "DESC",
        ),
        (
            "ina 9alim f jiha fihom l'chômage kter mn 25%?",
            "PROVINCE",
            "DESC",
        ),
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Chosen", "{question}");
        assert_eq!(
            asked.variables.pointer("/filter/territory/level"),
            Some(&json!(level)),
            "{question}"
        );
        assert_eq!(
            asked.variables.pointer("/orderBy/1/direction"),
            Some(&json!(order)),
            "{question}"
        );
    }
}

#[test]
fn parks_companies_and_projects_are_chosen_by_their_own_figures() {
    for (question, indicator) in [
        (
            "parcs avec un taux d'occupation de plus de 80 %",
            "park_occupancy_rate",
        ),
        (
            "which companies have more than 1000 employees in Morocco?",
            "company_headcount",
        ),
        (
            "projets de plus de 100 millions de dirhams",
            "project_budget_mad",
        ),
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(
            (
                asked.name.as_str(),
                asked.variables.pointer("/filter/indicator/eq")
            ),
            ("Chosen", Some(&json!(indicator))),
            "{question}"
        );
    }
}

#[test]
fn a_number_said_of_one_place_is_checked_and_chooses_nothing() {
    for question in [
        "Fès a-t-elle plus d'un million d'habitants ?",
        "la région a-t-elle plus de 4 millions d'habitants ?",
        "does the province of Taza have more than 400,000 people?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Figure", "{question}");
    }
}

#[tokio::test]
async fn what_is_chosen_is_counted_and_held_against_one_census() {
    let answer = ask("which provinces have fewer than 310,000 people?").await;
    assert_eq!(answer.kind, QuestionKind::List);
    let values: Vec<f64> = answer.figures.iter().map(|f| f.value).collect();
    assert_eq!(values, [2.0, 160_904.0, 304_748.0], "{}", answer.text);
    assert_eq!(answer.figures[0].basis, FigureBasis::Directory);
    let keys: Vec<&str> = answer.items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys, ["03.271", "03.451"]);
    let more = ask_after("and fewer than 200,000?", Some(&answer.conversation)).await;
    assert_eq!(more.items.len(), 1, "{}", more.text);
    let none = ask("which provinces have more than 900,000 people?").await;
    assert_eq!(
        (none.status, none.reason),
        (AnswerStatus::NoData, Some(AbstentionReason::NoObservation)),
        "{}",
        none.text
    );
}

#[test]
fn what_cannot_be_chosen_by_is_not_answered() {
    for question in [
        // A change is no figure of one time.
        "which provinces lost more than 10,000 inhabitants?",
        "quelles provinces ont gagné plus de 50 000 habitants depuis 2014 ?",
        "أي جماعات زاد سكانها بأكثر من 20 في المائة؟",
        "آشمن أقاليم خسرات كتر من 10 آلاف د الناس؟",
        "jama3at li zado fihom sokan b kter mn 20%",
        // Two bounds, and a bound on what is only listed.
        "quelle province a plus de 500 000 habitants et moins de 700 000 ?",
        "quelles provinces ont moins de 10 communes ?",
        "which agreements have more than 3 parties?",
        // Another one's figure is no number.
        "quelle commune a plus d'habitants que Taza ?",
        "which communes are bigger than Sefrou?",
        "ما هي الأقاليم الأكبر من تازة؟",
        "شنو هما الأقاليم لي كبر من تازة؟",
        "ina a9alim kber mn taza?",
        "quels parcs sont plus grands que Fès Shore ?",
        // All but one.
        "which companies are at Fès Shore other than Alten?",
        "quelles entreprises sont à Fès Shore à part Alten ?",
        "population de la région sauf Fès",
        "شكون كاين ف فاس شور من غير ألتن؟",
        // Farther is not nearer.
        "quelles communes sont à plus de 50 km de Fès ?",
    ] {
        assert!(operation(question).is_none(), "{question}");
    }
}

#[test]
fn a_quantity_by_province_is_all_of_them_in_order() {
    for question in [
        "taux de chômage par province",
        "Unemployment rate of each region",
        "الساكنة حسب الجهة",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Highest", "{question}");
    }
}

#[test]
fn what_exceeds_a_place_is_not_that_place() {
    for question in [
        "Combien de villes dépassent Fès en population ?",
        "How many cities exceed Fès in population?",
    ] {
        assert!(operation(question).is_none(), "{question}");
    }
}
