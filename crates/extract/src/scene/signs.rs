//! What is said around a figure: whether it is planned, what happened to it, who says it.

use ask::NameKind;

use super::clause::is_owned;
use super::reading::is_domestic;
use super::{Frame, Scene, Thing};
use crate::figure::is_small;
use crate::mention::{Mention, What};
use crate::words::{Class, Tag};

impl Scene<'_> {
    pub(super) fn is_planned(&self, frame: &Frame<'_, '_>) -> bool {
        !is_owned(frame) && self.is_planned_around(frame)
    }

    /// Whether something planned is told around a figure.
    pub(super) fn is_planned_around(&self, frame: &Frame<'_, '_>) -> bool {
        let (_, end) = frame.document.piece(frame.sentence, frame.figure.end - 1);
        let behind = end.max(frame.figure.end).min(frame.until);
        let says = |start, end| {
            frame
                .document
                .tags_in(Class::Timing, start, end)
                .next()
                .is_some()
        };
        let until = self
            .period_near(frame)
            .is_some_and(|(_, (start, end))| self.is_horizon(frame, start, end));
        let since = frame.asserted().max(frame.stated()).unwrap_or(frame.since);
        // "Plans to double its workforce from 450 to 900": the second is planned.
        let word = |at: Option<usize>| {
            at.and_then(|at| frame.document.tokens.get(at))
                .map_or("", |token| token.folded.as_str())
        };
        let start = frame.figure.start;
        let leads = |at: usize| matches!(word(at.checked_sub(1)), "from" | "de" | "من");
        let aim = |at: usize| matches!(word(Some(at)), "to" | "a" | "الي");
        if leads(start) && aim(frame.figure.end) && frame.until == frame.figure.end + 1 {
            return false;
        }
        let since = match frame.since + 1 == start && aim(frame.since) {
            true => frame.sentence.start,
            false => since,
        };
        says(since, frame.figure.start)
            || says(frame.figure.end, behind)
            || until
            || matches!(self.change(frame), Some("creating" | "recruiting"))
    }

    pub(super) fn is_hearsay(&self, frame: &Frame<'_, '_>) -> bool {
        let (start, end) = frame.document.clause(frame.sentence, frame.figure.start);
        frame
            .document
            .tags_in(Class::Hearsay, start, end)
            .next()
            .is_some()
    }

    /// What happened to what is counted, said before or right behind it.
    pub(super) fn change(&self, frame: &Frame<'_, '_>) -> Option<&'static str> {
        let (start, end) = frame.document.clause(frame.sentence, frame.figure.start);
        let (_, piece) = frame.document.piece(frame.sentence, frame.figure.end - 1);
        let until = end.min(piece).max(frame.figure.end).min(frame.until);
        // "270 ألف منصب وتكوين 100 ألف شاب": what "and" leads to is of the next figure.
        let joined = |tag: &&Tag| frame.document.tokens[tag.start].text.starts_with('و');
        // What is extended is a surface.
        let extends = |tag: &&Tag| tag.sense != "extended" || frame.figure.unit == "m2";
        let behind = frame
            .document
            .tags_in(Class::Change, frame.figure.end, until)
            .find(|tag| !joined(tag) && extends(tag));
        let before = frame
            .document
            .tags_in(Class::Change, start.max(frame.since), frame.figure.end)
            .rfind(extends);
        // "Les travaux de la troisième tranche, sur 12.000 m²".
        let surface = frame
            .document
            .tags_in(Class::Change, frame.since, frame.figure.start)
            .rfind(|tag| tag.sense == "extended" && frame.figure.unit == "m2");
        let before = before.or(surface);
        // "La troisième tranche, soit 14.000 m²".
        let part = frame.figure.unit == "m2"
            && frame.mentions.iter().any(|mention| {
                mention.end <= frame.figure.start
                    && matches!(&mention.what, What::Thing(thing) if self.is_part_of_park(thing))
            });
        let goes_on = frame.figure.unit == "m2"
            && self.extending == Some(frame.sentence.line)
            && frame
                .document
                .tags_in(Class::Agent, frame.sentence.start, frame.sentence.end)
                .any(|tag| tag.sense == "it");
        let found = behind.or(before).map(|tag| tag.sense);
        found.or((part || goes_on).then_some("extended"))
    }

    pub(super) fn cues(&self, frame: &Frame<'_, '_>, subject: Option<&Thing>) -> Vec<&'static str> {
        let tags = frame
            .document
            .tags_in(Class::Cue, frame.sentence.start, frame.sentence.end);
        // In Africa and in the Arab world may stand in one sentence.
        let clause = frame.document.piece(frame.sentence, frame.figure.start);
        // "Les femmes (24,3%)": right before the bracket.
        let start = frame.figure.start;
        let bracket = start > frame.sentence.start && frame.document.gap(start - 1).contains('(');
        let near = |tag: &&Tag| {
            tag.start >= clause.0 && tag.end <= clause.1
                || bracket && tag.end <= start && tag.end + 7 >= start && tag.start >= frame.since
        };
        // "Chez les femmes, il grimpe à 29%": told before the figure as well.
        let among = tags.clone().any(|tag| {
            tag.sense == "among"
                && (near(&tag) || tag.start >= frame.since && tag.end <= frame.figure.start)
        });
        let groups = tags.clone().filter(near).any(|tag| tag.sense == "group");
        let areas = tags
            .clone()
            .filter(near)
            .any(|tag| matches!(tag.sense, "africa" | "mena" | "world"));
        let mut cues: Vec<&'static str> = tags
            .filter(|tag| tag.sense != "group" || groups)
            // "Emploie 2.200 personnes et en a recruté 300": of the second alone.
            .filter(|tag| {
                tag.sense != "hired" || frame.since <= tag.start && tag.end <= frame.figure.start
            })
            .filter(|tag| {
                tag.sense != "dwell"
                    || tag.end <= frame.figure.start
                        && (tag.end..frame.figure.start).all(|at| is_small(frame.document, at))
            })
            .filter(|tag| tag.sense != "among" || among)
            // "Vise le cap des 500": of the figure right behind.
            .filter(|tag| {
                tag.sense != "level" || frame.since <= tag.start && tag.start < frame.figure.end
            })
            .filter(|tag| {
                tag.sense != "received"
                    || tag.start >= frame.figure.end && tag.end <= frame.until
                    || tag.end <= frame.figure.start && frame.figure.start - tag.end <= 4
            })
            // "130.000 emplois supplémentaires": right behind what is counted.
            .filter(|tag| {
                tag.sense != "additional"
                    || tag.start >= frame.figure.end && tag.start <= frame.figure.end + 4
            })
            // "28th in the index and second in Africa": of the second rank alone.
            .filter(|tag| {
                frame.figure.unit != "rank"
                    || !matches!(tag.sense, "africa" | "mena")
                    || tag.start < frame.until && tag.end >= frame.since
            })
            .filter(|tag| !areas || near(tag) || !matches!(tag.sense, "africa" | "mena" | "world"))
            .map(|tag| tag.sense)
            .collect();
        let (from, until) = frame.document.piece(frame.sentence, frame.figure.start);
        if frame.mentions.iter().any(|mention| {
            mention.start >= from && mention.end <= until && matches!(mention.what, What::Place(_))
        }) {
            cues.retain(|cue| *cue != "world");
        }
        let (clause, clause_end) = frame.document.clause(frame.sentence, frame.figure.start);
        let counted = |at: usize| {
            let near = |end: usize| end <= at && at - end <= 1;
            frame.document.numbers.iter().any(|number| near(number.end))
                || frame
                    .document
                    .tags
                    .iter()
                    .any(|tag| tag.class == Class::Number && near(tag.end))
        };
        if (clause..clause_end).any(|at| {
            matches!(
                frame.document.tokens[at].folded.as_str(),
                "pays" | "countries" | "بلدا" | "دوله"
            ) && counted(at)
        }) {
            cues.push("world");
        }
        if self.census_year.is_some() {
            cues.push("census");
        }
        // "59% des emplois du secteur": of all of them.
        let of_sector = |mention: &&Mention| {
            let counted = frame.figure.quantities.first();
            matches!(mention.what, What::Sector(_))
                && !mention.says
                && counted.is_some_and(|tag| {
                    tag.start >= frame.figure.end
                        && mention.start < tag.end + 4
                        && mention.end >= tag.end
                        && (tag.end..=mention.start).all(|at| !frame.document.is_cut(at - 1))
                })
        };
        if frame.mentions.iter().any(|mention| of_sector(&mention)) {
            cues.push("of_sector");
        }
        // "From 850 to 1,300 engineers": all that there will be.
        let to = frame.figure.start.checked_sub(1);
        let to = to.map_or("", |at| frame.document.tokens[at].folded.as_str());
        if frame.since + 1 == frame.figure.start && matches!(to, "to" | "a" | "الي") {
            cues.push("level");
        }
        // "8.298 établissements à but lucratif, employant 13.205 personnes".
        if frame
            .document
            .tags_in(Class::Quantity, frame.sentence.start, frame.figure.start)
            .any(|tag| tag.sense == "census_businesses")
        {
            cues.push("businesses");
        }
        // "Graduates some 1,900 in digital fields".
        let beside = frame.document.piece(frame.sentence, frame.figure.end - 1).1;
        if frame
            .document
            .tags_in(
                Class::Cue,
                frame.figure.end,
                beside.min(frame.until).max(frame.figure.end),
            )
            .any(|tag| tag.sense == "digital_field" && tag.start <= frame.figure.end + 8)
        {
            cues.push("digital_beside");
        }
        if let Some(thing) = subject.filter(|thing| thing.kind == "plan")
            && self.home(thing).is_some_and(|home| home != "MA")
        {
            cues.push("regional_plan");
        }
        if let Some(thing) = subject.filter(|thing| thing.kind == "plan") {
            let name = language::fold(
                self.lexicon
                    .name_of(NameKind::Plan, &thing.key)
                    .unwrap_or_default(),
            );
            if ["digital", "numerique", "digitaux"]
                .iter()
                .any(|word| name.contains(word))
            {
                cues.push("digital_plan");
            }
        }
        if frame
            .mentions
            .iter()
            .any(|mention| matches!(&mention.what, What::Place(code) if code == "MA"))
        {
            cues.push("national");
        }
        if self.ranked && frame.figure.unit == "rank" && !is_domestic(frame) {
            cues.push("kearney");
        }
        cues
    }

    pub(super) fn producer(
        &self,
        frame: &Frame<'_, '_>,
    ) -> (Option<String>, Option<(usize, usize)>) {
        let says = frame
            .mentions
            .iter()
            .find_map(|mention| match &mention.what {
                What::Body(key) if mention.says => {
                    Some((key.clone(), (mention.start, mention.end)))
                }
                What::Thing(thing)
                    if mention.says && matches!(thing.kind, "organisation" | "school") =>
                {
                    Some((thing.key.clone(), (mention.start, mention.end)))
                }
                _ => None,
            });
        let same = frame
            .document
            .tags_in(Class::Saying, frame.sentence.start, frame.sentence.end)
            .any(|tag| tag.sense == "same");
        match (says, &self.producer) {
            (Some((key, span)), _) => (Some(key), Some(span)),
            (None, Some(held)) if same => (Some(held.what.clone()), Some(held.span)),
            _ => (None, None),
        }
    }
}
