//! Admission: what a document would cost, reckoned in one pass over it, before anything expands its fragments.
//!
//! Each fragment is measured once and remembered, and sums saturate, so a document that expands without end is refused in the time it
//! takes to read it.

mod nesting;
mod shape;

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Value as ConstValue, Variables,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType,
        Selection, SelectionSet,
    },
};

use crate::connection::{DEFAULT_PAGE, MAX_PAGE};

pub use nesting::nesting;
pub use shape::Shapes;
use shape::{introspected, is_page};

/// Limits of one document. Each is far above what a page or a partner needs.
pub const MAX_DOCUMENT_BYTES: usize = 64 * 1024;
const MAX_DEPTH: u64 = 24;
const MAX_FIELDS: u64 = 2_000;
const MAX_ROOT_FIELDS: u64 = 30;
const MAX_DIRECTIVES: u64 = 100;
const MAX_FRAGMENTS: usize = 100;
const MAX_OPERATIONS: usize = 20;
const MAX_COST: u64 = 50_000;
/// What a list that has no page size is taken for.
const LIST_SIZE: u64 = 10;
/// What `aggregate` and `groupBy` cost beside their fields, for they read every row of a list: as much as a large page, and a few.
const AGGREGATE_COST: u64 = 100;
const GROUPS_COST: u64 = 400;

/// Fields that cost more than their selection: each runs operations of its own, or reads much.
const WEIGHTS: [(&str, &str, u64); 7] = [
    ("Query", "ask", 100),
    ("Query", "chart", 100),
    ("Headline", "chart", 100),
    ("Comparison", "chart", 100),
    ("Query", "answer", 100),
    ("Query", "extract", 500),
    ("Mutation", "importFacts", 2_000),
];

/// What an operation may cost, in units: a field of a row is one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// With every page full.
    pub requested: u64,
    /// The part of it that is spent whatever comes back.
    pub fixed: u64,
    /// How many fields the operation writes, each as often as it is written, for the same field is read as often.
    pub fields: u64,
}

/// Values that arguments may carry, each a test in SQL.
const MAX_INPUTS: u64 = 500;
/// Values that a mutation may carry: a hundred proposals with all their fields.
const MAX_WRITTEN: u64 = 5_000;
/// What introspection may come to, lists counted as long as ours are; the usual query of tools comes to less, once.
const MAX_INTROSPECTION: u64 = 1_000_000;

/// What a selection comes to, all fragments expanded.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    depth: u64,
    fields: u64,
    directives: u64,
    cost: u64,
    fixed: u64,
    /// Of the fields of a page that stand beside its rows, and are not asked for each of them.
    beside_rows: u64,
    fixed_beside_rows: u64,
    /// Fragments spread, each as often as it is.
    spreads: u64,
    inputs: u64,
    introspection: u64,
}

impl Measure {
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
            directives: self.directives.saturating_add(other.directives),
            cost: self.cost.saturating_add(other.cost),
            fixed: self.fixed.saturating_add(other.fixed),
            beside_rows: self.beside_rows.saturating_add(other.beside_rows),
            fixed_beside_rows: self
                .fixed_beside_rows
                .saturating_add(other.fixed_beside_rows),
            spreads: self.spreads.saturating_add(other.spreads),
            inputs: self.inputs.saturating_add(other.inputs),
            introspection: self.introspection.saturating_add(other.introspection),
        }
    }
}

/// The operation to run: the only one, or the one named.
pub fn operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a Positioned<OperationDefinition>, String> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(operation),
        (DocumentOperations::Single(_), Some(name)) => {
            Err(format!("the document has no operation named {name:?}"))
        }
        (DocumentOperations::Multiple(operations), Some(name)) => operations
            .get(name)
            .ok_or_else(|| format!("the document has no operation named {name:?}")),
        (DocumentOperations::Multiple(operations), None) => match operations.values().next() {
            Some(operation) if operations.len() == 1 => Ok(operation),
            _ => Err("the document has several operations; say which with operationName".into()),
        },
    }
}

