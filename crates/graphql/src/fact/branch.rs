//! Memberships, capability profiles and milestones as partners state them.

use async_graphql::InputObject;
use entity::{
    language, membership,
    milestone::{self, EVIDENCE, Part},
    profile::{self, CERTIFICATION, CERTIFICATIONS, LANGUAGES},
};

use super::check::{Check, NAME, joined, slug};
use crate::{
    scalar::PartialDate,
    user_error::UserErrorCode as Code,
    vocabulary::{Capability, MilestoneStatus, Sector},
};

/// That an organisation belongs to a federation.
#[derive(InputObject, Clone, Debug)]
pub struct MembershipInput {
    /// Its key; made of federation and organisation when left out.
    pub key: Option<String>,
    /// Key of the organisation that belongs to it.
    organisation: String,
    /// Key of the federation: an organisation of the kind `FEDERATION`.
    federation: String,
    /// Since when.
    since: Option<PartialDate>,
    /// Until when, once it ended.
    until: Option<PartialDate>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<membership::Draft> for MembershipInput {
    fn from(draft: membership::Draft) -> Self {
        Self {
            key: Some(draft.key),
            organisation: draft.organisation,
            federation: draft.federation,
            since: draft.since.map(PartialDate),
            until: draft.until.map(PartialDate),
            source: Some(draft.source),
        }
    }
}

impl MembershipInput {
    pub fn draft(self, check: &mut Check) -> membership::Draft {
        let organisation = check.reference("organisation", self.organisation);
        let federation = check.reference("federation", self.federation);
        if organisation == federation {
            let message = "nothing is a member of itself; give the key of a federation";
            check.refuse("federation", Code::Invalid, message);
        }
        let since = self.since.map(|date| date.0);
        let until = self.until.map(|date| date.0);
        if let (Some(since), Some(until)) = (&since, &until)
            && until.end().start() < since.start()
        {
            check.refuse("until", Code::Invalid, format!("lies before {since}"));
        }
        let made = joined([federation.as_str(), &organisation]);
        membership::Draft {
            key: check.key(self.key, &made),
            since,
            until,
            source: check.source(self.source),
            organisation,
            federation,
        }
    }
}

/// What an organisation offers, and to whom, as the source says. An organisation has one profile.
#[derive(InputObject, Clone, Debug)]
pub struct ProfileInput {
    /// Its key: `profile.` and the key of the organisation, which is what it is made of when left out.
    pub key: Option<String>,
    /// Key of the organisation.
    organisation: String,
    /// What it offers.
    offers: Option<Vec<Capability>>,
    /// Which sectors it serves.
    sectors: Option<Vec<Sector>>,
    /// In which languages it works: codes of ISO 639-1 (`fr`, `ar`, `en`), `zgh` for Amazigh; at most 20.
    languages: Option<Vec<String>>,
    /// What it is certified to, in the words of the source (`ISO 27001`); at most 20, each of at most 120 characters.
    certifications: Option<Vec<String>>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<profile::Draft> for ProfileInput {
    fn from(draft: profile::Draft) -> Self {
        Self {
            key: Some(draft.key),
            organisation: draft.organisation,
            offers: Some(draft.offers.into_iter().map(Into::into).collect()),
            sectors: Some(draft.sectors.into_iter().map(Into::into).collect()),
            languages: Some(draft.languages),
            certifications: Some(draft.certifications),
            source: Some(draft.source),
        }
    }
}

impl ProfileInput {
    pub fn draft(self, check: &mut Check) -> profile::Draft {
        let organisation = check.reference("organisation", self.organisation);
        let made = profile::key_of(&organisation);
        let key = check.key(self.key, &made);
        if key != made {
            let message = format!("is {made:?} for this organisation; leave it out");
            check.refuse("key", Code::Invalid, message);
        }
        let offers = check.listed("offers", self.offers);
        let sectors = check.listed("sectors", self.sectors);
        let languages = few(check, "languages", self.languages, LANGUAGES);
        if languages.iter().any(|code| !language::is_code(code)) {
            let message = "are codes of ISO 639-1, each of two small letters (fr, ar, en), or zgh for Amazigh";
            check.refuse("languages", Code::Invalid, message);
        }
        let certifications = few(check, "certifications", self.certifications, CERTIFICATIONS);
        let certifications = certifications
            .into_iter()
            .map(|text| check.text("certifications", text, CERTIFICATION))
            .collect();
        profile::Draft {
            key,
            offers: once(offers.into_iter().map(Into::into).collect()),
            sectors: once(sectors.into_iter().map(Into::into).collect()),
            languages: once(languages),
            certifications: once(certifications),
            source: check.source(self.source),
            organisation,
        }
    }
}

/// A list of a few entries.
fn few<T>(check: &mut Check, field: &str, items: Option<Vec<T>>, most: usize) -> Vec<T> {
    let items = items.unwrap_or_default();
    if items.len() > most {
        let message = format!("has more than {most} entries");
        check.refuse(field, Code::TooLong, message);
        return Vec::new();
    }
    items
}

/// Each entry once, in their order.
fn once<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut once = Vec::new();
    for item in items {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}

/// A step of an axis of an agreement, of an objective of a plan or of a project, and where it stands. State it again under the same key
/// when its status changes: what it was before is kept.
#[derive(InputObject, Clone, Debug)]
pub struct MilestoneInput {
    /// Its key; made of what it is a step of and its French title when left out.
    pub key: Option<String>,
    /// Key of the agreement whose axis it is a step of.
    agreement: Option<String>,
    /// Key of the plan whose objective it is a step of; not beside an agreement.
    plan: Option<String>,
    /// The number of the axis or of the objective, from 1; needed with an agreement or a plan.
    part: Option<i32>,
    /// Key of the project it is a step of. Beside an axis or an objective: the project that carries it, whose own status counts as well.
    project: Option<String>,
    /// Its place among the milestones of the same part, from 1 to 10,000.
    #[graphql(default = 1)]
    position: i32,
    /// Its title in French.
    title_fr: String,
    /// Its title in English; the French one when left out.
    title_en: Option<String>,
    /// Where it stands.
    status: MilestoneStatus,
    /// When it stood there: a status without a date says nothing.
    as_of: PartialDate,
    /// What shows it, at most 1,000 characters.
    evidence: Option<String>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<milestone::Draft> for MilestoneInput {
    fn from(draft: milestone::Draft) -> Self {
        let (agreement, plan, part) = match draft.part {
            Some(Part::Axis { agreement, ordinal }) => (Some(agreement), None, Some(ordinal)),
            Some(Part::Objective { plan, ordinal }) => (None, Some(plan), Some(ordinal)),
            None => (None, None, None),
        };
        Self {
            key: Some(draft.key),
            agreement,
            plan,
            part,
            project: draft.project,
            position: draft.position,
            title_fr: draft.title_fr,
            title_en: Some(draft.title_en),
            status: draft.status.into(),
            as_of: PartialDate(draft.as_of),
            evidence: draft.evidence,
            source: Some(draft.source),
        }
    }
}

impl MilestoneInput {
    pub fn draft(self, check: &mut Check) -> milestone::Draft {
        let title_fr = check.name("titleFr", self.title_fr);
        let title_en = check.optional("titleEn", self.title_en, NAME);
        let agreement = check.optional_reference("agreement", self.agreement);
        let plan = check.optional_reference("plan", self.plan);
        let project = check.optional_reference("project", self.project);
        if !(1..=10_000).contains(&self.position) {
            check.refuse(
                "position",
                Code::Invalid,
                "is not a position from 1 to 10,000",
            );
        }
        let part = part(check, agreement, plan, self.part);
        let of = match (&part, &project) {
            (Some(Part::Axis { agreement, ordinal }), _) => format!("{agreement}.{ordinal}"),
            (Some(Part::Objective { plan, ordinal }), _) => format!("{plan}.{ordinal}"),
            (None, Some(project)) => project.clone(),
            (None, None) => {
                let message = "a milestone is a step of something: give an agreement or a plan with the number of its part, or a project";
                check.refuse("project", Code::Required, message);
                String::new()
            }
        };
        let made = joined([of.as_str(), &slug(&title_fr)]);
        milestone::Draft {
            key: check.key(self.key, &made),
            part,
            project,
            position: self.position,
            title_en: title_en.unwrap_or_else(|| title_fr.clone()),
            status: self.status.into(),
            as_of: self.as_of.0,
            evidence: check.optional("evidence", self.evidence, EVIDENCE),
            source: check.source(self.source),
            title_fr,
        }
    }
}

fn part(
    check: &mut Check,
    agreement: Option<String>,
    plan: Option<String>,
    ordinal: Option<i32>,
) -> Option<Part> {
    let ordinal = ordinal.filter(|ordinal| *ordinal > 0);
    match (agreement, plan, ordinal) {
        (None, None, None) => None,
        (None, None, Some(_)) => {
            let message =
                "is the number of an axis or of an objective; give its agreement or plan too";
            check.refuse("part", Code::Invalid, message);
            None
        }
        (Some(_), Some(_), _) => {
            let message = "a milestone is of an agreement or of a plan; give one of the two";
            check.refuse("plan", Code::Invalid, message);
            None
        }
        (_, _, None) => {
            let message = "give the number of the axis or of the objective, from 1";
            check.refuse("part", Code::Required, message);
            None
        }
        (Some(agreement), None, Some(ordinal)) => Some(Part::Axis { agreement, ordinal }),
        (None, Some(plan), Some(ordinal)) => Some(Part::Objective { plan, ordinal }),
    }
}
