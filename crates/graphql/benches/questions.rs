//! `make eval`: asks every question set and prints, for each language form, how many answers are right, abstained and wrong, and
//! how long they take. Arguments: language forms (all by default), a file to write every answer that is not right to, and folders
//! with question sets to ask instead of the shipped ones.

use std::{collections::BTreeMap, fmt::Write as _, time::Instant};

use graphql::{Access, Call, Request, Service, Variables, Visitor};
use serde_json::{Value, json};
use testkit::questions::{FORMS, Set, Verdict, invented};

/// Answers of one kind or one form, counted.
#[derive(Default)]
struct Tally {
    right: usize,
    abstained: usize,
    wrong: usize,
}

impl Tally {
    fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Abstained(_) => self.abstained += 1,
            Verdict::Wrong(_) => self.wrong += 1,
        }
    }

    fn all(&self) -> usize {
        self.right + self.abstained + self.wrong
    }

    /// Per cent of a part.
    fn share(&self, part: usize) -> f64 {
        100.0 * part as f64 / self.all().max(1) as f64
    }

    /// +1 for right, 0 for abstained, −10 for wrong; the mean, in per cent.
    fn score(&self) -> f64 {
        100.0 * (self.right as f64 - 10.0 * self.wrong as f64) / self.all().max(1) as f64
    }
}

#[derive(Default)]
struct Evaluation {
    /// Answerable questions by expected kind, `-` where the set does not say.
    kinds: BTreeMap<String, Tally>,
    answerable: Tally,
    /// Questions whose right outcome is an abstention.
    abstentions: Tally,
    /// Questions that must not be answered.
    nothing: Tally,
    turns: Tally,
    /// Replies in another language than the question's.
    tongues: usize,
    invented: usize,
    microseconds: Vec<u128>,
    /// SQL statements of all answers.
    statements: u64,
    report: String,
}

impl Evaluation {
    async fn ask(
        &mut self,
        service: &Service,
        form: &str,
        question: &str,
        token: Option<&str>,
    ) -> Value {
        let variables = json!({ "question": question, "conversation": token });
        let request =
            Request::new(graphql::ASK_DOCUMENT).variables(Variables::from_json(variables));
        let call = Call {
            access: Access::ReadWrite,
            request_id: String::new(),
            visitor: Visitor::Operator,
            key: None,
        };
        let (begun, before) = (Instant::now(), service.statements());
        let reply = graphql::execute(service, &call, request).await;
        self.microseconds.push(begun.elapsed().as_micros());
        self.statements += service.statements() - before;
        let answer = reply
            .response
            .data
            .into_json()
            .map_or(Value::Null, |mut data| data["ask"].take());
        // Both scripts of Darija are one locale.
        let tongue = form.split('_').next().unwrap_or(form).to_uppercase();
        if answer["locale"] != tongue.as_str() {
            self.tongues += 1;
            self.note("LANGUAGE", question, &answer["locale"].to_string(), &answer);
        }
        let invented = invented(&answer, question);
        self.invented += invented.len();
        if !invented.is_empty() {
            self.note("INVENTED", question, &invented.join(" "), &answer);
        }
        answer
    }

    fn verdict(&mut self, question: &str, verdict: &Verdict, answer: &Value) {
        match verdict {
            Verdict::Right => {}
            Verdict::Abstained(why) => self.note("abstained", question, why, answer),
            Verdict::Wrong(why) => self.note("WRONG", question, why, answer),
        }
    }

    fn note(&mut self, mark: &str, question: &str, why: &str, answer: &Value) {
        let (understood, text) = (&answer["understood"], &answer["text"]);
        let _ = writeln!(
            self.report,
            "{mark}\t{question}\t{why}\t{understood}\t{text}"
        );
    }

