//! Starting, booking, undoing, finishing; and what the machine does meanwhile.

use takt_domain::{Epoch, MachineStatus, OperationId, Quantity};
use takt_station::view::ReasonCount;
use takt_station::view::home::JobState;
use takt_station::view::report::PadInput;
use takt_wire::envelope::Lane;
use takt_wire::payload::{MachineStatusChanged, ProductionEvent, ProductionLogged, StopExplained};
use takt_wire::pull::{KeptEvent, PullPage, RowChange};
use takt_wire::push::{EventVerdict, Verdict};

use super::floor::{Floor, pad};
use super::plant::*;

fn q(n: i32) -> Quantity {
    Quantity::from(n)
}

fn running() -> Floor {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    assert_eq!(floor.echo(&order_label("WO-24817")).code, "order_started");
    floor
}

fn states(floor: &Floor) -> Vec<MachineStatus> {
    floor.said::<MachineStatusChanged>().into_iter().map(|event| event.status).collect()
}

fn lines(floor: &Floor) -> Vec<ProductionLogged> {
    floor.said()
}

#[test]
fn the_pad_books_one_line_per_reason_in_one_booking() {
    let floor = running();
    let counts = |reason, n| ReasonCount { reason, quantity: q(n) };
    let input = PadInput {
        good: "24".to_owned(),
        scrap: vec![counts(SURFACE, 2), counts(TOOL_WEAR, 1)],
        rework: vec![counts(REWORK, 1)],
        large_confirmed: false,
    };
    floor.station.book(BRACKET, &input).unwrap();
    let booked = lines(&floor).split_off(1);
    assert_eq!(booked.len(), 3);
    assert!(booked.iter().all(|line| line.event_type == ProductionEvent::Output));
    assert_eq!(booked[0].quantity_good, q(24));
    let job = floor.station.home().unwrap().job.unwrap();
    assert_eq!((job.good, job.scrap, job.rework, job.remaining), (q(24), q(3), q(1), q(456)));
    let report = floor.station.report(BRACKET).unwrap();
    assert_eq!(report.bookings.len(), 1);
    assert_eq!(report.bookings[0].scrap, q(3));
    assert_eq!(report.scrap_reasons[0].used, 1, "what is used here comes first");
    assert_eq!(report.scrap_reasons[0].label, "Surface (de)");
    assert_eq!(floor.frame().echo.unwrap().code, "booked");
}

#[test]
fn an_undo_is_a_counter_entry_within_a_minute() {
    let floor = running();
    floor.book(BRACKET, "24").unwrap();
    let undo = floor.frame().undo.unwrap();
    assert_eq!((undo.order.as_str(), undo.good), ("WO-24817", q(24)));
    floor.station.undo(undo.booking).unwrap();
    assert_eq!(floor.station.home().unwrap().job.unwrap().good, q(0));
    let correction = lines(&floor).pop().unwrap();
    assert_eq!((correction.event_type, correction.quantity_good), (ProductionEvent::Correction, q(-24)));
    assert_eq!(correction.corrects, Some(undo.booking));
    assert!(floor.station.report(BRACKET).unwrap().bookings[0].undone);
    assert!(floor.frame().undo.is_none());
    assert_eq!(floor.station.undo(undo.booking).unwrap_err().code, "nothing_to_undo");

    floor.book(BRACKET, "6").unwrap();
    let late = floor.frame().undo.unwrap().booking;
    floor.pass(61);
    assert!(floor.frame().undo.is_none());
    assert_eq!(floor.station.undo(late).unwrap_err().code, "undo_too_late");
}

#[test]
fn bad_pads_change_nothing() {
    let floor = running();
    let before = floor.events().len();
    let refused = |input: &str| floor.book(BRACKET, input).unwrap_err().code;
    assert_eq!(refused(""), "pad_empty");
    assert_eq!(refused("0"), "pad_empty");
    assert_eq!(refused("1,5"), "number_refused");
    assert_eq!(refused("abc"), "number_refused");
    assert_eq!(refused("-3"), "number_refused");
    assert_eq!(refused("241"), "large_unconfirmed");
    let unknown = PadInput { scrap: vec![ReasonCount { reason: REWORK, quantity: q(1) }], ..pad("") };
    assert_eq!(floor.station.book(BRACKET, &unknown).unwrap_err().code, "not_found");
    assert_eq!(floor.events().len(), before);
    floor.station.book(BRACKET, &PadInput { large_confirmed: true, ..pad("500") }).unwrap();
    let job = floor.station.home().unwrap().job.unwrap();
    assert_eq!((job.over, job.remaining), (q(20), q(0)));
}

