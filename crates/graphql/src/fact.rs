//! Facts as partners state them: one input for each concept, with keys for what is referred to.

mod actor;
mod branch;
mod check;
mod figure;
mod undertaking;

pub use actor::{OrganisationInput, ParkInput, SiteInput, SourceInput, TrainingProgrammeInput};
pub use branch::{MembershipInput, MilestoneInput, ProfileInput};
pub use check::Check;
pub use figure::{FROM_CONTEXT, ObservationInput};
pub use undertaking::{AgreementInput, EventInput, IncentiveInput, PlanInput, ProjectInput};

use async_graphql::{Context, InputObject, OneofObject, Result};
use entity::{ConceptKind, Fact};

use crate::{user_error::UserError, vocabulary};

/// A fact with all that it says: fields left out are empty in the version that comes of it. What it refers to is given by key.
#[derive(OneofObject, Clone, Debug)]
pub enum FactInput {
    /// A figure.
    Observation(ObservationInput),
    /// An organisation.
    Organisation(OrganisationInput),
    /// Where an organisation works.
    Site(SiteInput),
    /// A business park or zone.
    Park(ParkInput),
    /// A project.
    Project(ProjectInput),
    /// An agreement and its axes.
    Agreement(AgreementInput),
    /// A plan and its objectives.
    Plan(PlanInput),
    /// An incentive.
    Incentive(IncentiveInput),
    /// A training programme.
    TrainingProgramme(TrainingProgrammeInput),
    /// That an organisation belongs to a federation.
    Membership(MembershipInput),
    /// What an organisation offers.
    Profile(ProfileInput),
    /// A step of an axis, an objective or a project, and where it stands.
    Milestone(MilestoneInput),
    /// Something that took place.
    Event(EventInput),
    /// A document that facts are read in.
    Source(SourceInput),
}

/// A fact, by its concept and key.
#[derive(InputObject, Clone, Debug)]
pub struct FactReferenceInput {
    /// Its kind.
    pub concept: vocabulary::ConceptKind,
    /// Its key; the code of a territory.
    #[graphql(validator(max_length = 160))]
    pub key: String,
}

impl FactReferenceInput {
    pub fn of(&self) -> (ConceptKind, &str) {
        (self.concept.into(), &self.key)
    }
}

/// A fact that was read, and whether its key was made and not given.
pub struct Read {
    pub fact: Fact,
    pub made_key: bool,
}

impl Read {
    /// The fact under a key, unless it was given one of its own.
    pub fn fact_under(mut self, key: Option<String>) -> Fact {
        if let (true, Some(key)) = (self.made_key, key) {
            self.fact.rename(key);
        }
        self.fact
    }
}

impl From<Fact> for FactInput {
    /// A fact as somebody would state it to have it so.
    fn from(fact: Fact) -> Self {
        macro_rules! stated {
            ($($name:ident),+ $(,)?) => {
                match fact { $(Fact::$name(draft) => Self::$name(draft.into())),+ }
            };
        }
        stated! {
            Observation, Organisation, Site, Park, Project, Agreement, Plan, Incentive, TrainingProgramme, Membership, Profile,
            Milestone, Event, Source,
        }
    }
}

impl FactInput {
    /// The fact, or what is wrong with it; `path` says where in the input it is, `source` is the source of what names none.
    pub async fn read(
        self,
        ctx: &Context<'_>,
        path: &str,
        source: Option<String>,
    ) -> Result<std::result::Result<Read, Vec<UserError>>> {
        macro_rules! read {
            ($check:ident, $($name:ident: $field:literal),+ $(,)?) => {
                match self {
                    Self::Observation(input) => {
                        let mut $check = Check::new(format!("{path}.observation"), source);
                        let made_key = input.key.is_none();
                        let draft = input.draft(ctx, &mut $check).await?;
                        $check.finish(Read { fact: Fact::Observation(draft), made_key })
                    }
                    $(Self::$name(input) => {
                        let mut $check = Check::new(format!("{path}.{}", $field), source);
                        let made_key = input.key.is_none();
                        let draft = input.draft(&mut $check);
                        $check.finish(Read { fact: Fact::$name(draft), made_key })
                    })+
                }
            };
        }
        Ok(read! {
            check,
            Organisation: "organisation", Site: "site", Park: "park", Project: "project", Agreement: "agreement", Plan: "plan",
            Incentive: "incentive", TrainingProgramme: "trainingProgramme", Membership: "membership", Profile: "profile",
            Milestone: "milestone", Event: "event", Source: "source",
        })
    }
}
