//! The sync protocol's messages: what travels between a terminal and the centre.
//!
//! Bytes already sent by last year's terminals cannot change while types must, so the wire is
//! apart. Version 1 may change until the first tagged release; after that its golden samples are
//! only added to. Begin with [`envelope::Event`] (one thing that happened), [`payload`] (what
//! each kind says), [`push`] and [`pull`] (the two loops) and [`row`] (what a terminal mirrors).

pub mod body;
pub mod enrol;
pub mod envelope;
pub mod payload;
pub mod pull;
pub mod push;
pub mod row;

// The sync engine sees the domain only through the wire.
pub use takt_domain::{Epoch, EventId, InstallId};

/// The protocol this build speaks.
pub const PROTOCOL: u16 = 1;
/// The oldest protocol the server still answers.
pub const PROTOCOL_OLDEST: u16 = 1;

/// Every path of the sync API, so that neither side spells one.
pub mod path {
    /// Redeem a one-time code.
    pub const ENROL: &str = "/sync/v1/enrol";
    /// Ask for a nonce to sign.
    pub const NONCE: &str = "/sync/v1/nonce";
    /// Exchange a signed nonce for an access token.
    pub const TOKEN: &str = "/sync/v1/token";
    /// Agree on versions and limits.
    pub const HELLO: &str = "/sync/v1/hello";
    /// Hand events over.
    pub const PUSH: &str = "/sync/v1/push";
    /// Fetch what changed.
    pub const PULL: &str = "/sync/v1/pull";
    /// The process is alive.
    pub const LIVE: &str = "/healthz";
    /// The process can serve: database reachable, schema in range.
    pub const READY: &str = "/readyz";
}
