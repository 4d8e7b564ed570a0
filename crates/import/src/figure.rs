//! Figures that stand in other tables: each becomes an observation, or is recognised in one that is already there.
//!
//! A figure lives once: a head-count of `sites.csv` that an observation states too is that observation.

use std::collections::HashMap;

use entity::{
    ConceptKind, PeriodBasis, Qualifier, ReferencePeriod, SubjectKind, observation::Draft,
};

use crate::{known::Known, observation::check_value, row::Row};

/// Keys that begin like this are those of figures of other tables: which, and whether a column's name ends them.
const RESERVED: [(&str, ConceptKind, bool); 6] = [
    ("territory.", ConceptKind::Territory, true),
    ("park.", ConceptKind::Park, true),
    ("site.", ConceptKind::Site, true),
    ("project.", ConceptKind::Project, true),
    ("training.", ConceptKind::TrainingProgramme, true),
    ("plan.", ConceptKind::PlanObjective, false),
];

/// A figure of another table.
#[derive(Clone)]
pub(crate) struct Claim {
    /// The observation it becomes when none says the same.
    pub draft: Draft,
    /// Whether an observation about the same subject, with the same value, is the same figure.
    pub same: fn(&Draft, &Draft, &Known) -> bool,
    /// Whether the same figure may stand under another indicator of the same unit.
    pub any_indicator: bool,
}

/// What a table says about a figure of its own.
#[derive(Default)]
pub(crate) struct Claimed<'a> {
    pub key: String,
    pub indicator: &'a str,
    pub territory: Option<String>,
    pub activity: Option<String>,
    pub subject: Option<(SubjectKind, String)>,
    pub period: Option<ReferencePeriod>,
    pub qualifier: Option<Qualifier>,
    pub scope: Option<String>,
    pub source: Option<String>,
}

impl Claim {
    /// The figure in a column; nothing when the column is empty.
    pub fn read(row: &mut Row<'_>, column: &'static str, claimed: Claimed<'_>) -> Option<Self> {
        let value = row.optional_number(column)?;
        Self::of(row, column, value, claimed)
    }

    pub fn of(
        row: &mut Row<'_>,
        column: &'static str,
        value: f64,
        claimed: Claimed<'_>,
    ) -> Option<Self> {
        if !row.known.has(ConceptKind::Indicator, claimed.indicator) {
            let reason = format!(
                "needs the indicator {}, which is unknown",
                claimed.indicator
            );
            row.refuse(column, reason);
            return None;
        }
        check_value(row, column, claimed.indicator, value);
        row.known.claim(&claimed.key, &row.place);
        if let Some(source) = claimed.source.as_deref()
            && !row.known.has(ConceptKind::Source, source)
        {
            row.refuse(
                column,
                format!("needs the source {source}, which is unknown"),
            );
        }
        let period_basis = claimed.period.as_ref().map(|_| PeriodBasis::Stated);
        Some(Self {
            draft: Draft {
                key: claimed.key,
                indicator: claimed.indicator.to_owned(),
                territory: claimed.territory,
                activity: claimed.activity,
                subject: claimed.subject,
                period: claimed.period,
                period_basis,
                value,
                value_max: None,
                qualifier: claimed.qualifier.unwrap_or(Qualifier::Exact),
                scope: claimed.scope,
                producer: None,
                source: claimed.source?,
                note: None,
            },
            same: |_, _, _| true,
            any_indicator: false,
        })
    }
}

/// Whether a key is of a figure of another table.
pub(crate) fn is_reserved(key: &str) -> bool {
    owner(key).is_some()
}

/// The row of another table that a figure's key names: `site.alten.03.231.headcount` is of the site `alten.03.231`.
pub(crate) fn owner(key: &str) -> Option<(ConceptKind, &str)> {
    let found = RESERVED.iter().find_map(|(start, concept, column)| {
        let rest = key.strip_prefix(start)?;
        Some((*concept, rest, *column))
    });
    let (concept, rest, column) = found?;
    let row = if column {
        rest.rsplit_once('.')?.0
    } else {
        rest
    };
    Some((concept, row))
}

/// Observations by what a claim can be recognised by.
pub(crate) struct Figures<'a> {
    by_subject: HashMap<(Subject<'a>, u64), Vec<&'a Draft>>,
    by_source: HashMap<(&'a str, u64), Vec<&'a Draft>>,
    known: &'a Known,
}

type Subject<'a> = Option<&'a (SubjectKind, String)>;

impl<'a> Figures<'a> {
    /// Observations of the files and of the database; figures of other tables are not among them.
    pub fn new(observations: impl Iterator<Item = &'a Draft>, known: &'a Known) -> Self {
        let mut figures = Self {
            by_subject: HashMap::new(),
            by_source: HashMap::new(),
            known,
        };
        for found in observations.filter(|found| !is_reserved(&found.key)) {
            let value = found.value.to_bits();
            let same = figures.by_subject.entry((found.subject.as_ref(), value));
            same.or_default().push(found);
            let same = figures.by_source.entry((&found.source, value));
            same.or_default().push(found);
        }
        figures
    }

    /// The observation that already states the claim: one of the same source first, then the first by key.
    pub fn stating(&self, claim: &Claim) -> Option<&'a Draft> {
        let Claim {
            draft,
            same,
            any_indicator,
        } = claim;
        let candidates = self
            .by_subject
            .get(&(draft.subject.as_ref(), draft.value.to_bits()))?;
        let stating = candidates.iter().copied().filter(|found| {
            found.value_max.is_none()
                && (*any_indicator || found.indicator == draft.indicator)
                && same(draft, found, self.known)
        });
        stating.min_by_key(|found| (found.source != draft.source, &found.key))
    }

    /// How an observation of the same source words the same number, whoever it is said to be about.
    pub fn wording(&self, claim: &Draft) -> Option<Qualifier> {
        let candidates = self
            .by_source
            .get(&(claim.source.as_str(), claim.value.to_bits()))?;
        let worded = candidates.iter().filter(|found| {
            found.indicator == claim.indicator
                && (claim.period.is_none() || found.period == claim.period)
        });
        let first = worded.min_by_key(|found| &found.key);
        first.map(|found| found.qualifier)
    }
}