/// Refuses a subscription to anything but one field, which is executed anew for each event. Only fields are streams: a fragment at the
/// root would be none.
pub fn one_field(subscription: &OperationDefinition) -> Result<(), String> {
    match &subscription.selection_set.node.items[..] {
        [item] if matches!(&item.node, Selection::Field(field) if !field.node.name.node.starts_with("__")) => Ok(()),
        _ => Err("a subscription has exactly one field at its root, and no fragment there; send one subscription for each field".into()),
    }
}

/// Refuses a request without the variables it must have: <https://spec.graphql.org/draft/#sec-Coercing-Variable-Values>.
pub fn required(operation: &OperationDefinition, variables: &Variables) -> Result<(), String> {
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let name = &definition.name.node;
        let missing = match variables.get(name) {
            None => definition.default_value().is_none(),
            Some(value) => *value == ConstValue::Null,
        };
        if missing && !definition.var_type.node.nullable {
            let kind = &definition.var_type.node;
            return Err(format!(
                "the variable ${name} of type {kind} must be given and not be null"
            ));
        }
    }
    Ok(())
}

/// Holds a document against the limits. Every operation is measured, for every one of them is validated.
pub fn admit(
    shapes: &Shapes,
    document: &ExecutableDocument,
    chosen: &Positioned<OperationDefinition>,
    variables: &Variables,
) -> Result<Estimate, String> {
    let over = |what: &str, found: u64, limit: u64| {
        Err(format!(
            "the query has {found} {what}; at most {limit} are taken. Split it, or ask for less"
        ))
    };
    if document.fragments.len() > MAX_FRAGMENTS {
        return over(
            "fragments",
            document.fragments.len() as u64,
            MAX_FRAGMENTS as u64,
        );
    }
    if document.operations.iter().count() > MAX_OPERATIONS {
        return over(
            "operations",
            document.operations.iter().count() as u64,
            MAX_OPERATIONS as u64,
        );
    }
    let (mut total, mut estimate) = (Measure::default(), Estimate::default());
    let mut selections = Vec::new();
    for (_, operation) in document.operations.iter() {
        let mut gauge = Gauge {
            shapes,
            document,
            operation: &operation.node,
            variables,
            fragments: HashMap::new(),
        };
        let root = match operation.node.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let measure = gauge.selection(&operation.node.selection_set.node, root)?;
        // Those that nothing spreads are read by validation all the same.
        for name in document.fragments.keys() {
            let fragment = gauge.fragment(name)?;
            total.fields = total.fields.max(fragment.fields);
            total.spreads = total.spreads.max(fragment.spreads);
        }
        total = with_directives(total.beside(measure), operation.node.directives.len());
        if std::ptr::eq(operation, chosen) {
            estimate = Estimate {
                requested: measure.cost.saturating_add(measure.introspection / 100),
                fixed: measure.fixed.saturating_add(measure.introspection / 100),
                fields: measure.fields,
            };
            selections.push(&operation.node.selection_set.node);
        }
    }
    let most_inputs = match chosen.node.ty {
        OperationType::Mutation => MAX_WRITTEN,
        _ => MAX_INPUTS,
    };
    match total {
        Measure { depth, .. } if depth > MAX_DEPTH => over("levels", depth, MAX_DEPTH),
        Measure {
            fields, spreads, ..
        } if fields.saturating_add(spreads) > MAX_FIELDS => {
            over("fields", fields.saturating_add(spreads), MAX_FIELDS)
        }
        Measure { inputs, .. } if inputs > most_inputs => {
            over("values in its arguments", inputs, most_inputs)
        }
        Measure { introspection, .. } if introspection > MAX_INTROSPECTION => over(
            "units of introspection; /schema.graphql has the whole contract",
            introspection,
            MAX_INTROSPECTION,
        ),
        Measure { directives, .. } if directives > MAX_DIRECTIVES => {
            over("directives", directives, MAX_DIRECTIVES)
        }
        Measure { cost, .. } if cost > MAX_COST => over(
            "units of cost (rows it may read, times their fields)",
            cost,
            MAX_COST,
        ),
        // Few enough now to be expanded.
        _ => {
            let roots = selections
                .into_iter()
                .map(|selection| roots(document, selection))
                .max()
                .unwrap_or(0);
            match roots > MAX_ROOT_FIELDS {
                true => over("root fields", roots, MAX_ROOT_FIELDS),
                false => Ok(estimate),
            }
        }
    }
}

