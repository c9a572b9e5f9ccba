//! The sheet of an inspection: the checkpoint, its characteristics and the readings so far.

use takt_domain::inspection::Judged;
use takt_domain::{EventId, InspectionPointId, OperationId};
use takt_store::inspection::Inspection;
use takt_store::{Reading as Database, Writing};
use takt_wire::payload::{READINGS_MAX, Reading};
use takt_wire::row::Characteristic;

use crate::act::Act;
use crate::checks::{self, DueCheck};
use crate::here::{Here, Shifts};
use crate::job::Job;
use crate::refused::{Refused, refuse};
use crate::view::Refusal;
use chrono::{DateTime, Utc};

/// A draft with everything it is judged by.
pub(crate) struct Sheet {
    pub inspection: Inspection,
    pub job: Job,
    pub check: DueCheck,
    /// In the plan's order.
    pub characteristics: Vec<Characteristic>,
    /// In the order taken.
    pub readings: Vec<Reading>,
}

/// The draft of a point, or of the one that is due; begun where there is none.
pub(crate) fn open(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    operation: OperationId,
    point: Option<InspectionPointId>,
) -> Result<Sheet, Refused> {
    let job = Job::get(w, operation)?;
    let shifts = Shifts::read(w)?;
    let Some(check) = checks::find(w, &act.here, &shifts, &job, point, act.now())? else {
        return refuse("not_found");
    };
    if let Some(draft) = checks::draft_of(&job, check.point.id) {
        return Sheet::of_draft(w, act, draft.uid);
    }
    fits(w, &check)?;
    let last = checks::last_of(&job, check.point.id);
    let failed = last.filter(|last| !last.result.releases());
    let draft = Inspection {
        uid: act.fresh_event(),
        operation,
        point: check.point.id,
        attempt_no: failed.map_or(1, |last| last.attempt_no.saturating_add(1)),
        begun_at: act.now(),
        recorded_at: None,
        made: None,
        result: None,
    };
    w.begin_inspection(&draft)?;
    Sheet::of_draft(w, act, draft.uid)
}

/// A check travels as one event, which has its limit: better refused before the first reading than
/// after the last.
fn fits(r: &Database<'_>, check: &DueCheck) -> Result<(), Refused> {
    let of_point = |it: &Characteristic| it.inspection_point_id == check.point.id;
    let characteristics = r.mirror::<Characteristic>()?.into_iter().filter(of_point).count();
    let pieces = usize::try_from(check.point.sample_size).unwrap_or(0);
    let readings = characteristics.saturating_mul(pieces);
    if readings <= READINGS_MAX {
        return Ok(());
    }
    let refusal = Refusal::new("inspection_too_large").with("name", &check.point.point_name);
    Err(refusal.with("readings", readings).with("max", READINGS_MAX).into())
}

impl Sheet {
    /// The sheet of a draft; refused once it is recorded.
    pub(crate) fn of_draft(r: &Database<'_>, act: &Act<'_>, draft: EventId) -> Result<Self, Refused> {
        let found = r.inspection(draft)?.filter(|inspection| inspection.recorded_at.is_none());
        let Some(inspection) = found else { return refuse("not_found") };
        Self::read(r, &act.here, inspection, act.now())
    }

    /// The draft of a point or of the one that is due, where there is one already.
    pub(crate) fn find(
        r: &Database<'_>,
        here: &Here,
        operation: OperationId,
        point: Option<InspectionPointId>,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, Refused> {
        let job = Job::get(r, operation)?;
        let shifts = Shifts::read(r)?;
        let Some(check) = checks::find(r, here, &shifts, &job, point, now)? else { return Ok(None) };
        match checks::draft_of(&job, check.point.id) {
            Some(draft) => Self::read(r, here, draft.clone(), now).map(Some),
            None => Ok(None),
        }
    }

    fn read(
        r: &Database<'_>,
        here: &Here,
        inspection: Inspection,
        now: DateTime<Utc>,
    ) -> Result<Self, Refused> {
        let job = Job::get(r, inspection.operation)?;
        let shifts = Shifts::read(r)?;
        let Some(check) = checks::find(r, here, &shifts, &job, Some(inspection.point), now)? else {
            return refuse("not_found");
        };
        let all: Vec<Characteristic> = r.mirror()?;
        let mut characteristics: Vec<Characteristic> =
            all.into_iter().filter(|it| it.inspection_point_id == inspection.point).collect();
        characteristics.sort_by_key(|it| (it.sequence, it.id));
        let readings = r.readings_of(inspection.uid)?;
        Ok(Self { inspection, job, check, characteristics, readings })
    }

    /// The reading in a place.
    pub(crate) fn at(&self, characteristic: &Characteristic, sample_no: i32) -> Option<&Reading> {
        let here = |it: &&Reading| it.characteristic_id == characteristic.id && it.sample_no == sample_no;
        self.readings.iter().find(here)
    }

    /// The next empty place, characteristic by characteristic.
    pub(crate) fn next_place(&self) -> Option<(&Characteristic, i32)> {
        self.characteristics.iter().find_map(|characteristic| {
            let empty = |sample_no: &i32| self.at(characteristic, *sample_no).is_none();
            (1..=self.check.point.sample_size).find(empty).map(|sample_no| (characteristic, sample_no))
        })
    }

    /// The readings as the domain judges them.
    pub(crate) fn judged(&self) -> Vec<Judged> {
        let judged = |it: &Reading| Judged { sample_no: it.sample_no, conforming: it.conforming };
        self.readings.iter().map(judged).collect()
    }

    /// Pieces with any reading outside so far.
    pub(crate) fn failed_pieces(&self) -> u32 {
        let mut pieces: Vec<i32> =
            self.readings.iter().filter(|it| !it.conforming).map(|it| it.sample_no).collect();
        pieces.sort_unstable();
        pieces.dedup();
        u32::try_from(pieces.len()).unwrap_or(u32::MAX)
    }

    /// Characteristics with a reading outside.
    pub(crate) fn failing(&self) -> impl Iterator<Item = (&Characteristic, &Reading)> {
        self.characteristics.iter().flat_map(|characteristic| {
            let outside = |it: &&Reading| it.characteristic_id == characteristic.id && !it.conforming;
            self.readings.iter().filter(outside).map(move |reading| (characteristic, reading))
        })
    }
}
