//! Which kind of question it is, and its complete frame.

use chrono::{DateTime, Datelike, Utc};

use crate::answer::{AbstentionReason, QuestionKind};
use crate::frame::{Frame, Listed, Thing, When};
use crate::lexicon::{Cue, Lexicon, NameKind};
use crate::request::INCENTIVES;

use super::places::{self, Places};
use super::signals::Signals;
use super::{Ambiguity, Outcome, Talk, about};

/// Decides the kind and fills the frame.
pub fn decide(lexicon: &Lexicon, signals: &Signals, now: DateTime<Utc>) -> Outcome {
    let places = places::resolve(lexicon, signals);
    let things = signals.named();
    let asked = Asked {
        lexicon,
        signals,
        this_year: now.year(),
        places: &places,
        things: &things,
    };
    let outcome = asked.outcome();
    match outcome {
        Outcome::Ask(frame) if !places.homonyms.is_empty() => Outcome::Back {
            kind: asked.kind_hint(),
            choice: Ambiguity::Places {
                name: places.name.clone(),
                records: places.homonyms.clone(),
                frame: Box::new(frame),
            },
        },
        Outcome::Ask(frame) => future(frame, signals, now),
        other => other,
    }
}

/// The future of anything but targets is not known.
pub(super) fn future(mut frame: Frame, signals: &Signals, now: DateTime<Utc>) -> Outcome {
    let ahead = frame.when.is_after(now.year());
    let numeric = frame.indicator.is_some();
    let planned = frame.indicator.as_deref().is_some_and(is_target_indicator);
    if planned && !ahead && frame.thing(NameKind::Agreement).is_some() {
        // "The memoranda of April 2022": when they were signed, and not of when the aim is.
        frame.when = When::Latest;
    }
    // What is set aside is planned by its very nature, and recorded as it is.
    let budget = frame.indicator.as_deref() == Some("project_budget_mad");
    if numeric
        && !budget
        && (signals.measure("target")
            || signals.concept("objectives")
            || signals.concept("targets"))
    {
        frame.target = true;
        return Outcome::Ask(frame);
    }
    let provides = signals.has(Cue::Contents) && signals.any(&[Cue::Count, Cue::Value]);
    let staffed = |key: &str| key.contains("jobs") || key.contains("headcount");
    let staffed = frame.indicator.as_deref().is_some_and(staffed);
    if staffed && provides && !frame.things.is_empty() && frame.when.is_latest() {
        // "Combien d'emplois prévoit Cnexia ?"
        frame.target = true;
        return Outcome::Ask(frame);
    }
    let company = frame.thing(NameKind::Organisation).is_some();
    let staff = matches!(
        frame.indicator.as_deref(),
        Some("company_headcount" | "company_jobs_created")
    );
    let to_come = match frame.when {
        When::Latest => true,
        When::At(period) => period.year() >= now.year(),
        When::Years(..) => false,
    };
    if company && staff && signals.has(Cue::Future) && to_come {
        // "Combien de postes va créer NTT Data ?": what it announced.
        frame.indicator = Some("company_planned_jobs".to_owned());
    }
    let planned = budget || frame.indicator.as_deref().is_some_and(is_target_indicator);
    let counted = matches!(frame.kind, QuestionKind::Count) && frame.listed.is_some();
    if numeric && !planned && ahead {
        // What is aimed at for that year, if anything is.
        frame.target = true;
        return Outcome::Ask(frame);
    }
    let coming = signals.has(Cue::Future) && frame.when.is_latest();
    if numeric && !planned && coming && !frame.things.is_empty() {
        // "How many places will it have?": what was announced of it, if anything was.
        frame.target = true;
        return Outcome::Ask(frame);
    }
    if (numeric || counted) && !planned && (ahead || coming) {
        return Outcome::Abstain {
            kind: frame.kind,
            reason: AbstentionReason::Future,
            words: Vec::new(),
        };
    }
    Outcome::Ask(frame)
}

/// Indicators whose figures are announcements by their very definition.
pub fn is_target_indicator(key: &str) -> bool {
    key.contains("planned") || key.ends_with("_target") || key == "park_extension_area_m2"
}

