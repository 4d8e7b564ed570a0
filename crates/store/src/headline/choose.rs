//! The choice itself: a pure function of the candidates.

use std::{cmp::Reverse, collections::BTreeMap};

use entity::{Granularity, Measure, PeriodBasis, SourceKind, observation};

use super::{Asked, Candidate, Headline, Rule};

pub(super) fn headline(candidates: &[Candidate], request: &Asked, measure: Measure) -> Headline {
    let asked: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| fits(candidate, request))
        .collect();
    let asked = widest(asked, request);
    let (targets, achieved): (Vec<&Candidate>, Vec<&Candidate>) = asked
        .into_iter()
        .partition(|candidate| candidate.is_target());
    let targets = targets
        .into_iter()
        .map(|candidate| candidate.row.clone())
        .collect();
    let series = series(&achieved);
    let Some((period_rule, competing)) = competing(&achieved, request, measure) else {
        return Headline {
            series,
            targets,
            ..Headline::default()
        };
    };
    let leader = competing
        .iter()
        .copied()
        .min_by_key(|candidate| preference(candidate))
        .expect("a period without figures is not chosen");
    let same_scope: Vec<_> = competing
        .into_iter()
        .filter(|candidate| candidate.row.scope == leader.row.scope)
        .collect();
    let (reprints, mut conflicts): (Vec<_>, Vec<_>) = same_scope
        .into_iter()
        .filter(|candidate| candidate.row.id != leader.row.id)
        .partition(|candidate| {
            (candidate.row.value, candidate.row.value_max)
                == (leader.row.value, leader.row.value_max)
        });
    conflicts.sort_by_key(|candidate| preference(candidate));
    let rule = match conflicts.first() {
        Some(rival) => decided_by(leader, rival),
        None => period_rule,
    };
    Headline {
        rule: Some(rule),
        part_year: part_year(&achieved, leader, measure),
        conflicts: independent(&conflicts),
        reprints: reprints
            .into_iter()
            .map(|candidate| candidate.row.clone())
            .collect(),
        observation: Some(leader.row.clone()),
        series,
        targets,
    }
}

fn fits(candidate: &Candidate, request: &Asked) -> bool {
    let row = &candidate.row;
    row.subject_kind.zip(row.subject_id) == request.subject
        && (row.territory_id == request.territory
            || (request.territory.is_none() && request.subject.is_some()))
        && (request.activity.is_none() || row.activity_id == request.activity)
        && (request.scope.is_none() || row.scope == request.scope)
}

/// Where the request leaves the activity or a subject's territory open, the widest there is a figure for. One with achieved values
/// comes before one that is only aimed at.
fn widest<'a>(candidates: Vec<&'a Candidate>, request: &Asked) -> Vec<&'a Candidate> {
    let width = |candidate: &Candidate| {
        (
            candidate.is_target(),
            candidate.level,
            candidate.activity_depth,
            candidate.row.territory_id,
            candidate.row.activity_id,
        )
    };
    let Some(widest) = candidates
        .iter()
        .copied()
        .min_by_key(|candidate| width(candidate))
    else {
        return candidates;
    };
    let (territory, activity) = (widest.row.territory_id, widest.row.activity_id);
    let open_territory = request.territory.is_none() && request.subject.is_some();
    // About a company or a park, "all of offshoring" and no activity at all are both the whole of it.
    let whole = |candidate: &Candidate| {
        request.subject.is_some() && widest.activity_depth <= 1 && candidate.activity_depth <= 1
    };
    let keep = |candidate: &&Candidate| {
        (!open_territory || candidate.row.territory_id == territory)
            && (request.activity.is_some()
                || candidate.row.activity_id == activity
                || whole(candidate))
    };
    candidates.into_iter().filter(keep).collect()
}

