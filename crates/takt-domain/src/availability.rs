//! What a machine did in a shift, as the time elements of ISO 22400-2, and its stops.
//!
//! Periods are stored once and clipped per window. Where two overlap, the one that started last
//! counts; where there is none, the time is UNKNOWN, which is neither idle nor down.
//!
//! | element | here |
//! |---|---|
//! | POT | the window, up to now |
//! | planned down | breaks; periods whose reason is a planned stop; maintenance without another reason; decommissioned |
//! | PBT | POT − planned down |
//! | APT | running with an order; a minor stop (performance loss) in an order |
//! | AUST | setup |
//! | ADET | any other state in an order |
//! | ADOT | any other state without one |
//! | UNKNOWN | no period |

pub mod stops;

pub use stops::{Stops, stops};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::shift::Window;
use crate::words::words;
use crate::{MachineStatus, ReasonId};

words! {
    /// What a downtime reason counts as (`oee_class` of DOWNTIME_REASON).
    ReasonClass {
        /// Reduces availability.
        AvailabilityLoss = "availability_loss",
        /// Reduces planned time.
        PlannedStop = "planned_stop",
        /// Too short to count as a stop: shows in effectiveness.
        PerformanceLoss = "performance_loss",
    }
}

/// One period of a machine's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// What it was doing.
    pub status: MachineStatus,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; none = still.
    pub to: Option<DateTime<Utc>>,
    /// Why it stood, where known.
    pub reason: Option<ReasonId>,
    /// What that reason counts as.
    pub reason_class: Option<ReasonClass>,
    /// Whether an order was being worked on.
    pub in_order: bool,
}

impl Period {
    /// Whether nobody has yet said why the machine was down.
    pub fn is_unexplained(&self) -> bool {
        self.status == MachineStatus::Down && self.reason.is_none()
    }
}

/// The time elements of a window, in seconds. PBT = APT + AUST + ADET + ADOT + UNKNOWN, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TimeElements {
    /// Planned operation time.
    #[ts(type = "number")]
    pub pot: i64,
    /// Planned downtime: POT − PBT.
    #[ts(type = "number")]
    pub planned_down: i64,
    /// Planned busy time.
    #[ts(type = "number")]
    pub pbt: i64,
    /// Actual production time.
    #[ts(type = "number")]
    pub apt: i64,
    /// Actual unit setup time.
    #[ts(type = "number")]
    pub aust: i64,
    /// Actual unit delay time.
    #[ts(type = "number")]
    pub adet: i64,
    /// Actual unit down time.
    #[ts(type = "number")]
    pub adot: i64,
    /// Planned busy, but nothing is known.
    #[ts(type = "number")]
    pub unknown: i64,
}

/// Where a second goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    PlannedDown,
    Apt,
    Aust,
    Adet,
    Adot,
    Unknown,
}

/// The elements of what of `window` is over at `now`. Breaks with known positions are planned
/// downtime whatever the machine did in them.
pub fn time_elements(
    window: &Window,
    now: DateTime<Utc>,
    periods: &[Period],
    breaks: &[Window],
) -> TimeElements {
    let mut elements = TimeElements::default();
    for (slice, period) in timeline(&window.until(now), periods, breaks) {
        let paused = breaks.iter().any(|pause| pause.contains(slice.starts_at));
        let element = if paused { Element::PlannedDown } else { element(period) };
        elements.add(element, slice.seconds());
    }
    elements
}

/// The window cut wherever something begins or ends, each piece with the period that counts in
/// it: of those that cover it, the one that started last, or was listed last.
fn timeline<'a>(
    window: &Window,
    periods: &'a [Period],
    breaks: &[Window],
) -> Vec<(Window, Option<&'a Period>)> {
    let ends = periods.iter().flat_map(|period| [Some(period.from), period.to]).flatten();
    let breaks = breaks.iter().flat_map(|pause| [pause.starts_at, pause.ends_at]);
    let inside = ends.chain(breaks).filter(|at| window.contains(*at));
    let mut cuts: Vec<DateTime<Utc>> = inside.chain([window.starts_at, window.ends_at]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let covers = |period: &&Period, at| period.from <= at && period.to.is_none_or(|to| at < to);
    let counts = |at| periods.iter().filter(|period| covers(period, at)).max_by_key(|period| period.from);
    cuts.windows(2).map(|pair| (Window { starts_at: pair[0], ends_at: pair[1] }, counts(pair[0]))).collect()
}

fn element(period: Option<&Period>) -> Element {
    let Some(period) = period else { return Element::Unknown };
    match (period.status, period.reason_class) {
        (MachineStatus::Decommissioned, _) | (MachineStatus::Maintenance, None) => Element::PlannedDown,
        (MachineStatus::Running, _) if period.in_order => Element::Apt,
        (MachineStatus::Running, _) => Element::Adot,
        (_, Some(ReasonClass::PlannedStop)) => Element::PlannedDown,
        (_, Some(ReasonClass::PerformanceLoss)) if period.in_order => Element::Apt,
        (MachineStatus::Setup, _) => Element::Aust,
        _ if period.in_order => Element::Adet,
        _ => Element::Adot,
    }
}

impl TimeElements {
    fn add(&mut self, element: Element, seconds: i64) {
        self.pot += seconds;
        if element == Element::PlannedDown {
            self.planned_down += seconds;
            return;
        }
        self.pbt += seconds;
        match element {
            Element::Apt => self.apt += seconds,
            Element::Aust => self.aust += seconds,
            Element::Adet => self.adet += seconds,
            Element::Adot => self.adot += seconds,
            Element::Unknown | Element::PlannedDown => self.unknown += seconds,
        }
    }

    /// Takes off a break whose position nobody knows: from the time in which nothing was made
    /// first (ADOT, UNKNOWN, ADET, AUST), from production last. The caller gives the part of the
    /// break that falls to the time elapsed.
    #[must_use]
    pub fn less_break(mut self, seconds: i64) -> Self {
        let taken = seconds.clamp(0, self.pbt);
        let mut left = taken;
        let from = [&mut self.adot, &mut self.unknown, &mut self.adet, &mut self.aust, &mut self.apt];
        for part in from {
            let here = left.min(*part);
            *part -= here;
            left -= here;
        }
        self.pbt -= taken;
        self.planned_down += taken;
        self
    }

    /// AUPT, actual unit processing time: AUST + APT.
    pub fn aupt(&self) -> i64 {
        self.aust + self.apt
    }

    /// AUBT, actual unit busy time: AUPT + ADET.
    pub fn aubt(&self) -> i64 {
        self.aupt() + self.adet
    }
}

impl std::ops::Add for TimeElements {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            pot: self.pot + other.pot,
            planned_down: self.planned_down + other.planned_down,
            pbt: self.pbt + other.pbt,
            apt: self.apt + other.apt,
            aust: self.aust + other.aust,
            adet: self.adet + other.adet,
            adot: self.adot + other.adot,
            unknown: self.unknown + other.unknown,
        }
    }
}

#[cfg(test)]
mod tests;
