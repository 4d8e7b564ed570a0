//! Of things that belong together, the one that a figure is of: the park of an operator, the subsidiary of a group, the project that a school
//! is, the plan of some years.

use ask::NameKind;

use super::period::reference;
use super::subject::Subject;
use super::{Frame, Scene, Thing};
use crate::mention::What;

impl Scene<'_> {
    /// What runs parks tells of the park that the sentence names.
    pub(super) fn park_of(
        &self,
        frame: &Frame<'_, '_>,
        thing: Thing,
        span: (usize, usize),
    ) -> (Thing, (usize, usize)) {
        if thing.kind != "park_operator" {
            return (thing, span);
        }
        let park = frame
            .mentions
            .iter()
            .find_map(|mention| match &mention.what {
                What::Thing(park) if park.kind == "park" => {
                    Some((park.clone(), (mention.start, mention.end)))
                }
                _ => None,
            });
        let held = || {
            let mut parks =
                self.typed.iter().rev().filter(|held| {
                    held.what.kind == "park" && held.line + 2 >= frame.sentence.line
                });
            parks.next().map(|held| (held.what.clone(), held.span))
        };
        park.or_else(held).unwrap_or((thing, span))
    }

    /// What a school costs is told of the project that it is.
    pub(super) fn project_of(&self, thing: Thing, quantity: &str) -> Thing {
        if thing.kind != "school" || !matches!(quantity, "budget" | "investment") {
            return thing;
        }
        let name = self
            .lexicon
            .name_of(NameKind::Organisation, &thing.key)
            .unwrap_or_default();
        let named = self.lexicon.named(name, &language::tokenize(name));
        let mut records = named.into_iter().flat_map(|named| named.records);
        match records.find(|record| record.kind == NameKind::Project) {
            Some(record) => Thing {
                kind: "project",
                key: record.key,
                twin: false,
            },
            None => thing,
        }
    }

    /// Of a group whose subsidiary here is known, the one that a figure is of: the group has what there is in the world.
    pub(super) fn of_group(&self, thing: Thing, world: bool) -> Thing {
        if thing.kind != "organisation" {
            return thing;
        }
        let owners = &self.known.owners;
        let key = match world {
            true => owners
                .get(&thing.key)
                .filter(|owner| self.known.kind_of(owner) == "organisation")
                .cloned(),
            false => {
                let here = |key: &str| {
                    key.strip_prefix(thing.key.as_str())
                        .is_some_and(|rest| matches!(rest, "_maroc" | "_morocco"))
                };
                let mut here: Vec<&String> = owners
                    .iter()
                    .filter(|(key, owner)| **owner == thing.key && here(key))
                    .map(|(key, _)| key)
                    .collect();
                here.sort();
                (here.len() == 1).then(|| here[0].clone())
            }
        };
        Thing {
            key: key.unwrap_or(thing.key),
            ..thing
        }
    }

    /// "Celui de la première génération (2017-2021)": the plan of those years.
    pub(super) fn plan_of_years(&self, frame: &Frame<'_, '_>) -> Option<Subject> {
        let mut spans = frame
            .document
            .periods
            .iter()
            .filter(|span| span.end <= frame.figure.start);
        spans.find_map(|span| {
            let period = reference(span.phrase)?;
            let mut plans: Vec<&String> = self
                .known
                .plans
                .iter()
                .filter(|(_, years)| **years == period)
                .map(|(key, _)| key)
                .collect();
            plans.sort();
            // The plan of the same place as the one spoken of.
            let spoken = self
                .things
                .iter()
                .rev()
                .find(|thing| thing.kind == "plan")?;
            let home = self.home(spoken);
            let key = plans
                .into_iter()
                .find(|key| self.lexicon.above(NameKind::Plan, key).map(str::to_owned) == home)?;
            Some(Subject::Thing(
                Thing {
                    kind: "plan",
                    key: key.clone(),
                    twin: false,
                },
                (span.start, span.end),
            ))
        })
    }
}
