//! What can be drawn. The names are those of the public contract, so that a door hands over what it was answered.

use serde::Deserialize;

/// Most series that are drawn; what comes after them is left out.
pub const MOST_SERIES: usize = 12;

/// Most points of a series that are drawn.
pub const MOST_POINTS: usize = 60;

/// One chart, with every word that stands on it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    pub kind: Kind,
    pub title: String,
    #[serde(default)]
    pub subtitle: Option<String>,
    /// BCP 47; decides the direction and how numbers on the axis are written.
    pub language: String,
    /// Position 1 is the best and stands at the top.
    #[serde(default)]
    pub inverted: bool,
    pub series: Vec<Series>,
    /// What the marks of the points mean; only the marks that occur are shown.
    #[serde(default)]
    pub legend: Vec<Legend>,
    /// Sentences under the drawing.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where the figures come from, and of when.
    #[serde(default)]
    pub credits: Vec<String>,
}

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// Points on a time axis; only periods that follow each other are joined.
    Lines,
    /// One bar a series, in the order given.
    Bars,
    /// Bars on a track that is the whole, 0 to 100.
    Share,
}

/// Points that belong together: one measure by one producer in one scope.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Series {
    pub label: String,
    pub points: Vec<Point>,
}

/// One figure.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Point {
    /// `2019`, `2025-S1`, `2024-Q3`, `2019-03`, `2020-12-18`, `2016/2018`; empty when undated.
    pub period: String,
    /// The period as it is printed.
    #[serde(default)]
    pub label: String,
    /// Absent: known to exist, its value is not.
    pub value: Option<f64>,
    #[serde(default)]
    pub value_max: Option<f64>,
    /// The value as it is printed.
    pub text: String,
    #[serde(default)]
    pub qualifier: Qualifier,
    #[serde(default)]
    pub contested: bool,
}

/// How exact a figure is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Qualifier {
    #[default]
    Exact,
    Approximate,
    AtLeast,
    AtMost,
    Target,
}

/// One line of the explanation of marks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Legend {
    pub mark: Mark,
    pub label: String,
}

/// A mark that needs an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Mark {
    Approximate,
    AtLeast,
    AtMost,
    Target,
    Contested,
}

impl Point {
    /// The value, unless it cannot be placed.
    pub fn placed(&self) -> Option<f64> {
        self.value.filter(|value| value.is_finite()).map(within)
    }

    /// The other end of a range.
    pub fn placed_max(&self) -> Option<f64> {
        self.value_max
            .filter(|value| value.is_finite())
            .map(within)
            .filter(|most| Some(*most) != self.placed())
    }

    /// Whether the point carries a mark.
    pub fn carries(&self, mark: Mark) -> bool {
        match mark {
            Mark::Approximate => self.qualifier == Qualifier::Approximate,
            Mark::AtLeast => self.qualifier == Qualifier::AtLeast,
            Mark::AtMost => self.qualifier == Qualifier::AtMost,
            Mark::Target => self.qualifier == Qualifier::Target,
            Mark::Contested => self.contested,
        }
    }
}

impl Chart {
    /// Whether its words run from right to left.
    pub fn is_rtl(&self) -> bool {
        let mut parts = self.language.split('-');
        let primary = parts.next().unwrap_or_default();
        matches!(primary, "ar" | "ary") && parts.next() != Some("Latn")
    }
}

/// No figure of this world is larger, and sums of two stay finite.
fn within(value: f64) -> f64 {
    value.clamp(-1e15, 1e15)
}
