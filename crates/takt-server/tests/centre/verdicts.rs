//! What becomes of events that are not plainly applied.

use axum::http::StatusCode;
use serde_json::json;
use takt_domain::{ProductionEvent, Quantity, ReasonId, Severity};
use takt_wire::envelope::{Event, Lane};
use takt_wire::payload::{HandoverAcknowledged, NcrDetailed, Payload, ProductionLogged};
use takt_wire::pull::{KeptEvent, PullPage};
use takt_wire::push::{PushAnswer, Verdict};

use crate::support::{Centre, Floor, Terminal};

fn verdict(answer: &PushAnswer, event: &Event) -> (Verdict, String) {
    let told = answer.verdicts.iter().find(|told| told.event_id == event.event_id);
    told.map_or((Verdict::Applied, String::new()), |told| {
        (told.verdict, told.code.clone().unwrap_or_default())
    })
}

fn is(verdict: Verdict, code: &str) -> (Verdict, String) {
    (verdict, code.to_owned())
}

#[tokio::test]
async fn what_cannot_be_read_is_rejected_and_what_is_newer_waits() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let line = serde_json::to_value(floor.line(ProductionEvent::Output, 1)).unwrap();
    let mut queue = |kind: &str, stream: &str, payload: serde_json::Value| {
        terminal.queue(Lane::Work, kind, floor.operator, stream, payload)
    };
    let malformed = queue(ProductionLogged::KIND, "a", json!({"event_type": "OUTPUT"}));
    let unknown = queue("teleport", "b", json!({}));
    let nul = queue(ProductionLogged::KIND, "c", json!({"notes": "a\u{0}b"}));
    let mut newer = queue(ProductionLogged::KIND, "d", line.clone());
    newer.version = 2;
    let behind = queue(ProductionLogged::KIND, "d", line.clone());
    let after_rejected = queue(ProductionLogged::KIND, "a", line.clone());
    let mut nobody = queue(ProductionLogged::KIND, "e", line);
    nobody.actor = None;
    let events = vec![malformed, unknown, nul, newer, behind, after_rejected, nobody];
    let answer = terminal.push(&centre, events.clone()).await;
    let found: Vec<_> = events.iter().map(|event| verdict(&answer, event)).collect();
    let expected = [
        is(Verdict::Rejected, "SCHEMA"),
        is(Verdict::Rejected, "UNKNOWN_KIND"),
        is(Verdict::Rejected, "SCHEMA"),
        is(Verdict::Quarantined, "NEWER_VERSION"),
        is(Verdict::Held, "STREAM_HELD"),
        is(Verdict::Applied, ""),
        is(Verdict::Rejected, "ACTOR_MISSING"),
    ];
    assert_eq!(found, expected);
    assert_eq!(answer.acked[&1], 7, "custody, not acceptance");
    assert_eq!(centre.count("select count(*) from sync_quarantine").await, 6);
    let again = terminal.push(&centre, events).await;
    assert!(again.verdicts.iter().all(|told| told.verdict == Verdict::Duplicate));
    assert_eq!(again.verdicts[3].first, Some(Verdict::Quarantined));
    assert_eq!(again.verdicts[3].code.as_deref(), Some("NEWER_VERSION"));
}

#[tokio::test]
async fn an_unknown_reference_is_quarantined_and_holds_its_stream_alone() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let line = floor.line(ProductionEvent::Output, 1);
    let ghost = ProductionLogged { operation_id: takt_domain::OperationId(9_999_999), ..line.clone() };
    let wrong_list = ProductionLogged {
        quantity_scrapped: Quantity::from(1),
        scrap_reason_id: Some(floor.reason(&centre, "TOOLING").await),
        ..line.clone()
    };
    let unknown_reason = ProductionLogged { pause_reason_id: Some(ReasonId(9_999_999)), ..line.clone() };
    let events = vec![
        terminal.event(floor.operator, "operation:9999999", &ghost),
        terminal.event(floor.operator, "operation:9999999", &line),
        terminal.event(floor.operator, &floor.stream(), &line),
        terminal.event(floor.operator, "x", &wrong_list),
        terminal.event(floor.operator, "y", &unknown_reason),
        terminal.event(9_999_999, "z", &line),
    ];
    let answer = terminal.push(&centre, events.clone()).await;
    let found: Vec<_> = events.iter().map(|event| verdict(&answer, event)).collect();
    let unknown = || is(Verdict::Quarantined, "UNKNOWN_REFERENCE");
    let expected = [
        unknown(),
        is(Verdict::Held, "STREAM_HELD"),
        is(Verdict::Applied, ""),
        unknown(),
        unknown(),
        unknown(),
    ];
    assert_eq!(found, expected);
    assert_eq!(centre.count("select count(*) from sync_stream_holds").await, 4);
}

