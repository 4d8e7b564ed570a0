//! What a figure counts or measures where several words, or none, tell it: every reading is tried, and the first rule of the table wins.

use super::period::reference;
use super::subject::Subject;
use super::tell::is_parent;
use super::{Frame, Scene, Thing, Told};
use crate::figure::is_small;
use crate::mention::What;
use crate::rules::{self, Rule, SEGMENTS, Said};
use crate::words::Class;

/// A reading that a rule fits.
pub(super) struct Reading {
    pub rule: &'static Rule,
    pub quantity: &'static str,
    pub quantity_span: Option<(usize, usize)>,
    pub subject: Option<(Thing, (usize, usize))>,
    pub sector: &'static str,
    pub sector_span: Option<(usize, usize)>,
    pub planned: bool,
}

/// A quantity and where it is said.
type Quantity = (&'static str, Option<(usize, usize)>);

impl Scene<'_> {
    /// The first rule that fits a figure, over all that its words can mean.
    pub(super) fn reading(&self, frame: &Frame<'_, '_>, unit: &'static str) -> Option<Reading> {
        let said = frame
            .figure
            .quantities
            .iter()
            .map(|tag| (tag.sense, Some((tag.start, tag.end))));
        let mut quantities: Vec<Quantity> = said.collect();
        // "Employs 780 engineers and plans to hire a further 500": not the employed told before.
        if unit == "count" && frame.figure.bare && is_hired(frame) {
            quantities = vec![("hires", None)];
        }
        if quantities.is_empty() {
            quantities.extend(self.taken_up(frame, unit).map(|sense| (sense, None)));
        }
        // "L'Agritech, 16,3 MDH": what a project or a plan costs needs no word for it.
        let unsaid = quantities.is_empty()
            && unit == "mad"
            && frame.figure.value >= 1e6
            && stands_beside(frame);
        if unsaid {
            quantities.push(("budget", None));
        }
        // "Le prochain immeuble, de 9.000 m², n'est attendu qu'en 2027."
        let mut times =
            frame.document.periods.iter().filter(|span| {
                frame.sentence.start <= span.start && span.end <= frame.sentence.end
            });
        let ahead = frame.figure.unit == "m2"
            && times.clone().next().is_some()
            && times
                .all(|span| reference(span.phrase).is_some_and(|period| self.is_future(period)));
        let planned = self.is_planned(frame) || frame.planned || ahead;
        // "12% of the national total": of what was just told.
        let jobs = frame.jobs
            || self.last.as_ref().is_some_and(|(line, last)| {
                *line == frame.sentence.line && last.fact.indicator == "offshoring_jobs"
            });
        for (sense, _) in quantities.iter_mut().filter(|(sense, _)| *sense == "total") {
            if jobs && unit == "percent" {
                *sense = "national_jobs";
            }
        }
        // "Tanger a occupé le quatrième rang", of destinations told before: a region ranks in no index of countries.
        let ranked = unit == "rank"
            && is_domestic(frame)
            && self
                .told
                .iter()
                .any(|told| told.fact.indicator == "offshoring_rank_national");
        for (sense, _) in quantities.iter_mut().filter(|_| ranked) {
            if *sense == "index_rank" {
                *sense = "destination_rank";
            }
        }
        let mut best: Option<(usize, Reading)> = None;
        for quantity in quantities {
            let Some((at, reading)) = self.fitting(frame, unit, quantity, planned, unsaid) else {
                continue;
            };
            if best.as_ref().is_none_or(|(known, _)| at < *known) {
                best = Some((at, reading));
            }
        }
        best.map(|(_, reading)| reading)
    }

    /// The quantity that a figure without a word for it takes up from what was said before.
    fn taken_up(&self, frame: &Frame<'_, '_>, unit: &'static str) -> Option<&'static str> {
        let document = frame.document;
        let start = frame.figure.start;
        let stands = |test: &dyn Fn(&str, usize, usize) -> bool| {
            document
                .tags_in(Class::Agent, frame.sentence.start, start)
                .any(|tag| test(tag.sense, tag.start, tag.end))
        };
        let opens = stands(&|_, from, _| from == frame.sentence.start);
        let close = stands(&|sense, _, end| matches!(sense, "it" | "of_them") && start - end <= 2);
        // "41 centres qui emploient 7.800 salariés. Ils étaient 36": what is nearest to it in size.
        let size = |told: &&Told| {
            (told.fact.value.max(1.0) / frame.figure.value.max(1.0))
                .ln()
                .abs()
        };
        let alike = |told: &&Told| told.unit == unit && frame.figure.bare;
        let nearest = |told: &mut dyn Iterator<Item = &'_ Told>| {
            told.filter(alike)
                .min_by(|one, other| size(one).total_cmp(&size(other)))
                .cloned()
        };
        // "En annonce 76.000": of what the paragraph counts.
        let last = match close {
            true => nearest(&mut self.paragraph.iter()),
            false => nearest(&mut self.told.iter().rev()),
        };
        if let Some((line, _)) = self.last.as_ref()
            && let Some(last) = last
        {
            let lines = frame.sentence.line - line.min(&frame.sentence.line);
            let gap = start.checked_sub(1).map_or("", |at| document.gap(at));
            // "Cnexia : 1 750".
            let listed = start > frame.sentence.start && gap.contains(':');
            // "La préfecture de Meknès (943.600)".
            let beside = gap.contains('(')
                && frame
                    .mentions
                    .iter()
                    .any(|mention| mention.end == start && matches!(mention.what, What::Place(_)));
            // "Le taux y atteint 24%".
            // "Le taux de sous-emploi" is another.
            let rate = stands(&|sense, _, end| {
                sense == "rate"
                    && !matches!(
                        document.tokens[end].folded.as_str(),
                        "de" | "d" | "du" | "des" | "of"
                    )
            });
            // "L'objectif est de 100.000 en 2030."
            let aimed = document
                .tags_in(Class::Timing, frame.sentence.start, start)
                .any(|tag| tag.start <= frame.sentence.start + 2 && start - tag.end <= 2);
            if (opens || aimed) && lines == 0
                || (close || rate) && lines <= 1
                || (listed || beside) && lines <= 3
            {
                return Some(last.quantity);
            }
        }
        // "Le volet développement économique en absorbe 35%."
        let economic = document
            .tags_in(Class::Cue, frame.sentence.start, start)
            .any(|tag| tag.sense == "economic");
        if unit == "percent" && close && economic && frame.figure.bare {
            return Some("plan_credits");
        }
        let of_them = stands(&|sense, _, end| sense == "of_them" && start - end <= 2);
        if of_them && unit == "count" && self.last.is_none() && self.topic == Some("call_centre") {
            return Some("call_centres");
        }
        // "… ont approuvé le budget de la région. Celui-ci s'élève à 1,12 milliard."
        let it = stands(&|sense, from, _| sense == "it" && from == frame.sentence.start);
        if let Some((line, pending)) = self.pending
            && (it || close)
            && line + 1 >= frame.sentence.line
            && rules::measures(pending, unit)
        {
            return Some(pending);
        }
        // "Le premier semestre a rapporté 12,8 MMDH", "L'ingénierie bondit de 8,5%": more of the exports spoken of.
        let segment = frame.mentions.iter().any(
            |mention| matches!(mention.what, What::Sector(sense) if SEGMENTS.contains(&sense)),
        );
        let part = document
            .tags_in(Class::Cue, frame.sentence.start, frame.sentence.end)
            .any(|tag| tag.sense.contains(':'));
        // "Le contrat-programme vise 40 MMDH à l'horizon 2030."
        let large = unit == "mad" && frame.figure.value >= 1e9;
        let aims = large
            && frame.mentions.iter().any(|mention| {
                mention.end <= start
                    && matches!(&mention.what, What::Thing(thing) if thing.kind == "plan")
            });
        if self.exports
            && matches!(unit, "mad" | "growth")
            && (segment
                || part
                || aims
                || stands(&|sense, _, _| sense == "it")
                || large && stands(&|sense, _, _| sense == "sector"))
        {
            return Some("exports");
        }
        match unit {
            "mad_m2" | "eur_m2" => Some("rent"),
            // "Fès Shore, a 22-hectare park".
            "ha" if frame.mentions.iter().any(|mention| {
                let beside = mention.end <= start && start - mention.end <= 2;
                beside && matches!(&mention.what, What::Thing(thing) if thing.kind == "park")
            }) =>
            {
                Some("area")
            }
            // "Ses 7.500 m²", "dont les 30.000 m²".
            "m2" if is_held(frame) => Some("offices"),
            "rank" if self.index_year.is_some() && is_alone(frame) => Some("index_rank"),
            _ => None,
        }
    }

    /// The first rule that fits one quantity, with its number: of what it is about, else of the territory.
    fn fitting(
        &self,
        frame: &Frame<'_, '_>,
        unit: &'static str,
        (quantity, quantity_span): Quantity,
        planned: bool,
        unsaid: bool,
    ) -> Option<(usize, Reading)> {
        let goes_on = || {
            let of = frame.of.clone();
            let of = of.filter(|thing| matches!(thing.kind, "park" | "project"));
            of.map(|thing| (thing, (frame.figure.start, frame.figure.end)))
        };
        let subject = match self
            .typed(frame, quantity)
            .unwrap_or_else(|| self.subject(frame, quantity))
        {
            Subject::Unknown => return None,
            // "Une tranche de 15.000 m², pour un investissement de 120 millions": of the park that is extended.
            Subject::Thing(_, (start, _))
                if matches!(quantity, "investment" | "budget")
                    && start < frame.sentence.start
                    && goes_on().is_some() =>
            {
                goes_on()
            }
            Subject::Thing(thing, span) => {
                let (thing, span) = self.park_of(frame, thing, span);
                Some((self.project_of(thing, quantity), span))
            }
            Subject::Territory if matches!(quantity, "investment" | "budget") => goes_on(),
            Subject::Territory => None,
        };
        let (sector, sector_span) = self.sector(frame, quantity, subject.is_some());
        let mut said = Said {
            quantity,
            unit,
            subject: "none",
            sector,
            change: self.change(frame),
            planned,
            cues: self.cues(frame, subject.as_ref().map(|(thing, _)| thing)),
        };
        let placed = || {
            let mut mentions = frame.mentions.iter();
            mentions.any(|mention| matches!(mention.what, What::Place(_)))
        };
        if subject
            .as_ref()
            .is_some_and(|(_, span)| is_parent(frame, *span))
            && !placed()
        {
            said.cues.push("world");
        }
        let mut best: Option<(usize, Reading)> = None;
        for kind in self.kinds(subject.as_ref().map(|(thing, _)| thing), quantity, planned) {
            said.subject = kind;
            let fits = |(_, rule): &(usize, &'static Rule)| {
                rule.believes(frame.figure.value) && (!unsaid || matches!(kind, "project" | "plan"))
            };
            let Some((at, rule)) = rules::rule(&said).filter(fits) else {
                continue;
            };
            let signed = || {
                (kind == "agreement")
                    .then(|| (self.agreement(), (frame.figure.start, frame.figure.end)))
            };
            // "Le contrat-programme prévoit …, pour un chiffre d'affaires de 40 milliards."
            let plan = || {
                let told = frame.mentions.iter().filter(|mention| {
                    mention.end <= frame.figure.start && !mention.says && !mention.by
                });
                let mut plans = told.filter_map(|mention| match &mention.what {
                    What::Thing(thing) if thing.kind == "plan" => {
                        Some((thing.clone(), (mention.start, mention.end)))
                    }
                    _ => None,
                });
                plans.next().filter(|_| planned && rule.keeps_subject)
            };
            let about = subject
                .clone()
                .or_else(signed)
                .or_else(plan)
                .filter(|_| rule.is_about(kind) || rule.keeps_subject);
            let about = about.map(|(thing, span)| match kind {
                "project" => (Thing { kind, ..thing }, span),
                _ => (thing, span),
            });
            if best.as_ref().is_none_or(|(known, _)| at < *known) {
                let reading = Reading {
                    rule,
                    quantity,
                    quantity_span,
                    subject: about,
                    sector,
                    sector_span,
                    planned,
                };
                best = Some((at, reading));
            }
            if kind != "none" && !planned {
                break;
            }
        }
        best
    }

    /// What kinds of thing a figure can be of, the likeliest first.
    fn kinds(&self, subject: Option<&Thing>, quantity: &str, planned: bool) -> Vec<&'static str> {
        let mut kinds: Vec<&'static str> = match subject {
            Some(thing) if thing.twin => {
                let ground = matches!(
                    quantity,
                    "area" | "spread" | "offices" | "occupancy" | "rent" | "companies" | "startups"
                );
                match matches!(quantity, "budget" | "investment") || planned && !ground {
                    true => vec!["project"],
                    false => vec!["park", "project"],
                }
            }
            Some(thing) => vec![thing.kind],
            None => Vec::new(),
        };
        if self.signed
            && planned
            && subject.is_none()
            && matches!(quantity, "jobs" | "hires" | "investment" | "budget")
        {
            kinds.push("agreement");
        }
        // What a company has is nobody else's; what is told beside a park or a plan may be the territory's.
        if kinds != ["organisation"]
            || !matches!(
                quantity,
                "jobs" | "hires" | "investment" | "revenue" | "budget" | "employer_rank"
            )
        {
            kinds.push("none");
        }
        kinds
    }
}

