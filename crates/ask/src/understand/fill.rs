//! The rest of a frame that asks for a figure: of what, among what, against what; and the thing that a figure of things needs.

use crate::answer::{AbstentionReason, QuestionKind};
use crate::frame::{Compared, Frame, Listed, Thing};
use crate::lexicon::{Cue, Level, LevelWord, NameKind, territory_level};

use super::figure::{compared, subject_kind};
use super::indicator::COUNCIL;
use super::kind::Asked;
use super::{Outcome, about};

impl Asked<'_> {
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
        // A plan has aims and no results: "les contrats de performance tablaient sur quel chiffre d'affaires ?"
        let of_plan = frame.thing(NameKind::Plan).is_some() && needs.planned.is_some();
        frame.target =
            s.measure("target") || s.concept("objectives") || s.concept("targets") || of_plan;
        frame.lowest = s.has(Cue::Bottom);
        match frame.kind {
            QuestionKind::Rank if indicator.starts_with("hcp_") => {
                frame.number = s.ordinals.first().copied().or(self.leads().then_some(1.0));
                frame.compared = frame.number.map(|_| Compared::Equal);
                self.among_those_of_region(frame);
            }
            QuestionKind::Top => {
                // A ranking has no one thing: "is it the largest park?" asks whether it leads.
                if needs.subject.is_some() && !s.any(&[Cue::YesNo, Cue::Verification]) {
                    frame.things.clear();
                }
                if needs.subject.as_deref() == Some("park") {
                    // "The largest offshoring parks".
                    frame.activity = s.activities.first().cloned();
                }
                frame.listed = about::listed(s).filter(|class| *class == Listed::Activities);
                frame.level = about::grouping(s);
                let wide =
                    |code: &String| territory_level(code).is_some_and(|l| l <= Level::Region);
                let whole = frame.places.iter().all(wide);
                if indicator.starts_with("hcp_") && frame.level.is_none() && whole {
                    // "Where in Morocco is unemployment highest?": the smallest places say least.
                    frame.level = Some(Level::Province);
                }
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
        if indicator.starts_with("regional_") && frame.things.len() > 1 {
            // "What the regional council gave to Fès Shore": it gives whatever is given.
            frame.things.retain(|thing| thing.key != COUNCIL);
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

    /// "Le rang de Fès parmi les provinces de la région": the region it is ranked in stands behind the place.
    fn among_those_of_region(&self, frame: &mut Frame) {
        let [code] = frame.places.as_slice() else {
            return;
        };
        let said = |(word, _): &(LevelWord, usize)| *word == LevelWord::Region;
        let region = super::places::ancestor(self.lexicon, code, Level::Region);
        let within = region.filter(|region| region != code && self.signals.levels.iter().any(said));
        frame.places.extend(within);
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
            let moves = self.signals.any(&[Cue::Trend, Cue::Growth, Cue::SinceWhen]);
            if frame.kind == QuestionKind::Trend && frame.when.is_latest() && !moves {
                // "Quel budget pour le PDR 2022-2027 ?": the years are the plan's own.
                frame.kind = QuestionKind::Value;
            }
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
}
