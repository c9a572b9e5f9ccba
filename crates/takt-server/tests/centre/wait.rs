//! What refers to something that has not arrived waits for it, and its stream behind it.

use takt_domain::{MachineId, MachineStatus, ProductionEvent, Quantity};
use takt_wire::payload::{ProductionLogged, StopExplained};
use takt_wire::push::Verdict;

use crate::support::{Centre, Floor, Terminal};

#[tokio::test]
async fn a_correction_waits_for_what_it_corrects_and_then_all_of_its_stream_is_applied() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let stream = floor.stream();
    let good = terminal.event(floor.operator, "other", &floor.line(ProductionEvent::Output, 24));
    let undo = ProductionLogged {
        quantity_good: -Quantity::from(24),
        corrects: Some(good.event_id),
        ..floor.line(ProductionEvent::Correction, 0)
    };
    let undo = terminal.event(floor.operator, &stream, &undo);
    let more = terminal.event(floor.operator, &stream, &floor.line(ProductionEvent::Output, 3));
    let answer = terminal.push(&centre, vec![undo.clone(), more]).await;
    let codes: Vec<_> =
        answer.verdicts.iter().map(|told| (told.verdict, told.code.as_deref().unwrap())).collect();
    assert_eq!(codes, [(Verdict::Held, "NOT_ARRIVED"), (Verdict::Held, "STREAM_HELD")]);
    assert_eq!(centre.count("select count(*) from production_logs where device_id is not null").await, 0);

    let answer = terminal.push(&centre, vec![good]).await;
    assert!(answer.verdicts.is_empty());
    assert_eq!(answer.acked[&1], 3);
    let order =
        "select string_agg(event_type, ' ' order by id) from production_logs where device_id is not null";
    assert_eq!(centre.text(order).await, "OUTPUT CORRECTION OUTPUT");
    assert_eq!(centre.count("select count(*) from sync_quarantine where status = 'OPEN'").await, 0);
    assert_eq!(centre.count("select count(*) from sync_stream_holds").await, 0);
    assert_eq!(centre.count("select count(*) from sync_receipts where verdict = 'APPLIED'").await, 3);
    let again = terminal.push(&centre, vec![undo]).await;
    assert_eq!(again.verdicts[0].first, Some(Verdict::Applied), "the repaired verdict is told");
}

#[tokio::test]
async fn an_explanation_waits_for_its_stop() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let stream = floor.machine_stream();
    let down = terminal.event(floor.operator, &stream, &floor.state(MachineStatus::Down));
    let explained = StopExplained {
        machine_id: MachineId(floor.machine),
        status_uid: down.event_id,
        reason_id: floor.reason(&centre, "TOOLING").await,
        notes: None,
    };
    let explained = terminal.event(floor.operator, &stream, &explained);
    let held = terminal.push(&centre, vec![explained]).await;
    assert_eq!(held.verdicts[0].verdict, Verdict::Held);
    // Late, but queued before what waits: it goes first, or nothing would ever move again.
    let answer = terminal.push(&centre, vec![down]).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);
    let explained =
        "select count(*) from machine_status_history where status = 'DOWN' and explained_by is not null";
    assert_eq!(centre.count(explained).await, 1);
}

/// How the rows in quarantine stand, in the order they came.
const KEPT: &str =
    "select string_agg(concat_ws(' ', verdict, code, status), ', ' order by id) from sync_quarantine";

#[tokio::test]
async fn what_waits_for_something_that_is_then_rejected_waits_no_longer() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let mut good = terminal.event(floor.operator, "other", &floor.line(ProductionEvent::Output, 24));
    // Nobody is said to have done it: rejected once it arrives.
    good.actor = None;
    let undo = ProductionLogged {
        quantity_good: -Quantity::from(24),
        corrects: Some(good.event_id),
        ..floor.line(ProductionEvent::Correction, 0)
    };
    let undo = terminal.event(floor.operator, "undo", &undo);
    let answer = terminal.push(&centre, vec![undo.clone()]).await;
    assert_eq!(answer.verdicts[0].verdict, Verdict::Held);
    let answer = terminal.push(&centre, vec![good]).await;
    assert_eq!(answer.verdicts[0].verdict, Verdict::Rejected);
    assert_eq!(
        centre.text(KEPT).await,
        "QUARANTINED UNKNOWN_REFERENCE OPEN, REJECTED ACTOR_MISSING OPEN",
        "for a person to decide"
    );
    let again = terminal.push(&centre, vec![undo]).await;
    assert_eq!(again.verdicts[0].first, Some(Verdict::Quarantined));
    assert_eq!(again.verdicts[0].code.as_deref(), Some("UNKNOWN_REFERENCE"));
}

#[tokio::test]
async fn what_waits_for_something_that_a_person_discards_waits_no_longer() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let ghost = ProductionLogged {
        operation_id: takt_domain::OperationId(9_999_999),
        ..floor.line(ProductionEvent::Output, 24)
    };
    let ghost = terminal.event(floor.operator, "ghost", &ghost);
    let undo = ProductionLogged {
        quantity_good: -Quantity::from(24),
        corrects: Some(ghost.event_id),
        ..floor.line(ProductionEvent::Correction, 0)
    };
    let undo = terminal.event(floor.operator, "undo", &undo);
    let behind = terminal.event(floor.operator, "undo", &floor.line(ProductionEvent::Output, 3));
    terminal.push(&centre, vec![ghost, undo, behind]).await;
    let kept = "QUARANTINED UNKNOWN_REFERENCE OPEN, HELD NOT_ARRIVED OPEN, HELD STREAM_HELD OPEN";
    assert_eq!(centre.text(KEPT).await, kept);
    let discard =
        "update sync_quarantine set status = 'DISCARDED', resolved_at = now(), resolution_note = 'a ghost'
                   where code = 'UNKNOWN_REFERENCE'";
    centre.run(discard).await;
    terminal.push(&centre, Vec::new()).await;
    let kept =
        "QUARANTINED UNKNOWN_REFERENCE DISCARDED, QUARANTINED UNKNOWN_REFERENCE OPEN, HELD STREAM_HELD OPEN";
    assert_eq!(centre.text(KEPT).await, kept, "its stream still waits for a person");
    centre.run(discard).await;
    terminal.push(&centre, Vec::new()).await;
    assert_eq!(centre.count("select count(*) from sync_quarantine where status = 'OPEN'").await, 0);
    assert_eq!(centre.count("select count(*) from production_logs where device_id is not null").await, 1);
    assert_eq!(centre.count("select count(*) from sync_stream_holds where stream_key = 'undo'").await, 0);
}
