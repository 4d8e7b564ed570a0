//! Records chosen by the value of a figure: "communes de plus de 100 000 habitants", "parks with more than 80% let".

use crate::answer::QuestionKind;
use crate::frame::{Compared, Frame, Listed, When};
use crate::lexicon::{Comparator, Cue, Level, LevelWord};

use super::about;
use super::figure::compared;
use super::kind::Asked;

impl Asked<'_> {
    /// The frame that keeps what lies on one side of the number stated; `None` when nothing is chosen among.
    pub(super) fn chosen_by(&self, indicator: &str) -> Option<Frame> {
        let s = self.signals;
        let others = [Cue::Rank, Cue::Source, Cue::WhyDiffer, Cue::Why];
        if s.any(&others) || self.moves() || self.disputes() {
            return None;
        }
        let (bound, side) = match s.range {
            Some((low, _)) => (low, Compared::AtLeast),
            None => (self.bound()?, compared(&s.comparators)),
        };
        let (listed, level) = self.chosen_among(indicator)?;
        if side == Compared::Equal {
            return None;
        }
        let mut frame = self.frame(match s.has(Cue::Count) {
            true => QuestionKind::Count,
            false => QuestionKind::List,
        });
        self.fill(&mut frame, indicator);
        frame.things.clear();
        if s.places.is_empty() && s.levels.iter().all(|(word, _)| *word == LevelWord::City) {
            // "Which cities": the level asked, and not the city that "the city" is.
            frame.places.clear();
        }
        frame.level = level;
        self.inside(&mut frame);
        Some(Frame {
            indicator: Some(indicator.to_owned()),
            listed: Some(listed),
            number: Some(bound),
            compared: Some(side),
            up_to: s.range.map(|(_, high)| high),
            ..frame
        })
    }

    /// "In which regions … the mark of 25%?", "which provinces lost more than 10,000 people?": chosen by a number whose side is not
    /// understood, or by a change. No one place is asked about.
    pub(super) fn chooses_otherwise(&self, indicator: &str) -> bool {
        let s = self.signals;
        let ordered = [Cue::Top, Cue::Bottom, Cue::Rank, Cue::Source];
        let sided = compared(&s.comparators) != Compared::Equal;
        let checks = s.units.iter().any(|unit| unit == "percent")
            || self.figure_kind(indicator) == QuestionKind::Verification;
        s.several_levels
            && self.stated().is_some()
            && !s.any(&ordered)
            && (sided && self.moves() || !sided && checks)
            && self.chosen_among(indicator).is_some()
    }

    /// The number that records are held against; a million needs no "one".
    fn bound(&self) -> Option<f64> {
        let quantity = |n: &&language::NumberSpan| !n.ordinal && (!n.weak || n.value >= 1e6);
        self.signals.numbers.iter().find(quantity).map(|n| n.value)
    }

    /// Whether a change over time is spoken of, and no figure of one time.
    fn moves(&self) -> bool {
        let s = self.signals;
        let years = s.whens.iter().any(|when| matches!(when, When::Years(..)));
        years || s.any(&[Cue::Trend, Cue::Growth, Cue::Opened])
    }

    /// The records that have the figure, where the sentence speaks of them in general.
    fn chosen_among(&self, indicator: &str) -> Option<(Listed, Option<Level>)> {
        let s = self.signals;
        let subject = self.lexicon.frames().indicator(indicator).subject;
        let class = match subject.as_deref() {
            Some("park") => Listed::Parks,
            Some("organisation") => Listed::Operators,
            Some("project") => Listed::Projects,
            Some(_) => return None,
            None => {
                return self
                    .level_chosen()
                    .map(|level| (Listed::Territories, Some(level)));
            }
        };
        let same = |found: Listed| {
            found == class || class == Listed::Operators && found == Listed::Organisations
        };
        (self.things.is_empty() && about::listed(s).is_some_and(same)).then_some((class, None))
    }

    /// The step that territories are chosen on: "which provinces", "communes of …"; "does the region have" chooses none.
    fn level_chosen(&self) -> Option<Level> {
        let s = self.signals;
        let level = about::grouping(s).or_else(|| {
            // "Territories of more than 100,000 people": the provinces, where no step is said.
            let unsaid = s.concept("territories") && s.levels.is_empty();
            unsaid.then_some(Level::Province)
        })?;
        let asking = [
            Cue::List,
            Cue::What,
            Cue::WhichOnes,
            Cue::Who,
            Cue::Count,
            Cue::Where,
        ];
        let one = s.any(&[Cue::YesNo, Cue::Verification]) || level == Level::Region;
        if one && !s.several_levels && !s.any(&asking) {
            return None;
        }
        // A town is a commune, whatever province bears its name.
        let town = s.levels.iter().any(|(word, _)| *word == LevelWord::City);
        Some(if town { Level::Commune } else { level })
    }

    /// The quantity that records are chosen by where only its unit is said: people, dirhams, hectares.
    pub(super) fn bounded_quantity(&self, class: Listed) -> Option<&'static str> {
        let s = self.signals;
        let sided = |c: &Comparator| !matches!(c, Comparator::About | Comparator::Equal);
        if s.has(Cue::Count) || s.range.is_none() && !s.comparators.iter().any(sided) {
            return None;
        }
        let unit = |unit: &str| s.units.iter().any(|u| u == unit);
        match class {
            Listed::Operators | Listed::Organisations
                if unit("people") || s.measure("jobs") || s.measure("headcount") =>
            {
                Some("company_headcount")
            }
            Listed::Projects if unit("mad") || s.measure("budget") => Some("project_budget_mad"),
            Listed::Parks if unit("ha") || s.measure("area") => Some("park_area_ha"),
            Listed::Parks if s.measure("companies") || s.concept("operators") => {
                Some("park_companies")
            }
            _ => None,
        }
    }
}