/// "Ses 7.500 m²", "dont les 30.000 m²".
fn is_held(frame: &Frame<'_, '_>) -> bool {
    let word = |steps: usize| {
        let at = frame.figure.start.checked_sub(steps);
        at.filter(|at| *at >= frame.sentence.start)
            .map_or("", |at| frame.document.tokens[at].folded.as_str())
    };
    matches!(word(1), "ses" | "its" | "whose") || word(1) == "les" && word(2) == "dont"
}

/// A place of the country, and not the country, is named before a figure.
pub(super) fn is_domestic(frame: &Frame<'_, '_>) -> bool {
    let wide = frame
        .document
        .tags_in(Class::Cue, frame.sentence.start, frame.sentence.end)
        .any(|tag| matches!(tag.sense, "africa" | "mena" | "world" | "kearney"));
    !wide
        && frame.mentions.iter().any(|mention| {
            matches!(&mention.what, What::Place(code) if code != "MA" && code != "abroad")
                && mention.end <= frame.figure.start
                && !mention.says
        })
}

/// "Plans to add 350", "compte en recruter 300 autres", "تعتزم توظيف 400 آخرين".
fn is_hired(frame: &Frame<'_, '_>) -> bool {
    let (document, start) = (frame.document, frame.figure.start);
    document
        .tags_in(Class::Change, frame.sentence.start, start)
        .any(|tag| {
            matches!(tag.sense, "creating" | "recruiting")
                && (tag.end..start).all(|at| is_small(document, at) && !document.is_cut(at))
        })
}

