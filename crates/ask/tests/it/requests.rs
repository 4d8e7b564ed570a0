//! Sentence → request: which document and which variables a question leads to.

use serde_json::json;

use crate::fake::operation;

/// A question, the name of its operation, and values its variables hold.
type Story = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// Each question, the operation it leads to, and what its variables must hold.
#[test]
fn questions_lead_to_their_operation_in_all_five_forms() {
    let stories: [Story; 24] = [
        (
            "Combien de centres d'appels à Fès ?",
            "Figure",
            &[("/indicator", "call_centres"), ("/territory", "03.231")],
        ),
        (
            "How many call centres are there in Fès?",
            "Figure",
            &[("/indicator", "call_centres"), ("/locale", "EN")],
        ),
        (
            "كم عدد مراكز الاتصال في فاس؟",
            "Figure",
            &[("/indicator", "call_centres"), ("/locale", "AR")],
        ),
        (
            "شحال من سونطر دابيل كاين ف فاس؟",
            "Figure",
            &[("/indicator", "call_centres"), ("/locale", "ARY")],
        ),
        (
            "ch7al mn centre d'appel kayn f Fes?",
            "Figure",
            &[("/indicator", "call_centres"), ("/locale", "FR")],
        ),
        (
            "fes call centers jobs",
            "Figure",
            &[("/indicator", "call_centre_jobs")],
        ),
        (
            "Quel est le loyer au m² à Fès Shore ?",
            "Figure",
            &[
                ("/indicator", "park_rent_mad_m2"),
                ("/subject/key", "fes_shore"),
            ],
        ),
        (
            "Combien d'emplois offshoring au Maroc en 2019 ?",
            "Figure",
            &[("/territory", "MA"), ("/period", "2019")],
        ),
        (
            "population de Sefrou",
            "Figure",
            &[("/territory", "03.451"), ("/territory2", "03.451.01.09")],
        ),
        (
            "population de la province de Sefrou",
            "Figure",
            &[
                ("/territory", "03.451"),
                ("/indicator", "hcp_population_legal"),
            ],
        ),
        (
            "chômage à Fès comparé à Meknès",
            "Figure",
            &[("/territory", "03.231"), ("/territory2", "03.061")],
        ),
        (
            "Quelle ville a le plus de centres d'appels ?",
            "Highest",
            &[("/filter/territory/level", "PROVINCE")],
        ),
        (
            "La ville la moins chère pour les bureaux",
            "Lowest",
            &[("/filter/indicator/eq", "park_rent_mad_m2")],
        ),
        (
            "Liste des opérateurs présents à Fès",
            "Operators",
            &[("/sites/territory/within", "03.231")],
        ),
        (
            "opérateurs d'origine française à Fès Shore",
            "Operators",
            &[
                ("/sites/park/eq", "fes_shore"),
                ("/sites/organisation/countryOfOrigin/eq", "FR"),
            ],
        ),
        (
            "Which projects are under way in the region?",
            "Projects",
            &[("/filter/territory/within", "03")],
        ),
        (
            "Les parcs offshoring du Maroc",
            "Parks",
            &[("/filter/territory/within", "MA")],
        ),
        (
            "C'est qui Acticall ?",
            "Organisation",
            &[("/key", "foundever")],
        ),
        ("Où se trouve Fès Shore ?", "Park", &[("/key", "fes_shore")]),
        (
            "شنو هوما تلاتة د المحاور؟",
            "Agreements",
            &[("/filter/key/eq", "memorandum_cri_apebi")],
        ),
        (
            "Where does Fès-Meknès rank in Moroccan offshoring?",
            "Figure",
            &[("/indicator", "offshoring_rank_national")],
        ),
        (
            "chno howa offshoring?",
            "Words",
            &[("/key", "offshoring_all")],
        ),
        (
            "wach bda projet AGRITECH?",
            "Projects",
            &[("/filter/key/eq", "agritech_pole")],
        ),
        (
            "Combien de salariés chez Alten à Fès ?",
            "Figure",
            &[("/subject/key", "alten_maroc")],
        ),
    ];
    for (question, name, expected) in stories {
        let operation = operation(question).unwrap_or_else(|| panic!("{question}: no operation"));
        assert_eq!(operation.name, name, "{question}");
        for (pointer, value) in expected {
            assert_eq!(
                operation
                    .variables
                    .pointer(pointer)
                    .and_then(|v| v.as_str()),
                Some(*value),
                "{question}: {pointer} in {}",
                operation.variables
            );
        }
    }
}

#[test]
fn the_nine_cities_are_prefectures_or_provinces_unless_a_level_is_named() {
    for (city, code) in [
        ("Fès", "03.231"),
        ("Meknès", "03.061"),
        ("Casablanca", "06.141"),
        ("Rabat", "04.421"),
        ("Oujda", "02.411"),
        ("Agadir", "09.001"),
        ("Tanger", "01.511"),
        ("Tétouan", "01.571"),
        ("Al Hoceima", "01.051"),
    ] {
        let operation = operation(&format!("population de {city}")).expect("a figure");
        assert_eq!(operation.variables["territory"], json!(code), "{city}");
    }
    let commune = operation("population de la commune de Fès").expect("a figure");
    assert_eq!(commune.variables["territory"], json!("03.231.01.0"));
}

#[test]
fn the_same_question_always_gives_the_same_operation() {
    let question = "Compare Fès et Meknès pour l'emploi offshoring";
    assert_eq!(operation(question), operation(question));
}
