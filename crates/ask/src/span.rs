//! A sentence cut into typed spans, and the words that nothing accounts for.

mod aside;

use aside::{Asides, Clause, asides, clauses};
use chrono::{DateTime, Datelike, Utc};
use language::{NumberSpan, PeriodPhrase, Today, Token, tokenize};

use crate::lexicon::{Comparator, Cue, Found, Lexicon, Meaning, cover};

/// A run of tokens and everything it can mean.
#[derive(Clone, Debug)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub meanings: Vec<Meaning>,
    pub entries: Vec<u32>,
    pub number: Option<NumberSpan>,
    pub period: Option<PeriodPhrase>,
}

/// The whole sentence, read.
#[derive(Clone, Debug)]
pub struct Reading {
    pub tokens: Vec<Token>,
    pub spans: Vec<Span>,
    /// Words as written that no span covers.
    pub uncovered: Vec<String>,
    /// Token positions of those words.
    pub uncovered_at: Vec<usize>,
    /// Every number of the sentence, also those inside a spelling ("the third destination").
    pub numbers: Vec<NumberSpan>,
    /// A misspelt piece as written, and what it was taken for.
    pub corrections: Vec<(String, String)>,
    /// Token positions of numbers with a sign that bounds them, and how: "+50", "50+", "> 50", "≤ 9".
    pub signed: Vec<(usize, Comparator)>,
    /// Which tokens only tell about the asker: "I am writing an article, …". Nothing there restricts what is asked.
    pub asides: Vec<bool>,
    /// Which of them say what the asker is, and where: "journaliste à Lyon : …". No place there is one that is asked about.
    pub preamble: Vec<bool>,
}

enum Piece {
    Spelling(Found),
    Number(NumberSpan),
    Period(usize, usize, PeriodPhrase),
}

/// Reads a sentence. Linear in its length.
pub fn read(lexicon: &Lexicon, text: &str, now: DateTime<Utc>) -> Reading {
    let tokens = tokenize(text);
    let today = Today {
        year: now.year(),
        month: u8::try_from(now.month()).unwrap_or(1),
        day: u8::try_from(now.day()).unwrap_or(1),
    };
    let ends = ends(text, &tokens);
    let found = lexicon.find(&tokens, &ends);
    let articled = found
        .iter()
        .filter_map(|found| articled(lexicon, text, &tokens, found));
    let mut pieces: Vec<Piece> = articled.map(Piece::Spelling).collect();
    pieces.extend(found.into_iter().map(Piece::Spelling));
    pieces.extend(language::numbers(&tokens).into_iter().map(Piece::Number));
    // "Et avant, en 2016 ?": in that year, and not before it.
    let parted = |p: &language::PeriodSpan| {
        let bound = matches!(p.phrase, PeriodPhrase::Before(_) | PeriodPhrase::After(_));
        bound && ends[p.start] == p.start + 1
    };
    pieces.extend(
        language::periods(&tokens, today)
            .into_iter()
            .filter(|p| !parted(p))
            .map(|p| Piece::Period(p.start, p.end, p.phrase)),
    );
    let clauses = clauses(lexicon, text, &tokens);
    let taken = choose(lexicon, tokens.len(), &pieces);
    let unknown = unknown(lexicon, &tokens, &pieces, &taken, &clauses);
    if !unknown.iter().any(|u| *u) {
        return assemble(lexicon, text, tokens, &pieces, &taken, &clauses);
    }
    let sure = pieces.len();
    pieces.extend(
        lexicon
            .find_corrected(&tokens, &ends, &unknown)
            .into_iter()
            .map(Piece::Spelling),
    );
    let corrected = choose(lexicon, tokens.len(), &pieces);
    // Corrections are believed only where they explain the whole sentence: half a guess is none.
    if self::unknown(lexicon, &tokens, &pieces, &corrected, &clauses)
        .iter()
        .any(|u| *u)
    {
        pieces.truncate(sure);
        return assemble(lexicon, text, tokens, &pieces, &taken, &clauses);
    }
    assemble(lexicon, text, tokens, &pieces, &corrected, &clauses)
}

