//! Places side by side: for each the figure that may be set beside the others, and what differs where none may.

use std::collections::HashSet;

use entity::{ReferencePeriod, observation};

use crate::headline::Headline;

/// What the figures of a comparison do not share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// They refer to different periods, or not all of them are dated.
    Period,
    /// They are counted in different ways.
    Scope,
    /// They are about different activities.
    Activity,
    /// Different producers measured them.
    Producer,
    /// Some are approximate or limits, others exact.
    Qualifier,
    /// Some places have a later figure, on terms that not all share.
    Later,
}

/// One indicator in several places.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The period that every figure refers to.
    pub period: Option<ReferencePeriod>,
    /// The figure of each place, in the order given; none where nothing is published.
    pub sides: Vec<Option<observation::Model>>,
    pub differences: Vec<Difference>,
}

/// What makes two figures comparable: the same period, counted in the same way, about the same activity.
type Terms = (ReferencePeriod, Option<String>, Option<i64>);

fn terms(row: &observation::Model) -> Option<Terms> {
    Some((row.period.clone()?, row.scope.clone(), row.activity_id))
}

/// The latest figures on which every place that has any can be compared; where there are none, those that lead, and what differs.
pub fn of(headlines: &[Option<Headline>]) -> Comparison {
    let known: Vec<&Headline> = headlines
        .iter()
        .flatten()
        .filter(|headline| headline.observation.is_some())
        .collect();
    let shared = shared(&known);
    let side = |headline: &Option<Headline>| {
        let headline = headline.as_ref()?;
        let leading = headline.observation.as_ref()?;
        match &shared {
            // The figure that leads is in no order among those of its period.
            Some(shared) if terms(leading).as_ref() == Some(shared) => Some(leading.clone()),
            Some(shared) => {
                let mut series = headline.series.iter();
                series
                    .find(|row| terms(row).as_ref() == Some(shared))
                    .cloned()
            }
            None => Some(leading.clone()),
        }
    };
    let sides: Vec<Option<observation::Model>> = headlines.iter().map(side).collect();
    let rows: Vec<&observation::Model> = sides.iter().flatten().collect();
    let is_later = |headline: &&Headline| {
        let leading = headline.observation.as_ref()?.period.as_ref()?;
        let (period, ..) = shared.as_ref()?;
        Some(leading.end() > period.end())
    };
    let later = known
        .iter()
        .any(|headline| is_later(headline) == Some(true));
    let mut differences = differences(&rows);
    differences.extend(later.then_some(Difference::Later));
    Comparison {
        period: shared.as_ref().map(|(period, ..)| period.clone()),
        differences,
        sides,
    }
}

/// The terms that every place has a figure on: those of the latest period, the widest way of counting first.
fn shared(known: &[&Headline]) -> Option<Terms> {
    let of = |headline: &Headline| -> HashSet<Terms> {
        let leading = headline.observation.iter();
        leading.chain(&headline.series).filter_map(terms).collect()
    };
    let (first, rest) = known.split_first()?;
    let mut shared = of(first);
    for headline in rest {
        let others = of(headline);
        shared.retain(|terms| others.contains(terms));
    }
    shared.into_iter().max_by(|a, b| {
        let order = |(period, scope, activity): &Terms| {
            (period.end(), scope.is_none(), scope.clone(), *activity)
        };
        order(a)
            .cmp(&order(b))
            .then_with(|| a.0.to_string().cmp(&b.0.to_string()))
    })
}

fn differences(rows: &[&observation::Model]) -> Vec<Difference> {
    let Some((first, rest)) = rows.split_first() else {
        return Vec::new();
    };
    let differ = |other: &dyn Fn(&observation::Model) -> bool| rest.iter().any(|row| other(row));
    let undated = first.period.is_none() && !rest.is_empty();
    [
        (
            Difference::Period,
            undated || differ(&|row| row.period != first.period),
        ),
        (Difference::Scope, differ(&|row| row.scope != first.scope)),
        (
            Difference::Activity,
            differ(&|row| row.activity_id != first.activity_id),
        ),
        (
            Difference::Producer,
            differ(&|row| row.producer_id != first.producer_id),
        ),
        (
            Difference::Qualifier,
            differ(&|row| row.qualifier != first.qualifier),
        ),
    ]
    .into_iter()
    .filter_map(|(difference, holds)| holds.then_some(difference))
    .collect()
}
