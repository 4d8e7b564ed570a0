//! In a group the bot speaks when it is spoken to.

use testkit::telegram::BOT_USERNAME;

use crate::running::start;

const GROUP: i64 = -100_123;

#[tokio::test]
async fn it_answers_mentions_replies_and_commands_and_nothing_else() {
    let bot = start().await;
    let person = bot.double.person(1, "en");
    person.say_in_group(GROUP, "how many call centres in Fès?");
    person.say_in_group(GROUP, "/help@another_bot");
    person.say_in_group(GROUP, "/unknown");
    let asked = person.say_in_group(
        GROUP,
        &format!("@{BOT_USERNAME} how many call centres in Fès?"),
    );
    let first = person.nth_in(GROUP, 0).await;
    assert!(first.text.contains("36"), "{}", first.text);
    assert_eq!(first.reply_to, Some(asked));
    person.reply_in_group(GROUP, &first, "how many call centres in Fès?");
    assert!(person.nth_in(GROUP, 1).await.text.contains("36"));
    person.say_in_group(GROUP, &format!("/help@{BOT_USERNAME}"));
    assert!(person.nth_in(GROUP, 2).await.text.contains("/sources"));
    assert_eq!(person.seen_in(GROUP).len(), 3);
    bot.stop().await.1.unwrap();
}
