//! One figure in words: value, qualifier, period, place, who measured, who published and when.

use chrono::{DateTime, Datelike, Utc};
use language::Period;

use crate::answer::{Figure, FigureBasis, PeriodBasis, Qualifier, SubjectKind};

use super::record::{Observation, Place};
use super::speak::Speaker;

impl Observation {
    /// The part of offshoring that the figure is of, where its indicator does not say it.
    pub fn segment(&self) -> Option<&str> {
        let whole = ["offshoring_all", "call_centre"];
        let activity = self.activity.as_ref()?;
        (self.subject_kind.is_none() && !whole.contains(&activity.key.as_str()))
            .then_some(activity.name.as_str())
    }

    /// What is measured, and of which part of offshoring.
    pub fn label(&self) -> String {
        match self.segment() {
            Some(segment) => format!("{} ({segment})", self.indicator.name),
            None => self.indicator.name.clone(),
        }
    }

    /// The figure as a record of the answer.
    pub fn figure(&self) -> Figure {
        Figure {
            value: self.value,
            value_max: self.value_max,
            unit: self.unit.key.clone(),
            qualifier: self.qualifier,
            period: self.period.clone(),
            period_basis: self.period_basis,
            basis: FigureBasis::Published,
            indicator: Some(self.indicator.key.clone()),
            territory: self.territory.as_ref().map(|place| place.code.clone()),
            activity: self.activity.as_ref().map(|activity| activity.key.clone()),
            subject: self.subject_kind.zip(self.subject_key.clone()),
            producer: self.producer.as_ref().map(|producer| producer.key.clone()),
            observation: Some(self.key.clone()),
            source: Some(self.source.key.clone()),
            inputs: Vec::new(),
            rank: None,
        }
    }
}

/// A count of our own records.
pub fn directory_figure(
    count: u64,
    of: &str,
    territory: Option<String>,
    subject: Option<(SubjectKind, String)>,
) -> Figure {
    Figure {
        value: count as f64,
        value_max: None,
        unit: "count".into(),
        qualifier: Qualifier::Exact,
        period: None,
        period_basis: None,
        basis: FigureBasis::Directory,
        indicator: Some(format!("directory_{of}")),
        territory,
        activity: None,
        subject,
        producer: None,
        observation: None,
        source: None,
        inputs: Vec::new(),
        rank: None,
    }
}

impl Speaker {
    /// The whole sentence of a figure.
    pub fn sentence(self, o: &Observation) -> String {
        let args = vec![
            ("amount", self.amount(o).into()),
            ("period", self.period_of(o).into()),
            ("place", self.place(o.territory.as_ref()).into()),
            ("origin", self.origin(o).into()),
            ("label", o.label().into()),
            ("subject", self.about(o).unwrap_or_default().into()),
        ];
        let id = if self.about(o).is_some() {
            "figure-of-thing"
        } else if self.noun(o).is_some() && o.segment().is_none() {
            "figure-counted"
        } else {
            "figure-labelled"
        };
        capital(&self.say(id, args))
    }

    /// Value, unit and qualifier.
    pub fn amount(self, o: &Observation) -> String {
        let amount = match o.value_max {
            Some(most) if most != o.value => self.say(
                "range",
                vec![
                    ("low", self.number(o.value).into()),
                    ("high", self.with_unit(o, most).into()),
                ],
            ),
            _ => self.with_unit(o, o.value),
        };
        let id = match o.qualifier {
            Qualifier::Exact => return amount,
            Qualifier::Approximate => "approximate",
            Qualifier::AtLeast => "at-least",
            Qualifier::AtMost => "at-most",
            Qualifier::Target => "target",
        };
        self.say(id, vec![("amount", amount.into())])
    }

