//! Sources, organisations, their parks, sites and training programmes as partners state them.

use async_graphql::InputObject;
use entity::{country, organisation, park, site, source, training_programme};

use super::check::{Check, NAME, TEXT, joined, slug};
use crate::{
    scalar::PartialDate,
    user_error::UserErrorCode as Code,
    vocabulary::{OrganisationKind, SourceKind, TrainingMeasure},
};

/// A document that facts are read in: who printed it, where and when.
#[derive(InputObject, Clone, Debug)]
pub struct SourceInput {
    /// Its key; made of publisher, date and address when left out, so that the same document has the same key.
    pub key: Option<String>,
    /// What kind of document it is.
    pub(crate) kind: SourceKind,
    /// Who printed it.
    pub(crate) publisher: String,
    /// Its title.
    pub(crate) title: String,
    /// Its web address, http or https only.
    pub(crate) url: Option<String>,
    /// When it was published, as far as it is known.
    pub(crate) published_on: Option<PartialDate>,
    /// How it was read.
    pub(crate) retrieved_from: Option<String>,
    /// Doubts about its title or date, at most 2,000 characters.
    pub(crate) notes: Option<String>,
    /// Licence of what is taken from it; "all rights reserved" when left out.
    pub(crate) licence: Option<String>,
}

impl From<source::Draft> for SourceInput {
    fn from(draft: source::Draft) -> Self {
        Self {
            key: Some(draft.key),
            kind: draft.kind.into(),
            publisher: draft.publisher,
            title: draft.title,
            url: draft.url,
            published_on: draft.published_on.map(PartialDate),
            retrieved_from: draft.retrieved_from,
            notes: draft.notes,
            licence: Some(draft.licence),
        }
    }
}

impl SourceInput {
    pub fn draft(self, check: &mut Check) -> source::Draft {
        let publisher = check.name("publisher", self.publisher);
        let title = check.text("title", self.title, TEXT);
        let url = check.address("url", self.url);
        let published_on = self.published_on.map(|date| date.0);
        let when = published_on
            .as_ref()
            .map_or("undated", |date| date.as_str());
        let digest = store::proposal_text::key_of(url.as_deref().unwrap_or(&title));
        let made = format!("{}_{when}_{}", slug(&publisher), &digest[..6]);
        source::Draft {
            key: check.key(self.key, &made),
            kind: self.kind.into(),
            publisher,
            title,
            url,
            published_on,
            retrieved_from: check.optional("retrievedFrom", self.retrieved_from, NAME),
            notes: check.optional("notes", self.notes, TEXT),
            licence: check
                .optional("licence", self.licence, NAME)
                .unwrap_or_else(|| "all rights reserved".to_owned()),
        }
    }
}