/// The figures of the period that leads, and why that period.
fn competing<'a>(
    achieved: &[&'a Candidate],
    request: &Asked,
    measure: Measure,
) -> Option<(Rule, Vec<&'a Candidate>)> {
    let of_period = |period: &Option<entity::ReferencePeriod>| -> Vec<&'a Candidate> {
        achieved
            .iter()
            .copied()
            .filter(|candidate| candidate.row.period == *period)
            .collect()
    };
    if request.period.is_some() {
        let found = of_period(&request.period);
        return (!found.is_empty()).then_some((Rule::AskedPeriod, found));
    }
    let stated_first: Vec<&Candidate> = achieved
        .iter()
        .copied()
        .filter(|candidate| !outdone(candidate, achieved))
        .collect();
    let dated = || {
        stated_first
            .iter()
            .copied()
            .filter_map(|candidate| candidate.row.period.clone())
    };
    let whole_years = || {
        dated()
            .filter(|period| measure != Measure::Flow || period.granularity() == Granularity::Year)
    };
    let latest = dated().max();
    let Some(period) = whole_years().max().or_else(|| latest.clone()) else {
        return (!achieved.is_empty()).then(|| {
            (
                if achieved.len() == 1 {
                    Rule::OnlyFigure
                } else {
                    Rule::SourceKey
                },
                achieved.to_vec(),
            )
        });
    };
    let other_periods = achieved
        .iter()
        .any(|candidate| candidate.row.period.as_ref() != Some(&period));
    let rule = match (
        latest == Some(period.clone()),
        stated_first.len() < achieved.len(),
        other_periods,
    ) {
        (false, _, _) => Rule::CompleteYear,
        (true, true, _) => Rule::StatedPeriod,
        (true, false, true) => Rule::LatestPeriod,
        (true, false, false) => Rule::OnlyFigure,
    };
    Some((rule, of_period(&Some(period))))
}

/// An inferred or missing period of a producer that states one elsewhere.
fn outdone(candidate: &Candidate, achieved: &[&Candidate]) -> bool {
    let producer = candidate.row.producer_id;
    candidate.row.period_basis != Some(PeriodBasis::Stated)
        && producer.is_some()
        && achieved.iter().any(|other| {
            other.row.producer_id == producer && other.row.period_basis == Some(PeriodBasis::Stated)
        })
}

type Preference<'a> = (bool, u8, Reverse<Option<&'a str>>, &'a str, i64);

fn preference(candidate: &Candidate) -> Preference<'_> {
    let kind = match candidate.source_kind {
        SourceKind::Dataset | SourceKind::Official => 0,
        SourceKind::Report => 1,
        SourceKind::Company => 2,
        SourceKind::Press => 3,
    };
    (
        candidate.row.producer_id.is_none(),
        kind,
        Reverse(candidate.published_on.as_deref()),
        &candidate.source_key,
        candidate.row.id,
    )
}

fn decided_by(leader: &Candidate, rival: &Candidate) -> Rule {
    let (leader, rival) = (preference(leader), preference(rival));
    if leader.0 != rival.0 {
        Rule::KnownProducer
    } else if leader.1 != rival.1 {
        Rule::SourceKind
    } else if leader.2 != rival.2 {
        Rule::LatestPublication
    } else {
        Rule::SourceKey
    }
}

/// The same producer, period and value count once, however often they were reprinted.
fn independent(conflicts: &[&Candidate]) -> Vec<observation::Model> {
    let mut kept: Vec<&Candidate> = Vec::new();
    for candidate in conflicts {
        let again = |other: &&Candidate| {
            other.row.value == candidate.row.value
                && other.row.producer_id == candidate.row.producer_id
                && candidate.row.producer_id.is_some()
        };
        if !kept.iter().any(again) {
            kept.push(candidate);
        }
    }
    kept.into_iter()
        .map(|candidate| candidate.row.clone())
        .collect()
}

fn series(achieved: &[&Candidate]) -> Vec<observation::Model> {
    let mut best: BTreeMap<_, &Candidate> = BTreeMap::new();
    for candidate in achieved {
        let Some(period) = candidate.row.period.clone() else {
            continue;
        };
        let entry = best
            .entry((period, candidate.row.scope.clone()))
            .or_insert(candidate);
        if preference(candidate) < preference(entry) {
            *entry = candidate;
        }
    }
    best.into_values()
        .map(|candidate| candidate.row.clone())
        .collect()
}

fn part_year(
    achieved: &[&Candidate],
    leader: &Candidate,
    measure: Measure,
) -> Option<observation::Model> {
    let period = leader
        .row
        .period
        .as_ref()
        .filter(|_| measure == Measure::Flow)?;
    achieved
        .iter()
        .filter(|candidate| candidate.row.scope == leader.row.scope)
        .filter(|candidate| {
            candidate.row.period.as_ref().is_some_and(|other| {
                other > period
                    && !matches!(other.granularity(), Granularity::Year | Granularity::Span)
            })
        })
        .min_by_key(|candidate| (Reverse(candidate.row.period.clone()), preference(candidate)))
        .map(|candidate| candidate.row.clone())
}
