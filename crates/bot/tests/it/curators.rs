//! Curators: linked by a code, told of what waits, deciding by buttons, for as long as their key is good.

use std::time::Duration;

use graphql::{Access, Call, Request, Service, Variables, Visitor};
use serde_json::{Value, json};
use store::{
    api_key::{self, Secret, Terms},
    audit_entry, proposal,
};
use testkit::{
    Database,
    telegram::{Person, Sent, TelegramDouble},
};

use crate::running::{Running, settings, start_over};

const GROUP: i64 = -100_123;
const QUESTION: &str = "how many call centres in Fès?";
const CORRECTION: &str = "/correct 42 call centres in Fès in 2025 https://journal.ma/x";

struct Scene {
    bot: Running,
    service: Service,
    database: Database,
    /// The name of the key that curates.
    prefix: String,
}

async fn scene_with(digest: Duration) -> Scene {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let secret = Secret::new([7; 4], [8; 32]);
    let terms = Terms {
        holder: "a test".into(),
        scopes: "read,curate".parse().unwrap(),
        quota: None,
        trusted_documents_only: false,
        expires_at: None,
    };
    let now = "2026-11-20T09:00:00Z".parse().unwrap();
    api_key::create(&database.store, &secret, terms, now)
        .await
        .unwrap();
    let double = TelegramDouble::start().await;
    let mut settings = settings(&double);
    settings.digest = digest;
    let bot = start_over(double, settings, service.clone());
    Scene {
        bot,
        service,
        database,
        prefix: secret.prefix().to_owned(),
    }
}

async fn scene() -> Scene {
    scene_with(Duration::from_secs(600)).await
}

impl Scene {
    /// What whoever runs the program is answered.
    async fn run(&self, document: &str, variables: Value) -> Value {
        let call = Call {
            access: Access::ReadWrite,
            request_id: "test".into(),
            visitor: Visitor::Operator,
            key: None,
        };
        let request = Request::new(document).variables(Variables::from_json(variables));
        let response = graphql::execute(&self.service, &call, request)
            .await
            .response;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        response.data.into_json().unwrap()
    }

    async fn code(&self) -> String {
        let document = "mutation C($input: CreateLinkCodeInput!) { createLinkCode(input: $input) { code userErrors { message } } }";
        let made = self
            .run(document, json!({ "input": { "keyPrefix": self.prefix } }))
            .await;
        let code = made["createLinkCode"]["code"].as_str();
        code.unwrap_or_else(|| panic!("{made}")).to_owned()
    }

    /// A curator whose account is linked.
    async fn curator(&self, id: i64) -> Person {
        let person = self.bot.double.person(id, "en");
        let linked = person.ask(&format!("/link {}", self.code().await)).await;
        assert!(linked.text.contains("Linked"), "{}", linked.text);
        person
    }

    async fn proposals(&self) -> Vec<proposal::Model> {
        let part = store::Part {
            after: None,
            before: None,
            most: 100,
            newest_first: false,
            backward: false,
        };
        let all = proposal::Wanted::default();
        let page = proposal::page(&self.database.store, &all, &part);
        page.await.unwrap()
    }

    async fn stop(self) {
        let refused = self.bot.double.refused();
        assert!(refused.is_empty(), "Telegram refused {refused:?}");
        self.bot.stop().await.1.unwrap();
    }
}

/// The message as it looks now.
fn now(person: &Person, message: &Sent) -> Sent {
    let mut seen = person.seen_in(message.chat).into_iter();
    seen.find(|sent| sent.message_id == message.message_id)
        .unwrap()
}

