//! Nearness: what is listed from where, how far each is, and what becomes of the asker's position.

use ask::{
    AbstentionReason, Answer, AnswerStatus, FigureBasis, ItemKind, Location, Operation, Question,
    QuestionKind, Run, RunError, answer,
};
use serde_json::{Value, json};

use crate::fake::now;
use crate::names::LEXICON;

/// Somewhere in Fès, with digits that nothing else has.
const POSITION: Location = Location {
    latitude: 34.044_777_1,
    longitude: -4.988_777_2,
};

async fn ask_from(text: &str, location: Option<Location>, conversation: Option<&str>) -> Answer {
    let question = Question {
        text,
        locale: None,
        conversation,
        location,
    };
    answer(&LEXICON, &question, now(), &Places)
        .await
        .expect("the fake schema answers")
}

async fn here(text: &str) -> Answer {
    ask_from(text, Some(POSITION), None).await
}

async fn nowhere(text: &str) -> Answer {
    ask_from(text, None, None).await
}

/// Towns, parks and sites in place of the schema.
struct Places;

impl Run for Places {
    async fn run(&self, operation: &Operation) -> Result<Value, RunError> {
        let variables = &operation.variables;
        let mut data = json!({});
        if let Some(origin) = variables["origin"].as_str() {
            data["origin"] = place(origin);
        }
        match operation.name.as_str() {
            "NearParks" => {
                let park = |key: &str, name: &str, code: &str| json!({ "key": key, "name": name, "territory": place(code), "source": source("parks") });
                data["parks"] = json!({ "totalCount": 4, "nodes": [
                    park("casanearshore", "Casanearshore", "06.141"),
                    park("technopark_network", "Technopark (réseau)", "MA"),
                    park("meknes_park", "Meknès Park", "03.061"),
                    park("fes_shore", "Fès Shore", "03.231"),
                ] });
            }
            "NearSites" => {
                let site = |key: &str, organisation: &str, code: &str| {
                    json!({
                        "key": key, "organisation": { "key": organisation, "name": organisation.to_uppercase() }, "park": null,
                        "territory": place(code), "source": source("sites"),
                    })
                };
                data["sites"] = json!({ "totalCount": 3, "nodes": [
                    site("alten.06.141", "alten", "06.141"),
                    site("alten.03.061", "alten", "03.061"),
                    site("cnexia.03.231", "cnexia", "03.231"),
                ] });
            }
            _ => {}
        }
        Ok(data)
    }
}

fn place(code: &str) -> Value {
    let (name, at) = match code {
        "03.231" => ("Fès", Some((34.03313, -5.00028))),
        "03.061" => ("Meknès", Some((33.89352, -5.54727))),
        "06.141" => ("Casablanca", Some((33.58831, -7.61138))),
        _ => ("Maroc", None),
    };
    let coordinates = at.map(|(latitude, longitude)| json!({ "latitude": latitude, "longitude": longitude, "place": name, "source": source("geonames") }));
    json!({ "code": code, "level": "PROVINCE", "type": "prefecture", "name": name, "coordinates": coordinates })
}

fn source(key: &str) -> Value {
    json!({ "key": key, "publisher": key, "kind": "DATASET", "publishedOn": null })
}

fn keys(answer: &Answer) -> Vec<&str> {
    answer.items.iter().map(|item| item.key.as_str()).collect()
}

#[tokio::test]
async fn five_forms_list_parks_and_sites_nearest_first() {
    for question in [
        "Quel parc est le plus proche ?",
        "Which park is closest?",
        "ما أقرب حظيرة؟",
        "شنا پارك قريب ليا؟",
        "ina parc 9rib lia?",
    ] {
        let answer = here(question).await;
        assert_eq!(
            answer.status,
            AnswerStatus::Answered,
            "{question}: {}",
            answer.text
        );
        assert_eq!(answer.kind, QuestionKind::Near, "{question}");
        assert_eq!(
            keys(&answer),
            [
                "fes_shore",
                "meknes_park",
                "casanearshore",
                "technopark_network"
            ],
            "{question}"
        );
        assert_eq!(answer.sources[0], "geonames", "{question}");
    }
    for question in [
        "Les centres près de moi",
        "Call centres near me",
        "مراكز الاتصال القريبة مني",
        "السونطرات لي حدايا",
        "les centres li 7daya",
        "les centres qrib liya",
    ] {
        let answer = here(question).await;
        assert_eq!(
            answer.status,
            AnswerStatus::Answered,
            "{question}: {}",
            answer.text
        );
        assert_eq!(
            keys(&answer),
            ["cnexia.03.231", "alten.03.061", "alten.06.141"],
            "{question}"
        );
        assert!(answer.items.iter().all(|item| item.kind == ItemKind::Site));
    }
}

