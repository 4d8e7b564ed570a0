//! Words that stand for what was spoken of before: "the region", "the group", "the park", "it".

use ask::NameKind;
use language::{Period, Today};

use super::place::{is_city, is_region};
use super::{Scene, Thing};
use crate::mention::{Mention, What};
use crate::named;

impl Scene<'_> {
    /// Whether an article that uses a word for this agreement means it: two of its parties are named.
    pub fn is_meant(&self, agreement: &str) -> bool {
        named::is_meant(self.known, &self.named, agreement)
    }

    /// The place that a word stands for.
    pub fn place_of(&self, sense: &str, earlier: &[Mention]) -> Option<String> {
        let named = |test: fn(&str) -> bool| {
            earlier
                .iter()
                .rev()
                .find_map(|mention| match &mention.what {
                    What::Place(code) if test(code) => Some(code.clone()),
                    _ => None,
                })
        };
        match sense {
            "nothing" => None,
            "region" => named(is_region)
                .or_else(|| self.region.clone())
                .or_else(|| self.city.as_deref().and_then(|city| self.region_of(city)))
                .or_else(|| {
                    self.things
                        .iter()
                        .rev()
                        .find_map(|thing| self.home(thing))
                        .map(|home| home.chars().take(2).collect())
                }),
            "city" => {
                let counted = self.counted.clone().filter(|code| is_city(code));
                let counted = counted.filter(|_| self.census_year.is_some());
                named(is_city).or(counted).or_else(|| self.city.clone())
            }
            // What is "there" is in no country, unless the paragraph speaks of it.
            "there" => {
                let here = self
                    .whereabouts
                    .as_ref()
                    .filter(|held| held.line == self.line);
                let place = self.place.as_ref();
                let place = place.filter(|held| held.what != "MA" || held.line == self.line);
                named(|_| true)
                    .or_else(|| here.or(place).map(|held| held.what.clone()))
                    .or_else(|| self.city.clone())
            }
            // A nickname: its sense is the code.
            code => Some(code.to_owned()),
        }
    }

    /// "Le Technopark" in an article on Fès: the park of that name there, and not who runs them all.
    pub fn park_named(&self, word: &str) -> Option<What> {
        let city = self.city.as_deref()?;
        let word = language::fold(word);
        let bears = |key: &str| {
            language::fold(
                self.lexicon
                    .name_of(NameKind::Park, key)
                    .unwrap_or_default(),
            )
            .split(' ')
            .any(|part| part == word)
        };
        let parks = self.known.parks.iter();
        let key = parks
            .filter(|(key, place)| place.as_str() == city && bears(key))
            .map(|(key, _)| key)
            .min()
            .cloned()?;
        let twin = self.is_project(&key);
        Some(What::Thing(Thing {
            kind: "park",
            key,
            twin,
        }))
    }

    /// Whether the census that is told is of this place.
    pub fn is_counted(&self, code: &str) -> bool {
        self.census_year.is_some() && self.counted.as_deref() == Some(code)
    }

    /// Whether a park is a project as well.
    pub fn is_project(&self, park: &str) -> bool {
        self.lexicon.name_of(NameKind::Project, park).is_some()
    }

    /// The one park of a place: "le parc d'Oujda", "the Fez park".
    pub fn park_in(&self, code: &str) -> Option<What> {
        let mut parks: Vec<(&String, &String)> = self
            .known
            .parks
            .iter()
            .filter(|(_, place)| place.as_str() == code)
            .collect();
        parks.sort();
        let offices = |key: &str| {
            key.ends_with("_shore") || key.starts_with("casa") || key.starts_with("technopolis")
        };
        let first = parks
            .iter()
            .find(|(key, _)| offices(key))
            .or(parks.first())?;
        Some(What::Thing(Thing {
            kind: "park",
            key: first.0.clone(),
            twin: false,
        }))
    }

    /// "La troisième tranche de Fès Shore": a project that a park is extended by.
    pub(super) fn is_part_of_park(&self, thing: &Thing) -> bool {
        thing.kind == "project"
            && self
                .park_part(thing)
                .is_some_and(|park| park.key != thing.key)
    }

    /// A park, or the one that a project is a part of.
    fn park_part(&self, thing: &Thing) -> Option<Thing> {
        match thing.kind {
            "park" => Some(thing.clone()),
            "project" => {
                let of = |key: &&String| {
                    thing
                        .key
                        .strip_prefix(key.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
                };
                let key = self
                    .known
                    .parks
                    .keys()
                    .filter(of)
                    .max_by_key(|key| key.len())?;
                Some(Thing {
                    kind: "park",
                    key: key.clone(),
                    twin: false,
                })
            }
            _ => None,
        }
    }

    /// The agreement an article is about and does not name: one signed in the days before it, else one nobody knows.
    pub fn agreement(&self) -> Thing {
        let day = |today: Today| (today.year, today.month, today.day);
        let published = self.published.map(day);
        let close = |signed: (i32, u8, u8)| {
            published.is_some_and(|(year, month, day)| {
                signed.0 == year
                    && signed.1 == month
                    && (0..=3).contains(&(i32::from(day) - i32::from(signed.2)))
            })
        };
        let signed = self.known.agreements.iter();
        let key = signed
            .filter(|(_, signed)| close(**signed))
            .map(|(key, _)| key)
            .min()
            .cloned();
        Thing {
            kind: "agreement",
            key: key.unwrap_or_default(),
            twin: false,
        }
    }

    /// What "the group", "the park", "it" stand for.
    pub fn stands_for(&self, sense: &str, earlier: &[Mention]) -> Option<What> {
        let here = |kinds: &[&str]| {
            earlier
                .iter()
                .rev()
                .find_map(|mention| match &mention.what {
                    What::Thing(thing) if kinds.contains(&thing.kind) && !mention.says => {
                        Some(thing.clone())
                    }
                    _ => None,
                })
        };
        let before = |kinds: &[&str]| {
            self.things
                .iter()
                .rev()
                .find(|thing| kinds.contains(&thing.kind) || thing.twin && kinds == ["project"])
                .cloned()
        };
        // "Teleperformance, the French group, employs …": of whom nobody knows, named right before.
        let strange = earlier
            .iter()
            .rfind(|mention| {
                matches!(&mention.what, What::Unknown)
                    || matches!(&mention.what, What::Thing(thing) if thing.kind == "organisation")
            })
            .is_some_and(|mention| mention.what == What::Unknown);
        if strange && matches!(sense, "company" | "site" | "its") {
            return Some(What::Unknown);
        }
        let kinds: &[&str] = match sense {
            // What was spoken of since is nearer.
            "company" | "its"
                if (sense == "company" || self.thing.is_none())
                    && self.stranger.is_some_and(|line| line + 2 >= self.line)
                    && here(&["organisation"]).is_none() =>
            {
                return Some(What::Unknown);
            }
            // "Sa maison mère": who owns the company spoken of.
            "parent" => {
                let named = here(&["organisation"])
                    .or_else(|| self.company.as_ref().map(|held| held.what.clone()));
                let owner = named.and_then(|thing| self.known.owners.get(&thing.key).cloned());
                let owner = owner.filter(|owner| self.known.kind_of(owner) == "organisation");
                return Some(owner.map_or(What::Unknown, |key| {
                    What::Thing(Thing {
                        kind: "organisation",
                        key,
                        twin: false,
                    })
                }));
            }
            // "Les deux sociétés": who signed, all together.
            "both" => {
                let signed = self.things.last().filter(|thing| thing.kind == "agreement");
                return Some(signed.map_or(What::Unknown, |thing| What::Thing(thing.clone())));
            }
            "company" => &["organisation"],
            "school" => &["school"],
            // "La troisième tranche de Fès Shore … Le parc …".
            "park" if here(&["park"]).is_none() => {
                let mut things = self.things.iter().rev();
                let park = things.find_map(|thing| self.park_part(thing));
                return Some(park.map_or(What::Unknown, What::Thing));
            }
            "park" => &["park"],
            "site" => {
                let last = self.thing.as_ref().map(|held| held.what.clone());
                if let Some(park) = last
                    .as_ref()
                    .filter(|thing| thing.kind == "park" && here(&["organisation"]).is_none())
                {
                    let newer = self.company.as_ref().is_none_or(|held| {
                        self.thing
                            .as_ref()
                            .is_some_and(|thing| thing.line > held.line)
                    });
                    if newer {
                        return Some(What::Thing(park.clone()));
                    }
                }
                let company = self
                    .company
                    .as_ref()
                    .filter(|held| held.line + 1 >= self.line)
                    .map(|held| held.what.clone());
                return here(&["organisation"])
                    .or(company)
                    .or_else(|| here(&["park"]))
                    .or(last)
                    .map(What::Thing);
            }
            "project" => &["project"],
            "plan" => &["plan"],
            "agreement" => &["agreement"],
            "sector" => {
                let last = self
                    .sector
                    .as_ref()
                    .filter(|held| {
                        held.line == self.line
                            || held.line + 2 >= self.line && self.topic == Some("call_centre")
                    })
                    .map(|held| held.what)
                    .filter(|sense| matches!(*sense, "offshoring" | "call_centre"));
                return last.or(self.topic).map(What::Sector);
            }
            "body" | "state" => return Some(What::Body(String::new())),
            "other" => return Some(What::Unknown),
            "company_word" | "school_word" => return None,
            "rate" | "of_them" | "we" | "to_it" => return None,
            "programme_contract" => return self.programme_contract(),
            "its" => {
                return self
                    .thing
                    .as_ref()
                    .filter(|held| held.line + 2 >= self.line)
                    .map(|held| What::Thing(held.what.clone()));
            }
            _ => {
                // "A second park is under study; it would cost …".
                let last = earlier
                    .iter()
                    .rfind(|mention| !mention.says && !mention.is_where && !mention.hangs);
                if last.is_some_and(|mention| mention.what == What::Unknown) {
                    return Some(What::Unknown);
                }
                if earlier.iter().any(|mention| {
                    !mention.says && !mention.is_where && matches!(mention.what, What::Thing(_))
                }) {
                    return None;
                }
                // "Konecta a ouvert à Fès Shore. Elle emploie …"
                if sense == "it" && self.stranger == Some(self.line) {
                    return Some(What::Unknown);
                }
                // "Foundever said it would hire 300": who says it.
                let says = earlier.iter().rfind(|mention| {
                    mention.says
                        && matches!(&mention.what, What::Thing(thing) if thing.kind == "organisation")
                });
                if let Some(mention) = says.filter(|_| sense == "it") {
                    return Some(mention.what.clone());
                }
                // "Intelcia said … It employs 1,180": who said it, where nothing else is spoken of.
                let said = || {
                    let school = self.school.as_ref().filter(|held| held.line == self.line);
                    let company = self.company.as_ref().filter(|held| held.line == self.line);
                    company.or(school)
                };
                // "Une tranche est programmée à Fès Shore. Elle coûtera …": what this paragraph spoke of, before one above.
                let here = self.typed.last().filter(|held| held.line == self.line);
                let above = self
                    .thing
                    .as_ref()
                    .filter(|held| held.line + 2 >= self.line);
                return above
                    .filter(|held| held.line == self.line)
                    .or(here.filter(|_| above.is_some()))
                    .or_else(said)
                    .or(above)
                    .map(|held| What::Thing(held.what.clone()));
            }
        };
        let found = here(kinds).or_else(|| before(kinds)).map(What::Thing);
        match sense {
            "agreement" => found.or_else(|| Some(What::Thing(self.agreement()))),
            // "Le projet, d'un coût de 350 millions": one that nobody knows.
            "project" => {
                let park = self
                    .typed
                    .last()
                    .filter(|held| held.line == self.line && held.what.kind == "park");
                let park = here(&["park"]).or(park.map(|held| held.what.clone()));
                found.or(park.map(What::Thing)).or(Some(What::Unknown))
            }
            _ => found,
        }
    }

    /// The programme contract in force when the article was written.
    pub(super) fn programme_contract(&self) -> Option<What> {
        let named = |key: &str| {
            let name = language::fold(
                self.lexicon
                    .name_of(NameKind::Plan, key)
                    .unwrap_or_default(),
            );
            name.starts_with("contrat programme") || name.starts_with("programme contract")
        };
        let began = |years: &Period| {
            self.published
                .is_none_or(|today| years.first_year() <= today.year)
        };
        let mut plans: Vec<(&String, &Period)> = self
            .known
            .plans
            .iter()
            .filter(|(key, years)| named(key) && began(years))
            .collect();
        plans.sort_by_key(|(key, years)| (years.first_year(), key.as_str()));
        let (key, _) = plans.last()?;
        Some(What::Thing(Thing {
            kind: "plan",
            key: (*key).clone(),
            twin: false,
        }))
    }

    pub(super) fn region_of(&self, code: &str) -> Option<String> {
        code.split_once('.').map(|(region, _)| region.to_owned())
    }

    pub(super) fn home(&self, thing: &Thing) -> Option<String> {
        let kind = match thing.kind {
            "park" => NameKind::Park,
            "project" => NameKind::Project,
            "plan" => NameKind::Plan,
            _ => return None,
        };
        self.lexicon.above(kind, &thing.key).map(str::to_owned)
    }
}