/// The database refuses a negative count: nobody could have told before.
fn poison(floor: &Floor, good: &Event) -> ProductionLogged {
    ProductionLogged {
        quantity_good: -Quantity::from(5_000),
        corrects: Some(good.event_id),
        ..floor.line(ProductionEvent::Correction, 0)
    }
}

#[tokio::test]
async fn a_poisoned_event_is_found_first_in_the_middle_and_last() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let good = terminal.event(floor.operator, "good", &floor.line(ProductionEvent::Output, 1));
    terminal.push(&centre, vec![good.clone()]).await;
    let mut applied = 1;
    for place in [0, 20, 39] {
        let mut events = Vec::new();
        for n in 0..40 {
            let line =
                if n == place { poison(&floor, &good) } else { floor.line(ProductionEvent::Output, 1) };
            let stream = if n == place { format!("poison:{place}") } else { floor.stream() };
            events.push(terminal.event(floor.operator, &stream, &line));
        }
        applied += 39;
        let answer = terminal.push(&centre, events.clone()).await;
        assert_eq!(answer.verdicts.len(), 1, "{:?}", answer.verdicts);
        assert_eq!(verdict(&answer, &events[place]), is(Verdict::Quarantined, "CONSTRAINT"));
        assert_eq!(answer.acked[&1], events[39].seq);
        let rows = centre.count("select count(*) from production_logs where device_id is not null").await;
        assert_eq!(rows, applied);
    }
    let states = "select string_agg(distinct sqlstate, ',') from sync_quarantine";
    assert_eq!(centre.text(states).await, "23514");
}

#[tokio::test]
async fn what_the_database_says_stays_at_the_plant() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let good = terminal.event(floor.operator, "good", &floor.line(ProductionEvent::Output, 1));
    let bad = terminal.event(floor.operator, "poison", &poison(&floor, &good));
    let answer = terminal.push(&centre, vec![good, bad]).await;
    let [told] = &answer.verdicts[..] else { panic!("{:?}", answer.verdicts) };
    assert_eq!(told.code.as_deref(), Some("CONSTRAINT"));
    assert_eq!(told.detail.as_deref(), Some("the plant's rules do not allow it"));
    let kept = centre.text("select detail from sync_quarantine").await;
    assert!(kept.contains("violates check constraint") && kept.contains("operations"), "{kept}");
}

#[tokio::test]
async fn a_statement_that_was_cut_off_blames_no_event() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let line = floor.line(ProductionEvent::Output, 1);
    let events: Vec<_> = (0..3).map(|_| terminal.event(floor.operator, &floor.stream(), &line)).collect();
    let mut holder = centre.sql.begin().await.unwrap();
    sqlx::query("lock table production_logs in access exclusive mode").execute(&mut *holder).await.unwrap();
    // As at statement_timeout, which is longer than a test should take.
    let cut_off = async {
        let waits = "select count(*) filter (where pg_cancel_backend(pid)) from pg_stat_activity
                     where datname = current_database() and wait_event_type = 'Lock'";
        while centre.count(waits).await == 0 {}
    };
    let batch = terminal.batch(events.clone());
    let (answer, ()) = tokio::join!(terminal.send(&centre, &batch), cut_off);
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    holder.rollback().await.unwrap();
    assert_eq!(centre.count("select count(*) from sync_quarantine").await, 0);
    let answer = terminal.push(&centre, events).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);
    assert_eq!(answer.acked[&1], 3);
}

