//! Loaders: whatever a list asks of its rows' neighbours is asked once, for all of them.

mod aggregate;
mod hanging;
mod page;

pub use aggregate::{groups_of, totals_of};
pub use hanging::{
    Hanging, Instant, aliases, axes_of, hanging_ids, hanging_texts, milestone_status_at,
    milestone_status_of, objectives_of, status_at, status_of, steps_of,
};
pub use page::{count_of, page_of};

use std::{
    collections::HashMap,
    future::poll_fn,
    hash::{Hash, Hasher},
    marker::PhantomData,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Poll, Wake, Waker},
};

use async_graphql::{
    Context, Error,
    dataloader::{DataLoader, Loader},
};
use futures_util::{StreamExt, stream::FuturesUnordered};
use store::{
    Concept, Store, headline,
    neighbour::{self, Reference, Rows},
    row,
};

use tokio::sync::mpsc;

use crate::error::from_store;

/// Reads for one request, and the rows it has read beside others.
pub struct Reader {
    store: Store,
    rows: Mutex<Rows>,
}

impl Reader {
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps rows that were read beside others, for whoever asks for them in this request.
pub fn keep(ctx: &Context<'_>, rows: Rows) {
    reader(ctx).loader().rows().extend(rows);
}

/// Many keys in one statement, within what a database takes.
const MAX_BATCH: usize = 20_000;

/// How often an execution that has more to do is polled before others have their turn.
const POLLS: u32 = 256;

/// Loads waiting to be run.
type Load = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The loads that one request's resolvers ask for.
pub struct Loads(mpsc::UnboundedReceiver<Load>);

/// Loaders for one request, and the loads they will ask for; nothing is read unless these are driven.
pub fn loaders(store: Store) -> (DataLoader<Reader>, Loads) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let spawn = move |load| {
        // Without a receiver the request is over, and nobody waits for the rows.
        let _ = sender.send(load);
    };
    let loader = DataLoader::new(
        Reader {
            store,
            rows: Mutex::default(),
        },
        spawn,
    )
    .delay(std::time::Duration::ZERO)
    .max_batch_size(MAX_BATCH);
    (loader, Loads(receiver))
}

impl Loads {
    /// Runs an execution to its end. Loads run only while every resolver waits, and resolvers go on only when all loads are done:
    /// so a level of a query is one statement for each relation, whatever the machine is doing beside.
    pub async fn drive<T>(mut self, execution: impl Future<Output = T>) -> T {
        // Without tokio's budget: one that is used up makes its resources wait and wake at once, again and again, until the task
        // gives way, which this loop would not do.
        let mut execution = pin!(tokio::task::coop::unconstrained(execution));
        let mut running = FuturesUnordered::new();
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(woken.clone());
        poll_fn(|cx| {
            woken.call(cx.waker());
            loop {
                while let Poll::Ready(Some(())) = running.poll_next_unpin(cx) {}
                if !running.is_empty() {
                    return Poll::Pending;
                }
                // A long list gives way before all its items have asked, and wakes itself to go on.
                woken.again.store(true, Ordering::Release);
                for polls in 0_u32.. {
                    if !woken.again.swap(false, Ordering::AcqRel) {
                        break;
                    }
                    // Now and then the runtime has its turn, and with it whoever stops what takes too long.
                    if polls == POLLS {
                        cx.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                    let mut inner = std::task::Context::from_waker(&waker);
                    if let Poll::Ready(done) = execution.as_mut().poll(&mut inner) {
                        return Poll::Ready(done);
                    }
                }
                while let Poll::Ready(Some(load)) = self.0.poll_recv(cx) {
                    running.push(load);
                }
                if running.is_empty() {
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}

/// Whether the execution wants to go on, and whom to tell.
#[derive(Default)]
struct Woken {
    again: AtomicBool,
    outer: Mutex<Option<Waker>>,
}

impl Woken {
    fn call(&self, waker: &Waker) {
        *self.outer.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
    }
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.again.store(true, Ordering::Release);
        let outer = self
            .outer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(waker) = outer {
            waker.wake();
        }
    }
}

fn reader<'a>(ctx: &Context<'a>) -> &'a DataLoader<Reader> {
    ctx.data_unchecked::<DataLoader<Reader>>()
}

type Failure = Arc<store::Error>;

fn failed(failure: Failure) -> Error {
    match Arc::try_unwrap(failure) {
        Ok(failure) => from_store(failure),
        Err(shared) => match &*shared {
            store::Error::Cursor(cursor) => from_store(store::Error::Cursor(cursor.clone())),
            store::Error::TooLong => from_store(store::Error::TooLong),
            store::Error::Busy => from_store(store::Error::Busy),
            other => crate::error::internal(other),
        },
    }
}

macro_rules! typed_key {
    ($name:ident($inner:ty)) => {
        struct $name<E>($inner, PhantomData<fn() -> E>);

        impl<E> Clone for $name<E> {
            fn clone(&self) -> Self {
                Self(self.0.clone(), PhantomData)
            }
        }

        impl<E> PartialEq for $name<E> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl<E> Eq for $name<E> {}

        impl<E> Hash for $name<E> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }
    };
}

typed_key!(RowId(i64));
typed_key!(RowKey(String));

impl<E: Concept> Loader<RowId<E>> for Reader {
    type Value = E::Model;
    type Error = Failure;

    async fn load(&self, keys: &[RowId<E>]) -> Result<HashMap<RowId<E>, E::Model>, Failure> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = row::by_ids::<E>(&self.store, &ids)
            .await
            .map_err(Arc::new)?;
        Ok(rows
            .into_iter()
            .map(|(id, row)| (RowId(id, PhantomData), row))
            .collect())
    }
}

impl<E: Concept> Loader<RowKey<E>> for Reader {
    type Value = E::Model;
    type Error = Failure;

