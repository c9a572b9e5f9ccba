//! Which handover the screen is about: one that waits, or the one that is to be written.

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::UserId;
use takt_store::Reading;

use super::known::{Submitted, recent, submitted};
use crate::here::{Here, Shift, Shifts};
use crate::refused::Refused;

/// A shift that ended no longer ago is handed over before the running one.
const JUST_ENDED_HOURS: i64 = 2;

/// What the handover screen is about.
pub(crate) enum OnScreen {
    /// No shift is planned now and none ended lately.
    Nothing,
    /// A shift that is to be handed over.
    Draft(Shift),
    /// A handover; what is written now is added to it.
    Submitted(Shift, Box<Submitted>),
}

/// What the screen is about for whoever stands there. A handover that waits comes first, as long as
/// somebody may still come for it.
pub(crate) fn on_screen(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    person: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<OnScreen, Refused> {
    let current = to_hand_over(r, here, shifts, now)?;
    if let Some(waiting) = submitted(r, here, now)?
        && let Some(of) = shifts.on(waiting.from_shift, waiting.from_date)
        && !is_left(&waiting, &of, current.as_ref(), shifts, person, now)
    {
        return Ok(OnScreen::Submitted(of, Box::new(waiting)));
    }
    let Some(shift) = current else { return Ok(OnScreen::Nothing) };
    let of_it = recent(r, here, now)?.into_iter().find(|it| it.is_of(shift.row.id, shift.date));
    Ok(match of_it {
        Some(it) => OnScreen::Submitted(shift, Box::new(it)),
        None => OnScreen::Draft(shift),
    })
}

/// Whether nobody will come for a handover any more: the shift it was for is over, or is more than
/// half over and led by who wrote it. Then that shift's own goes on, and carries what was unread.
fn is_left(
    waiting: &Submitted,
    of: &Shift,
    current: Option<&Shift>,
    shifts: &Shifts,
    person: Option<UserId>,
    now: DateTime<Utc>,
) -> bool {
    let Some(current) = current.filter(|current| current.window.starts_at > of.window.starts_at) else {
        return false;
    };
    let over = shifts.on(waiting.to_shift, waiting.to_date).is_some_and(|to| to.window.ends_at <= now);
    let led_by_the_same = person.is_some() && waiting.by == person;
    over || led_by_the_same && current.window.elapsed_ratio(now) > 0.5
}

/// The shift whose handover is to be written: the one that just ended, if something was done in
/// it and nobody handed it over; else the one that runs, or ran last.
fn to_hand_over(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    now: DateTime<Utc>,
) -> Result<Option<Shift>, Refused> {
    if let Some(ended) = shifts.ended_within(now, TimeDelta::hours(JUST_ENDED_HOURS)) {
        let worked = !r.lines_between(ended.window.starts_at, ended.window.ends_at)?.is_empty();
        let known = recent(r, here, now)?;
        if worked && !known.iter().any(|it| it.is_of(ended.row.id, ended.date)) {
            return Ok(Some(ended));
        }
    }
    Ok(shifts.running_or_ended(now))
}
