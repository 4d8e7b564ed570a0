//! Follow-ups that ask the quantity again in another way: as an aim, on another step, its source, over time, ranked, of something else.

use crate::answer::QuestionKind;
use crate::frame::{Compared, Frame, Listed};
use crate::lexicon::{Cue, Level, LevelWord, Lexicon, territory_level};

use super::follow::{Continued, Follow};
use super::places::{self, Places};
use super::signals::Signals;
use super::{Slot, about};

/// "Et l'objectif pour 2030 ?"
pub fn aimed_at(f: &Follow<'_>) -> Option<Continued> {
    let s = f.signals;
    let aims = s.measures == ["target"]
        && s.concepts.iter().all(|c| c == "objectives")
        && s.indicators.is_empty()
        && s.activities.is_empty();
    if !aims || !f.things.is_empty() || f.previous.indicator.is_none() {
        return None;
    }
    f.again(Frame {
        kind: QuestionKind::Value,
        target: true,
        when: s.whens.first().copied().unwrap_or_default(),
        places: f.places_or_previous(),
        ..f.previous.clone()
    })
}

/// "La commune seulement": one of the two readings of a name.
pub fn one_reading(f: &Follow<'_>) -> Option<Continued> {
    if !f.previous.readings || f.standalone || !f.names_nothing() {
        return None;
    }
    let said = |code: &&String| {
        let level = territory_level(code);
        let mut levels = f.signals.levels.iter();
        levels.any(|(word, _)| about::level_of(*word) == level)
    };
    let code = f.previous.places.iter().find(said)?;
    f.again(Frame {
        places: vec![code.clone()],
        readings: false,
        ..f.previous.clone()
    })
}

/// "Non, la commune": the same place on another step.
pub fn other_level(f: &Follow<'_>) -> Option<Continued> {
    if !f.leans() || !f.signals.places.is_empty() || f.standalone {
        return None;
    }
    let code = at_level(f.lexicon, f.signals, f.previous)?;
    f.again(Frame {
        places: vec![code],
        readings: false,
        ..f.previous.clone()
    })
}

/// "Et le premier ?", of a plan that followed another.
pub fn first_plan(f: &Follow<'_>) -> Option<Continued> {
    let s = f.signals;
    if s.ordinals != [1.0] || f.standalone || f.new_slot {
        return None;
    }
    let mut frame = f.previous.clone();
    super::kind::first_of_line(f.lexicon, &mut frame)
        .then(|| f.again(frame))
        .flatten()
}

/// "D'où vient ce chiffre ?"
pub fn sourced(f: &Follow<'_>) -> Option<Continued> {
    if !f.signals.has(Cue::Source) || f.standalone || f.new_slot {
        return None;
    }
    if f.previous.indicator.is_none()
        && f.previous.listed.is_none()
        && !f.previous.things.is_empty()
    {
        // Of a record: told again, it says where it comes from.
        return f.as_kind(QuestionKind::Source);
    }
    // "Who said 36?"
    let mut stated = f.signals.numbers.iter().filter(|n| !n.ordinal && !n.weak);
    let number = stated.next().map(|number| number.value);
    f.again(Frame {
        kind: QuestionKind::Source,
        number,
        compared: number.map(|_| Compared::Equal),
        ..f.previous.clone()
    })
}

/// "Pourquoi deux chiffres ?"
pub fn disputed(f: &Follow<'_>) -> Option<Continued> {
    let asked = f.signals.has(Cue::WhyDiffer) && !f.standalone && f.previous.indicator.is_some();
    asked.then(|| f.as_kind(QuestionKind::Conflict)).flatten()
}

/// "Plus de trente-six ?"
pub fn checked(f: &Follow<'_>) -> Option<Continued> {
    let number = f.signals.numbers.iter().find(|n| !n.ordinal)?;
    if f.signals.any(&[Cue::Top, Cue::Bottom]) {
        // "And the bottom 3?"
        return None;
    }
    if f.standalone || f.new_slot || f.previous.indicator.is_none() {
        return None;
    }
    if f.previous.chooses() {
        if let Some((low, high)) = f.signals.range {
            // "And between 200,000 and 300,000?"
            return f.again(Frame {
                number: Some(low),
                compared: Some(Compared::AtLeast),
                up_to: Some(high),
                ..f.previous.clone()
            });
        }
        // "And of more than 200,000?"
        let compared = match f.signals.comparators.as_slice() {
            [] => f.previous.compared,
            comparators => Some(super::figure::compared(comparators)),
        };
        return f.again(Frame {
            number: Some(number.value),
            compared,
            up_to: None,
            ..f.previous.clone()
        });
    }
    f.again(Frame {
        kind: QuestionKind::Verification,
        number: Some(number.value),
        compared: Some(super::figure::compared(&f.signals.comparators)),
        ..f.previous.clone()
    })
}