#[tokio::test]
async fn from_a_correction_to_another_answer_by_buttons() {
    let scene = scene_with(Duration::from_millis(50)).await;
    let curator = scene.curator(2).await;
    assert!(
        curator
            .ask("/proposals")
            .await
            .text
            .contains("No proposal waits")
    );
    let person = scene.bot.double.person(1, "en");
    person.ask(CORRECTION).await;
    person
        .ask("/correct They have moved. https://journal.ma/y")
        .await;
    assert!(person.ask(QUESTION).await.text.contains("36"));
    // All that came is told, and once: together, or one after the other.
    let mut told = 0;
    while told < 2 {
        let message = curator.next().await.text;
        if let Some((_, rest)) = message.split_once("New proposals wait for you: ") {
            let number = rest
                .split(' ')
                .next()
                .and_then(|text| text.parse::<u32>().ok());
            told += number.unwrap_or_else(|| panic!("{message}"));
        }
    }
    assert_eq!(told, 2);
    let mut shown = curator.ask("/proposals").await;
    while shown.buttons.is_empty() {
        shown = curator.next().await;
    }
    assert!(shown.text.contains("Open proposals: 2"), "{}", shown.text);
    assert!(
        shown.text.to_lowercase().contains("call centres"),
        "{}",
        shown.text
    );
    assert!(
        shown.text.contains("value") && shown.text.contains("42"),
        "{}",
        shown.text
    );
    assert!(
        shown.text.contains("Curators alone see it"),
        "{}",
        shown.text
    );
    assert_eq!(shown.links(), ["https://journal.ma/x"]);
    assert!(
        shown.raw.contains("<b>42</b>"),
        "the value stands out in its sentence: {}",
        shown.raw
    );
    curator.press(&shown, "Accept").await;
    let asking = now(&curator, &shown);
    assert!(
        asking.button("Read in the source").is_some(),
        "{:?}",
        asking.buttons
    );
    curator.press(&asking, "Back").await;
    let back = now(&curator, &shown);
    assert_eq!(back.buttons, shown.buttons);
    curator.press(&back, "Accept").await;
    curator
        .press(&now(&curator, &shown), "Read in the source")
        .await;
    let accepted = curator.next().await;
    assert!(accepted.text.contains("✓ Accepted"), "{}", accepted.text);
    assert!(now(&curator, &shown).buttons.is_empty());
    assert!(person.ask(QUESTION).await.text.contains("42"));

    // The next one comes by itself. It states no fact: it can be turned down.
    let next = curator.next().await;
    assert!(
        next.text.contains("To be read") && next.text.contains("They have moved."),
        "{}",
        next.text
    );
    assert!(next.button("Accept").is_none());
    curator.press(&next, "Reject").await;
    curator.press(&now(&curator, &next), "Another reason").await;
    assert!(curator.next().await.text.contains("Write the reason"));
    let rejected = curator.ask("Who  moved,\nis not said.").await;
    assert!(rejected.text.contains("✗ Rejected"), "{}", rejected.text);
    assert!(curator.next().await.text.contains("No proposal waits"));

    let rows = scene.proposals().await;
    let reasons: Vec<_> = rows
        .iter()
        .map(|row| row.decision_reason.clone().unwrap())
        .collect();
    assert_eq!(reasons, ["Read in the source", "Who moved, is not said."]);
    let by = |row: &proposal::Model| {
        (
            row.decided_role.unwrap().as_str(),
            row.decided_key_prefix.clone().unwrap(),
        )
    };
    assert!(
        rows.iter()
            .all(|row| by(row) == ("curator", scene.prefix.clone()))
    );
    let part = store::Part {
        after: None,
        before: None,
        most: 100,
        newest_first: true,
        backward: false,
    };
    let audit = audit_entry::page(
        &scene.database.store,
        &audit_entry::Wanted::default(),
        &part,
    )
    .await
    .unwrap();
    let doors: Vec<_> = audit
        .iter()
        .take(3)
        .map(|entry| (entry.action.as_str(), entry.door.as_str()))
        .collect();
    assert_eq!(
        doors,
        [
            ("reject", "telegram"),
            ("accept", "telegram"),
            ("create", "telegram")
        ]
    );
    scene.stop().await;
}

#[tokio::test]
async fn a_figure_is_accepted_with_another_value_and_period() {
    let scene = scene().await;
    let person = scene.bot.double.person(1, "en");
    person.ask(CORRECTION).await;
    person
        .ask("/correct They have moved. https://journal.ma/y")
        .await;
    let curator = scene.curator(2).await;
    let shown = curator.ask("/proposals").await;
    curator.press(&shown, "Accept").await;
    curator.press(&now(&curator, &shown), "Other value").await;
    assert!(curator.next().await.text.contains("43 / 2024"));
    // What could be meant in two ways is asked for again; what is no period accepts nothing.
    assert!(curator.ask("4,500").await.text.contains("43 / 2024"));
    assert!(curator.ask("43 / 2024-S9").await.text.contains("43 / 2024"));
    assert_eq!(scene.proposals().await[0].status.as_str(), "open");
    curator.press(&now(&curator, &shown), "Other value").await;
    curator.next().await;
    let accepted = curator.ask("43 / 2024").await;
    assert!(accepted.text.contains("✓ Accepted"), "{}", accepted.text);
    let answer = person.ask(QUESTION).await;
    assert!(
        answer.text.contains("43") && answer.text.contains("2024"),
        "{}",
        answer.text
    );
    let next = curator.next().await;
    let key = scene.proposals().await[1].key.clone();
    // A text to be read states no figure.
    curator.press_data(&next, &format!("dm.{key}.1")).await;
    curator.next().await;
    let refused = curator.ask("43").await;
    assert!(
        refused.text.contains("states no figure"),
        "{}",
        refused.text
    );
    assert_eq!(scene.proposals().await[0].status.as_str(), "amended");
    scene.stop().await;
}

