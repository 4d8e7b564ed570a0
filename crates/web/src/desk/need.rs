//! `/desk/needs/KEY`: one need, who could meet it and why, and its next step. Whom to write to is shown when it is asked for: the audit says
//! who looked.

use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::{
    clerk::Sent,
    queue::with,
    session::Token,
    shell::status,
    trouble::{Answered, Trouble},
    visit::Seat,
    written::FieldChange,
};
use crate::{
    form::Form,
    pages::{
        document,
        fact::{List, Named, Place, Source},
        words::Words,
    },
    user_error::UserError,
};

/// What a side can say.
const CONSENTS: [&str; 3] = ["ASKED", "GIVEN", "REFUSED"];

#[derive(Deserialize)]
struct Answer {
    need: Option<Need>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Need {
    key: String,
    version: i64,
    status: String,
    may_become: Vec<String>,
    company: Option<String>,
    description: Option<String>,
    sector: String,
    capabilities: Vec<String>,
    languages: Vec<String>,
    territory: Place,
    contact: Option<Contact>,
    note: Option<String>,
    created_at: String,
    changed_at: String,
    erased_at: Option<String>,
    introductions: Vec<Introduction>,
    matches: Vec<Match>,
    history: List<Step>,
}

#[derive(Deserialize)]
struct Contact {
    name: String,
    email: Option<String>,
    phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Introduction {
    provider_key: String,
    provider: Option<Named>,
    company_consent: String,
    provider_consent: String,
    agreed: bool,
}

impl Introduction {
    fn sides(&self) -> [(&'static str, &str); 2] {
        [
            ("COMPANY", &self.company_consent),
            ("PROVIDER", &self.provider_consent),
        ]
    }
}

#[derive(Deserialize)]
struct Match {
    provider: Named,
    reasons: Vec<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    kind: String,
    value: String,
    source: Source,
}

impl Reason {
    /// What it is about, in words where it is a word of the contract.
    fn what(&self, w: &Words) -> String {
        let constant = self.value.to_ascii_uppercase();
        match self.kind.as_str() {
            "CAPABILITY" => w.term("capability", &constant),
            "SECTOR" => w.term("sector", &constant),
            _ => self.value.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    action: String,
    recorded_at: String,
    role: String,
    changes: Vec<FieldChange>,
}

#[derive(Template)]
#[template(path = "desk/need.html")]
struct Body<'a> {
    w: Words,
    token: &'a str,
    once: Token,
    it: &'a Need,
    /// Whether whom to write to was asked for.
    with_contact: bool,
    note: Option<&'a str>,
    problems: Vec<UserError>,
}

impl Body<'_> {
    fn to(&self, step: &str) -> String {
        self.w.to(&format!("/desk/needs/{}/{step}", self.it.key))
    }

    fn consents(&self) -> [&'static str; 3] {
        CONSENTS
    }

    /// The note as it was typed, else as it stands.
    fn note(&self) -> &str {
        self.note.or(self.it.note.as_deref()).unwrap_or_default()
    }

    fn is_introduced(&self, provider: &str) -> bool {
        let mut introductions = self.it.introductions.iter();
        introductions.any(|introduction| introduction.provider_key == provider)
    }

    fn goes_on(&self) -> bool {
        !matches!(self.it.status.as_str(), "DONE" | "DROPPED")
    }
}

pub async fn show(seat: &Seat<'_>, key: &str) -> Answered {
    page(seat, key, false, None, Vec::new()).await
}

/// The same with whom to write to.
pub async fn contact(seat: &Seat<'_>, key: &str) -> Answered {
    page(seat, key, true, None, Vec::new()).await
}

async fn page(
    seat: &Seat<'_>,
    key: &str,
    with_contact: bool,
    note: Option<&str>,
    problems: Vec<UserError>,
) -> Answered {
    let w = seat.w;
    let locale = w.language.locale();
    let variables = json!({ "key": key, "hasContact": with_contact, "locale": locale });
    let answer: Answer = seat
        .ask(document!("desk/need", "changed", "sources"), variables)
        .await?;
    let Some(it) = &answer.need else {
        return Err(Trouble::Missing);
    };
    let status = status(!problems.is_empty());
    let title = it.company.as_deref().unwrap_or(&it.key);
    let body = Body {
        w,
        token: seat.token(),
        once: seat.once()?,
        it,
        with_contact,
        note,
        problems,
    };
    seat.page("/desk/needs", title, &body, status)
}

#[derive(Deserialize)]
struct Stepped {
    #[serde(
        alias = "introduceProvider",
        alias = "recordConsent",
        alias = "advanceNeed"
    )]
    payload: Payload,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    user_errors: Vec<UserError>,
}

/// Introduces, writes down consent or takes on to another state.
pub async fn step(seat: &Seat<'_>, key: &str, step: &str, form: &Form) -> Answered {
    let (document, more) = match step {
        "introduce" => (
            document!("desk/introduce"),
            json!({ "provider": form.text("provider") }),
        ),
        "consent" => (
            document!("desk/consent"),
            json!({ "provider": form.text("provider"), "side": form.text("side"), "consent": form.text("consent") }),
        ),
        _ => (
            document!("desk/advance"),
            json!({ "status": form.text("status"), "note": form.given("note") }),
        ),
    };
    let input = json!({
        "key": key,
        "expectedVersion": form.text("version").parse::<i32>().unwrap_or_default(),
        "idempotencyKey": form.given("once"),
    });
    let variables = json!({ "input": with(input, more) });
    let sent: Sent<Stepped> = seat.send(document, variables).await?;
    let problems = match sent {
        Ok(stepped) => stepped.payload.user_errors,
        Err(errors) => errors,
    };
    if problems.is_empty() {
        return Ok(seat.visit.see_other(&format!("/desk/needs/{key}"), ""));
    }
    let note = (step == "advance").then(|| form.text("note"));
    page(seat, key, false, note, problems).await
}
