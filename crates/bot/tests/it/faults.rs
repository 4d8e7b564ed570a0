//! What goes wrong between the bot and Telegram, and what the person notices of it. A 5xx costs ten seconds inside
//! the client, so the tests with one take that long.

use std::time::{Duration, Instant};

use testkit::telegram::{Fault, TelegramDouble};

use crate::running::{settings, start, start_on, start_with};

const QUESTION: &str = "how many call centres in Fès?";

#[tokio::test]
async fn a_pause_telegram_asks_for_is_kept() {
    let bot = start().await;
    bot.double
        .fail_next("sendMessage", Fault::TooManyRequests(2));
    let started = Instant::now();
    let reply = bot.double.person(1, "en").ask(QUESTION).await;
    assert!(reply.text.contains("36"));
    assert!(started.elapsed() >= Duration::from_secs(2));
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn an_absurd_pause_costs_one_message_and_not_the_chat() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    bot.double
        .fail_next("sendMessage", Fault::TooManyRequests(86_400));
    person.say("/help");
    let reply = person.ask(QUESTION).await;
    assert!(reply.text.contains("36"), "{}", reply.text);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_bad_gateway_is_tried_again() {
    let bot = start().await;
    bot.double.fail_next("sendMessage", Fault::BadGateway);
    let reply = bot.double.person(1, "en").ask(QUESTION).await;
    assert!(reply.text.contains("36"));
    assert_eq!(bot.double.calls_of("sendMessage").len(), 2);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn polling_goes_on_after_broken_answers() {
    let bot = start().await;
    for fault in [
        Fault::TruncatedJson,
        Fault::EmptyBody,
        Fault::TooManyRequests(1),
        Fault::BadGateway,
    ] {
        bot.double.fail_next("getUpdates", fault);
    }
    // The poll that waits is answered first; the four that follow fail.
    let person = bot.double.person(1, "en");
    assert!(person.ask(QUESTION).await.text.contains("36"));
    assert!(person.ask(QUESTION).await.text.contains("36"));
    assert!(bot.double.calls_of("getUpdates").len() >= 6);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn who_blocked_the_bot_does_not_disturb_the_others() {
    let bot = start().await;
    bot.double.fail_next("sendMessage", Fault::Blocked);
    bot.double.person(1, "en").say(QUESTION);
    bot.double.wait_for_calls("sendMessage", 1).await;
    assert!(
        bot.double
            .person(2, "en")
            .ask(QUESTION)
            .await
            .text
            .contains("36")
    );
    assert_eq!(bot.double.calls_of("sendMessage").len(), 2);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn markup_telegram_does_not_accept_is_sent_plain() {
    let bot = start().await;
    let refusal = "can't parse entities: Unsupported start tag \"x\" at byte offset 0";
    bot.double
        .fail_next("sendMessage", Fault::BadRequest(refusal.into()));
    let reply = bot.double.person(1, "en").ask(QUESTION).await;
    assert!(reply.text.contains("36") && reply.entities.is_empty());
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn another_poller_ends_this_one_with_advice() {
    let bot = start().await;
    bot.double.fail_next("getUpdates", Fault::Conflict);
    bot.double.person(1, "en").say(QUESTION);
    let (double, ended) = bot.ended().await;
    let error = ended.unwrap_err().to_string();
    assert!(
        error.contains("TELEGRAM_BOT_TOKEN") && error.contains("another program"),
        "{error}"
    );
    assert!(!error.contains(double.token()));
}

#[tokio::test]
async fn two_bots_with_one_token_do_not_fight() {
    let first = start().await;
    let other = settings(&first.double);
    let service = crate::service().await;
    let second = tokio::spawn(bot::run(service, other, std::future::pending()));
    let (_double, ended) = first.ended().await;
    assert!(matches!(ended, Err(bot::Error::OtherPoller)));
    second.abort();
}

#[tokio::test]
async fn a_token_telegram_does_not_know_is_an_error_that_names_the_setting() {
    let double = TelegramDouble::start().await;
    let mut wrong = settings(&double);
    wrong.token = bot::Token::parse("42:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
    let (_double, ended) = start_on(double, wrong).await.ended().await;
    let error = ended.unwrap_err();
    assert!(matches!(error, bot::Error::Token));
    assert!(error.to_string().contains("TELEGRAM_BOT_TOKEN"));
}

#[tokio::test]
async fn a_token_revoked_while_running_ends_the_bot() {
    let bot = start().await;
    bot.double.fail_next("getUpdates", Fault::Unauthorized);
    bot.double.person(1, "en").say("/help");
    assert!(matches!(bot.ended().await.1, Err(bot::Error::Token)));
}

#[tokio::test]
async fn a_webhook_set_earlier_is_removed() {
    let double = TelegramDouble::start().await;
    double.set_webhook("https://old.example/hook");
    let settings = settings(&double);
    let bot = start_on(double, settings).await;
    assert!(
        bot.double
            .person(1, "en")
            .ask(QUESTION)
            .await
            .text
            .contains("36")
    );
    assert_eq!(bot.double.webhook(), None);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn telegram_out_of_reach_at_the_start_is_waited_for() {
    let double = TelegramDouble::start().await;
    double.fail_next("getMe", Fault::EmptyBody);
    double.fail_next("getWebhookInfo", Fault::TruncatedJson);
    let settings = settings(&double);
    let bot = start_on(double, settings).await;
    assert!(
        bot.double
            .person(1, "en")
            .ask(QUESTION)
            .await
            .text
            .contains("36")
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn a_request_that_hangs_does_not_hold_up_other_chats() {
    let bot = start_with(|settings| settings.update_timeout = Duration::from_secs(8)).await;
    bot.double
        .fail_next("sendMessage", Fault::Hang(Duration::from_secs(300)));
    let slow = bot.double.person(1, "en");
    slow.say(QUESTION);
    bot.double.wait_for_calls("sendMessage", 1).await;
    assert!(
        bot.double
            .person(2, "en")
            .ask(QUESTION)
            .await
            .text
            .contains("36")
    );
    assert!(slow.next().await.text.contains("too long"));
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn stopping_finishes_the_reply_and_confirms_the_update() {
    let bot = start().await;
    bot.double
        .fail_next("sendMessage", Fault::Slow(Duration::from_millis(800)));
    let person = bot.double.person(1, "en");
    person.say(QUESTION);
    // The next poll shows that the question was taken in.
    bot.double.wait_for_calls("getUpdates", 2).await;
    let (double, ended) = bot.stop().await;
    ended.unwrap();
    assert_eq!(
        person.seen().len(),
        1,
        "the reply was sent before the bot ended"
    );
    double.wait_until_confirmed().await;
}

#[tokio::test]
async fn stopping_while_telegram_is_out_of_reach_does_not_wait_for_it() {
    let double = TelegramDouble::start().await;
    for _ in 0..1_000 {
        double.fail_next("getMe", Fault::EmptyBody);
    }
    let settings = settings(&double);
    let bot = start_on(double, settings).await;
    bot.double.wait_for_calls("getMe", 2).await;
    bot.stop().await.1.unwrap();
}
