//! Buttons under a message: what their callback data says, within Telegram's 64 bytes.

pub mod press;

use teloxide::types::{InlineKeyboardButton, InlineKeyboardButtonKind, InlineKeyboardMarkup};

use crate::chat::Last;
use crate::curator::step::{Decision, Step, Which};
use crate::report::Problem;
use crate::text::shorten;
use crate::words::{Form, Words};

/// Characters of a label; a telephone shows about that many.
const LABEL: usize = 60;

/// What a pressed button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The sources of answer number n.
    Sources(u32),
    /// The query of answer number n.
    Query(u32),
    /// The picture of answer number n.
    Chart(u32),
    /// A reading of an ambiguous question: answer number, index.
    Option(u32, usize),
    /// A suggested question: answer number, index.
    Suggestion(u32, usize),
    /// An example question, by its place in the help.
    Example(usize),
    /// A language; none is automatic.
    Language(Option<Form>),
    /// The answer with this reference is wrong: asks in which way.
    Wrong(Reference),
    /// In this way.
    Problem(Problem, Reference),
    /// A step of deciding on a proposal.
    Proposal(Step),
    /// Ends what the chat follows under this number.
    Unfollow(i64),
}

/// What the schema calls an answer by, on a button; so the button works however old it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    letters: [u8; REFERENCE],
    length: usize,
}

/// Letters of a reference that fit beside the rest of the data.
const REFERENCE: usize = 56;

impl Reference {
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let mut letters = [0; REFERENCE];
        letters
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        let length = text.len();
        (length > 0 && text.bytes().all(fits)).then_some(Self { letters, length })
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..self.length]).unwrap_or_default()
    }
}

impl Press {
    /// Callback data, a few bytes long.
    pub fn data(self) -> String {
        match self {
            Press::Sources(serial) => format!("s.{serial}"),
            Press::Query(serial) => format!("q.{serial}"),
            Press::Chart(serial) => format!("c.{serial}"),
            Press::Option(serial, index) => format!("o.{serial}.{index}"),
            Press::Suggestion(serial, index) => format!("g.{serial}.{index}"),
            Press::Example(index) => format!("e.{index}"),
            Press::Language(form) => format!("l.{}", form.map_or("auto", code)),
            Press::Wrong(reference) => format!("w.{}", reference.as_str()),
            Press::Problem(problem, reference) => {
                format!("p.{}.{}", problem.letter(), reference.as_str())
            }
            Press::Proposal(step) => step.data(),
            Press::Unfollow(id) => format!("u.{id}"),
        }
    }

    /// Reads callback data; `None` for what no button of ours says.
    pub fn parse(data: &str) -> Option<Self> {
        let mut parts = data.split('.');
        let (kind, first, second) = (parts.next()?, parts.next()?, parts.next());
        if parts.next().is_some() {
            return None;
        }
        match (kind, second) {
            ("s", None) => first.parse().ok().map(Press::Sources),
            ("q", None) => first.parse().ok().map(Press::Query),
            ("c", None) => first.parse().ok().map(Press::Chart),
            ("o", Some(index)) => Some(Press::Option(first.parse().ok()?, index.parse().ok()?)),
            ("g", Some(index)) => Some(Press::Suggestion(first.parse().ok()?, index.parse().ok()?)),
            ("e", None) => first.parse().ok().map(Press::Example),
            ("l", None) => language(first).map(Press::Language),
            ("u", None) => first.parse().ok().map(Press::Unfollow),
            ("w", None) => Reference::parse(first).map(Press::Wrong),
            ("p", Some(reference)) => Some(Press::Problem(
                Problem::of_letter(first)?,
                Reference::parse(reference)?,
            )),
            (kind, second) if kind.starts_with('d') => {
                Step::parse(kind, first, second).map(Press::Proposal)
            }
            _ => None,
        }
    }
}

/// A language as people type it after `/lang`; `Some(None)` is automatic.
pub fn language(text: &str) -> Option<Option<Form>> {
    match text.trim().to_lowercase().as_str() {
        "fr" | "français" | "francais" | "french" | "فرنسية" | "الفرنسية" => {
            Some(Some(Form::French))
        }
        "en" | "english" | "anglais" | "إنجليزية" | "الإنجليزية" => {
            Some(Some(Form::English))
        }
        "ar" | "arabic" | "arabe" | "عربية" | "العربية" => Some(Some(Form::Arabic)),
        "ary" | "darija" | "الدارجة" | "دارجة" => Some(Some(Form::Darija)),
        "auto" | "automatic" | "automatique" | "تلقائي" | "أوتوماتيك" => Some(None),
        _ => None,
    }
}

