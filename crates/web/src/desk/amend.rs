//! `/desk/proposals/KEY/amend`: the fact as it should be, typed beside the words it was read in, and taken over.

use askama::Template;
use serde_json::json;

use super::{
    entry::{Control, Entry, Writer},
    input::{Inputs, Introspected, Shape},
    proposal::{self, Decision, Proposal, decision, onward, problems},
    queue::{Place, with},
    session::Token,
    shell::status,
    trouble::{Answered, Trouble},
    visit::Seat,
};
use crate::{
    form::Form,
    pages::{document, words::Words},
    user_error::UserError,
};

#[derive(Template)]
#[template(path = "desk/amend.html")]
struct Body<'a> {
    w: Words,
    token: &'a str,
    once: Token,
    it: &'a Proposal,
    place: &'a Place,
    /// The field of `FactInput` that is filled: `observation`.
    kind: &'a str,
    /// The others, where a text may state any fact.
    kinds: Vec<(String, String)>,
    entries: Vec<Entry>,
    reason: String,
    problems: &'a [UserError],
}

impl Body<'_> {
    fn address(&self) -> String {
        let path = format!("/desk/proposals/{}/amend", self.it.key);
        self.w.to(&path) + &self.place.whole()
    }

    fn back(&self) -> String {
        self.w.at("/desk/proposals/", &self.it.key) + &self.place.whole()
    }

    /// The parameters that choosing another kind keeps.
    fn kept(&self) -> Vec<(&'static str, &str)> {
        let at = self.place.at.as_deref().map(|at| ("at", at));
        at.into_iter().collect()
    }
}

/// The inputs of the contract, asked for once.
async fn inputs<'a>(seat: &Seat<'a>) -> Result<&'a Inputs, Trouble> {
    let ask = async || {
        let told: Introspected = seat.ask(document!("desk/inputs"), json!({})).await?;
        Ok::<_, Trouble>(Inputs::from(told))
    };
    seat.desk.inputs.get_or_try_init(ask).await
}

/// The form, filled with what is proposed.
pub async fn show(seat: &Seat<'_>, key: &str) -> Answered {
    page(seat, key, None, &[]).await
}

/// The kinds of facts: the field of `FactInput`, its input, and its word.
fn kinds(inputs: &Inputs, w: &Words) -> Vec<(String, String, String)> {
    let of = inputs.fields("FactInput").iter();
    of.filter_map(|field| match &field.shape {
        Shape::Parts(input) => {
            let word = w.term("concept", &constant(&field.name));
            Some((field.name.clone(), input.clone(), word))
        }
        _ => None,
    })
    .collect()
}

/// `trainingProgramme` as the contract's enums write it: `TRAINING_PROGRAMME`.
fn constant(name: &str) -> String {
    let mut constant = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            constant.push('_');
        }
        constant.push(letter.to_ascii_uppercase());
    }
    constant
}

async fn page(
    seat: &Seat<'_>,
    key: &str,
    typed: Option<&Form>,
    problems: &[UserError],
) -> Answered {
    let w = seat.w;
    let place = Place::read(seat.visit);
    let inputs = inputs(seat).await?;
    let answer = proposal::read(seat, key, &place).await?;
    let Some(it) = &answer.proposal else {
        return Err(Trouble::Missing);
    };
    let kinds = kinds(inputs, &w);
    let asked = match it.is_read() {
        // What a text states is a figure most often.
        true => typed
            .map_or_else(|| seat.visit.given("kind"), |form| form.given("fact"))
            .unwrap_or("observation")
            .to_owned(),
        false => {
            let of_concept = kinds.iter().find(|(name, ..)| constant(name) == it.concept);
            of_concept
                .map(|(name, ..)| name.clone())
                .unwrap_or_default()
        }
    };
    let Some((kind, input, _)) = kinds.iter().find(|(name, ..)| *name == asked) else {
        return Err(Trouble::Missing);
    };
    let mut proposed = Form::default();
    if let Some(fact) = &it.proposed {
        inputs.write(input, "", &fact[kind], &mut proposed);
    }
    let start = format!("amended.{kind}.");
    let writer = Writer {
        w,
        inputs,
        form: typed.unwrap_or(&proposed),
        problems,
        start: &start,
    };
    // The key and, of a text, the source are those of the proposal.
    let left_out: &[&str] = if it.is_read() { &["source"] } else { &["key"] };
    let status = status(!problems.is_empty());
    let body = Body {
        w,
        token: seat.token(),
        once: seat.once()?,
        it,
        place: &place,
        kind,
        kinds: match it.is_read() {
            true => kinds
                .iter()
                .map(|(name, _, word)| (name.clone(), word.clone()))
                .collect(),
            false => Vec::new(),
        },
        entries: writer.entries(input, left_out),
        reason: typed.map_or_else(
            || w.t("desk-usual-reason"),
            |form| form.text("reason").to_owned(),
        ),
        problems,
    };
    seat.page("/desk", &it.label, &body, status)
}

/// Takes the proposal over as it was typed.
pub async fn accept(seat: &Seat<'_>, key: &str, form: &Form) -> Answered {
    let inputs = inputs(seat).await?;
    let kinds = kinds(inputs, &seat.w);
    let asked = form.text("fact");
    let Some((kind, input, _)) = kinds.iter().find(|(name, ..)| name == asked) else {
        return Err(Trouble::Missing);
    };
    let mut strange = Vec::new();
    let fact = inputs.read(input, "", form, &mut strange);
    if !strange.is_empty() {
        let wrong: Vec<_> = strange
            .iter()
            .map(|field| UserError {
                field: Some(format!("amended.{kind}.{field}")),
                code: String::new(),
                message: seat.w.t("desk-no-number"),
            })
            .collect();
        return page(seat, key, Some(form), &wrong).await;
    }
    let amended = json!({ "amended": { kind: fact } });
    let variables = json!({ "input": with(decision(key, form), amended) });
    let sent = seat
        .send::<Decision>(document!("desk/accept"), variables)
        .await?;
    match problems(sent) {
        wrong if wrong.is_empty() => onward(seat, key).await,
        wrong => page(seat, key, Some(form), &wrong).await,
    }
}
