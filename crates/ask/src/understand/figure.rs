//! Questions whose answer is a figure: which kind, about what, and what must be asked back.

use crate::answer::{AbstentionReason, QuestionKind};
use crate::frame::{Compared, When};
use crate::lexicon::{Comparator, Cue, Level, LevelWord, NameKind, territory_level};

use super::census::Class;
use super::indicator::{Meant, meant};
use super::kind::Asked;
use super::signals::Mention;
use super::{Ambiguity, Outcome, about};

impl Asked<'_> {
    /// Questions whose answer is a figure.
    pub(super) fn about_figures(&self) -> Option<Outcome> {
        let s = self.signals;
        if s.class == Some(Class::Untold) {
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        let small = s.any(&[Cue::Top, Cue::Bottom]) && s.has(Cue::Count) && s.numbers.is_empty();
        let businesses = (s.measure("companies") || !s.indicators.is_empty())
            && s.indicators.iter().all(|key| key == "hcp_businesses");
        let placed = self.things.is_empty() && s.activities.is_empty() && s.concepts.is_empty();
        if businesses && placed && small && s.class.is_none() && about::grouping(s).is_none() {
            // "How many small companies in Taza": how small is not said.
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
        let largest = s.any(&[Cue::Top, Cue::Bottom]) && !s.has(Cue::Count);
        let indicator = match indicator.as_str() {
            // "The biggest offshoring company": by its people.
            "offshoring_companies" if largest && about::grouping(s).is_none() => {
                "company_headcount".to_owned()
            }
            _ => indicator,
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
        if indicator == "park_companies" && keywords {
            // "Firms based at Tétouan Shore", "tenants of Fès Shore".
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
            && s.whens.len() < 2
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
        let s = self.signals;
        let ahead = s.whens.iter().any(|when| when.is_after(self.this_year));
        let jobs = keys.contains(&"offshoring_jobs") && s.measure("jobs");
        if jobs && ahead && self.places.codes.iter().all(|code| code == super::COUNTRY) {
            // "How many jobs by 2030?": of what is planned only the sector has any.
            let mut frame = self.frame(QuestionKind::Count);
            self.fill(&mut frame, "offshoring_jobs");
            frame.indicator = Some("offshoring_jobs".to_owned());
            return Some(Outcome::Ask(frame));
        }
        // Of the sector figures are of the country, the region and the large cities; the census has every place.
        let counted = [
            "offshoring_companies",
            "services_companies",
            "hcp_businesses",
        ];
        if keys == counted && self.only_in_census() {
            let mut frame = self.frame(self.figure_kind("hcp_businesses"));
            self.fill(&mut frame, "hcp_businesses");
            frame.indicator = Some("hcp_businesses".to_owned());
            return Some(Outcome::Ask(frame));
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

    /// Whether every place is one that no figure of the sector is of: a province or a commune, called so or smaller than a large city.
    fn only_in_census(&self) -> bool {
        let s = self.signals;
        // "عمالة فاس" is a name with the word in it.
        const WORDS: [&str; 6] = [
            "prefecture",
            "province",
            "commune",
            "عماله",
            "اقليم",
            "جماعه",
        ];
        let in_name = |place: &Mention| {
            let text = language::fold(&place.text);
            WORDS.iter().any(|word| text.contains(word))
        };
        let step =
            |word: LevelWord| about::level_of(word).is_some_and(|level| level > Level::Region);
        let called = s.places.iter().any(in_name) || s.levels.iter().any(|(word, _)| step(*word));
        let small = |code: &String| {
            let level = territory_level(code).unwrap_or(Level::Country);
            let elsewhere = level == Level::Region && code != super::HOME_REGION;
            elsewhere || level > Level::Region && (called || !super::places::is_large_city(code))
        };
        !self.places.codes.is_empty() && self.places.codes.iter().all(small)
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
