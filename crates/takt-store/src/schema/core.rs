//! Schema step of the core: outbox, mirror, and where sync stands.

/// Oldest first.
pub(super) const STEPS: &[&str] = &[CORE];

const CORE: &str = "
pragma application_id = 1413565268; -- 'TAKT'

-- Lifetimes of this database towards the server; the newest row is the one in force.
create table install (
    ordinal integer primary key autoincrement,
    install_id blob not null unique check (length(install_id) = 16),
    reason text not null
) strict;

-- What happened here. position never changes and orders everything; seq is dense per install and
-- lane and is given anew when the server asks for a new install id.
create table outbox (
    position integer primary key autoincrement,
    install integer not null references install (ordinal),
    lane integer not null check (lane between 0 and 3),
    seq integer not null check (seq > 0),
    event_id blob not null unique check (length(event_id) = 16),
    stream_key text,
    kind text not null,
    version integer not null,
    device_time integer not null, -- microseconds since 1970, the terminal's own clock
    monotonic_ms integer not null,
    boot_id blob not null,
    clock_offset_ms integer,
    clock_offset_age_ms integer,
    actor integer,
    payload text not null, -- JSON
    size integer not null, -- bytes as sent, estimated upwards
    acked_at integer, -- microseconds since 1970; null = not at the plant
    unique (install, lane, seq)
) strict;
create index outbox_unsent on outbox (lane, seq) where acked_at is null;
create index outbox_acked on outbox (acked_at) where acked_at is not null;
create index outbox_time on outbox (device_time);

-- Next number and contiguous ack per lane, of the install in force.
create table lane (
    lane integer primary key check (lane between 0 and 3),
    next_seq integer not null default 1 check (next_seq > 0),
    acked integer not null default 0 check (acked >= 0)
) strict;
insert into lane (lane) values (0), (1), (2), (3);

-- Events a person should look at: the server kept them, but not as intended.
create table outbox_problem (
    event_id blob primary key references outbox (event_id) on delete cascade,
    verdict text not null,
    code text not null,
    detail text,
    noted_at integer not null
) strict, without rowid;

-- Copy of what the centre says, one row per row.
create table mirror (
    tbl text not null,
    id integer not null,
    body text not null, -- JSON
    generation integer not null,
    own_through integer not null, -- outbox position up to which this row contains our own events
    primary key (tbl, id)
) strict, without rowid;

-- Pulled rows that this build could not read; the rest of their page was kept.
create table pull_error (
    tbl text not null,
    id integer not null,
    reason text not null,
    noted_at integer not null,
    primary key (tbl, id)
) strict, without rowid;

-- Where the loops stand: one row.
create table sync_state (
    one integer primary key check (one = 1),
    epoch blob,
    cursor text,
    generation integer not null default 0,
    mirror_complete integer not null default 0 check (mirror_complete in (0, 1)),
    last_contact_at integer,
    clock text, -- JSON of the last measurement of the clock
    enrolment text -- JSON of what the server said at enrolment, without secrets
) strict;
insert into sync_state (one) values (1);
";
