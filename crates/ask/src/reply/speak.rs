//! Sentences: Fluent messages in five language forms, numbers and dates as each writes them.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use language::Form;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 5]> = LazyLock::new(|| {
    [
        bundle("fr", include_str!("../../messages/fr.ftl"), false),
        bundle("en", include_str!("../../messages/en.ftl"), false),
        bundle("ar", include_str!("../../messages/ar.ftl"), true),
        // Darija counts like Arabic, its own plural rules are those of ar-MA.
        bundle("ar", include_str!("../../messages/ary-Arab.ftl"), true),
        bundle("fr", include_str!("../../messages/ary-Latn.ftl"), false),
    ]
});

/// Speaks one language form.
#[derive(Clone, Copy, Debug)]
pub struct Speaker {
    pub form: Form,
}

/// Arguments of a message.
pub type Args<'a> = Vec<(&'static str, Arg<'a>)>;

/// One argument: a text to show, or a number that only chooses the plural.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    Count(f64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<f64> for Arg<'_> {
    fn from(count: f64) -> Self {
        Arg::Count(count)
    }
}

impl Speaker {
    /// A message with its arguments; the identifier itself when there is none, which a test rules out.
    pub fn say(self, id: &str, args: Args<'_>) -> String {
        self.try_say(id, args).unwrap_or_else(|| id.to_owned())
    }

    /// A message that may not exist in this form.
    pub fn try_say(self, id: &str, args: Args<'_>) -> Option<String> {
        let bundle = &BUNDLES[Form::ALL
            .iter()
            .position(|form| *form == self.form)
            .unwrap_or(0)];
        let pattern = bundle.get_message(id)?.value()?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Text(text) => values.set(name, FluentValue::String(text)),
                Arg::Count(count) => values.set(name, FluentValue::from(count)),
            }
        }
        let mut errors = Vec::new();
        let sentence = bundle.format_pattern(pattern, Some(&values), &mut errors);
        Some(match self.form.locale() {
            language::Locale::Ar | language::Locale::Ary => {
                language::format::needed_isolates(&sentence)
            }
            _ => sentence.into_owned(),
        })
    }

    /// A message without arguments.
    pub fn word(self, id: &str) -> String {
        self.say(id, Vec::new())
    }

    /// A number with all its digits, as the form writes it.
    pub fn number(self, value: f64) -> String {
        language::format::number(value, self.form.locale())
    }

    /// A reference period in words.
    pub fn period(self, period: &str) -> String {
        language::format::period(period, self.form)
    }

    /// A date in words, as precise as it is known.
    pub fn date(self, date: &str) -> String {
        language::format::date(date, self.form)
    }

    /// "As of" a date; French says days, and months that begin with a vowel, otherwise.
    pub fn as_of(self, date: &str) -> String {
        let words = self.date(date);
        let day = date.matches('-').count() == 2;
        let precision = match (day, language::fold(&words).chars().next()) {
            (true, _) => "day",
            (false, Some('a' | 'o')) => "vowel",
            (false, _) => "other",
        };
        self.say(
            "as-of",
            vec![("precision", precision.into()), ("date", words.into())],
        )
    }

    /// The name of a country that companies come from; its code where no form has a name for it.
    pub fn country(self, code: &str) -> String {
        self.try_say(&format!("country-{code}"), Vec::new())
            .unwrap_or_else(|| code.to_owned())
    }

    /// Things in a row.
    pub fn list(self, items: &[String]) -> String {
        items.join(&self.word("list-separator").replace('_', " "))
    }
}

/// Every message identifier of a form.
#[cfg(test)]
fn identifiers(form: Form) -> Vec<String> {
    let text = match form {
        Form::Fr => include_str!("../../messages/fr.ftl"),
        Form::En => include_str!("../../messages/en.ftl"),
        Form::Ar => include_str!("../../messages/ar.ftl"),
        Form::AryArab => include_str!("../../messages/ary-Arab.ftl"),
        Form::AryLatn => include_str!("../../messages/ary-Latn.ftl"),
    };
    text.lines()
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id)
        .filter(|id| !id.is_empty() && !id.starts_with([' ', '#', '[', '*']))
        .map(str::to_owned)
        .collect()
}

fn bundle(locale: &str, text: &str, isolating: bool) -> Bundle {
    let resource =
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let language = locale
        .parse()
        .expect("a language code written here is valid");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(isolating);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_says_everything() {
        let french = identifiers(Form::Fr);
        assert!(french.len() > 150, "{} messages", french.len());
        for form in Form::ALL {
            let own = identifiers(form);
            let missing: Vec<_> = french.iter().filter(|id| !own.contains(id)).collect();
            assert!(missing.is_empty(), "{form}: {missing:?}");
            for id in own {
                assert!(
                    Speaker { form }.try_say(&id, Vec::new()).is_some(),
                    "{form}: {id} does not parse"
                );
            }
        }
    }

    #[test]
    fn a_state_is_of_a_day_a_month_or_a_year() {
        let as_of = |form, date: &str| Speaker { form }.as_of(date);
        assert_eq!(as_of(Form::Fr, "2020-12-18"), "état au 18 décembre 2020");
        assert_eq!(as_of(Form::Fr, "2020-12"), "état de décembre 2020");
        assert_eq!(as_of(Form::Fr, "2021-10"), "état d'octobre 2021");
        assert_eq!(as_of(Form::Fr, "2024-08"), "état d'août 2024");
        assert_eq!(as_of(Form::Fr, "2020"), "état de 2020");
        assert_eq!(as_of(Form::En, "2020-12-18"), "as of 18 December 2020");
    }

    #[test]
    fn plurals_follow_the_language() {
        let noun = |form, n: f64| Speaker { form }.say("noun-call_centres", vec![("n", n.into())]);
        assert_eq!(noun(Form::Fr, 1.0), "centre d'appels");
        assert_eq!(noun(Form::Fr, 36.0), "centres d'appels");
        assert_eq!(noun(Form::En, 1.0), "call centre");
        assert_eq!(noun(Form::Ar, 3.0), "مراكز اتصال");
        assert_eq!(noun(Form::Ar, 36.0), "مركز اتصال");
    }
}
