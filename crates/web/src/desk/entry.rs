//! The fields of a fact as a form shows them.

use super::input::{Inputs, Shape, parts_in};
use crate::{form::Form, pages::words::Words, user_error::UserError};

/// Texts that take more than a line.
const LONG: [&str; 8] = [
    "conditionsFr",
    "descriptionFr",
    "evidence",
    "note",
    "notes",
    "summaryEn",
    "summaryFr",
    "title",
];

/// A field to be typed in.
pub struct Entry {
    /// Where it is in the fact: `axes.0.titleFr`.
    pub name: String,
    pub label: String,
    pub value: String,
    pub required: bool,
    pub control: Control,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// By what it is typed.
pub enum Control {
    Line,
    Number,
    Long,
    /// One entry a line.
    Lines,
    One(Vec<Choice>),
    Several(Vec<Choice>),
}

/// A value of an enum.
pub struct Choice {
    pub value: String,
    pub word: String,
    pub chosen: bool,
}

/// Makes the entries of an input, filled as a form is.
pub struct Writer<'a> {
    pub w: Words,
    pub inputs: &'a Inputs,
    pub form: &'a Form,
    pub problems: &'a [UserError],
    /// What the path of a problem begins with.
    pub start: &'a str,
}

impl Writer<'_> {
    /// The entries of an input, without those in `left_out`.
    pub fn entries(&self, input: &str, left_out: &[&str]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for field in self.inputs.fields(input) {
            if !left_out.contains(&field.name.as_str()) {
                let label = self.w.field(&field.name);
                self.add(
                    &field.shape,
                    (&field.name, label),
                    field.required,
                    &mut entries,
                );
            }
        }
        // What must be given first.
        entries.sort_by_key(|entry| !entry.required);
        entries
    }

    fn add(
        &self,
        shape: &Shape,
        (name, label): (&str, String),
        required: bool,
        entries: &mut Vec<Entry>,
    ) {
        let control = match shape {
            Shape::Parts(input) => return self.add_parts(input, (name, &label), entries),
            Shape::List(inner) => match &**inner {
                Shape::Parts(input) => {
                    // One more than there are, to be filled or left.
                    for index in 0..=parts_in(self.form, name) {
                        let label = format!("{label} {}", index + 1);
                        self.add_parts(input, (&format!("{name}.{index}"), &label), entries);
                    }
                    return;
                }
                Shape::Choice(of) => Control::Several(self.choices(of, name)),
                _ => Control::Lines,
            },
            Shape::Choice(of) => Control::One(self.choices(of, name)),
            Shape::Number => Control::Number,
            Shape::Text => match LONG.contains(&name.rsplit('.').next().unwrap_or(name)) {
                true => Control::Long,
                false => Control::Line,
            },
        };
        entries.push(Entry {
            name: name.to_owned(),
            label,
            value: self.form.text(name).to_owned(),
            required,
            control,
            problem: self.problem(name),
        });
    }

    /// The fields of a part: none must be given, for the whole part may be left out.
    fn add_parts(&self, input: &str, (name, label): (&str, &str), entries: &mut Vec<Entry>) {
        for field in self.inputs.fields(input) {
            let label = format!("{label} · {}", self.w.field(&field.name));
            let name = format!("{name}.{}", field.name);
            self.add(&field.shape, (&name, label), false, entries);
        }
    }

    fn choices(&self, of: &str, name: &str) -> Vec<Choice> {
        let chosen: Vec<_> = self.form.all(name).collect();
        let values = self.inputs.values(of).iter();
        let choice = |value: &String| Choice {
            word: self.w.term(group(of), value),
            chosen: chosen.contains(&value.as_str()),
            value: value.clone(),
        };
        values.map(choice).collect()
    }

    fn problem(&self, name: &str) -> Option<String> {
        let of_field = |error: &&UserError| {
            let field = error.field.as_deref().unwrap_or_default();
            field.strip_prefix(self.start) == Some(name)
        };
        self.problems
            .iter()
            .find(of_field)
            .map(|error| error.told(&self.w))
    }
}

/// Under which name the words of an enum stand.
fn group(name: &str) -> &'static str {
    match name {
        "AgreementKind" => "agreement",
        "Capability" => "capability",
        "IncentiveKind" => "incentive",
        "MilestoneStatus" => "state",
        "OrganisationKind" => "organisation",
        "PeriodBasis" => "basis",
        "ProjectStatus" => "status",
        "Qualifier" => "qualifier",
        "Sector" => "sector",
        "SourceKind" => "source",
        "SubjectKind" => "subject",
        "TrainingMeasure" => "measure",
        _ => "",
    }
}