    async fn run(service: &Service, name: &str, form: &str) -> Self {
        let mut evaluation = Self::default();
        let set = Set::read(name, form);
        for case in &set.case {
            let answer = evaluation.ask(service, form, &case.question, None).await;
            let verdict = case.judge(&answer);
            evaluation.verdict(&case.question, &verdict, &answer);
            if case.is_answerable() {
                evaluation.answerable.add(&verdict);
                let kind = case.kind.clone().unwrap_or_else(|| "-".into());
                evaluation.kinds.entry(kind).or_default().add(&verdict);
            } else {
                evaluation.abstentions.add(&verdict);
            }
        }
        for nothing in &set.none {
            let answer = evaluation.ask(service, form, &nothing.question, None).await;
            let verdict = nothing.judge(&answer);
            evaluation.verdict(&nothing.question, &verdict, &answer);
            evaluation.nothing.add(&verdict);
        }
        for conversation in &set.conversation {
            let mut token: Option<String> = None;
            for turn in &conversation.turn {
                let answer = evaluation
                    .ask(service, form, &turn.question, token.as_deref())
                    .await;
                let verdict = turn.judge(&answer);
                evaluation.verdict(&format!("… {}", turn.question), &verdict, &answer);
                evaluation.turns.add(&verdict);
                token = answer["conversation"].as_str().map(str::to_owned);
            }
        }
        evaluation.microseconds.sort_unstable();
        evaluation
    }

    /// The time that `percent` of the answers stay under, in milliseconds.
    fn time(&self, percent: usize) -> f64 {
        let at = (self.microseconds.len() * percent / 100)
            .min(self.microseconds.len().saturating_sub(1));
        self.microseconds.get(at).copied().unwrap_or_default() as f64 / 1000.0
    }

    fn print(&self, name: &str, form: &str) {
        let Self {
            answerable,
            abstentions,
            nothing,
            turns,
            ..
        } = self;
        println!(
            "{name:<14} {form:<9} {:>4} {:>7.1} {:>7.1} {:>7.1} {:>7.1} | {:>4} {:>7.1} | {:>4} {:>7.1} | {:>4} {:>7.1} | {:>4} {:>4} | {:>6.2} {:>6.2} | {:>4.1}",
            answerable.all(),
            answerable.share(answerable.right),
            answerable.share(answerable.abstained),
            answerable.share(answerable.wrong),
            answerable.score(),
            abstentions.all(),
            abstentions.share(abstentions.right),
            nothing.all(),
            nothing.share(nothing.wrong),
            turns.all(),
            turns.share(turns.right),
            self.invented,
            self.tongues,
            self.time(50),
            self.time(99),
            self.statements as f64 / self.microseconds.len().max(1) as f64,
        );
    }

    fn print_kinds(&self) {
        for (kind, tally) in &self.kinds {
            if tally.right < tally.all() {
                println!(
                    "{:<24}   {kind}: {} right, {} abstained, {} wrong",
                    "", tally.right, tally.abstained, tally.wrong
                );
            }
        }
    }
}

#[tokio::main]
async fn main() {
    let (forms, files): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .partition(|argument| FORMS.contains(&argument.as_str()));
    let (sets, files): (Vec<String>, Vec<String>) = files
        .into_iter()
        .partition(|path| std::path::Path::new(path).is_dir());
    let sets = if sets.is_empty() { Set::names() } else { sets };
    let service = testkit::service().await;
    let mut report = String::new();
    println!(
        "{:<24} answerable: n, right, abstained, wrong, score | abstain: n, right | must not answer: n, false | turns: n, right | invented, other language | p50, p99 ms | SQL",
        ""
    );
    for name in &sets {
        for form in FORMS {
            if !forms.is_empty() && !forms.iter().any(|asked| asked == form) {
                continue;
            }
            let evaluation = Evaluation::run(&service, name, form).await;
            evaluation.print(name, form);
            evaluation.print_kinds();
            let _ = writeln!(report, "# {name} {form}\n{}", evaluation.report);
        }
    }
    if let Some(file) = files.first() {
        std::fs::write(file, report).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}