/// How many fields a selection has once its fragments are expanded; only ever called on a document of bounded size without cycles.
fn roots(document: &ExecutableDocument, selection: &SelectionSet) -> u64 {
    let items = selection.items.iter().map(|item| match &item.node {
        Selection::Field(_) => 1,
        Selection::InlineFragment(inline) => roots(document, &inline.node.selection_set.node),
        Selection::FragmentSpread(spread) => document
            .fragments
            .get(&spread.node.fragment_name.node)
            .map_or(0, |fragment| {
                roots(document, &fragment.node.selection_set.node)
            }),
    });
    items.fold(0, u64::saturating_add)
}

/// How many values an argument carries.
fn leaves(value: &ConstValue) -> u64 {
    match value {
        ConstValue::List(items) => items.iter().map(leaves).fold(0, u64::saturating_add),
        ConstValue::Object(fields) => fields.values().map(leaves).fold(0, u64::saturating_add),
        _ => 1,
    }
}

struct Gauge<'a> {
    shapes: &'a Shapes,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    /// What each fragment comes to; empty while it is being measured.
    fragments: HashMap<&'a Name, Option<Measure>>,
}

impl<'a> Gauge<'a> {
    fn selection(&mut self, selection: &'a SelectionSet, on: &str) -> Result<Measure, String> {
        let mut sum = Measure::default();
        for item in &selection.items {
            let measure = match &item.node {
                Selection::Field(field) => self.field(&field.node, on)?,
                Selection::InlineFragment(inline) => {
                    let on = inline
                        .node
                        .type_condition
                        .as_ref()
                        .map_or(on, |condition| condition.node.on.node.as_str());
                    let mut inner = self.selection(&inline.node.selection_set.node, on)?;
                    inner.spreads = inner.spreads.saturating_add(1);
                    with_directives(inner, inline.node.directives.len())
                }
                Selection::FragmentSpread(spread) => with_directives(
                    self.fragment(&spread.node.fragment_name.node)?,
                    spread.node.directives.len(),
                ),
            };
            sum = sum.beside(measure);
        }
        Ok(sum)
    }

