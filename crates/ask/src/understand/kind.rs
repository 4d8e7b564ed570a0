//! Which kind of question it is, and its complete frame.

use chrono::{DateTime, Datelike, Utc};

use crate::answer::{AbstentionReason, QuestionKind};
use crate::frame::{Frame, Listed, Thing, When};
use crate::lexicon::{Comparator, Cue, Lexicon, NameKind};
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
    if numeric
        && (signals.measure("target")
            || signals.concept("objectives")
            || signals.concept("targets"))
    {
        frame.target = true;
        return Outcome::Ask(frame);
    }
    let planned = frame.indicator.as_deref().is_some_and(is_target_indicator);
    let counted = matches!(frame.kind, QuestionKind::Count) && frame.listed.is_some();
    if numeric && !planned && ahead {
        // What is aimed at for that year, if anything is.
        frame.target = true;
        return Outcome::Ask(frame);
    }
    if (numeric || counted)
        && !planned
        && (ahead || (signals.has(Cue::Future) && frame.when.is_latest()))
    {
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
        let other = format!("{line}{years}");
        if lexicon.name(NameKind::Plan, &other).is_some() {
            thing.key = other;
            frame.when = When::Latest;
            return;
        }
    }
}

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
        let contact = s.has(Cue::Contact) && !s.concepts.iter().any(aids);
        if contact || s.concept("contact_details") || s.concept("website") {
            let mut frame = self.frame(QuestionKind::Contact);
            frame.target = s.concept("contact_details") && !s.concept("website");
            return Outcome::Ask(frame);
        }
        if s.any(&[Cue::Difference])
            && (self.things.len() + s.activities.len()) >= 2
            && s.indicators.is_empty()
            && s.measures.is_empty()
        {
            return Outcome::Ask(self.frame(QuestionKind::Definition));
        }
        if s.has(Cue::Source) && !s.has_topic() && self.things.is_empty() {
            let mut frame = self.frame(QuestionKind::Source);
            frame.listed = Some(Listed::Sources);
            frame.when = When::Years(*language::period::YEARS.start(), self.this_year);
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

    /// Questions about one named thing: who, where, when, status, contents, definition.
    pub(super) fn about_records(&self) -> Option<Outcome> {
        let s = self.signals;
        let has = |kind: NameKind| self.things.iter().any(|thing| thing.kind == kind);
        if s.any(&[Cue::When, Cue::SinceWhen])
            && !s.any(&[Cue::Count])
            && (!self.things.is_empty() || s.concept("memorandum"))
        {
            if s.has(Cue::Future) && !has(NameKind::Project) {
                return Some(self.abstain(AbstentionReason::Future));
            }
            let signed = s.has(Cue::Signed) || s.concept("agreements") || s.concept("memorandum");
            let mut frame = self.frame(QuestionKind::When);
            if signed && !has(NameKind::Agreement) && has(NameKind::Organisation) {
                // When an agreement of theirs was signed, not since when they are there.
                frame.listed = Some(Listed::Agreements);
            }
            return Some(Outcome::Ask(frame));
        }
        let bound = s.concept("memorandum") || s.concept("agreements");
        if s.has(Cue::Signed)
            && s.has(Cue::Who)
            && !s.any(&[Cue::Contents, Cue::When])
            && (bound || has(NameKind::Agreement))
        {
            // "Qui a signé le mémorandum ?"
            let mut frame = self.frame(QuestionKind::Who);
            if !has(NameKind::Agreement) {
                frame.listed = Some(Listed::Agreements);
            }
            return Some(Outcome::Ask(frame));
        }
        if s.concept("parties") && s.has(Cue::Who) && has(NameKind::Agreement) {
            return Some(Outcome::Ask(self.frame(QuestionKind::Who)));
        }
        let between = s.any(&[Cue::What, Cue::List])
            && s.concept("agreements")
            && s.things
                .iter()
                .filter(|mention| mention.names(NameKind::Organisation))
                .count()
                > 1;
        let contents = between
            || s.any(&[Cue::Contents])
            || s.concept("axes")
            || s.concept("objectives")
            || s.concept("parties")
            || s.concept("axis");
        let ask = |kind| {
            let mut frame = self.frame(kind);
            if kind == QuestionKind::Contents && s.any(&[Cue::Contents]) | s.concept("axes") {
                // "le deuxième axe"
                frame.number = s.ordinals.first().copied();
            }
            Some(Outcome::Ask(frame))
        };
        if contents && (s.concept("axes") || !self.asks_number_of_parts()) {
            let plan = has(NameKind::Plan) || has(NameKind::Agreement);
            if plan
                || s.concept("axes")
                || s.concept("axis")
                || s.concept("memorandum")
                || s.concept("agreements")
            {
                return ask(QuestionKind::Contents);
            }
        }
        let quantity = s.any(&[Cue::Count, Cue::Value, Cue::Share, Cue::Trend, Cue::Growth]);
        if s.has(Cue::Status) && has(NameKind::Project) && !quantity && s.indicators.is_empty() {
            return ask(QuestionKind::Status);
        }
        const FIELDS: [&str; 4] = [
            "economic_development",
            "rural_development",
            "natural_resources",
            "heritage_research",
        ];
        let field = s
            .sectors
            .iter()
            .any(|sector| FIELDS.contains(&sector.as_str()));
        let share = s.has(Cue::Share) || s.indicators.iter().any(|key| key.contains("share"));
        if field && has(NameKind::Plan) && !share {
            // "Combien le PDR réserve-t-il au monde rural ?": one of its objectives.
            return ask(QuestionKind::Contents);
        }
        if self.asks_figure() {
            return None;
        }
        let records = s.concept("agreements") || s.concept("projects");
        if s.concept("territories") && has(NameKind::Organisation) && !self.asks_number_of_parts() {
            // "In which cities does Concentrix have sites?"
            return ask(QuestionKind::Where);
        }
        if s.has(Cue::Where) && !self.things.is_empty() && !records {
            return ask(QuestionKind::Where);
        }
        let bodies = ["organisations", "public_bodies", "operators"];
        let body_asked = s.concepts.iter().any(|c| bodies.contains(&c.as_str()))
            && s.any(&[Cue::What, Cue::Who, Cue::WhichOnes]);
        if has(NameKind::Project) && body_asked && !has(NameKind::Organisation) {
            // "Which institution carries the Fez Smart Factory?"
            let mut frame = self.frame(QuestionKind::Who);
            frame.things.retain(|thing| thing.kind == NameKind::Project);
            return Some(Outcome::Ask(frame));
        }
        if has(NameKind::Project) && s.any(&[Cue::Status, Cue::YesNo, Cue::Opened, Cue::Future])
            || (has(NameKind::Project) && !s.statuses.is_empty())
        {
            return ask(QuestionKind::Status);
        }
        if s.has(Cue::Status) && !self.things.is_empty() {
            return ask(QuestionKind::Status);
        }
        if s.has(Cue::Signed) && (has(NameKind::Agreement) || s.concept("memorandum")) {
            return ask(QuestionKind::When);
        }
        if s.has(Cue::Signed) && has(NameKind::Organisation) && s.any(&[Cue::Who, Cue::What]) {
            // "Avec qui le CRI a-t-il signé ?"
            return ask(QuestionKind::Contents);
        }
        let heads = s.concepts.iter().any(|c| {
            matches!(
                c.as_str(),
                "head" | "director" | "manager" | "president" | "people"
            )
        });
        let body = has(NameKind::Organisation) || has(NameKind::Park);
        if heads && !body {
            // Who heads what is not recorded by name is not known.
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        // "Le parc Fès Shore", "le projet Fez Smart Factory": one record named with its kind is no list.
        let class = about::listed(s).filter(|class| match class {
            Listed::Parks => !has(NameKind::Park),
            Listed::Projects => !has(NameKind::Project),
            Listed::Agreements => !has(NameKind::Agreement),
            Listed::Plans => !has(NameKind::Plan),
            _ => true,
        });
        // "Foundever, what kind of company is that?": one named is no list.
        let one = s.any(&[Cue::What, Cue::Who]) && !s.has(Cue::Count);
        let company = |class: &Listed| {
            matches!(class, Listed::Operators | Listed::Organisations)
                && one
                && has(NameKind::Organisation)
                && self.places.codes.is_empty()
        };
        if class.as_ref().is_some_and(company) && !heads && self.things.len() == 1 {
            return ask(QuestionKind::Who);
        }
        let listing = class.is_some()
            || (s.measure("companies") && !has(NameKind::Organisation))
            || (s.measure("projects") && !has(NameKind::Project));
        let park = has(NameKind::Park) && !has(NameKind::Organisation);
        if (s.concept("owner") || s.concept("parties")) && has(NameKind::Project) && park {
            // Of what is a park and a project, the project has an owner and partners.
            let mut frame = self.frame(QuestionKind::Who);
            frame.things.retain(|thing| thing.kind == NameKind::Project);
            return Some(Outcome::Ask(frame));
        }
        if s.has(Cue::Who) && !heads && park && !listing {
            // Who runs it and who works there.
            return ask(QuestionKind::Who);
        }
        if s.concept("parent") && has(NameKind::Organisation) {
            return ask(QuestionKind::Who);
        }
        if s.concept("owner") && has(NameKind::Project) {
            return ask(QuestionKind::Who);
        }
        if s.has(Cue::Who) && (heads || has(NameKind::Organisation)) && class.is_none() {
            let mut frame = self.frame(QuestionKind::Who);
            frame.target = heads;
            return Some(Outcome::Ask(frame));
        }
        if heads && park {
            // Who runs a park is recorded.
            return ask(QuestionKind::Who);
        }
        if heads && has(NameKind::Organisation) {
            let mut frame = self.frame(QuestionKind::Who);
            frame.target = true;
            return Some(Outcome::Ask(frame));
        }
        if s.has(Cue::What) && !listing && (has(NameKind::Agreement) || has(NameKind::Plan)) {
            return ask(QuestionKind::Contents);
        }
        if s.has(Cue::What)
            && !listing
            && (!self.things.is_empty() || !s.activities.is_empty())
            && self.places.codes.is_empty()
        {
            return ask(QuestionKind::Definition);
        }
        None
    }

    pub(super) fn asks_number_of_parts(&self) -> bool {
        self.signals.has(Cue::Count) && !self.signals.has(Cue::Contents)
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
            frame.activity = None;
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
        let mut frame = self.frame(if s.has(Cue::Count) && !amount {
            QuestionKind::Count
        } else {
            QuestionKind::List
        });
        frame.listed = Some(class);
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
        if !self.things.is_empty() && s.any(&quantity) {
            // A quantity of the thing that nothing here measures.
            return self.abstain(AbstentionReason::NoObservation);
        }
        if has(NameKind::Project) && !has(NameKind::Park) {
            return Outcome::Ask(self.frame(QuestionKind::Status));
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
        if s.any(&[Cue::AndFollow, Cue::WhichOnes, Cue::Correction])
            || !s.comparators.is_empty()
            || !s.whens.is_empty()
            || s.has(Cue::WhyDiffer)
        {
            return Outcome::Talk(Talk::NothingToFollow);
        }
        self.abstain(AbstentionReason::OutOfDomain)
    }
}