#[tokio::test]
async fn every_distance_told_is_a_figure_with_unit_and_source() {
    let answer = here("Quel parc est le plus proche ?").await;
    let distances: Vec<f64> = answer
        .figures
        .iter()
        .filter(|figure| figure.basis == FigureBasis::Derived)
        .map(|figure| figure.value)
        .collect();
    assert_eq!(distances, [2.0, 54.0, 250.0]);
    for figure in answer
        .figures
        .iter()
        .filter(|f| f.basis == FigureBasis::Derived)
    {
        assert_eq!(
            (figure.unit.as_str(), figure.source.as_deref()),
            ("km", Some("geonames"))
        );
    }
    let text = &answer.text;
    assert!(
        text.contains("environ 54 km") && text.contains("vol d'oiseau"),
        "{text}"
    );
    assert!(
        text.contains("Position inconnue") && text.contains("Technopark"),
        "{text}"
    );
}

#[tokio::test]
async fn a_distance_asked_is_kept_to_and_the_nearest_named_where_nothing_is_so_near() {
    let near = here("Les parcs à moins de 60 km").await;
    assert_eq!(near.status, AnswerStatus::Answered, "{}", near.text);
    assert_eq!(
        keys(&near),
        ["fes_shore", "meknes_park", "technopark_network"]
    );
    let miles = here("parks within 60 miles of me").await;
    assert!(miles.text.contains("96.6"), "{}", miles.text);

    let casablanca = nowhere("parks within 10 km of Casablanca").await;
    assert_eq!(keys(&casablanca)[0], "casanearshore", "{}", casablanca.text);

    let far = ask_from(
        "À moins de 5 km, quels parcs ?",
        Some(Location {
            latitude: 34.3,
            longitude: -5.3,
        }),
        None,
    )
    .await;
    assert_eq!(
        (far.status, far.reason),
        (AnswerStatus::NoData, Some(AbstentionReason::NoObservation)),
        "{}",
        far.text
    );
    assert!(
        far.figures.is_empty() && far.text.contains("Fès Shore"),
        "{}",
        far.text
    );
    assert_eq!(far.items[0].key, "fes_shore");
}

#[tokio::test]
async fn a_place_named_is_where_distances_start() {
    for (question, first) in [
        ("parks near Meknès", "meknes_park"),
        ("Parcs près de Casablanca", "casanearshore"),
        ("parcs autour de Fès", "fes_shore"),
        ("les parcs à 20 km de Casablanca", "casanearshore"),
        ("الحظائر القريبة من مكناس", "meknes_park"),
        ("les parcs li 7da Meknes", "meknes_park"),
    ] {
        let answer = nowhere(question).await;
        assert_eq!(
            answer.status,
            AnswerStatus::Answered,
            "{question}: {}",
            answer.text
        );
        assert_eq!(keys(&answer)[0], first, "{question}");
        // How far apart two things of one town are is not known.
        assert_eq!(answer.items[0].value, Some(0.0), "{question}");
        let told: Vec<f64> = answer.figures.iter().map(|figure| figure.value).collect();
        assert!(!told.contains(&0.0), "{question}: {told:?}");
    }
}

