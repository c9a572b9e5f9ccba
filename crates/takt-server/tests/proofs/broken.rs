//! Each proof against what breaks it: it is named, with what offends, and the others still hold.

use chrono::Utc;
use takt_server::proofs::{self, Proven};

use crate::day::{a_day, application};
use crate::support::Centre;

/// What breaks a promise, past every guard, and what mends it again.
struct Breach {
    proof: &'static str,
    breaks: &'static str,
    mends: &'static str,
    /// How the offender is told.
    says: &'static str,
}

const OPERATIONS: &str = "operation counters are the sums of their logs";
const ORDERS: &str = "order counters are the sums of their logs";
const LOTS: &str = "a lot's stock is the sum of its genealogy";
const RECEIPTS: &str = "every applied receipt has its row, once";
const PERIODS: &str = "a machine has at most one open period";
const STATUS: &str = "a machine's status is its open period's";
const HANDOVERS: &str = "no shift is missing between handovers";

const STEP: &str =
    "update work_order_operations o set completed_quantity = o.completed_quantity + 1 from work_orders w
    where w.id = o.work_order_id and work_order_number = 'WO-24821' and operation_number = 10";
const STEP_BACK: &str =
    "update work_order_operations o set completed_quantity = o.completed_quantity - 1 from work_orders w
    where w.id = o.work_order_id and work_order_number = 'WO-24821' and operation_number = 10";

const fn breach(
    proof: &'static str,
    breaks: &'static str,
    mends: &'static str,
    says: &'static str,
) -> Breach {
    Breach { proof, breaks, mends, says }
}

/// A row that vanished and comes back.
macro_rules! lost {
    ($table:literal, $says:literal) => {
        breach(
            RECEIPTS,
            concat!(
                "create temp table lost as select * from ",
                $table,
                " where device_id is not null;
                delete from ",
                $table,
                " where device_id is not null"
            ),
            concat!(
                "do $$ declare columns text; begin
                  select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
                    where attrelid = '",
                $table,
                "'::regclass and attnum > 0 and attgenerated = '';
                  execute format('insert into ",
                $table,
                " (%1$s) overriding system value select %1$s from lost', columns);
                end $$; drop table lost"
            ),
            $says,
        )
    };
}

const BREACHES: &[Breach] = &[
    breach(OPERATIONS, STEP, STEP_BACK, "NORDWERK: WO-24821 operation 10 counts 21 good, 2 scrapped, 0 rework; its logs say 20, 2, 0"),
    breach(
        ORDERS,
        "update work_orders set scrapped_quantity = scrapped_quantity + 1 where work_order_number = 'WO-24821'",
        "update work_orders set scrapped_quantity = scrapped_quantity - 1 where work_order_number = 'WO-24821'",
        "NORDWERK: WO-24821 counts 0 good, 3 scrapped, 0 rework; its logs say 0, 2, 0",
    ),
    breach(
        LOTS,
        "update lot_batches set current_quantity = 61",
        "update lot_batches set current_quantity = 60",
        "NORDWERK: lot LOT-77 holds 61; its genealogy says 60",
    ),
    lost!("qr_code_scans", "NORDWERK: scan "),
    lost!("audit_logs", "NORDWERK: sign_in "),
    lost!("inspection_logs", "NORDWERK: inspection "),
    lost!("ncrs", "NORDWERK: ncr "),
    breach(
        RECEIPTS,
        "insert into qr_code_scans (organization_id, plant_id, scanned_at, scanned_value, resolution, purpose, input, uid, device_id)
         select organization_id, plant_id, scanned_at - interval '8 days', scanned_value, 'NOT_FOUND', purpose, input, uid, device_id from qr_code_scans",
        "delete from qr_code_scans where scanned_at < now() - interval '7 days'",
        " has 2 rows in qr_code_scans",
    ),
    breach(
        RECEIPTS,
        "update sync_receipts set target_id = -target_id where event_type = 'handover'",
        "update sync_receipts set target_id = -target_id where event_type = 'handover'",
        "NORDWERK: handover ",
    ),
    breach(
        PERIODS,
        "update machine_status_history h set ended_at = null from machines m
         where m.id = h.machine_id and machine_code = 'MILL-3' and h.status = 'DOWN' and h.device_id is not null",
        "update machine_status_history h set ended_at = (
           select min(n.started_at) from machine_status_history n where n.machine_id = h.machine_id and n.started_at > h.started_at)
         from machines m where m.id = h.machine_id and machine_code = 'MILL-3' and h.status = 'DOWN' and h.device_id is not null",
        "NORDWERK: machine MILL-3 has 2 open periods",
    ),
    breach(
        STATUS,
        "update machines set status = 'SETUP' where machine_code = 'MILL-3'",
        "update machines set status = 'RUNNING' where machine_code = 'MILL-3'",
        "NORDWERK: machine MILL-3 is SETUP since",
    ),
    breach(
        HANDOVERS,
        "update shift_handovers set to_shift_date = to_shift_date + 7",
        "update shift_handovers set to_shift_date = to_shift_date - 7",
        "NORDWERK: MILLING-3 handed over ",
    ),
];

