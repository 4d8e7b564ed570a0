//! What a conversation remembers beside the last frame: what stood in the place of what was replaced, and the year that was told.

use language::{NumberSpan, Period};

use crate::frame::{Beside, Frame, When};
use crate::lexicon::{Cue, Lexicon, Meaning, NameKind, Record, territory_level};
use crate::span::Reading;

use super::complete::BEYOND;
use super::figure_kind::is_count;
use super::signals::{Mention, Signals};

/// What the frame before has in the place of the one thing that this frame asks instead, the quantity being the same.
pub fn beside(previous: Option<&Frame>, frame: &Frame) -> Option<Beside> {
    let previous = previous?;
    let same_quantity = frame.indicator.is_some()
        && previous.indicator == frame.indicator
        && previous.activity == frame.activity;
    if !same_quantity || previous.chooses() || frame.chooses() {
        return None;
    }
    let (places, things, when) = (
        previous.places == frame.places,
        previous.things == frame.things,
        previous.when == frame.when,
    );
    match (places, things, when) {
        (true, true, true) => previous.beside.as_deref().cloned(),
        (false, true, true) => {
            Some(Beside::Place(only(previous)?.to_owned())).filter(|_| only(frame).is_some())
        }
        // A name may stand for a group and its company here: the first is what figures are of.
        (_, false, true) => match (previous.things.first(), frame.things.first()) {
            (Some(before), Some(now)) if before.kind == now.kind => {
                Some(Beside::Thing(before.clone()))
            }
            _ => None,
        },
        (true, true, false) => {
            let year = year(previous)?;
            Some(Beside::When(When::At(Period::Year(year))))
        }
        _ => None,
    }
}

/// "The worst unemployment" is the highest, "the worst literacy" the lowest: the quantity asked, or the one spoken of, decides.
pub fn judge(lexicon: &Lexicon, signals: &mut Signals, previous: Option<&Frame>) {
    let frames = lexicon.frames();
    let measured = (signals.measures.iter()).filter_map(|measure| frames.combine(measure, &[]));
    let named = signals.indicators.iter().map(String::as_str);
    let mut asked: Vec<&str> = named.chain(measured).collect();
    asked.extend(
        previous
            .filter(|_| asked.is_empty())
            .and_then(|frame| frame.indicator.as_deref()),
    );
    // The best of companies or schools: by what is not said. The most of a number is not the best.
    let valued = |key: &&str| !is_count(key) || key.starts_with("hcp_reads");
    if !asked.iter().any(valued) {
        return;
    }
    let lower = asked
        .iter()
        .any(|key| frames.indicator(key).lower_is_better);
    let (best, worst) = match lower {
        true => (Cue::Bottom, Cue::Top),
        false => (Cue::Top, Cue::Bottom),
    };
    for cue in &mut signals.cues {
        match cue {
            Cue::Best => *cue = best,
            Cue::Worst => *cue = worst,
            _ => {}
        }
    }
}

/// The place of a frame; of two readings of one name the first.
pub fn only(frame: &Frame) -> Option<&str> {
    match frame.places.as_slice() {
        [one] => Some(one),
        [first, _] if frame.readings => Some(first),
        _ => None,
    }
}

/// The year that a frame asked for, or that was told.
pub fn year(frame: &Frame) -> Option<i32> {
    match frame.when {
        When::At(period) => Some(period.year()),
        When::Years(_, last) => Some(last),
        When::Latest => frame.told.map(i32::from),
    }
}

/// "How many people does CGI employ there?", of a park spoken of: where the park lies is the place of the company.
pub fn stand_in_park(lexicon: &Lexicon, signals: &mut Signals, previous: Option<&Frame>) {
    let leans = signals.any(&[Cue::AndFollow, Cue::Anaphora]);
    let company = signals
        .things
        .iter()
        .all(|m| m.names(NameKind::Organisation));
    if !leans || !company || signals.things.is_empty() || !signals.places.is_empty() {
        return;
    }
    let home = previous
        .and_then(|frame| frame.thing(NameKind::Park))
        .and_then(|park| lexicon.parent(NameKind::Park, park));
    if let Some(code) = home {
        signals.places.push(Mention {
            start: BEYOND,
            end: BEYOND,
            text: String::new(),
            records: vec![Record {
                kind: NameKind::Territory,
                key: code.to_owned(),
                level: territory_level(code),
            }],
        });
    }
}

/// "The year before", "deux ans plus tard": a year, counted from the one named or spoken of.
pub fn count_years(signals: &mut Signals, reading: &Reading, previous: Option<&Frame>) {
    let step = if signals.has(Cue::YearBefore) {
        -1
    } else if signals.has(Cue::YearAfter) {
        1
    } else {
        return;
    };
    let named = match signals.whens.as_slice() {
        [When::At(period)] => Some(period.year()),
        [] => None,
        _ => return,
    };
    let Some(from) = named.or_else(|| previous.and_then(year)) else {
        return;
    };
    let inside = |number: &&NumberSpan| {
        reading.spans.iter().any(|span| {
            (span.start..=span.end).contains(&number.end)
                && span.meanings.iter().any(|m| {
                    let years = [Cue::YearBefore, Cue::YearAfter];
                    years.iter().any(|cue| *m == Meaning::Cue(*cue))
                })
        })
    };
    let counted = reading.numbers.iter().find(inside);
    let years = counted.map_or(1, |number| number.value as i32);
    if let Some(counted) = counted {
        signals
            .numbers
            .retain(|number| number.start != counted.start);
    }
    signals
        .whens
        .push(When::At(Period::Year(from + step * years)));
}
