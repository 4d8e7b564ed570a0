//! What a sentence asks of a quantity: one among several, two side by side, whether there is any, a number that is stated.

use crate::lexicon::{Comparator, Cue, Level, NameKind};

use super::about;
use super::kind::Asked;

impl Asked<'_> {
    /// "La ville qui a le plus de …": one among several.
    pub(super) fn ranks(&self, indicator: &str) -> bool {
        (self.signals.any(&[Cue::Top, Cue::Bottom]) || self.which_has_more())
            && self.ranks_several()
            && self.signals.whens.len() < 2
            && !self.compares()
            && !(indicator.starts_with("hcp_") && self.one_place())
            && !self.counts_small(indicator)
    }

    /// "Combien de petites entreprises d'une personne": small is what they are.
    fn counts_small(&self, indicator: &str) -> bool {
        let s = self.signals;
        let sized = indicator.starts_with("hcp_businesses_size_");
        sized && s.has(Cue::Count) && about::grouping(s).is_none()
    }

    /// "Is there a call centre in Meknès?": whether there are any, not how many.
    pub(super) fn asks_presence(&self, indicator: &str) -> bool {
        let s = self.signals;
        matches!(indicator, "call_centres" | "offshoring_companies")
            && s.has(Cue::YesNo)
            && !s.any(&[Cue::Count, Cue::Value])
            && self.stated().is_none()
            && s.whens.is_empty()
            && !self.places.codes.is_empty()
    }

    /// "Quelle région a plus d'habitants": more without a number, of one territory among its peers.
    pub(super) fn which_has_more(&self) -> bool {
        let s = self.signals;
        s.comparators.contains(&Comparator::More)
            && self.stated().is_none()
            && about::grouping(s).is_some()
    }

    /// "Is there a lot of unemployment in Fès?": of one place, not among places.
    pub(super) fn one_place(&self) -> bool {
        let s = self.signals;
        let low = |code: &String| {
            crate::lexicon::territory_level(code).is_some_and(|level| level > Level::Region)
        };
        let among = [Cue::Where, Cue::WhichOnes, Cue::Who, Cue::What, Cue::List];
        self.places.codes.len() == 1
            && self.places.codes.iter().all(low)
            && about::grouping(s).is_none()
            && about::listed(s).is_none()
            && s.numbers.is_empty()
            && !s.any(&among)
    }

    pub(super) fn ranks_several(&self) -> bool {
        about::grouping(self.signals).is_some()
            || about::listed(self.signals).is_some()
            || self.things.len() != 1
    }

    pub(super) fn compares(&self) -> bool {
        let same = |kind: NameKind| {
            self.things
                .iter()
                .filter(|thing| thing.kind == kind)
                .count()
                > 1
        };
        (self.places.codes.len() > 1 && !self.places.readings)
            || same(NameKind::Park)
            || (same(NameKind::Organisation) && self.signals.things.len() > 1)
    }

    /// "Les filières classées par recettes export": all segments, in order.
    pub(super) fn orders_segments(&self, indicator: &str) -> bool {
        let s = self.signals;
        let needs = self.lexicon.frames().indicator(indicator);
        let country = |code: &String| code == super::COUNTRY;
        let other = [Cue::Trend, Cue::Growth, Cue::Source, Cue::Verification];
        let ordered = s.any(&[Cue::Rank, Cue::Comparison, Cue::List, Cue::What])
            && self.segments().next().is_none();
        // "Exports of CRM, ITO, ESO and BPO": one of them after the other.
        let several = self.segments().count() > 2;
        needs.activity.as_deref() == Some("offshoring_all")
            && (several || s.concept("activities") && ordered)
            && self.places.codes.iter().all(country)
            && !s.any(&other)
    }

    /// Whether two segments of offshoring are named beside a quantity that each has.
    pub(super) fn two_segments(&self, indicator: &str) -> bool {
        let needs = self.lexicon.frames().indicator(indicator);
        needs.activity.as_deref() == Some("offshoring_all") && self.segments().count() == 2
    }

    pub(super) fn segments(&self) -> impl Iterator<Item = &String> {
        let whole =
            |activity: &&String| *activity != "offshoring_all" && *activity != "call_centre";
        self.signals.activities.iter().filter(whole)
    }

    /// The number the asker states: not a year, not a head of a ranking.
    pub(super) fn stated(&self) -> Option<f64> {
        self.signals
            .numbers
            .iter()
            .find(|n| !n.ordinal && !n.weak)
            .map(|n| n.value)
    }

    /// "Some say 240,000, others 270,000: who is right?", "340 projets ou 380 ?"
    pub(super) fn disputes(&self) -> bool {
        let s = self.signals;
        let stated = s.numbers.iter().filter(|n| !n.ordinal && !n.weak);
        let asked = s.any(&[Cue::Why, Cue::WhyDiffer, Cue::Verification, Cue::Source]);
        stated.count() == 2 && (asked || s.either)
    }
}