#[tokio::test]
async fn a_completion_after_the_centre_decided_waits_for_a_person() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let raised = terminal.event(floor.inspector, "ncr", &floor.ncr(&centre, None).await);
    terminal.push(&centre, vec![raised.clone()]).await;
    let completed = |description: &str| NcrDetailed {
        ncr_uid: raised.event_id,
        severity: Severity::Critical,
        defect_type_id: ReasonId(0),
        description: description.to_owned(),
        quantity_defective: Quantity::from(2),
    };
    let defect_type_id = floor.reason(&centre, "DIMENSIONAL").await;
    let in_time = NcrDetailed { defect_type_id, ..completed("Bore too small") };
    let in_time = terminal.event(floor.inspector, "ncr", &in_time);
    assert!(terminal.push(&centre, vec![in_time]).await.verdicts.is_empty());
    centre.run("update ncrs set status = 'CANCELLED' where device_id is not null").await;
    let late = terminal.event(
        floor.inspector,
        "ncr",
        &NcrDetailed { defect_type_id, ..completed("Bore too small, all of pallet 7") },
    );
    let answer = terminal.push(&centre, vec![late.clone()]).await;
    assert_eq!(verdict(&answer, &late), is(Verdict::Quarantined, "ALREADY_DECIDED"));
    let decided = centre.text("select description from ncrs where device_id is not null").await;
    assert_eq!(decided, "Bore too small");
    let raw = centre.text("select raw->'payload'->>'description' from sync_quarantine").await;
    assert_eq!(raw, "Bore too small, all of pallet 7");
}

#[tokio::test]
async fn a_closed_order_counts_and_is_flagged() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    centre.run("update work_orders set status = 'CANCELLED', status_reason = 'test' where work_order_number = 'WO-24821'").await;
    let event = terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 7));
    let answer = terminal.push(&centre, vec![event.clone()]).await;
    assert_eq!(verdict(&answer, &event), is(Verdict::AppliedFlagged, "ON_CLOSED_ORDER"));
    let counted = "select concat_ws(' ', w.status, o.completed_quantity::real) from work_orders w
                   join work_order_operations o on o.work_order_id = w.id and operation_number = 10
                   where work_order_number = 'WO-24821'";
    assert_eq!(centre.text(counted).await, "CANCELLED 7");
}

#[tokio::test]
async fn who_may_only_look_may_not_book_and_who_left_is_flagged() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let line = floor.line(ProductionEvent::Output, 1);
    centre.run("update user_plant_access a set access_level = 'READ' from users u where u.id = a.user_id and employee_number = '1004'").await;
    let watcher = centre.id("select id from users where employee_number = '1004'").await;
    let suspended = centre.id("select id from users where employee_number = '1009'").await;
    let foreign = centre.id("select id from users where employee_number = '2002'").await;
    let events: Vec<_> = [(watcher, "a"), (suspended, "b"), (foreign, "c")]
        .map(|(who, stream)| terminal.event(who, stream, &line))
        .into();
    let answer = terminal.push(&centre, events.clone()).await;
    let found: Vec<_> = events.iter().map(|event| verdict(&answer, event)).collect();
    let expected = [
        is(Verdict::Rejected, "FORBIDDEN"),
        is(Verdict::AppliedFlagged, "ACTOR_INACTIVE"),
        is(Verdict::Quarantined, "UNKNOWN_REFERENCE"),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn what_was_done_before_the_access_was_cut_down_counts_and_is_flagged() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let line = floor.line(ProductionEvent::Output, 1);
    let morning = terminal.event(floor.operator, "a", &line);
    centre.run("update user_plant_access a set access_level = 'READ' from users u where u.id = a.user_id and employee_number = '1003'").await;
    let afterwards = terminal.event(floor.operator, "b", &line);
    let answer = terminal.push(&centre, vec![morning.clone(), afterwards.clone()]).await;
    assert_eq!(verdict(&answer, &morning), is(Verdict::AppliedFlagged, "ACTOR_INACTIVE"));
    assert_eq!(verdict(&answer, &afterwards), is(Verdict::Rejected, "FORBIDDEN"));

    // Taken away and given again as READ: the earlier right is another row.
    centre.run("update user_plant_access a set access_level = 'OPERATE' from users u where u.id = a.user_id and employee_number = '1003'").await;
    let noon = terminal.event(floor.operator, "c", &line);
    centre
        .script(
            "update user_plant_access a set revoked_at = now() from users u where u.id = a.user_id and employee_number = '1003';
             insert into user_plant_access (organization_id, user_id, plant_id, access_level)
               select a.organization_id, a.user_id, a.plant_id, 'READ' from user_plant_access a
               join users u on u.id = a.user_id where employee_number = '1003'",
        )
        .await;
    let answer = terminal.push(&centre, vec![noon.clone()]).await;
    assert_eq!(verdict(&answer, &noon), is(Verdict::AppliedFlagged, "ACTOR_INACTIVE"));
}