    async fn load(&self, keys: &[RowKey<E>]) -> Result<HashMap<RowKey<E>, E::Model>, Failure> {
        let texts: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let rows = row::by_keys::<E>(&self.store, &texts)
            .await
            .map_err(Arc::new)?;
        Ok(rows
            .into_iter()
            .map(|(key, row)| (RowKey(key, PhantomData), row))
            .collect())
    }
}

/// The row with an id that a reference holds, so it must be there.
pub async fn by_id<E: Concept>(ctx: &Context<'_>, id: i64) -> Result<E::Model, Error> {
    let row = find::<E>(ctx, id).await?;
    row.ok_or_else(|| {
        crate::error::internal(&format!("{} {id} is referred to but not there", E::KIND))
    })
}

pub async fn by_optional_id<E: Concept>(
    ctx: &Context<'_>,
    id: Option<i64>,
) -> Result<Option<E::Model>, Error> {
    match id {
        Some(id) => find::<E>(ctx, id).await,
        None => Ok(None),
    }
}

async fn find<E: Concept>(ctx: &Context<'_>, id: i64) -> Result<Option<E::Model>, Error> {
    let reader = reader(ctx);
    let read = reader.loader().rows().by_id::<E>(id).cloned();
    match read {
        Some(row) => Ok(Some(row)),
        None => reader
            .load_one(RowId::<E>(id, PhantomData))
            .await
            .map_err(failed),
    }
}

pub async fn by_ids<E: Concept>(ctx: &Context<'_>, ids: &[i64]) -> Result<Vec<E::Model>, Error> {
    let mut rows = reader(ctx)
        .load_many(ids.iter().map(|id| RowId::<E>(*id, PhantomData)))
        .await
        .map_err(failed)?;
    Ok(ids
        .iter()
        .filter_map(|id| rows.remove(&RowId(*id, PhantomData)))
        .collect())
}

pub async fn by_key<E: Concept>(ctx: &Context<'_>, key: &str) -> Result<Option<E::Model>, Error> {
    let reader = reader(ctx);
    let read = reader.loader().rows().by_key::<E>(key).cloned();
    match read {
        Some(row) => Ok(Some(row)),
        None => reader
            .load_one(RowKey::<E>(key.to_owned(), PhantomData))
            .await
            .map_err(failed),
    }
}

/// A headline, and the references that will be followed from its observations.
#[derive(Clone)]
struct Headlined {
    request: headline::Request,
    references: Vec<Reference>,
}

impl PartialEq for Headlined {
    fn eq(&self, other: &Self) -> bool {
        self.request == other.request
    }
}

impl Eq for Headlined {}

impl Hash for Headlined {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.request.hash(state);
    }
}

impl Loader<Headlined> for Reader {
    type Value = headline::Found;
    type Error = Failure;

    async fn load(
        &self,
        asked: &[Headlined],
    ) -> Result<HashMap<Headlined, headline::Found>, Failure> {
        let requests: Vec<_> = asked.iter().map(|asked| asked.request.clone()).collect();
        let mut references = Vec::new();
        for reference in asked.iter().flat_map(|asked| &asked.references) {
            neighbour::follow(&mut references, reference.clone());
        }
        let (mut found, beside) = headline::headlines(&self.store, &requests, &references)
            .await
            .map_err(Arc::new)?;
        self.rows().extend(beside);
        let of = |asked: &Headlined| Some((asked.clone(), found.remove(&asked.request)?));
        Ok(asked.iter().filter_map(of).collect())
    }
}

/// The headline of a request; the rows that its observations refer to by `references` are read with it.
pub async fn headline(
    ctx: &Context<'_>,
    request: headline::Request,
    references: Vec<Reference>,
) -> Result<headline::Found, Error> {
    let asked = Headlined {
        request,
        references,
    };
    let found = reader(ctx).load_one(asked).await.map_err(failed)?;
    found.ok_or_else(|| crate::error::internal(&"a headline was asked and not looked for"))
}