fn code(form: Form) -> &'static str {
    match form {
        Form::French => "fr",
        Form::English => "en",
        Form::Arabic => "ar",
        Form::Darija | Form::DarijaLatin => "ary",
    }
}

/// Under an answer: its sources, its query, the readings or questions it offers.
pub fn under_answer(words: &Words, last: &Last) -> InlineKeyboardMarkup {
    let mut first = Vec::new();
    if !last.answer.sources.is_empty() {
        first.push(button(
            &words.say(last.form, "sources"),
            Press::Sources(last.serial),
        ));
    }
    if last.answer.operation.is_some() {
        first.push(button(
            &words.say(last.form, "query"),
            Press::Query(last.serial),
        ));
    }
    if last.answer.chart.is_some() && !last.answer.is_pictured() {
        first.push(button(
            &words.say(last.form, "chart"),
            Press::Chart(last.serial),
        ));
    }
    if let Some(reference) = Reference::parse(&last.answer.reference) {
        first.push(button(
            &words.say(last.form, "wrong"),
            Press::Wrong(reference),
        ));
    }
    let options = last.answer.options.iter().enumerate();
    let options = options
        .map(|(index, choice)| vec![button(&choice.label, Press::Option(last.serial, index))]);
    let suggestions = last.answer.suggestions.iter().enumerate();
    let suggestions =
        suggestions.map(|(index, text)| vec![button(text, Press::Suggestion(last.serial, index))]);
    let rows = std::iter::once(first).filter(|row| !row.is_empty());
    InlineKeyboardMarkup::new(rows.chain(options.take(3)).chain(suggestions.take(3)))
}

/// The choice of languages, each in its own words.
pub fn languages(words: &Words, form: Form) -> InlineKeyboardMarkup {
    let choose = |label: &str, form| button(label, Press::Language(Some(form)));
    InlineKeyboardMarkup::new([
        vec![
            choose("Français", Form::French),
            choose("English", Form::English),
        ],
        vec![
            choose("العربية", Form::Arabic),
            choose("الدارجة · Darija", Form::Darija),
        ],
        vec![button(&words.say(form, "automatic"), Press::Language(None))],
    ])
}

/// Under the greeting: the example questions.
pub fn examples(words: &Words, form: Form) -> InlineKeyboardMarkup {
    let example = |index| {
        vec![button(
            &words.say(form, &format!("example-{index}")),
            Press::Example(index),
        )]
    };
    InlineKeyboardMarkup::new((1..=3).map(example))
}

/// The same buttons with the ways an answer can be wrong in place of the button that says it is.
pub fn ask_what_is_wrong(
    words: &Words,
    form: Form,
    shown: &InlineKeyboardMarkup,
    reference: Reference,
) -> InlineKeyboardMarkup {
    let choice = |problem: Problem| {
        let label = words.say(form, problem.label());
        button(&label, Press::Problem(problem, reference))
    };
    let choices = Problem::ALL.map(choice);
    let rows = without_reports(shown).inline_keyboard.into_iter();
    InlineKeyboardMarkup::new(rows.chain(choices.chunks(2).map(<[_]>::to_vec)))
}

/// The same buttons without those that say an answer is wrong.
pub fn without_reports(shown: &InlineKeyboardMarkup) -> InlineKeyboardMarkup {
    let reports = |button: &InlineKeyboardButton| match &button.kind {
        InlineKeyboardButtonKind::CallbackData(data) => matches!(
            Press::parse(data),
            Some(Press::Wrong(_) | Press::Problem(..))
        ),
        _ => false,
    };
    let rows = shown.inline_keyboard.iter().map(|row| {
        let kept = row.iter().filter(|button| !reports(button));
        kept.cloned().collect::<Vec<_>>()
    });
    InlineKeyboardMarkup::new(rows.filter(|row| !row.is_empty()))
}

/// Under a proposal: what can be decided, and the way to the next one.
pub fn under_proposal(
    words: &Words,
    form: Form,
    which: Which,
    can_be_accepted: bool,
    next: Option<Reference>,
) -> InlineKeyboardMarkup {
    let step = |key: &str, step| button(&words.say(form, key), Press::Proposal(step));
    let accept = can_be_accepted.then(|| step("accept", Step::Ask(Decision::Accept, which)));
    let reject = step("reject", Step::Ask(Decision::Reject, which));
    let next = next.map(|cursor| step("next", Step::Next(cursor)));
    let rows = [
        accept.into_iter().chain([reject]).collect(),
        Vec::from_iter(next),
    ];
    InlineKeyboardMarkup::new(rows.into_iter().filter(|row: &Vec<_>| !row.is_empty()))
}

