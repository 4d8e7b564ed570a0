//! The words of the pages: Fluent messages in the languages they are offered in, and numbers, periods and dates as each writes them.
//! What an answer says is not here: it comes from the schema.

use std::{borrow::Borrow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use language::{Locale, format};

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> Bundle {
    let resource = FluentResource::try_new(language.messages().to_owned())
        .expect("a test reads the messages of every language");
    let tag = language.tag().parse().expect("fr, en and ar are tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(language == Language::Arabic);
    bundle
        .add_resource(resource)
        .expect("a test finds no message twice");
    bundle
}

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    French,
    English,
    Arabic,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::French, Self::English, Self::Arabic];

    /// BCP 47.
    pub fn tag(self) -> &'static str {
        self.locale().code()
    }

    /// The language for the schema and for numbers.
    pub fn locale(self) -> Locale {
        match self {
            Self::French => Locale::Fr,
            Self::English => Locale::En,
            Self::Arabic => Locale::Ar,
        }
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::French => "Français",
            Self::English => "English",
            Self::Arabic => "العربية",
        }
    }

    pub fn direction(self) -> &'static str {
        if self == Self::Arabic { "rtl" } else { "ltr" }
    }

    /// The language chosen by name, else the first one the browser lists that we have, else French.
    pub fn choose(chosen: Option<&str>, accept: Option<&str>) -> Self {
        let listed = accept
            .unwrap_or_default()
            .split(',')
            .map(|item| item.split(';').next().unwrap_or_default());
        chosen
            .into_iter()
            .chain(listed)
            .find_map(Self::parse)
            .unwrap_or(Self::French)
    }

    fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    fn messages(self) -> &'static str {
        match self {
            Self::French => include_str!("../../messages/fr.ftl"),
            Self::English => include_str!("../../messages/en.ftl"),
            Self::Arabic => include_str!("../../messages/ar.ftl"),
        }
    }
}

/// Speaks one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    pub language: Language,
}

impl Words {
    /// A message; its name where there is none, which a test rules out.
    pub fn t(&self, id: &str) -> String {
        self.say(id, &[]).unwrap_or_else(|| id.to_owned())
    }

    /// A message with one text in it.
    pub fn with(&self, id: &str, name: &str, text: &str) -> String {
        let arguments = [(name, FluentValue::from(text))];
        self.say(id, &arguments).unwrap_or_else(|| id.to_owned())
    }

    /// A message that counts: `n` is the number as it is written, `count` chooses its form.
    pub fn count(&self, id: &str, count: impl Borrow<i64>) -> String {
        let count = *count.borrow();
        let arguments = [
            ("count", FluentValue::from(count)),
            ("n", FluentValue::from(self.number(&(count as f64)))),
        ];
        self.say(id, &arguments).unwrap_or_else(|| id.to_owned())
    }

    /// The word for a value of the contract's vocabulary, such as `level` and `REGION`; the value itself when it is newer than these pages.
    pub fn term(&self, group: &str, value: &str) -> String {
        self.say(&format!("{group}-{value}"), &[])
            .unwrap_or_else(|| value.to_owned())
    }

    fn say(&self, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> Option<String> {
        let position = Language::ALL.iter().position(|it| *it == self.language)?;
        let bundle = &BUNDLES[position];
        let pattern = bundle.get_message(id)?.value()?;
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            values.set(*name, value.clone());
        }
        let said = bundle.format_pattern(pattern, Some(&values), &mut Vec::new());
        Some(match self.language {
            Language::Arabic => format::needed_isolates(&said),
            _ => said.into_owned(),
        })
    }

    /// A number with all its digits.
    pub fn number(&self, value: &f64) -> String {
        format::number(*value, self.language.locale())
    }

    /// A reference period in words.
    pub fn period(&self, period: &str) -> String {
        format::period(period, self.language.locale())
    }

    /// A date, or the day of an instant, in words.
    pub fn date(&self, date: &str) -> String {
        let day = date.split('T').next().unwrap_or(date);
        format::date(day, self.language.locale())
    }

    /// The address of the page of a thing.
    pub fn page(&self, page: &str, key: &str) -> String {
        self.to(&format!("/{page}/{key}"))
    }

    /// The address that begins with `start` and ends with a key.
    pub fn at(&self, start: &str, key: &str) -> String {
        self.to(&format!("{start}{key}"))
    }

    /// The address of the series of an indicator at a place.
    pub fn series(&self, indicator: &str, place: &str) -> String {
        self.to(&format!("/indicator/{indicator}?territory={place}"))
    }

