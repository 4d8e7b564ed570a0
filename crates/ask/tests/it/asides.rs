//! What is said beside a question: who asks, why, which one of two places; and what of it counts.

use ask::AnswerStatus;
use serde_json::json;

use crate::fake::{ask, operation};

/// The indicator, the territory and the subject that a question leads to.
fn asked(question: &str) -> (String, Option<String>, Option<String>) {
    let operation = operation(question).unwrap_or_else(|| panic!("{question}"));
    let text = |path: &str| {
        let value = operation.variables.pointer(path)?;
        Some(value.as_str()?.to_owned())
    };
    let indicator = text("/indicator").unwrap_or_else(|| operation.name.clone());
    (indicator, text("/territory"), text("/subject/key"))
}

#[test]
fn who_asks_and_why_is_not_what_is_asked() {
    for (question, indicator, place, thing) in [
        (
            "Je rédige une note pour la wilaya : combien de personnes travaillaient à Casanearshore en 2013 ?",
            "park_jobs",
            None,
            Some("casanearshore"),
        ),
        (
            "Je m'installe à Ouislane avec ma famille, quel y est le taux de chômage ?",
            "hcp_unemployment_rate",
            Some("03.061.01.11"),
            None,
        ),
        (
            "أنا باحث من الدوحة وأرغب في معرفة نسبة ذوي التعليم العالي بين سكان الرباط",
            "hcp_education_higher",
            Some("04.421"),
            None,
        ),
        (
            "salam, ana kan9leb 3la khdma w bghit n3ref ch7al d nas khdamin f les centres d appels d Fes",
            "call_centre_jobs",
            Some("03.231"),
            None,
        ),
    ] {
        let (found, territory, subject) = asked(question);
        assert_eq!(found, indicator, "{question}");
        if let Some(place) = place {
            assert_eq!(territory.as_deref(), Some(place), "{question}");
        }
        if let Some(thing) = thing {
            assert_eq!(subject.as_deref(), Some(thing), "{question}");
        }
    }
}

#[tokio::test]
async fn a_complaint_with_nothing_asked_is_no_question() {
    let answer = ask("Mon ordinateur est lent, que faire ?").await;
    assert_ne!(answer.status, AnswerStatus::Answered, "{}", answer.text);
}

#[test]
fn a_neighbour_only_says_which_place_is_meant() {
    let (indicator, territory, _) = asked("chal men menage f Drarga (Drargua) 7da Agadir?");
    assert_eq!(indicator, "hcp_households");
    assert_eq!(territory.as_deref(), Some("09.001.05.09"));
}

#[test]
fn companies_of_a_small_place_are_those_of_the_census() {
    for question in [
        "شحال من شركة كاينة ف إيموزار كندر",
        "ch7al mn charika kayna f Had Soualem?",
        "Combien d'entreprises dans la province de Sefrou ?",
        "كم مقاولة بعمالة فاس؟",
    ] {
        let (indicator, _, _) = asked(question);
        assert_eq!(indicator, "hcp_businesses", "{question}");
    }
    // Of a large city, said by its bare name, the sector may be meant.
    assert!(operation("Combien d'entreprises à Fès ?").is_none());
}

#[test]
fn whoever_runs_a_park_is_asked_for_and_no_list() {
    for question in [
        "من هي الجهة المشغلة لحظيرة Oujda Shore؟",
        "Who's the operator of Oujda Shore?",
        "Quel est l'opérateur de Oujda Shore ?",
        "شكون بنا وجدة شور؟",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Park", "{question}");
        assert_eq!(asked.variables["key"], json!("oujda_shore"), "{question}");
    }
}

#[test]
fn the_age_that_a_quantity_begins_at_may_be_said_again() {
    let (indicator, _, _) = asked("literate population of Fez, aged 10 and over");
    assert_eq!(indicator, "hcp_literate_population_10_plus");
}

#[test]
fn much_of_something_is_the_most_of_it_where_one_of_several_is_asked_for() {
    let asked = operation("chnahiya l'province li fiha lommiya bzaf f fes-meknes").expect("a list");
    assert_eq!(asked.name, "Highest");
    let asked =
        operation("How many Moroccan provinces top one million inhabitants?").expect("a list");
    assert_eq!(asked.name, "Chosen");
}

#[test]
fn the_step_of_a_place_may_be_said_apart_from_it() {
    let (_, territory, _) = asked("wilad sefrou lli ky3rfo lfrançais ch7al f lmya f commune");
    assert_eq!(territory.as_deref(), Some("03.451.01.09"));
}

#[test]
fn whoever_signed_is_asked_of_the_agreement() {
    for question in [
        "من وقع اتفاقيات الاستقرار بفاس شور سنة 2023؟",
        "Qui a signé le mémorandum entre le CRI et l'APEBI ?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Agreements", "{question}");
    }
}

#[test]
fn a_million_needs_no_number_before_it() {
    let question = "هل صحيح ان عدد سكان عمالة فاس تجاوز المليون نسمة؟";
    let (indicator, territory, _) = asked(question);
    assert_eq!(indicator, "hcp_population_legal");
    assert_eq!(territory.as_deref(), Some("03.231"));
}

#[test]
fn staff_is_asked_for_in_many_ways() {
    for question in [
        "CGI's centre in Fez: how many people did it have in 2018?",
        "ch7al dayra CGI d nas f Fes?",
        "ch7al 3and CGI d lkhddama f Fes?",
        "wahd khoya khdam f CGI, sm3t kaynin bezzaf... 2018 ch7al kano f le centre d Fes?",
    ] {
        let (indicator, _, _) = asked(question);
        assert_eq!(indicator, "company_headcount", "{question}");
    }
}

#[test]
fn what_is_given_to_those_who_come_is_no_list_of_companies() {
    for question in [
        "شنو كيعطيو للشركات لي بغاو يجيو ل فاس شور؟",
        "chno kay3tiw l charikat li bghaw yjiw l fes shore?",
        "What perks do offshoring firms get in Tétouan Shore?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Incentives", "{question}");
    }
}

#[tokio::test]
async fn the_years_of_a_plan_are_no_course_over_time() {
    let answer = ask("Quel budget pour le PDR 2022-2027 ?").await;
    assert_eq!(answer.kind, ask::QuestionKind::Value, "{}", answer.text);
    let answer = ask("كم ستكلف مدينة المهن والكفاءات؟").await;
    assert_ne!(
        answer.reason,
        Some(ask::AbstentionReason::Future),
        "{}",
        answer.text
    );
}