/// A project or a plan is named right before a figure, with nothing but small words between.
fn stands_beside(frame: &Frame<'_, '_>) -> bool {
    let document = frame.document;
    let small = |at: usize| {
        document.tags.iter().any(|tag| {
            matches!(
                tag.class,
                Class::Function | Class::Qualifier | Class::Unit | Class::Timing
            ) && tag.start <= at
                && at < tag.end
        })
    };
    frame.mentions.iter().any(|mention| {
        let of_cost = matches!(&mention.what, What::Thing(thing) if matches!(thing.kind, "project" | "plan") || thing.twin);
        of_cost
            && mention.end <= frame.figure.start
            && (mention.end..frame.figure.start).all(small)
    })
}

/// An ordinal that nothing is counted behind: "the kingdom was 40th".
fn is_alone(frame: &Frame<'_, '_>) -> bool {
    let at = frame.figure.end;
    let document = frame.document;
    at >= frame.sentence.end
        || document.is_cut(at - 1)
        || document.tags.iter().any(|tag| {
            tag.start == at
                && matches!(
                    tag.class,
                    Class::Function | Class::Cue | Class::Place | Class::Agent
                )
        })
        || document.names.iter().any(|name| name.start == at)
        || document.periods.iter().any(|span| span.start == at)
}
