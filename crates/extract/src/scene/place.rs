//! Where a figure holds.

use ask::NameKind;

use super::remember::is_beside;
use super::{Frame, Scene, Thing};
use crate::mention::{Mention, What};
use crate::rules::Rule;
use crate::words::Class;

impl Scene<'_> {
    /// Where a figure holds: what stands nearest to it, else the home of what it is about, else what was spoken of before.
    pub(super) fn place(
        &self,
        frame: &Frame<'_, '_>,
        rule: &Rule,
        subject: Option<&Thing>,
    ) -> Place {
        let places = |mention: &&Mention| matches!(mention.what, What::Place(_));
        let last = frame
            .mentions
            .iter()
            .filter(places)
            .rfind(|mention| mention.end <= frame.figure.start);
        if let Some(mention) =
            last.filter(|mention| mention.what == What::Place("abroad".to_owned()))
        {
            return Place::told(mention);
        }
        match rule.place.as_deref() {
            Some("region") => {
                let held = || self.place.as_ref().map(|held| held.what.clone());
                return Place {
                    code: self.place_of("region", frame.mentions).or_else(held),
                    span: None,
                };
            }
            Some(code) => {
                return Place {
                    code: Some(code.to_owned()),
                    span: None,
                };
            }
            None => {}
        }
        if let Some(mention) = nearest(frame, rule) {
            // "À Fès et Meknès, où l'on recense une cinquantaine de centres": in neither alone.
            let together = frame.mentions.iter().any(|other| {
                matches!(other.what, What::Place(_))
                    && mention.end <= frame.figure.start
                    && other.end >= frame.since
                    && other.end + 1 == mention.start
                    && frame.document.is_listed(other.end, mention.start)
            });
            if together && subject.is_none() {
                return Place {
                    code: Some("abroad".to_owned()),
                    span: None,
                };
            }
            let told = Place::told(mention);
            // "Dans l'Oriental, Oujda Shore propose …": in its city. "70 dirhams, contre 130 à Casablanca": of no park that is named.
            let park = subject.filter(|thing| thing.kind == "park");
            let Some(home) = park.and_then(|thing| self.home(thing)) else {
                return told;
            };
            let code = told.code.clone().unwrap_or_default();
            let other = !code.starts_with(&home) && mention.is_where;
            let code = if code == "MA" || home.starts_with(&code) {
                home
            } else if other && mention.start >= frame.figure.end {
                "abroad".to_owned()
            } else {
                return told;
            };
            return Place {
                code: Some(code),
                span: None,
            };
        }
        if let Some(home) = subject.and_then(|thing| self.home(thing)) {
            return Place {
                code: Some(home),
                span: None,
            };
        }
        if is_scattered(frame, rule) {
            // "1.300 personnes entre Fès et Rabat": all that it has in the country.
            let code = match rule.indicator.as_str() {
                "company_planned_jobs" => None,
                "company_headcount" if is_between(frame) => Some("MA".to_owned()),
                _ => Some("abroad".to_owned()),
            };
            return Place { code, span: None };
        }
        // "CGI, qui occupe 3.200 m² à Fès Shore, compte 210 ingénieurs": where the park is.
        let organisation = subject.is_some_and(|thing| thing.kind == "organisation");
        let park = frame
            .mentions
            .iter()
            .filter(|mention| mention.end <= frame.figure.start && !mention.says)
            .find_map(|mention| match &mention.what {
                What::Thing(thing) if thing.kind == "park" => self.home(thing),
                _ => None,
            });
        if let Some(home) = park.filter(|_| organisation) {
            return Place {
                code: Some(home),
                span: None,
            };
        }
        // Behind the next figure it is that one's, but for a company: both are where it is.
        let part = frame.until > frame.figure.end
            && frame.until < frame.sentence.end
            && matches!(
                frame.document.tokens[frame.until - 1].folded.as_str(),
                "dont" | "including" | "which" | "منها" | "بينها"
            );
        // "1.600 postes, dont 500 à Fès": of the part alone.
        let until = match organisation && !part {
            true => frame.sentence.end,
            false => frame.until.max(frame.figure.end),
        };
        let behind = fitting(frame, rule, frame.figure.end, until).find(|mention| mention.is_where);
        if let Some(mention) = behind.filter(|_| !rule.within_country) {
            return Place::told(mention);
        }
        if let Some(code) = &rule.place_told {
            return Place {
                code: Some(code.clone()),
                span: None,
            };
        }
        self.place_before(frame, rule, subject)
    }

    /// "We", "notre": in the words of who speaks.
    fn is_we(&self, frame: &Frame<'_, '_>) -> bool {
        frame
            .document
            .tags_in(Class::Agent, frame.sentence.start, frame.figure.start)
            .any(|tag| tag.sense == "we")
    }

    /// The region that a body is of, by its name: "Conseil de la région Fès-Meknès".
    pub(super) fn region_of_body(&self, body: &str) -> Option<String> {
        let name = |kind, key: &str| Some(language::fold(self.lexicon.name_of(kind, key)?));
        let body = name(NameKind::Organisation, body)?;
        let regions = (1..=12).map(|region| format!("{region:02}"));
        regions.into_iter().find(|region| {
            name(NameKind::Territory, region).is_some_and(|region| body.contains(&region))
        })
    }

    /// The place spoken of before, where a figure goes on with it.
    fn place_before(&self, frame: &Frame<'_, '_>, rule: &Rule, subject: Option<&Thing>) -> Place {
        let apart = subject.is_some_and(|thing| {
            matches!(
                thing.kind,
                "park" | "project" | "plan" | "agreement" | "school"
            )
        });
        // "The government wants the sector to employ 270,000 people": in the country.
        let state = || {
            frame
                .document
                .tags_in(Class::Agent, frame.sentence.start, frame.figure.start)
                .any(|tag| tag.sense == "state")
        };
        // "Exports rose to 20 billion, and the sector added 7,500 jobs": in the country both.
        if subject.is_none() && rule.place_else.is_some() && (frame.national || state()) {
            return Place {
                code: rule.place_else.clone(),
                span: None,
            };
        }
        // "« Nous visons … », a dit le directeur du CRI": in the region that who speaks is of.
        let speaks = frame
            .mentions
            .iter()
            .find_map(|mention| match &mention.what {
                What::Body(key) if mention.says => self.region_of_body(key),
                _ => None,
            });
        let spoke = || {
            let held = self.producer.as_ref();
            held.filter(|held| held.line + 2 >= frame.sentence.line)
                .and_then(|held| self.region_of_body(&held.what))
        };
        if subject.is_none()
            && self.is_we(frame)
            && let Some(region) = speaks.or_else(spoke)
        {
            return Place {
                code: Some(region),
                span: None,
            };
        }
        let of_city = rule.place_else.is_some() && self.counted.as_deref().is_some_and(is_city);
        if subject.is_none()
            && (rule.indicator.starts_with("hcp_") || of_city)
            && let Some(code) = &self.counted
        {
            return Place {
                code: Some(code.clone()),
                span: None,
            };
        }
        let Some(held) = &self.place else {
            return Place {
                code: rule.place_else.clone().filter(|_| subject.is_none()),
                span: None,
            };
        };
        let lines = frame.sentence.line - held.line.min(frame.sentence.line);
        match subject {
            // What is said of the branch a while after a place is said of the country.
            // What the first lines behind a title that names a place speak of, it or the country, cannot be told.
            None if rule.place_else.is_some()
                && held.line == 0
                && matches!(lines, 2 | 3)
                && held.what != "MA" =>
            {
                Place {
                    code: Some("abroad".to_owned()),
                    span: None,
                }
            }
            None if rule.place_else.is_some() && lines > 1 => Place {
                code: rule.place_else.clone(),
                span: None,
            },
            // "Fès regroupe …, Taza …": what comes next, of no place, is of the region of both.
            None if self.spread && lines > 0 && is_city(&held.what) => Place {
                code: held.what.get(..2).map(str::to_owned),
                span: Some(held.span),
            },
            // The country is what it is a share of, or a rank in.
            None if rule.within_country && held.what == "MA" => Place {
                code: self.region.clone(),
                span: Some(held.span),
            },
            None => Place {
                code: Some(held.what.clone()),
                span: Some(held.span),
            },
            Some(_) if !apart && lines <= 4 && rule.indicator != "company_headcount_world" => {
                Place {
                    code: Some(held.what.clone()),
                    span: Some(held.span),
                }
            }
            Some(_) => Place::default(),
        }
    }
}