    fn with_unit(self, o: &Observation, value: f64) -> String {
        let number = self.number(value);
        if let Some(noun) = self.noun_for(o, value) {
            return self.say(
                "amount-unit",
                vec![("value", number.into()), ("unit", noun.into())],
            );
        }
        match o.unit.key.as_str() {
            "percent" => self.say("amount-percent", vec![("value", number.into())]),
            "rank" => self.say("amount-rank", vec![("value", number.into())]),
            "count" => number,
            _ => {
                let unit = if o.unit.name.is_empty() {
                    &o.unit.key
                } else {
                    &o.unit.name
                };
                self.say(
                    "amount-unit",
                    vec![("value", number.into()), ("unit", unit.into())],
                )
            }
        }
    }

    fn noun(self, o: &Observation) -> Option<String> {
        self.noun_for(o, o.value)
    }

    /// What is counted, in its plural form, where the indicator has such a word.
    fn noun_for(self, o: &Observation, value: f64) -> Option<String> {
        self.try_say(
            &format!("noun-{}", o.indicator.key),
            vec![("n", value.into())],
        )
    }

    /// The thing a figure is about.
    fn about(self, o: &Observation) -> Option<String> {
        o.subject_kind?;
        o.subject
            .as_ref()
            .and_then(|subject| subject.name.clone())
            .or_else(|| o.subject_key.clone())
    }

    /// The period, an inferred year named as such, or "undated".
    pub fn period_of(self, o: &Observation) -> String {
        let Some(period) = &o.period else {
            return self.word("undated");
        };
        let words = self.period(period);
        match o.period_basis {
            Some(PeriodBasis::Inferred) => self.say("inferred", vec![("period", words.into())]),
            _ => words,
        }
    }

    /// Where: name and level; the world for none.
    pub fn place(self, place: Option<&Place>) -> String {
        let Some(place) = place else {
            return self.word("place-world");
        };
        let kind = place
            .kind
            .as_deref()
            .unwrap_or(place.level.as_str())
            .to_lowercase();
        let id = match kind.as_str() {
            "country" => "place-country",
            "region" => "place-region",
            "prefecture" => "place-prefecture",
            "province" => "place-province",
            "prefecture_of_arrondissements" => "place-prefecture",
            "arrondissement" => "place-arrondissement",
            _ => "place-commune",
        };
        self.say(id, vec![("name", place.name.clone().into())])
    }

    /// Who measured, who published, when.
    pub fn origin(self, o: &Observation) -> String {
        let date = o
            .source
            .published_on
            .as_deref()
            .map(|date| self.published(date))
            .unwrap_or_default();
        let publisher = o.source.publisher.clone();
        match o.producer_name() {
            Some(producer) if producer != publisher => self.say(
                "origin-produced",
                vec![
                    ("producer", producer.into()),
                    ("publisher", publisher.into()),
                    ("date", date.into()),
                ],
            ),
            _ => self.say(
                "origin-published",
                vec![("publisher", publisher.into()), ("date", date.into())],
            ),
        }
    }

    /// "in December 2020", "on 18 December 2020", "in 2020", with the space before.
    pub fn published(self, date: &str) -> String {
        let id = match date.split('-').count() {
            1 => "date-year",
            2 => "date-month",
            _ => "date-day",
        };
        self.say(id, vec![("date", self.date(date).into())])
    }

    /// Short form for a series: value and period.
    pub fn brief(self, o: &Observation) -> String {
        self.say(
            "brief",
            vec![
                ("amount", self.amount(o).into()),
                ("period", self.period_of(o).into()),
            ],
        )
    }

    /// Short form for a conflict: value and who says so.
    pub fn claim(self, o: &Observation) -> String {
        self.say(
            "claim",
            vec![
                ("amount", self.amount(o).into()),
                ("origin", self.origin(o).into()),
            ],
        )
    }
}

/// The text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Whether a period ended more than three years before `now`.
pub fn is_stale(period: &str, now: DateTime<Utc>) -> bool {
    let Ok(period) = period.parse::<Period>() else {
        return false;
    };
    let (_, (year, month)) = period.months();
    (year + 3, u32::from(month)) < (now.year(), now.month())
}
