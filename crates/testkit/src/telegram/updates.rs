//! The queue of updates, with the offset, limit and long poll of the real `getUpdates`.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// Updates the bot has not confirmed yet.
pub(crate) struct Queue {
    waiting: VecDeque<(i64, Value)>,
    last: Option<(i64, Value)>,
    next_id: i64,
    /// Grows with each `getUpdates`: a newer one ends the one that waits.
    pub poll: u64,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            last: None,
            next_id: 70_001,
            poll: 0,
        }
    }
}

impl Queue {
    pub fn push(&mut self, mut update: Value) -> i64 {
        let id = match update.get("update_id").and_then(Value::as_i64) {
            Some(id) => id,
            None => {
                update["update_id"] = json!(self.next_id);
                self.next_id
            }
        };
        self.next_id = self.next_id.max(id + 1);
        self.last = Some((id, update.clone()));
        self.waiting.push_back((id, update));
        id
    }

    pub fn repeat_last(&mut self) {
        if let Some(last) = self.last.clone() {
            self.waiting.push_back(last);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Forgets what `offset` confirms, then shows up to `limit` updates without removing them.
    pub fn take(&mut self, offset: i64, limit: usize) -> Vec<Value> {
        if offset > 0 {
            self.waiting.retain(|(id, _)| *id >= offset);
        } else if offset < 0 {
            let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
            while self.waiting.len() > keep {
                self.waiting.pop_front();
            }
        }
        self.waiting
            .iter()
            .take(limit)
            .map(|(_, update)| update.clone())
            .collect()
    }
}
