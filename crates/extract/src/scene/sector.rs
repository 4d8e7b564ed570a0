//! Of which branch a figure is.

use super::clause::is_relative;
use super::{Frame, Scene, Told};
use crate::mention::What;
use crate::words::Tag;

impl Scene<'_> {
    pub(super) fn sector(
        &self,
        frame: &Frame<'_, '_>,
        quantity: &str,
        has_subject: bool,
    ) -> (&'static str, Option<(usize, usize)>) {
        let named = frame.mentions.iter().any(|mention| {
            matches!(mention.what, What::Sector(_))
                && !mention.stands_in
                && mention.end <= frame.figure.start
        });
        let tags: Vec<_> = frame
            .mentions
            .iter()
            .filter_map(|mention| match mention.what {
                // "The mainstay of the industry" names no other branch than the one told.
                // What "the branch" exports is of all of it, whatever was spoken of last.
                What::Sector("call_centre") if mention.stands_in && quantity == "exports" => None,
                // "The sector, which includes engineering, employs …".
                What::Sector(_)
                    if is_relative(
                        frame.document,
                        frame.sentence,
                        mention.start,
                        frame.figure.start,
                    ) =>
                {
                    None
                }
                What::Sector(sense)
                    if !(mention.says || mention.stands_in && mention.hangs && named) =>
                {
                    Some((mention.start, mention.end, sense))
                }
                _ => None,
            })
            .collect();
        let (_, clause_end) = frame.document.clause(
            frame.sentence,
            frame.figure.end.max(frame.figure.start + 1) - 1,
        );
        let beside_it = |tag: &&Tag| {
            tag.start >= frame.figure.end
                && (frame.figure.end - 1..tag.start).all(|at| !frame.document.is_cut(at))
        };
        let own = frame
            .figure
            .quantities
            .first()
            .filter(beside_it)
            .map_or(frame.figure.end, |tag| tag.end);
        let until = clause_end.max(own).min(frame.until);
        let beside = tags
            .iter()
            .find(|(start, end, _)| *start >= frame.figure.end && *end <= until);
        let before = tags
            .iter()
            .rev()
            .find(|(_, end, _)| *end <= frame.figure.start);
        // "30.000 emplois à l'horizon 2030, rappelant que 52 centres d'appels": that is of the next figure.
        let after = tags
            .iter()
            .find(|(start, _, _)| *start >= frame.figure.end && *start < frame.until);
        if let Some((start, end, sense)) = beside.or(before).or(after) {
            return (sense, Some((*start, *end)));
        }
        if quantity == "call_centres" {
            return ("call_centre", None);
        }
        if quantity == "exports" {
            return (self.topic.unwrap_or("none"), None);
        }
        // "Which employed 148,500. Authorities hope to raise employment to 270,000": of the same branch.
        let raised = self.change(frame) == Some("raised");
        let jobs = |told: &Told| told.fact.indicator == "offshoring_jobs";
        if raised && self.last.as_ref().is_some_and(|(_, told)| jobs(told)) {
            return ("offshoring", None);
        }
        if has_subject {
            return ("none", None);
        }
        match &self.sector {
            // A part of the branch that the article is about is spoken of for a paragraph.
            Some(held)
                if held.line + 1 >= frame.sentence.line
                    || held.line + 2 >= frame.sentence.line
                        && (held.what != "call_centre" || self.topic == Some("call_centre")) =>
            {
                (held.what, Some(held.span))
            }
            _ => ("none", None),
        }
    }
}
