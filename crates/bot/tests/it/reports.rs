//! An answer is marked wrong: the button asks in which way, answers, and goes; it works however old the message is.

use graphql::{Keeping, Service, Settings};
use store::feedback::summary::{self, Reported, Span};
use testkit::{
    Database,
    telegram::{Person, Sent, TelegramDouble},
};

use crate::running::{Running, settings, start_over};

const QUESTION: &str = "how many call centres in Fès?";

async fn service(database: &Database) -> Service {
    let keeping = Keeping {
        questions: true,
        ..Keeping::default()
    };
    let settings = Settings {
        keeping,
        ..Settings::default()
    };
    let service = Service::open(database.store.clone(), settings)
        .await
        .unwrap();
    service.prepare().await.unwrap();
    service
}

async fn start(database: &Database, double: TelegramDouble) -> Running {
    let settings = settings(&double);
    start_over(double, settings, service(database).await)
}

async fn reported(database: &Database) -> Vec<Reported> {
    let rows = summary::reported(&database.store, Span::default()).await;
    rows.unwrap()
}

/// The message as it looks now.
fn now(person: &Person, message: &Sent) -> Sent {
    let mut seen = person.seen_in(message.chat).into_iter();
    seen.find(|sent| sent.message_id == message.message_id)
        .unwrap()
}

#[tokio::test]
async fn two_presses_mark_an_answer_and_take_the_button_away() {
    let database = testkit::database().await;
    let bot = start(&database, TelegramDouble::start().await).await;
    for (id, language, question, label, figure, thanks) in [
        (1, "en", QUESTION, "⚠ Wrong?", "Wrong figure", "Thank you"),
        (
            2,
            "fr",
            "Combien de centres d'appels à Fès ?",
            "⚠ Une erreur ?",
            "Chiffre faux",
            "Merci",
        ),
        (
            3,
            "ar",
            "كم عدد مراكز الاتصال في فاس؟",
            "⚠ خطأ؟",
            "رقم غير صحيح",
            "شكرا",
        ),
        (
            4,
            "fr",
            "شحال من سونطر دابيل كاين ف فاس؟",
            "⚠ غلط؟",
            "الرقم غالط",
            "شكرا",
        ),
        (
            5,
            "fr",
            "ch7al mn centre d'appel f Fes?",
            "⚠ Ghalat?",
            "Re9m ghalet",
            "Chokran",
        ),
    ] {
        let person = bot.double.person(id, language);
        let reply = person.ask(question).await;
        let before = reply.buttons.iter().flatten().count();
        let notice = person.press(&reply, label).await;
        assert!(notice.text.is_some(), "{language}");
        let asking = now(&person, &reply);
        assert_eq!(asking.buttons.iter().flatten().count(), before - 1 + 5);
        assert_eq!(asking.text, reply.text);
        let notice = person.press(&asking, figure).await;
        assert!(notice.text.unwrap().contains(thanks), "{language}");
        let done = now(&person, &reply);
        assert_eq!(done.buttons.iter().flatten().count(), before - 1);
        assert!(done.button("⚠").is_none());
        // What is left works as before.
        let sources = &done.buttons[0][0].text.clone();
        assert!(person.press(&done, sources).await.text.is_none());
        person.next().await;
    }
    let rows = reported(&database).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0].times, 5);
    assert_eq!(rows[0].indicator.as_deref(), Some("call_centres"));
    assert!(
        bot.double.refused().is_empty(),
        "{:?}",
        bot.double.refused()
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn pressing_again_and_again_counts_once() {
    let database = testkit::database().await;
    let bot = start(&database, TelegramDouble::start().await).await;
    let person = bot.double.person(1, "en");
    let reply = person.ask(QUESTION).await;
    person.press(&reply, "⚠").await;
    let asking = now(&person, &reply);
    let data = |label: &str| asking.button(label).unwrap().callback_data.clone().unwrap();
    for _ in 0..15 {
        for label in ["Wrong figure", "Out of date"] {
            let shown = now(&person, &reply);
            person.press_data(&shown, &data(label)).await;
        }
    }
    let rows = reported(&database).await;
    assert_eq!((rows.len(), rows[0].times), (1, 1), "{rows:?}");
    assert_eq!(person.seen().len(), 1, "no message comes of it");
    assert!(
        bot.double.refused().is_empty(),
        "{:?}",
        bot.double.refused()
    );
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn the_button_of_an_old_answer_works_after_a_restart() {
    let database = testkit::database().await;
    let bot = start(&database, TelegramDouble::start().await).await;
    let person = bot.double.person(1, "en");
    let old = person.ask(QUESTION).await;
    person.ask("how big is Fès Shore?").await;
    let (double, ended) = bot.stop().await;
    ended.unwrap();

    let bot = start(&database, double).await;
    person.press(&old, "⚠").await;
    let notice = person.press(&now(&person, &old), "Wrong figure").await;
    assert!(notice.text.unwrap().contains("Thank you"));
    let rows = reported(&database).await;
    assert_eq!(rows[0].territory.as_deref(), Some("03.231"), "{rows:?}");
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn somebody_who_marks_everything_is_asked_to_stop() {
    let database = testkit::database().await;
    let bot = start(&database, TelegramDouble::start().await).await;
    let person = bot.double.person(1, "en");
    let mut taken = 0;
    for _ in 0..12 {
        let reply = person.ask(QUESTION).await;
        person.press(&reply, "⚠").await;
        let notice = person.press(&now(&person, &reply), "Something else").await;
        match notice.text.unwrap().as_str() {
            text if text.contains("Thank you") => taken += 1,
            text => assert!(text.contains("Too many"), "{text}"),
        }
    }
    assert_eq!(taken, 10);
    assert_eq!(reported(&database).await[0].times, 10);
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn forged_references_are_declined() {
    let database = testkit::database().await;
    let bot = start(&database, TelegramDouble::start().await).await;
    let person = bot.double.person(1, "en");
    let reply = person.ask(QUESTION).await;
    for data in [
        "w.",
        "p.f.",
        "p.f.nonsense",
        "p.zz.nonsense",
        "p.f.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "p.f.' OR 1=1",
    ] {
        let notice = person.press_data(&reply, data).await;
        assert!(notice.text.unwrap().contains("earlier answer"), "{data}");
    }
    assert!(reported(&database).await.is_empty());
    bot.stop().await.1.unwrap();
}

#[tokio::test]
async fn the_question_is_kept_with_its_mark_and_without_the_person() {
    let database = testkit::database().await;
    let service = service(&database).await;
    let double = TelegramDouble::start().await;
    let bot = {
        let settings = settings(&double);
        start_over(double, settings, service.clone())
    };
    let person = bot.double.person(77_777, "en");
    let reply = person.ask(QUESTION).await;
    person.press(&reply, "⚠").await;
    person.press(&now(&person, &reply), "Wrong place").await;
    bot.stop().await.1.unwrap();
    service.write_feedback().await.unwrap();
    let kept = summary::kept(&database.store, Span::default(), 10)
        .await
        .unwrap();
    assert_eq!(kept[0].question, QUESTION);
    assert!(!format!("{kept:?}").contains("77777"), "{kept:?}");
}