#[tokio::test]
async fn without_a_position_it_is_asked_for_and_cities_are_offered() {
    for question in [
        "Les centres près de moi",
        "call centres near me",
        "مراكز الاتصال القريبة مني",
        "السونطرات لي حدايا",
        "les centres li 7daya",
        "À moins de 5 km",
        "Within 5 km",
        "في أقل من 5 كلم",
        "في أقل من 5 كم",
        "قل من 5 كيلو",
        "9el mn 5 km",
        "Quel parc est le plus proche ?",
    ] {
        let answer = nowhere(question).await;
        assert_eq!(
            (answer.status, answer.kind, answer.reason),
            (
                AnswerStatus::Clarification,
                QuestionKind::Near,
                Some(AbstentionReason::Ambiguous)
            ),
            "{question}: {}",
            answer.text
        );
        assert!(
            answer.needs_location && answer.operation.is_none(),
            "{question}"
        );
        assert_eq!(answer.options.len(), 3, "{question}");
        for option in &answer.options {
            let asked = nowhere(&option.question).await;
            assert_eq!(
                (asked.status, asked.kind, asked.locale),
                (AnswerStatus::Answered, QuestionKind::Near, answer.locale),
                "{}: {}",
                option.question,
                asked.text
            );
        }
    }
}

#[tokio::test]
async fn the_last_question_is_asked_again_with_a_position() {
    let back = nowhere("Les parcs à moins de 60 km").await;
    assert!(back.needs_location);
    for (text, position) in [
        ("près de moi", POSITION),
        ("near me", POSITION),
        ("حدايا", POSITION),
    ] {
        let answer = ask_from(text, Some(position), Some(&back.conversation)).await;
        assert_eq!(
            answer.status,
            AnswerStatus::Answered,
            "{text}: {}",
            answer.text
        );
        assert_eq!(
            keys(&answer),
            ["fes_shore", "meknes_park", "technopark_network"],
            "{text}"
        );
        assert!(!answer.carried.is_empty());
    }
    let list = here("parcs près de Fès").await;
    let there = ask_from("et de Casablanca ?", None, Some(&list.conversation)).await;
    assert_eq!(keys(&there)[0], "casanearshore", "{}", there.text);
    let narrower = ask_from("à moins de 100 km ?", None, Some(&there.conversation)).await;
    assert_eq!(
        keys(&narrower),
        ["casanearshore", "technopark_network"],
        "{}",
        narrower.text
    );
}

#[tokio::test]
async fn nothing_that_is_kept_or_run_again_holds_the_position() {
    for question in ["Les centres près de moi", "parks within 60 km of me"] {
        let answer = here(question).await;
        assert_eq!(answer.status, AnswerStatus::Answered);
        let again = ask_from("near me", Some(POSITION), Some(&answer.conversation)).await;
        for answer in [answer, again] {
            let all = serde_json::to_string(&answer).expect("JSON");
            let token = base64::Engine::decode(
                &base64::engine::general_purpose::URL_SAFE_NO_PAD,
                &answer.conversation,
            )
            .expect("base64");
            let token = String::from_utf8_lossy(&token).into_owned();
            for text in [all, token, format!("{POSITION:?}")] {
                assert!(!text.contains("0447") && !text.contains("9887"), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn far_away_is_said_plainly() {
    let paris = Location {
        latitude: 48.85341,
        longitude: 2.3488,
    };
    let answer = ask_from("Quel parc est le plus proche ?", Some(paris), None).await;
    assert_eq!(answer.status, AnswerStatus::Answered);
    assert!(answer.text.contains("C'est loin"), "{}", answer.text);
}

#[tokio::test]
async fn nearness_is_not_asked_where_the_words_say_something_else() {
    for question in [
        "Y a-t-il près de 36 centres d'appels à Fès ?",
        "around 36 call centres in Fès?",
        "emplois près de moi",
        "les plus grands parcs près de moi",
        "projets près de moi",
        "Population près de Fès",
        "Quelle ville est la plus proche ?",
    ] {
        let answer = here(question).await;
        let listed = answer.status == AnswerStatus::Answered && answer.kind == QuestionKind::Near;
        assert!(!listed, "{question}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_place_without_a_known_position_is_said_to_have_none() {
    let answer = nowhere("parcs près de Tahla").await;
    assert_eq!(answer.status, AnswerStatus::NoData, "{}", answer.text);
    assert!(
        answer.text.contains("n'est pas enregistrée"),
        "{}",
        answer.text
    );
    assert_eq!(answer.suggestions.len(), 3);
}
