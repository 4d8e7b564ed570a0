//! Questions whose answer is a figure: which kind, about what, and what must be asked back.

use crate::answer::{AbstentionReason, QuestionKind};
use crate::frame::{Compared, Frame, Listed, Thing, When};
use crate::lexicon::{Comparator, Cue, NameKind};

use super::census::Class;
use super::indicator::{Meant, meant};
use super::kind::Asked;
use super::{Ambiguity, Outcome, about};

/// Cues that set two segments side by side: "ITO or CRM, which exports most?".
const COMPARING: [Cue; 4] = [Cue::Comparison, Cue::Difference, Cue::Top, Cue::Bottom];

impl Asked<'_> {
    /// Questions whose answer is a figure.
    pub(super) fn about_figures(&self) -> Option<Outcome> {
        let s = self.signals;
        if s.class == Some(Class::Untold) {
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        let indicator = match meant(self.lexicon.frames(), s, self.things) {
            Meant::One(key) => key,
            Meant::Several(keys) => return self.several(&keys),
            Meant::None => {
                let counted = s.has(Cue::Count)
                    || s.any(&[
                        Cue::Top,
                        Cue::Trend,
                        Cue::Growth,
                        Cue::Comparison,
                        Cue::Verification,
                    ]);
                if s.activities.is_empty() || about::listed(s).is_some() || !counted {
                    return None;
                }
                if !s.activities.iter().any(|a| a == "call_centre") {
                    return self.several(&[
                        "offshoring_jobs",
                        "offshoring_export_revenue_mad",
                        "offshoring_companies",
                    ]);
                }
                "call_centres".to_owned()
            }
        };
        let needs = self.lexicon.frames().indicator(&indicator);
        let in_one_year = matches!(s.whens.as_slice(), [When::At(_)]);
        let in_currency = |unit: &str, ends: &str| {
            s.units.iter().any(|u| u == unit)
                && needs
                    .currency
                    .as_deref()
                    .is_some_and(|other| other.contains(ends))
        };
        let stock = matches!(
            indicator.as_str(),
            "call_centres" | "offshoring_companies" | "park_companies"
        );
        if stock && s.has(Cue::Opened) && s.has(Cue::Count) && in_one_year {
            // How many opened that year is not how many there were.
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        // "How many jobs did Alten create": not how many there are.
        let came = s.has(Cue::Opened) && s.measure("jobs");
        let indicator = needs.created.clone().filter(|_| came).unwrap_or(indicator);
        let growth = needs
            .growth
            .clone()
            .filter(|_| s.has(Cue::Growth) && in_one_year && !s.has(Cue::Comparison));
        let as_published =
            growth.is_some() || indicator.ends_with("_growth") && in_one_year && s.has(Cue::Growth);
        let indicator = if let Some(growth) = growth {
            growth
        } else if in_currency("eur", "_eur") || in_currency("mad", "_mad") {
            needs.currency.clone().unwrap_or(indicator)
        } else {
            indicator
        };
        if let Some(frame) = self.chosen_by(&indicator) {
            return Some(Outcome::Ask(frame));
        }
        if self.chooses_otherwise(&indicator) {
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        // "Lister les centres d'appels": the records, not their number.
        let listing = s.any(&[Cue::List, Cue::WhichOnes, Cue::Who, Cue::What])
            && !s.any(&[Cue::Count, Cue::Top, Cue::Bottom, Cue::Trend, Cue::Source]);
        // A segment at a park has no published count; its companies are listed.
        let segment = indicator == "park_companies"
            && s.activities
                .iter()
                .any(|activity| activity != "offshoring_all");
        if segment && !s.any(&[Cue::Top, Cue::Bottom, Cue::Trend]) {
            return None;
        }
        if s.has(Cue::Both) && indicator == "park_companies" && self.compares() {
            // "The companies at both parks": our records tell which.
            return None;
        }
        let keywords = s.cues.is_empty() && s.whens.is_empty() && s.numbers.is_empty();
        if indicator == "park_companies" && keywords && s.indicators.is_empty() {
            // "Firms based at Tétouan Shore".
            return None;
        }
        let listable = matches!(
            indicator.as_str(),
            "call_centres"
                | "offshoring_companies"
                | "park_companies"
                | "universities"
                | "pdr_projects"
        );
        if listable && (listing || !s.countries.is_empty()) {
            // A country of origin is told of records only.
            return None;
        }
        if indicator == "call_centres"
            && s.any(&[Cue::Top, Cue::Bottom])
            && about::grouping(s).is_none()
            && !s.has(Cue::Count)
        {
            // The biggest centre: by people or by area?
            return self.several(&["company_headcount", "park_area_ha"]);
        }
        let kind = match as_published {
            true => QuestionKind::Value,
            false => self.figure_kind(&indicator),
        };
        let mut frame = self.frame(kind);
        if s.has(Cue::What) && self.defines() {
            frame.kind = QuestionKind::Definition;
        }
        self.fill(&mut frame, &indicator);
        frame.indicator = Some(indicator);
        self.complete(frame)
    }

    /// "Que signifie le taux d'activité ?": the word explained, not its value.
    pub(super) fn defines(&self) -> bool {
        self.signals.concept("definition") || self.signals.concept("meaning")
    }

    pub(super) fn figure_kind(&self, indicator: &str) -> QuestionKind {
        let s = self.signals;
        let census = indicator.starts_with("hcp_");
        if census && s.has(Cue::Rank) && !s.any(&[Cue::Top, Cue::Bottom]) {
            // One place among its peers, or all of them in order.
            return if s.places.is_empty() {
                QuestionKind::Top
            } else {
                QuestionKind::Rank
            };
        }
        if indicator == "employer_rank_city" {
            // "Est-ce le premier employeur ?"
            match s.any(&[Cue::YesNo, Cue::Verification]) {
                true => QuestionKind::Verification,
                false => QuestionKind::Rank,
            }
        } else if s.has(Cue::WhyDiffer) || self.disputes() {
            QuestionKind::Conflict
        } else if s.has(Cue::Source) {
            QuestionKind::Source
        } else if self.two_segments(indicator) && (s.any(&COMPARING) || !s.comparators.is_empty()) {
            QuestionKind::Comparison
        } else if self.ranks(indicator) || self.orders_segments(indicator) {
            QuestionKind::Top
        } else if s.any(&[Cue::Comparison, Cue::Difference]) && self.compares() && s.whens.len() < 2
        {
            QuestionKind::Comparison
        } else if s.any(&[Cue::Trend, Cue::Growth])
            || s.whens.len() > 1
            || matches!(s.whens.first(), Some(When::Years(..)))
        {
            QuestionKind::Trend
        } else if s.any(&[Cue::Comparison, Cue::Difference]) || self.compares() {
            QuestionKind::Comparison
        } else if s.has(Cue::Verification) && (self.stated().is_some() || !s.ordinals.is_empty())
            || self.asks_presence(indicator)
        {
            QuestionKind::Verification
        } else if indicator.contains("rank") {
            QuestionKind::Rank
        } else if self.stated().is_some()
            && (s.has(Cue::YesNo)
                || (!s.comparators.is_empty()
                    && (is_count(indicator) || s.units.iter().any(|unit| unit == "percent"))))
        {
            QuestionKind::Verification
        } else if indicator.contains("share") {
            QuestionKind::Share
        } else if is_count(indicator) && (s.has(Cue::Count) || !s.has(Cue::Value)) {
            QuestionKind::Count
        } else {
            QuestionKind::Value
        }
    }

    pub(super) fn fill(&self, frame: &mut Frame, indicator: &str) {
        let s = self.signals;
        let needs = self.lexicon.frames().indicator(indicator);
        let narrower = frame.activity.as_deref().is_some_and(|a| {
            a != "offshoring_all" && needs.activity.as_deref() == Some("offshoring_all")
        });
        if !narrower {
            frame.activity = needs.activity.clone();
        }
        if frame.kind == QuestionKind::Comparison && self.two_segments(indicator) {
            let mut segments = self.segments().cloned();
            (frame.activity, frame.other) = (segments.next(), segments.next());
        }
        frame.target = s.measure("target") || s.concept("objectives") || s.concept("targets");
        frame.lowest = s.has(Cue::Bottom);
        match frame.kind {
            QuestionKind::Rank if indicator.starts_with("hcp_") => {
                frame.number = s.ordinals.first().copied();
                frame.compared = frame.number.map(|_| Compared::Equal);
            }
            QuestionKind::Top => {
                frame.listed = about::listed(s).filter(|class| *class == Listed::Activities);
                frame.level = about::grouping(s);
                // Of the whole of offshoring there is one figure, and nothing to rank.
                let whole = needs.activity.as_deref() == Some("offshoring_all")
                    && frame.level.is_none()
                    && !narrower
                    && s.any(&[Cue::What, Cue::WhichOnes, Cue::Who]);
                if s.concept("activities") || whole || self.segments().count() > 2 {
                    frame.listed = Some(Listed::Activities);
                }
                frame.limit = s
                    .numbers
                    .iter()
                    .find(|n| !n.ordinal && n.value >= 1.0 && n.value <= 20.0)
                    .map(|n| n.value as u8);
                self.inside(frame);
            }
            _ => {
                frame.number = match frame.kind {
                    _ if indicator.contains("rank") => {
                        s.ordinals.first().copied().or(self.stated())
                    }
                    QuestionKind::Verification | QuestionKind::Source => self.stated(),
                    _ => None,
                };
                frame.compared = frame.number.map(|_| compared(&s.comparators));
            }
        }
        if needs.subject.as_deref() == Some("organisation") && frame.places.is_empty() {
            frame.places.extend(self.city_in_name());
        }
        if indicator.starts_with("hcp_") {
            // The census is about territories only.
            frame.things.clear();
        } else if needs.subject.is_none() {
            // What a figure of a territory cannot be about.
            frame
                .things
                .retain(|thing| !matches!(thing.kind, NameKind::Organisation | NameKind::Site));
        }
    }

    /// "CGI Fès": the city that stands behind the name of a company.
    fn city_in_name(&self) -> Option<String> {
        let [mention] = self.signals.things.as_slice() else {
            return None;
        };
        let (name, last) = mention.text.rsplit_once(' ')?;
        let known = |key: &str| {
            let names = self.lexicon.names(NameKind::Organisation, key);
            names
                .iter()
                .any(|own| language::fold(own) == language::fold(name))
        };
        let group = mention.records.iter().any(|record| {
            let key = record.key.split('_').next().unwrap_or_default();
            record.kind == NameKind::Organisation && (known(&record.key) || known(key))
        });
        super::places::city_named(self.lexicon, last).filter(|_| group)
    }

    /// "The communes of Taounate" lie in the province of that name; a place that nothing lies in is left out.
    pub(super) fn inside(&self, frame: &mut Frame) {
        let Some(level) = frame.level else {
            return;
        };
        let above =
            |code: &String| crate::lexicon::territory_level(code).is_some_and(|l| l < level);
        for code in &mut frame.places {
            let namesake = super::places::parent(self.lexicon, code).filter(|parent| {
                let names = |key: &str| self.lexicon.names(NameKind::Territory, key);
                names(parent).iter().any(|name| names(code).contains(name))
            });
            if let Some(parent) = namesake.filter(|_| !above(code)) {
                *code = parent;
            }
        }
        frame.places.retain(above);
        frame.places.dedup();
        frame.readings = false;
    }

    /// Asks back where a thing is needed and none is named.
    pub(super) fn complete(&self, mut frame: Frame) -> Option<Outcome> {
        let indicator = frame.indicator.clone().unwrap_or_default();
        let needs = self.lexicon.frames().indicator(&indicator);
        let Some(subject) = needs.subject.as_deref() else {
            return Some(Outcome::Ask(frame));
        };
        let kind = subject_kind(subject);
        let fits: Vec<Thing> = frame
            .things
            .iter()
            .filter(|thing| Some(thing.kind) == kind)
            .cloned()
            .collect();
        if !fits.is_empty() {
            frame.things = fits;
            return Some(Outcome::Ask(frame));
        }
        // "The Fès Shore extension" is a project of the park that the figure is about.
        let part_of = |whole: &String| {
            let part =
                |thing: &Thing| thing.kind == NameKind::Project && thing.key.starts_with(whole);
            frame.things.iter().all(part) && !frame.things.is_empty()
        };
        if let (Some(whole), Some(kind)) = (needs.thing.clone().filter(part_of), kind) {
            frame.things = vec![Thing { kind, key: whole }];
            return Some(Outcome::Ask(frame));
        }
        // A project that is a park as well: the same thing under the same key.
        let twin = |thing: &Thing| {
            let kind = kind.filter(|kind| self.lexicon.name(*kind, &thing.key).is_some())?;
            let key = thing.key.clone();
            Some(Thing { kind, key })
        };
        if let Some(twin) = frame.things.iter().find_map(twin) {
            frame.things = vec![twin];
            return Some(Outcome::Ask(frame));
        }
        if let (true, Some(kind)) = (
            !frame.things.is_empty(),
            frame.things.first().map(|t| t.kind),
        ) {
            // The figure may be stored about another kind of thing: a subsidy of a park, a head-count of a park's firm.
            if matches!(
                kind,
                NameKind::Park
                    | NameKind::Organisation
                    | NameKind::Project
                    | NameKind::Agreement
                    | NameKind::Plan
            ) {
                frame.things.truncate(1);
                return Some(Outcome::Ask(frame));
            }
        }
        if frame.target || super::is_target_indicator(&indicator) && frame.kind != QuestionKind::Top
        {
            // Aims are told wherever they were set.
            frame.target = true;
            return Some(Outcome::Ask(frame));
        }
        if let Some(thing) = needs.thing {
            frame.things = vec![Thing {
                kind: kind?,
                key: thing,
            }];
            // "Le budget du programme régional 2017-2021": the plan of these years.
            super::kind::of_years(self.lexicon, &mut frame);
            let moves = self.signals.any(&[Cue::Trend, Cue::Growth]);
            if frame.kind == QuestionKind::Trend && frame.when.is_latest() && !moves {
                frame.kind = QuestionKind::Value;
            }
            return Some(Outcome::Ask(frame));
        }
        if frame.kind == QuestionKind::Top || needs.whole && !frame.places.is_empty() {
            return Some(Outcome::Ask(frame));
        }
        if indicator == "park_area_ha" && !self.signals.concept("parks") {
            // The area of a city is not the area of its parks.
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        // A figure about things, none named: all that have it are shown.
        frame.kind = QuestionKind::Top;
        frame.number = None;
        frame.compared = None;
        Some(Outcome::Ask(frame))
    }

    pub(super) fn several(&self, keys: &[&str]) -> Option<Outcome> {
        // "Companies in both Fès and Rabat" are counted and listed from our records.
        let both = self.signals.has(Cue::Both) && self.places.codes.len() > 1;
        // "Les entreprises du Maroc": a heading, under which ours are listed.
        let heading = self.signals.cues.is_empty() && self.places.codes == [super::COUNTRY];
        if !self.asks_something() || (both || heading) && self.signals.measure("companies") {
            return None;
        }
        if about::listed(self.signals).is_some()
            && self
                .signals
                .any(&[Cue::Top, Cue::List, Cue::WhichOnes, Cue::What])
        {
            return None;
        }
        let frames = keys
            .iter()
            .map(|key| {
                let mut frame = self.frame(self.figure_kind(key));
                self.fill(&mut frame, key);
                if let Some(home) = self.lexicon.frames().indicator(key).home {
                    frame.places = vec![home];
                    frame.readings = false;
                }
                frame.indicator = Some((*key).to_owned());
                frame
            })
            .collect();
        Some(Outcome::Back {
            kind: self.kind_hint(),
            choice: Ambiguity::Frames(frames),
        })
    }

    pub(super) fn asks_something(&self) -> bool {
        !(self.signals.measure("companies")
            && self
                .signals
                .any(&[Cue::List, Cue::What, Cue::Who, Cue::WhichOnes]))
    }
}

/// How the comparators of a sentence compare a stated number.
pub fn compared(comparators: &[Comparator]) -> Compared {
    match comparators.first() {
        Some(Comparator::More) => Compared::More,
        Some(Comparator::Less) => Compared::Less,
        Some(Comparator::AtLeast) => Compared::AtLeast,
        Some(Comparator::AtMost) => Compared::AtMost,
        _ => Compared::Equal,
    }
}

/// The kind of record a subject is.
pub fn subject_kind(subject: &str) -> Option<NameKind> {
    Some(match subject {
        "organisation" => NameKind::Organisation,
        "park" => NameKind::Park,
        "project" => NameKind::Project,
        "agreement" => NameKind::Agreement,
        "plan" => NameKind::Plan,
        _ => return None,
    })
}

/// Indicators that count people or things.
fn is_count(indicator: &str) -> bool {
    const OTHER: [&str; 12] = [
        "_mad",
        "_eur",
        "area",
        "rent",
        "rate",
        "salary",
        "budget",
        "occupancy",
        "growth",
        "share",
        "rank",
        "education",
    ];
    !OTHER.iter().any(|part| indicator.contains(part))
}
