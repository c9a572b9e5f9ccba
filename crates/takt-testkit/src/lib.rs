//! Throw-away TimescaleDB, builders, simulator: only for tests and xtask
