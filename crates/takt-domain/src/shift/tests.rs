//! Shifts in three zones: one that changes its clock, one that does so on other days, one that
//! never does and is half an hour off.

use chrono_tz::{America, Asia, Australia, Europe, Pacific};
use proptest::prelude::*;
use rstest::rstest;

use super::*;

const ZONES: [Tz; 3] = [Europe::Berlin, America::Chicago, Asia::Kolkata];

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}
fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn pattern(start: &str, end: &str) -> Pattern {
    Pattern { start: time(start), end: time(end), days: StartDays::ALL }
}

#[rstest]
#[case::an_ordinary_night(Europe::Berlin, "2026-03-20", 8)]
#[case::the_clock_goes_forward(Europe::Berlin, "2026-03-28", 7)]
#[case::the_clock_goes_back(Europe::Berlin, "2026-10-24", 9)]
#[case::the_day_after(Europe::Berlin, "2026-10-25", 8)]
#[case::forward_in_chicago(America::Chicago, "2026-03-07", 7)]
#[case::back_in_chicago(America::Chicago, "2026-10-31", 9)]
#[case::never_in_kolkata(Asia::Kolkata, "2026-03-28", 8)]
#[case::half_an_hour_on_lord_howe(Australia::Lord_Howe, "2026-01-10", 8)]
fn a_night_has_its_true_hours(#[case] tz: Tz, #[case] on: &str, #[case] hours: i64) {
    assert_eq!(window(&pattern("22:00", "06:00"), date(on), tz).seconds(), hours * 3600);
}

#[rstest]
#[case::first_of_two(Europe::Berlin, "2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
#[case::start_of_the_gap(Europe::Berlin, "2026-03-29T02:00:00", "2026-03-29T01:00:00Z")]
#[case::inside_the_gap(Europe::Berlin, "2026-03-29T02:30:00", "2026-03-29T01:00:00Z")]
#[case::with_seconds(Europe::Berlin, "2026-03-29T02:59:59", "2026-03-29T01:00:00Z")]
#[case::after_the_gap(Europe::Berlin, "2026-03-29T03:00:00", "2026-03-29T01:00:00Z")]
#[case::chicago(America::Chicago, "2026-03-08T02:15:00", "2026-03-08T08:00:00Z")]
#[case::a_gap_of_half_an_hour(Australia::Lord_Howe, "2026-10-04T02:10:00", "2026-10-03T15:30:00Z")]
#[case::the_day_samoa_left_out(Pacific::Apia, "2011-12-30T12:00:00", "2011-12-30T10:00:00Z")]
fn a_local_time_means_one_instant(#[case] tz: Tz, #[case] local: &str, #[case] at: &str) {
    assert_eq!(instant(local.parse().unwrap(), tz), utc(at));
}

#[test]
fn the_business_date_of_a_night_is_that_of_its_start() {
    let night = Pattern { days: StartDays::from_iso(&[7]), ..pattern("22:00", "06:00") };
    let found = night.occurrences(date("2026-11-20"), date("2026-11-30"), Europe::Berlin);
    let dates: Vec<String> = found.iter().map(|(date, _)| date.to_string()).collect();
    assert_eq!(dates, ["2026-11-22", "2026-11-29"]);
    let (business_date, window) = found[0];
    let occurrence = Occurrence { shift: ShiftId(1), business_date, window };
    let monday_morning = utc("2026-11-23T04:59:59Z");
    assert_eq!(at(&[occurrence], monday_morning).unwrap().business_date, date("2026-11-22"));
    assert_eq!(at(&[occurrence], utc("2026-11-23T05:00:00Z")), None, "half-open, and no shift is no shift");
}

#[test]
fn a_day_long_shift_ends_where_it_starts_again() {
    let all_day = window(&pattern("06:00", "06:00"), date("2026-03-28"), Europe::Berlin);
    assert_eq!(all_day.seconds(), 23 * 3600);
}

