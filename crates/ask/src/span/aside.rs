//! What of a sentence is about its asker: "I am writing an article, …", "journaliste à Lyon : …".

use language::Token;

use super::Piece;
use crate::lexicon::{Cue, Found, Lexicon, Meaning, NameKind};

/// A run of tokens between two stops, and whether it ends in a question mark.
pub(super) struct Clause {
    start: usize,
    end: usize,
    asks: bool,
}

/// Whether the asker goes on with what they want to know: "… et je voudrais savoir", "… w bghit n3ref", "… وأرغب في معرفة".
fn wants_to_know(lexicon: &Lexicon, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|_| at > 1) else {
        return false;
    };
    let glued = token.folded.strip_prefix('و');
    glued.is_some_and(|rest| lexicon.is_wish(&[rest]))
        || lexicon.is_joining(&token.folded) && {
            let words: Vec<&str> = tokens[at + 1..]
                .iter()
                .take(LONGEST_WISH)
                .map(|token| token.folded.as_str())
                .collect();
            (1..=words.len()).any(|length| lexicon.is_wish(&words[..length]))
        }
}

/// Words of the longest wish: "I'm trying".
const LONGEST_WISH: usize = 3;

/// Cuts a sentence at its stops: full stops, commas, colons, dashes between spaces.
pub(super) fn clauses(lexicon: &Lexicon, text: &str, tokens: &[Token]) -> Vec<Clause> {
    const STOPS: [char; 13] = [
        '.', ',', ';', ':', '!', '?', '…', '،', '؛', '؟', '—', '–', '(',
    ];
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        let next = tokens.get(at + 1).map_or(text.len(), |token| token.start);
        let gap = &text[tokens[at].end..next];
        let last = at + 1 == tokens.len();
        if last
            || gap.contains(STOPS)
            || gap.contains(" - ")
            || wants_to_know(lexicon, tokens, at + 1)
        {
            clauses.push(Clause {
                start,
                end: at + 1,
                asks: gap.contains(['?', '؟']),
            });
            start = at + 1;
        }
    }
    clauses
}

/// The tokens of clauses in which the asker speaks of themselves while another clause asks, and of those that say their trade.
pub(super) fn asides(
    lexicon: &Lexicon,
    length: usize,
    pieces: &[Piece],
    taken: &[usize],
    clauses: &[Clause],
) -> Asides {
    let mut asides = vec![false; length];
    let mut excused = vec![false; length];
    let mut preamble = vec![false; length];
    let meanings = |clause: &Clause| -> Vec<&Meaning> {
        taken
            .iter()
            .filter_map(|index| match &pieces[*index] {
                Piece::Spelling(found)
                    if found.start >= clause.start && found.start < clause.end =>
                {
                    Some(found.entries.iter().map(|entry| lexicon.meaning(*entry)))
                }
                _ => None,
            })
            .flatten()
            .collect()
    };
    let asks = |clause: &Clause| {
        // "I want to set up a company, …": what the asker wants to do is not yet a question. "مراسل من القاهرة": in Arabic
        // "from" is "who" as well.
        let trade = meanings(clause).contains(&&Meaning::Cue(Cue::Trade));
        let cue = |m: &&Meaning| matches!(m, Meaning::Cue(cue) if cue.asks() && *cue != Cue::Contact && !(trade && *cue == Cue::Who));
        clause.asks || meanings(clause).iter().any(cue)
    };
    let about = |m: &&Meaning| {
        matches!(
            m,
            Meaning::Indicator(_)
                | Meaning::Measure(_)
                | Meaning::Activity(_)
                | Meaning::Concept(_)
                | Meaning::Name(_)
        )
    };
    // "We are a French company looking to expand": what they are, whatever words they say it in.
    let introduces = |clause: &Clause| {
        let first = taken.iter().find_map(|index| match &pieces[*index] {
            Piece::Spelling(found) if found.start == clause.start => Some(found),
            _ => None,
        });
        let speaks = |found: &Found| {
            let mut entries = found.entries.iter();
            entries.any(|entry| *lexicon.meaning(*entry) == Meaning::Cue(Cue::Speaker))
        };
        !clause.asks && first.is_some_and(speaks)
    };
    let in_full = |clause: &Clause| {
        let topic = |m: &&Meaning| {
            matches!(
                m,
                Meaning::Indicator(_)
                    | Meaning::Measure(_)
                    | Meaning::Activity(_)
                    | Meaning::Concept(_)
            )
        };
        clause.asks && asks(clause) && meanings(clause).iter().any(topic)
    };
    let introduced = |clause: &Clause| {
        let mut after = clauses.iter().filter(|other| other.start > clause.start);
        introduces(clause) && after.any(in_full)
    };
    let asks = |clause: &Clause| asks(clause) && !introduced(clause);
    let asked = clauses.iter().any(asks);
    let complete = |clause: &Clause| asks(clause) && meanings(clause).iter().any(about);
    let asked_in_full = clauses.iter().any(complete);
    // What is asked has its own topic; and a place or a thing of its own.
    let topical = |clause: &Clause| {
        let topic = |m: &&Meaning| about(m) && !matches!(m, Meaning::Name(_));
        asks(clause) && meanings(clause).iter().any(topic)
    };
    let named = |clause: &Clause| {
        topical(clause)
            && meanings(clause)
                .iter()
                .any(|m| matches!(m, Meaning::Name(_)))
    };
    let spoken_of =
        |m: &&Meaning| matches!(m, Meaning::Name(record) if record.kind != NameKind::Territory);
    let (asked_topically, asked_by_name) = (clauses.iter().any(topical), clauses.iter().any(named));
    let asked_of_thing =
        (clauses.iter()).any(|clause| topical(clause) && meanings(clause).iter().any(spoken_of));
    // What is asked must say something of its own: "my computer is slow, what shall I do?".
    let asking = |m: &&Meaning| matches!(m, Meaning::Cue(cue) if cue.asks());
    let says_something =
        |clause: &Clause| asks(clause) && meanings(clause).iter().any(|m| about(m) || asking(m));
    let told = clauses.iter().any(says_something);
    for clause in clauses {
        let says = |cue: Cue| meanings(clause).contains(&&Meaning::Cue(cue));
        let trade = says(Cue::Trade) && asked_topically;
        let aside = says(Cue::Speaker) && asked || says(Cue::Contact) && asked_in_full || trade;
        if aside && !asks(clause) {
            asides[clause.start..clause.end].fill(true);
            excused[clause.start..clause.end].fill(told);
            // "I'm writing a piece on Alten. How many jobs did they create in Morocco?"
            let of_thing = meanings(clause).iter().any(spoken_of) && !asked_of_thing;
            let named = asked_by_name || !of_thing;
            let apart = trade && named || says(Cue::Speaker) && asked_by_name && !of_thing;
            preamble[clause.start..clause.end].fill(apart);
        }
    }
    Asides {
        asides,
        excused,
        preamble,
    }
}

/// What of a sentence is about the asker.
pub(super) struct Asides {
    pub asides: Vec<bool>,
    /// Where a word may be unknown.
    pub excused: Vec<bool>,
    pub preamble: Vec<bool>,
}
