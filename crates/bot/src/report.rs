//! An answer marked wrong: the button shows what can be wrong, a second one says which it is, and the buttons go.

use graphql::{Access, Call, Request, Variables, Visitor};
use serde::Deserialize;
use serde_json::json;
use teloxide::payloads::EditMessageReplyMarkupSetters;
use teloxide::requests::Requester;
use teloxide::types::{CallbackQuery, InlineKeyboardMarkup, Message};
use teloxide::{ApiError, RequestError};

use crate::button::{self, Press, Reference};
use crate::door::Door;
use crate::refusal::describe;

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    Figure,
    Place,
    NotWhatIAsked,
    Date,
    Other,
}

impl Problem {
    pub const ALL: [Problem; 5] = [
        Problem::Figure,
        Problem::Place,
        Problem::NotWhatIAsked,
        Problem::Date,
        Problem::Other,
    ];

    /// How callback data says it.
    pub fn letter(self) -> char {
        match self {
            Problem::Figure => 'f',
            Problem::Place => 'p',
            Problem::NotWhatIAsked => 'q',
            Problem::Date => 'd',
            Problem::Other => 'o',
        }
    }

    pub fn of_letter(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        let (letter, rest) = (letters.next()?, letters.next());
        let mut all = Self::ALL.into_iter();
        all.find(|problem| rest.is_none() && problem.letter() == letter)
    }

    /// The key of its label.
    pub fn label(self) -> &'static str {
        match self {
            Problem::Figure => "wrong-figure",
            Problem::Place => "wrong-place",
            Problem::NotWhatIAsked => "wrong-question",
            Problem::Date => "wrong-date",
            Problem::Other => "wrong-other",
        }
    }

    /// Its GraphQL name.
    fn name(self) -> &'static str {
        match self {
            Problem::Figure => "WRONG_FIGURE",
            Problem::Place => "WRONG_PLACE",
            Problem::NotWhatIAsked => "NOT_WHAT_I_ASKED",
            Problem::Date => "OUT_OF_DATE",
            Problem::Other => "OTHER",
        }
    }
}

/// What became of a report; the key of the notice that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Noted,
    Already,
    TooMany,
    NotOurs,
    Failed,
}

/// Carries out a press of one of the buttons of a report; the notice to show.
pub async fn pressed(
    door: &Door,
    query: &CallbackQuery,
    press: Option<Press>,
    request_id: &str,
) -> Option<String> {
    let message = query.regular_message();
    let chat = message.map(|message| door.chats.get(message.chat.id));
    let form = chat
        .unwrap_or_default()
        .form(query.from.language_code.as_deref());
    let say = |key| Some(door.words.say(form, key));
    let (Some(message), Some(press)) = (message, press) else {
        return say("stale");
    };
    let Some(shown) = message.reply_markup() else {
        return say("noted-already");
    };
    match press {
        Press::Wrong(reference) => {
            let buttons = button::ask_what_is_wrong(&door.words, form, shown, reference);
            change(door, message, shown, buttons, request_id).await;
            say("wrong-how")
        }
        Press::Problem(problem, reference) => {
            let outcome = send(door, query, message, problem, reference, request_id).await;
            if matches!(outcome, Outcome::Noted | Outcome::Already) {
                let buttons = button::without_reports(shown);
                change(door, message, shown, buttons, request_id).await;
            }
            say(match outcome {
                Outcome::Noted => "noted",
                Outcome::Already => "noted-already",
                Outcome::TooMany => "noted-not",
                Outcome::NotOurs => "stale",
                Outcome::Failed => "failed",
            })
        }
        _ => say("stale"),
    }
}

/// Puts other buttons under a message, unless they are there already.
pub async fn change(
    door: &Door,
    message: &Message,
    shown: &InlineKeyboardMarkup,
    buttons: InlineKeyboardMarkup,
    request_id: &str,
) {
    if *shown == buttons {
        return;
    }
    let request = door
        .bot
        .edit_message_reply_markup(message.chat.id, message.id)
        .reply_markup(buttons);
    if let Err(error) = request.await
        // Pressed twice in a moment: the buttons are as they should be.
        && !matches!(error, RequestError::Api(ApiError::MessageNotModified))
    {
        tracing::warn!(
            request_id,
            error = describe(&error),
            "buttons were not changed"
        );
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
struct UserError {
    code: String,
}

/// Reports through the schema. One message counts once for each person, however often they press.
async fn send(
    door: &Door,
    query: &CallbackQuery,
    message: &Message,
    problem: Problem,
    reference: Reference,
    request_id: &str,
) -> Outcome {
    let last = door.chats.get(message.chat.id).last;
    let question = last
        .filter(|last| last.answer.reference == reference.as_str())
        .filter(|_| door.service.keeps_questions())
        .map(|last| last.question.clone());
    let input = json!({
        "reference": reference.as_str(),
        "question": question,
        "problem": problem.name(),
        "idempotencyKey": format!("telegram.{}.{}", message.chat.id, message.id),
    });
    let request = Request::new(graphql::REPORT_DOCUMENT)
        .variables(Variables::from_json(json!({ "input": input })));
    let account = i64::try_from(query.from.id.0).unwrap_or(i64::MAX);
    let call = Call {
        access: Access::ReadWrite,
        request_id: request_id.to_owned(),
        visitor: Visitor::Account(account),
        key: None,
    };
    let response = graphql::execute(&door.service, &call, request)
        .await
        .response;
    let payload = match (response.errors.is_empty(), response.data.into_json()) {
        (true, Ok(mut data)) => serde_json::from_value(data["reportAnswer"].take()).ok(),
        _ => None,
    };
    let Some(Payload { user_errors }) = payload else {
        tracing::warn!(request_id, "a report was not written");
        return Outcome::Failed;
    };
    match user_errors.first().map(|error| error.code.as_str()) {
        None => Outcome::Noted,
        Some("CONFLICT") => Outcome::Already,
        Some("RATE_LIMITED") => Outcome::TooMany,
        Some(_) => Outcome::NotOurs,
    }
}
