//! The statements of headlines, written once: all that differs between requests of one shape are the keys they name, and to put so long a
//! statement together takes longer than to carry it out.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use sea_orm::{ConnectionTrait, Statement, Value, Values};

use super::{Request, Shape, statement};
use crate::{
    Store,
    decode::Columns,
    neighbour::{Joined, Reference},
};

/// Statements remembered; all are forgotten when there would be more.
const REMEMBERED: usize = 256;

/// Of more requests than this at once, none is remembered.
const TOGETHER: usize = 16;

/// What a text depends on.
#[derive(PartialEq, Eq, Hash)]
struct Kind {
    shape: Shape,
    requests: usize,
    references: String,
}

/// A statement without the keys that requests name.
pub(super) struct Prepared {
    sql: String,
    /// The values after those of the requests.
    after: Vec<Value>,
    pub columns: Columns,
    pub joined: Joined,
}

/// The statements that one store has sent.
#[derive(Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<HashMap<Kind, Arc<Prepared>>>>);

impl std::fmt::Debug for Statements {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Statements")
    }
}

impl Statements {
    pub(super) fn of(
        &self,
        store: &Store,
        shape: Shape,
        requests: &[&Request],
        references: &[Reference],
    ) -> Arc<Prepared> {
        let fresh = || Arc::new(Prepared::new(store, shape, requests, references));
        if shape.recorded_at.is_some() || requests.len() > TOGETHER {
            return fresh();
        }
        let kind = Kind {
            shape,
            requests: requests.len(),
            references: format!("{references:?}"),
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED && !known.contains_key(&kind) {
            known.clear();
        }
        known.entry(kind).or_insert_with(fresh).clone()
    }
}

impl Prepared {
    fn new(store: &Store, shape: Shape, requests: &[&Request], references: &[Reference]) -> Self {
        let (statement, columns, joined) = statement(shape, requests, references);
        let Statement { sql, values, .. } = store.db.get_database_backend().build(&statement);
        let named = values_of(requests).len();
        let after = values.map(|values| values.0.into_iter().skip(named).collect());
        Self {
            sql,
            after: after.unwrap_or_default(),
            columns,
            joined,
        }
    }

    /// The statement for requests of the same shape, as many as it was written for.
    pub fn with(&self, store: &Store, requests: &[&Request]) -> Statement {
        let mut values = values_of(requests);
        values.extend(self.after.iter().cloned());
        Statement {
            sql: self.sql.clone(),
            values: Some(Values(values)),
            db_backend: store.db.get_database_backend(),
        }
    }
}

/// What stands in the statement first, in its order.
fn values_of(requests: &[&Request]) -> Vec<Value> {
    let values = requests.iter().zip(0_i64..).flat_map(|(request, number)| {
        let subject = request.subject.as_ref().map(|(_, key)| key.clone());
        [
            number.into(),
            request.indicator.clone().into(),
            request.territory.clone().into(),
            request.activity.clone().into(),
            subject.into(),
        ]
    });
    values.collect()
}

#[cfg(test)]
mod tests {
    use entity::SubjectKind;

    use super::*;

    /// A statement that is remembered has the text and the values of one that is written anew.
    #[tokio::test]
    async fn a_remembered_statement_is_the_one_that_would_be_written() {
        testkit::each_empty_database(async |database| {
            let store = Store::connect(&database.url).await.expect("a database");
            let statements = Statements::default();
            let about = |indicator: &str, subject: Option<&str>| Request {
                subject: subject.map(|key| (SubjectKind::Park, key.to_owned())),
                ..Request::at(indicator.to_owned(), Some("03".to_owned()))
            };
            for subject in [None, Some("park")] {
                let (one, other) = (about("a", subject), about("b", subject));
                let shape = Shape::of(&one);
                statements.of(&store, shape, &[&one, &other], &[]);
                let turned = [&other, &one];
                let remembered = statements.of(&store, shape, &turned, &[]);
                let (anew, _, _) = statement(shape, &turned, &[]);
                let anew = store.db.get_database_backend().build(&anew);
                assert_eq!(remembered.with(&store, &turned), anew);
            }
            let known = statements.0.lock().expect("no panic").len();
            assert_eq!(known, 2);
        })
        .await;
    }
}
