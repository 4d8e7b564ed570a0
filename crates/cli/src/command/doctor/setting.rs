//! Whether the settings mean what whoever wrote them means. No value of a secret one is repeated.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::TcpListener;

use clap::CommandFactory;

use super::finding::Finding;
use crate::command::serve::{Serve, unusable};

/// How alike two names are when one is taken for the other, mistyped.
const ALIKE: f64 = 0.85;

pub async fn examine(serve: &Serve, online: bool) -> Vec<Finding> {
    vec![
        names(),
        address(&serve.listen),
        public(serve),
        Finding::of("data folder", serve.shipped.folder(), |folder| {
            Finding::good("data folder", folder.display().to_string())
        }),
        Finding::of("words", serve.shipped.words(), |words| {
            let where_from = if words.is_some() {
                "of BAB_LEXICON"
            } else {
                "built in"
            };
            Finding::good("words", where_from)
        }),
        Finding::of("documents", serve.limits.trusted(), |_| {
            Finding::good("documents", "every registered file can be read")
        }),
        bot(serve, online).await,
        today(serve),
        playground(),
    ]
}

/// A variable that looks like ours and is none is mistyped, or of another version.
fn names() -> Finding {
    let command = crate::Arguments::command();
    let mut known = BTreeSet::new();
    variables(&command, &mut known);
    let named = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let ours = |name: &String| name.starts_with("BAB_") || name.starts_with("TELEGRAM_");
    let unknown: Vec<String> = named
        .filter(|name| ours(name) && !known.contains(name))
        .collect();
    let Some(name) = unknown.first() else {
        return Finding::good("settings", "every variable is known");
    };
    let likeness = |other: &String| strsim::jaro_winkler(name, other);
    let nearest = known
        .iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
        .filter(|nearest| likeness(nearest) > ALIKE);
    let remedy = match nearest {
        Some(nearest) => format!("did you mean {nearest}?"),
        None => "take it out; `bab serve --help` lists the settings".to_owned(),
    };
    Finding::warning(
        "settings",
        format!("{} is no setting", unknown.join(", ")),
        remedy,
    )
}

/// The variables of a command and of those below it.
fn variables(command: &clap::Command, known: &mut BTreeSet<String>) {
    let options = command
        .get_arguments()
        .filter_map(|option| option.get_env());
    known.extend(options.map(|name| name.to_string_lossy().into_owned()));
    for command in command.get_subcommands() {
        variables(command, known);
    }
}

fn address(listen: &str) -> Finding {
    let check = "address";
    match TcpListener::bind(listen) {
        Ok(_) => Finding::good(check, format!("{listen} is free")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Finding::good(
            check,
            format!("{listen} is in use, as it is while bab serve runs"),
        ),
        Err(error) => Finding::error(check, &unusable("BAB_LISTEN", listen, &error).into()),
    }
}

/// The cookie of the desk goes only over https where the public address says so.
fn public(serve: &Serve) -> Finding {
    let check = "public address";
    Finding::of(check, serve.public.url(), |url| match url {
        Some(url) if url.starts_with("https://") => Finding::good(check, url),
        Some(url) => Finding::warning(
            check,
            format!("{url} is not https, so that the cookie of the desk can be read on the way"),
            "put a proxy with TLS before it and set BAB_PUBLIC_URL to its https:// address",
        ),
        None => Finding::warning(
            check,
            "BAB_PUBLIC_URL is not set: charts have no address on Telegram, and the cookie of the desk goes over http",
            "set it to the https:// address of the proxy, unless nobody but you comes here",
        ),
    })
}

async fn bot(serve: &Serve, online: bool) -> Finding {
    let check = "bot";
    let settings = match serve.telegram.settings(&serve.public) {
        Ok(Some(settings)) => settings,
        Ok(None) => return Finding::good(check, "off, without TELEGRAM_BOT_TOKEN"),
        Err(error) => return Finding::error(check, &error),
    };
    if !online {
        return Finding::good(
            check,
            "the token has the right form; --online asks Telegram",
        );
    }
    let name = bot::introduce(&settings).await;
    Finding::of(check, name.map_err(Into::into), |name| {
        Finding::good(check, format!("Telegram knows it as @{name}"))
    })
}

fn today(serve: &Serve) -> Finding {
    match serve.clock.now {
        None => Finding::good("today", "by the clock of the machine"),
        Some(day) => Finding::warning(
            "today",
            format!("is {day} for all answers, for ever"),
            "take BAB_NOW out",
        ),
    }
}

fn playground() -> Finding {
    match web::playground_is_built() {
        true => Finding::good("playground", "is built in"),
        false => Finding::warning(
            "playground",
            "is not built in: /graphiql says how to build it",
            "`make playground`, then build bab again",
        ),
    }
}