#[tokio::test]
async fn strangers_get_nothing_by_whatever_they_press_or_write() {
    let scene = scene().await;
    let stranger = scene.bot.double.person(3, "en");
    let reply = stranger.ask(CORRECTION).await;
    let curator = scene.curator(2).await;
    let shown = curator.ask("/proposals").await;
    let key = scene.proposals().await[0].key.clone();
    let next = shown.button("Next").unwrap().callback_data.clone().unwrap();
    for data in [
        format!("da.{key}.1"),
        format!("da0.{key}.1"),
        format!("dr0.{key}.1"),
        format!("daw.{key}.1"),
        format!("db.{key}.1"),
        format!("dm.{key}.1"),
        next.clone(),
        "dn.AAAA".to_owned(),
    ] {
        let notice = stranger.press_data(&reply, &data).await.text.unwrap();
        assert!(notice.contains("for curators"), "{data}: {notice}");
        // Nor under a message of the curator's, should it be forwarded or forged.
        let notice = stranger.press_data(&shown, &data).await.text.unwrap();
        assert!(notice.contains("earlier answer"), "{data}: {notice}");
    }
    assert!(
        stranger
            .ask("/proposals")
            .await
            .text
            .contains("for curators")
    );
    assert!(stranger.ask("/unlink").await.text.contains("not linked"));
    assert!(
        stranger
            .ask("/link")
            .await
            .text
            .contains("bab curator code")
    );
    assert_eq!(scene.proposals().await[0].status.as_str(), "open");
    assert_eq!(now(&curator, &shown).buttons, shown.buttons);
    // The curator's own forgeries fail as well: a version that is not there, a place in no list.
    let notice = curator.press_data(&shown, "dn.AAAA").await;
    assert!(notice.text.is_none());
    assert!(curator.next().await.text.contains("could not"));
    curator.press_data(&shown, &format!("da0.{key}.7")).await;
    let stale = curator.next().await;
    assert!(
        stale.text.contains("Not decided") && stale.text.contains("version 1"),
        "{}",
        stale.text
    );
    assert_eq!(scene.proposals().await[0].status.as_str(), "open");
    scene.stop().await;
}

#[tokio::test]
async fn a_press_on_what_was_decided_meanwhile_says_so() {
    let scene = scene().await;
    scene.bot.double.person(1, "en").ask(CORRECTION).await;
    let curator = scene.curator(2).await;
    let shown = curator.ask("/proposals").await;
    let key = scene.proposals().await[0].key.clone();
    let reject = "mutation R($input: RejectProposalInput!) { rejectProposal(input: $input) { userErrors { message } } }";
    let input = json!({ "input": { "key": key, "expectedVersion": 1, "reason": "no" } });
    scene.run(reject, input).await;
    curator.press(&shown, "Accept").await;
    curator.press(&now(&curator, &shown), "Confirmed").await;
    let told = curator.next().await;
    assert!(
        told.text.contains("Not decided") && told.text.contains("rejected already"),
        "{}",
        told.text
    );
    assert!(curator.next().await.text.contains("No proposal waits"));
    assert!(now(&curator, &shown).buttons.is_empty());
    let notice = curator
        .press_data(&now(&curator, &shown), &format!("da0.{key}.1"))
        .await;
    assert!(notice.text.unwrap().contains("decided already"));
    scene.stop().await;
}

