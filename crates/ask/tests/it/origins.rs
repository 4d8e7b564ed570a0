//! Where companies come from, and what lies in another country.

use ask::{AbstentionReason, QuestionKind};
use serde_json::json;

use crate::fake::{ask, operation};

#[test]
fn companies_are_asked_for_by_their_country_in_all_five_forms() {
    for (question, country) in [
        ("Quelles entreprises allemandes à Fès Shore ?", "DE"),
        ("German companies in Fès", "DE"),
        ("شركات ألمانية في فاس", "DE"),
        ("الشركات ديال ألمانيا ف فاس", "DE"),
        ("charikat almaniya f fes", "DE"),
        ("Are there any British operators?", "GB"),
        ("les opérateurs venus d'Inde", "IN"),
        ("les sociétés marocaines", "MA"),
        ("companies from Morocco", "MA"),
        ("الشركات المغربية", "MA"),
        ("charikat maghribiya", "MA"),
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Operators", "{question}");
        let origin = asked.variables.pointer("/operators/countryOfOrigin/eq");
        assert_eq!(origin, Some(&json!(country)), "{question}");
    }
}

#[tokio::test]
async fn what_lies_abroad_is_a_place_and_no_origin() {
    for question in [
        "Combien de centres d'appels en France ?",
        "How many call centres are there in the United States?",
        "كم عدد مراكز الاتصال بإسبانيا؟",
        "كم عدد مراكز الاتصال في البرازيل؟",
        "شحال من سونطر كاين ف فرنسا؟",
        "ch7al mn centre kayn f fransa?",
        "Combien de centres d'appels compte Dakar ?",
        "ف دكار شحال من كول سنتر كاين",
        "How many call centres does Lisbon host?",
    ] {
        let answer = ask(question).await;
        let reason = Some(AbstentionReason::UnknownPlace);
        assert_eq!(answer.reason, reason, "{question}: {}", answer.text);
        assert_eq!(answer.kind, QuestionKind::Count, "{question}");
    }
    // A letter that a name begins with is no particle.
    let asked = operation("شركات برازيلية في فاس").expect("a list");
    let origin = asked.variables.pointer("/operators/countryOfOrigin/eq");
    assert_eq!(origin, Some(&json!("BR")));
}

#[tokio::test]
async fn a_list_says_what_it_is_a_list_of() {
    let answer = ask("les opérateurs français à Fès Shore").await;
    let scope = "(Fès Shore, origine : France)";
    assert!(answer.text.contains(scope), "{}", answer.text);
    let answer = ask("الشركات ديال المغرب").await;
    assert_eq!(answer.kind, QuestionKind::List, "{}", answer.text);
    assert!(answer.text.contains("(المغرب)"), "{}", answer.text);
}

#[test]
fn whether_one_company_comes_from_a_country_is_asked_of_that_company() {
    for question in [
        "Alten est-elle une société française ?",
        "Is Alten a German company?",
        "هل شركة CGI كندية؟",
        "واش Alten شركة فرنساوية؟",
        "wach CGI charika kanadiya?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Organisation", "{question}");
    }
    // Of several companies those of the country, and of the one that is named.
    let asked = operation("les sites canadiens de CGI").expect("a list");
    let sites = asked.variables.pointer("/operators/site/organisation/key");
    assert!(sites.is_some(), "{}", asked.variables);
}

#[test]
fn parks_are_asked_for_by_who_runs_them() {
    for question in [
        "Citez les parcs gérés par MEDZ",
        "ما الحظائر التي تسيرها ميدز؟",
        "شنا پاركات كيسيرهم MEDZ؟",
        "ina parcat kaysyirhom MEDZ?",
    ] {
        let asked = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(asked.name, "Parks", "{question}");
        let operator = asked.variables.pointer("/filter/operator/eq");
        assert_eq!(operator, Some(&json!("medz")), "{question}");
    }
}

#[tokio::test]
async fn a_ranking_has_no_one_thing() {
    let asked = "What's the budget of the second biggest... no, of the CMC Fès-Meknès project?";
    let answer = ask(asked).await;
    assert_eq!(answer.reason, Some(AbstentionReason::UncoveredWords));
}
