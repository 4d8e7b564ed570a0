//! The words of the pages: Fluent messages in the languages they are offered in, and numbers, periods and dates as each writes them.
//! What an answer says is not here: it comes from the schema.

use std::{borrow::Borrow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use language::{Locale, format};

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Language::ALL.map(bundle));

/// The messages of a language: those of the pages, and those of the desk.
macro_rules! messages {
    ($tag:literal) => {
        concat!(
            include_str!(concat!("../../messages/", $tag, ".ftl")),
            "\n",
            include_str!(concat!("../../messages/desk/", $tag, ".ftl"))
        )
    };
}

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

    /// The letters that its pages are mostly written in, so that they are there when a page is drawn.
    pub fn fonts(self) -> [&'static str; 2] {
        match self {
            Self::Arabic => ["cairo-arabic-regular.woff2", "cairo-arabic-bold.woff2"],
            _ => ["cairo-latin-regular.woff2", "cairo-latin-bold.woff2"],
        }
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
            Self::French => messages!("fr"),
            Self::English => messages!("en"),
            Self::Arabic => messages!("ar"),
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
        self.known_term(group, value)
            .unwrap_or_else(|| value.to_owned())
    }

    /// The same, or nothing where there is no word for it.
    pub fn known_term(&self, group: &str, value: &str) -> Option<String> {
        self.say(&format!("{group}-{value}"), &[])
    }

    /// The word for a field of a fact, as the contract names it; the name itself where there is none.
    pub fn field(&self, name: &str) -> String {
        self.say(&format!("field-{name}"), &[])
            .unwrap_or_else(|| name.to_owned())
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

    /// The vocabulary of the contract, as far as pages say it.
    const VOCABULARY: [(&str, &str); 28] = [
        ("action", "ProposalAction"),
        ("agreement", "AgreementKind"),
        ("audit", "AuditAction"),
        ("capability", "Capability"),
        ("change", "Change"),
        ("concept", "ConceptKind"),
        ("consent", "Consent"),
        ("difference", "ComparisonDifference"),
        ("door", "Door"),
        ("incentive", "IncentiveKind"),
        ("level", "TerritoryLevel"),
        ("measure", "TrainingMeasure"),
        ("need", "NeedStatus"),
        ("organisation", "OrganisationKind"),
        ("problem", "AnswerProblem"),
        ("proposal", "ProposalStatus"),
        ("question", "InvestorQuestion"),
        ("reason", "NeedMatchReasonKind"),
        ("role", "AuthorRole"),
        ("rule", "HeadlineRule"),
        ("sector", "Sector"),
        ("side", "NeedSide"),
        ("source", "SourceKind"),
        ("state", "MilestoneStatus"),
        ("state", "ProgressState"),
        ("status", "ProjectStatus"),
        ("subject", "SubjectKind"),
        ("wrong", "UserErrorCode"),
    ];

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
        for folder in ["templates", "templates/desk", "src/pages", "src/desk"] {
            for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    text += &std::fs::read_to_string(path).unwrap();
                }
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
        let mut groups = named(".term");
        groups.extend(VOCABULARY.map(|(group, _)| group.to_owned()));
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
            let of_a_field = id.starts_with("field-");
            assert!(
                of_a_group || of_a_field || words.contains(id),
                "{id} is never said"
            );
        }
    }

    /// The fields of facts, as the contract names them.
    #[test]
    fn every_field_of_a_fact_has_a_word_and_no_other_has() {
        let contract = include_str!("../../../../schema/schema.graphql");
        let fields = |name: &str| -> Vec<(String, String)> {
            let start = contract.find(&format!("\ninput {name} ")).expect(name);
            let body = contract[start..].split("\n}").next().unwrap();
            let lines = body.lines().map(str::trim);
            let lines = lines.filter(|line| !line.starts_with(['"', '#']));
            let fields = lines.filter_map(|line| line.split_once(": "));
            let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric());
            fields
                .filter(|(name, _)| is_name(name))
                .map(|(name, of)| {
                    let of = of.split(' ').next().unwrap_or_default();
                    (name.to_owned(), of.trim_matches(['[', ']', '!']).to_owned())
                })
                .collect()
        };
        let mut expected = BTreeSet::new();
        let mut waiting: Vec<_> = fields("FactInput").into_iter().map(|(_, of)| of).collect();
        while let Some(input) = waiting.pop() {
            for (name, of) in fields(&input) {
                expected.insert(format!("field-{name}"));
                if of.ends_with("Input") {
                    waiting.push(of);
                }
            }
        }
        let known = messages(Language::French);
        let known: BTreeSet<_> = known
            .into_keys()
            .filter(|id| id.starts_with("field-"))
            .collect();
        let difference: Vec<_> = expected.symmetric_difference(&known).collect();
        assert!(difference.is_empty(), "{difference:?}");
    }

    #[test]
    fn every_value_of_the_contract_has_a_word() {
        let contract = include_str!("../../../../schema/schema.graphql");
        for (group, name) in VOCABULARY {
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
