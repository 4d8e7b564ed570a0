//! "Near me": the bot asks for a position in private, answers with it once, and keeps nothing of it.

use serde_json::{Value, json};
use testkit::telegram::ReplyKeyboard;

use crate::running::start;

const IN_FES: (f64, f64) = (34.044_777_1, -4.988_777_2);

fn position() -> Value {
    json!({"location": {"latitude": IN_FES.0, "longitude": IN_FES.1}})
}

/// How many questions are offered under a message, the button of reports apart.
fn options(sent: &testkit::telegram::Sent) -> usize {
    let labels = sent.buttons.iter().flatten().map(|button| &button.text);
    labels.filter(|label| !label.starts_with('⚠')).count()
}

#[tokio::test]
async fn a_position_is_asked_for_used_once_and_its_button_taken_away() {
    let bot = start().await;
    for (id, language, question, word, button) in [
        (1, "en", "Which park is closest?", "Fès Shore", "position"),
        (
            2,
            "fr",
            "Quel parc est le plus proche ?",
            "Fès Shore",
            "position",
        ),
        (3, "ar", "ما أقرب حظيرة؟", "Fès Shore", "موقعي"),
        (4, "ary", "شنا پارك قريب ليا؟", "Fès Shore", "بلاصتي"),
        (5, "fr", "ina parc 9rib lia?", "Fès Shore", "blasti"),
    ] {
        let person = bot.double.person(id, language);
        let back = person.ask(question).await;
        assert_eq!(options(&back), 3, "{question}: {back:?}");
        assert_eq!(back.reply_keyboard, None);
        let asks = person.next().await;
        match &asks.reply_keyboard {
            Some(ReplyKeyboard::Shown(buttons)) => {
                assert!(
                    matches!(buttons.as_slice(), [(label, true)] if label.contains(button)),
                    "{buttons:?}"
                );
            }
            other => panic!("{question}: {other:?}"),
        }
        person.send(position());
        let used = person.next().await;
        assert_eq!(
            used.reply_keyboard,
            Some(ReplyKeyboard::Removed),
            "{used:?}"
        );
        let answer = person.next().await;
        assert!(
            answer.text.contains(word)
                && answer.text.contains("km")
                    | answer.text.contains("كلم")
                    | answer.text.contains("كيلو"),
            "{question}: {}",
            answer.text
        );
        assert!(answer.button("GraphQL").is_some() || !answer.buttons.is_empty());
        // What hangs under the answer still works, and shows no position.
        let query = person.ask("/query").await;
        assert!(query.text.contains("NearParks"), "{}", query.text);
        for message in person.seen() {
            let shown = format!("{}{}", message.text, message.raw);
            assert!(
                !shown.contains("04477") && !shown.contains("98877"),
                "{shown}"
            );
        }
    }
    assert!(
        bot.double.refused().is_empty(),
        "{:?}",
        bot.double.refused()
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_city_chosen_instead_takes_the_keyboard_away() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let back = person.ask("call centres near me").await;
    person.next().await;
    person.press(&back, "Casablanca").await;
    let away = person.next().await;
    assert_eq!(
        away.reply_keyboard,
        Some(ReplyKeyboard::Removed),
        "{away:?}"
    );
    let answer = person.next().await;
    assert!(answer.text.contains("Casablanca"), "{}", answer.text);
    // Nothing more to take away.
    let next = person.ask("how many call centres in Fès?").await;
    assert!(
        next.text.contains("36") && next.reply_keyboard.is_none(),
        "{next:?}"
    );
    person.ask("call centres near me").await;
    person.next().await;
    assert_eq!(
        person.ask("/new").await.reply_keyboard,
        Some(ReplyKeyboard::Removed)
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_position_sent_unasked_lists_what_is_near() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    person.send(position());
    assert_eq!(
        person.next().await.reply_keyboard,
        Some(ReplyKeyboard::Removed)
    );
    let answer = person.next().await;
    assert!(answer.text.contains("km"), "{}", answer.text);
    let strange = json!({"location": {"latitude": 900.0, "longitude": 1e300}});
    person.send(strange);
    assert!(!person.next().await.text.is_empty());
    assert!(
        person
            .ask("how many call centres in Fès?")
            .await
            .text
            .contains("36")
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn in_a_group_no_position_is_asked_for() {
    const GROUP: i64 = -100_321;
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let mention = format!("@{} call centres near me", testkit::telegram::BOT_USERNAME);
    person.say_in_group(GROUP, &mention);
    let back = person.nth_in(GROUP, 0).await;
    assert_eq!(options(&back), 3, "{back:?}");
    person.say_in_group(GROUP, &format!("/help@{}", testkit::telegram::BOT_USERNAME));
    let help = person.nth_in(GROUP, 1).await;
    assert!(help.text.contains("/sources"), "{}", help.text);
    assert!(
        person
            .seen_in(GROUP)
            .iter()
            .all(|message| message.reply_keyboard.is_none())
    );
    assert!(bot.double.refused().is_empty());
    bot.stop().await.1.unwrap();
}