/// The reasons for a decision, in place of what can be decided; the way to the next proposal stays.
pub fn reasons(
    words: &Words,
    form: Form,
    shown: &InlineKeyboardMarkup,
    decision: Decision,
    which: Which,
) -> InlineKeyboardMarkup {
    let step = |key: &str, step| button(&words.say(form, key), Press::Proposal(step));
    let offered = decision.reasons().iter();
    let offered =
        offered.map(|reason| vec![step(reason.label(), Step::Decide(decision, *reason, which))]);
    let accept = Step::Ask(Decision::Accept, which);
    let can_be_accepted = steps(shown).any(|step| step == accept);
    let own = vec![step("reason-write", Step::Write(decision, which))];
    let amend = (decision == Decision::Accept).then(|| vec![step("amend", Step::Amend(which))]);
    let mut last = vec![step("back", Step::Back(which, can_be_accepted))];
    last.extend(next_of(shown).map(|cursor| step("next", Step::Next(cursor))));
    InlineKeyboardMarkup::new(offered.chain([own]).chain(amend).chain([last]))
}

/// The place in the list that the button "next" goes on from.
pub fn next_of(shown: &InlineKeyboardMarkup) -> Option<Reference> {
    let mut steps = steps(shown);
    steps.find_map(|step| match step {
        Step::Next(cursor) => Some(cursor),
        _ => None,
    })
}

fn steps(shown: &InlineKeyboardMarkup) -> impl Iterator<Item = Step> {
    let buttons = shown.inline_keyboard.iter().flatten();
    buttons.filter_map(|button| match &button.kind {
        InlineKeyboardButtonKind::CallbackData(data) => match Press::parse(data)? {
            Press::Proposal(step) => Some(step),
            _ => None,
        },
        _ => None,
    })
}

pub fn button(label: &str, press: Press) -> InlineKeyboardButton {
    let label = shorten(label, LABEL);
    InlineKeyboardButton::callback(
        if label.is_empty() {
            "…".to_owned()
        } else {
            label
        },
        press.data(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curator::step::Reason;

    #[test]
    fn callback_data_says_what_was_pressed_in_64_bytes() {
        let which = Which::of(Some("0123456789abcdef"), Some(i64::from(i32::MAX))).unwrap();
        let presses = [
            Press::Sources(u32::MAX),
            Press::Query(0),
            Press::Chart(1),
            Press::Option(u32::MAX, usize::MAX),
            Press::Suggestion(7, 2),
            Press::Example(3),
            Press::Language(None),
            Press::Unfollow(i64::MAX),
            Press::Language(Some(Form::Darija)),
            Press::Wrong(Reference::parse(&"A-_9".repeat(14)).unwrap()),
            Press::Problem(
                Problem::NotWhatIAsked,
                Reference::parse(&"z".repeat(56)).unwrap(),
            ),
            Press::Proposal(Step::Next(Reference::parse(&"z".repeat(56)).unwrap())),
            Press::Proposal(Step::Ask(Decision::Accept, which)),
            Press::Proposal(Step::Back(which, true)),
            Press::Proposal(Step::Back(which, false)),
            Press::Proposal(Step::Write(Decision::Reject, which)),
            Press::Proposal(Step::Amend(which)),
            Press::Proposal(Step::Decide(Decision::Accept, Reason::Confirmed, which)),
            Press::Proposal(Step::Decide(Decision::Reject, Reason::NotOurs, which)),
        ];
        for press in presses {
            assert!(press.data().len() <= 64);
            assert_eq!(Press::parse(&press.data()), Some(press));
        }
    }

    #[test]
    fn forged_data_is_nothing() {
        for data in [
            "",
            ".",
            "s.",
            "s.-1",
            "s.99999999999",
            "o.1",
            "o.1.2.3",
            "x.1",
            "l.xx",
            "s.1\0",
            "ف.1",
            "w.",
            "w.a b",
            "w.ف",
            "p.f.",
            "p.x.abc",
            "p.f.a.b",
            "d.",
            "dn.",
            "dn.x.1",
            "da.0123456789abcdef",
            "da.0123456789abcdef.x",
            "da.0123456789abcdef.99999999999",
            "da.0123456789ABCDEF.1",
            "da9.0123456789abcdef.1",
            "da2.0123456789abcdef.1",
            "dr-1.0123456789abcdef.1",
            "dz.0123456789abcdef.1",
            "dف.0123456789abcdef.1",
            "da0.' OR 1=1 --aaaaa.1",
        ] {
            assert_eq!(Press::parse(data), None, "{data:?}");
        }
    }
}