/// Where a figure holds, and where that is said.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub code: Option<String>,
    pub span: Option<(usize, usize)>,
}

impl Place {
    fn told(mention: &Mention) -> Self {
        let What::Place(code) = &mention.what else {
            return Self::default();
        };
        Self {
            code: Some(code.clone()),
            span: Some((mention.start, mention.end)),
        }
    }
}

/// The places between two tokens that a figure of this rule can hold in.
fn fitting<'a>(
    frame: &'a Frame<'_, '_>,
    rule: &'a Rule,
    start: usize,
    end: usize,
) -> impl DoubleEndedIterator<Item = &'a Mention> {
    let fits = |mention: &&Mention| match &mention.what {
        What::Place(code) => {
            let whole = rule.within_country && code == "MA";
            let small = is_small(code) && !mention.is_where && !rule.indicator.starts_with("hcp_");
            !mention.says && !whole && !small
        }
        _ => false,
    };
    frame
        .mentions
        .iter()
        .filter(fits)
        .filter(move |mention| mention.start >= start && mention.end <= end)
}

/// The place nearest to a figure: in its piece of the sentence, in its clause, before it: "Rabat 45", "45 à Rabat".
fn nearest<'a>(frame: &'a Frame<'_, '_>, rule: &'a Rule) -> Option<&'a Mention> {
    let at = frame.figure.start;
    let beside = |(start, end): (usize, usize)| {
        // A place right before the next figure is that one's.
        let theirs = |mention: &Mention| {
            mention.end == frame.until
                && frame.until < frame.sentence.end
                && !frame.document.is_cut(mention.end - 1)
        };
        let after = fitting(
            frame,
            rule,
            frame.figure.end,
            end.min(frame.until).max(frame.figure.end),
        )
        .next();
        let after = after.filter(|mention| {
            !rule.within_country && !theirs(mention) && !is_among(frame, mention)
        });
        let before = fitting(frame, rule, start.max(frame.since), at)
            .rfind(|mention| !is_held_against(frame, mention));
        match (before, after) {
            (Some(before), Some(after))
                if after.start - frame.figure.end < at - before.end && after.is_where =>
            {
                Some(after)
            }
            (Some(before), _) => Some(before),
            (None, after) => after,
        }
    };
    beside(frame.document.piece(frame.sentence, at))
        .or_else(|| beside(frame.document.clause(frame.sentence, at)))
        .or_else(|| {
            // "14% of the jobs nationwide, and wants 32,000": what the share is of is no place of the next figure.
            let whole =
                |mention: &&Mention| frame.shared && mention.what == What::Place("MA".to_owned());
            // "La région compte 55 entreprises, dont 44 à Fès, et elle représente 12%": who does, and not where.
            let pronoun = (frame.since..at).any(|at| {
                matches!(
                    frame.document.tokens[at].folded.as_str(),
                    "elle" | "il" | "it" | "انها" | "وانها" | "بانها"
                )
            });
            let acts = |mention: &&Mention| {
                pronoun
                    && rule.within_country
                    && !mention.is_where
                    && !mention.hangs
                    && !is_held_against(frame, mention)
            };
            if let Some(mention) = fitting(frame, rule, frame.sentence.start, at).rfind(acts) {
                return Some(mention);
            }
            fitting(frame, rule, frame.sentence.start, at)
                .filter(|mention| {
                    mention.what == What::Place("MA".to_owned()) || !is_scattered(frame, rule)
                })
                .rfind(|mention| !whole(mention) && !is_held_against(frame, mention))
        })
}

