//! What of an answer is drawn: the figures told and no other, each with its marks; and the address that gives it again.

use ask::{ChartError, ChartKind, ChartMark, Locale, Qualifier};

use crate::fake::{Fake, ask, now};
use crate::names::LEXICON;

const TREND: &str = "Évolution du nombre de centres d'appels à Fès";

#[tokio::test]
async fn a_trend_draws_each_producer_apart_with_its_sources() {
    let answer = ask(TREND).await;
    let chart = answer.chart.expect("something to draw");
    assert_eq!(chart.kind, ChartKind::Lines);
    assert!(chart.title.contains("Fès (préfecture)"), "{}", chart.title);
    assert_eq!(
        (chart.language.as_str(), chart.unit.as_str()),
        ("fr", "count")
    );
    let labels: Vec<_> = chart.series.iter().map(|s| s.label.as_str()).collect();
    assert_eq!(labels, ["JournalEco", "CRI Fès-Meknès"]);
    let periods: Vec<_> = chart.series[0]
        .points
        .iter()
        .map(|p| p.period.as_str())
        .collect();
    assert_eq!(periods, ["2009", "2017"]);
    assert_eq!(chart.series[1].points[0].text, "36");
    assert!(
        chart
            .credits
            .iter()
            .any(|line| line.contains("JournalEco") && line.contains("2020")),
        "{:?}",
        chart.credits
    );
    assert_eq!(chart.sources, ["source_2009", "source_2017", "source_2019"]);
    assert!(chart.notes[0].contains("interpolé"), "{:?}", chart.notes);
}

#[tokio::test]
async fn what_is_approximate_is_marked_and_explained() {
    let answer = ask("Évolution des emplois dans les centres d'appels à Fès").await;
    let chart = answer.chart.expect("something to draw");
    let points: Vec<_> = chart.series.iter().flat_map(|s| &s.points).collect();
    assert!(points.iter().all(|p| p.qualifier == Qualifier::Approximate));
    assert!(
        points.iter().all(|p| p.text.starts_with("≈ ")),
        "{points:?}"
    );
    assert_eq!(chart.legend[0].mark, ChartMark::Approximate);
    assert_eq!(chart.subtitle.as_deref(), Some("Personnes"));
}

#[tokio::test]
async fn every_number_drawn_is_among_the_figures() {
    for question in [
        TREND,
        "how many call centres in Fès?",
        "كم عدد مراكز الاتصال في فاس؟",
    ] {
        let answer = ask(question).await;
        let chart = answer.chart.expect("something to draw");
        for point in chart.series.iter().flat_map(|s| &s.points) {
            let told = |figure: &ask::Figure| {
                figure.value == point.value && figure.period.as_deref() == Some(&point.period)
            };
            assert!(answer.figures.iter().any(told), "{question}: {point:?}");
        }
    }
}

#[tokio::test]
async fn the_address_gives_the_same_chart_again() {
    for question in [
        TREND,
        "how many call centres in Fès?",
        "كم عدد مراكز الاتصال في فاس؟",
        "شحال من سونطر دابيل كاين ف فاس؟",
        "ch7al mn centre d'appel kayn f Fes?",
    ] {
        let chart = ask(question).await.chart.expect("something to draw");
        assert!(!chart.frame.is_empty() && chart.frame.len() <= 512);
        let again = ask::chart(&LEXICON, &chart.frame, None, now(), &Fake).await;
        assert_eq!(again, Ok(Some(chart)), "{question}");
    }
}

#[tokio::test]
async fn the_address_takes_another_language() {
    let chart = ask(TREND).await.chart.expect("something to draw");
    for (locale, tag) in [
        (Locale::En, "en"),
        (Locale::Ar, "ar"),
        (Locale::Ary, "ary-Latn"),
    ] {
        let other = ask::chart(&LEXICON, &chart.frame, Some(locale), now(), &Fake).await;
        let other = other.expect("a known frame").expect("something to draw");
        assert_eq!(other.language, tag);
        assert_eq!(other.series.len(), chart.series.len());
    }
}

#[tokio::test]
async fn what_is_not_an_address_is_refused() {
    for address in [
        "",
        "x",
        "../../etc/passwd",
        "AgAAAAA",
        "é",
        &"A".repeat(513),
    ] {
        let refused = ask::chart(&LEXICON, address, None, now(), &Fake).await;
        assert_eq!(refused, Err(ChartError::Unreadable), "{address}");
    }
}

#[tokio::test]
async fn abstentions_and_talk_draw_nothing() {
    for question in [
        "How many Messi fans work in Fès call centres?",
        "Bonjour",
        "Évolution du loyer à Tanger",
    ] {
        assert_eq!(ask(question).await.chart, None, "{question}");
    }
}