#[tokio::test]
async fn the_rights_end_with_the_key_and_with_unlink() {
    let scene = scene().await;
    scene.bot.double.person(1, "en").ask(CORRECTION).await;
    let (first, second) = (scene.curator(2).await, scene.curator(3).await);
    let shown = first.ask("/proposals").await;
    assert!(first.ask("/unlink").await.text.contains("Unlinked"));
    let notice = first.press(&shown, "Accept").await;
    assert!(notice.text.unwrap().contains("for curators"));
    let shown = second.ask("/proposals").await;
    second.press(&shown, "Reject").await;
    second.press(&now(&second, &shown), "Another reason").await;
    assert!(second.next().await.text.contains("Write the reason"));
    let ended = "2026-11-23T00:00:00Z".parse().unwrap();
    api_key::revoke(&scene.database.store, &scene.prefix, ended)
        .await
        .unwrap();
    // Half-way through, it holds already.
    assert!(
        second
            .ask("it is wrong")
            .await
            .text
            .contains("for curators")
    );
    let notice = second.press(&now(&second, &shown), "Known already").await;
    assert!(notice.text.unwrap().contains("for curators"));
    assert!(second.ask("/proposals").await.text.contains("for curators"));
    assert_eq!(scene.proposals().await[0].status.as_str(), "open");
    assert!(
        store::curator::all(&scene.database.store)
            .await
            .unwrap()
            .is_empty()
    );
    scene.stop().await;
}

#[tokio::test]
async fn a_code_is_good_once_and_guesses_are_few() {
    let scene = scene().await;
    let code = scene.code().await;
    let guesser = scene.bot.double.person(4, "en");
    for _ in 0..5 {
        let reply = guesser.ask("/link 0000-0000-0000").await;
        assert!(reply.text.contains("No such code"), "{}", reply.text);
    }
    let reply = guesser.ask(&format!("/link {code}")).await;
    assert!(reply.text.contains("Too many codes"), "{}", reply.text);
    let curator = scene.bot.double.person(5, "en");
    assert!(
        curator
            .ask(&format!("/link {code}"))
            .await
            .text
            .contains("Linked")
    );
    let other = scene.bot.double.person(6, "en");
    assert!(
        other
            .ask(&format!("/link {code}"))
            .await
            .text
            .contains("No such code")
    );
    assert!(
        other
            .ask(&format!("/link {}", "x".repeat(4000)))
            .await
            .text
            .contains("No such code")
    );
    scene.stop().await;
}

#[tokio::test]
async fn in_a_group_a_code_ends_and_nothing_is_shown() {
    let scene = scene().await;
    let code = scene.code().await;
    let curator = scene.bot.double.person(5, "en");
    curator.say_in_group(GROUP, &format!("/link {code}"));
    let told = curator.nth_in(GROUP, 0).await;
    assert!(told.text.contains("no longer"), "{}", told.text);
    assert!(
        curator
            .ask(&format!("/link {code}"))
            .await
            .text
            .contains("No such code")
    );
    let linked = scene.curator(7).await;
    linked.ask(CORRECTION).await;
    linked.say_in_group(GROUP, "/proposals");
    let told = linked.nth_in(GROUP, 1).await;
    assert!(
        told.text.contains("private chat") && !told.text.contains("42"),
        "{}",
        told.text
    );
    scene.stop().await;
}

#[tokio::test]
async fn what_strangers_wrote_is_no_markup_before_a_curator() {
    let scene = scene().await;
    let texts = [
        "<b>There</b> are 42 call centres in Fès in 2025 </blockquote><a href=\"https://evil.ma\">x</a> &amp;".to_owned(),
        "<b>They</b> *have* [moved](https://evil.ma) \u{202e}oT\u{202c} </blockquote>".to_owned(),
        format!("There are 43 call centres in Fès in 2024{}.", " و".repeat(1_500)),
        "😀".repeat(2_000),
    ];
    for (id, text) in (10..).zip(&texts) {
        let link = format!("https://a{id}.ma/x&y='<'");
        let link = link.replace('<', "%3C").replace('>', "%3E");
        scene
            .bot
            .double
            .person(id, "ar")
            .ask(&format!("/correct {text} {link}"))
            .await;
    }
    let curator = scene.curator(2).await;
    let mut shown = curator.ask("/proposals").await;
    let mut seen = 0;
    while let Some(next) = shown.button("Next").cloned() {
        seen += 1;
        assert!(!shown.text.contains('\u{202e}'));
        assert!(
            shown.links().iter().all(|link| !link.contains("evil")),
            "{:?}",
            shown.links()
        );
        assert!(shown.text.encode_utf16().count() <= 4096);
        curator
            .press_data(&shown, &next.callback_data.unwrap())
            .await;
        shown = curator.next().await;
    }
    assert!(seen >= texts.len(), "{seen}");
    assert!(
        shown.text.contains("That was the last one"),
        "{}",
        shown.text
    );
    scene.stop().await;
}