#[tokio::test]
async fn what_needs_a_role_is_rejected_without_it_and_flagged_when_it_was_taken_away() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let handover = floor.handover(&centre, Vec::new(), "Insert 4 changed").await;
    let inspection = floor.inspection(&centre, &["25.004"]).await;
    let submitted = terminal.event(floor.leads[0], "handover:1", &handover);
    let seen = HandoverAcknowledged { handover_uid: submitted.event_id, items: Vec::new(), note: None };
    let events = vec![
        submitted,
        terminal.event(floor.operator, "handover:2", &handover),
        terminal.event(floor.inspector, "handover:3", &seen),
        terminal.event(floor.operator, "inspection:1", &inspection),
        terminal.event(floor.inspector, "inspection:2", &inspection),
    ];
    let answer = terminal.push(&centre, events.clone()).await;
    let found: Vec<_> = events.iter().map(|event| verdict(&answer, event)).collect();
    let forbidden = || is(Verdict::Rejected, "FORBIDDEN");
    assert_eq!(
        found,
        [is(Verdict::Applied, ""), forbidden(), forbidden(), forbidden(), is(Verdict::Applied, "")]
    );
    assert_eq!(centre.count("select count(*) from sync_quarantine where verdict = 'REJECTED'").await, 3);
    assert_eq!(centre.count("select count(*) from shift_handovers where status = 'ACKNOWLEDGED'").await, 0);

    centre.run("update user_roles set revoked_at = now(), revoked_by = granted_by").await;
    let late = terminal.event(floor.leads[0], "handover:4", &handover);
    let answer = terminal.push(&centre, vec![late.clone()]).await;
    assert_eq!(verdict(&answer, &late), is(Verdict::AppliedFlagged, "ACTOR_INACTIVE"));
}

#[tokio::test]
async fn what_is_kept_is_named_until_it_is_settled() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let missing = terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 5));
    let undo =
        ProductionLogged { corrects: Some(missing.event_id), ..floor.line(ProductionEvent::Correction, -5) };
    let undo = terminal.event(floor.operator, &floor.stream(), &undo);
    let answer = terminal.push(&centre, vec![undo.clone()]).await;
    assert_eq!(answer.verdicts[0].verdict, Verdict::Held);
    let kept = async || terminal.page(&centre, None, 2_000, 0).await.ok::<PullPage>().own_kept;
    assert_eq!(kept().await, Some(vec![KeptEvent { event_id: undo.event_id, verdict: Verdict::Held }]));
    let other = Terminal::enrol(&centre).await;
    let of_other: PullPage = other.page(&centre, None, 2_000, 0).await.ok();
    assert_eq!(of_other.own_kept, Some(Vec::new()));
    assert!(terminal.push(&centre, vec![missing]).await.verdicts.is_empty());
    assert_eq!(kept().await, Some(Vec::new()));
}