/// "Which region has the highest?"
pub fn ranked(f: &Follow<'_>) -> Option<Continued> {
    let same = |key: &String| Some(key) == f.previous.indicator.as_ref();
    let again = f.previous.kind == QuestionKind::Top
        && f.signals.measures.is_empty()
        && f.signals.indicators.iter().all(same);
    let asked = f.signals.any(&[Cue::Top, Cue::Bottom]) && (!f.standalone || again);
    (asked && f.previous.indicator.is_some()).then(|| {
        let frame = extreme(f.signals, &f.places, f.previous);
        (frame, vec![Slot::Indicator, Slot::Period])
    })
}

/// "Lequel est le plus grand ?", of the parks, companies or projects that were listed.
pub fn ranked_records(f: &Follow<'_>) -> Option<Continued> {
    let (s, previous) = (f.signals, f.previous);
    let class = previous.listed.filter(|_| f.lists)?;
    let indicator = match class {
        Listed::Parks => "park_area_ha",
        Listed::Operators => "company_headcount",
        Listed::Projects => "project_budget_mad",
        _ => return None,
    };
    let own = s
        .concepts
        .iter()
        .all(|c| about::listed_of(c) == Some(class));
    let other = !employs(s, class) || !s.indicators.is_empty() || !s.activities.is_empty();
    if !s.any(&[Cue::Top, Cue::Bottom]) || !own || other || !f.names_nothing() {
        return None;
    }
    let frame = Frame {
        indicator: Some(indicator.to_owned()),
        listed: None,
        skip: 0,
        things: Vec::new(),
        ..extreme(s, &f.places, previous)
    };
    // Which of the companies of a park employs most is not known.
    previous.things.is_empty().then(|| f.again(frame)).flatten()
}

/// Whether what is measured of the records listed is the people of companies, or not said.
fn employs(signals: &Signals, class: Listed) -> bool {
    let people = |m: &String| class == Listed::Operators && (m == "jobs" || m == "headcount");
    signals.measures.iter().all(people)
}

/// "Which of them employs the most people?", of the companies of a park: nobody publishes that.
pub fn is_untold(signals: &Signals, previous: &Frame) -> bool {
    let listed = previous.listed.filter(|_| previous.indicator.is_none());
    let among = signals.any(&[Cue::WhichOnes, Cue::Anaphora]);
    let ordered = signals.any(&[Cue::Top, Cue::Bottom]);
    let alone = signals.things.is_empty() && signals.places.is_empty();
    let companies =
        listed.is_some_and(|class| class == Listed::Operators && employs(signals, class));
    companies && !previous.things.is_empty() && among && ordered && alone
}

/// "Until when?", of the aids that were listed: the list says so of each.
pub fn valid_until(f: &Follow<'_>) -> Option<Continued> {
    let aids = f.lists && f.previous.listed == Some(Listed::Incentives);
    let asked = f.signals.any(&[Cue::When, Cue::SinceWhen]) && !f.standalone;
    (aids && asked && f.names_nothing())
        .then(|| f.again(f.previous.clone()))
        .flatten()
}

/// "De combien ?", after two that were compared: how far they are apart stands beside them.
pub fn apart(f: &Follow<'_>) -> Option<Continued> {
    let s = f.signals;
    let amount = [
        Cue::Growth,
        Cue::Trend,
        Cue::Difference,
        Cue::Count,
        Cue::Value,
    ];
    let compared = f.previous.kind == QuestionKind::Comparison && f.previous.indicator.is_some();
    let same = |key: &String| Some(key) == f.previous.indicator.as_ref();
    let own = s.indicators.iter().all(same) && s.measures.is_empty() && s.concepts.is_empty();
    (compared && own && f.names_nothing() && s.any(&amount) && s.numbers.is_empty())
        .then(|| f.again(f.previous.clone()))
        .flatten()
}

