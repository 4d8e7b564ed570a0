//! The bot's own short texts, in five forms of four languages.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The form a text is written in: a language, and for Darija its script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    French,
    English,
    Arabic,
    Darija,
    DarijaLatin,
}

impl Form {
    pub const ALL: [Form; 5] = [
        Form::French,
        Form::English,
        Form::Arabic,
        Form::Darija,
        Form::DarijaLatin,
    ];

    /// The form of a GraphQL locale (`FR`, `EN`, `AR`, `ARY`), given a text written in it.
    pub fn of(locale: &str, text: &str) -> Self {
        match locale {
            "EN" => Form::English,
            "AR" => Form::Arabic,
            "ARY" if text.chars().any(|c| matches!(c, '\u{621}'..='\u{64a}')) => Form::Darija,
            "ARY" => Form::DarijaLatin,
            _ => Form::French,
        }
    }

    /// The form for a person whose application speaks `code` (`fr`, `ar-MA`, …); French when it does not say.
    pub fn of_application(code: Option<&str>) -> Self {
        match code.map(|code| code.split('-').next().unwrap_or(code)) {
            None | Some("fr" | "") => Form::French,
            Some("ar") => Form::Arabic,
            Some("ary") => Form::Darija,
            Some(_) => Form::English,
        }
    }

    /// Written from right to left.
    pub fn is_rtl(self) -> bool {
        matches!(self, Form::Arabic | Form::Darija)
    }

    /// As it is written where it is kept: `fr`, `ary-Latn`.
    pub fn code(self) -> &'static str {
        self.source().0
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Form::ALL.into_iter().find(|form| form.code() == code)
    }

    fn source(self) -> (&'static str, &'static str) {
        match self {
            Form::French => ("fr", include_str!("../messages/fr.ftl")),
            Form::English => ("en", include_str!("../messages/en.ftl")),
            Form::Arabic => ("ar", include_str!("../messages/ar.ftl")),
            Form::Darija => ("ary", include_str!("../messages/ary.ftl")),
            Form::DarijaLatin => ("ary-Latn", include_str!("../messages/ary-Latn.ftl")),
        }
    }
}

/// Every text, parsed once.
pub struct Words(Vec<(Form, FluentBundle<FluentResource>)>);

impl Words {
    pub fn load() -> Self {
        Self(
            Form::ALL
                .into_iter()
                .map(|form| (form, bundle(form)))
                .collect(),
        )
    }

    /// The text of `key`.
    pub fn say(&self, form: Form, key: &str) -> String {
        self.format(form, key, None)
    }

    /// The text of `key` with one value in it.
    pub fn say_with(&self, form: Form, key: &str, name: &'static str, value: &str) -> String {
        let mut values = FluentArgs::new();
        values.set(name, FluentValue::from(value.to_owned()));
        self.format(form, key, Some(&values))
    }

    fn format(&self, form: Form, key: &str, values: Option<&FluentArgs>) -> String {
        let bundle = self
            .0
            .iter()
            .find(|(given, _)| *given == form)
            .map(|(_, bundle)| bundle);
        let pattern = bundle
            .and_then(|bundle| bundle.get_message(key))
            .and_then(|message| message.value());
        match (bundle, pattern) {
            (Some(bundle), Some(pattern)) => bundle
                .format_pattern(pattern, values, &mut Vec::new())
                .into_owned(),
            _ => key.to_owned(),
        }
    }
}

fn bundle(form: Form) -> FluentBundle<FluentResource> {
    let (language, source) = form.source();
    let language: LanguageIdentifier = language
        .parse()
        .expect("the language codes above are well formed");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    let resource =
        FluentResource::try_new(source.to_owned()).expect("a test parses every file of messages/");
    bundle
        .add_resource(resource)
        .expect("a test finds no key twice");
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(form: Form) -> Vec<&'static str> {
        let line = |line: &'static str| line.split_once(" =").map(|(key, _)| key);
        form.source()
            .1
            .lines()
            .filter(|l| !l.starts_with([' ', '#']))
            .filter_map(line)
            .collect()
    }

    #[test]
    fn every_form_has_every_text() {
        let words = Words::load();
        for form in Form::ALL {
            assert_eq!(keys(form), keys(Form::French), "{form:?}");
            for key in keys(form) {
                let text = words.say_with(form, key, "example", "x");
                assert!(
                    !text.trim().is_empty() && !text.contains('{'),
                    "{form:?} {key}: {text}"
                );
            }
        }
    }

    #[test]
    fn descriptions_of_commands_fit_telegram() {
        let words = Words::load();
        for form in Form::ALL {
            for key in keys(form)
                .into_iter()
                .filter(|key| key.starts_with("command-"))
            {
                assert!(words.say(form, key).chars().count() <= 256);
            }
            for key in [
                "stale",
                "wrong-how",
                "noted",
                "noted-already",
                "noted-not",
                "curator-not",
                "proposal-decided",
            ] {
                let notice = words.say(form, key).chars().count();
                assert!(notice <= 200, "a notice holds 200 characters");
            }
        }
    }

    #[test]
    fn darija_answers_keep_the_script_of_the_question() {
        assert_eq!(Form::of("ARY", "36 centre f Fes"), Form::DarijaLatin);
        assert_eq!(Form::of("ARY", "36 سونطر"), Form::Darija);
    }
}
