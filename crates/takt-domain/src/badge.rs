//! Badges are keys: their content is never stored, shown or sent, only its hash.

use sha2::{Digest, Sha256};

use crate::id::OrganizationId;

/// The hash under which a badge is known: hex SHA-256 over the organization and the content, so
/// that equal badges of two tenants do not look alike.
pub fn badge_hash(organization: OrganizationId, content: &str) -> String {
    hex::encode(Sha256::digest(format!("takt-badge\n{organization}\n{content}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tenants_do_not_share_a_badge() {
        let hash = badge_hash(OrganizationId(1), "secret");
        assert_eq!(hash.len(), 64);
        assert_eq!(hash, badge_hash(OrganizationId(1), "secret"));
        assert_ne!(hash, badge_hash(OrganizationId(2), "secret"));
    }
}
