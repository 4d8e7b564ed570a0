//! Which indicator a figure is of, by what it counts and what is said around it. The table is `rules.toml`; its first rule that fits holds.

use std::sync::LazyLock;

use serde::Deserialize;

/// One row of the table. What a rule does not name it does not ask for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Key of the indicator.
    pub indicator: String,
    quantity: Vec<String>,
    unit: Vec<String>,
    /// Kinds of what it is about: organisation, school, body, park, project, plan, agreement; `none` is a territory.
    #[serde(default)]
    subject: Vec<String>,
    /// Branches: offshoring and its segments, call_centre, services, digital, other; `none` where no branch is named.
    #[serde(default)]
    sector: Vec<String>,
    #[serde(default)]
    change: Vec<String>,
    /// What must not have happened to it.
    #[serde(default)]
    unchanged: Vec<String>,
    planned: Option<bool>,
    /// Words that must stand in the sentence.
    #[serde(default)]
    with: Vec<String>,
    /// Words that must not.
    #[serde(default)]
    without: Vec<String>,
    /// The country is what the figure is a part of, or a rank in, and not its place.
    #[serde(default)]
    pub within_country: bool,
    /// The place where the text names none.
    pub place: Option<String>,
    /// The place of what is said of no place.
    pub place_else: Option<String>,
    /// The place where its own sentence names none.
    pub place_told: Option<String>,
    /// The branch must be named in its own sentence.
    #[serde(default)]
    pub names_sector: bool,
    /// What it tells is to come.
    #[serde(default)]
    pub to_come: bool,
    /// A segment of the branch is told apart.
    #[serde(default)]
    pub segments: bool,
    /// The least value that is believed.
    pub least: Option<f64>,
    /// The greatest.
    pub most: Option<f64>,
    /// What it is about is told although the figure is of a territory.
    #[serde(default)]
    pub keeps_subject: bool,
}

/// What is said of a figure.
#[derive(Debug)]
pub struct Said<'a> {
    pub quantity: &'a str,
    pub unit: &'a str,
    pub subject: &'a str,
    pub sector: &'a str,
    pub change: Option<&'a str>,
    pub planned: bool,
    pub cues: Vec<&'a str>,
}

#[derive(Deserialize)]
struct Table {
    rule: Vec<Rule>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let table: Table =
        toml::from_str(include_str!("../rules.toml")).expect("a test reads the table");
    table.rule
});

/// Whether a quantity can be measured in a unit.
pub fn measures(quantity: &str, unit: &str) -> bool {
    let names = |list: &[String], word: &str| list.iter().any(|own| own == word);
    RULES
        .iter()
        .any(|rule| names(&rule.quantity, quantity) && names(&rule.unit, unit))
}

/// The first rule that fits, and its number.
pub fn rule(said: &Said<'_>) -> Option<(usize, &'static Rule)> {
    RULES.iter().enumerate().find(|(_, rule)| rule.fits(said))
}

/// Segments of offshoring, by their keys.
pub const SEGMENTS: [&str; 5] = ["CRM", "BPO", "ITO", "ESO", "KPO"];

impl Rule {
    /// Whether a value can be believed.
    pub fn believes(&self, value: f64) -> bool {
        self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
    }

    /// Whether it asks for things of this kind.
    pub fn is_about(&self, kind: &str) -> bool {
        kind != "none" && self.subject.iter().any(|own| own == kind)
    }

    fn fits(&self, said: &Said<'_>) -> bool {
        let has = |list: &[String], word: &str| list.iter().any(|own| own == word);
        let free = |list: &[String], word: &str| list.is_empty() || has(list, word);
        let segment = SEGMENTS.contains(&said.sector);
        let branch = match said.sector {
            // Customer relations are what call centres do.
            "CRM" if has(&self.sector, "call_centre") => true,
            _ if segment => has(&self.sector, "offshoring"),
            sector => has(&self.sector, sector),
        };
        has(&self.quantity, said.quantity)
            && has(&self.unit, said.unit)
            && free(&self.subject, said.subject)
            && (self.sector.is_empty() || branch)
            && (self.change.is_empty()
                || said.change.is_some_and(|change| has(&self.change, change)))
            && !said
                .change
                .is_some_and(|change| has(&self.unchanged, change))
            && self.planned.is_none_or(|planned| planned == said.planned)
            && self
                .with
                .iter()
                .all(|cue| said.cues.contains(&cue.as_str()))
            && !self
                .without
                .iter()
                .any(|cue| said.cues.contains(&cue.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_every_rule_can_be_reached() {
        assert!(RULES.len() > 50);
        for (at, rule) in RULES.iter().enumerate() {
            let same = |other: &&Rule| {
                other.quantity == rule.quantity
                    && other.unit == rule.unit
                    && other.subject.is_empty()
                    && other.sector.is_empty()
                    && other.change.is_empty()
                    && other.planned.is_none()
                    && other.with.is_empty()
                    && other.without.is_empty()
            };
            let shadow = RULES[..at].iter().find(same);
            assert!(
                shadow.is_none(),
                "{} never holds after {:?}",
                rule.indicator,
                shadow
            );
        }
    }
}
