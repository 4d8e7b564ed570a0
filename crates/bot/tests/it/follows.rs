//! Following: a chat is told when an answer changes, in its language, with source and date, and until it says stop.

use chrono::TimeDelta;
use store::load::{self, Batch};
use testkit::Database;
use testkit::telegram::{Fault, TelegramDouble};

use crate::running::{Running, settings, start_over};

const FIGURE: &str = "call_centres.03.231.2019.journaleco_2020";

async fn start(database: &Database, peace: TimeDelta) -> Running {
    let double = TelegramDouble::start().await;
    let mut settings = settings(&double);
    settings.peace = peace;
    let service = testkit::service_over(database).await;
    let running = start_over(double, settings, service);
    running.double.wait_for_calls("getUpdates", 1).await;
    running
}

/// Gives figures other values, in one revision.
async fn change(database: &Database, values: &[(&str, f64)]) {
    let mut figures = load::in_force(&database.store).await.unwrap().observations;
    figures.retain(|figure| values.iter().any(|(key, _)| figure.key == *key));
    for figure in &mut figures {
        figure.value = values.iter().find(|(key, _)| figure.key == *key).unwrap().1;
    }
    let batch = Batch {
        observations: figures,
        ..Batch::default()
    };
    let act = store::audit_entry::Act::of_operator(chrono::Utc::now(), "counted again");
    load::apply(&database.store, &batch, &act).await.unwrap();
}

#[tokio::test]
async fn a_chat_is_told_when_what_it_follows_changes_and_not_of_anything_else() {
    testkit::each_database(async |database| {
        let bot = start(&database, TimeDelta::zero()).await;
        let (one, other) = (bot.double.person(1, "en"), bot.double.person(2, "fr"));
        let set = one.ask("/follow call centres in Fès").await;
        assert!(
            set.text.contains("I follow") && set.text.contains("/follows"),
            "{}",
            set.text
        );
        assert!(one.next().await.text.contains("36"));
        let set = other.ask("/follow superficie de Fès Shore").await;
        assert!(set.text.contains("Je suis"), "{}", set.text);
        other.next().await;
        let again = one.ask("/follow how many call centres in Fès?").await;
        assert!(again.text.contains("already"), "{}", again.text);
        one.next().await;
        change(&database, &[(FIGURE, 41.0)]).await;
        let told = one.next().await;
        for words in [
            "has changed",
            "Before: 36 (2019)",
            "41",
            "2019",
            "JournalEco",
            "2020-12",
        ] {
            assert!(told.text.contains(words), "{words}: {}", told.text);
        }
        // Nothing that was written is kept.
        let kept = store::follow::of_chat(&database.store, 1).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert!(!format!("{kept:?}").contains("how many"));
        // What is said again has not changed: the next message is the answer to this.
        let list = other.ask("/follows").await;
        assert!(list.text.contains("Fès Shore"), "{}", list.text);
        other.press(&list, "✕ 1").await;
        assert!(other.next().await.text.contains("ne suivez rien"));
        bot.stop().await.1.unwrap();
    })
    .await;
}

#[tokio::test]
async fn several_changes_are_one_message_and_then_there_is_peace() {
    let database = testkit::database().await;
    let bot = start(&database, TimeDelta::hours(1)).await;
    let person = bot.double.person(1, "en");
    let none = person.ask("/follow").await;
    assert!(
        none.text.contains("/follow How many call centres"),
        "{}",
        none.text
    );
    for question in ["call centres in Fès", "call centre jobs in Fès"] {
        let answer = person.ask(question).await;
        assert!(!answer.text.is_empty());
        // The answer before is meant.
        let set = person.ask("/follow").await;
        assert!(set.text.contains("I follow"), "{question}: {}", set.text);
    }
    let figures = load::in_force(&database.store).await.unwrap().observations;
    let jobs = figures.iter().filter(|figure| figure.value == 4_500.0);
    let mut values: Vec<_> = jobs.map(|figure| (figure.key.as_str(), 4_700.0)).collect();
    assert!(!values.is_empty(), "the article has jobs in Fès");
    values.push((FIGURE, 41.0));
    change(&database, &values).await;
    let told = person.next().await;
    assert_eq!(told.text.matches("🔔").count(), 2, "{}", told.text);
    // What changes now waits for its time.
    change(&database, &[(FIGURE, 42.0)]).await;
    let list = person.ask("/follows").await;
    assert!(
        list.text.contains("1.") && list.text.contains("2."),
        "{}",
        list.text
    );
    let behind = store::follow::of_chat(&database.store, 1).await.unwrap();
    assert_eq!(behind.len(), 2);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn whoever_blocks_the_bot_is_forgotten_and_so_is_who_asks_for_it() {
    let database = testkit::database().await;
    let bot = start(&database, TimeDelta::zero()).await;
    let (leaving, staying) = (bot.double.person(1, "en"), bot.double.person(2, "ar"));
    leaving.ask("/follow call centres in Fès").await;
    leaving.next().await;
    bot.double.fail_next("sendMessage", Fault::Blocked);
    change(&database, &[(FIGURE, 41.0)]).await;
    let left = async {
        while !store::follow::of_chat(&database.store, 1)
            .await
            .unwrap()
            .is_empty()
        {
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(60);
    tokio::time::timeout(patience, left)
        .await
        .expect("who left is forgotten");
    staying.ask("/follow call centres in Fès").await;
    staying.next().await;
    // A message that did not arrive is no reason to forget anybody.
    bot.double.fail_next(
        "sendMessage",
        Fault::BadRequest("Bad Request: nobody knows why".into()),
    );
    change(&database, &[(FIGURE, 42.0)]).await;
    assert!(staying.next().await.text.contains("42"));
    staying.ask("/forget").await;
    assert!(
        store::follow::of_chat(&database.store, 2)
            .await
            .unwrap()
            .is_empty()
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_chat_follows_so_much_and_no_more_and_nothing_that_has_no_answer() {
    let database = testkit::database().await;
    let bot = start(&database, TimeDelta::zero()).await;
    let person = bot.double.person(1, "en");
    for question in [
        "/follow hello",
        "/follow call centres near me",
        "/follow what will the weather be",
    ] {
        let refused = person.ask(question).await;
        assert!(!refused.text.contains('✔'), "{question}: {}", refused.text);
        person.next().await;
    }
    assert!(
        store::follow::of_chat(&database.store, 1)
            .await
            .unwrap()
            .is_empty()
    );
    let long = format!("/follow {}", "x ".repeat(1_500));
    assert!(!person.ask(&long).await.text.contains('✔'));
    for number in 0..store::follow::MOST {
        let new = store::follow::New {
            chat: 2,
            frame: format!("frame {number}"),
            form: "en".into(),
            told: String::new(),
            figure: None,
            revision: i64::MAX,
        };
        store::follow::add(&database.store, new, chrono::Utc::now())
            .await
            .unwrap();
    }
    let full = bot
        .double
        .person(2, "en")
        .ask("/follow call centres in Fès")
        .await;
    assert!(
        full.text.contains("20") && full.text.contains("most"),
        "{}",
        full.text
    );
    bot.stop().await.1.unwrap();
}
