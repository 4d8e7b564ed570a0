//! Charts to draw, written as the schema answers them.

use chart::Chart;
use serde_json::{Value, json};

/// A chart from the shape of the contract.
pub fn chart(value: Value) -> Chart {
    serde_json::from_value(value).unwrap()
}

/// Call centres of Fès: gaps, a contested figure, two producers.
pub fn trend() -> Chart {
    chart(json!({
        "kind": "LINES",
        "title": "Centres d'appels à Fès (préfecture)",
        "subtitle": null,
        "language": "fr",
        "series": [
            { "label": "Aujourd'hui le Maroc", "points": [
                { "period": "2009", "label": "2009", "value": 22, "text": "22", "contested": true },
            ] },
            { "label": "CRI Fès-Meknès", "points": [
                { "period": "2017", "label": "2017", "value": 30, "text": "≈ 30", "qualifier": "APPROXIMATE" },
                { "period": "2018", "label": "2018", "value": 33, "text": "33" },
                { "period": "2019", "label": "2019", "value": 36, "text": "36" },
            ] },
        ],
        "legend": [
            { "mark": "APPROXIMATE", "label": "≈ valeur approchée" },
            { "mark": "TARGET", "label": "objectif, pas un résultat" },
            { "mark": "CONTESTED", "label": "chiffre contesté" },
        ],
        "notes": ["Les autres années n'ont pas de chiffre publié ; rien n'est interpolé."],
        "credits": [
            "Aujourd'hui le Maroc, publié en octobre 2009",
            "CRI Fès-Meknès, publié par JournalEco en décembre 2020",
        ],
    }))
}

/// Communes by businesses, in Arabic, from right to left.
pub fn ranking() -> Chart {
    let bar = |label: &str, value: f64, text: &str| {
        json!({ "label": label, "points": [
        { "period": "2024", "label": "2024", "value": value, "text": text },
    ] })
    };
    chart(json!({
        "kind": "BARS",
        "title": "المقاولات، أعلى القيم المعروفة",
        "subtitle": "مقاولة",
        "language": "ar",
        "series": [
            bar("زواغة (مقاطعة)", 12_480.0, "12\u{202f}480"),
            bar("مكناس (جماعة)", 9_120.0, "9\u{202f}120"),
            bar("مشور فاس الجديد", 640.0, "640"),
        ],
        "notes": ["لا ترتب إلا القيم المنشورة؛ والمجموع غير معروف."],
        "credits": ["\u{2068}HCP\u{2069}، نشرته \u{2068}Haut-Commissariat au Plan\u{2069} في نونبر \u{2068}2024\u{2069}"],
    }))
}

/// A share of the whole, with no date.
pub fn share() -> Chart {
    chart(json!({
        "kind": "SHARE",
        "title": "Share of national offshoring jobs",
        "subtitle": "%",
        "language": "en",
        "series": [{ "label": "Fès-Meknès (region)", "points": [
            { "period": "", "label": "undated", "value": 11, "text": "11%" },
        ] }],
        "credits": ["Published by JournalEco in December 2020"],
    }))
}

/// Bars of every mark, in Darija written with Latin letters.
pub fn marks() -> Chart {
    let bar = |label: &str, value: f64, qualifier: &str, contested: bool| {
        json!({ "label": label, "points": [
        { "period": "2019", "label": "2019", "value": value, "text": value.to_string(), "qualifier": qualifier, "contested": contested },
    ] })
    };
    chart(json!({
        "kind": "BARS",
        "title": "Lkhedma f les centres d'appel d Fes",
        "language": "ary-Latn",
        "series": [
            bar("Exact", 400.0, "EXACT", false),
            bar("Approximate", 350.0, "APPROXIMATE", false),
            bar("At least", 300.0, "AT_LEAST", false),
            bar("At most", 250.0, "AT_MOST", false),
            bar("Target", 500.0, "TARGET", false),
            bar("Contested", 220.0, "EXACT", true),
            { "label": "Range", "points": [{ "period": "2019", "label": "2019", "value": 100, "valueMax": 180, "text": "100–180" }] },
            { "label": "Missing", "points": [{ "period": "2019", "label": "2019", "value": null, "text": "" }] },
        ],
        "legend": [
            { "mark": "APPROXIMATE", "label": "t9riban" },
            { "mark": "AT_LEAST", "label": "3la l2a9al" },
            { "mark": "AT_MOST", "label": "3la l2aktar" },
            { "mark": "TARGET", "label": "hadaf, machi natija" },
            { "mark": "CONTESTED", "label": "ra9m fih khilaf" },
        ],
        "notes": [], "credits": ["JournalEco, 2020"],
    }))
}

/// Below and above zero.
pub fn negative() -> Chart {
    let bar = |label: &str, value: f64, text: &str| {
        json!({ "label": label, "points": [
        { "period": "2024", "label": "2024", "value": value, "text": text },
    ] })
    };
    chart(json!({
        "kind": "BARS", "title": "Change of population", "subtitle": "%", "language": "en",
        "series": [bar("Sefrou", -3.4, "−3.4%"), bar("Fès", 5.1, "5.1%"), bar("Taza", 0.0, "0%")],
        "credits": ["HCP, published in 2024"],
    }))
}

/// Positions: the first stands at the top.
pub fn positions() -> Chart {
    chart(json!({
        "kind": "LINES", "title": "Rang du Maroc, indice Kearney", "language": "fr", "inverted": true,
        "series": [{ "label": "Kearney", "points": [
            { "period": "2019", "label": "2019", "value": 34, "text": "34" },
            { "period": "2021", "label": "2021", "value": 40, "text": "40" },
            { "period": "2023", "label": "2023", "value": 28, "text": "28" },
        ] }],
        "credits": ["Kearney, publié en 2023"],
    }))
}

/// Half-years and quarters that follow each other, and one that does not; ranges and targets.
pub fn mixed() -> Chart {
    chart(json!({
        "kind": "LINES", "title": "تطور صادرات الأوفشورينغ في المغرب", "subtitle": "مليون درهم", "language": "ar",
        "series": [{ "label": "مكتب الصرف", "points": [
            { "period": "2022", "label": "2022", "value": 17000, "text": "17\u{202f}000" },
            { "period": "2023", "label": "2023", "value": 17900, "text": "17\u{202f}900" },
            { "period": "2024", "label": "2024", "value": 26200, "text": "26\u{202f}200" },
            { "period": "2025-S1", "label": "نصف أول 2025", "value": 13100, "valueMax": 13900, "text": "13\u{202f}100–13\u{202f}900" },
            { "period": "2030", "label": "2030", "value": 40000, "text": "40\u{202f}000", "qualifier": "TARGET" },
        ] }],
        "legend": [{ "mark": "TARGET", "label": "هدف وليس نتيجة" }],
        "credits": ["مكتب الصرف، نُشر في \u{2068}2025\u{2069}"],
    }))
}
