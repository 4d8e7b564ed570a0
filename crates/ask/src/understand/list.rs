//! Lists and counts of our own records, rankings of companies.

use crate::answer::{AbstentionReason, QuestionKind};
use crate::capability;
use crate::frame::{Frame, Listed, Role, Thing};
use crate::lexicon::{Comparator, Cue, NameKind};
use crate::training;

use super::indicator::COUNCIL;
use super::kind::Asked;
use super::places::HOME_REGION;
use super::signals::Signals;
use super::{Outcome, about};

/// What an organisation is said to do in a project; a word of both says that it takes part.
pub(super) fn role(signals: &Signals) -> Option<Role> {
    if signals.concept("parties") {
        Some(Role::Partner)
    } else if signals.concept("owner") {
        Some(Role::Owner)
    } else {
        None
    }
}

impl Asked<'_> {
    /// "Which companies offer cybersecurity in Fès?": what their profiles say.
    pub(super) fn about_offers(&self) -> Option<Frame> {
        let s = self.signals;
        let offered = s.sectors.iter().find(|s| capability::key(s).is_some())?;
        let works = [Listed::Operators, Listed::Organisations, Listed::Sites];
        let asked = s.any(&[Cue::Who, Cue::List, Cue::WhichOnes, Cue::YesNo, Cue::Count]);
        let of_companies = match about::listed(s) {
            Some(class) => works.contains(&class),
            None => asked && s.concepts.is_empty(),
        };
        let bodies = (self.things.iter())
            .all(|thing| matches!(thing.kind, NameKind::Organisation | NameKind::Park));
        let counted = (s.measures.iter()).all(|m| m == "companies") && s.indicators.is_empty();
        if !of_companies || !bodies || !counted || s.concept("training") {
            return None;
        }
        let mut frame = self.frame(match s.has(Cue::Count) {
            true => QuestionKind::Count,
            false => QuestionKind::List,
        });
        frame.listed = Some(Listed::Organisations);
        frame.sector = Some(offered.clone());
        frame.activity = None;
        Some(frame)
    }

    /// Lists and counts of our own records, rankings of companies.
    pub(super) fn about_lists(&self) -> Option<Outcome> {
        let s = self.signals;
        let mut class = about::listed(s);
        if class.is_none()
            && s.activities.iter().any(|a| a == "call_centre")
            && s.any(&[Cue::List, Cue::WhichOnes, Cue::What])
        {
            class = Some(Listed::Operators);
        }
        let indicators = s.indicators.iter().any(|i| {
            matches!(
                i.as_str(),
                "call_centres" | "offshoring_companies" | "park_companies"
            )
        });
        if class.is_none() && indicators {
            class = Some(Listed::Operators);
        }
        if class.is_none() && s.indicators.iter().any(|i| i == "universities") {
            class = Some(Listed::Universities);
        }
        let named = |kind: NameKind| self.things.iter().any(|thing| thing.kind == kind);
        if s.concept("subsidiaries") && named(NameKind::Organisation) && s.places.is_empty() {
            // Whose parent is the company named.
            class = Some(Listed::Organisations);
        }
        let members = s.concept("members") && named(NameKind::Organisation);
        if members {
            class = Some(Listed::Organisations);
        }
        let somewhere = (self.places.codes.iter()).any(|code| code != super::COUNTRY);
        let at_work = somewhere || !s.activities.is_empty();
        if class == Some(Listed::Organisations) && !members && self.things.is_empty() && at_work {
            // "The actors of customer relations in Fès": those who work there.
            class = Some(Listed::Operators);
        }
        if class == Some(Listed::Sites) && s.has(Cue::Both) && s.measure("companies") {
            // "Which companies have sites in both?"
            class = Some(Listed::Operators);
        }
        let field = training::field(&s.sectors);
        if field.is_some()
            && (s.concept("training")
                || matches!(
                    class,
                    Some(Listed::Training | Listed::Universities | Listed::TrainingInstitutes)
                ))
        {
            // "Which university trains developers?": its programmes say in what.
            class = Some(Listed::Training);
        }
        let quantity = !s.measures.is_empty() || !s.indicators.is_empty();
        let schools = s.concept("schools") && class == Some(Listed::Training) && field.is_none();
        let schools = schools && !quantity && self.things.is_empty() && s.activities.is_empty();
        if schools {
            // "Quelles écoles à Fès ?": the bodies, whatever they teach.
            class = Some(Listed::Universities);
        }
        let class = class.filter(|class| match class {
            Listed::Agreements => !named(NameKind::Agreement),
            Listed::Plans => !named(NameKind::Plan),
            _ => true,
        })?;
        if s.any(&[Cue::Rank, Cue::Share]) && matches!(class, Listed::Indicators | Listed::Sources)
        {
            // A position in an index that is not stored.
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        if let Some(frame) = self
            .bounded_quantity(class)
            .and_then(|indicator| self.chosen_by(indicator))
        {
            return Some(Outcome::Ask(frame));
        }
        let most = s.comparators.contains(&Comparator::More) && !s.has(Cue::Count);
        let led = class == Listed::Projects && !self.things.is_empty();
        if (most || s.any(&[Cue::Top, Cue::Bottom]))
            && !led
            && matches!(
                class,
                Listed::Operators
                    | Listed::Organisations
                    | Listed::Parks
                    | Listed::Sites
                    | Listed::Projects
            )
        {
            if class == Listed::Operators && named(NameKind::Park) {
                return Some(self.abstain(AbstentionReason::NoObservation));
            }
            let mut frame = self.frame(QuestionKind::Top);
            let indicator = match class {
                Listed::Parks => "park_area_ha",
                Listed::Projects => "project_budget_mad",
                _ => "company_headcount",
            };
            self.fill(&mut frame, indicator);
            let offshoring = (s.activities.iter()).find(|_| class == Listed::Parks);
            frame.activity = offshoring.cloned();
            frame.things.clear();
            frame.level = None;
            frame.places.clone_from(&self.places.codes);
            frame.limit = s
                .numbers
                .iter()
                .find(|n| !n.ordinal && n.value >= 1.0 && n.value <= 20.0)
                .map(|n| n.value as u8);
            frame.indicator = Some(indicator.to_owned());
            return Some(Outcome::Ask(frame));
        }
        // "Combien de dirhams de prime": what the aids give, not how many aids there are.
        let amount = class == Listed::Incentives
            && (!s.units.is_empty() || !s.measures.is_empty() || s.any(&[Cue::Share, Cue::Value]));
        let listing = s.any(&[Cue::List, Cue::What, Cue::WhichOnes, Cue::Who]);
        let share = s.has(Cue::Share) || s.units.iter().any(|unit| unit == "percent");
        let mut frame = self.frame(if amount && share && !listing {
            QuestionKind::Value
        } else if s.has(Cue::Count) && !amount {
            QuestionKind::Count
        } else {
            QuestionKind::List
        });
        frame.listed = Some(class);
        if class == Listed::Projects && s.statuses.iter().any(|status| status == "stopped") {
            // No record says of a project that it was stopped.
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        match class {
            Listed::Projects => {
                if s.concept("owner") {
                    self.sign_as_council(&mut frame);
                }
                let body = frame.thing(NameKind::Organisation).is_some();
                frame.role = role(s).filter(|_| body);
                let begun = matches!(frame.status.as_deref(), Some("started" | "launched"));
                if begun && !frame.when.is_latest() {
                    // When it began says that it did.
                    frame.status = None;
                }
            }
            Listed::Agreements => self.sign_as_council(&mut frame),
            Listed::Universities if schools => frame.sector = Some("schools".to_owned()),
            Listed::Organisations if members => frame.role = Some(Role::Member),
            Listed::Training => frame.sector = field.map(str::to_owned),
            Listed::PublicBodies if s.concept("ministries") => {
                frame.sector = Some("ministries".to_owned());
            }
            Listed::Incentives if self.stated().is_some() && s.comparators.is_empty() => {
                // "La prime de 6 000 DH": the one of this amount.
                frame.number = self.stated();
            }
            Listed::Incentives if frame.sector.is_none() && s.concept("training") => {
                // "Les aides à la formation".
                frame.sector = Some("training_bonus".to_owned());
            }
            Listed::Parks if !s.whens.is_empty() && !s.has(Cue::Opened) => {
                // Which parks there were in a year is not known: when they opened is.
                return Some(self.abstain(AbstentionReason::NoObservation));
            }
            _ => {}
        }
        let parks = (frame.things.iter()).filter(|thing| thing.kind == NameKind::Park);
        let several = parks.count() > 1 || frame.places.len() > 1 && !frame.readings;
        frame.both = s.has(Cue::Both) && several;
        if class == Listed::Territories {
            let named = s
                .levels
                .first()
                .and_then(|(word, _)| about::level_of(*word));
            frame.level = about::grouping(s).or(named);
            self.inside(&mut frame);
        }
        Some(Outcome::Ask(frame))
    }

    /// "Between the region and Alten", "signed by the region": a party, its council, and no place.
    pub(super) fn sign_as_council(&self, frame: &mut Frame) {
        let s = self.signals;
        let region = frame.places == [HOME_REGION] && s.within.is_empty();
        let party = |key: &str| frame.things.iter().any(|thing| thing.key == key);
        let beside = frame.thing(NameKind::Organisation).is_some();
        let signs = s.any(&[Cue::Signed, Cue::Contents]) || s.concept("owner");
        if region && (beside || signs) && !party(COUNCIL) {
            frame.places.clear();
            frame.things.push(Thing {
                kind: NameKind::Organisation,
                key: COUNCIL.to_owned(),
            });
        }
    }
}
