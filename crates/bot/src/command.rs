//! Commands: /start, /help, /lang, /sources, /query, /new, /follow, /follows, /unfollow, /forget; those with rooms of their own are read here.

use teloxide::Bot;
use teloxide::payloads::SetMyCommandsSetters;
use teloxide::requests::Requester;
use teloxide::types::BotCommand;

use crate::button;
use crate::curator::Wish;
use crate::door::Door;
use crate::follow;
use crate::refusal::describe;
use crate::reply::{self, own};
use crate::send::Recipient;
use crate::words::{Form, Words};

/// What a message asks the bot to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Not a command.
    None,
    Start,
    Help,
    /// With what was written after it.
    Lang(String),
    Sources,
    Query,
    New,
    /// With what was written after it.
    Correct(String),
    /// Of those who look after the data.
    Curator(Wish),
    /// With the question written after it, or nothing.
    Follow(String),
    Follows,
    /// With the number of a line, or `all`.
    Unfollow(String),
    Forget,
    Unknown,
    /// `/help@another_bot`, in a group.
    ForAnotherBot,
}

impl Command {
    /// Reads the first word of a message.
    pub fn parse(text: &str, username: &str) -> Self {
        let Some(line) = text.trim_start().strip_prefix('/') else {
            return Command::None;
        };
        let mut words = line.splitn(2, char::is_whitespace);
        let (name, argument) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default().trim(),
        );
        let (name, addressee) = match name.split_once('@') {
            Some((name, addressee)) => (name, Some(addressee)),
            None => (name, None),
        };
        if addressee.is_some_and(|addressee| !addressee.eq_ignore_ascii_case(username)) {
            return Command::ForAnotherBot;
        }
        match name.to_ascii_lowercase().as_str() {
            "start" => Command::Start,
            "help" => Command::Help,
            "lang" | "language" => Command::Lang(argument.to_owned()),
            "sources" | "source" => Command::Sources,
            "query" => Command::Query,
            "new" => Command::New,
            "correct" => Command::Correct(argument.to_owned()),
            "link" => Command::Curator(Wish::Link(argument.to_owned())),
            "unlink" => Command::Curator(Wish::Unlink),
            "proposals" => Command::Curator(Wish::Proposals),
            "follow" => Command::Follow(argument.to_owned()),
            "follows" | "following" => Command::Follows,
            "unfollow" => Command::Unfollow(argument.to_owned()),
            "forget" => Command::Forget,
            _ => Command::Unknown,
        }
    }
}

/// Carries out a command.
pub async fn run(
    door: &Door,
    to: Recipient,
    command: Command,
    application: Option<&str>,
    request_id: &str,
) {
    let chat = door.chats.get(to.chat);
    let form = chat.form(application);
    let words = &door.words;
    let last = chat.last.as_deref();
    tracing::debug!(request_id, "command");
    let messages = match command {
        Command::Start | Command::Help => vec![greeting(words, form, command == Command::Start)],
        Command::Lang(argument) if argument.is_empty() => {
            let buttons = Some(button::languages(words, form));
            vec![reply::Outgoing {
                buttons,
                ..own(form, &words.say(form, "language-ask"))
            }]
        }
        Command::Lang(argument) => match button::language(&argument) {
            Some(chosen) => vec![own_language(door, to, chosen, form)],
            None => {
                let buttons = Some(button::languages(words, form));
                vec![reply::Outgoing {
                    buttons,
                    ..own(form, &words.say(form, "language-unknown"))
                }]
            }
        },
        Command::Sources => {
            let sources = last
                .map(|last| last.answer.sources.as_slice())
                .unwrap_or_default();
            reply::sources(words, form, sources)
        }
        Command::Query => {
            let operation = last.and_then(|last| last.answer.operation.as_ref());
            reply::query(words, form, operation, door.settings.public_url.as_deref())
        }
        Command::New => {
            door.chats.change(to.chat, |chat| chat.forget());
            vec![reply::Outgoing {
                keyboard: chat.keyboard.then_some(reply::Keyboard::Remove),
                ..own(form, &words.say(form, "forgotten"))
            }]
        }
        Command::Follow(question) => follow::follow(door, to, &question, form, request_id).await,
        Command::Follows => follow::list(door, to, form, request_id).await,
        Command::Unfollow(which) => follow::unfollow(door, to, &which, form, request_id).await,
        Command::Forget => {
            door.chats.change(to.chat, |chat| chat.forget());
            let key = match door.service.unfollow(to.chat.0, None).await {
                Ok(_) => "forgotten-all",
                Err(error) => {
                    tracing::warn!(%error, request_id, "a chat was not forgotten");
                    "failed"
                }
            };
            vec![reply::Outgoing {
                keyboard: chat.keyboard.then_some(reply::Keyboard::Remove),
                ..own(form, &words.say(form, key))
            }]
        }
        Command::Unknown => vec![own(form, &words.say(form, "unknown-command"))],
        Command::None | Command::ForAnotherBot | Command::Correct(_) | Command::Curator(_) => {
            return;
        }
    };
    door.send(to, messages).await;
}