#[rstest]
#[case(&[1, 2, 3, 4, 5], Weekday::Fri, true)]
#[case(&[1, 2, 3, 4, 5], Weekday::Sat, false)]
#[case(&[7], Weekday::Sun, true)]
#[case(&[0, 8, -1], Weekday::Sun, false)]
fn start_days_are_iso_numbers(#[case] days: &[i16], #[case] day: Weekday, #[case] starts: bool) {
    assert_eq!(StartDays::from_iso(days).contains(day), starts);
}

#[test]
fn elapsed_stays_between_nothing_and_all() {
    let shift = window(&pattern("06:00", "14:00"), date("2026-11-23"), Europe::Berlin);
    for (at, part) in
        [("2026-11-23T04:00:00Z", 0.0), ("2026-11-23T09:00:00Z", 0.5), ("2026-11-24T00:00:00Z", 1.0)]
    {
        assert_eq!(shift.elapsed_ratio(utc(at)), part);
        assert_eq!(shift.until(utc(at)).seconds(), (part * 8.0 * 3600.0) as i64);
    }
    assert_eq!(shift.due(crate::Quantity::from(1920), utc("2026-11-23T09:00:00Z")), 960.0);
}

/// Up to five times of the day, at which one shift ends and the next starts.
fn changes() -> impl Strategy<Value = Vec<NaiveTime>> {
    prop::collection::btree_set(0..24 * 60_u32, 1..5).prop_map(|minutes| {
        let time = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
        minutes.into_iter().map(time).collect()
    })
}

/// Every shift of ten days from a day of 2026, in the order in which they start.
fn shifts(changes: &[NaiveTime], day: u64, tz: Tz) -> Vec<Occurrence> {
    let from = date("2026-01-01").checked_add_days(Days::new(day)).unwrap();
    let to = from.checked_add_days(Days::new(10)).unwrap();
    let ends = changes.iter().cycle().skip(1);
    let patterns = changes.iter().zip(ends).map(|(start, end)| Pattern {
        start: *start,
        end: *end,
        days: StartDays::ALL,
    });
    let mut all: Vec<Occurrence> = patterns
        .enumerate()
        .flat_map(|(index, pattern)| {
            let of = move |(business_date, window)| Occurrence {
                shift: ShiftId(index as i32),
                business_date,
                window,
            };
            pattern.occurrences(from, to, tz).into_iter().map(of)
        })
        .collect();
    all.sort_by_key(|occurrence| (occurrence.window.starts_at, occurrence.window.ends_at));
    all
}

proptest! {
    #[test]
    fn shifts_that_meet_on_the_wall_meet_in_time(changes in changes(), day in 0..355_u64, zone in 0..3_usize) {
        let all = shifts(&changes, day, ZONES[zone]);
        for pair in all.windows(2) {
            prop_assert_eq!(pair[0].window.ends_at, pair[1].window.starts_at);
        }
    }

    #[test]
    fn an_instant_is_in_one_shift_and_on_the_date_of_its_start(
        changes in changes(),
        day in 0..355_u64,
        zone in 0..3_usize,
        seconds in 0..10 * 86_400_i64,
    ) {
        let tz = ZONES[zone];
        let all = shifts(&changes, day, tz);
        let instant = all[0].window.starts_at + TimeDelta::seconds(seconds);
        let found = at(&all, instant);
        let claims = all.iter().filter(|occurrence| occurrence.window.contains(instant)).count();
        prop_assert_eq!(claims, usize::from(found.is_some()));
        if let Some(found) = found {
            let local = found.window.starts_at.with_timezone(&tz).date_naive();
            prop_assert_eq!(local, found.business_date);
        }
    }

    #[test]
    fn what_crosses_a_shift_change_counts_to_each_side_by_its_part(
        changes in changes(),
        day in 0..355_u64,
        zone in 0..3_usize,
        from_ms in 0..5 * 86_400_000_i64,
        ms in 0..3 * 86_400_000_i64,
    ) {
        let all = shifts(&changes, day, ZONES[zone]);
        let from = all[0].window.starts_at + TimeDelta::milliseconds(from_ms);
        let to = from + TimeDelta::milliseconds(ms);
        let parts: i64 = all.iter().map(|occurrence| occurrence.window.clip(from, to)).sum();
        prop_assert_eq!(parts, to.timestamp() - from.timestamp());
    }
}
