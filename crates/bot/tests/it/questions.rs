//! Questions in the languages of the region, answered with a figure, its period and its source.

use crate::running::start;

#[tokio::test]
async fn the_same_question_in_five_forms_is_answered_36_with_its_source() {
    let bot = start().await;
    for (person, question) in [
        (1, "how many call centres in Fès?"),
        (2, "combien de centres d'appels à Fès ?"),
        (3, "ch7al mn centre d'appel f Fes?"),
        (4, "كم عدد مراكز الاتصال في فاس؟"),
        (5, "شحال من سونطر دابيل كاين ف فاس؟"),
    ] {
        let person = bot.double.person(person, "fr");
        let reply = person.ask(question).await;
        assert!(reply.text.contains("36"), "{question}: {}", reply.text);
        assert!(reply.text.contains("2019"), "{question}: {}", reply.text);
        assert!(
            reply.links().iter().any(|link| link.starts_with("http")),
            "{question}: {reply:?}"
        );
    }
    assert!(bot.double.refused().is_empty());
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn an_arabic_reply_reads_from_right_to_left() {
    let bot = start().await;
    let reply = bot
        .double
        .person(1, "ar")
        .ask("كم عدد مراكز الاتصال في فاس؟")
        .await;
    for line in reply.text.lines().filter(|line| !line.trim().is_empty()) {
        let first = line.chars().find(|c| c.is_alphabetic() || *c == '\u{200f}');
        let rtl = |c: char| c == '\u{200f}' || ('\u{600}'..='\u{6ff}').contains(&c);
        let isolated = line.starts_with('\u{2068}') || line.starts_with('\u{200f}');
        assert!(first.is_some_and(rtl) || isolated, "{line:?}");
    }
    let opened = reply
        .text
        .chars()
        .filter(|c| ('\u{2066}'..='\u{2068}').contains(c))
        .count();
    let closed = reply.text.chars().filter(|c| *c == '\u{2069}').count();
    assert_eq!(opened, closed);
    assert!(reply.button("المصادر").is_some(), "{:?}", reply.buttons);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn people_do_not_read_each_others_answers() {
    let bot = start().await;
    let (amina, karim) = (bot.double.person(1, "fr"), bot.double.person(2, "en"));
    amina.ask("combien de centres d'appels à Fès ?").await;
    let none = karim.ask("/sources").await;
    assert!(none.text.contains("Ask a question first"), "{}", none.text);
    bot.stop().await.1.unwrap();
}
