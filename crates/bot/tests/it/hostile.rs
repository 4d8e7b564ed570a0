//! Whatever a stranger sends, Telegram accepts the reply and the next question is answered.

use serde_json::json;

use crate::running::{Running, start};

const QUESTION: &str = "how many call centres in Fès?";

async fn still_answers(bot: Running) {
    let reply = bot.double.person(99, "en").ask(QUESTION).await;
    assert!(reply.text.contains("36"), "{}", reply.text);
    let refused = bot.double.refused();
    assert!(refused.is_empty(), "Telegram refused {refused:?}");
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn hostile_text_gets_a_reply_telegram_accepts() {
    let bot = start().await;
    let texts = [
        "<b>Fès</b> <script>alert(1)</script> </pre>".to_owned(),
        "&lt; &amp; &#0; &".to_owned(),
        "a".repeat(4096),
        "😀".repeat(2048),
        "ف".repeat(4096),
        "\u{202e}seF ni sertnec llac ynam woh\u{202c}\u{2067}".to_owned(),
        "\u{200b}\u{200d}\u{feff}".to_owned(),
        "😀🇲🇦👩‍👩‍👧".to_owned(),
        ".".to_owned(),
        "?؟!".to_owned(),
        "'; DROP TABLE observations;--".to_owned(),
        "{ __schema { types { name } } }".to_owned(),
        format!("how many {} in Fès?", "call ".repeat(700)),
        "c̷̢̛͎".repeat(500),
        "فـــــــــاس".repeat(100),
        "line\nline\r\n\t\u{0}line".to_owned(),
        "@someone #tag /notacommand https://example.org/<x>?a=\"b\"".to_owned(),
    ];
    for (id, text) in (1..).zip(&texts) {
        let reply = bot.double.person(id, "en").ask(text).await;
        assert!(!reply.text.trim().is_empty(), "{text:?}");
        assert!(!reply.text.contains('\u{202e}'), "{text:?}");
        assert!(
            !reply.entities.iter().any(|entity| entity["type"] == "bold"),
            "{text:?}: {reply:?}"
        );
    }
    still_answers(bot).await;
}

#[tokio::test]
async fn what_is_not_text_gets_a_hint() {
    let bot = start().await;
    let photo = json!([{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]);
    let contents = [
        json!({"photo": photo}),
        json!({"photo": photo, "caption": ""}),
        json!({"photo": photo, "caption": "<b>how many call centres in Fès?"}),
        json!({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1, "mime_type": "audio/ogg"}}),
        json!({"contact": {"phone_number": "0600000000", "first_name": "X"}}),
        json!({"dice": {"emoji": "🎲", "value": 3}}),
    ];
    for (id, content) in (1..).zip(contents) {
        let person = bot.double.person(id, "en");
        person.send(content.clone());
        assert!(person.next().await.text.contains("text only"), "{content}");
    }
    still_answers(bot).await;
}

#[tokio::test]
async fn updates_nobody_knows_are_skipped() {
    let bot = start().await;
    for update in [
        json!({"something_of_next_year": {"text": "x"}}),
        json!({"message": {"some": "fields are missing"}}),
        json!({"message": null}),
        json!({"callback_query": {"id": "1", "data": "s.1"}}),
        json!({"edited_message": {"message_id": 1}}),
        json!({}),
    ] {
        bot.double.push_update(update);
    }
    still_answers(bot).await;
}

#[tokio::test]
async fn an_update_delivered_twice_is_answered_once() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let message = json!({
        "message_id": 900, "date": 1_795_000_000, "text": QUESTION,
        "from": {"id": 1, "is_bot": false, "first_name": "A", "language_code": "en"},
        "chat": {"id": 1, "type": "private", "first_name": "A"},
    });
    // Higher ids in between keep the first one from being confirmed away before the second arrives.
    bot.double
        .push_update(json!({"update_id": 80_001, "message": message}));
    person.next().await;
    bot.double
        .push_update(json!({"update_id": 80_002, "message": message}));
    bot.double.repeat_last_update();
    bot.double.repeat_last_update();
    person.next().await;
    person.say("/help");
    let help = person.next().await;
    assert!(
        help.text.contains("/sources"),
        "a duplicate was answered: {}",
        help.text
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_flood_from_one_chat_does_not_keep_others_waiting() {
    let bot = start().await;
    let flooder = bot.double.person(1, "en");
    for number in 0..300 {
        flooder.say(&format!("/lang nonsense {number}"));
    }
    let reply = bot.double.person(2, "en").ask(QUESTION).await;
    assert!(reply.text.contains("36"), "{}", reply.text);
    bot.stop().await.1.unwrap();
}
