//! Curators on Telegram: a code made with an API key links an account, and the account may do what the key may, for as long as that is good.

mod guesses;

pub(crate) use guesses::Guesses;

use std::time::Instant;

use async_graphql::{Context, InputObject, Result, SimpleObject};
use entity::curator::LinkCode;
use store::curator as stored;

use crate::{
    Key, Service, Visitor, author,
    error::internal,
    scalar::DateTime,
    service,
    user_error::{UserError, UserErrorCode as Code, of_refusal},
};

/// For which key a code is made.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CreateLinkCodeInput {
    /// The eight digits that name the API key. That of the caller when left out, and no other; whoever runs the server names any.
    #[graphql(validator(max_length = 160))]
    key_prefix: Option<String>,
}

/// A code that was made, or what to mend.
#[derive(SimpleObject)]
pub struct CreateLinkCodePayload {
    /// The code, such as `7KQ4-M2XA-0TBN`: shown only now, good once. Send `/link` and the code to the bot in a private chat. An earlier code
    /// of the key is good no longer.
    code: Option<String>,
    /// Until when it is good: ten minutes.
    expires_at: Option<DateTime>,
    /// Why none was made; empty when it was.
    user_errors: Vec<UserError>,
}

/// A code to be used.
#[derive(InputObject, Clone, Debug)]
pub struct LinkAccountInput {
    /// The code, in small or capital letters, with hyphens or without.
    #[graphql(validator(max_length = 160))]
    code: String,
    /// Whether others may have read it, as in a group: it ends then, and links nothing.
    #[graphql(default)]
    exposed: bool,
}

/// What came of using a code.
#[derive(SimpleObject)]
pub struct LinkAccountPayload {
    /// The eight digits that name the API key whose rights the account has now; null when it was not linked.
    key_prefix: Option<String>,
    /// Why it was not linked; empty when it was.
    user_errors: Vec<UserError>,
}

/// What came of letting an account go.
#[derive(SimpleObject)]
pub struct UnlinkAccountPayload {
    /// Whether it was linked. Nothing is known of it any more.
    unlinked: bool,
    /// Why it was not let go; empty when it was.
    user_errors: Vec<UserError>,
}

/// Makes a code.
pub async fn create_link_code(
    ctx: &Context<'_>,
    input: CreateLinkCodeInput,
) -> Result<CreateLinkCodePayload> {
    author::require_curator(ctx)?;
    let caller = author::caller(ctx);
    let refused = |error| CreateLinkCodePayload {
        code: None,
        expires_at: None,
        user_errors: vec![error],
    };
    let own = caller.key.as_ref().map(|key| key.prefix().to_owned());
    let is_operator = caller.visitor == Visitor::Operator;
    let prefix = match (input.key_prefix.clone(), own) {
        (Some(named), _) if is_operator => named,
        (Some(named), Some(own)) if named != own => {
            let message = "a code gives the rights of your own key; leave `keyPrefix` out";
            return Ok(refused(UserError::new("keyPrefix", Code::Invalid, message)));
        }
        (_, Some(own)) => own,
        (_, None) => {
            let message = "say for which key: the eight digits that `bab key list` shows";
            return Ok(refused(UserError::new(
                "keyPrefix",
                Code::Required,
                message,
            )));
        }
    };
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|failure| internal(&failure))?;
    let code = LinkCode::new(random);
    let act = author::act(ctx, "a code".to_owned(), ("createLinkCode", None), &input);
    match stored::make_code(service::store(ctx), &act, &code, &prefix).await {
        Ok(expires_at) => Ok(CreateLinkCodePayload {
            code: Some(code.reveal()),
            expires_at: Some(DateTime(expires_at)),
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(of_refusal(failure)?)),
    }
}

/// The account of a caller from Telegram.
fn account(ctx: &Context<'_>) -> std::result::Result<i64, UserError> {
    match author::caller(ctx).visitor {
        Visitor::Account(number) => Ok(number),
        Visitor::Address(_) | Visitor::Operator => {
            let message = "accounts of Telegram are linked there: send the bot /link and the code in a private chat, or /unlink";
            Err(UserError::new(None, Code::Invalid, message))
        }
    }
}

/// Uses a code up.
pub async fn link_account(
    ctx: &Context<'_>,
    input: LinkAccountInput,
) -> Result<LinkAccountPayload> {
    let refused = |error| LinkAccountPayload {
        key_prefix: None,
        user_errors: vec![error],
    };
    let number = match account(ctx) {
        Ok(number) => number,
        Err(error) => return Ok(refused(error)),
    };
    let guesses = service::service(ctx).guesses();
    if let Err(wait) = guesses.take(number, Instant::now()) {
        let minutes = wait.as_secs().div_ceil(60).max(1);
        let message = format!("too many codes were tried; try again in {minutes} minutes");
        return Ok(refused(UserError::new(None, Code::RateLimited, message)));
    }
    let wrong = || {
        let message = "no such code is good: a code is good once and for ten minutes; make another with `bab curator code`";
        refused(UserError::new("code", Code::NotFound, message))
    };
    let Ok(code) = input.code.parse::<LinkCode>() else {
        return Ok(wrong());
    };
    // What was typed stands in no entry, not even as a digest.
    let act = author::act(ctx, "/link".to_owned(), ("linkAccount", None), &());
    let linked = (!input.exposed).then_some(number);
    match stored::use_code(service::store(ctx), &act, &code, linked).await {
        Ok(Some(key)) => {
            guesses.give_back(number);
            if input.exposed {
                let message =
                    "others may have read the code, so that it is good no longer; make another";
                return Ok(refused(UserError::new("code", Code::Invalid, message)));
            }
            Ok(LinkAccountPayload {
                key_prefix: Some(key.prefix),
                user_errors: Vec::new(),
            })
        }
        Ok(None) => Ok(wrong()),
        Err(failure) => Ok(refused(of_refusal(failure)?)),
    }
}

/// Lets the caller's account go.
pub async fn unlink_account(ctx: &Context<'_>) -> Result<UnlinkAccountPayload> {
    let refused = |error| UnlinkAccountPayload {
        unlinked: false,
        user_errors: vec![error],
    };
    let number = match account(ctx) {
        Ok(number) => number,
        Err(error) => return Ok(refused(error)),
    };
    let act = author::act(ctx, "/unlink".to_owned(), ("unlinkAccount", None), &());
    let which = stored::Which::Account(number);
    match stored::unlink(service::store(ctx), &act, &which).await {
        Ok(0) => {
            let message = "this account is not linked";
            Ok(refused(UserError::new(None, Code::NotFound, message)))
        }
        Ok(_) => Ok(UnlinkAccountPayload {
            unlinked: true,
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(of_refusal(failure)?)),
    }
}

impl Service {
    /// The key whose rights an account of Telegram has now; none when it is not linked, or the key has ended. Looked up each time.
    pub async fn key_of_account(&self, account: i64) -> Result<Option<Key>, store::Error> {
        let found = stored::key_of(self.store(), account).await?;
        Ok(found
            .filter(|key| key.in_force(self.now()))
            .map(Key::of_model)
            .filter(|key| key.may(entity::Scope::Curate)))
    }

    /// The curators on Telegram whom proposals wait for that they were not told of.
    pub async fn curators_waited_for(&self) -> Result<Vec<stored::Waiting>, store::Error> {
        stored::waiting(self.store(), self.now()).await
    }

    /// Remembers that a curator was told.
    pub async fn curator_was_told(&self, waiting: &stored::Waiting) -> Result<(), store::Error> {
        stored::told(self.store(), waiting.account, waiting.newest).await
    }
}
