//! Shifts: patterns, and the occurrences that terminals clip everything to.

use crate::tenant::{Tenant, folder, told};

const SHIFTS: &str = "plant,code,effective_from,name,start,end,days\n";
const COUNT: &str = "select count(*) from shift_occurrences";

#[tokio::test]
async fn occurrences_are_there_from_today_on() {
    let tenant = Tenant::with_examples().await;
    let days = "select count(*) from generate_series((now() at time zone 'Europe/Berlin')::date,
                  (now() at time zone 'Europe/Berlin')::date + 60, interval '1 day') d where extract(isodow from d) <= 5";
    assert_eq!(tenant.count(COUNT).await, tenant.count(days).await);
    let breaks = "select count(*) from shift_occurrences where breaks = '{}'";
    assert_eq!(tenant.count(breaks).await, 0, "with their breaks");
}

#[tokio::test]
async fn three_shifts_move_by_an_hour_at_once() {
    let tenant = Tenant::with_examples().await;
    let three = |early: &str, late: &str, night: &str| {
        format!(
            "{SHIFTS}BERLIN,EARLY,2026-01-01,Early,{early},{late},1234567\nBERLIN,LATE,2026-01-01,Late,{late},{night},1234567\n\
                 BERLIN,NIGHT,2026-01-01,Night,{night},{early},1234567\n"
        )
    };
    let told = tenant.one("shifts.csv", &three("06:00", "14:00", "22:00")).await;
    assert_eq!(told[0], "shifts.csv line 2 BERLIN EARLY 2026-01-01: changed: days");
    let made = tenant.count(COUNT).await;
    let told = tenant.one("shifts.csv", &three("07:00", "15:00", "23:00")).await;
    assert!(told.iter().all(|line| line.ends_with("changed: start, end")), "{told:#?}");
    assert_eq!(
        tenant
            .count(
                "select count(*) from shifts where is_active and start_time in ('07:00', '15:00', '23:00')"
            )
            .await,
        3
    );
    assert_eq!(tenant.count(COUNT).await, made);
    let tomorrow =
        "select min(to_char(starts_at at time zone 'Europe/Berlin', 'HH24:MI')) from shift_occurrences
                    where business_date = (now() at time zone 'Europe/Berlin')::date + 1";
    assert_eq!(tenant.text(tomorrow).await, "07:00");
    let today =
        "select min(to_char(starts_at at time zone 'Europe/Berlin', 'HH24:MI')) from shift_occurrences
                 where business_date = (now() at time zone 'Europe/Berlin')::date";
    assert_eq!(tenant.text(today).await, "06:00", "today stays as it was announced");
}

#[tokio::test]
async fn overlapping_hours_and_a_moved_time_zone_are_refused() {
    let tenant = Tenant::with_examples().await;
    let told = tenant.one("shifts.csv", &format!("{SHIFTS}BERLIN,DAY,2026-01-01,Day,08:00,16:00,1\n")).await;
    assert_eq!(
        told,
        [
            "shifts.csv line 2 BERLIN DAY 2026-01-01: refused: start: its hours overlap those of another active shift of the \
          plant on the same days"
        ]
    );
    let told = tenant.one("plants.csv", "code,name,timezone\nBERLIN,Werk Berlin,Europe/Paris\n").await;
    assert_eq!(
        told,
        [
            "plants.csv line 2 BERLIN: refused: timezone: the time zone is fixed once the plant has shifts: it would date them anew"
        ]
    );
}

#[tokio::test]
async fn a_pattern_follows_another_from_a_day_on() {
    let tenant = Tenant::with_examples().await;
    let (report, _) = tenant
        .import(&folder(&[(
            "shifts.csv",
            "plant;code;effective_from;effective_to;name;start;end\n\
             BERLIN;EARLY;2099-01-01;;Early;06:30;14:30\nBERLIN;EARLY;2026-01-01;2098-12-31;Early;06:00;14:00\n",
        )]))
        .await;
    assert_eq!(
        told(&report),
        [
            "shifts.csv line 2 BERLIN EARLY 2099-01-01: created",
            "shifts.csv line 3 BERLIN EARLY 2026-01-01: changed: effective_to"
        ]
    );
}
