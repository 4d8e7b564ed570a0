//! What a sentence speaks of: places, things and branches, named or stood for by a word such as "the group" or "la région".

mod standing;

use ask::NameKind;
use language::Script;

use crate::document::{Document, Name, Sentence};
use crate::scene::{Scene, Thing, is_beside};
use crate::stranger::strangers;
use crate::words::Class;
use standing::{
    BY, OF, WHERE, belongs, dateline, follows, is_indefinite, is_matter, is_saying, is_site_of,
};

/// What is spoken of.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Place(String),
    Thing(Thing),
    /// A body such as a ministry: it says and signs, and is counted in nothing of ours.
    Body(String),
    Sector(&'static str),
    /// Some company that is not known: its figures are nobody else's.
    Unknown,
}

/// One mention in a sentence.
#[derive(Clone, Debug)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    pub what: What,
    /// "À Fès", "in Fez": where, not who.
    pub is_where: bool,
    /// "Selon …", "… précise": who says it.
    pub says: bool,
    /// "De l'offshoring", "of the sector": what stands before it is of it.
    pub hangs: bool,
    /// "Par Alten", "with Alten": beside, not who.
    pub by: bool,
    /// A word such as "the group" that stands for it.
    pub stands_in: bool,
}

/// The mentions of a sentence from left to right. Words that stand for something are resolved by what was spoken of before.
pub fn mentions(document: &Document<'_>, scene: &Scene<'_>, sentence: Sentence) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let from = dateline(document, sentence);
    let mut push = |start: usize, end: usize, what: What| {
        if start < from {
            return;
        }
        let mentions_what = what.clone();
        mentions.push(Mention {
            start,
            end,
            what,
            is_where: follows(document, sentence, start, &WHERE)
                && !is_matter(document, start, &mentions_what)
                || is_site_of(document, sentence, start, &mentions_what),
            says: is_who(&mentions_what)
                && is_saying(document, sentence, start, end, &mentions_what),
            hangs: follows(document, sentence, start, &OF),
            by: follows(document, sentence, start, &BY) || belongs(document, sentence, start),
            stands_in: false,
        });
    };
    let nothing = |start: usize| {
        document.tags.iter().any(|tag| {
            tag.class == Class::Other
                && tag.sense == "nothing"
                && tag.start <= start
                && start < tag.end
        })
    };
    for name in document
        .names_in(sentence.start, sentence.end)
        .filter(|name| !nothing(name.start))
    {
        let local = || {
            let operates = matches!(scene.thing(name), Some(What::Thing(thing)) if thing.kind == "park_operator");
            operates
                .then(|| scene.park_named(&document.tokens[name.start].text))
                .flatten()
        };
        // "La ville de Sefrou", where the census of its province is told.
        let town = name
            .place()
            .filter(|code| scene.is_counted(code))
            .and_then(|_| {
                let led =
                    (name.start.saturating_sub(2).max(sentence.start)..name.start).any(|at| {
                        matches!(
                            document.tokens[at].folded.as_str(),
                            "ville" | "city" | "town" | "municipalite" | "مدينه" | "بمدينه"
                        )
                    });
                name.town().filter(|_| led)
            });
        match (local().or_else(|| scene.thing(name)), town.or(name.place())) {
            (Some(what), _) => push(name.start, name.end, what),
            (None, Some(code)) => push(name.start, name.end, What::Place(code.to_owned())),
            (None, None) => {}
        }
    }
    // "Le ministre de l'Industrie", "the federation of services" speak of no industry and no services; nor does the name of a ranking.
    let of_body = |start: usize| {
        let index = document.tags_in(Class::Cue, sentence.start, sentence.end);
        let mut index = index.filter(|tag| tag.sense == "kearney");
        let minister = document
            .tokens
            .get(start + 1)
            .is_some_and(|token| token.folded.starts_with("minist"));
        minister
            || index.any(|tag| tag.start <= start && start < tag.end)
            || (start.saturating_sub(4).max(sentence.start)..start).any(|at| {
                let word = document.tokens[at].folded.as_str();
                word.starts_with("minist")
                    || word.starts_with("federation")
                    || word.contains("وزار")
                    || word.contains("وزير")
                    || word.contains("فيدرالي")
            })
    };
    let strangers = strangers(document, sentence);
    // "TelQuel Services" speaks of no services.
    let inside = |at: usize| {
        strangers
            .iter()
            .any(|(start, end)| *start <= at && at < *end)
    };
    for tag in document
        .tags_in(Class::Sector, sentence.start, sentence.end)
        .filter(|tag| !of_body(tag.start) && !inside(tag.start))
    {
        push(tag.start, tag.end, What::Sector(tag.sense));
    }
    for (start, end) in &strangers {
        push(*start, *end, What::Unknown);
    }
    mentions.sort_by_key(|mention| (mention.start, mention.end));
    // "Alten Maroc", "ألتن المغرب": the country is a part of the name.
    let named: Vec<usize> = mentions
        .iter()
        .filter(
            |mention| matches!(&mention.what, What::Thing(thing) if thing.kind == "organisation"),
        )
        .map(|mention| mention.end)
        .filter(|end| *end > 0 && !document.is_cut(*end - 1))
        .collect();
    mentions.retain(|mention| {
        !(mention.what == What::Place("MA".to_owned())
            && mention.end == mention.start + 1
            && !mention.is_where
            && named.contains(&mention.start))
    });
    // "Fez, Morocco": where the city is.
    let cities: Vec<usize> = mentions
        .iter()
        .filter(|mention| matches!(&mention.what, What::Place(code) if code.contains('.')))
        .map(|mention| mention.end)
        .collect();
    mentions.retain(|mention| {
        let beside =
            cities.contains(&mention.start) && document.gap(mention.start - 1).trim() == ",";
        !(mention.what == What::Place("MA".to_owned()) && !mention.is_where && beside)
    });
    // "À Rabat, Casablanca et Tétouan": what is said of the first holds for all.
    for at in 1..mentions.len() {
        let (before, after) = (&mentions[at - 1], &mentions[at]);
        let list = matches!(
            (&before.what, &after.what),
            (What::Place(_), What::Place(_))
        ) && document.is_listed(before.end, after.start);
        if list && before.is_where {
            mentions[at].is_where = true;
        }
    }
    for mention in &mut mentions {
        // "Rabat wants to reach 270,000 jobs": the government does, in the country.
        if mention.what == What::Place(CAPITAL.to_owned())
            && !mention.is_where
            && !mention.hangs
            && document.tags.iter().any(|tag| {
                tag.class == Class::Timing
                    && (tag.start == mention.end
                        || tag.end == mention.start
                            && document.tokens[tag.start].script == Script::Arabic)
            })
        {
            mention.what = What::Place("MA".to_owned());
        }
        // "Fez-based employees": there.
        if matches!(mention.what, What::Place(_))
            && mention.end < sentence.end
            && document.tokens[mention.end].folded == "based"
        {
            mention.is_where = true;
        }
        // "The Fez site", "موقع فاس": of the site, and no actor.
        let beside =
            |tag: &&crate::words::Tag| tag.end == mention.start || tag.start == mention.end;
        if matches!(mention.what, What::Place(_))
            && document
                .tags_in(Class::Agent, sentence.start, sentence.end)
                .any(|tag| beside(&tag))
        {
            mention.hangs = true;
        }
        // "Its engineering arm": of a company, and no branch.
        if matches!(mention.what, What::Sector(_))
            && mention.end < sentence.end
            && matches!(
                document.tokens[mention.end].folded.as_str(),
                "arm" | "unit" | "division" | "subsidiary"
            )
        {
            mention.what = What::Unknown;
        }
        // "Le premier parc offshore du Royaume".
        if matches!(mention.what, What::Sector(_))
            && document
                .tags_in(Class::Agent, sentence.start, mention.start)
                .any(|tag| tag.sense == "park" && tag.end == mention.start)
        {
            mention.hangs = true;
        }
    }
    // Then what words stand for, from left to right, so that "the region" can be one named in the same sentence.
    let stand_ins: Vec<(usize, usize, Class, &'static str)> = document
        .tags
        .iter()
        .filter(|tag| {
            matches!(tag.class, Class::Place | Class::Agent)
                && tag.start >= sentence.start
                && tag.end <= sentence.end
        })
        .map(|tag| (tag.start, tag.end, tag.class, tag.sense))
        .collect();
    let words = stand_ins.clone();
    for (start, end, class, sense) in stand_ins {
        if class == Class::Agent && is_indefinite(document, start, sense) {
            continue;
        }
        let joined = |mention: &Mention| {
            mention.start >= end
                && mention.start - end <= 1
                && (end - 1..mention.start).all(|at| !document.is_cut(at))
        };
        let named = mentions
            .iter()
            .any(|mention| joined(mention) && matches!(mention.what, What::Place(_)));
        if named && class == Class::Place && matches!(sense, "region" | "city")
            || mentions.iter().any(|mention| {
                mention.start < end
                    && start < mention.end
                    && mention.end - mention.start >= end - start
            })
        {
            continue;
        }
        // "The automotive sector" is the one that is named.
        let told = mentions.iter().any(|mention| {
            matches!(mention.what, What::Sector(_))
                && (mention.end == start || mention.start == end)
        });
        if class == Class::Agent && sense == "sector" && told {
            continue;
        }
        // "Au niveau national, ses effectifs s'élèvent à …": whose, where nobody is named before.
        let counted = document.numbers.iter().any(|number| number.start < start);
        let free = !counted
            && document.tag_at(Class::Quantity, end).is_some()
            && mentions
                .iter()
                .filter(|mention| mention.end <= start)
                .all(|mention| matches!(mention.what, What::Place(_)));
        if sense == "its" && start != sentence.start && !free {
            continue;
        }
        let there = sense == "there";
        let earlier: Vec<Mention> = mentions
            .iter()
            .filter(|mention| mention.end <= start)
            .cloned()
            .collect();
        let beside = mentions.iter().find_map(|mention| match &mention.what {
            What::Place(code)
                if code != "abroad" && mention.start >= end && mention.start - end <= 1
                    || mention.end <= start && start == mention.end =>
            {
                Some(code.clone())
            }
            _ => None,
        });
        // "Le parc fassi".
        let beside = beside.or_else(|| {
            let mut words = words.iter();
            let word = words.find(|(from, _, class, sense)| {
                *class == Class::Place
                    && sense.contains('.')
                    && *from >= end
                    && *from - end <= 1
                    && !document.is_cut(end - 1)
            });
            word.map(|(.., code)| (*code).to_owned())
        });
        let park = (class == Class::Agent && sense == "park")
            .then(|| beside.and_then(|code| scene.park_in(&code)))
            .flatten();
        let what = match class {
            _ if park.is_some() => park,
            // "The region's share …, said the head of Fez-Meknes's investment centre".
            Class::Place if sense == "region" && !earlier.iter().any(is_region) => mentions
                .iter()
                .find(|mention| {
                    is_region(mention) && !is_beside(document, sentence, &mentions, mention)
                })
                .map(|mention| mention.what.clone())
                .or_else(|| scene.place_of(sense, &earlier).map(What::Place)),
            // "Dans la ville", in an article that has named none.
            Class::Place if sense == "city" => Some(What::Place(
                scene
                    .place_of(sense, &earlier)
                    .unwrap_or_else(|| "abroad".to_owned()),
            )),
            Class::Place => scene.place_of(sense, &earlier).map(What::Place),
            _ => scene.stands_for(sense, &earlier),
        };
        if let Some(what) = what {
            let says = is_who(&what) && is_saying(document, sentence, start, end, &what);
            let mention = Mention {
                start,
                end,
                what,
                is_where: there || follows(document, sentence, start, &WHERE),
                says,
                hangs: follows(document, sentence, start, &OF)
                    || sense.contains('.')
                        && words
                            .iter()
                            .any(|(_, until, class, _)| *until == start && *class == Class::Agent),
                by: follows(document, sentence, start, &BY) || belongs(document, sentence, start),
                stands_in: true,
            };
            let at = mentions.partition_point(|other| other.start < start);
            mentions.insert(at, mention);
        }
    }
    mentions
}

/// The government speaks by its name.
const CAPITAL: &str = "04.421";

fn is_region(mention: &Mention) -> bool {
    matches!(&mention.what, What::Place(code) if code.len() == 2 && code != "MA" && !mention.stands_in)
}

fn is_who(what: &What) -> bool {
    !matches!(what, What::Place(_))
}

impl Scene<'_> {
    /// What a name that is no place stands for.
    fn thing(&self, name: &Name) -> Option<What> {
        let record = name.thing()?;
        let twin = record.kind == NameKind::Park && self.is_project(&record.key);
        let thing = |kind| {
            What::Thing(Thing {
                kind,
                key: record.key.clone(),
                twin,
            })
        };
        Some(match record.kind {
            // Who ranks countries is counted in nothing of theirs.
            NameKind::Organisation if record.key == "kearney" => What::Body(record.key.clone()),
            NameKind::Organisation => match self.known().kind_of(&record.key) {
                "body" => What::Body(record.key.clone()),
                kind => thing(kind),
            },
            NameKind::Park => thing("park"),
            NameKind::Project => thing("project"),
            NameKind::Plan => thing("plan"),
            _ if !self.is_meant(&record.key) => What::Thing(self.agreement()),
            _ => thing("agreement"),
        })
    }
}