/// "Le PDR 2017-2021": of the plans of one line, the one of these years.
pub(super) fn of_years(lexicon: &Lexicon, frame: &mut Frame) {
    let (first, last) = match frame.when {
        When::Years(first, last) => (first, last),
        When::At(period) => (period.first_year(), period.year()),
        When::Latest => return,
    };
    let years = format!("_{first}_{last}");
    for thing in &mut frame.things {
        if thing.kind != NameKind::Plan {
            continue;
        }
        let line = thing
            .key
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
        let known = |key: &String| lexicon.name(NameKind::Plan, key).is_some();
        // "Le PDR de 2017": the one that begins in that year.
        let begun = (first..first + LONGEST_PLAN).map(|last| format!("{line}_{first}_{last}"));
        let begun = begun.filter(|_| first == last);
        let other = std::iter::once(format!("{line}{years}"))
            .chain(begun)
            .find(known);
        if let Some(other) = other {
            thing.key = other;
            frame.when = When::Latest;
            return;
        }
    }
}

/// "Le premier PDR", "the first one": of the plans of one line, the earliest.
pub(super) fn first_of_line(lexicon: &Lexicon, frame: &mut Frame) -> bool {
    let known = |key: &String| lexicon.name(NameKind::Plan, key).is_some();
    let mut plans = frame.things.iter_mut().filter(|t| t.kind == NameKind::Plan);
    let earlier = plans.find_map(|thing| {
        let mut parts = thing.key.rsplitn(3, '_');
        let (_, first, line) = (parts.next()?, parts.next()?, parts.next()?);
        let first: i32 = first.parse().ok()?;
        let line = line.to_owned();
        let years = (first - 2 * LONGEST_PLAN..first)
            .flat_map(|from| (from..from + LONGEST_PLAN).map(move |to| (from, to)));
        let mut keys = years.map(|(from, to)| format!("{line}_{from}_{to}"));
        Some((keys.find(known)?, thing))
    });
    let Some((key, thing)) = earlier else {
        return false;
    };
    thing.key = key;
    frame.when = When::Latest;
    true
}

/// Years that a plan lasts at most.
const LONGEST_PLAN: i32 = 12;

/// A sentence in the light of the lexicon.
pub(super) struct Asked<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) signals: &'a Signals,
    pub(super) this_year: i32,
    pub(super) places: &'a Places,
    pub(super) things: &'a [Thing],
}

