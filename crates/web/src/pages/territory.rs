//! `/territory/03.231`: the fact sheet of a place, in the order investors ask.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{List, Named, Place, Source, Stated, Text, outside},
    view::{About, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

pub struct Territory;

#[derive(Deserialize)]
pub struct Answer {
    territory: Option<Sheeted>,
}

#[derive(Deserialize)]
struct Sheeted {
    code: String,
    name: String,
    level: String,
    iso3166: Option<String>,
    ancestors: Vec<Place>,
    children: List<Place>,
    population: Option<Stated>,
    parks: List<Named>,
    sheet: Sheet,
}

#[derive(Deserialize)]
struct Sheet {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    question: String,
    is_known: bool,
    count: i64,
    facts: Vec<Fact>,
}

/// What answers a question.
#[derive(Deserialize)]
#[serde(tag = "__typename")]
enum Fact {
    Observation(Box<Stated>),
    Site(Box<Site>),
    TrainingProgramme(Box<Training>),
    Incentive(Box<Incentive>),
    Project(Box<Project>),
    Organisation(Box<Contact>),
    #[serde(other)]
    Other,
}

/// Where an organisation works.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Site {
    pub organisation: Option<Named>,
    pub park: Option<Named>,
    pub activity: Option<Named>,
    pub place: Option<Place>,
    pub headcount: Option<Stated>,
    pub opened_on: Option<String>,
    pub source: Source,
}

impl Site {
    pub fn people(&self) -> Option<&Stated> {
        self.headcount.as_ref()
    }
}

#[derive(Deserialize)]
struct Training {
    organisation: Named,
    programme: Option<String>,
    measure: String,
    figure: Option<Stated>,
    source: Source,
}

impl Training {
    fn stated(&self) -> Option<&Stated> {
        self.figure.as_ref()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Incentive {
    kind: String,
    title: String,
    conditions: Option<Text>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    place: Place,
    source: Source,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Project {
    key: String,
    name: String,
    status: String,
    status_as_of: Option<String>,
    place: Place,
    source: Source,
}

#[derive(Deserialize)]
struct Contact {
    key: String,
    name: String,
    website: Option<String>,
    source: Source,
}

impl Contact {
    fn link(&self) -> Option<String> {
        website(self.website.as_deref())
    }
}

/// The address of a website that is stored with or without its scheme.
pub fn website(stored: Option<&str>) -> Option<String> {
    let stored = stored?;
    let whole = match stored.contains("://") {
        true => stored.to_owned(),
        false => format!("https://{stored}"),
    };
    outside(Some(&whole)).map(str::to_owned)
}

impl Entry {
    fn anchor(&self) -> String {
        self.question.to_ascii_lowercase().replace('_', "-")
    }

    fn left(&self) -> i64 {
        let shown = i64::try_from(self.facts.len()).unwrap_or(i64::MAX);
        (self.count - shown).max(0)
    }

    fn figures(&self) -> Vec<&Stated> {
        let figures = self.facts.iter().filter_map(|fact| match fact {
            Fact::Observation(figure) => Some(&**figure),
            _ => None,
        });
        figures.collect()
    }

    fn sites(&self) -> Vec<&Site> {
        let sites = self.facts.iter().filter_map(|fact| match fact {
            Fact::Site(site) => Some(&**site),
            _ => None,
        });
        sites.collect()
    }

    fn training(&self) -> Vec<&Training> {
        let training = self.facts.iter().filter_map(|fact| match fact {
            Fact::TrainingProgramme(training) => Some(&**training),
            _ => None,
        });
        training.collect()
    }

    fn incentives(&self) -> Vec<&Incentive> {
        let incentives = self.facts.iter().filter_map(|fact| match fact {
            Fact::Incentive(incentive) => Some(&**incentive),
            _ => None,
        });
        incentives.collect()
    }

    fn projects(&self) -> Vec<&Project> {
        let projects = self.facts.iter().filter_map(|fact| match fact {
            Fact::Project(project) => Some(&**project),
            _ => None,
        });
        projects.collect()
    }

    fn contacts(&self) -> Vec<&Contact> {
        let contacts = self.facts.iter().filter_map(|fact| match fact {
            Fact::Organisation(contact) => Some(&**contact),
            _ => None,
        });
        contacts.collect()
    }

    /// Every figure of the entry, those of sites and programmes included.
    fn stated(&self) -> impl Iterator<Item = &Stated> {
        self.facts.iter().filter_map(|fact| match fact {
            Fact::Observation(figure) => Some(&**figure),
            Fact::Site(site) => site.people(),
            Fact::TrainingProgramme(training) => training.stated(),
            _ => None,
        })
    }
}

#[derive(Template)]
#[template(path = "territory.html")]
struct Body<'a> {
    w: Words,
    place: &'a Sheeted,
    population: Option<&'a Stated>,
}

impl View for Territory {
    type Answer = Answer;

    const DOCUMENT: &'static str = document!("territory", "stated", "things", "sources", "shown");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({ "code": address.key, "locale": address.words.language.locale() }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(place) = &answer.territory else {
            return Ok(None);
        };
        let population = place.population.as_ref();
        let body = Markup::of(&Body {
            w,
            place,
            population,
        })?;
        let stated = place.sheet.entries.iter().flat_map(Entry::stated);
        let figures: Vec<Stated> = population.into_iter().chain(stated).cloned().collect();
        let description = w.with("territory-description", "place", &place.name);
        Ok(Some(Shown {
            structured: Some(json!({
                "@type": "Dataset",
                "name": w.with("territory-title", "place", &place.name),
                "description": description,
                "spatialCoverage": place.name,
            })),
            title: w.with("territory-title", "place", &place.name),
            description,
            body,
            figures,
            ..Shown::default()
        }))
    }
}
