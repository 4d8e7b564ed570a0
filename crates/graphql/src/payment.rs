//! What was taken for a request: settled when it ends, and also when it is cut off half-way because nobody waits for it any more.

use std::time::Instant;

use crate::{
    Service,
    admission::Estimate,
    admit::account,
    execute::{Call, TIMEOUT},
    quota::{Account, Balance},
};

/// What a request may cost, taken when it was let in.
pub(crate) struct Payment<'a> {
    service: &'a Service,
    account: Account,
    estimate: Estimate,
    began: Instant,
    settled: bool,
}

impl<'a> Payment<'a> {
    /// Of a request that begins now.
    pub fn of(service: &'a Service, call: &Call, estimate: Estimate) -> Self {
        Self {
            service,
            account: account(service, call),
            estimate,
            began: Instant::now(),
            settled: false,
        }
    }

    /// Gives back what was not spent.
    pub fn settle(mut self, spent: u64) -> Option<Balance> {
        self.give_back(spent)
    }

    fn give_back(&mut self, spent: u64) -> Option<Balance> {
        self.settled = true;
        let units = self.estimate.requested.saturating_sub(spent);
        let purse = self.service.purse();
        purse.give_back(self.account, units, Instant::now())
    }
}

impl Drop for Payment<'_> {
    fn drop(&mut self) {
        if !self.settled {
            let worked = self.began.elapsed().as_secs_f64() / TIMEOUT.as_secs_f64();
            self.give_back(cut_off(self.estimate, worked));
        }
    }
}

/// What a request came to that was cut off after a part of its time: nobody knows what it had read by then, but what takes all of its time
/// counts as a whole.
fn cut_off(estimate: Estimate, worked: f64) -> u64 {
    let Estimate {
        requested, fixed, ..
    } = estimate;
    let read = requested.saturating_sub(fixed) as f64 * worked;
    fixed
        .saturating_add(read.ceil() as u64)
        .clamp(1, requested.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_costs_the_part_of_its_time() {
        let estimate = Estimate {
            requested: 1_000,
            fixed: 200,
            fields: 3,
        };
        for (worked, spent) in [(0.0, 200), (0.25, 400), (1.0, 1_000), (3.0, 1_000)] {
            assert_eq!(cut_off(estimate, worked), spent, "{worked}");
        }
        assert_eq!(cut_off(Estimate::default(), 0.0), 1);
    }
}