#[tokio::test]
async fn a_proof_names_what_breaks_it_and_only_that() {
    let centre = a_day().await;
    let db = application(&centre).await;
    let mut admin = centre.sql.acquire().await.unwrap();
    let sound = proofs::prove(&db, proofs::DAYS, Utc::now()).await.unwrap();
    for proven in &sound {
        assert!(proven.holds() && proven.rows > 0, "{proven}");
    }
    for Breach { proof, breaks, mends, says } in BREACHES {
        for (statements, is_broken) in [(breaks, true), (mends, false)] {
            let past_guards = format!(
                "set session_replication_role = replica; {statements}; set session_replication_role = origin"
            );
            sqlx::raw_sql(sqlx::AssertSqlSafe(past_guards)).execute(&mut *admin).await.unwrap();
            let proven = proofs::prove(&db, proofs::DAYS, Utc::now()).await.unwrap();
            for it in &proven {
                // A second open period is also one that the machine's status does not show.
                let expected = is_broken && (it.name == *proof || (*proof == PERIODS && it.name == STATUS));
                assert_eq!(it.holds(), !expected, "after {statements}\n{it}");
            }
            if is_broken {
                assert!(
                    told(&proven, proof).contains(says),
                    "{says:?} is not told:\n{}",
                    told(&proven, proof)
                );
            }
        }
    }
}

fn told(proven: &[Proven], proof: &str) -> String {
    proven.iter().find(|it| it.name == proof).unwrap().to_string()
}

#[tokio::test]
async fn a_shift_that_produced_and_was_never_handed_over_is_a_gap() {
    let centre = a_day().await;
    let db = application(&centre).await;
    // The middle one of three is gone; the area booked in it.
    centre
        .script(
            "set session_replication_role = replica;
             with middle as (
               delete from shift_handovers where id = (
                 select h.id from shift_handovers h join shift_occurrences o on o.shift_id = h.from_shift_id and o.business_date = h.from_shift_date
                 order by o.starts_at offset 1 limit 1)
               returning from_shift_id, from_shift_date)
             update production_logs l set shift_id = m.from_shift_id, shift_date = m.from_shift_date from middle m
             where l.device_id is not null;
             set session_replication_role = origin",
        )
        .await;
    let proven = proofs::prove(&db, proofs::DAYS, Utc::now()).await.unwrap();
    assert!(
        told(&proven, HANDOVERS).contains("NORDWERK: MILLING-3 produced in "),
        "{}",
        told(&proven, HANDOVERS)
    );
}

#[tokio::test]
async fn one_tenant_that_cannot_be_looked_at_hides_no_other() {
    let centre: Centre = a_day().await;
    let db = application(&centre).await;
    // Whoever looks at the rival's machines is refused.
    centre
        .script(
            "create function fails() returns boolean language plpgsql stable as $$ begin raise 'no'; end $$;
             create policy broken on machines as restrictive using (
               (select org_code from organizations where id = organization_id) <> 'RIVALE' or fails())",
        )
        .await;
    let proven = proofs::prove(&db, proofs::DAYS, Utc::now()).await.unwrap();
    let periods = proven.iter().find(|it| it.name == PERIODS).unwrap();
    assert!(!periods.holds() && periods.rows > 0 && periods.offenders == 0, "{periods}");
    assert!(periods.to_string().contains("could not be looked at"), "{periods}");
    assert!(proofs::conclude(&proven).is_err());
}
