//! The station's SQLite: every row with its outbox entry
