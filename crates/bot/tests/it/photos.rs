//! Pictures: the answer is their caption; whatever becomes of them, the words arrive.

use testkit::telegram::Fault;

use crate::running::start;

const SHARE: &str = "What share of national offshoring jobs is in the region?";
const TREND: &str = "Évolution du nombre de centres d'appels à Fès";
const RANKING: &str = "Les 10 communes de la région Fès-Meknès avec le plus d'entreprises";

#[tokio::test]
async fn a_short_answer_is_the_caption_of_its_picture_and_keeps_its_buttons() {
    let bot = start().await;
    let reply = bot.double.person(1, "en").ask(SHARE).await;
    assert!(reply.photo.is_some_and(|png| png.starts_with(b"\x89PNG")));
    assert!(reply.text.contains("11%"), "{}", reply.text);
    assert!(
        reply
            .buttons
            .iter()
            .flatten()
            .any(|button| button.text == "Sources")
    );
    assert!(bot.double.refused().is_empty());
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_long_answer_follows_its_picture() {
    let bot = start().await;
    let person = bot.double.person(1, "fr");
    let picture = person.ask(RANKING).await;
    assert!(picture.photo.is_some() && picture.buttons.is_empty());
    assert!(!picture.text.is_empty() && picture.text.encode_utf16().count() < 1024);
    let text = person.next().await;
    assert!(
        text.photo.is_none() && text.button("Sources").is_some(),
        "{}",
        text.text
    );
    assert!(bot.double.refused().is_empty());
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_picture_that_telegram_refuses_costs_only_the_picture() {
    let bot = start().await;
    for fault in [
        Fault::BadRequest("PHOTO_INVALID_DIMENSIONS".into()),
        Fault::TruncatedJson,
        Fault::TooManyRequests(86_400),
    ] {
        bot.double.fail_next("sendPhoto", fault);
        let person = bot.double.person(1, "en");
        let seen = person.seen().len();
        person.say(SHARE);
        let reply = person.nth_in(1, seen).await;
        assert!(
            reply.photo.is_none() && reply.text.contains("11%"),
            "{}",
            reply.text
        );
        assert!(reply.button("Sources").is_some());
    }
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_caption_with_markup_telegram_does_not_accept_is_sent_plain() {
    let bot = start().await;
    let refusal = "can't parse entities: Unsupported start tag \"x\" at byte offset 0";
    bot.double
        .fail_next("sendPhoto", Fault::BadRequest(refusal.into()));
    let reply = bot.double.person(1, "en").ask(SHARE).await;
    assert!(reply.photo.is_some() && reply.entities.is_empty());
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn who_blocked_the_bot_is_not_written_to_again() {
    let bot = start().await;
    bot.double.fail_next("sendPhoto", Fault::Blocked);
    bot.double.person(1, "en").say(SHARE);
    bot.double.wait_for_calls("sendPhoto", 1).await;
    assert!(
        bot.double
            .person(2, "en")
            .ask("/help")
            .await
            .photo
            .is_none()
    );
    assert_eq!(bot.double.calls_of("sendMessage").len(), 1);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_count_offers_its_series_as_a_picture() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    let reply = person.ask("how many call centres in Fès?").await;
    assert!(reply.photo.is_none());
    assert!(person.press(&reply, "Chart").await.text.is_none());
    let picture = person.next().await;
    assert!(
        picture.photo.is_some() && picture.text.contains("Fez"),
        "{}",
        picture.text
    );
    person.ask(TREND).await;
    assert!(
        person.press(&reply, "Chart").await.text.is_some(),
        "an earlier answer"
    );
    bot.stop().await.1.unwrap();
}