#[test]
fn the_machine_follows_the_job() {
    let floor = running();
    floor.minutes(1);
    floor.station.pause(BRACKET, Some(LUNCH)).unwrap();
    floor.minutes(1);
    floor.book(BRACKET, "6").unwrap();
    assert_eq!(floor.station.home().unwrap().job.unwrap().state, JobState::Running, "a booking resumes");
    floor.minutes(1);
    floor.station.finish(BRACKET).unwrap();
    use MachineStatus::{Available, Idle, Running};
    assert_eq!(states(&floor), [Running, Idle, Running, Available]);
    use ProductionEvent::{Complete, Output, Pause, Resume, Start};
    let events: Vec<_> = lines(&floor).into_iter().map(|line| line.event_type).collect();
    assert_eq!(events, [Start, Pause, Resume, Output, Complete]);
    assert_eq!(floor.book(BRACKET, "1").unwrap_err().code, "order_closed");
    assert!(floor.station.home().unwrap().job.is_none());
}

#[test]
fn one_machine_runs_one_job() {
    let floor = running();
    floor.minutes(1);
    assert_eq!(floor.echo(&order_label("WO-24822")).code, "order_started");
    let home = floor.station.home().unwrap();
    assert_eq!(home.job.unwrap().operation, FLANGE);
    assert_eq!(home.queue.iter().find(|item| item.operation == BRACKET).unwrap().state, JobState::Paused);
    assert_eq!(states(&floor), [MachineStatus::Running, MachineStatus::Running], "it never stood");
    assert_eq!(floor.echo(&order_label("WO-24817")).code, "order_resumed");
}

#[test]
fn what_another_terminal_started_on_this_machine_yields_too() {
    let floor = Floor::new();
    let mut elsewhere = operation(BRACKET.0, 1, 30, 3, "IN_PROGRESS", "142");
    elsewhere["machine_id"] = serde_json::json!(MILL.0);
    put(&floor.store, "work_order_operations", elsewhere, 0);
    floor.sign_in(BADGE_ANNA);
    assert_eq!(floor.echo(&order_label("WO-24822")).code, "order_started");
    let home = floor.station.home().unwrap();
    assert_eq!(home.queue.iter().find(|item| item.operation == BRACKET).unwrap().state, JobState::Paused);
    let events: Vec<_> = lines(&floor).into_iter().map(|line| (line.operation_id, line.event_type)).collect();
    assert_eq!(events, [(BRACKET, ProductionEvent::Pause), (FLANGE, ProductionEvent::Start)]);
}

#[test]
fn a_missing_inspection_stops_the_finish_whatever_the_door() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.scan(&order_label("WO-24822"));
    assert_eq!(floor.station.finish(FLANGE).unwrap_err().code, "inspection_missing");
    assert_eq!(floor.echo("CMD:FINISH").code, "inspection_missing");
    assert_eq!(floor.station.report(FLANGE).unwrap().finish_refused.unwrap().code, "inspection_missing");
}

#[test]
fn a_stop_is_explained_later_and_up_goes_on() {
    let floor = running();
    floor.minutes(5);
    floor.station.machine_down(MILL, None).unwrap();
    assert_eq!(floor.station.start(FLANGE).unwrap_err().code, "machine_is_down");
    floor.minutes(7);
    floor.book(BRACKET, "6").unwrap();
    floor.station.machine_up(MILL, Some("chip removed".to_owned())).unwrap();
    let home = floor.station.home().unwrap();
    let stop = &home.unexplained[0];
    assert_eq!((stop.seconds, stop.reason), (421, None));
    assert!(home.timeline.iter().any(|segment| segment.unexplained));
    floor.station.explain_stop(stop.uid, JAM).unwrap();
    assert!(floor.station.home().unwrap().unexplained.is_empty());
    assert_eq!(floor.said::<StopExplained>()[0].reason_id, JAM);
    use MachineStatus::{Down, Running};
    assert_eq!(states(&floor), [Running, Down, Running]);
    assert_eq!(floor.station.home().unwrap().down_reasons[0].id, JAM);
}

