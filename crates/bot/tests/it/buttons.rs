//! Buttons: the last answer's work, those of earlier answers and forged ones are declined politely.

use crate::running::start;

const QUESTION: &str = "how many call centres in Fès?";

#[tokio::test]
async fn sources_and_query_hang_under_the_answer() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let reply = person.ask(QUESTION).await;
    assert!(person.press(&reply, "Sources").await.text.is_none());
    assert!(person.next().await.text.contains("1. "));
    person.press(&reply, "Query").await;
    assert!(person.next().await.text.contains("query "));
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_button_of_an_earlier_answer_says_so() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let earlier = person.ask(QUESTION).await;
    person.ask(QUESTION).await;
    let notice = person.press(&earlier, "Sources").await;
    assert!(notice.text.unwrap().contains("earlier answer"));
    assert_eq!(person.seen().len(), 2);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn forged_callback_data_changes_nothing() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let reply = person.ask(QUESTION).await;
    for data in [
        "",
        "s.x",
        "o.1.99999999999999999999",
        "../../etc",
        "e.0",
        "e.9",
        "l.tlh",
        "\u{202e}s.1",
        "<b>",
    ] {
        assert!(
            person.press_data(&reply, data).await.text.is_some(),
            "{data}"
        );
    }
    assert_eq!(person.seen().len(), 1);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_question_that_cannot_be_answered_offers_others_as_buttons() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let reply = person
        .ask("How many Messi fans work in Fès call centres?")
        .await;
    let offered = reply.buttons.iter().flatten().find(|button| {
        button
            .callback_data
            .as_deref()
            .is_some_and(|data| data.starts_with("g.") || data.starts_with("o."))
    });
    let label = offered.expect("suggestions are offered").text.clone();
    person.press(&reply, &label).await;
    assert!(!person.next().await.text.is_empty());
    bot.stop().await.1.unwrap();
}
