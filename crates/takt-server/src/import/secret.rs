//! Badges and PINs: from here on only their hashes exist.

use std::collections::HashMap;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use serde_json::{Value, json};
use takt_domain::{OrganizationId, badge_hash};

use super::kind::{Kind, Type};
use super::progress::Progress;
use super::report::Reason;
use super::resolve::Resolved;
use super::value::is_pin_hash;
use crate::db::TenantTx;
use crate::db::import::person;

/// PINs that are hashed before it is said how far it is; one takes some 20 ms.
const PINS_AT_ONCE: usize = 50;

/// Replaces badges and PINs by their hashes. A PIN that is right already keeps the hash it has, so that
/// the same file twice changes nothing.
pub async fn hash(
    tx: &mut TenantTx,
    organization: OrganizationId,
    kind: &Kind,
    rows: &mut [Resolved],
    progress: &mut Progress,
) -> Result<(), sqlx::Error> {
    for (at, column) in kind.columns.iter().enumerate() {
        match column.of {
            Type::Badge => {
                for value in rows.iter_mut().filter_map(|row| row.record.values[at].as_mut()) {
                    if let Some(content) = value.as_str() {
                        *value = json!(badge_hash(organization, content));
                    }
                }
            }
            Type::Pin => pins(tx, at, column.name, rows, progress).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn pins(
    tx: &mut TenantTx,
    at: usize,
    column: &'static str,
    rows: &mut [Resolved],
    progress: &mut Progress,
) -> Result<(), sqlx::Error> {
    let numbers: Vec<String> = rows.iter().filter_map(|row| row.record.key.first().cloned()).collect();
    let known = person::pin_hashes(tx, &numbers).await?;
    let mut open: Vec<(usize, String, Option<String>)> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        if let Some(pin) = row.record.values[at].as_ref().and_then(Value::as_str) {
            let has = row.record.key.first().and_then(|number| known.get(number)).cloned();
            open.push((n, pin.to_owned(), has));
        }
    }
    let all = open.len();
    let mut hashes: HashMap<usize, Option<String>> = HashMap::new();
    for chunk in open.chunks(PINS_AT_ONCE) {
        let chunk = chunk.to_vec();
        let hashed = tokio::task::spawn_blocking(move || {
            chunk.into_iter().map(|(n, pin, has)| (n, pin_hash(&pin, has))).collect::<Vec<_>>()
        });
        // A task that panics has hashed nothing: its rows are refused below.
        hashes.extend(hashed.await.unwrap_or_default());
        progress.at(&format!("{} of {all} PINs", hashes.len()));
    }
    for (n, _, _) in open {
        let Some(row) = rows.get_mut(n) else { continue };
        match hashes.remove(&n).flatten() {
            Some(hash) => row.record.values[at] = Some(json!(hash)),
            None => row.reasons.push(Reason::column(column, "it could not be hashed")),
        }
    }
    Ok(())
}

fn pin_hash(pin: &str, has: Option<String>) -> Option<String> {
    if is_pin_hash(pin) {
        return Some(pin.to_owned());
    }
    let is_right = |hash: &String| {
        PasswordHash::new(hash)
            .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
    };
    match has.filter(is_right) {
        Some(same) => Some(same),
        None => Argon2::default().hash_password(pin.as_bytes()).ok().map(|hash| hash.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_pin_keeps_its_hash_and_a_new_one_gets_another() {
        let first = pin_hash("246810", None).unwrap();
        assert!(first.starts_with("$argon2id$") && !first.contains("246810"));
        assert_eq!(pin_hash("246810", Some(first.clone())).unwrap(), first);
        assert_ne!(pin_hash("246811", Some(first.clone())).unwrap(), first);
        assert_eq!(pin_hash(&first, None).unwrap(), first, "a hash is taken as it is");
    }
}
