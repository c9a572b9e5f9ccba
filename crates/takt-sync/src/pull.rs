//! Fetching what changed at the centre: page by page, then waiting for the next change.

use takt_wire::{
    Epoch,
    pull::{PAGE_ROWS_MAX, WAIT_SECONDS_MAX},
};

use crate::{Failure, Now, Standing};

/// The shortest time between two questions that brought nothing, in ms.
pub const EMPTY_MS_MIN: u64 = 1_000;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing before then.
    Rest {
        /// When to go on.
        until: Now,
    },
    /// Ask for the next page, from the stored cursor.
    Pull {
        /// Rows wanted at most.
        limit: usize,
        /// Seconds the server may wait for a change.
        wait_seconds: u64,
    },
}

/// What to do with what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Store the page and its cursor in one transaction.
    StorePage,
    /// The cursor is of no use: begin with a snapshot.
    DropCursor,
    /// Get another access token.
    DropToken,
}

/// The state of fetching.
#[derive(Clone, Debug, Default)]
pub struct PullLoop {
    standing: Standing,
    /// A page with `more = false` was the last one: the next question may wait for a change.
    caught_up: bool,
    asked_at: Option<Now>,
    /// The epoch of the last page.
    epoch: Option<Epoch>,
}

impl PullLoop {
    /// Begins.
    pub fn new() -> Self {
        Self::default()
    }

    /// How it gets on.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The epoch of the last page.
    pub fn epoch(&self) -> Option<Epoch> {
        self.epoch
    }

    /// The network came back, or a person asked: try now. A wait the server asked for stands.
    pub fn hurry(&mut self) {
        if self.standing.last_error != Some("busy") {
            self.standing.next_at = None;
        }
    }

    /// What to do next.
    pub fn next(&mut self, now: Now) -> Step {
        if let Some(until) = self.standing.next_at.filter(|at| *at > now) {
            return Step::Rest { until };
        }
        self.asked_at = Some(now);
        let wait_seconds = if self.caught_up { WAIT_SECONDS_MAX } else { 0 };
        Step::Pull { limit: PAGE_ROWS_MAX, wait_seconds }
    }

    /// A page arrived: its epoch, its rows, and whether more is waiting.
    pub fn page(&mut self, epoch: Epoch, rows: usize, more: bool, now: Now) -> Vec<Effect> {
        self.standing.succeeded();
        self.epoch = Some(epoch);
        let asked_again_at = self.asked_at.map_or(now, |asked| asked.plus(EMPTY_MS_MIN));
        if rows == 0 && !more && self.caught_up && asked_again_at > now {
            self.standing.next_at = Some(asked_again_at);
        }
        self.caught_up = !more;
        vec![Effect::StorePage]
    }

    /// The page could not be stored: ask for it again, later.
    pub fn not_stored(&mut self, now: Now, jitter: f64) {
        self.caught_up = false;
        self.standing.failed(&Failure::Unreachable { code: "storage_full" }, now, jitter);
    }

    /// No page came.
    pub fn failed(&mut self, failure: &Failure, now: Now, jitter: f64) -> Vec<Effect> {
        self.caught_up = false;
        match failure {
            Failure::TokenRefused => {
                self.standing.mended(failure, now, jitter);
                vec![Effect::DropToken]
            }
            Failure::CursorExpired => {
                self.standing.mended(failure, now, jitter);
                vec![Effect::DropCursor]
            }
            _ => {
                self.standing.failed(failure, now, jitter);
                vec![]
            }
        }
    }
}
