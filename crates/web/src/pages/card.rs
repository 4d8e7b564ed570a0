//! The card of a page that draws nothing: its title and first figures.

use chart::{Card, Picture};

use super::{view::Shown, words::Words};

pub fn of(words: Words, shown: &Shown) -> Picture {
    let line = |figure: &super::fact::Stated| {
        let amount = match figure.period {
            Some(_) => format!("{} ({})", figure.amount(&words), figure.when(&words)),
            None => figure.amount(&words),
        };
        (figure.label(), amount)
    };
    let mut credits: Vec<String> = Vec::new();
    for source in shown
        .figures
        .iter()
        .take(4)
        .filter_map(|it| it.source.as_ref())
    {
        if !credits.contains(&source.publisher) {
            credits.push(source.publisher.clone());
        }
    }
    let credits = match credits.is_empty() {
        true => Vec::new(),
        false => vec![words.with("card-sources", "sources", &credits.join(" · "))],
    };
    chart::draw_card(&Card {
        title: shown.title.clone(),
        subtitle: shown.description.clone(),
        language: words.language.tag().to_owned(),
        lines: shown.figures.iter().take(4).map(line).collect(),
        credits,
    })
}
