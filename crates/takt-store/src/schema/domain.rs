//! The station's own tables: what was done here, as the screens read it. Every fact in them was
//! queued in the same transaction; drafts, preferences and the session are this terminal's alone.

/// Oldest first.
pub(super) const STEPS: &[&str] = &[TABLES];

const TABLES: &str = "
create table production_lines (
    event_id blob primary key,
    booking blob not null,
    operation_id integer not null,
    at integer not null,
    actor integer,
    corrects blob,
    logged text not null
) strict;
create index production_lines_by_operation on production_lines (operation_id, at);
create index production_lines_by_time on production_lines (at);
create index production_lines_by_booking on production_lines (booking);
create index production_lines_by_corrected on production_lines (corrects) where corrects is not null;

create table machine_periods (
    event_id blob primary key,
    machine_id integer not null,
    status text not null,
    started_at integer not null,
    ended_at integer check (ended_at >= started_at),
    reason_id integer,
    work_order_id integer,
    actor integer
) strict;
create index machine_periods_by_machine on machine_periods (machine_id, started_at);
create unique index machine_periods_one_open on machine_periods (machine_id) where ended_at is null;

create table session (
    one integer primary key check (one = 1),
    user_id integer not null,
    since_at integer not null,
    seen_at integer not null
) strict;

create table pin_failures (
    user_id integer primary key,
    attempts text not null
) strict;

create table inspections (
    uid blob primary key,
    operation_id integer not null,
    point_id integer not null,
    attempt_no integer not null,
    begun_at integer not null,
    recorded_at integer,
    made text,
    result text
) strict;
create unique index inspections_one_draft on inspections (operation_id, point_id) where recorded_at is null;
create index inspections_by_operation on inspections (operation_id, recorded_at);

create table readings (
    uid blob primary key,
    inspection blob not null references inspections (uid) on delete cascade,
    characteristic_id integer not null,
    sample_no integer not null,
    at integer not null,
    reading text not null,
    unique (inspection, characteristic_id, sample_no)
) strict;
create index readings_by_characteristic on readings (characteristic_id, at);

create table ncrs (
    uid blob primary key,
    operation_id integer not null,
    raised text not null,
    at integer not null,
    actor integer,
    detailed text
) strict;

create table handovers (
    uid blob primary key,
    submitted text not null,
    at integer not null,
    actor integer
) strict;

create table handover_items_read (
    handover blob not null,
    item blob not null,
    at integer not null,
    actor integer not null,
    primary key (handover, item, actor)
) strict;

create table handovers_taken (
    handover blob primary key,
    at integer not null,
    actor integer not null
) strict;

create table handover_notes (
    shift_id integer not null,
    business_date text not null,
    notes text not null,
    primary key (shift_id, business_date)
) strict;

create table scans (
    event_id blob primary key,
    at integer not null,
    value_hash text not null,
    code text not null
) strict;
create index scans_by_time on scans (at);

create table preferences (
    name text primary key,
    value text not null
) strict;
";
