//! The Bot API double as a program: type lines, read what the bot answers, press buttons by their number.
//!
//! `telegram_double [ADDRESS]` (default 127.0.0.1:8081). A line is a message; `!2` presses the second button of the
//! last message; `@34.03,-4.99` sends that position; `/quit` ends. Lines may come from a pipe.

use std::io::BufRead;
use std::time::Duration;

use testkit::telegram::{ReplyKeyboard, Sent, TelegramDouble};

const AMINA: i64 = 1001;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    let double = TelegramDouble::start_at(&address).await?;
    println!(
        "The Bot API double listens on {}. Start the bot in another terminal:",
        double.url()
    );
    println!(
        "  TELEGRAM_API_URL={} TELEGRAM_BOT_TOKEN={} bab bot",
        double.url(),
        double.token()
    );
    println!(
        "Then write here; !1 presses the first button of the last message; @34.03,-4.99 sends that position; /quit ends."
    );

    let person = double.person(AMINA, "");
    let (lines, mut typed) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if lines.send(line).is_err() {
                break;
            }
        }
    });

    let mut shown = 0;
    let mut open = true;
    loop {
        tokio::select! {
            line = typed.recv(), if open => match line.as_deref().map(str::trim) {
                None => open = false,
                Some("/quit") => return Ok(()),
                Some("") => {}
                Some(text) if position(text).is_some() => {
                    person.send(position(text).unwrap_or_default());
                }
                Some(text) => match text.strip_prefix('!').and_then(|number| number.parse::<usize>().ok()) {
                    Some(number) => match pressed(&person.seen(), number) {
                        Some((message, data)) => {
                            let notice = person.press_data(&message, &data).await;
                            if let Some(text) = notice.text {
                                println!("bot (notice): {text}");
                            }
                        }
                        None => println!("There is no button {number} under the last message."),
                    },
                    None => {
                        person.say(text);
                    }
                },
            },
            () = tokio::time::sleep(Duration::from_millis(100)) => {}
        }
        for message in person.seen().into_iter().skip(shown) {
            shown += 1;
            show(&message);
        }
    }
}

/// A message with the position that a line `@34.03,-4.99` gives.
fn position(line: &str) -> Option<serde_json::Value> {
    let (latitude, longitude) = line.strip_prefix('@')?.split_once(',')?;
    let degrees = |text: &str| text.trim().parse::<f64>().ok();
    let position =
        serde_json::json!({"latitude": degrees(latitude)?, "longitude": degrees(longitude)?});
    Some(serde_json::json!({ "location": position }))
}

fn pressed(seen: &[Sent], number: usize) -> Option<(Sent, String)> {
    let message = seen
        .iter()
        .rev()
        .find(|message| !message.buttons.is_empty())?;
    let button = message
        .buttons
        .iter()
        .flatten()
        .nth(number.checked_sub(1)?)?;
    Some((message.clone(), button.callback_data.clone()?))
}

fn show(message: &Sent) {
    if let Some(photo) = &message.photo {
        println!("bot: [a photo of {} bytes]", photo.len());
    }
    println!("bot: {}", message.text);
    for link in message.links() {
        println!("     {link}");
    }
    match &message.reply_keyboard {
        Some(ReplyKeyboard::Shown(buttons)) => println!("     keyboard: {buttons:?}"),
        Some(ReplyKeyboard::Removed) => println!("     keyboard removed"),
        None => {}
    }
    for (index, button) in message.buttons.iter().flatten().enumerate() {
        println!("     !{} {}", index + 1, button.text);
    }
}