    fn field(&mut self, field: &'a Field, on: &str) -> Result<Measure, String> {
        let shape = self.shapes.of(on, field.name.node.as_str()).cloned();
        let field_name = field.name.node.as_str();
        let introspected = introspected(on, field_name);
        let returns = match (introspected, &shape) {
            (Some((returns, _)), _) => returns,
            (None, Some(shape)) => shape.returns.as_str(),
            (None, None) => "",
        };
        let inner = self.selection(&field.selection_set.node, returns)?;
        let times = match &shape {
            Some(shape) if shape.connection => self.asked(field).unwrap_or(DEFAULT_PAGE),
            // The rows of a page are counted where the page is asked for.
            Some(shape) if shape.list && !is_page(on) => self.asked(field).unwrap_or(LIST_SIZE),
            _ => 1,
        };
        let inputs = self.inputs(field);
        let weight = WEIGHTS
            .iter()
            .find(|(parent, field, _)| (*parent, *field) == (on, field_name))
            .map_or_else(|| own_cost(returns), |(_, _, weight)| *weight)
            .saturating_add(inputs);
        let introspection = match introspected {
            Some((_, size)) => inner.introspection.saturating_mul(size).saturating_add(1),
            None if on.starts_with("__") => inner.introspection.saturating_add(1),
            None => inner.introspection,
        };
        let cost = inner
            .cost
            .saturating_mul(times)
            .saturating_add(inner.beside_rows)
            .saturating_add(1)
            .saturating_add(weight);
        let fixed = inner
            .fixed
            .saturating_mul(times)
            .saturating_add(inner.fixed_beside_rows)
            .saturating_add(weight);
        let beside_rows = is_page(on) && !shape.as_ref().is_some_and(|shape| shape.list);
        let measure = Measure {
            depth: inner.depth.saturating_add(1),
            fields: inner.fields.saturating_add(1),
            directives: inner.directives,
            cost: if beside_rows { 0 } else { cost },
            fixed: if beside_rows { 0 } else { fixed },
            beside_rows: if beside_rows { cost } else { 0 },
            fixed_beside_rows: if beside_rows { fixed } else { 0 },
            spreads: inner.spreads,
            inputs: inner.inputs.saturating_add(inputs),
            introspection,
        };
        Ok(with_directives(measure, field.directives.len()))
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Measure, String> {
        match self.fragments.get(name) {
            Some(Some(measure)) => return Ok(*measure),
            Some(None) => return Err(format!("the fragment {name} spreads itself")),
            None => {}
        }
        // An unknown fragment is left for validation to name.
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Measure {
                spreads: 1,
                ..Measure::default()
            });
        };
        self.fragments.insert(name, None);
        let on = fragment.node.type_condition.node.on.node.as_str();
        let mut measure = with_directives(
            self.selection(&fragment.node.selection_set.node, on)?,
            fragment.node.directives.len(),
        );
        measure.spreads = measure.spreads.saturating_add(1);
        self.fragments.insert(name, Some(measure));
        Ok(measure)
    }

    /// The values of a field's arguments, as far as they are known.
    fn argument(&self, field: &Field, name: &str) -> Option<ConstValue> {
        let value = field.get_argument(name)?;
        value
            .node
            .clone()
            .into_const_with(|name| self.variable(&name).ok_or(()))
            .ok()
    }

    /// How many rows a field asks for, where it says so.
    fn asked(&self, field: &Field) -> Option<u64> {
        let asked = ["first", "last", "ids"].iter().filter_map(|name| {
            match self.argument(field, name)? {
                ConstValue::Number(number) => Some(number.as_u64().unwrap_or(0).min(MAX_PAGE)),
                ConstValue::List(ids) => Some(ids.len() as u64),
                _ => None,
            }
        });
        asked.max()
    }

    /// How many values its filters, texts and keys carry.
    fn inputs(&self, field: &Field) -> u64 {
        let paging = |name: &str| matches!(name, "first" | "last" | "after" | "before");
        let given = field.arguments.iter();
        let given = given.filter(|(name, _)| !paging(name.node.as_str()));
        let given = given.map(|(_, value)| {
            let constant = value
                .node
                .clone()
                .into_const_with(|name| Ok::<_, ()>(self.variable(&name).unwrap_or_default()));
            constant.map_or(0, |constant| leaves(&constant))
        });
        given.fold(0, u64::saturating_add)
    }

    fn variable(&self, name: &Name) -> Option<ConstValue> {
        let given = self.variables.get(name).cloned();
        given.or_else(|| {
            let definition = self
                .operation
                .variable_definitions
                .iter()
                .find(|definition| definition.node.name.node == *name)?;
            definition.node.default_value().cloned()
        })
    }
}

/// What a field costs that reads more than it returns.
fn own_cost(returns: &str) -> u64 {
    if returns.ends_with("Aggregate") {
        AGGREGATE_COST
    } else if returns.ends_with("Groups") {
        GROUPS_COST
    } else {
        0
    }
}

fn with_directives(measure: Measure, directives: usize) -> Measure {
    Measure {
        directives: measure.directives.saturating_add(directives as u64),
        ..measure
    }
}
