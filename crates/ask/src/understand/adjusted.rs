//! What a sentence says as a whole changes what its words say: which of them are quantities, places or bounds.

use language::NumberSpan;

use crate::lexicon::{Comparator, Cue, Meaning, NameKind};
use crate::span::{Reading, Span};

use super::accounted;
use super::census;
use super::signals::{Mention, Signals, push};

/// The body that takes the census.
const CENSUS: &str = "hcp";

impl Signals {
    /// "What does it cost to rent an office": the rent, and no budget.
    pub(super) fn read_rent(&mut self) {
        let rent = |key: &String| key == "rent" || key.contains("_rent_");
        if self.measures.iter().chain(&self.indicators).any(rent) {
            self.measures.retain(|measure| measure != "budget");
        }
    }

    /// A name of a place that a body there also bears ("la région Fès-Meknès") is the place.
    pub(super) fn prefer_places(&mut self) {
        let places = &self.places;
        for thing in &mut self.things {
            if places.iter().any(|place| place.start == thing.start) {
                thing
                    .records
                    .retain(|record| record.kind != NameKind::Organisation);
            }
        }
        self.things.retain(|thing| !thing.records.is_empty());
    }

    /// "The list of Foundever's employees", "les noms des agents": people, and not how many they are.
    pub(super) fn read_names_of_staff(&mut self, reading: &Reading) {
        const LISTS: [&str; 13] = [
            "list",
            "lists",
            "liste",
            "names",
            "noms",
            "prenoms",
            "directory",
            "لايحه",
            "اسماء",
            "lista",
            "smiyat",
            "smiyate",
            "asmae",
        ];
        const REACH: usize = 5;
        let staff = |m: &Meaning| matches!(m, Meaning::Measure(m) if matches!(m.as_str(), "jobs" | "headcount"));
        let class = |m: &Meaning| {
            matches!(
                m,
                Meaning::Concept(_) | Meaning::Measure(_) | Meaning::Indicator(_)
            )
        };
        let listed = reading.tokens.iter().enumerate().filter(|(_, token)| {
            let word = token.folded.strip_prefix("ال").unwrap_or(&token.folded);
            LISTS.contains(&word)
        });
        self.personal |= listed.map(|(at, _)| at).any(|at| {
            // "The agents' names", "a staff list".
            let mut before = reading.spans.iter().filter(|span| span.end == at);
            if before.any(|span| span.meanings.iter().any(staff)) {
                return true;
            }
            let mut behind = reading.spans.iter().filter(|span| span.start > at);
            behind
                .find(|span| span.meanings.iter().any(class))
                .is_some_and(|span| span.start - at <= REACH && span.meanings.iter().any(staff))
        });
    }

    /// "Provinces that top one million people": more than that, and no million of the first.
    pub(super) fn read_topping(&mut self, reading: &Reading) {
        let large = |at: usize| {
            self.numbers
                .iter()
                .any(|n| n.start == at && n.value >= 1000.0)
        };
        let top = |span: &&Span| span.meanings.contains(&Meaning::Cue(Cue::Top)) && large(span.end);
        if reading.spans.iter().any(|span| top(&span)) {
            self.cues.retain(|cue| *cue != Cue::Top);
            self.comparators.push(Comparator::More);
        }
    }

    /// What is said of a whole sector beside a company or a park is its own: "call-centre agents at Foundever", "the businesses
    /// at Fès Shore"; and who reads a language is not who reads at all.
    pub(super) fn read_own(&mut self) {
        let named = |kind: NameKind| self.things.iter().any(|mention| mention.names(kind));
        let [key] = self.indicators.as_slice() else {
            return;
        };
        let own = own_measure(key).filter(|measure| match *measure {
            "jobs" => named(NameKind::Organisation) || named(NameKind::Park),
            "companies" => named(NameKind::Park),
            _ => !self.languages.is_empty(),
        });
        if let Some(measure) = own {
            self.indicators.clear();
            push(&mut self.measures, measure);
        }
    }

    /// "Le site du CRI sur internet": no households with internet.
    pub(super) fn read_web(&mut self) {
        let web =
            self.indicators == ["hcp_household_internet"] && self.any(&[Cue::Where, Cue::Contact]);
        if web && !self.things.is_empty() {
            self.indicators.clear();
            self.cues.retain(|cue| *cue != Cue::Where);
            push(&mut self.concepts, "website");
        }
    }

