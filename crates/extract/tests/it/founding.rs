//! The article the project starts from, shipped as it was found, with what surrounds it on its page.

use ask::NameKind;
use extract::{Extraction, Span, Status, Wording};

use crate::shipped::{KNOWN, LEXICON};

const ARTICLE: &str = include_str!("../articles/founding.txt");

fn extraction() -> Extraction {
    extract::extract(&LEXICON, &KNOWN, ARTICLE, None)
}

fn words(span: Span) -> &'static str {
    &ARTICLE[span.start..span.end]
}

#[test]
fn its_five_figures_are_found_with_place_period_and_words() {
    let facts: Vec<_> = extraction()
        .facts
        .into_iter()
        .map(|fact| {
            let period = fact.period.map(|period| period.to_string());
            (
                fact.indicator,
                fact.territory.unwrap_or_default(),
                period.unwrap_or_default(),
                fact.value,
                fact.wording,
                words(fact.spans.value),
            )
        })
        .collect();
    let expected = [
        (
            "employer_rank_city",
            "03.231",
            "2019",
            1.0,
            Wording::Exact,
            "premier",
        ),
        ("call_centres", "03.231", "2019", 36.0, Wording::Exact, "36"),
        (
            "call_centre_jobs",
            "03.231",
            "2019",
            4500.0,
            Wording::Approximate,
            "4.500",
        ),
        (
            "offshoring_job_share_national",
            "03",
            "",
            11.0,
            Wording::Exact,
            "11%",
        ),
        (
            "offshoring_rank_national",
            "03",
            "",
            3.0,
            Wording::Exact,
            "troisième",
        ),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(indicator, place, period, value, wording, words)| {
            (
                indicator.to_owned(),
                place.to_owned(),
                period.to_owned(),
                value,
                wording,
                words,
            )
        })
        .collect();
    assert_eq!(facts, expected);
}

#[test]
fn who_measured_is_found() {
    for fact in extraction().facts.iter().take(3) {
        assert_eq!(fact.producer.as_deref(), Some("cri_fes_meknes"), "{fact:?}");
        assert_eq!(fact.status, Status::Achieved);
    }
}

#[test]
fn companies_projects_the_memorandum_and_its_three_axes_are_found() {
    let extraction = extraction();
    let keys = |kind: NameKind| -> Vec<&str> {
        extraction
            .named
            .iter()
            .filter(|thing| thing.kind == kind)
            .map(|thing| thing.key.as_str())
            .collect()
    };
    for company in ["alten_maroc", "concentrix", "foundever", "cgi"] {
        assert!(
            keys(NameKind::Organisation).contains(&company),
            "{company}: {:?}",
            keys(NameKind::Organisation)
        );
    }
    for project in [
        "schema_numerique_regional",
        "fez_smart_factory",
        "agritech_pole",
    ] {
        assert!(
            keys(NameKind::Project).contains(&project),
            "{project}: {:?}",
            keys(NameKind::Project)
        );
    }
    assert_eq!(keys(NameKind::Agreement), ["memorandum_cri_apebi"]);
    let axes: Vec<&str> = extraction
        .axes
        .iter()
        .map(|axis| words(axis.span))
        .collect();
    assert_eq!(axes.len(), 3, "{axes:?}");
    assert!(
        axes[0].starts_with("la mise en place d’un modèle d’écosystème digital pilote"),
        "{axes:?}"
    );
    assert!(
        axes[1].starts_with("la création d’une antenne régionale de l’APEBI"),
        "{axes:?}"
    );
    assert!(axes[2].starts_with("la promotion du digital"), "{axes:?}");
}

#[test]
fn the_number_in_a_span_is_the_value_proposed() {
    for fact in extraction().facts {
        let tokens = language::tokenize(words(fact.spans.value));
        let number = language::numbers(&tokens)
            .into_iter()
            .next()
            .expect("a number");
        assert_eq!(number.value, fact.value, "{fact:?}");
    }
}
