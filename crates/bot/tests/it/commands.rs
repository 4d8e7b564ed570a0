//! Commands, and the language a chat has chosen.

use crate::running::{start, start_with};

const QUESTION: &str = "how many call centres in Fès?";

#[tokio::test]
async fn start_greets_in_the_language_of_the_application_with_examples() {
    let bot = start().await;
    for (id, language, word) in [
        (1, "fr", "Bonjour"),
        (2, "en-GB", "Hello"),
        (3, "ar", "مرحبا"),
        (4, "", "Bonjour"),
        (5, "es", "Hello"),
    ] {
        let reply = bot.double.person(id, language).ask("/start").await;
        assert!(reply.text.contains(word), "{language}: {}", reply.text);
        assert!(reply.text.contains("/sources"), "{}", reply.text);
        assert_eq!(reply.buttons.iter().flatten().count(), 3);
    }
    let commands = bot.double.wait_for_calls("setMyCommands", 4).await;
    assert!(commands.iter().all(|call| call.status == 200));
    for language in ["", "fr", "en", "ar"] {
        assert!(
            bot.double
                .commands(language)
                .unwrap()
                .as_array()
                .unwrap()
                .len()
                >= 5
        );
    }
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn an_example_under_the_greeting_is_a_question_with_an_answer() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let greeting = person.ask("/start").await;
    person.press(&greeting, "call centres").await;
    let reply = person.next().await;
    assert!(reply.text.contains("36"), "{}", reply.text);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn query_shows_what_gives_the_answer_again() {
    let bot = start_with(|settings| settings.public_url = Some("https://bab.example".into())).await;
    let person = bot.double.person(1, "en");
    let none = person.ask("/query").await;
    assert!(none.text.contains("no query yet"), "{}", none.text);
    person.ask(QUESTION).await;
    let query = person.ask("/query").await;
    assert!(
        query.text.contains("query ") && query.text.contains('{'),
        "{}",
        query.text
    );
    assert!(query.entities.iter().any(|entity| entity["type"] == "pre"));
    let mut all = query.text;
    while !all.contains("https://bab.example/graphiql") {
        all += &person.next().await.text;
    }
    assert!(
        all.contains("Variables") && all.contains("call_centres"),
        "{all}"
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn sources_lists_publisher_title_date_and_link() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    person.ask(QUESTION).await;
    let sources = person.ask("/sources").await;
    assert!(sources.text.contains("1. "), "{}", sources.text);
    assert!(
        sources.links().iter().all(|link| link.starts_with("http")) && !sources.links().is_empty()
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_chosen_language_wins_until_it_is_automatic_again() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let set = person.ask("/lang fr").await;
    assert!(set.text.contains("français"), "{}", set.text);
    let reply = person.ask(QUESTION).await;
    assert!(reply.button("Requête").is_some(), "{:?}", reply.buttons);
    let choice = person.ask("/lang").await;
    assert!(choice.text.contains("langue"), "{}", choice.text);
    person.press(&choice, "العربية").await;
    assert!(person.next().await.text.contains("العربية"));
    assert!(person.ask(QUESTION).await.button("المصادر").is_some());
    assert!(!person.ask("/lang auto").await.text.is_empty());
    assert!(person.ask(QUESTION).await.button("Sources").is_some());
    let unknown = person.ask("/lang klingon").await;
    assert_eq!(unknown.buttons.iter().flatten().count(), 5);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn new_forgets_the_conversation() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    person.ask(QUESTION).await;
    assert!(person.ask("/new").await.text.contains("Forgotten"));
    assert!(
        person
            .ask("/sources")
            .await
            .text
            .contains("Ask a question first")
    );
    assert!(person.ask("/nonsense").await.text.contains("/help"));
    bot.stop().await.1.unwrap();
}