    /// The address of a page in this language.
    pub fn to(&self, path: &str) -> String {
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}lang={}", self.language.tag())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The messages of a language, and the arguments each takes.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let resource = FluentResource::try_new(language.messages().to_owned());
        assert!(resource.is_ok(), "{language:?}: {:?}", resource.err());
        let mut found = BTreeMap::new();
        let mut id = String::new();
        for line in language.messages().lines() {
            if let Some((name, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                name.clone_into(&mut id);
                assert!(
                    !found.contains_key(&id),
                    "{language:?}: {id} is there twice"
                );
                found.insert(id.clone(), BTreeSet::new());
            }
            let arguments = line.split('$').skip(1).map(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
                rest[..end.unwrap_or(rest.len())].to_owned()
            });
            if let Some(of) = found.get_mut(&id) {
                of.extend(arguments.filter(|name| name != "count"));
            }
        }
        found
    }

    #[test]
    fn every_language_has_the_same_messages() {
        let french = messages(Language::French);
        for language in [Language::English, Language::Arabic] {
            let other = messages(language);
            let names = |of: &BTreeMap<String, BTreeSet<String>>| -> BTreeSet<String> {
                of.keys().cloned().collect()
            };
            let difference: Vec<_> = names(&french)
                .symmetric_difference(&names(&other))
                .cloned()
                .collect();
            assert!(difference.is_empty(), "{language:?}: {difference:?}");
            for (id, arguments) in &french {
                assert!(other[id].is_subset(arguments), "{language:?}: {id}");
            }
        }
    }

    /// What the templates and the pages name: words by `t("…")`, `with("…"`, `count("…"`, vocabulary by `term("…"`.
    #[test]
    fn every_message_is_used_and_every_used_message_is_there() {
        let root = env!("CARGO_MANIFEST_DIR");
        let mut text = String::new();
        for folder in ["templates", "src/pages"] {
            for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
                text += &std::fs::read_to_string(entry.unwrap().path()).unwrap();
            }
        }
        let known = messages(Language::French);
        let named = |call: &str| -> BTreeSet<String> {
            let call = format!("{call}(");
            let calls = text.split(&call).skip(1);
            let texts = calls.filter_map(|rest| rest.trim_start().strip_prefix('"'));
            let names = texts.filter_map(|rest| rest.split('"').next().map(str::to_owned));
            names
                .filter(|name| !name.is_empty() && name != "…")
                .collect()
        };
        let groups = named(".term");
        let mut words = named(".t");
        words.extend(named(".with"));
        words.extend(named(".count"));
        for word in &words {
            assert!(known.contains_key(word), "{word} has no words");
        }
        for id in known.keys() {
            let of_a_group = groups.iter().any(|group| {
                id.strip_prefix(&format!("{group}-"))
                    .is_some_and(|value| value.starts_with(|c: char| c.is_ascii_uppercase()))
            });
            assert!(of_a_group || words.contains(id), "{id} is never said");
        }
    }

    /// The vocabulary of the contract, as far as pages say it.
    #[test]
    fn every_value_of_the_contract_has_a_word() {
        let contract = include_str!("../../../../schema/schema.graphql");
        for (group, name) in [
            ("agreement", "AgreementKind"),
            ("change", "Change"),
            ("concept", "ConceptKind"),
            ("difference", "ComparisonDifference"),
            ("incentive", "IncentiveKind"),
            ("level", "TerritoryLevel"),
            ("measure", "TrainingMeasure"),
            ("organisation", "OrganisationKind"),
            ("problem", "AnswerProblem"),
            ("question", "InvestorQuestion"),
            ("rule", "HeadlineRule"),
            ("source", "SourceKind"),
            ("state", "ProgressState"),
            ("status", "ProjectStatus"),
        ] {
            let start = contract.find(&format!("enum {name} {{")).expect(name);
            let body = contract[start..].split("\n}").next().unwrap();
            let values = body.lines().map(str::trim).filter(|line| {
                !line.is_empty() && line.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
            });
            for value in values {
                let words = Words {
                    language: Language::French,
                };
                let said = words.say(&format!("{group}-{value}"), &[]);
                assert!(said.is_some(), "{group}-{value} has no word");
            }
        }
    }

    #[test]
    fn a_choice_wins_over_the_browser_and_french_over_nothing() {
        use Language::{Arabic, English, French};
        for (chosen, accept, expected) in [
            (None, None, French),
            (None, Some("en-GB,en;q=0.9"), English),
            (None, Some("de, ar-MA;q=0.8, en;q=0.5"), Arabic),
            (Some("fr"), Some("en"), French),
            (Some("<script>"), Some("EN"), English),
            (None, Some(",;;,"), French),
        ] {
            assert_eq!(
                Language::choose(chosen, accept),
                expected,
                "{chosen:?} {accept:?}"
            );
        }
    }
}
