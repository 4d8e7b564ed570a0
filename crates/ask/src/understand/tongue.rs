//! The language form to reply in.

use language::{Form, Locale, Script, Token};

use crate::lexicon::{Lexicon, Meaning, NameKind};
use crate::span::{Reading, Span};

/// The form to reply in: the explicit locale, else script first, then the votes of the matched words.
pub fn reply_form(
    lexicon: &Lexicon,
    reading: &Reading,
    text: &str,
    locale: Option<Locale>,
    previous: Option<Form>,
) -> Form {
    let script = spoken_script(reading, text);
    if let Some(locale) = locale {
        return Form::new(locale, script);
    }
    let forms: &[Form] = match script {
        Script::Arabic => &[Form::Ar, Form::AryArab],
        _ => &[Form::Fr, Form::En, Form::AryLatn],
    };
    let mut votes = [0.0; Form::ALL.len()];
    // Whether a word is of Darija alone: what both say in Arabic script is standard Arabic.
    let mut marked = false;
    // A name says nothing about the language around it.
    let spoken = |span: &&Span| !span.meanings.iter().all(|m| matches!(m, Meaning::Name(_)));
    if (reading.spans.iter()).any(|span| is_english_name(lexicon, reading, span)) {
        // But where nothing else does: "Technopark Fez budget?"
        votes[Form::En as usize] += 0.5;
    }
    for span in reading.spans.iter().filter(spoken) {
        // The article before an apostrophe comes with a loan: "centre d'appel".
        let elided = |token: &&Token| text[token.end..].starts_with(['\'', '’']);
        let tokens = &reading.tokens[span.start..span.end];
        for token in tokens.iter().filter(|token| !elided(token)) {
            let shares = vote(lexicon, span, token);
            marked |= shares[Form::AryArab as usize] > 0.99;
            for (sum, vote) in votes.iter_mut().zip(shares) {
                *sum += match vote {
                    // "Dyal", "combien": what no other form says, and no loan.
                    0.99.. if grammatical(span) => 3.0,
                    0.75.. => 1.0,
                    _ => 0.0,
                };
            }
        }
    }
    for (at, token) in reading.tokens.iter().enumerate() {
        // A particle that stands alone, and is no elision: only Darija writes "ف فاس", "f Fes".
        let elided = text[token.end..].starts_with(['\'', '’', '.']);
        match token.folded.as_str() {
            "ف" | "د" => {
                votes[Form::AryArab as usize] += 1.5;
                marked = true;
            }
            "f" | "d" if !elided && at > 0 => votes[Form::AryLatn as usize] += 1.5,
            _ => {}
        }
    }
    // Of forms as likely, the one spoken before, else the first: in Latin script French is the fall-back.
    let votes = |form: &Form| votes[*form as usize];
    let mut best = previous
        .filter(|form| forms.contains(form))
        .unwrap_or(forms[0]);
    for form in forms
        .iter()
        .filter(|form| marked || **form != Form::AryArab)
    {
        if votes(form) > votes(&best) {
            best = *form;
        }
    }
    best
}

/// Whether a place is called as only English calls it: "Fez", "Morocco".
fn is_english_name(lexicon: &Lexicon, reading: &Reading, span: &Span) -> bool {
    let [token] = &reading.tokens[span.start..span.end] else {
        return false;
    };
    let own = |name: &&String| Script::of(name) == Script::Latin;
    span.meanings.iter().any(|meaning| match meaning {
        Meaning::Name(record) if record.kind == NameKind::Territory => {
            let names = lexicon.names(record.kind, &record.key).iter();
            let mut names = names.filter(own).map(|name| language::fold(name));
            let french = names.next();
            french.is_some_and(|name| name != token.folded)
                && names.next().is_some_and(|name| name == token.folded)
        }
        _ => false,
    })
}

/// Whether a span asks or binds, rather than names a thing.
fn grammatical(span: &Span) -> bool {
    let grammar = |m: &Meaning| matches!(m, Meaning::Filler | Meaning::Cue(_));
    span.meanings.iter().any(grammar)
}

/// One vote for the language of a word: as often as the forms use it; for another spelling, the forms that use what it stands
/// for; digits inside a word (ch7al, 3lach) are Darija's own.
fn vote(lexicon: &Lexicon, span: &Span, token: &Token) -> [f64; Form::ALL.len()] {
    let cue = span.meanings.iter().any(|m| matches!(m, Meaning::Cue(_)));
    if cue || span.end - span.start > 1 && grammatical(span) {
        // "Near me": French is the fall-back, so what only English says in so many words is counted for it.
        let mut forms = span.entries.iter().filter_map(|entry| lexicon.form(*entry));
        if !span.entries.is_empty() && forms.all(|form| form == Form::En) {
            let mut vote = [0.0; Form::ALL.len()];
            vote[Form::En as usize] = 1.0;
            return vote;
        }
    }
    if let Some(vote) = lexicon.vote(token) {
        return vote;
    }
    let mut vote = [0.0; Form::ALL.len()];
    if token.script == Script::Latin && digit_inside(&token.folded) {
        vote[Form::AryLatn as usize] = 1.0;
        return vote;
    }
    let used = |form: &Form| span.entries.iter().any(|e| lexicon.form(*e) == Some(*form));
    let forms: Vec<Form> = Form::ALL
        .into_iter()
        .filter(|form| form.script() == token.script && used(form))
        .collect();
    for form in &forms {
        vote[*form as usize] = 1.0 / forms.len() as f64;
    }
    vote
}

/// The script of the words that are no names: a name in Latin letters does not make an Arabic question French.
fn spoken_script(reading: &Reading, text: &str) -> Script {
    let named = |at: usize| {
        reading
            .spans
            .iter()
            .filter(|span| (span.start..span.end).contains(&at))
            .any(|span| {
                span.meanings.iter().all(|m| matches!(m, Meaning::Name(_)))
                    && !span.meanings.is_empty()
            })
    };
    let words = |script: Script| {
        let of_script =
            |(at, token): &(usize, &language::Token)| token.script == script && !named(*at);
        reading.tokens.iter().enumerate().filter(of_script).count()
    };
    match (words(Script::Arabic), words(Script::Latin)) {
        (0, 0) => Script::of(text),
        // French words in an Arabic sentence are loans; the other way round nobody writes.
        (arabic, latin) if 2 * arabic >= latin => Script::Arabic,
        _ => Script::Latin,
    }
}

fn digit_inside(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '3' | '7' | '9' | '5'))
        && word.chars().any(|c| c.is_ascii_alphabetic())
}
