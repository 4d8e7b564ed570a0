//! What records and claims are asked about in ways of their own: in both of two places, whether there are any, who said a number,
//! what a circular gives, what a company announced, which plan.

use ask::{AnswerStatus, FigureBasis, QuestionKind};
use serde_json::json;

use crate::fake::{ask, ask_after, operation};

#[test]
fn companies_in_both_of_two_places_are_in_each_of_them() {
    for question in [
        "Quelles sociétés sont à la fois à Fès et à Rabat ?",
        "companies in both Fès and Rabat",
        "ما الشركات الحاضرة في فاس والرباط معا؟",
        "شنو الشركات لي كاينين ف فاس وف الرباط بجوج؟",
        "charikat li kaynin f fes w f rabat b jouj",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Operators", "{question}");
        for (at, code) in ["03.231", "04.421"].into_iter().enumerate() {
            let pointer = format!("/operators/and/{at}/site/territory/within");
            assert_eq!(
                asked.variables.pointer(&pointer),
                Some(&json!(code)),
                "{question}: {}",
                asked.variables
            );
        }
    }
    let either = operation("liste des opérateurs à Fès et Meknès").expect("a list");
    assert_eq!(
        either.variables.pointer("/sites/or/1/territory/within"),
        Some(&json!("03.061"))
    );
}

#[tokio::test]
async fn whether_there_are_call_centres_our_records_tell() {
    for question in [
        "y a-t-il un centre d'appels à Meknès ?",
        "is there a call centre in Meknès?",
        "هل يوجد مركز اتصال في مكناس؟",
        "واش كاين شي سونطر ف مكناس؟",
    ] {
        let answer = ask(question).await;
        assert_eq!(
            (answer.status, answer.kind),
            (AnswerStatus::Answered, QuestionKind::Verification),
            "{question}: {}",
            answer.text
        );
        assert!(
            answer
                .figures
                .iter()
                .all(|figure| figure.basis == FigureBasis::Directory),
            "{question}"
        );
    }
}

#[tokio::test]
async fn who_said_a_number_is_whoever_published_that_one() {
    for question in [
        "Qui a donné le chiffre de 30 centres d'appels à Fès ?",
        "Who said there were 30 call centres in Fez?",
        "من قال إن عدد مراكز الاتصال في فاس هو 30؟",
        "شكون لي قال بلي كاينين 30 سونطر ف فاس؟",
        "chkoun gal beli kaynin 30 centre d'appel f fes?",
    ] {
        let answer = ask(question).await;
        assert_eq!(
            (answer.kind, answer.figures.first().map(|f| f.value)),
            (QuestionKind::Source, Some(30.0)),
            "{question}: {}",
            answer.text
        );
        assert_eq!(answer.items[0].key, "source_2017", "{question}");
    }
    let nobody = ask("Who said there were 40 call centres in Fez?").await;
    assert_eq!(nobody.status, AnswerStatus::NoData, "{}", nobody.text);
    // Of nothing spoken of, a number is nobody's.
    let cold = ask("who said 36?").await;
    assert_eq!(cold.status, AnswerStatus::Clarification, "{}", cold.text);
    let before = ask("how many call centres in Fès?").await;
    let after = ask_after("who said 22?", Some(&before.conversation)).await;
    assert_eq!(
        after.figures.first().map(|f| f.value),
        Some(22.0),
        "{}",
        after.text
    );
}

#[test]
fn a_circular_gives_its_own_aids_and_a_year_those_in_force() {
    for question in [
        "Quelles aides prévoit la circulaire de 2025 ?",
        "what incentives come with the 2025 circular?",
        "ما هي الامتيازات التي تمنحها دورية 2025؟",
        "شنو الامتيازات لي جات بها الدورية د 2025؟",
        "chno les avantages li jabt circulaire d 2025?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        let keys = asked.variables["filter"]["key"]["in"].as_array();
        assert_eq!(
            keys.map(Vec::len),
            Some(5),
            "{question}: {}",
            asked.variables
        );
    }
    let year = operation("quelles aides en 2018 ?").expect("a list");
    assert_eq!(year.variables["filter"]["validOn"], json!("2018-12-31"));
}

#[test]
fn what_a_company_is_going_to_hire_is_what_it_announced() {
    for question in [
        "Combien de postes NTT Data va créer ?",
        "Combien de recrutements prévoit NTT Data ?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(
            asked.variables["indicator"],
            json!("company_planned_jobs"),
            "{question}"
        );
    }
}

