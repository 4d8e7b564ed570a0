//! The first hour: a figure with all that makes it one, a list to its end, an error.

mod bab;
mod queries;

use cynic::QueryBuilder;
use queries::{
    Cited, Communes, CommunesVariables, Headline, HeadlineVariables, Qualifier, ReferencePeriod,
};

#[tokio::main]
async fn main() -> Result<(), bab::Error> {
    let address = std::env::var("BAB_URL").expect("BAB_URL says where the server is");
    let key = std::env::var("BAB_KEY").expect("BAB_KEY is the key");
    for line in first_hour(&address, &key).await? {
        println!("{line}");
    }
    Ok(())
}

pub async fn first_hour(address: &str, key: &str) -> Result<Vec<String>, bab::Error> {
    let bab = bab::Bab::new(address, key);
    let mut lines = Vec::new();
    let headline = |indicator| {
        let territory = "03.231";
        Headline::build(HeadlineVariables {
            indicator,
            territory,
        })
    };
    if let Some(headline) = bab.ask(headline("call_centres")).await?.headline {
        lines.extend(headline.observation.as_ref().map(line));
        let periods = headline.series.iter().filter_map(|of| of.period.as_ref());
        let periods: Vec<_> = periods.map(|period| period.0.as_str()).collect();
        lines.push(format!("known of {}", periods.join(", ")));
    }

    let (mut communes, mut after) = (Vec::new(), None);
    loop {
        let period = ReferencePeriod("2024".to_owned());
        let page = Communes::build(CommunesVariables {
            first: 100,
            after,
            period,
        });
        let page = bab.ask(page).await?.observations;
        communes.extend(page.nodes);
        after = page.page_info.end_cursor;
        if !page.page_info.has_next_page {
            break;
        }
    }
    let first = communes.first().map(line).unwrap_or_default();
    lines.push(format!("{} communes; first {first}", communes.len()));

    match bab.ask(headline("call_centers")).await {
        Err(bab::Error::Refused { code, message, .. }) => lines.push(format!("{code}: {message}")),
        other => other.map(drop)?,
    }
    Ok(lines)
}

fn line(figure: &Cited) -> String {
    let period = figure.period.as_ref().map_or("undated", |of| of.0.as_str());
    let place = figure.territory.as_ref();
    let place = place.map_or("the world", |of| of.name.as_str());
    let who = figure.producer.as_ref();
    let who = who.map_or_else(String::new, |of| format!("measured by {}, ", of.name));
    let published = figure.source.published_on.as_ref();
    let published = published.map_or("undated", |on| on.0.as_str());
    let sign = match figure.qualifier {
        Qualifier::Exact => "",
        Qualifier::Approximate => "about ",
        Qualifier::AtLeast => "at least ",
        Qualifier::AtMost => "at most ",
        Qualifier::Target => "target: ",
        Qualifier::Unknown => "? ",
    };
    format!(
        "{sign}{} {} ({period}), {place}: {who}{}, {published}",
        figure.value, figure.unit.key, figure.source.publisher,
    )
}