/// For each token, where a spelling that begins there ends at the latest: "Fès, Meknès" is not "Fès-Meknès".
pub(crate) fn ends(text: &str, tokens: &[Token]) -> Vec<usize> {
    const STOPS: [char; 8] = [',', ';', ':', '!', '?', '،', '؛', '؟'];
    let mut ends = vec![tokens.len(); tokens.len()];
    for at in (1..tokens.len()).rev() {
        let stopped = text[tokens[at - 1].end..tokens[at].start].contains(STOPS);
        ends[at - 1] = if stopped { at } else { ends[at] };
    }
    ends
}

/// "L'Université Euromed": a name with the article elided before it, so that "l'université" takes no part of it.
fn articled(lexicon: &Lexicon, text: &str, tokens: &[Token], found: &Found) -> Option<Found> {
    let start = found.start.checked_sub(1)?;
    let gap = &text[tokens[start].end..tokens[found.start].start];
    let elided = tokens[start].folded == "l" && matches!(gap, "'" | "’");
    let names = |entry: &u32| matches!(lexicon.meaning(*entry), Meaning::Name(_));
    (elided && found.entries.iter().all(names)).then(|| Found {
        start,
        ..found.clone()
    })
}

fn choose(lexicon: &Lexicon, length: usize, pieces: &[Piece]) -> Vec<usize> {
    let spans: Vec<(usize, usize, u32)> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Spelling(found) => (found.start, found.end, found.cost + worth(lexicon, found)),
            Piece::Number(number) => (number.start, number.end, if number.weak { 4 } else { 1 }),
            Piece::Period(start, end, _) => (*start, *end, 0),
        })
        .collect();
    cover(length, &spans)
}

/// What choosing a spelling costs by its meaning: a function word gives way to a word of the domain, and a word that means
/// nothing here to any that does.
fn worth(lexicon: &Lexicon, found: &Found) -> u32 {
    if lexicon.is_outside(found) {
        8
    } else if lexicon.is_filler(found) {
        3
    } else {
        0
    }
}

fn unknown(
    lexicon: &Lexicon,
    tokens: &[Token],
    pieces: &[Piece],
    taken: &[usize],
    clauses: &[Clause],
) -> Vec<bool> {
    let Asides { excused, .. } = asides(lexicon, tokens.len(), pieces, taken, clauses);
    let mut unknown: Vec<bool> = tokens
        .iter()
        .zip(&excused)
        .map(|(token, excused)| !excused && !is_particle(token))
        .collect();
    for index in taken {
        let (start, end) = match &pieces[*index] {
            Piece::Spelling(found) if lexicon.is_outside(found) => continue,
            Piece::Spelling(found) => (found.start, found.end),
            Piece::Number(number) => (number.start, number.end),
            Piece::Period(start, end, _) => (*start, *end),
        };
        unknown[start..end].fill(false);
    }
    unknown
}

/// A single letter left by an elision or a glued particle: never a content word.
fn is_particle(token: &Token) -> bool {
    token.folded.chars().count() == 1 && !token.is_numeric()
}

fn assemble(
    lexicon: &Lexicon,
    text: &str,
    tokens: Vec<Token>,
    pieces: &[Piece],
    taken: &[usize],
    clauses: &[Clause],
) -> Reading {
    let unknown = unknown(lexicon, &tokens, pieces, taken, clauses);
    let Asides {
        asides, preamble, ..
    } = asides(lexicon, tokens.len(), pieces, taken, clauses);
    let mut spans = Vec::new();
    let mut corrections = Vec::new();
    for index in taken {
        if matches!(&pieces[*index], Piece::Spelling(found) if lexicon.is_outside(found)) {
            continue;
        }
        spans.push(match &pieces[*index] {
            Piece::Spelling(found) => {
                if let Some(believed) = &found.corrected {
                    let written: Vec<&str> = tokens[found.start..found.end]
                        .iter()
                        .map(|t| t.text.as_str())
                        .collect();
                    corrections.push((written.join(" "), shown(lexicon, found, believed)));
                }
                let mut meanings: Vec<Meaning> = found
                    .entries
                    .iter()
                    .map(|e| lexicon.meaning(*e).clone())
                    .collect();
                if meanings.contains(&Meaning::Cue(Cue::Who))
                    && heads_inside(lexicon, pieces, found)
                {
                    meanings.push(Meaning::Concept("head".into()));
                }
                meanings.extend(inside(lexicon, pieces, found));
                if meanings.iter().any(|m| *m != Meaning::Filler) {
                    meanings.retain(|m| *m != Meaning::Filler);
                }
                Span {
                    start: found.start,
                    end: found.end,
                    meanings,
                    entries: found.entries.clone(),
                    number: None,
                    period: None,
                }
            }
            Piece::Number(number) => Span {
                start: number.start,
                end: number.end,
                meanings: Vec::new(),
                entries: Vec::new(),
                number: Some(*number),
                period: None,
            },
            Piece::Period(start, end, phrase) => Span {
                start: *start,
                end: *end,
                meanings: Vec::new(),
                entries: Vec::new(),
                number: None,
                period: Some(*phrase),
            },
        });
    }
    at_work(lexicon, &tokens, &mut spans);
    let uncovered_at: Vec<usize> = unknown
        .iter()
        .enumerate()
        .filter(|(_, u)| **u)
        .map(|(at, _)| at)
        .collect();
    let uncovered = uncovered_at
        .iter()
        .map(|at| tokens[*at].text.clone())
        .collect();
    Reading {
        signed: signed(text, &tokens),
        numbers: language::numbers(&tokens),
        tokens,
        spans,
        uncovered,
        uncovered_at,
        corrections,
        asides,
        preamble,
    }
}