#[test]
fn the_budget_is_of_the_body_and_the_years_that_are_named() {
    let plan = operation("Budget du programme de développement régional 2017-2021 ?");
    let plan = plan.expect("a figure").variables;
    assert_eq!(plan["subject"]["key"], json!("pdr_fm_2017_2021"));
    let council = operation("quel budget pour le conseil régional en 2025 ?");
    let council = council.expect("a figure").variables;
    assert_eq!(
        (&council["indicator"], &council["period"]),
        (&json!("regional_budget_mad"), &json!("2025"))
    );
    // Nobody's budget but those that are stored.
    assert!(operation("budget de la commune de Fès en 2025 ?").is_none());
}

#[test]
fn where_the_asker_is_says_nothing_of_where_is_asked() {
    for question in [
        "Journaliste à Lyon : combien de centres d'appels au Maroc ?",
        "Freelancer in Berlin here - how many call centres in Morocco?",
        "مراسل من القاهرة: كم عدد مراكز الاتصال في المغرب؟",
        "صحافي من باريز هنا: شحال د السونطرات كاينين ف المغرب؟",
        "sa7afi f Madrid: ch7al mn centre d'appel f lmaghrib?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(
            (&asked.variables["indicator"], &asked.variables["territory"]),
            (&json!("call_centres"), &json!("MA")),
            "{question}"
        );
    }
    // Counted, the same word is not understood.
    for question in [
        "combien de journaliste dans les centres d'appels à Fès ?",
        "how many consultant work in call centres in Fès?",
    ] {
        assert!(operation(question).is_none(), "{question}");
    }
}

#[test]
fn words_of_place_names_are_known_in_their_usual_spellings() {
    for (question, code) in [
        ("population of Kariat Ba Mohamed", "03.531.01.03"),
        ("population de Fès Jdid", "03.231.01.03"),
        ("population de My Yacoub", "03.591"),
        ("كم سكان تونات؟", "03.531"),
        ("شحال السكان ف بولمن", "03.131"),
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.variables["territory"], json!(code), "{question}");
    }
}

#[tokio::test]
async fn a_company_asked_about_after_its_park_is_the_one_there() {
    let before = ask("which companies are at Fès Shore?").await;
    let after = ask_after(
        "how many people does CGI employ there?",
        Some(&before.conversation),
    )
    .await;
    let asked = after.operation.expect("a figure").variables;
    assert_eq!(asked["territory"], json!("03.231"), "{asked}");
}

#[test]
fn records_in_several_places_are_listed_from_each() {
    for (question, pointer) in [
        ("projets à Fès et Meknès", "/filter/or/1/territory/within"),
        ("parcs à Fès et Meknès", "/filter/or/1/territory/within"),
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(
            asked.variables.pointer(pointer),
            Some(&json!("03.061")),
            "{question}: {}",
            asked.variables
        );
    }
    let parks = operation("Quelles sociétés sont à la fois à Fès Shore et à Technopolis ?");
    let parks = parks.expect("a list").variables;
    assert_eq!(
        parks.pointer("/operators/and/1/site/park/eq"),
        Some(&json!("technopolis")),
        "{parks}"
    );
}

#[test]
fn a_city_behind_the_name_of_a_company_is_where_it_is_asked_about() {
    let asked = operation("CGI Fès staff in 2018")
        .expect("a figure")
        .variables;
    assert_eq!(asked["territory"], json!("03.231"), "{asked}");
}

#[test]
fn segments_are_ranked_where_the_whole_is_named() {
    for question in [
        "Quelle filière de l'offshoring a exporté le plus en 2024 ?",
        "Quelles sont les filières de l'offshoring classées par recettes export ?",
        "Rank the offshoring segments by export revenue",
        "رتب فروع الأوفشورينغ حسب عائدات التصدير",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(
            asked.variables.pointer("/filter/activity/key/in/0"),
            Some(&json!("CRM")),
            "{question}: {}",
            asked.variables
        );
    }
}

#[test]
fn companies_of_a_country_are_asked_for_with_and_without_sites() {
    let asked = operation("Quelles sociétés japonaises figurent dans votre base ?");
    let asked = asked.expect("a list").variables;
    assert_eq!(
        (
            &asked["operators"]["countryOfOrigin"]["eq"],
            &asked["operators"]["kind"]
        ),
        (&json!("JP"), &json!("COMPANY")),
        "{asked}"
    );
}

#[test]
fn which_of_two_parks_employs_more_is_a_comparison_of_parks() {
    let asked = operation("Technopolis ou Casanearshore, qui emploie le plus ?");
    let asked = asked.expect("a comparison").variables;
    assert_eq!(
        (&asked["indicator"], &asked["subject2"]["key"]),
        (&json!("park_jobs"), &json!("casanearshore")),
        "{asked}"
    );
}
