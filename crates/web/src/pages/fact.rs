//! What pages show of facts, in the shape of their documents: figures with their source, names that link to pages, charts.

use serde::Deserialize;

use super::words::Words;

/// A thing with a name and, where it has one, a page.
#[derive(Clone, Debug, Deserialize)]
pub struct Thing {
    #[serde(rename = "__typename")]
    pub kind: String,
    pub key: Option<String>,
    pub name: Option<String>,
}

impl Thing {
    /// The path of its page.
    pub fn path(&self) -> Option<String> {
        let key = self.key.as_deref()?;
        let page = match self.kind.as_str() {
            "Territory" => "territory",
            "Indicator" => "indicator",
            "Organisation" => "organisation",
            "Park" => "park",
            "Project" => "project",
            "Agreement" => "agreement",
            "Source" => "source",
            _ => return None,
        };
        Some(format!("/{page}/{key}"))
    }
}

/// A key and a name.
#[derive(Clone, Debug, Deserialize)]
pub struct Named {
    pub key: String,
    pub name: String,
}

/// A territory.
#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    pub code: String,
    pub name: String,
}

/// A text in the language that it is stored in.
#[derive(Clone, Debug, Deserialize)]
pub struct Text {
    pub text: String,
    pub locale: String,
}

impl Text {
    pub fn tag(&self) -> String {
        self.locale.to_ascii_lowercase()
    }
}

/// A unit.
#[derive(Clone, Debug, Deserialize)]
pub struct Unit {
    pub key: String,
    #[serde(default)]
    pub name: String,
    pub symbol: Option<String>,
}

/// Where something is stated.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub key: String,
    pub publisher: String,
    #[serde(default)]
    pub title: String,
    pub url: Option<String>,
    pub published_on: Option<String>,
}

impl Source {
    /// Its own address, when following it can do nothing but open a page.
    pub fn link(&self) -> Option<&str> {
        outside(self.url.as_deref())
    }
}

/// An address elsewhere, when following it can do nothing but open a page.
pub fn outside(url: Option<&str>) -> Option<&str> {
    let url = url?;
    let scheme = url.split_once("://")?.0;
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")).then_some(url)
}

/// A published figure.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stated {
    #[serde(default)]
    pub key: String,
    pub value: f64,
    pub value_max: Option<f64>,
    pub unit: Unit,
    pub qualifier: String,
    pub period: Option<String>,
    pub period_basis: Option<String>,
    pub scope: Option<String>,
    pub indicator: Option<Named>,
    pub territory: Option<Place>,
    pub subject: Option<Thing>,
    pub producer: Option<Named>,
    pub source: Option<Source>,
}

impl Stated {
    /// The value as it is written: with its unit and the sign of its qualifier.
    pub fn amount(&self, words: &Words) -> String {
        let low = words.number(&self.value);
        let number = match self.value_max.filter(|most| *most != self.value) {
            Some(most) => format!("{low}–{}", words.number(&most)),
            None => low,
        };
        let amount = match (self.unit.key.as_str(), self.unit.symbol.as_deref()) {
            // What is counted stands in the name of the indicator.
            ("count" | "people" | "jobs" | "establishments" | "households", _) => number,
            ("percent", _) => words.with("amount-percent", "number", &number),
            ("rank", _) => words.with("amount-rank", "number", &number),
            (_, Some(symbol)) => format!("{number}\u{a0}{symbol}"),
            (_, None) => format!("{number}\u{a0}{}", self.unit.name),
        };
        match self.qualifier.as_str() {
            "APPROXIMATE" => words.with("amount-approximate", "amount", &amount),
            "AT_LEAST" => words.with("amount-at-least", "amount", &amount),
            "AT_MOST" => words.with("amount-at-most", "amount", &amount),
            "TARGET" => words.with("amount-target", "amount", &amount),
            _ => amount,
        }
    }

    /// The period in words, and whether it is inferred; that it has none.
    pub fn when(&self, words: &Words) -> String {
        match self.period.as_deref() {
            None => words.t("undated"),
            Some(period) => {
                let said = words.period(period);
                match self.period_basis.as_deref() {
                    Some("INFERRED") => words.with("period-inferred", "period", &said),
                    _ => said,
                }
            }
        }
    }

    /// Where the series of it is shown.
    pub fn path(&self) -> Option<String> {
        let indicator = self.indicator.as_ref()?;
        match (&self.territory, &self.subject) {
            (Some(place), None) => Some(format!(
                "/indicator/{}?territory={}",
                indicator.key, place.code
            )),
            _ => Some(format!("/indicator/{}", indicator.key)),
        }
    }

    /// The same for a link that must lead somewhere.
    pub fn path_or_home(&self) -> String {
        self.path().unwrap_or_else(|| "/".to_owned())
    }

    /// Whether it takes more room than a number.
    pub fn is_long(&self, words: &Words) -> bool {
        self.amount(words).chars().count() > 12
    }

    /// One line of what it is of.
    pub fn label(&self) -> String {
        let indicator = self.indicator.as_ref().map(|it| it.name.as_str());
        let of = self.subject.as_ref().and_then(|it| it.name.as_deref());
        let place = self.territory.as_ref().map(|it| it.name.as_str());
        let parts = [indicator, of.or(place)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// A chart and where it is drawn.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    #[serde(flatten)]
    pub chart: ::chart::Chart,
    url: Option<String>,
}

/// A row of the table behind a chart: what, when, how much, and what its marks mean.
pub struct Row<'a> {
    pub what: &'a str,
    pub period: &'a str,
    pub value: &'a str,
    pub marks: String,
}

impl Chart {
    /// The picture as a path of this server, whatever the public calls it.
    pub fn png_path(&self) -> Option<&str> {
        let url = self.url.as_ref()?;
        url.find("/chart/").map(|at| &url[at..])
    }

    /// The drawing for a page that shows several: what it names inside begins with `name`.
    pub fn inline(&self, name: &str) -> String {
        ::chart::draw(&self.chart).inline(name)
    }

    pub fn direction(&self) -> &'static str {
        if self.chart.is_rtl() { "rtl" } else { "ltr" }
    }

    /// The figures, a row each.
    pub fn rows(&self) -> Vec<Row<'_>> {
        let points = self
            .chart
            .series
            .iter()
            .flat_map(|series| series.points.iter().map(move |point| (series, point)));
        points
            .map(|(series, point)| {
                let marks = self
                    .chart
                    .legend
                    .iter()
                    .filter(|legend| point.carries(legend.mark))
                    .map(|legend| legend.label.as_str());
                Row {
                    what: &series.label,
                    period: &point.label,
                    value: &point.text,
                    marks: marks.collect::<Vec<_>>().join(" · "),
                }
            })
            .collect()
    }
}

/// A page of a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct List<T> {
    pub nodes: Vec<T>,
    #[serde(default)]
    pub total_count: Option<i64>,
}

impl<T> List<T> {
    pub fn rows(&self) -> Vec<&T> {
        self.nodes.iter().collect()
    }

    /// How many the list has beside those that are shown.
    pub fn left(&self) -> i64 {
        let shown = i64::try_from(self.nodes.len()).unwrap_or(i64::MAX);
        self.total_count.map_or(0, |total| (total - shown).max(0))
    }
}
