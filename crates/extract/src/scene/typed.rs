//! Quantities that only one kind of thing has: occupancy is of parks, students of schools, credits of plans.

use super::subject::Subject;
use super::{Frame, Held, Scene, Thing};
use crate::mention::{Mention, What};
use crate::words::Class;

impl Scene<'_> {
    /// Occupancy is of parks and students are of schools: the one of that kind spoken of last, where the nearest thing is none.
    pub(super) fn typed(&self, frame: &Frame<'_, '_>, quantity: &str) -> Option<Subject> {
        let kinds: &[&str] = match quantity {
            _ if self.change(frame) == Some("trained") => &["plan"],
            "occupancy" | "rent" | "letting" | "offices" | "extension" | "area" | "spread" => {
                &["park"]
            }
            // "Quatorze entreprises y sont installées."
            "companies"
                if frame
                    .document
                    .tags_in(Class::Place, frame.sentence.start, frame.sentence.end)
                    .any(|tag| {
                        tag.sense == "there"
                            && frame
                                .mentions
                                .iter()
                                .any(|mention| mention.start == tag.start)
                    }) =>
            {
                &["park"]
            }
            "students" | "graduates" | "places" | "capacity" => &["school", "project"],
            "budget" | "projects" | "plan_credits" | "achieved_projects"
                if self.plan_of_years(frame).is_some() =>
            {
                return self.plan_of_years(frame);
            }
            "plan_credits" | "achieved_projects" | "gdp" | "startups" => &["plan"],
            // "Doté de 29,5 milliards, il porte sur 340 projets."
            "projects"
                if frame
                    .document
                    .tags_in(Class::Agent, frame.sentence.start, frame.figure.start)
                    .any(|tag| matches!(tag.sense, "its" | "it")) =>
            {
                &["plan"]
            }
            "grant" => return self.granted(frame),
            "budget" => {
                let costs = |mention: &&Mention| matches!(&mention.what, What::Thing(thing) if matches!(thing.kind, "project" | "plan") || thing.twin);
                let things = |mention: &&Mention| {
                    matches!(mention.what, What::Thing(_)) && !mention.says && !mention.by
                };
                let nearest = frame
                    .mentions
                    .iter()
                    .filter(|mention| mention.end <= frame.figure.start)
                    .rfind(things);
                let school = nearest.is_some_and(|mention| {
                    matches!(&mention.what, What::Thing(thing) if thing.kind == "school")
                        && !mention.hangs
                });
                let before = frame
                    .mentions
                    .iter()
                    .filter(|mention| mention.end <= frame.figure.start)
                    .rfind(costs)
                    .filter(|_| !school);
                let after = frame
                    .mentions
                    .iter()
                    .find(|mention| mention.start >= frame.figure.end && costs(mention));
                let acts = frame.mentions.iter().any(|mention| {
                    mention.end <= frame.figure.start
                        && matches!(mention.what, What::Thing(_))
                        && !mention.says
                });
                if let Some(mention) = before.or(after.filter(|_| !acts))
                    && let What::Thing(thing) = &mention.what
                {
                    return Some(Subject::Thing(thing.clone(), (mention.start, mention.end)));
                }
                // "Son budget": of the project spoken of.
                let its = frame
                    .document
                    .tags_in(Class::Agent, frame.sentence.start, frame.figure.start)
                    .any(|tag| matches!(tag.sense, "its" | "it"));
                let held =
                    self.typed.iter().rev().find(|held| {
                        matches!(held.what.kind, "project" | "plan") || held.what.twin
                    })?;
                // Nothing else of a place of its own was spoken of since.
                let newest = self.typed.iter().all(|other| other.line <= held.line);
                let its = its && newest;
                return (its && held.line + 2 >= frame.sentence.line)
                    .then(|| Subject::Thing(held.what.clone(), held.span));
            }
            _ => return None,
        };
        // "130 DH à Casanearshore": right behind the figure.
        let behind = frame.mentions.iter().find(|mention| {
            mention.start >= frame.figure.end
                && mention.end <= frame.until
                && mention.start - frame.figure.end <= 2
                && (mention.is_where || mention.hangs)
                && matches!(&mention.what, What::Thing(thing) if thing.kind == "park")
        });
        if let Some(mention) = behind.filter(|_| kinds == ["park"])
            && let What::Thing(thing) = &mention.what
        {
            return Some(Subject::Thing(thing.clone(), (mention.start, mention.end)));
        }
        let near = self.subject(frame, quantity);
        // "Oujda Shore n'est rempli qu'à 40%. À Fès, le loyer est de …": of no park that was spoken of elsewhere.
        let afar = |thing: &Thing| {
            let home = self.home(thing).unwrap_or_default();
            frame.mentions.iter().any(|mention| {
                matches!(&mention.what, What::Place(code)
                    if code != "MA" && !home.starts_with(code.as_str()) && !code.starts_with(&home))
            })
        };
        if let Subject::Thing(thing, (start, _)) = &near
            && thing.kind == "park"
            && *start < frame.sentence.start
            && afar(thing)
        {
            return Some(Subject::Territory);
        }
        // "Cnexia signed a lease for 6,000 square metres at Fes Shore": what a company takes is not all that there is.
        let takes = matches!(quantity, "offices" | "area" | "extension")
            && matches!(&near, Subject::Thing(thing, (start, _)) if thing.kind == "organisation" && *start >= frame.sentence.start);
        if matches!(&near, Subject::Thing(thing, _) if kinds.contains(&thing.kind))
            || matches!(near, Subject::Unknown)
            || takes
        {
            return Some(near);
        }
        let of_kind = |mention: &&Mention| matches!(&mention.what, What::Thing(thing) if kinds.contains(&thing.kind));
        let here = frame.mentions.iter().filter(of_kind);
        let before = here
            .clone()
            .rfind(|mention| mention.end <= frame.figure.start);
        // "85 DH le m², contre 130 DH à Casanearshore": of the next figure.
        let after = here
            .clone()
            .find(|mention| mention.start < frame.until || !mention.is_where);
        if let Some(mention) = before.or(after)
            && let What::Thing(thing) = &mention.what
        {
            return Some(Subject::Thing(thing.clone(), (mention.start, mention.end)));
        }
        let placed = frame
            .mentions
            .iter()
            .any(|mention| matches!(mention.what, What::Place(_)));
        let held = self
            .typed
            .iter()
            .rev()
            .find(|held| kinds.contains(&held.what.kind));
        let elsewhere = |held: &&Held<Thing>| {
            let home = self.home(&held.what);
            frame.mentions.iter().any(|mention| matches!(&mention.what, What::Place(code) if home.as_deref().is_some_and(|home| !home.starts_with(code.as_str()) && !code.starts_with(home)) && code != "MA"))
        };
        held.filter(|held| {
            held.line + 3 >= frame.sentence.line
                && !(placed && kinds[0] == "school")
                && !elsewhere(held)
        })
        .map(|held| Subject::Thing(held.what.clone(), held.span))
    }

    /// "La Région lui accordera une subvention": the company of the sentence before.
    fn granted(&self, frame: &Frame<'_, '_>) -> Option<Subject> {
        let to_it = frame
            .document
            .tags_in(Class::Agent, frame.sentence.start, frame.figure.start)
            .find(|tag| matches!(tag.sense, "to_it" | "project"))?;
        // "The council supports the project with a grant": of the company that an article is about.
        let lines = if to_it.sense == "to_it" { 0 } else { 2 };
        let company = self.company.as_ref();
        let company = company.filter(|held| held.line + lines >= frame.sentence.line)?;
        Some(Subject::Thing(
            company.what.clone(),
            (to_it.start, to_it.end),
        ))
    }
}
