//! The pixels: of the right size, not blank, text in the font and not in boxes.

use crate::samples;

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    (number(16), number(20))
}

#[test]
fn pictures_fit_a_telephone_and_show_something() {
    for (name, chart) in [
        ("trend", samples::trend()),
        ("ranking", samples::ranking()),
        ("share", samples::share()),
        ("marks", samples::marks()),
        ("mixed", samples::mixed()),
    ] {
        let picture = chart::draw(&chart);
        let png = picture.png().unwrap();
        let (width, height) = size(&png);
        assert_eq!(width, 1080, "{name}");
        assert_eq!(f64::from(height), (picture.size().1 * 1.5).ceil(), "{name}");
        // Telegram: both sides together at most 10,000, one at most twenty times the other.
        assert!(width + height <= 10_000 && height < width * 20 && width < height * 20);
        // A blank sheet of this size takes some 5 kB.
        assert!(
            (10_000..400_000).contains(&png.len()),
            "{name}: {} bytes",
            png.len()
        );
    }
}

#[test]
fn the_same_chart_is_the_same_picture() {
    let (first, second) = (
        chart::draw(&samples::trend()),
        chart::draw(&samples::trend()),
    );
    assert_eq!(first, second);
    assert_eq!(first.png().unwrap(), second.png().unwrap());
}

#[test]
fn marks_of_sureness_look_different_without_colour() {
    let mut drawn = Vec::new();
    for (qualifier, contested) in [
        ("EXACT", false),
        ("APPROXIMATE", false),
        ("TARGET", false),
        ("EXACT", true),
        ("TARGET", true),
    ] {
        for kind in ["LINES", "BARS"] {
            let chart = samples::chart(serde_json::json!({
                "kind": kind, "title": "t", "language": "fr", "series": [{ "label": "s", "points": [
                    { "period": "2019", "label": "2019", "value": 3, "text": "3", "qualifier": qualifier, "contested": contested },
                ] }],
            }));
            let svg = chart::draw(&chart).svg().to_owned();
            let colourless: String = svg
                .split('"')
                .filter(|part| !(part.starts_with('#') && *part != "#ffffff"))
                .collect();
            assert!(
                !drawn.contains(&colourless),
                "{kind} {qualifier} {contested}"
            );
            drawn.push(colourless);
        }
    }
}

#[test]
fn outlines_need_no_font_and_keep_the_words_for_screen_readers() {
    for (name, chart) in [("trend", samples::trend()), ("mixed", samples::mixed())] {
        let picture = chart::draw(&chart);
        let outlined = picture.outlined().unwrap();
        assert!(!outlined.contains("<text") && !outlined.contains("font-family"));
        assert!(outlined.contains("role=\"img\"") && outlined.contains("<title id=\"t\">"));
        assert!(
            outlined.contains(&chart.credits[0].replace(['\u{2068}', '\u{2069}'], ""))
                || name == "mixed"
        );
        for active in ["<script", "<style", " style=", "href", "<image"] {
            assert!(!outlined.contains(active), "{name}: {active}");
        }
        assert!(
            (10_000..300_000).contains(&outlined.len()),
            "{name}: {} bytes",
            outlined.len()
        );
        if let Some(folder) = std::env::var_os("BAB_PNG_FOLDER") {
            std::fs::write(
                std::path::Path::new(&folder).join(format!("{name}.outlined.svg")),
                outlined,
            )
            .unwrap();
        }
    }
}
