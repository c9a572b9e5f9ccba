//! Pairs of rows that may not, and may, stand beside each other.

pub struct Exclusion {
    pub constraint: &'static str,
    pub table: &'static str,
    pub first: &'static str,
    /// A second row that overlaps the first.
    pub overlaps: &'static str,
    /// A second row that only touches it, or differs in another part of the key.
    pub beside: &'static str,
    /// Checked at commit.
    pub is_deferred: bool,
}

const fn case(
    constraint: &'static str,
    table: &'static str,
    first: &'static str,
    overlaps: &'static str,
    beside: &'static str,
) -> Exclusion {
    Exclusion { constraint, table, first, overlaps, beside, is_deferred: false }
}

pub const CASES: &[Exclusion] = &[
    case(
        "bom_headers_excl",
        "bom_headers",
        r#"{"status": "ACTIVE", "effective_from": "2026-01-01", "effective_to": "2026-06-30"}"#,
        r#"{"status": "ACTIVE", "bom_version": 2, "effective_from": "2026-06-30"}"#,
        r#"{"status": "ACTIVE", "bom_version": 2, "effective_from": "2026-07-01"}"#,
    ),
    // The bill of all plants counts as a plant of its own.
    case(
        "bom_headers_excl",
        "bom_headers",
        r#"{"status": "ACTIVE", "plant_id": null}"#,
        r#"{"status": "ACTIVE", "plant_id": null, "bom_version": 2}"#,
        r#"{"status": "ACTIVE", "bom_version": 2}"#,
    ),
    case(
        "bom_headers_excl",
        "bom_headers",
        r#"{"status": "ACTIVE"}"#,
        r#"{"status": "ACTIVE", "bom_version": 2}"#,
        r#"{"status": "DRAFT", "bom_version": 2}"#,
    ),
    case(
        "inspection_plans_excl",
        "inspection_plans",
        r#"{"status": "APPROVED", "approved_at": "2026-01-01", "approved_by": 1, "plan_code": "P", "effective_from": "2026-01-01", "effective_to": "2026-01-31"}"#,
        r#"{"status": "APPROVED", "approved_at": "2026-01-01", "approved_by": 1, "plan_code": "P", "revision": 2, "effective_from": "2026-01-31"}"#,
        r#"{"status": "APPROVED", "approved_at": "2026-01-01", "approved_by": 1, "plan_code": "P", "revision": 2, "effective_from": "2026-02-01"}"#,
    ),
    case(
        "work_center_shifts_excl",
        "work_center_shifts",
        r#"{"shift_id": 9999, "effective_from": "2026-01-01", "effective_to": null}"#,
        r#"{"shift_id": 9999, "effective_from": "2030-01-01", "effective_to": null}"#,
        r#"{"shift_id": 9999, "effective_from": "2025-01-01", "effective_to": "2025-12-31"}"#,
    ),
    case(
        "shifts_excl",
        "shifts",
        r#"{"shift_code": "EARLY", "start_time": "06:00", "end_time": "14:00", "days_of_week": [1, 2]}"#,
        r#"{"shift_code": "MIDDLE", "start_time": "13:59", "end_time": "20:00", "days_of_week": [2]}"#,
        r#"{"shift_code": "LATE", "start_time": "14:00", "end_time": "22:00", "days_of_week": [1, 2]}"#,
    ),
    // Sunday's night reaches into Monday.
    case(
        "shifts_excl",
        "shifts",
        r#"{"shift_code": "NIGHT", "start_time": "22:00", "end_time": "06:00", "days_of_week": [7]}"#,
        r#"{"shift_code": "EARLY", "start_time": "05:59", "end_time": "14:00", "days_of_week": [1]}"#,
        r#"{"shift_code": "EARLY", "start_time": "06:00", "end_time": "14:00", "days_of_week": [1, 7]}"#,
    ),
    case(
        "shifts_excl",
        "shifts",
        r#"{"shift_code": "A", "is_active": true}"#,
        r#"{"shift_code": "B", "is_active": true}"#,
        r#"{"shift_code": "B", "is_active": false}"#,
    ),
    case(
        "lane_assignments_excl",
        "lane_assignments",
        r#"{"is_exclusive": true, "scheduled_from": "2026-01-01", "scheduled_to": "2026-01-03"}"#,
        r#"{"is_exclusive": true, "scheduled_from": "2026-01-03", "scheduled_to": "2026-01-04", "status": "ACTIVE"}"#,
        r#"{"is_exclusive": true, "scheduled_from": "2026-01-04", "scheduled_to": "2026-01-04"}"#,
    ),
    case(
        "lane_assignments_excl",
        "lane_assignments",
        r#"{"is_exclusive": true}"#,
        r#"{"is_exclusive": true}"#,
        r#"{"is_exclusive": true, "status": "CANCELLED"}"#,
    ),
    case(
        "shift_occurrences_excl",
        "shift_occurrences",
        r#"{"business_date": "2026-01-01", "starts_at": "2026-01-01T05:00:00Z", "ends_at": "2026-01-01T13:00:00Z"}"#,
        r#"{"business_date": "2026-01-02", "starts_at": "2026-01-01T12:59:00Z", "ends_at": "2026-01-01T20:00:00Z"}"#,
        r#"{"business_date": "2026-01-02", "starts_at": "2026-01-01T13:00:00Z", "ends_at": "2026-01-01T20:00:00Z"}"#,
    ),
    case(
        "number_leases_excl",
        "number_leases",
        r#"{"block": "[100,200)", "period_key": "2026"}"#,
        r#"{"block": "[199,300)", "period_key": "2026"}"#,
        r#"{"block": "[199,300)", "period_key": "2027"}"#,
    ),
    Exclusion {
        is_deferred: true,
        ..case(
            "machine_status_history_excl",
            "machine_status_history",
            r#"{"started_at": "2026-01-01T06:00:00Z", "ended_at": "2026-01-01T07:00:00Z"}"#,
            r#"{"started_at": "2026-01-01T06:59:00Z", "ended_at": "2026-01-01T08:00:00Z"}"#,
            r#"{"started_at": "2026-01-01T07:00:00Z", "ended_at": "2026-01-01T08:00:00Z"}"#,
        )
    },
];
