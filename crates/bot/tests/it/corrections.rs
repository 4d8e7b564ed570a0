//! `/correct`: somebody says what is right with a link; the bot shows what it understood, and nobody sees it before it is accepted.

use serde_json::{Value, json};
use store::proposal;
use testkit::{
    Database,
    telegram::{BOT_USERNAME, TelegramDouble},
};

use crate::running::{Running, settings, start_over};

const GROUP: i64 = -100_123;

async fn start(database: &Database) -> Running {
    let service = testkit::service_over(database).await;
    let double = TelegramDouble::start().await;
    let settings = settings(&double);
    start_over(double, settings, service)
}

async fn waiting(database: &Database) -> Vec<proposal::Model> {
    let part = store::Part {
        after: None,
        before: None,
        most: 100,
        newest_first: false,
        backward: false,
    };
    let page = proposal::page(&database.store, &proposal::Wanted::default(), &part).await;
    page.unwrap()
}

async fn texts(database: &Database) -> Vec<String> {
    let rows = waiting(database).await;
    let texts = proposal::texts(&database.store, &rows).await.unwrap();
    rows.iter()
        .map(|row| texts[&row.text_id.unwrap()].text.clone())
        .collect()
}

#[tokio::test]
async fn a_sentence_and_a_link_are_understood_in_each_language() {
    let database = testkit::database().await;
    let bot = start(&database).await;
    for (id, language, text, thanks) in [
        (1, "fr", "42 centres d'appels à Fès en 2025", "Merci"),
        (
            2,
            "en",
            "There are 43 call centres in Fès in 2025.",
            "Thank you",
        ),
        (3, "ar", "يوجد في فاس 44 مركز اتصال سنة 2025.", "شكرا"),
        (4, "ary", "يوجد في فاس 45 مركز اتصال سنة 2025.", "شكرا"),
    ] {
        let person = bot.double.person(id, language);
        let reply = person
            .ask(&format!("/correct {text} https://journal{id}.ma/x"))
            .await;
        let value = (41 + id).to_string();
        assert!(
            reply.text.contains(thanks) && reply.text.contains(&value),
            "{language}: {}",
            reply.text
        );
        assert!(reply.text.contains("2025") && reply.text.contains(&format!("journal{id}.ma")));
        // Nobody's answer differs.
        let answer = person.ask("how many call centres in Fès?").await;
        assert!(answer.text.contains("36") && !answer.text.contains(&value));
    }
    let rows = waiting(&database).await;
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row.concept.as_str() == "observation"));
    assert!(
        bot.double.refused().is_empty(),
        "{:?}",
        bot.double.refused()
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn what_is_missing_is_asked_for() {
    let database = testkit::database().await;
    let bot = start(&database).await;
    let person = bot.double.person(1, "en");
    let how = person.ask("/correct").await;
    assert!(
        how.text.contains("/correct 42 call centres"),
        "{}",
        how.text
    );
    // Anything without a link is a question.
    let answer = person.ask("how many call centres in Fès?").await;
    assert!(answer.text.contains("36"), "{}", answer.text);
    let link = person.ask("/correct 42 call centres in Fès in 2025").await;
    assert!(link.text.contains("https://"), "{}", link.text);
    let reply = person.ask("here: (https://journal.ma/x).").await;
    assert!(
        reply.text.contains("42") && reply.text.contains("Thank you"),
        "{}",
        reply.text
    );
    assert_eq!(
        texts(&database).await,
        ["42 call centres in Fès in 2025\nhere:"]
    );
    for (bad, hint) in [
        ("/correct 42 call centres journal.ma/x", "https://"),
        ("/correct 42 call centres https://", "cannot be used"),
        (
            "/correct 42 call centres https://localhost",
            "cannot be used",
        ),
        ("/correct https://journal.ma/x", "/correct 42 call centres"),
    ] {
        let reply = person.ask(bad).await;
        assert!(reply.text.contains(hint), "{bad}: {}", reply.text);
    }
    assert_eq!(waiting(&database).await.len(), 1);
    // A linked word carries its address.
    let text = "/correct 44 call centres in Fès in 2024, says the journal";
    person.send(json!({ "text": text, "entities": [
        { "type": "bot_command", "offset": 0, "length": 8 },
        { "type": "text_link", "offset": 50, "length": 7, "url": "https://journal.ma/linked" },
    ] }));
    let reply = person.next().await;
    assert!(reply.text.contains("journal.ma/linked"), "{}", reply.text);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn words_without_a_figure_are_kept_for_a_curator() {
    let database = testkit::database().await;
    let bot = start(&database).await;
    let person = bot.double.person(88_888, "en");
    person.ask("how many call centres in Fès?").await;
    let reply = person
        .ask("/correct The company has moved to Oujda. https://journal.ma/moved")
        .await;
    assert!(reply.text.contains("a curator reads it"), "{}", reply.text);
    let [row] = &waiting(&database).await[..] else {
        panic!("one proposal");
    };
    assert_eq!(row.action.as_str(), "read");
    assert_eq!(
        row.note.as_deref(),
        Some("sent after an answer on call_centres, 03.231")
    );
    // Nothing of who sent it.
    let kept = format!("{row:?} {:?}", texts(&database).await);
    assert!(!kept.contains("88888"), "{kept}");
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn whatever_is_written_is_taken_as_text_or_declined() {
    let database = testkit::database().await;
    let bot = start(&database).await;
    let link = " https://a.ma/x";
    let fill = |text: &str| {
        let units = text.encode_utf16().count();
        let room = 4096 - "/correct ".len() - link.len();
        text.repeat(room / units)
    };
    let hostile = [
        "<b>42</b> <script>alert(1)</script> </pre> &amp; &#0;".to_owned(),
        "*42* _x_ [y](https://b.ma) `z` ||s||".to_owned(),
        "\u{202e}seF ni sertnec llac 24\u{202c}\u{2067}".to_owned(),
        "'; DROP TABLE proposals;--".to_owned(),
        "{ __schema { types { name } } }".to_owned(),
        "line\nline\r\n\tline".to_owned(),
        fill("42 centres d'appels à Fès en 2025. "),
        fill("<b>"),
        fill("فاس "),
        fill("😀"),
        fill("a"),
        "9".repeat(400),
        "42\u{0}43".to_owned(),
    ];
    for (id, text) in (1..).zip(&hostile) {
        let person = bot.double.person(id, "en");
        let reply = person.ask(&format!("/correct {text}{link}")).await;
        assert!(!reply.text.trim().is_empty(), "{text:?}");
        assert!(!reply.text.contains('\u{202e}'), "{text:?}");
        assert!(
            !reply.entities.iter().any(|entity| entity["type"] == "bold"),
            "{text:?}: {reply:?}"
        );
    }
    let longest = bot.double.person(50, "en");
    let reply = longest
        .ask(&format!("/correct {}{link}", "ڤ".repeat(4070)))
        .await;
    assert!(!reply.text.is_empty());
    let mut taken = 0;
    let flooder = bot.double.person(60, "en");
    for number in 0..12 {
        let reply = flooder
            .ask(&format!(
                "/correct They moved, it is said ({number} times).{link}"
            ))
            .await;
        taken += usize::from(reply.text.contains("Thank you"));
    }
    assert_eq!(taken, 10);
    let last = flooder.seen().pop().unwrap();
    assert!(last.text.contains("Too many"), "{}", last.text);
    assert!(
        bot.double.refused().is_empty(),
        "{:?}",
        bot.double.refused()
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn in_a_group_it_takes_what_is_addressed_to_it() {
    let database = testkit::database().await;
    let bot = start(&database).await;
    let person = bot.double.person(1, "en");
    let text = "42 call centres in Fès in 2025 https://journal.ma/x";
    person.say_in_group(GROUP, &format!("/correct {text}"));
    let asked = person.say_in_group(GROUP, &format!("/correct@{BOT_USERNAME} {text}"));
    let reply = person.nth_in(GROUP, 0).await;
    assert_eq!(reply.reply_to, Some(asked));
    assert!(reply.text.contains("42"), "{}", reply.text);
    person.reply_in_group(GROUP, &reply, "/correct 43 call centres in Fès in 2024");
    let missing = person.nth_in(GROUP, 1).await;
    assert!(missing.text.contains("https://"), "{}", missing.text);
    // What others write next is no part of it.
    person.say_in_group(GROUP, "https://other.ma/y");
    person.say_in_group(GROUP, &format!("/help@{BOT_USERNAME}"));
    assert!(person.nth_in(GROUP, 2).await.text.contains("/correct"));
    assert_eq!(waiting(&database).await.len(), 1);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn an_update_that_comes_again_after_a_restart_proposes_once() {
    let database = testkit::database().await;
    let text = "/correct They moved. https://journal.ma/x";
    let update = json!({ "update_id": 70_001, "message": {
        "message_id": 900, "date": 1_795_000_000, "text": text,
        "from": { "id": 1, "is_bot": false, "first_name": "A", "language_code": "en" },
        "chat": { "id": 1, "type": "private", "first_name": "A" },
    } });
    for _ in 0..2 {
        let bot = start(&database).await;
        let person = bot.double.person(1, "en");
        let sent: Value = update.clone();
        bot.double.push_update(sent);
        assert!(person.next().await.text.contains("a curator reads it"));
        bot.stop().await.1.unwrap();
    }
    assert_eq!(waiting(&database).await.len(), 1);
}