#[test]
fn pieces_booked_on_a_paused_job_end_no_stop() {
    let floor = running();
    floor.minutes(5);
    floor.station.pause(BRACKET, None).unwrap();
    floor.minutes(1);
    floor.station.machine_down(MILL, Some(JAM)).unwrap();
    floor.minutes(1);
    assert_eq!(floor.echo("CMD:GOOD:24").code, "good_booked");
    floor.book(BRACKET, "6").unwrap();
    let home = floor.station.home().unwrap();
    assert_eq!(home.machine.unwrap().status, Some(MachineStatus::Down));
    let job = home.job.unwrap();
    assert_eq!((job.state, job.good.to_string().as_str()), (JobState::Running, "30"));
    floor.minutes(1);
    floor.station.machine_up(MILL, None).unwrap();
    use MachineStatus::{Down, Idle, Running};
    assert_eq!(states(&floor), [Running, Idle, Down, Running]);
}

#[test]
fn a_booking_on_a_paused_job_takes_the_machine_as_a_start_does() {
    let floor = running();
    floor.minutes(1);
    floor.station.start(FLANGE).unwrap();
    floor.minutes(1);
    floor.book(BRACKET, "6").unwrap();
    let home = floor.station.home().unwrap();
    assert_eq!(home.job.unwrap().operation, BRACKET);
    assert_eq!(home.queue.iter().find(|item| item.operation == FLANGE).unwrap().state, JobState::Paused);
}

#[test]
fn a_clock_that_is_set_back_reorders_nothing() {
    let floor = running();
    floor.minutes(5);
    floor.station.pause(BRACKET, None).unwrap();
    floor.pass(-40);
    floor.station.start(BRACKET).unwrap();
    assert_eq!(floor.station.home().unwrap().job.unwrap().state, JobState::Running);
    floor.book(BRACKET, "24").unwrap();
    floor.pass(-30);
    floor.book(BRACKET, "6").unwrap();
    assert_eq!(floor.frame().undo.unwrap().good.to_string(), "6");
    assert_eq!(floor.echo("CMD:UNDO").code, "booking_undone");
    assert_eq!(floor.station.home().unwrap().job.unwrap().good.to_string(), "24");
    assert!(floor.frame().undo.is_none());
}

#[test]
fn another_stations_machine_is_left_alone() {
    let floor = running();
    for refused in [
        floor.station.machine_down(OTHER_MILL, None),
        floor.station.machine_up(OTHER_MILL, None),
        floor.station.machine_setup(OTHER_MILL),
    ] {
        let refusal = refused.unwrap_err();
        assert_eq!(
            (refusal.code.as_str(), refusal.params["work_center"].as_str()),
            ("machine_elsewhere", "Wash 1")
        );
    }
    assert_eq!(states(&floor), [MachineStatus::Running]);
}

#[test]
fn counters_of_the_centre_and_own_lines_after_them_add_up() {
    let floor = running();
    floor.book(BRACKET, "24").unwrap();
    floor.book(BRACKET, "6").unwrap();
    let rows = floor.store.read(|r| r.lines_of_operation(BRACKET)).unwrap();
    // The centre has counted the start and the first booking, and 10 of somebody else.
    let mut row = operation(BRACKET.0, 1, 30, 3, "IN_PROGRESS", "34");
    row["predecessor_operation_id"] = serde_json::json!(120);
    put(&floor.store, "work_order_operations", row, rows[1].position);
    let job = floor.station.home().unwrap().job.unwrap();
    assert_eq!((job.good, job.state), (q(40), JobState::Running));
}

#[test]
fn the_queue_says_what_is_next_and_what_waits() {
    let floor = running();
    let home = floor.station.home().unwrap();
    let queue: Vec<(i32, Option<String>)> = home
        .queue
        .iter()
        .map(|item| (item.operation.0, item.blocked.as_ref().map(|b| b.code.clone())))
        .collect();
    assert_eq!(
        queue,
        [
            (FLANGE.0, None),
            (WAITING.0, Some("predecessor_open".to_owned())),
            (PLANNED.0, Some("order_planned".to_owned())),
        ]
    );
    let job = home.job.unwrap();
    assert_eq!((job.pack, job.material_name.as_str()), (Some(q(24)), "Bracket, left"));
    let packs: Vec<String> =
        floor.station.report(BRACKET).unwrap().packs.iter().map(ToString::to_string).collect();
    assert_eq!(packs, ["1", "6", "24", "480"]);
}

