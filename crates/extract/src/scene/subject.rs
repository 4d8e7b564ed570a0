//! What a figure is about: a company, a park, a project, a plan, an agreement; or a territory.

use super::{Frame, Held, Scene, Thing};
use crate::mention::{Mention, What};
use crate::words::Class;

pub(super) enum Subject {
    Thing(Thing, (usize, usize)),
    Territory,
    Unknown,
}

impl Scene<'_> {
    pub(super) fn subject(&self, frame: &Frame<'_, '_>, quantity: &str) -> Subject {
        let here = |mention: &&Mention| mention.start >= frame.sentence.start;
        let acts = |mention: &Mention| match &mention.what {
            // "À Technopolis, …": where a sentence begins is what it speaks of.
            What::Thing(thing) => {
                let inside = thing.kind == "park"
                    && mention.is_where
                    && mention.start > frame.sentence.start + 2;
                !(mention.says || mention.by || inside)
            }
            What::Unknown => !mention.says,
            What::Sector(sense) => !mention.hangs && *sense != "call_centre" && !mention.says,
            What::Place(_) => !mention.is_where && !mention.hangs && !mention.says,
            What::Body(_) => false,
        };
        let organisation = |mention: &Mention| matches!(&mention.what, What::Thing(thing) if thing.kind == "organisation");
        // "CNEXIA, l'autre signataire de la convention, promet …", "بموجب الاتفاقية": who is spoken of is named before.
        let aside = |mention: &Mention| {
            let led = frame
                .document
                .tags_in(Class::Cue, frame.sentence.start, mention.start)
                .any(|tag| tag.sense == "under" && mention.start - tag.end <= 1);
            let company = frame
                .mentions
                .iter()
                .any(|other| organisation(other) && !other.says && other.end <= frame.figure.start);
            let cut = |from: usize, to: usize| (from..to).any(|at| frame.document.is_cut(at));
            let inserted = (mention.hangs || matches!(mention.what, What::Sector(_)))
                && frame.mentions.iter().any(|other| {
                    organisation(other)
                        && !other.hangs
                        && !other.says
                        && other.end <= mention.start
                        && cut(other.end - 1, mention.start - 1)
                })
                && cut(mention.end - 1, frame.figure.start - 1);
            let agreement =
                matches!(&mention.what, What::Thing(thing) if thing.kind == "agreement");
            agreement && led && company || inserted
        };
        // "Alten, CGI et Cnexia, qui emploient 2.640 personnes": all of them together.
        let kind = |mention: &Mention| match &mention.what {
            What::Thing(thing) if matches!(thing.kind, "organisation" | "park") => Some(thing.kind),
            _ => None,
        };
        let listed = |mention: &Mention| {
            kind(mention).is_some()
                && frame.mentions.iter().any(|other| {
                    kind(other) == kind(mention)
                        && other.what != mention.what
                        && other.end < mention.start
                        && mention.start - other.end <= 1
                        && matches!(
                            frame.document.tokens[mention.start - 1].folded.as_str(),
                            "et" | "and" | "و" | "ou" | "or"
                        )
                })
        };
        let made = |mention: &Mention| match &mention.what {
            What::Thing(_) if listed(mention) => Subject::Unknown,
            What::Thing(thing) => Subject::Thing(thing.clone(), (mention.start, mention.end)),
            What::Unknown => Subject::Unknown,
            _ => Subject::Territory,
        };
        let before: Vec<&Mention> = frame
            .mentions
            .iter()
            .filter(here)
            .filter(|mention| mention.end <= frame.figure.start)
            .collect();
        let after: Vec<&Mention> = frame
            .mentions
            .iter()
            .filter(|mention| mention.start >= frame.figure.end && mention.end <= frame.until)
            .collect();
        // "Alten (950 ingénieurs), CGI (720)": right before the bracket.
        let bracket = frame.figure.start > frame.sentence.start
            && frame.document.gap(frame.figure.start - 1).contains('(');
        let named = before.last().filter(|mention| {
            bracket && mention.end == frame.figure.start && kind(mention).is_some()
        });
        if let Some(mention) = named
            && let What::Thing(thing) = &mention.what
        {
            return Subject::Thing(thing.clone(), (mention.start, mention.end));
        }
        // "Les 940 salariés de Foundever", "the park's 3,100 jobs": right behind what is counted.
        let behind = after.iter().find(|mention| {
            matches!(mention.what, What::Thing(_))
                && !mention.says
                && mention.hangs
                && mention.start - frame.figure.end <= 5
        });
        if let Some(mention) = behind {
            return made(mention);
        }
        // "Avec 230 salariés, Phoneo fait figure de poids moyen": who has them is named right behind.
        let led = (frame
            .figure
            .start
            .saturating_sub(2)
            .max(frame.sentence.start)..frame.figure.start)
            .any(|at| matches!(frame.document.tokens[at].folded.as_str(), "avec" | "with"));
        let next = frame
            .mentions
            .iter()
            .find(|mention| mention.start >= frame.figure.end)
            .filter(|mention| organisation(mention) && !mention.says && !mention.hangs)
            .filter(|mention| {
                mention.start - frame.figure.end <= 8
                    && (frame.figure.end..=mention.start)
                        .any(|at| at > 0 && frame.document.is_cut(at - 1))
            });
        // "Fès Shore, where 34 companies share 30,000 m²": of the park right before.
        let there = before.iter().rev().find(|mention| {
            matches!(&mention.what, What::Thing(thing) if thing.kind == "park")
                && mention.end < frame.figure.start
                && frame.document.is_cut(mention.end - 1)
                && matches!(
                    frame.document.tokens[mention.end].folded.as_str(),
                    "where" | "which" | "ou" | "qui" | "dont" | "حيث" | "الذي" | "التي"
                )
        });
        let there = there.filter(|mention| {
            let (start, _) = (mention.end, mention.start);
            !before
                .iter()
                .any(|other| other.start > start && organisation(other) && acts(other))
                && matches!(frame.figure.unit, "count" | "m2" | "ha" | "percent")
                && !matches!(self.change(frame), Some("creating" | "recruiting"))
        });
        if let Some(mention) = there {
            return made(mention);
        }
        let free = !before
            .iter()
            .any(|mention| organisation(mention) && acts(mention));
        if let Some(mention) = next.filter(|_| led && free) {
            return made(mention);
        }
        // "… le représentant de Concentrix, premier employeur de la place avec 1.300 collaborateurs": in apposition to it.
        let beside = before.iter().rev().find(|mention| organisation(mention));
        if let Some(mention) = beside.filter(|mention| {
            let end = mention.end;
            led && end < frame.figure.start
                && frame.document.is_cut(end - 1)
                && (end..frame.figure.start - 1).all(|at| !frame.document.is_cut(at))
        }) {
            return made(mention);
        }
        let spoken = frame
            .document
            .tags_in(Class::Agent, frame.sentence.start, frame.figure.start)
            .rfind(|tag| tag.sense == "we");
        let agent = before
            .iter()
            .rev()
            .find(|mention| acts(mention) && !aside(mention));
        if let Some(we) = spoken.filter(|we| agent.is_none_or(|mention| mention.end <= we.start)) {
            // "Nous démarrons avec 420 collaborateurs, a déclaré le directeur de Foundever": who speaks is named behind, or was before.
            let has = |mention: &&Mention| matches!(&mention.what, What::Thing(thing) if matches!(thing.kind, "organisation" | "school" | "park_operator"));
            if let Some(mention) = frame
                .mentions
                .iter()
                .filter(|mention| mention.start >= we.end)
                .find(has)
            {
                return made(mention);
            }
            // "« Nous visons 20.000 emplois », a déclaré le directeur du CRI": who speaks has none of them.
            let body = frame
                .mentions
                .iter()
                .any(|mention| mention.start >= we.end && matches!(mention.what, What::Body(_)));
            if body {
                return Subject::Territory;
            }
            let speaks = |held: &&Held<Thing>| {
                held.line + 4 >= frame.sentence.line
                    && matches!(
                        held.what.kind,
                        "organisation" | "school" | "park_operator" | "agreement"
                    )
            };
            if let Some(held) = self.company.as_ref().or(self.thing.as_ref()).filter(speaks) {
                // In one paragraph "we" names them.
                let span = match held.line == frame.sentence.line {
                    true => (we.start, we.end),
                    false => held.span,
                };
                return Subject::Thing(held.what.clone(), span);
            }
        }
        if let Some(mention) = agent {
            return made(mention);
        }
        if let Some(mention) = before.iter().rev().find(|mention| {
            mention.by
                && !mention.stands_in
                && matches!(&mention.what, What::Thing(thing) if thing.kind == "organisation")
        }) {
            return made(mention);
        }
        if let Some(mention) = after.iter().find(|mention| {
            matches!(&mention.what, What::Thing(_)) && acts(mention) && mention.hangs
        }) {
            return made(mention);
        }
        // Who says it may be who has it: "le groupe revendique 50.000 collaborateurs".
        let claims = |mention: &&&Mention| {
            matches!(&mention.what, What::Thing(thing) if thing.kind == "organisation")
                && mention.says
        };
        if let Some(mention) = before.iter().rev().find(claims).filter(|_| {
            before.iter().all(|mention| {
                mention.is_where
                    || mention.hangs
                    || !matches!(mention.what, What::Place(_) | What::Sector(_))
            })
        }) {
            return made(mention);
        }
        // "Its chief executive said he expected headcount to reach 900": of the company that nobody knows.
        if before
            .iter()
            .any(|mention| mention.what == What::Unknown && mention.says)
        {
            return Subject::Unknown;
        }
        // "Un investissement de 120 MDH, dont une partie ira à un laboratoire à Fès Shore".
        let apart = |mention: &Mention| {
            mention.is_where
                && matches!(frame.figure.unit, "mad" | "eur")
                && (frame.figure.end..=mention.start).any(|at| frame.document.is_cut(at - 1))
        };
        let park = |mention: &&&Mention| {
            matches!(&mention.what, What::Thing(thing) if thing.kind == "park")
                && !mention.says
                && !mention.by
        };
        if let Some(mention) = before
            .iter()
            .rev()
            .find(park)
            .or_else(|| after.iter().find(park).filter(|mention| !apart(mention)))
        {
            // "Un plateau ouvrira à Fès Shore : 250 recrutements sont prévus": a park hires nobody.
            let company = self.company.as_ref();
            let company = company.filter(|held| held.line == frame.sentence.line);
            return match company {
                Some(held) if quantity == "hires" && mention.is_where => {
                    Subject::Thing(held.what.clone(), (mention.start, mention.end))
                }
                _ => made(mention),
            };
        }
        let stands = |mention: &Mention| !mention.says && !mention.is_where && !mention.hangs;
        let placed = frame.mentions.iter().any(|mention| {
            matches!(mention.what, What::Place(_) | What::Sector(_)) && stands(mention)
        });
        let alone = matches!(
            quantity,
            "call_centres" | "service_jobs" | "service_companies"
        );
        match &self.thing {
            Some(held) if held.line == frame.sentence.line && !placed && !alone => {
                Subject::Thing(held.what.clone(), held.span)
            }
            _ => Subject::Territory,
        }
    }
}
