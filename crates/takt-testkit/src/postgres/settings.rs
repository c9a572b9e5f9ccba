//! The server's configuration, by what the cluster is for.
use super::cluster::Purpose;

/// Appended once to `postgresql.conf`.
pub const INCLUDE: &str = "include 'takt.conf'\n";

/// The content of `takt.conf`. TCP on loopback only: no sockets means no path too long for one.
pub fn takt_conf(purpose: Purpose, port: u16, cluster_name: &str) -> String {
    let common = format!(
        "# Written by takt-testkit at every start; edits are lost.
cluster_name = '{cluster_name}'
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
max_locks_per_transaction = 256
log_line_prefix = '%m [%p] %u@%d '
"
    );
    common
        + match purpose {
            Purpose::Demo => "max_connections = 100\ntimescaledb.max_background_workers = 4\n",
            Purpose::Tests | Purpose::Spare => TESTS,
        }
}

/// Nothing here survives a power cut, and no worker holds a connection to a template that is being cloned.
const TESTS: &str = "max_connections = 200
timescaledb.max_background_workers = 0
autovacuum = off
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = '2GB'
checkpoint_timeout = '30min'
";
