//! The demo plant: Nordwerk Präzision, a believable discrete manufacturer, and a small rival whose
//! rows nobody at Nordwerk may ever see. Times are relative to the moment of loading.

mod codes;

use std::fmt::Write as _;

use anyhow::Context;
use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use takt_domain::{OrganizationId, badge_hash};

use crate::admin;
use crate::db::{Db, demo, organization};

/// The tenant with the plants to play with.
pub const ORGANIZATION: &str = "NORDWERK";
/// The tenant that must stay unseen.
pub const RIVAL: &str = "RIVALE";
/// The setting that terminals show as a tray of codes.
pub const CODES_KEY: &str = "demo.codes";

const TENANTS: [(&str, &str, &str); 2] = [
    (ORGANIZATION, "Nordwerk Präzision", include_str!("nordwerk.json")),
    (RIVAL, "Rivale GmbH", include_str!("rivale.json")),
];

/// `takt-server demo load`
pub async fn load_and_print(admin_url: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    let db = admin::connect(admin_url).await?;
    let trays = load(&db).await?;
    let mut told = format!("loaded at {}\n", now.format("%Y-%m-%d %H:%M UTC"));
    for (plant, codes) in trays {
        writeln!(told, "\n{ORGANIZATION} {plant}")?;
        for code in codes.as_array().into_iter().flatten() {
            let word = |field: &str| code[field].as_str().unwrap_or_default().to_owned();
            writeln!(told, "  {:<10} {:<50} {}", word("kind"), word("label"), word("code"))?;
        }
    }
    // A reader that has seen enough is no failure.
    match std::io::Write::write_all(&mut std::io::stdout(), told.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Loads the demo; answers the codes of Nordwerk's plants.
pub async fn load(db: &Db) -> anyhow::Result<Vec<(String, Value)>> {
    let mut trays = Vec::new();
    for (code, name, text) in TENANTS {
        let document: Value = serde_json::from_str(text).with_context(|| format!("the demo of {code}"))?;
        let (mut tx, id) = match organization::find(db, code).await? {
            Some(id) => (db.office(id).await?, id),
            None => organization::create(db, code, name).await?,
        };
        demo::load(&mut tx, &with_credentials(document.clone(), id)?).await?;
        if code == ORGANIZATION {
            for (plant, codes) in codes::trays(&document) {
                demo::set(&mut tx, &plant, CODES_KEY, &codes).await?;
                trays.push((plant, codes));
            }
        }
        tx.commit().await?;
    }
    Ok(trays)
}

/// Badges and PINs as the database keeps them: by their hashes.
fn with_credentials(mut document: Value, organization: OrganizationId) -> anyhow::Result<Value> {
    for person in document["people"].as_array_mut().into_iter().flatten() {
        let badge = person["badge"].as_str().map(|badge| badge_hash(organization, badge));
        let pin = person["pin"].as_str().map(|pin| Argon2::default().hash_password(pin.as_bytes()));
        let pin = pin.transpose().map_err(|error| anyhow::anyhow!("a PIN could not be hashed: {error}"))?;
        person["badge_hash"] = json!(badge);
        person["pin_hash"] = json!(pin.map(|hash| hash.to_string()));
        if let Some(fields) = person.as_object_mut() {
            fields.remove("badge");
            fields.remove("pin");
        }
    }
    Ok(document)
}
