//! Which kind of question asks for a figure.

use crate::answer::QuestionKind;
use crate::frame::When;
use crate::lexicon::{Cue, NameKind, territory_level};

use super::about;
use super::kind::Asked;

/// Cues that set two segments side by side: "ITO or CRM, which exports most?".
const COMPARING: [Cue; 4] = [Cue::Comparison, Cue::Difference, Cue::Top, Cue::Bottom];

impl Asked<'_> {
    /// "Que signifie le taux d'activité ?": the word explained, not its value.
    pub(super) fn defines(&self) -> bool {
        self.signals.concept("definition") || self.signals.concept("meaning")
    }

    /// "Alten wants to hire more people": nothing is named that it would be compared with.
    fn of_one_company(&self) -> bool {
        let s = self.signals;
        let companies = (s.things.iter()).filter(|m| m.names(NameKind::Organisation));
        companies.count() == 1 && s.things.len() == 1 && self.places.codes.len() < 2
    }

    /// Whether a place is named that stands in a row with others, and not only what they lie in.
    fn among_peers(&self) -> bool {
        let above = |code: &String| {
            let (own, asked) = (territory_level(code), about::grouping(self.signals));
            asked.is_some_and(|asked| own.is_some_and(|own| own < asked))
        };
        !self.signals.places.is_empty() && !self.places.codes.iter().all(above)
    }

    /// "Est-ce vrai que Casablanca-Settat a le chômage le plus faible des régions ?": whether a place comes first.
    pub(super) fn leads(&self) -> bool {
        let s = self.signals;
        let which = [Cue::What, Cue::WhichOnes, Cue::Who, Cue::Where, Cue::List];
        let whether = s.any(&[Cue::Verification, Cue::YesNo]) && !s.any(&which);
        let step = self
            .places
            .codes
            .first()
            .and_then(|code| territory_level(code));
        let first = s.any(&[Cue::Top, Cue::Bottom]) && !s.places.is_empty();
        whether && first && step.is_some() && about::grouping(s) == step
    }

    pub(super) fn figure_kind(&self, indicator: &str) -> QuestionKind {
        let s = self.signals;
        let census = indicator.starts_with("hcp_");
        if census && s.has(Cue::Rank) && !s.any(&[Cue::Top, Cue::Bottom]) {
            // One place among its peers, or all of them in order.
            return match self.among_peers() {
                true => QuestionKind::Rank,
                false => QuestionKind::Top,
            };
        }
        if census && self.leads() {
            return QuestionKind::Rank;
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
        } else if s.any(&[Cue::Comparison, Cue::Difference]) && !self.of_one_company()
            || self.compares()
        {
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
}

/// Indicators that count people or things.
pub(super) fn is_count(indicator: &str) -> bool {
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
