//! The question sets, asked through the schema on the real data: what may be said, and what must not.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::questions::{Set, Verdict, invented};

use crate::data_with;

struct Asker {
    service: graphql::Service,
    /// What is wrong with the answers so far, a line each.
    wrong: Vec<String>,
    abstained: Vec<String>,
    right: usize,
    /// Questions offered instead of an answer.
    offered: BTreeSet<String>,
}

impl Asker {
    async fn ask(&mut self, question: &str, conversation: Option<&str>) -> Value {
        let variables = json!({ "question": question, "conversation": conversation });
        let mut data = data_with(&self.service, graphql::ASK_DOCUMENT, variables).await;
        let answer = data["ask"].take();
        if answer["status"] != "ANSWERED" {
            let offered = answer["suggestions"].as_array().into_iter().flatten();
            self.offered
                .extend(offered.filter_map(Value::as_str).map(str::to_owned));
        }
        for number in invented(&answer, question) {
            let text = &answer["text"];
            self.wrong
                .push(format!("{question}: nothing carries {number} — {text}"));
        }
        answer
    }

    fn count(&mut self, question: &str, verdict: Verdict, answer: &Value) {
        let text = &answer["text"];
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Abstained(why) => self.abstained.push(format!("{question}: {why} — {text}")),
            Verdict::Wrong(why) => self.wrong.push(format!("{question}: {why} — {text}")),
        }
    }
}

async fn all_questions(name: &str, form: &str) -> Asker {
    let mut asker = Asker {
        service: testkit::service().await,
        wrong: Vec::new(),
        abstained: Vec::new(),
        right: 0,
        offered: BTreeSet::new(),
    };
    let set = Set::read(name, form);
    for case in &set.case {
        let answer = asker.ask(&case.question, None).await;
        asker.count(&case.question, case.judge(&answer), &answer);
    }
    for nothing in &set.none {
        let answer = asker.ask(&nothing.question, None).await;
        asker.count(&nothing.question, nothing.judge(&answer), &answer);
    }
    for conversation in &set.conversation {
        let mut token: Option<String> = None;
        for turn in &conversation.turn {
            let answer = asker.ask(&turn.question, token.as_deref()).await;
            asker.count(&turn.question, turn.judge(&answer), &answer);
            token = answer["conversation"].as_str().map(str::to_owned);
        }
    }
    for offered in std::mem::take(&mut asker.offered) {
        let answer = asker.ask(&offered, None).await;
        if answer["status"] != "ANSWERED" {
            asker.wrong.push(format!(
                "{offered}: offered, and not answered — {}",
                answer["text"]
            ));
        }
    }
    asker
}

/// Of a set at least this share is right, and at most this share is wrong, in per cent.
struct Bounds {
    right: usize,
    wrong: usize,
}

/// One question for each kind and rule: all of them hold.
const SPECIFICATION: Bounds = Bounds {
    right: 100,
    wrong: 0,
};

/// Questions written by people who had not seen the lexicon: to be tightened, never loosened.
const PEOPLE: Bounds = Bounds {
    right: 85,
    wrong: 2,
};

macro_rules! forms {
    ($($form:ident),+) => {$(
        #[tokio::test]
        async fn $form() {
            for (name, bounds) in [("specification", SPECIFICATION), ("people", PEOPLE)] {
                let asker = all_questions(name, stringify!($form)).await;
                let all = asker.right + asker.abstained.len() + asker.wrong.len();
                println!("{name}, {}: {} of {all} right", stringify!($form), asker.right);
                println!("wrong:\n{}\nabstained:\n{}", asker.wrong.join("\n"), asker.abstained.join("\n"));
                assert!(asker.wrong.len() * 100 <= all * bounds.wrong, "{} wrong answers, listed above", asker.wrong.len());
                assert!(asker.right * 100 >= all * bounds.right, "{} of {all} right, the others are listed above", asker.right);
            }
        }
    )+};
}

forms!(fr, en, ar, ary_arab, ary_latn);
