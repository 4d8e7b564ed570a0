//! Charts nobody would draw: labels that want to be markup, values without end, nothing at all.

use serde_json::{Value, json};

use crate::samples::chart;

fn lines(points: &[Value]) -> Value {
    json!({ "kind": "LINES", "title": "t", "language": "fr", "series": [{ "label": "s", "points": points }] })
}

fn point(period: &str, value: impl Into<Value>) -> Value {
    json!({ "period": period, "label": period, "value": value.into(), "text": "x" })
}

#[test]
fn labels_stay_labels() {
    let hostile = "</text><script>alert(1)</script>\" onload=\"x\" <image href='http://a/b.png'/> &amp; ]]> \u{202e}evil\u{0}\u{fffe}";
    for kind in ["LINES", "BARS", "SHARE"] {
        let chart = chart(json!({
            "kind": kind, "title": hostile, "subtitle": hostile, "language": hostile,
            "series": [
                { "label": hostile, "points": [{ "period": "2019", "label": hostile, "value": 1, "text": hostile, "contested": true }] },
                { "label": hostile, "points": [{ "period": hostile, "label": hostile, "value": 2, "text": hostile }] },
            ],
            "legend": [{ "mark": "CONTESTED", "label": hostile }], "notes": [hostile], "credits": [hostile],
        }));
        let picture = chart::draw(&chart);
        let svg = picture.svg();
        for forbidden in [
            "<script",
            "<image",
            "href=\"",
            "\" onload",
            "\u{202e}",
            "\u{0}",
            "\u{fffe}",
            "style=",
            "<style",
        ] {
            assert!(!svg.contains(forbidden), "{kind}: {forbidden:?} in {svg}");
        }
        assert!(!picture.png().unwrap().is_empty());
    }
}

#[test]
fn values_without_end_or_without_value_are_drawn_somehow() {
    let many: Vec<Value> = (0..5_000)
        .map(|at| point(&format!("{:04}", at % 9_000 + 1_000), at))
        .collect();
    let long = "مراكز الاتصال والخدمات عن بعد ".repeat(2_000);
    for (name, value) in [
        (
            "nothing",
            json!({ "kind": "LINES", "title": "", "language": "", "series": [] }),
        ),
        (
            "no bars",
            json!({ "kind": "BARS", "title": "", "language": "ar", "series": [] }),
        ),
        (
            "no share",
            json!({ "kind": "SHARE", "title": "t", "language": "ar", "series": [{ "label": "", "points": [] }] }),
        ),
        ("one point", lines(&[point("2019", 36)])),
        ("zero", lines(&[point("2019", 0), point("2020", 0)])),
        (
            "missing",
            lines(&[point("2019", Value::Null), point("2020", 3)]),
        ),
        ("all missing", lines(&[point("2019", Value::Null)])),
        (
            "huge",
            lines(&[point("2019", f64::MAX), point("2020", f64::MIN)]),
        ),
        (
            "tiny",
            lines(&[point("2019", f64::MIN_POSITIVE), point("2020", -1e-300)]),
        ),
        ("negative", lines(&[point("2019", -3), point("2020", -8)])),
        ("undated", lines(&[point("", 3), point("someday", 4)])),
        ("far apart", lines(&[point("0001", 3), point("9999", 4)])),
        ("many", lines(&many)),
        (
            "too much of a share",
            json!({ "kind": "SHARE", "title": "t", "language": "fr", "series": [{ "label": "s", "points": [point("2019", 140)] }] }),
        ),
        (
            "long",
            json!({ "kind": "BARS", "title": long, "subtitle": long, "language": "ar", "series": [{ "label": long, "points": [{ "period": "2019", "label": long, "value": 3, "text": long }] }], "notes": vec![&long; 50], "credits": vec![&long; 50] }),
        ),
        (
            "many series",
            json!({ "kind": "LINES", "title": "t", "language": "fr", "series": vec![json!({ "label": "s", "points": [point("2019", 3)] }); 500] }),
        ),
        (
            "positions of nothing",
            json!({ "kind": "LINES", "title": "t", "language": "fr", "inverted": true, "series": [] }),
        ),
    ] {
        let picture = chart::draw(&chart(value));
        let svg = picture.svg();
        assert!(
            !svg.contains("NaN") && !svg.contains("inf"),
            "{name}: {svg}"
        );
        let (width, height) = picture.size();
        assert!(
            width == 720.0 && (60.0..=2_400.0).contains(&height),
            "{name}: {height}"
        );
        assert!(svg.len() < 200_000, "{name}: {} bytes", svg.len());
        assert!(picture.png().is_ok(), "{name}");
    }
}
