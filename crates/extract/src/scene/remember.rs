//! What the next sentence may take up of the one that was read.

use super::clause::is_relative;
use super::place::{is_city, is_region, is_small, is_wider};
use super::{Held, Scene, Thing, Told};
use crate::Status;
use crate::document::{Document, Sentence};
use crate::mention::{Mention, What};
use crate::words::Class;

impl Scene<'_> {
    pub(super) fn remember(
        &mut self,
        document: &Document<'_>,
        sentence: Sentence,
        mentions: &[Mention],
        told: &[Told],
    ) {
        let line = sentence.line;
        let compared = told
            .iter()
            .find(|told| told.versus)
            .map(|told| told.fact.spans.value.start);
        if let [mention] = mentions
            && let What::Thing(thing) = &mention.what
            && (mention.start, mention.end) == (sentence.start, sentence.end)
        {
            self.headed = Some((line, thing.clone()));
        }
        for mention in mentions {
            let span = (mention.start, mention.end);
            let place = matches!(mention.what, What::Place(_));
            if place
                && (is_beside(document, sentence, mentions, mention)
                    || compared.is_some_and(|at| document.tokens[mention.start].start > at))
            {
                continue;
            }
            // "An executive of a Casablanca-based operator".
            if place
                && told.is_empty()
                && document
                    .tokens
                    .get(mention.end)
                    .is_some_and(|token| token.folded == "based")
            {
                continue;
            }
            // "… 95 DH, quand il faut compter 140 DH à Casanearshore": a park that the one spoken of is held against.
            let parks = |thing: &Thing| thing.kind == "park";
            let held_against = matches!(&mention.what, What::Thing(thing) if parks(thing)
            && mention.is_where
            && told.first().is_some_and(|told| {
                told.fact.spans.value.end <= document.tokens[mention.start].start
                    && told.fact.subject.as_ref().is_some_and(|other| parks(other) && other != thing)
            }));
            if held_against {
                continue;
            }
            match &mention.what {
                What::Place(code) if is_small(code) && !mention.is_where => {}
                What::Place(code) if !mention.says && code != "abroad" => {
                    if is_region(code) {
                        self.region = Some(code.clone());
                    } else if is_city(code) && !is_small(code) {
                        self.city = Some(code.clone());
                    }
                    // Where something was signed or said is not what the article speaks of.
                    let branch = mentions.iter().any(|other| {
                        matches!(other.what, What::Sector(_)) && !other.hangs && !other.says
                    });
                    let signed = document
                        .tags_in(Class::Cue, sentence.start, mention.start)
                        .any(|tag| tag.sense == "founding" && mention.start - tag.end <= 2);
                    let aside = mention.is_where && (line > 1 && !branch || signed);
                    if !aside && (code != "MA" || !mention.hangs && !mention.is_where) {
                        self.place = Some(Held {
                            what: code.clone(),
                            span,
                            line,
                        });
                    }
                }
                What::Thing(thing) => {
                    self.things.retain(|known| known != thing);
                    self.things.push(thing.clone());
                    if !mention.says {
                        self.typed.retain(|held| held.what != *thing);
                        self.typed.push(Held {
                            what: thing.clone(),
                            span,
                            line,
                        });
                    }
                    let it = mention.stands_in
                        && document
                            .tags_in(Class::Agent, mention.start, mention.end)
                            .any(|tag| tag.sense == "it");
                    if thing.kind == "park"
                        && !mention.says
                        && !it
                        && let Some(home) = self.home(thing).filter(|home| is_city(home))
                    {
                        self.city = Some(home.clone());
                        self.place = Some(Held {
                            what: home,
                            span,
                            line,
                        });
                    }
                    if thing.kind == "school" {
                        self.school = Some(Held {
                            what: thing.clone(),
                            span,
                            line,
                        });
                    }
                    if thing.kind == "organisation" {
                        self.stranger = None;
                        self.company = Some(Held {
                            what: thing.clone(),
                            span,
                            line,
                        });
                    }
                    if !mention.says
                        && !mention.by
                        && (!mention.is_where || mention.start <= sentence.start + 2)
                    {
                        self.thing = Some(Held {
                            what: thing.clone(),
                            span,
                            line,
                        });
                    }
                }
                What::Unknown if !mention.stands_in => {
                    self.stranger = Some(line);
                    self.company = None;
                    self.thing = None;
                }
                What::Body(key) if !mention.says && !mention.hangs => {
                    self.thing = None;
                    self.region = self.region_of_body(key).or(self.region.take());
                }
                What::Body(key) => self.region = self.region.take().or(self.region_of_body(key)),
                // "The sector, which includes engineering, employs …".
                What::Sector(_) if is_relative(document, sentence, mention.start, sentence.end) => {
                }
                What::Sector(sense) if !mention.says => {
                    self.sector = Some(Held {
                        what: sense,
                        span,
                        line,
                    })
                }
                _ => {}
            }
            if mention.says
                && let What::Body(key) = &mention.what
            {
                self.producer = Some(Held {
                    what: key.clone(),
                    span,
                    line,
                });
            }
        }
        self.whereabouts = mentions
            .iter()
            .rfind(|mention| mention.is_where && !mention.says)
            .and_then(|mention| match &mention.what {
                What::Place(code) if is_city(code) && !is_small(code) => Some(Held {
                    what: code.clone(),
                    span: (mention.start, mention.end),
                    line,
                }),
                _ => None,
            })
            .or(self.whereabouts.take().filter(|held| held.line == line));
        // The region that figures were of after a list of its places stays spoken of.
        let regional = told
            .iter()
            .filter(|told| told.fact.subject.is_none())
            .find_map(|told| told.fact.territory.as_deref())
            .filter(|code| is_region(code));
        if let (true, Some(code), Some(held)) = (self.spread, regional, &mut self.place)
            && held.what.starts_with(code)
        {
            held.what = code.to_owned();
            held.line = line;
        }
        if !told.is_empty() {
            let mut cities: Vec<&str> = told
                .iter()
                .filter(|told| told.fact.subject.is_none())
                .filter_map(|told| told.fact.territory.as_deref())
                .filter(|code| is_city(code))
                .collect();
            cities.sort_unstable();
            cities.dedup();
            self.spread = cities.len() > 1
                && cities
                    .iter()
                    .all(|code| code.get(..2) == cities[0].get(..2));
        }
        let time = self.periods(document, sentence).into_iter().last();
        // "Le Conseil de la région a adopté son budget. Celui-ci s'élève à 1,12 milliard."
        let regional = mentions
            .iter()
            .any(|mention| matches!(&mention.what, What::Body(key) if !mention.says && self.region_of_body(key).is_some()));
        self.pending = match told.is_empty() {
            true => document
                .tags_in(Class::Quantity, sentence.start, sentence.end)
                .max_by_key(|tag| tag.end - tag.start)
                .map(|tag| match tag.sense {
                    "budget" if regional => (line, "regional_budget"),
                    sense => (line, sense),
                }),
            false => None,
        };
        let of_first = told
            .first()
            .and_then(|told| told.fact.period)
            .and_then(|period| {
                let mut periods = self.periods(document, sentence).into_iter();
                periods.find(|(own, _)| *own == period)
            });
        // "À fin 2024 … Ensemble, ils employaient 92.000 personnes, contre 71.000 en 2019": the time spoken of stays 2024.
        let goes_on = self.period.as_ref().is_some_and(|held| {
            told.first()
                .is_some_and(|told| told.fact.period == Some(held.what))
                && told.iter().skip(1).any(|told| told.versus)
        });
        match of_first.or(time.filter(|_| !goes_on)) {
            Some((what, span)) => {
                self.period = Some(Held { what, span, line });
                self.period_place = told.first().and_then(|told| told.fact.territory.clone());
                self.period_thing = told.first().and_then(|told| told.fact.subject.clone());
            }
            None if goes_on => {
                if let Some(held) = &mut self.period {
                    held.line = line;
                }
            }
            None if mentions
                .iter()
                .any(|mention| matches!(mention.what, What::Place(_))) =>
            {
                self.period = None
            }
            None => {}
        }
        // "La note sur le marché du travail au premier trimestre": what its rates are of.
        if document
            .tags_in(Class::Cue, sentence.start, sentence.end)
            .any(|tag| tag.sense == "labour")
        {
            self.rate_period = self.rate_period.or(time.map(|(period, _)| period));
        }
        // "Sa troisième tranche démarrera en juin. D'une superficie de 15.000 m², elle …".
        let extended = document
            .tags_in(Class::Change, sentence.start, sentence.end)
            .any(|tag| tag.sense == "extended");
        let measured = told
            .iter()
            .any(|told| told.unit == "m2" && told.fact.status == Status::Target);
        self.extending = (extended && !measured).then_some(line);
        let acting = |mention: &Mention| !mention.hangs && !mention.is_where && !mention.says;
        let about_branch = mentions
            .iter()
            .any(|mention| acting(mention) && matches!(mention.what, What::Sector(_)));
        if about_branch
            && !mentions
                .iter()
                .any(|mention| matches!(mention.what, What::Thing(_)))
        {
            self.thing = None;
        }
        if let Some(plan) = told
            .last()
            .and_then(|told| told.fact.subject.clone())
            .filter(|thing| thing.kind == "plan")
        {
            self.thing = Some(Held {
                what: plan,
                span: (sentence.start, sentence.start + 1),
                line,
            });
        }
        if let Some(code) = told
            .iter()
            .rfind(|told| !told.versus)
            .and_then(|told| told.fact.territory.clone())
            && let Some(mention) = mentions
                .iter()
                .find(|mention| mention.what == What::Place(code.clone()))
        {
            self.place = Some(Held {
                what: code,
                span: (mention.start, mention.end),
                line,
            });
        }
        for told in told {
            if told.fact.indicator == "hcp_unemployment_rate" {
                self.rate_period = self.rate_period.or(told.fact.period);
            }
            if matches!(told.unit, "mad" | "eur") {
                self.money = Some(told.unit);
            }
            if told.fact.indicator == "offshoring_export_revenue_mad" {
                self.exports = true;
                self.exports_period = self.exports_period.or(told.fact.period);
            }
        }
        let plan = |told: &Told| {
            told.fact
                .subject
                .as_ref()
                .is_some_and(|thing| thing.kind == "plan")
        };
        let aimed = |told: &&Told| {
            told.fact.status == Status::Target && told.fact.period.is_some() && !plan(told)
        };
        if let Some(aim) = told.iter().rfind(aimed) {
            self.aim = Some((line, aim.clone()));
        }
        self.count(sentence, mentions, told);
        self.last = told.last().map(|told| (line, told.clone()));
        self.told = told.to_vec();
        if self.paragraph_line != line {
            self.paragraph.clear();
            self.paragraph_line = line;
        }
        self.paragraph.extend(told.iter().cloned());
    }

    /// The place whose census an article goes through: named with a figure, or spoken of; not one that it is held against.
    fn count(&mut self, sentence: Sentence, mentions: &[Mention], told: &[Told]) {
        if self.census_year.is_none() {
            return;
        }
        let counted = |told: &&Told| told.fact.indicator.starts_with("hcp_");
        let mut before = self.told.clone();
        let mut places = Vec::new();
        for told in told.iter().filter(counted).filter(|told| !told.versus) {
            let Some(code) = told.fact.territory.clone() else {
                continue;
            };
            // "Inférieur à la moyenne régionale (27,5%)": a wider place is gone on with where it opens a sentence.
            let wider = self
                .counted
                .as_ref()
                .is_some_and(|counted| is_wider(&code, counted));
            let opens = mentions.iter().any(|mention| {
                mention.what == What::Place(code.clone())
                    && !mention.is_where
                    && mention.start <= sentence.start + 3
            });
            let held_against = wider && !opens
                || before.iter().any(|other| {
                    other.fact.indicator == told.fact.indicator
                        && other
                            .fact
                            .territory
                            .as_ref()
                            .is_some_and(|other| is_wider(&code, other))
                });
            if !held_against && !places.contains(&code) {
                places.push(code);
            }
            before.push(told.clone());
        }
        // Of several that are listed none is gone on with.
        if let [code] = &places[..] {
            self.counted = Some(code.clone());
        }
        // "La région de Tanger compte …": where a sentence begins.
        let acts = |mention: &&Mention| {
            !mention.is_where && !mention.says && mention.start <= sentence.start + 3
        };
        if told.is_empty()
            && let Some(What::Place(code)) = mentions
                .iter()
                .filter(acts)
                .map(|mention| &mention.what)
                .find(|what| matches!(what, What::Place(code) if is_city(code) && !is_small(code) || is_region(code)))
        {
            self.counted = Some(code.clone());
        }
    }
}

/// "Derrière Casablanca-Settat, Rabat et Tanger": places that others are held against, one or a list of them.
pub(crate) fn is_beside(
    document: &Document<'_>,
    sentence: Sentence,
    mentions: &[Mention],
    mention: &Mention,
) -> bool {
    let mut start = mention.start;
    while let Some(before) = mentions
        .iter()
        .find(|other| matches!(other.what, What::Place(_)) && document.is_listed(other.end, start))
    {
        start = before.start;
    }
    document
        .tags_in(Class::Cue, sentence.start, start)
        .any(|tag| tag.sense == "beside" && start - tag.end <= 2)
}
