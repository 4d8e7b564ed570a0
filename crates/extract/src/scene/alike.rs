//! The same as what was just told, of another place or another park.

use super::{Frame, Scene, Thing, Told};
use crate::mention::{Mention, What};
use crate::words::{Class, Tag};

impl Scene<'_> {
    /// "Casablanca garde 58% des emplois de l'offshoring, Rabat 17%. Fès-Meknès est autour de 11%": the next place of what was just told.
    pub(super) fn listed(&self, frame: &Frame<'_, '_>) -> Option<Told> {
        let (line, last) = self.last.as_ref()?;
        let opening = frame.mentions.first()?;
        if let What::Thing(park) = &opening.what {
            return self.listed_park(frame, *line, last, (park, opening));
        }
        let What::Place(code) = &opening.what else {
            return None;
        };
        let alone = opening.start <= frame.sentence.start + 1
            && opening.end <= frame.figure.start
            && frame
                .mentions
                .iter()
                .filter(|mention| mention.end <= frame.figure.start)
                .count()
                == 1
            && frame.figure.start - opening.end <= 4;
        // "Nador en compte deux".
        let counted = frame
            .document
            .tags_in(Class::Agent, opening.end, frame.figure.start)
            .any(|tag| tag.sense == "of_them");
        let same = *line == frame.sentence.line
            && matches!(last.unit, "percent" | "count")
            && frame.figure.unit == last.unit
            && !counted
            && frame.figure.bare
            && frame.figure.quantities.is_empty()
            && self
                .period_near(frame)
                .is_none_or(|(period, _)| !self.is_future(period))
            && last.fact.subject.is_none()
            && last
                .fact
                .territory
                .as_ref()
                .is_some_and(|other| other != code && other != "MA");
        if !(alone && same) || code == "abroad" || code == "MA" {
            return None;
        }
        let mut told = self.same_as(frame, last);
        told.fact.territory = Some(code.clone());
        told.fact.spans.territory = Some(frame.span(opening.start, opening.end));
        Some(told)
    }

    /// "À Oujda, le parc est occupé à 60%. À Fès Shore, on frôle les 98%."
    fn listed_park(
        &self,
        frame: &Frame<'_, '_>,
        line: usize,
        last: &Told,
        (park, opening): (&Thing, &Mention),
    ) -> Option<Told> {
        let figure = frame.figure;
        let of_park = last
            .fact
            .subject
            .as_ref()
            .filter(|thing| thing.kind == "park")?;
        let same = line == frame.sentence.line
            && last.unit == "percent"
            && figure.unit == "percent"
            && figure.bare
            && figure.quantities.is_empty()
            && frame.first == figure.end;
        let opens = opening.is_where && opening.start <= frame.sentence.start + 1;
        if !same || !opens || park.kind != "park" || park == of_park {
            return None;
        }
        Some(self.same_of(frame, last, (park, opening)))
    }

    /// What was told of one park, of another that is named.
    fn same_of(
        &self,
        frame: &Frame<'_, '_>,
        last: &Told,
        (park, named): (&Thing, &Mention),
    ) -> Told {
        let mut told = self.same_as(frame, last);
        told.fact.territory = self.home(park);
        told.fact.subject = Some(park.clone());
        told.fact.spans.territory = None;
        told.fact.spans.subject = Some(frame.span(named.start, named.end));
        told
    }

    /// "150.000 personnes, dont 13% dans la région": the share of a place in the country's.
    pub(super) fn share(&self, frame: &Frame<'_, '_>, previous: &Told) -> Option<Told> {
        let figure = frame.figure;
        let of_them = |at: usize| {
            matches!(
                frame.document.tokens[at].folded.as_str(),
                "dont" | "which" | "whom" | "منها" | "منهم"
            )
        };
        let whole = previous.fact.indicator == "offshoring_jobs"
            && previous.fact.territory.as_deref() == Some("MA")
            && previous.fact.activity.is_none();
        if !whole || figure.unit != "percent" || !figure.bare || !of_them(figure.start - 1) {
            return None;
        }
        let (_, until) = frame.document.piece(frame.sentence, figure.end - 1);
        let (code, place) = frame
            .mentions
            .iter()
            .find_map(|mention| match &mention.what {
                What::Place(code)
                    if mention.start >= figure.end && mention.end <= until && code != "MA" =>
                {
                    Some((code.clone(), mention))
                }
                _ => None,
            })?;
        let mut told = self.same_as(frame, previous);
        told.unit = figure.unit;
        told.fact.indicator = "offshoring_job_share_national".to_owned();
        told.fact.territory = Some(code);
        told.fact.spans.territory = Some(frame.span(place.start, place.end));
        Some(told)
    }

    /// "125 dirhams le mètre carré à Casanearshore et 105 à Technopolis": the next park of what the figure before tells.
    pub(super) fn beside(&self, frame: &Frame<'_, '_>, previous: &Told) -> Option<Told> {
        let figure = frame.figure;
        let is_park = |kind: &str| kind == "park";
        let of_park = previous
            .fact
            .subject
            .as_ref()
            .filter(|thing| is_park(thing.kind))?;
        let behind = frame
            .mentions
            .iter()
            .find(|mention| mention.start >= figure.end && mention.start - figure.end <= 2)?;
        let What::Thing(park) = &behind.what else {
            return None;
        };
        let joined = matches!(
            frame.document.tokens[figure.start - 1].folded.as_str(),
            "et" | "and" | "و" | "contre" | "against" | "مقابل"
        ) || frame.document.is_cut(figure.start - 1);
        let same = figure.bare
            && joined
            && is_park(park.kind)
            && park != of_park
            && (figure.unit == previous.unit || figure.unit == "count");
        if !same || !behind.is_where {
            return None;
        }
        Some(self.same_of(frame, previous, (park, behind)))
    }

    /// "59% des emplois, suivie de Rabat, deuxième avec 17,5%", "Tanger occupe le quatrième rang (5,1%), devant l'Oriental (2,3%)": the share
    /// of the place named last.
    pub(super) fn next_share(&self, frame: &Frame<'_, '_>, before: &[Told]) -> Option<Told> {
        let figure = frame.figure;
        let share = |told: &&Told| {
            told.unit == "percent"
                && told.fact.indicator.ends_with("_national")
                && told.fact.subject.is_none()
        };
        let near = || {
            let (line, _) = self.last.as_ref()?;
            let told = self.told.iter().rev().find(share);
            told.filter(|_| *line == frame.sentence.line)
        };
        let whole = before.iter().rev().find(share).or_else(near)?;
        let same = |tag: &Tag| tag.sense == whole.quantity;
        let bare = figure.bare
            && !figure.versus
            && figure.unit == "percent"
            && figure.quantities.iter().all(same);
        let (code, place) = frame
            .mentions
            .iter()
            .filter(|mention| {
                mention.end <= figure.start
                    && !mention.says
                    && frame.document.tokens[mention.start].start >= whole.fact.spans.value.end
            })
            .filter_map(|mention| match &mention.what {
                What::Place(code) if code != "MA" && code != "abroad" => Some((code, mention)),
                _ => None,
            })
            .next_back()?;
        if !bare || whole.fact.territory.as_ref() == Some(code) {
            return None;
        }
        let mut told = self.same_as(frame, whole);
        told.fact.territory = Some(code.clone());
        told.fact.spans.territory = Some(frame.span(place.start, place.end));
        Some(told)
    }

    /// "8.298 établissements à but lucratif, dont 4.420 dans le commerce": those of one branch.
    pub(super) fn of_branch(&self, frame: &Frame<'_, '_>, before: &[Told]) -> Option<Told> {
        let figure = frame.figure;
        let businesses = |told: &&Told| told.fact.indicator == "hcp_businesses";
        let whole = before.iter().chain(&self.told).find(businesses)?;
        let counts = |tag: &Tag| matches!(tag.sense, "establishments" | "census_businesses");
        if figure.unit != "count"
            || !(figure.bare || figure.quantities.iter().all(counts))
            || figure.value >= whole.fact.value
        {
            return None;
        }
        let branch = |from: usize, until: usize| {
            frame
                .document
                .tags_in(Class::Cue, from, until.max(from))
                .find_map(|tag| tag.sense.strip_prefix("in_"))
        };
        // "Le commerce (4.420), les services (2.785)".
        let bracket = frame.document.gap(figure.start - 1).contains('(');
        let branch = match bracket {
            true => branch(frame.since, figure.start),
            false => branch(figure.end, frame.until),
        }?;
        let mut told = self.same_as(frame, whole);
        told.fact.indicator = format!("hcp_businesses_{branch}");
        Some(told)
    }

    /// What was told, with the value of another figure.
    fn same_as(&self, frame: &Frame<'_, '_>, previous: &Told) -> Told {
        let mut told = previous.clone();
        let fact = &mut told.fact;
        fact.value = frame.figure.value;
        fact.value_max = frame.figure.value_max;
        fact.wording = frame.figure.wording;
        if let Some((period, (start, end))) = self.period_near(frame) {
            fact.period = Some(period);
            fact.spans.period = Some(frame.span(start, end));
        }
        fact.spans.value = frame.span(frame.figure.start, frame.figure.end);
        fact.spans.sentence = frame.span(frame.sentence.start, frame.sentence.end);
        told
    }
}