/// "Combien de centres d'appels travaillent à Fès", "شحال من سونطر كيخدمو": what companies do who are counted, and no jobs. The words are
/// those that the lexicon has as function words too.
fn at_work(lexicon: &Lexicon, tokens: &[Token], spans: &mut [Span]) {
    let companies = |m: &Meaning| match m {
        Meaning::Indicator(key) => is_listed(key) && key != "universities",
        Meaning::Measure(measure) => measure == "companies",
        Meaning::Concept(concept) => matches!(concept.as_str(), "operators" | "organisations"),
        _ => false,
    };
    let quantity = |m: &Meaning| matches!(m, Meaning::Measure(_) | Meaning::Indicator(_));
    // Where what companies do would stand; an "and" parts it from them.
    let mut behind = None;
    for span in spans {
        let first = tokens[span.start].folded.as_str();
        let joined = first.starts_with('و') || lexicon.is_joining(first);
        let behind_them = behind == Some(span.start) && !joined;
        let says = |meaning: Meaning| span.entries.iter().any(|e| *lexicon.meaning(*e) == meaning);
        if behind_them && span.meanings.iter().any(quantity) && says(Meaning::Filler) {
            span.meanings = vec![Meaning::Filler];
        }
        let filler = span.meanings == [Meaning::Filler];
        behind = (span.meanings.iter().any(companies) || behind_them && filler).then_some(span.end);
    }
}

/// Numbers that a sign beside them bounds; a percentage with a plus is a growth.
fn signed(text: &str, tokens: &[Token]) -> Vec<(usize, Comparator)> {
    let side = |at: usize| {
        let token = &tokens[at];
        let before = text[..token.start].trim_end().chars().next_back();
        let after = text[token.end..].chars().next();
        let percent = text[token.end..].trim_start().starts_with('%');
        match (before, after) {
            (Some('>'), _) => Some(Comparator::More),
            (Some('<'), _) => Some(Comparator::Less),
            (Some('≥'), _) | (_, Some('+')) => Some(Comparator::AtLeast),
            (Some('≤'), _) => Some(Comparator::AtMost),
            (Some('+'), _) if !percent && text[..token.start].ends_with('+') => {
                Some(Comparator::More)
            }
            _ => None,
        }
    };
    (0..tokens.len())
        .filter(|at| tokens[*at].is_numeric())
        .filter_map(|at| side(at).map(|side| (at, side)))
        .collect()
}

