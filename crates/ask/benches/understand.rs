//! How long understanding takes: over every question of the sets, and over texts of growing length. Prints milliseconds and ratios; then
//! measures one question of each language form at length.

#[path = "../tests/it/names.rs"]
mod names;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ask::{Lexicon, Question, operation};
use criterion::Criterion;
use names::LEXICON;

fn main() {
    let begun = Instant::now();
    let lexicon: &Lexicon = &LEXICON;
    println!(
        "lexicon of {} names: {:.1?}",
        lexicon.len(),
        begun.elapsed()
    );

    let questions = questions();
    for question in &questions {
        time(question);
    }
    let mut times: Vec<Duration> = questions.iter().map(|question| time(question)).collect();
    times.sort_unstable();
    let at = |percent: usize| 1e3 * times[(times.len() - 1) * percent / 100].as_secs_f64();
    println!(
        "{} questions: p50 {:.3} ms, p99 {:.3} ms, longest {:.3} ms",
        times.len(),
        at(50),
        at(99),
        at(100)
    );

    // Doubling a text may at most double the time; noise aside.
    for unit in [
        "a ",
        "f ",
        "9 ",
        "فاس ",
        "centrs dapel ",
        "combien de centres d'appels à Fès ",
        "ch7al mn sontr ",
        "x",
        "1 000 ",
        "\u{202e}ف ",
    ] {
        let text = |length: usize| -> String { unit.chars().cycle().take(length).collect() };
        let (half, whole) = (best(&text(450)), best(&text(900)));
        println!(
            "{unit:?}: 450 characters {:.3} ms, 900 {:.3} ms, ratio {:.2}",
            1e3 * half,
            1e3 * whole,
            whole / half
        );
    }

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("understanding");
    for (form, question) in [
        ("fr", "combien de centres d'appels à Fès ?"),
        ("en", "how many call centres in Fès?"),
        ("ar", "كم عدد مراكز الاتصال في فاس؟"),
        ("ary_arab", "شحال من سونطر دابيل كاين ف فاس؟"),
        ("ary_latn", "ch7al mn centre d'appel f Fes?"),
    ] {
        group.bench_function(form, |bencher| bencher.iter(|| time(question)));
    }
    group.finish();
}

fn time(question: &str) -> Duration {
    let question = Question {
        text: question,
        locale: None,
        conversation: None,
        location: None,
    };
    let begun = Instant::now();
    std::hint::black_box(operation(&LEXICON, &question, now()));
    begun.elapsed()
}

/// The shortest of several times, in seconds.
fn best(text: &str) -> f64 {
    (0..15)
        .map(|_| time(text).as_secs_f64())
        .fold(f64::INFINITY, f64::min)
}

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-11-23T12:00:00Z".parse().expect("an instant")
}

/// Every question of the sets, cases only.
fn questions() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/questions");
    let mut questions = Vec::new();
    for set in fs::read_dir(folder).expect("question sets").flatten() {
        for file in fs::read_dir(set.path()).expect("a set").flatten() {
            let text = fs::read_to_string(file.path()).expect("a file of questions");
            questions.extend(
                text.lines()
                    .filter_map(|line| line.strip_prefix("question = "))
                    .map(|quoted| quoted.trim_matches(['"', '\'']).to_owned()),
            );
        }
    }
    questions
}