/// "Et pour la formation ?", of the aids that were listed: those of this kind.
pub fn of_aid(f: &Follow<'_>) -> Option<Continued> {
    let aids = f.lists && f.previous.listed == Some(Listed::Incentives);
    let kind = match f.signals.concepts.as_slice() {
        [only] if only == "training" => "training_bonus",
        _ => return None,
    };
    let other = !f.signals.indicators.is_empty() || !f.signals.measures.is_empty();
    (aids && f.leans() && !other && f.names_nothing())
        .then(|| {
            f.again(Frame {
                sector: Some(kind.to_owned()),
                skip: 0,
                ..f.previous.clone()
            })
        })
        .flatten()
}

/// "Et depuis 2015 ?"
pub fn over_time(f: &Follow<'_>) -> Option<Continued> {
    let asked = f.signals.any(&[Cue::Trend, Cue::Growth]) && !f.standalone;
    if !asked || f.previous.indicator.is_none() {
        return None;
    }
    f.again(Frame {
        kind: QuestionKind::Trend,
        places: f.places_or_previous(),
        when: f.signals.whens.first().copied().unwrap_or(f.previous.when),
        ..f.previous.clone()
    })
}

/// "Et dans la construction ?", "and English?"
pub fn beside_it(f: &Follow<'_>) -> Option<Continued> {
    if !f.leans() || !f.signals.measures.is_empty() {
        return None;
    }
    let (indicator, activity) = beside(f.lexicon, f.signals, f.previous)?;
    f.again(Frame {
        indicator: Some(indicator),
        activity,
        places: f.places_or_previous(),
        ..f.previous.clone()
    })
}

/// The quantity asked before, of what is named instead: of another activity, another sector, another language.
fn beside(
    lexicon: &Lexicon,
    signals: &Signals,
    previous: &Frame,
) -> Option<(String, Option<String>)> {
    let known = previous.indicator.as_deref()?;
    let activity = match signals.indicators.as_slice() {
        [only] if only == "call_centres" => Some("call_centre"),
        [] => signals.activities.first().map(String::as_str),
        _ => return None,
    };
    let word = match (
        activity,
        signals.sectors.as_slice(),
        signals.languages.as_slice(),
        signals.concepts.as_slice(),
    ) {
        (Some(activity), _, _, []) => activity,
        (None, [sector], _, []) => sector,
        (None, [], [language], []) => language,
        (None, [], _, [concept]) if concept == "services" => concept,
        _ => return None,
    };
    let indicator = lexicon.frames().beside(known, word)?.to_owned();
    (activity.is_some() || indicator != known).then(|| (indicator, activity.map(str::to_owned)))
}

/// The place of the previous question on the step that is named: its commune, its province, its region.
fn at_level(lexicon: &Lexicon, signals: &Signals, previous: &Frame) -> Option<String> {
    let [(word, _)] = signals.levels.as_slice() else {
        return None;
    };
    let level = match word {
        // "And the town itself?", of a province.
        LevelWord::City => Level::Commune,
        word => about::level_of(*word)?,
    };
    let code = previous.places.first()?;
    let above = places::ancestor(lexicon, code, level).filter(|above| above != code);
    above.or_else(|| lexicon.namesake_inside(code, level))
}

/// "Which region has the highest?": the previous quantity, ranked.
fn extreme(signals: &Signals, places: &Places, previous: &Frame) -> Frame {
    let level = about::grouping(signals);
    let mut frame = Frame {
        kind: QuestionKind::Top,
        lowest: signals.has(Cue::Bottom),
        limit: signals
            .numbers
            .iter()
            .find(|n| !n.ordinal && (1.0..=20.0).contains(&n.value))
            .map(|n| n.value as u8)
            .or(previous.limit),
        level: level.or(previous.level),
        number: None,
        compared: None,
        up_to: None,
        readings: false,
        ..previous.clone()
    };
    if !signals.places.is_empty() {
        frame.places.clone_from(&places.codes);
    } else if level.is_some() && previous.kind != QuestionKind::Top {
        // "Province par province ?", of a region spoken of: those inside it.
        let above = |code: &&String| territory_level(code).is_some_and(|own| Some(own) < level);
        let within = previous.places.first().filter(above).cloned();
        frame.places = vec![within.unwrap_or_else(|| places::COUNTRY.to_owned())];
    }
    frame
}