/// "Behind Casablanca and Rabat".
fn is_held_against(frame: &Frame<'_, '_>, mention: &Mention) -> bool {
    is_beside(frame.document, frame.sentence, frame.mentions, mention)
}

/// "At its sites in Casablanca, Rabat and Fez", told behind a figure.
fn is_scattered(frame: &Frame<'_, '_>, rule: &Rule) -> bool {
    let (_, clause) = frame.document.clause(frame.sentence, frame.figure.end - 1);
    fitting(frame, rule, frame.figure.end, clause.max(frame.figure.end)).any(|mention| {
        (mention.is_where || is_led_between(frame, mention)) && is_among(frame, mention)
    })
}

/// "Between Fez and Rabat".
fn is_between(frame: &Frame<'_, '_>) -> bool {
    frame.mentions.iter().any(|mention| {
        mention.start >= frame.figure.end
            && matches!(mention.what, What::Place(_))
            && is_led_between(frame, mention)
    })
}

fn is_led_between(frame: &Frame<'_, '_>, mention: &Mention) -> bool {
    mention.start > 0
        && matches!(
            frame.document.tokens[mention.start - 1].folded.as_str(),
            "entre" | "between" | "بين"
        )
}

/// "4,200 employees at its sites in Casablanca, Rabat and Fez": in none of them.
fn is_among(frame: &Frame<'_, '_>, mention: &Mention) -> bool {
    let mut end = mention.end;
    let next = |end: usize| {
        let mut mentions = frame.mentions.iter();
        mentions.find(|other| {
            matches!(other.what, What::Place(_))
                && other.start >= end
                && frame.document.is_listed(end, other.start)
        })
    };
    while let Some(other) = next(end) {
        if other.start > end || !frame.document.is_cut(end - 1) {
            return true;
        }
        end = other.end;
    }
    false
}

/// Whether a place holds another: the country every one, a region its provinces.
pub(super) fn is_wider(code: &str, than: &str) -> bool {
    code != than && (code == "MA" || than.starts_with(code))
}

pub(super) fn is_region(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A commune or a part of one.
pub(super) fn is_small(code: &str) -> bool {
    code.matches('.').count() > 2
}

pub(super) fn is_city(code: &str) -> bool {
    code.contains('.')
}
