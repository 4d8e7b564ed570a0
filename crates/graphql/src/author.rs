//! Who writes and who curates, as the caller's key allows; and requests that are carried out once, however often they come.

use std::{fmt::Write, sync::atomic::Ordering};

use async_graphql::{Context, Result};
use entity::{Door, Role, Scope};
use sha2::{Digest, Sha256};
use store::audit_entry::{Act, Author, Request};

use crate::{
    Key, Visitor,
    error::{Code, error},
    service::{Caller, service},
    user_error::{UserError, UserErrorCode},
};

/// The longest idempotency key.
const KEY: usize = 128;

impl Caller {
    /// Whether the caller may do this: by the key that was shown, or as whoever runs the program.
    pub fn may(&self, scope: Scope) -> bool {
        self.visitor == Visitor::Operator || self.key.as_ref().is_some_and(|key| key.may(scope))
    }

    /// The caller, as far as it is kept.
    pub fn author(&self) -> Author {
        of(self.visitor, self.key.as_ref())
    }
}

/// A visitor with the key that was shown, as far as it is kept.
pub fn of(visitor: Visitor, key: Option<&Key>) -> Author {
    let role = match key {
        _ if visitor == Visitor::Operator => Role::Operator,
        Some(key) if key.may(Scope::Curate) => Role::Curator,
        Some(key) if key.may(Scope::Coordinate) => Role::Coordinator,
        Some(_) => Role::Partner,
        None => Role::Anybody,
    };
    let door = match visitor {
        Visitor::Address(_) => Door::Api,
        Visitor::Account(_) => Door::Telegram,
        Visitor::Operator => Door::Terminal,
    };
    Author {
        role,
        door,
        key: key.map(|key| key.prefix().to_owned()),
    }
}

/// Who calls.
pub fn caller<'a>(ctx: &Context<'a>) -> &'a Caller {
    ctx.data_unchecked::<Caller>()
}

/// Lets curators through. What they are shown is kept for nobody.
pub fn require_curator(ctx: &Context<'_>) -> Result<()> {
    require(ctx, Scope::Curate, "curators")
}

/// Lets coordinators through. What they are shown is kept for nobody.
pub fn require_coordinator(ctx: &Context<'_>) -> Result<()> {
    require(ctx, Scope::Coordinate, "coordinators")
}

/// Sees to it that the answer is kept for nobody, not even for who asks the same again.
pub fn keep_for_nobody(ctx: &Context<'_>) {
    caller(ctx).lasting.store(false, Ordering::Relaxed);
}

fn require(ctx: &Context<'_>, scope: Scope, whom: &str) -> Result<()> {
    keep_for_nobody(ctx);
    let caller = caller(ctx);
    if caller.may(scope) {
        return Ok(());
    }
    Err(match &caller.key {
        None => error(
            Code::Unauthenticated,
            format!(
                "this is for {whom}: send an API key with the scope {scope} as `Authorization: Bearer bab_…`; whoever runs this server makes one with `bab key create --scopes read,{scope}`"
            ),
        ),
        Some(key) => error(
            Code::Forbidden,
            format!(
                "this is for {whom}, and the API key {} has not the scope {scope}; ask whoever runs this server for one that has",
                key.prefix()
            ),
        ),
    })
}

/// What the caller does now, once for each `idempotency_key`. `content` is all that was sent.
pub fn act(
    ctx: &Context<'_>,
    reason: String,
    (mutation, idempotency_key): (&str, Option<&str>),
    content: &impl std::fmt::Debug,
) -> Act {
    let by = caller(ctx).author();
    let request = idempotency_key.map(|key| Request {
        id: digest(&(&by.role, &by.key, mutation, key)),
        digest: digest(content),
    });
    Act {
        at: service(ctx).now(),
        by,
        reason,
        request,
    }
}

fn digest(content: &impl std::fmt::Debug) -> String {
    let digest = Sha256::digest(format!("{content:?}").as_bytes());
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is wrong with an idempotency key.
pub fn check_key(key: Option<&str>) -> Option<UserError> {
    let visible = |key: &str| {
        (1..=KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let wrong = key.is_some_and(|key| !visible(key));
    wrong.then(|| {
        let message = format!("an idempotency key has 1 to {KEY} visible ASCII characters");
        UserError::new("idempotencyKey", UserErrorCode::Invalid, message)
    })
}