#[test]
fn what_waits_at_the_plant_counts_here_until_it_is_settled() {
    let floor = running();
    floor.book(BRACKET, "24").unwrap();
    floor.book(BRACKET, "6").unwrap();
    let rows = floor.store.read(|r| r.lines_of_operation(BRACKET)).unwrap();
    let waiting = rows.last().unwrap().event_id;
    let last = floor.events().into_iter().find(|event| event.event_id == waiting).unwrap().seq;
    floor.all_acked();
    let noted = |verdict: Verdict| {
        let told = EventVerdict {
            lane: Lane::Work,
            seq: last,
            event_id: waiting,
            verdict,
            first: None,
            code: Some("UNKNOWN_REFERENCE".to_owned()),
            detail: None,
        };
        floor.store.write(|w| w.note_problem(&told, super::floor::start())).unwrap();
    };
    let page = |cursor: &str, good: &str, through: i64, kept: Option<&[KeptEvent]>| PullPage {
        epoch: Epoch(uuid::Uuid::from_u128(9)),
        server_time: super::floor::start(),
        cursor: cursor.to_owned(),
        more: false,
        generation: 0,
        snapshot_done: false,
        own_through: [(1, through)].into(),
        own_kept: kept.map(<[_]>::to_vec),
        rows: vec![RowChange {
            tbl: "work_order_operations".to_owned(),
            id: i64::from(BRACKET.0),
            body: Some(operation(BRACKET.0, 1, 30, 3, "IN_PROGRESS", good)),
        }],
    };
    let landed = |page: &PullPage| floor.store.write(|w| w.apply_page(page, super::floor::start())).unwrap();
    let good = || floor.station.home().unwrap().job.unwrap().good.to_string();
    let problems = || floor.frame().sync.problems;
    // The plant counted the first booking; the second waits there.
    let kept = |verdict| [KeptEvent { event_id: waiting, verdict }];
    noted(Verdict::Quarantined);
    landed(&page("a", "24", last, Some(&kept(Verdict::Quarantined))));
    assert_eq!((good().as_str(), problems()), ("30", 1));
    landed(&page("b", "24", last - 1, Some(&[])));
    assert_eq!((good().as_str(), problems()), ("30", 1), "it had not arrived when that was said");
    landed(&page("c", "24", last, None));
    assert_eq!((good().as_str(), problems()), ("30", 1), "an older server does not tell");
    landed(&PullPage { rows: Vec::new(), ..page("d", "", last, Some(&[])) });
    assert_eq!((good().as_str(), problems()), ("30", 0), "settled, and the row does not contain it yet");
    landed(&page("e", "30", last, Some(&[])));
    assert_eq!((good().as_str(), problems()), ("30", 0));
    noted(Verdict::Rejected);
    landed(&page("f", "24", last, Some(&kept(Verdict::Rejected))));
    assert_eq!((good().as_str(), problems()), ("24", 1), "what was rejected does not count");
}

#[test]
fn an_overlapping_step_waits_for_enough_of_the_one_before() {
    let floor = running();
    let overlapping = |id: i32, order: i32, before: i32| {
        let mut row = operation(id, order, 90, 3, "PENDING", "0");
        row["predecessor_operation_id"] = serde_json::json!(before);
        row["scheduling_mode"] = serde_json::json!("OVERLAP");
        row["overlap_start_ratio"] = serde_json::json!("0.500000");
        put(&floor.store, "work_order_operations", row, 0);
        OperationId(id)
    };
    let after_flange = overlapping(290, 2, FLANGE.0);
    floor.station.start(FLANGE).unwrap();
    floor.book(FLANGE, "10").unwrap();
    let refused = floor.station.start(after_flange).unwrap_err();
    assert_eq!(
        (refused.code.as_str(), refused.params["expected"].as_str()),
        ("predecessor_short", "10 Step 10")
    );
    assert_eq!((refused.params["good"].as_str(), refused.params["needed"].as_str()), ("10", "60"));
    floor.book(FLANGE, "50").unwrap();
    floor.station.start(after_flange).unwrap();

    // Step 310 runs at the wash, whose counts come down late: nobody here is stopped by them.
    let after_wash = overlapping(390, 3, 310);
    floor.station.start(after_wash).unwrap();
    put(&floor.store, "work_order_operations", operation(510, 5, 10, 4, "PENDING", "0"), 0);
    let after_nothing = overlapping(590, 5, 510);
    assert_eq!(floor.station.start(after_nothing).unwrap_err().code, "predecessor_short");
}