/// An organisation.
#[derive(InputObject, Clone, Debug)]
pub struct OrganisationInput {
    /// Its key; made of its name when left out.
    pub key: Option<String>,
    /// Its name.
    name: String,
    /// Other names in use, former ones included; at most 100.
    aliases: Option<Vec<String>>,
    /// What kind of organisation it is.
    kind: OrganisationKind,
    /// Key of the organisation it belongs to.
    parent: Option<String>,
    /// Where it comes from, ISO 3166-1 alpha-2: `FR`.
    country_of_origin: Option<String>,
    /// Its website.
    website: Option<String>,
    /// What it is, in French; at most 2,000 characters.
    summary_fr: Option<String>,
    /// What it is, in English; at most 2,000 characters.
    summary_en: Option<String>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<organisation::Draft> for OrganisationInput {
    fn from(draft: organisation::Draft) -> Self {
        Self {
            key: Some(draft.key),
            name: draft.name,
            aliases: Some(draft.aliases),
            kind: draft.kind.into(),
            parent: draft.parent,
            country_of_origin: draft.country_of_origin,
            website: draft.website,
            summary_fr: draft.summary_fr,
            summary_en: draft.summary_en,
            source: Some(draft.source),
        }
    }
}

impl OrganisationInput {
    pub fn draft(self, check: &mut Check) -> organisation::Draft {
        let country = check.optional("countryOfOrigin", self.country_of_origin, 2);
        if country
            .as_deref()
            .is_some_and(|code| !country::is_code(code))
        {
            let message = "is no country of ISO 3166-1 (two capital letters, such as FR)";
            check.refuse("countryOfOrigin", Code::Invalid, message);
        }
        let website = check.optional("website", self.website, NAME);
        let address = website.as_ref().map(|site| match site.contains("://") {
            true => site.clone(),
            false => format!("https://{site}"),
        });
        check.address("website", address);
        let name = check.name("name", self.name);
        organisation::Draft {
            key: check.key(self.key, &slug(&name)),
            aliases: aliases(check, self.aliases),
            kind: self.kind.into(),
            parent: check.optional_reference("parent", self.parent),
            country_of_origin: country,
            website,
            summary_fr: check.optional("summaryFr", self.summary_fr, TEXT),
            summary_en: check.optional("summaryEn", self.summary_en, TEXT),
            source: check.source(self.source),
            name,
        }
    }
}

fn aliases(check: &mut Check, aliases: Option<Vec<String>>) -> Vec<String> {
    let mut once = Vec::new();
    for alias in check.listed("aliases", aliases) {
        let alias = check.name("aliases", alias);
        if !once.contains(&alias) {
            once.push(alias);
        }
    }
    once
}

/// A business park or zone. Its area and offices are figures.
#[derive(InputObject, Clone, Debug)]
pub struct ParkInput {
    /// Its key; made of its name when left out.
    pub key: Option<String>,
    /// Its name.
    name: String,
    /// Other names in use; at most 100.
    aliases: Option<Vec<String>>,
    /// Code of the territory it lies in.
    territory: String,
    /// Key of the organisation that runs it.
    operator: Option<String>,
    /// When it opened.
    opened_on: Option<PartialDate>,
    /// What else the source says, at most 2,000 characters.
    note: Option<String>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<park::Draft> for ParkInput {
    fn from(draft: park::Draft) -> Self {
        Self {
            key: Some(draft.key),
            name: draft.name,
            aliases: Some(draft.aliases),
            territory: draft.territory,
            operator: draft.operator,
            opened_on: draft.opened_on.map(PartialDate),
            note: draft.note,
            source: Some(draft.source),
        }
    }
}

impl ParkInput {
    pub fn draft(self, check: &mut Check) -> park::Draft {
        let name = check.name("name", self.name);
        park::Draft {
            key: check.key(self.key, &slug(&name)),
            aliases: aliases(check, self.aliases),
            territory: check.reference("territory", self.territory),
            operator: check.optional_reference("operator", self.operator),
            opened_on: self.opened_on.map(|date| date.0),
            note: check.optional("note", self.note, TEXT),
            source: check.source(self.source),
            name,
        }
    }
}

/// Where an organisation works.
#[derive(InputObject, Clone, Debug)]
pub struct SiteInput {
    /// Its key; made of organisation, park and territory when left out.
    pub key: Option<String>,
    /// Key of the organisation.
    organisation: String,
    /// Code of the territory.
    territory: String,
    /// Key of the park.
    park: Option<String>,
    /// Key of what is done there.
    activity: Option<String>,
    /// Its address.
    address: Option<String>,
    /// When it opened.
    opened_on: Option<PartialDate>,
    /// Key of the figure that says how many people work there.
    headcount_observation: Option<String>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<site::Draft> for SiteInput {
    fn from(draft: site::Draft) -> Self {
        Self {
            key: Some(draft.key),
            organisation: draft.organisation,
            territory: draft.territory,
            park: draft.park,
            activity: draft.activity,
            address: draft.address,
            opened_on: draft.opened_on.map(PartialDate),
            headcount_observation: draft.headcount_observation,
            source: Some(draft.source),
        }
    }
}

impl SiteInput {
    pub fn draft(self, check: &mut Check) -> site::Draft {
        let organisation = check.reference("organisation", self.organisation);
        let territory = check.reference("territory", self.territory);
        let park = check.optional_reference("park", self.park);
        let made = joined([
            organisation.as_str(),
            park.as_deref().unwrap_or_default(),
            &territory,
        ]);
        site::Draft {
            key: check.key(self.key, &made),
            activity: check.optional_reference("activity", self.activity),
            address: check.optional("address", self.address, NAME),
            opened_on: self.opened_on.map(|date| date.0),
            headcount_observation: check
                .optional_reference("headcountObservation", self.headcount_observation),
            source: check.source(self.source),
            organisation,
            territory,
            park,
        }
    }
}

/// Who trains whom. The number of students is a figure.
#[derive(InputObject, Clone, Debug)]
pub struct TrainingProgrammeInput {
    /// Its key; made of organisation, measure and programme when left out.
    pub key: Option<String>,
    /// Key of the organisation that trains.
    organisation: String,
    /// Code of the territory.
    territory: String,
    /// Name of the programme; all of them when left out.
    programme: Option<String>,
    /// What its figure counts.
    measure: TrainingMeasure,
    /// Key of the figure.
    observation: Option<String>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<training_programme::Draft> for TrainingProgrammeInput {
    fn from(draft: training_programme::Draft) -> Self {
        Self {
            key: Some(draft.key),
            organisation: draft.organisation,
            territory: draft.territory,
            programme: draft.programme,
            measure: draft.measure.into(),
            observation: draft.observation,
            source: Some(draft.source),
        }
    }
}

impl TrainingProgrammeInput {
    pub fn draft(self, check: &mut Check) -> training_programme::Draft {
        let organisation = check.reference("organisation", self.organisation);
        let programme = check.optional("programme", self.programme, NAME);
        let measure = entity::TrainingMeasure::from(self.measure);
        let made = joined([
            organisation.as_str(),
            measure.as_str(),
            &programme.as_deref().map(slug).unwrap_or_default(),
        ]);
        training_programme::Draft {
            key: check.key(self.key, &made),
            territory: check.reference("territory", self.territory),
            measure,
            observation: check.optional_reference("observation", self.observation),
            source: check.source(self.source),
            organisation,
            programme,
        }
    }
}