    /// "Ina province fiha lommiya bzaf", where there is much of it: the most.
    pub(super) fn read_much(&mut self, reading: &Reading) {
        const MUCH: [&str; 8] = [
            "bzaf",
            "bezaf",
            "bezzaf",
            "bzzaf",
            "bzef",
            "بزاف",
            "بالزاف",
            "كثيرا",
        ];
        let ordered = [
            Cue::Top,
            Cue::Bottom,
            Cue::Count,
            Cue::Value,
            Cue::YesNo,
            Cue::Trend,
        ];
        let which = [Cue::List, Cue::What, Cue::WhichOnes, Cue::Where];
        let much = |token: &language::Token| MUCH.contains(&token.folded.as_str());
        let among = !self.levels.is_empty() || self.concept("parks");
        if among && self.any(&which) && !self.any(&ordered) && reading.tokens.iter().any(much) {
            self.cues.push(Cue::Top);
        }
    }

    /// "Chômage par province", "unemployment of each region": all of them in order.
    pub(super) fn read_by(&mut self, reading: &Reading) {
        const BY: [&str; 6] = ["par", "by", "per", "حسب", "7sab", "7asab"];
        let ordered = [Cue::Top, Cue::Bottom, Cue::Rank, Cue::YesNo];
        let census = self.indicators.iter().any(|key| key.starts_with("hcp_"));
        // "Provinces de la région par taux de chômage": they are in the region, and it is not of one of them that is asked.
        let inside = self.several_levels && self.places.len() < 2 && self.numbers.is_empty();
        let inside = inside && !self.any(&[Cue::Count, Cue::Value, Cue::Comparison, Cue::Trend]);
        let by = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| reading.tokens.get(at));
            before.is_some_and(|token| BY.contains(&token.folded.as_str()))
        };
        let each = self.concept("each") || self.levels.iter().any(|(_, at)| by(*at)) || inside;
        if census && each && !self.levels.is_empty() && !self.any(&ordered) {
            self.cues.push(Cue::Top);
            self.several_levels = true;
        }
    }

    /// "The literate, aged 10 and over": what its name says already.
    pub(super) fn drop_bound(&mut self, reading: &Reading) {
        let bound = |key: &String| {
            let age = key.strip_suffix("_plus")?.rsplit('_').next()?;
            age.parse::<f64>()
                .ok()
                .filter(|_| key.starts_with("hcp_") && !key.contains("size"))
        };
        let bounds: Vec<f64> = self.indicators.iter().filter_map(bound).collect();
        let aged = reading
            .tokens
            .iter()
            .any(|token| census::is_age(&token.folded));
        let said = |number: &NumberSpan| aged && bounds.contains(&number.value);
        if self.numbers.iter().any(said) {
            self.numbers.retain(|number| !said(number));
            self.comparators.clear();
            self.bounded = true;
        }
    }

    /// "Households in Drargua, near Agadir": only says which Drargua.
    pub(super) fn drop_neighbour(&mut self, reading: &Reading) {
        if !self.has(Cue::NearPlace) || self.indicators.is_empty() || self.places.len() < 2 {
            return;
        }
        let near = |span: &&Span| span.meanings.contains(&Meaning::Cue(Cue::NearPlace));
        let Some(near) = reading.spans.iter().find(near) else {
            return;
        };
        let after = |place: &Mention| place.start >= near.end;
        if self.places.iter().all(after) || self.places.iter().filter(|p| after(p)).count() != 1 {
            return;
        }
        self.places.retain(|place| !after(place));
        self.cues.retain(|cue| *cue != Cue::NearPlace);
    }

    /// "Selon le HCP", "d'après le CRI": who measured, where a quantity is asked.
    pub(super) fn drop_producer(&mut self, reading: &Reading) {
        if !(self.indicators.is_empty() && self.measures.is_empty() && self.activities.is_empty()) {
            (self.things).retain(|mention| {
                !(mention.names(NameKind::Organisation)
                    && accounted::is_cited(reading, mention.start))
            });
            let census = |mention: &Mention| mention.records.iter().any(|r| r.key == CENSUS);
            if self.things.iter().any(census) {
                push(&mut self.concepts, "census");
            }
            self.things.retain(|mention| !census(mention));
        }
    }
}

/// The quantity that an indicator of a whole sector, or of all who read, is beside something narrower.
pub(super) fn own_measure(indicator: &str) -> Option<&'static str> {
    Some(match indicator {
        "call_centre_jobs" | "offshoring_jobs" => "jobs",
        "hcp_businesses" | "offshoring_companies" => "companies",
        "hcp_literate_population_10_plus" => "literacy",
        _ => return None,
    })
}
