//! What terminals mirror says what they decide by.

use takt_domain::{MachineId, MachineStatus, ReasonId};
use takt_wire::payload::{HandoverAcknowledged, MachineStatusChanged, StopExplained};
use takt_wire::row::{Handover, Machine, Operation};

use crate::support::{Centre, Floor, Terminal, red_item};

/// The machine as a difference since `cursor` brings it; none where it brings none.
async fn machine(
    centre: &Centre,
    terminal: &Terminal,
    floor: &Floor,
    cursor: &mut String,
) -> Option<(MachineStatus, Option<ReasonId>)> {
    let (rows, next) = terminal.pull(centre, Some(cursor), 500).await;
    *cursor = next;
    let row = rows.into_iter().find(|row| row.tbl == "machines" && row.id == i64::from(floor.machine))?;
    let machine: Machine = serde_json::from_value(row.body.unwrap()).unwrap();
    Some((machine.status, machine.status_reason_id))
}

#[tokio::test]
async fn a_machine_says_why_it_stands_and_nothing_once_it_is_up() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let (tooling, other) = (floor.reason(&centre, "TOOLING").await, Terminal::enrol(&centre).await);
    let (_, mut cursor) = other.pull(&centre, None, 500).await;
    let stream = floor.machine_stream();

    let down = terminal.event(floor.operator, &stream, &floor.state(MachineStatus::Down));
    let explained = StopExplained {
        machine_id: MachineId(floor.machine),
        status_uid: down.event_id,
        reason_id: tooling,
        notes: None,
    };
    assert!(terminal.push(&centre, vec![down]).await.verdicts.is_empty());
    assert_eq!(machine(&centre, &other, &floor, &mut cursor).await, Some((MachineStatus::Down, None)));
    let explained = terminal.event(floor.operator, &stream, &explained);
    assert!(terminal.push(&centre, vec![explained]).await.verdicts.is_empty());
    let known = machine(&centre, &other, &floor, &mut cursor).await;
    assert_eq!(known, Some((MachineStatus::Down, Some(tooling))), "its status stayed, its reason is news");

    let up = terminal.event(floor.operator, &stream, &floor.state(MachineStatus::Available));
    assert!(terminal.push(&centre, vec![up]).await.verdicts.is_empty());
    let known = machine(&centre, &other, &floor, &mut cursor).await;
    assert_eq!(known, Some((MachineStatus::Available, None)), "the reason was the stop's");

    let stop = MachineStatusChanged { reason_id: Some(tooling), ..floor.state(MachineStatus::Down) };
    let stop = terminal.event(floor.operator, &stream, &stop);
    assert!(terminal.push(&centre, vec![stop]).await.verdicts.is_empty());
    let known = machine(&centre, &other, &floor, &mut cursor).await;
    assert_eq!(known, Some((MachineStatus::Down, Some(tooling))));
    assert_eq!(machine(&centre, &other, &floor, &mut cursor).await, None, "nothing more happened");
}

#[tokio::test]
async fn an_overlapping_step_says_how_much_of_the_one_before_it_wants() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    let (rows, _) = terminal.pull(&centre, None, 500).await;
    let steps = rows.into_iter().filter(|row| row.tbl == "work_order_operations");
    let steps = steps.map(|row| serde_json::from_value::<Operation>(row.body.unwrap()).unwrap());
    let ratios: Vec<_> = steps
        .filter(|step| step.scheduling_mode == "OVERLAP")
        .map(|step| step.overlap_start_ratio.unwrap())
        .collect();
    assert!(ratios.iter().any(|ratio| ratio == "0.250000"), "{ratios:?}");
}

#[tokio::test]
async fn a_handover_says_what_was_added_and_who_acknowledged_what() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let (first, late) = (red_item("NCR-2600001"), red_item("NCR-2600002"));
    let submit = floor.handover(&centre, vec![first.clone()], "Insert 4 changed").await;
    let add = floor.handover(&centre, vec![late.clone()], "And the caliper is gone").await;
    let one = terminal.event(floor.leads[0], "handover:1", &submit);
    let seen = HandoverAcknowledged { handover_uid: one.event_id, items: vec![first.uid], note: None };
    let seen = terminal.event(floor.leads[1], "handover:1", &seen);
    let two = terminal.event(floor.leads[0], "handover:1", &add);
    let (uid, added) = (one.event_id, two.event_id);
    let answer = terminal.push(&centre, vec![one, seen, two]).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);
    let (rows, _) = terminal.pull(&centre, None, 500).await;
    let row = rows.into_iter().find(|row| row.tbl == "shift_handovers").unwrap();
    let row: Handover = serde_json::from_value(row.body.unwrap()).unwrap();
    assert_eq!((row.uid, row.acknowledged_by.unwrap().0), (uid, floor.leads[1]));
    let read: Vec<_> = row.items.iter().map(|it| (it.item.uid, it.acknowledged_by.map(|by| by.0))).collect();
    assert_eq!(
        read,
        [(first.uid, Some(floor.leads[1])), (late.uid, None)],
        "nobody has read what came later"
    );
    assert_eq!(row.notes, "Insert 4 changed\n\nAnd the caliper is gone");
    let addendum = &row.addenda[0];
    assert_eq!((addendum.event_id, addendum.by.unwrap().0), (added, floor.leads[0]));
    assert_eq!(addendum.text, "And the caliper is gone");
}
