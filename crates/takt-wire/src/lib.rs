//! The sync protocol's messages, by version
