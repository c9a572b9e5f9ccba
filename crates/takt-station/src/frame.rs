//! What stands around every screen.

use chrono::{DateTime, Utc};
use takt_domain::Quantity;
use takt_domain::shift::Window;
use takt_store::{Level, Reading, StorageUse};

use crate::bench::Bench;
use crate::booking;
use crate::here::{Here, Shift, Shifts};
use crate::job_view::ratio;
use crate::people;
use crate::records;
use crate::refused::Refused;
use crate::session::{self, PinWanted};
use crate::station::{Look, Station};
use crate::tray;
use crate::view::frame::{Frame, Phase, PinPrompt, ShiftProgress, Storage, StorageLevel, SyncState, Theme};
use crate::view::{Refusal, frame};

/// Digits of a PIN at most.
const PIN_DIGITS_MAX: u8 = 6;

impl Station {
    /// What stands around every screen now.
    pub fn frame(&self) -> Frame {
        let revision = self.revision();
        match self.look(|r, look| self.frame_of(r, look, revision)) {
            Ok(frame) => frame,
            Err(refusal) => self.blind_frame(refusal, revision),
        }
    }

    /// The three ticks, the line and the room for records.
    pub(crate) fn sync_view(&self, r: &Reading<'_>, counted: &Window) -> Result<SyncState, Refused> {
        let counts = r.outbox_counts()?;
        let state = r.sync_state()?;
        let made = records::made_in(r, counted)?;
        let line = self.line();
        Ok(SyncState {
            on_terminal: made.on_terminal,
            at_plant: made.at_plant,
            in_erp: None,
            unsent: counts.unsent,
            oldest_unsent_at: counts.oldest_unsent_at,
            problems: counts.problems,
            link: line.link,
            last_contact_at: state.last_contact_at,
            storage: storage(self.store().storage()?),
        })
    }

    fn frame_of(&self, r: &Reading<'_>, look: &Look, revision: u64) -> Result<Frame, Refused> {
        let now = look.now;
        let shifts = Shifts::read(r)?;
        let running = shifts.running(now);
        let nowhere = Window { starts_at: now, ends_at: now };
        let counted = look.here.as_ref().map_or(nowhere, |here| here.counted(running.as_ref(), now));
        let sync = self.sync_view(r, &counted)?;
        let theme = theme(r)?;
        let bench = self.bench();
        Ok(Frame {
            revision,
            phase: self.phase(r, look, &bench)?,
            locale: look.locale.clone(),
            theme,
            place: look.here.as_ref().map(Here::place),
            person: look.person.as_ref().map(people::view),
            shift: running.map(|shift| shift_progress(r, &shift, now)).transpose()?,
            sync,
            echo: bench.echo.clone(),
            undo: booking::undoable(r, now)?,
            demo: tray::is_there(r)?,
            now,
        })
    }

    fn phase(&self, r: &Reading<'_>, look: &Look, bench: &Bench) -> Result<Phase, Refused> {
        if look.here.is_none() {
            let server = self.setup().server_proposed.clone();
            return Ok(Phase::Enrol { server, busy: bench.enrolling, failed: bench.enrol_failed.clone() });
        }
        let first_sync = !r.sync_state()?.mirror_complete;
        if first_sync && people_missing(r)? {
            return Ok(Phase::FirstSync { rows: r.mirror_count()? });
        }
        if look.person.is_some() && bench.pin.is_none() {
            return Ok(Phase::Open);
        }
        let pin = bench.pin.as_ref().map(|wanted| pin_prompt(r, wanted, look.now)).transpose()?;
        Ok(Phase::Locked { pin, failed: bench.failed.clone() })
    }

    /// The frame of a terminal that cannot read its own database: it says so and stays locked.
    fn blind_frame(&self, refusal: Refusal, revision: u64) -> Frame {
        let sync = SyncState {
            on_terminal: 0,
            at_plant: 0,
            in_erp: None,
            unsent: 0,
            oldest_unsent_at: None,
            problems: 0,
            link: self.line().link,
            last_contact_at: None,
            storage: storage(StorageUse { used: 0, quota: 0 }),
        };
        Frame {
            revision,
            phase: Phase::Locked { pin: None, failed: Some(refusal) },
            locale: "en".to_owned(),
            theme: Theme::Light,
            place: None,
            person: None,
            shift: None,
            sync,
            echo: self.bench().echo.clone(),
            undo: None,
            demo: false,
            now: self.device_time(),
        }
    }
}

/// Screens are usable as soon as people are there, while the rest still comes.
fn people_missing(r: &Reading<'_>) -> Result<bool, Refused> {
    Ok(r.mirror::<takt_wire::row::User>()?.is_empty())
}

fn pin_prompt(r: &Reading<'_>, wanted: &PinWanted, now: DateTime<Utc>) -> Result<PinPrompt, Refused> {
    let name = wanted.person.full_name.clone();
    Ok(PinPrompt {
        initials: people::initials(&name),
        name,
        digits_max: PIN_DIGITS_MAX,
        locked_until: session::locked_until(r, &wanted.person, now)?,
    })
}

fn theme(r: &Reading<'_>) -> Result<Theme, Refused> {
    let dark = r.preference("theme")?.as_deref() == Some("dark");
    Ok(if dark { Theme::Dark } else { Theme::Light })
}

fn shift_progress(r: &Reading<'_>, shift: &Shift, now: DateTime<Utc>) -> Result<ShiftProgress, Refused> {
    let window = shift.window;
    let lines = r.lines_between(window.starts_at, window.ends_at)?;
    let good: Quantity = lines.iter().map(|line| line.logged.quantity_good).sum();
    let target = shift.row.production_target;
    Ok(ShiftProgress {
        name: shift.row.shift_name.clone(),
        starts_at: window.starts_at,
        ends_at: window.ends_at,
        good,
        target,
        elapsed_ratio: window.elapsed_ratio(now),
        attained_ratio: (!target.is_zero()).then(|| attained(good, target)),
    })
}

/// Unlike a bar, this may exceed 1.
fn attained(good: Quantity, target: Quantity) -> f64 {
    use rust_decimal::prelude::ToPrimitive;
    (good.decimal() / target.decimal()).to_f64().unwrap_or_else(|| ratio(good, target))
}

fn storage(room: StorageUse) -> Storage {
    let level = match room.level() {
        Level::Ok => StorageLevel::Ok,
        Level::Watch => StorageLevel::Watch,
        Level::Low => StorageLevel::Low,
        Level::Critical => StorageLevel::Critical,
        Level::Full => StorageLevel::Full,
    };
    frame::Storage { used: room.used, quota: room.quota, ratio: room.ratio(), level }
}