impl Asked<'_> {
    pub(super) fn outcome(&self) -> Outcome {
        let s = self.signals;
        if s.has(Cue::WhyDiffer) && !s.has_topic() {
            return Outcome::Talk(Talk::WhyFiguresDiffer);
        }
        if s.has(Cue::Why) && !s.has(Cue::WhyDiffer) && !self.disputes() {
            return self.abstain(AbstentionReason::FalsePremise);
        }
        // "Les avantages fiscaux pour s'implanter": what is given, not whom to ask.
        let aids = |c: &String| about::listed_of(c) == Some(Listed::Incentives);
        // "Quand doit ouvrir YouCode ?": no question of how to open anything.
        let dated = s.has(Cue::When) && !self.things.is_empty();
        // "Je cherche une formation à Fès": what there is.
        let taught = s.concept("training") && self.things.is_empty();
        // "L'antenne a-t-elle fini par ouvrir ?": of a project, its state.
        let built = self
            .things
            .iter()
            .any(|thing| thing.kind == NameKind::Project);
        let built = built && !s.has(Cue::Who);
        let contact =
            s.has(Cue::Contact) && !s.concepts.iter().any(aids) && !dated && !taught && !built;
        // "Où est le site de CGI ?": no address of the web.
        let lies = s.has(Cue::Where) && !s.places.is_empty() && !s.concept("contact_details");
        if (contact || s.concept("contact_details") || s.concept("website")) && !lies {
            let mut frame = self.frame(QuestionKind::Contact);
            frame.target = s.concept("contact_details") && !s.concept("website");
            return Outcome::Ask(frame);
        }
        if s.any(&[Cue::Difference])
            && (self.things.len() + s.activities.len()) >= 2
            && s.indicators.is_empty()
            && s.measures.is_empty()
        {
            let mut frame = self.frame(QuestionKind::Definition);
            if let ([first, second, ..], []) = (s.activities.as_slice(), self.things) {
                (frame.activity, frame.other) = (Some(first.clone()), Some(second.clone()));
            }
            return Outcome::Ask(frame);
        }
        let nothing =
            s.places.is_empty() && s.levels.is_empty() && !s.any(&[Cue::Share, Cue::Rank]);
        if s.has(Cue::Source) && !s.has_topic() && nothing && self.stated().is_some() {
            // "Who said 36?" of nothing spoken of.
            return Outcome::Talk(Talk::NothingToFollow);
        }
        let census = s.concepts.iter().all(|c| c == "census" || c == "sources")
            && s.measures.is_empty()
            && s.indicators.is_empty()
            && s.activities.is_empty();
        // "Where does the 11 % share come from?": of one figure.
        let one = s.has(Cue::Share) && self.stated().is_some();
        if s.has(Cue::Source) && census && self.things.is_empty() && !one {
            let mut frame = self.frame(QuestionKind::Source);
            frame.listed = Some(Listed::Sources);
            frame.when = When::Years(*language::period::YEARS.start(), self.this_year);
            return Outcome::Ask(frame);
        }
        if s.excluded || s.unknown_phase {
            // All but one, or one of a number that none has: nothing here is that.
            return self.abstain(AbstentionReason::NoObservation);
        }
        let class = about::listed(s).is_some() && s.things.len() == 1;
        if s.held_against
            && !self.leads()
            && (about::grouping(s).is_some() || s.several_levels || class)
        {
            // "Which communes are bigger than Sefrou?": chosen by another one's figure.
            return self.abstain(AbstentionReason::NoObservation);
        }
        if let Some(frame) = self.about_offers() {
            return Outcome::Ask(frame);
        }
        if let Some(outcome) = self.about_records() {
            return outcome;
        }
        if let Some(outcome) = self.about_figures() {
            return outcome;
        }
        if let Some(outcome) = self.about_lists() {
            return outcome;
        }
        self.bare()
    }

    pub(super) fn abstain(&self, reason: AbstentionReason) -> Outcome {
        Outcome::Abstain {
            kind: self.kind_hint(),
            reason,
            words: Vec::new(),
        }
    }

    pub(super) fn kind_hint(&self) -> QuestionKind {
        let s = self.signals;
        if s.has(Cue::Count) {
            QuestionKind::Count
        } else if s.has(Cue::List) {
            QuestionKind::List
        } else if s.has(Cue::Share) {
            QuestionKind::Share
        } else if s.has(Cue::Rank) {
            QuestionKind::Rank
        } else if s.has_topic() {
            QuestionKind::Value
        } else {
            QuestionKind::Unknown
        }
    }

    /// A frame with everything but its indicator.
    pub(super) fn frame(&self, kind: QuestionKind) -> Frame {
        let s = self.signals;
        let mut frame = Frame::new(kind);
        frame.places.clone_from(&self.places.codes);
        frame.readings = self.places.readings;
        frame.things = self.things.to_vec();
        frame.activity = s
            .activities
            .iter()
            .find(|a| *a != "offshoring_all")
            .or(s.activities.first())
            .cloned();
        frame.when = s.whens.first().copied().unwrap_or_default();
        if s.whens.len() == 2
            && let (When::At(a), When::At(b)) = (s.whens[0], s.whens[1])
        {
            frame.when = When::Years(a.year().min(b.year()), a.year().max(b.year()));
        }
        if let (QuestionKind::Trend, When::At(period)) = (kind, frame.when)
            && period.year() == period.first_year()
        {
            // "Par rapport à 2014": from then on; "la hausse en 2024": up to then.
            let census = s.indicators.iter().any(|key| key.starts_with("hcp_"));
            frame.when = if census || s.any(&[Cue::Comparison, Cue::SinceWhen]) {
                When::Years(period.year(), self.this_year)
            } else {
                When::Years(*language::period::YEARS.start(), period.year())
            };
        }
        frame.country = s.countries.first().cloned();
        frame.status = s.statuses.first().cloned();
        let incentive = s.concepts.iter().find(|c| INCENTIVES.contains(&c.as_str()));
        frame.sector = incentive.or(s.sectors.first()).cloned();
        of_years(self.lexicon, &mut frame);
        let parts = ["axis", "axes", "objectives", "projects", "phase"];
        if s.ordinals == [1.0] && !parts.iter().any(|part| s.concept(part)) {
            first_of_line(self.lexicon, &mut frame);
        }
        let of_record = matches!(
            kind,
            QuestionKind::Where
                | QuestionKind::Who
                | QuestionKind::When
                | QuestionKind::Status
                | QuestionKind::Contents
                | QuestionKind::Definition
        );
        if of_record && s.places.is_empty() && !frame.things.is_empty() {
            // "Dans quelle ville est Technopolis": the city is asked, not said.
            frame.places.clear();
        }
        frame
    }

    pub(super) fn asks_figure(&self) -> bool {
        let s = self.signals;
        s.any(&[Cue::Count, Cue::Share, Cue::Rank, Cue::Trend, Cue::Growth])
            || !s
                .measures
                .iter()
                .all(|m| m == "companies" || m == "projects")
            || !s.indicators.is_empty()
    }

    pub(super) fn asks_number_of_parts(&self) -> bool {
        self.signals.has(Cue::Count) && !self.signals.has(Cue::Contents)
    }

    /// Whether an amount is asked for, and nothing of which.
    fn prices(&self) -> bool {
        let s = self.signals;
        s.has(Cue::Value)
            && !s.any(&[Cue::What, Cue::Who, Cue::YesNo, Cue::When, Cue::List])
            && s.measures.iter().all(|measure| measure == "target")
            && s.concepts.is_empty()
    }

    /// Only names or an activity: the usual thing people want to know of it.
    pub(super) fn bare(&self) -> Outcome {
        let s = self.signals;
        let has = |kind: NameKind| self.things.iter().any(|thing| thing.kind == kind);
        let quantity = [
            Cue::Count,
            Cue::Share,
            Cue::Rank,
            Cue::Trend,
            Cue::Growth,
            Cue::Top,
            Cue::Bottom,
        ];
        if !self.things.is_empty() && s.any(&quantity) || s.measure("budget") {
            // A quantity of the thing, or a budget of a body, that nothing here measures.
            return self.abstain(AbstentionReason::NoObservation);
        }
        if has(NameKind::Project) && !has(NameKind::Park) && self.prices() {
            // "Montant du fonds de soutien": what a project costs.
            let mut frame = self.frame(QuestionKind::Value);
            self.fill(&mut frame, "project_budget_mad");
            frame.indicator = Some("project_budget_mad".to_owned());
            frame.things.retain(|thing| thing.kind == NameKind::Project);
            return Outcome::Ask(frame);
        }
        if has(NameKind::Project) && !has(NameKind::Park) {
            return Outcome::Ask(self.frame(QuestionKind::Status));
        }
        let sided = s.any(&[Cue::Comparison, Cue::Difference]) || !s.comparators.is_empty();
        if has(NameKind::Plan) && sided {
            // "Is this plan larger than the one before?": what it holds does not say.
            return self.abstain(AbstentionReason::NoObservation);
        }
        if has(NameKind::Agreement) || has(NameKind::Plan) {
            return Outcome::Ask(self.frame(QuestionKind::Contents));
        }
        if !self.things.is_empty() {
            let kind = if has(NameKind::Organisation) && !has(NameKind::Park) {
                QuestionKind::Who
            } else {
                QuestionKind::Definition
            };
            return Outcome::Ask(self.frame(kind));
        }
        if s.activities.iter().any(|a| a == "call_centre")
            && (!self.places.codes.is_empty() || !s.whens.is_empty())
        {
            let mut frame = self.frame(QuestionKind::Count);
            self.fill(&mut frame, "call_centres");
            frame.indicator = Some("call_centres".into());
            return Outcome::Ask(frame);
        }
        if !s.activities.is_empty() && self.places.codes.is_empty() {
            return Outcome::Ask(self.frame(QuestionKind::Definition));
        }
        if !s.activities.is_empty() {
            let keys: Vec<&str> = vec![
                "offshoring_jobs",
                "offshoring_companies",
                "offshoring_job_share_national",
            ];
            return self
                .several(&keys)
                .unwrap_or_else(|| self.abstain(AbstentionReason::OutOfDomain));
        }
        if !self.places.codes.is_empty() || !self.places.homonyms.is_empty() {
            let keys = [
                "call_centres",
                "hcp_population_legal",
                "hcp_unemployment_rate",
            ];
            let frames = keys
                .iter()
                .map(|key| {
                    let mut frame = self.frame(QuestionKind::Value);
                    self.fill(&mut frame, key);
                    frame.indicator = Some((*key).to_owned());
                    frame
                })
                .collect();
            return Outcome::Back {
                kind: QuestionKind::Unknown,
                choice: Ambiguity::Frames(frames),
            };
        }
        let follows = [
            Cue::AndFollow,
            Cue::WhichOnes,
            Cue::Correction,
            Cue::YearBefore,
            Cue::YearAfter,
            Cue::Rest,
        ];
        if s.any(&follows)
            || !s.comparators.is_empty()
            || !s.whens.is_empty()
            || s.has(Cue::WhyDiffer)
        {
            return Outcome::Talk(Talk::NothingToFollow);
        }
        self.abstain(match s.has(Cue::Signed) || !s.statuses.is_empty() {
            true => AbstentionReason::NoObservation,
            false => AbstentionReason::OutOfDomain,
        })
    }
}