/// What a longer spelling has inside: the region of "in which region", the budget of "how much budget", the segment of "share of
/// CRM in the exports".
fn inside(lexicon: &Lexicon, pieces: &[Piece], asking: &Found) -> Vec<Meaning> {
    // "الجهة المشغلة", the body that runs it, is no region and no jobs.
    let asks = |entry: &u32| matches!(lexicon.meaning(*entry), Meaning::Cue(cue) if cue.asks() && *cue != Cue::Who);
    let measures = |entry: &u32| matches!(lexicon.meaning(*entry), Meaning::Indicator(_));
    let counted =
        |entry: &u32| matches!(lexicon.meaning(*entry), Meaning::Indicator(key) if is_listed(key));
    let counted = asking.entries.iter().all(counted);
    let (asks, measures) = (
        asking.entries.iter().all(asks),
        asking.entries.iter().all(measures),
    );
    // "Moroccan companies": the companies as well as where they are from.
    let comes = |entry: &u32| matches!(lexicon.meaning(*entry), Meaning::Country(_));
    let comes = asking.entries.iter().all(comes);
    let orders = |entry: &u32| {
        matches!(
            lexicon.meaning(*entry),
            Meaning::Cue(Cue::Top | Cue::Bottom)
        )
    };
    let orders = asking.entries.iter().all(orders);
    let where_ = |entry: &u32| *lexicon.meaning(*entry) == Meaning::Cue(Cue::Where);
    let where_ = asking.entries.iter().all(where_);
    let weighs = |entry: &u32| *lexicon.meaning(*entry) == Meaning::Cue(Cue::Comparison);
    let weighs = asking.entries.iter().all(weighs);
    let employs = |entry: &u32| *lexicon.meaning(*entry) == Meaning::Concept("employers".into());
    let employs = asking.entries.iter().all(employs);
    if asking.end - asking.start < 2 || !(asks || measures || comes || employs) {
        return Vec::new();
    }
    let of_census =
        |e: &u32| matches!(lexicon.meaning(*e), Meaning::Indicator(key) if key.starts_with("hcp_"));
    let census = asking.entries.iter().any(of_census);
    // French "location" is a rent, and no part of English "location of".
    let spoken = |entry: &u32| {
        let form = lexicon.form(*entry);
        form.is_none() || asking.entries.iter().any(|own| lexicon.form(*own) == form)
    };
    let mut found: Vec<Meaning> = Vec::new();
    for piece in pieces {
        let Piece::Spelling(inner) = piece else {
            continue;
        };
        if inner.start < asking.start || inner.end > asking.end || inner.corrected.is_some() {
            continue;
        }
        for entry in inner.entries.iter().filter(|entry| spoken(entry)) {
            let meaning = lexicon.meaning(*entry);
            let told = match meaning {
                Meaning::Measure(measure) if measure == "companies" => asks || comes,
                // "كبر پارك", the largest park; "dans quel parc".
                Meaning::Concept(concept) if concept == "parks" => orders || where_,
                // "Who employs the most people": who, and the most.
                Meaning::Cue(Cue::Who) => orders || employs,
                // "فين رخيص", "which is cheaper": compared, and the lowest.
                Meaning::Cue(Cue::Top | Cue::Bottom) => employs || weighs,
                Meaning::Concept(concept) => {
                    comes && matches!(concept.as_str(), "operators" | "organisations")
                }
                // "The number of call centres": how many there are, where "give me" would list them.
                Meaning::Cue(Cue::Count) => counted,
                Meaning::Level(_) => asks,
                Meaning::Measure(_) => asks || employs,
                // "Private sector" is not "the sector".
                Meaning::Activity(activity) => {
                    measures && !(census && activity == "offshoring_all")
                }
                _ => false,
            };
            if told && !found.contains(meaning) {
                found.push(meaning.clone());
            }
        }
    }
    found
}

/// Whether what an indicator counts are records, so that "give me" would list them.
fn is_listed(indicator: &str) -> bool {
    matches!(
        indicator,
        "call_centres" | "offshoring_companies" | "park_companies" | "universities"
    )
}

/// "who heads" is one spelling, and still asks for a person and not for what an organisation is.
fn heads_inside(lexicon: &Lexicon, pieces: &[Piece], who: &Found) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Spelling(inner) => {
            inner.start >= who.start
                && inner.end <= who.end
                && inner
                    .entries
                    .iter()
                    .any(|entry| *lexicon.meaning(*entry) == Meaning::Concept("head".into()))
        }
        _ => false,
    })
}

/// How a believed spelling is shown: a name as it is written, a word as it is.
fn shown(lexicon: &Lexicon, found: &Found, believed: &str) -> String {
    found
        .entries
        .iter()
        .find_map(|entry| match lexicon.meaning(*entry) {
            Meaning::Name(record) => lexicon.name(record.kind, &record.key),
            _ => None,
        })
        .unwrap_or(believed)
        .to_owned()
}