/// Keeps the language of a chat; the reply is already in it.
pub fn own_language(
    door: &Door,
    to: Recipient,
    chosen: Option<Form>,
    form: Form,
) -> reply::Outgoing {
    door.chats.change(to.chat, |chat| chat.chosen = chosen);
    match chosen {
        Some(form) => own(form, &door.words.say(form, "language-set")),
        None => own(form, &door.words.say(form, "language-auto")),
    }
}

/// Tells Telegram the commands, in the languages its applications speak. Failing here hurts nobody.
pub async fn publish(bot: &Bot, words: &Words) {
    for (language, form) in [
        (None, Form::French),
        (Some("fr"), Form::French),
        (Some("en"), Form::English),
        (Some("ar"), Form::Arabic),
    ] {
        let commands = [
            "help", "follow", "follows", "lang", "sources", "query", "correct", "new",
        ]
        .map(|name| BotCommand::new(name, words.say(form, &format!("command-{name}"))));
        let mut request = bot.set_my_commands(commands);
        if let Some(language) = language {
            request = request.language_code(language);
        }
        if let Err(error) = request.await {
            tracing::warn!(error = describe(&error), "the list of commands was not set");
            return;
        }
    }
}

fn greeting(words: &Words, form: Form, first: bool) -> reply::Outgoing {
    let examples =
        (1..=3).map(|index| format!("• {}", words.say(form, &format!("example-{index}"))));
    let examples = examples.collect::<Vec<_>>().join("\n");
    let (help, commands) = (words.say(form, "help"), words.say(form, "commands"));
    let text = match first {
        true => format!(
            "{}\n{examples}\n\n{help}\n\n{commands}",
            words.say(form, "start")
        ),
        false => format!("{help}\n\n{examples}\n\n{commands}"),
    };
    reply::Outgoing {
        buttons: Some(button::examples(words, form)),
        ..own(form, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_as_telegram_writes_them() {
        for (text, command) in [
            ("/start", Command::Start),
            ("/HELP@Bab_bot", Command::Help),
            ("/lang   fr ", Command::Lang("fr".into())),
            ("/lang\nary", Command::Lang("ary".into())),
            (
                "/correct 42 à\nFès https://a.ma",
                Command::Correct("42 à\nFès https://a.ma".into()),
            ),
            ("/correct", Command::Correct(String::new())),
            ("/LINK ab-c", Command::Curator(Wish::Link("ab-c".into()))),
            ("/proposals", Command::Curator(Wish::Proposals)),
            ("/help@other_bot", Command::ForAnotherBot),
            ("/", Command::Unknown),
            (
                "/follow call centres in Fès",
                Command::Follow("call centres in Fès".into()),
            ),
            ("/unfollow 2", Command::Unfollow("2".into())),
            ("/drop table", Command::Unknown),
            ("how many / call centres", Command::None),
            ("", Command::None),
        ] {
            assert_eq!(Command::parse(text, "bab_bot"), command, "{text}");
        }
    }
}
