//! People: what they may do, and secrets that leave no trace.

use takt_domain::{OrganizationId, badge_hash};
use takt_server::import::report::Style;

use crate::tenant::{Tenant, examples, folder};

#[tokio::test]
async fn badges_and_pins_are_kept_as_hashes_only() {
    let tenant = Tenant::new().await;
    let (report, ending) = tenant.import(&examples()).await;
    let own = tenant.count("select id::bigint from organizations where org_code = 'OWN'").await;
    let hash = badge_hash(OrganizationId(i32::try_from(own).unwrap()), "7K2Q-9XMD-4FTA");
    assert_eq!(tenant.text("select badge_hash from users").await, hash);
    assert!(tenant.text("select pin_hash from users").await.starts_with("$argon2id$"));
    let mut said = Vec::new();
    report.write(Style::Json, ending, &mut said).unwrap();
    let trail = "select coalesce(string_agg(a::text, ' '), '') || (select string_agg(u::text, ' ') from users u) from audit_logs a";
    for text in [String::from_utf8(said).unwrap(), tenant.text(trail).await] {
        assert!(!text.contains("7K2Q-9XMD-4FTA") && !text.contains("246810"), "{text}");
    }
}

#[tokio::test]
async fn a_new_pin_is_a_change_and_an_empty_cell_is_none() {
    let tenant = Tenant::with_examples().await;
    let since = "select extract(epoch from credentials_changed_at)::bigint from users";
    tenant.run("update users set credentials_changed_at = 'epoch'").await;
    let person = |pin: &str| {
        format!("employee_number,name,username,badge,pin\n1001,Camille Laurent,claurent,,{pin}\n")
    };
    assert_eq!(tenant.one("people.csv", &person("246810")).await, ["people.csv line 2 1001: unchanged"]);
    assert_eq!(tenant.one("people.csv", &person("")).await, ["people.csv line 2 1001: unchanged"]);
    assert_eq!(tenant.count(since).await, 0);
    assert_eq!(tenant.one("people.csv", &person("111111")).await, ["people.csv line 2 1001: changed: pin"]);
    assert!(tenant.count(since).await > 0, "cached PINs are void");
    let hash = tenant.text("select pin_hash from users").await;
    assert_eq!(
        tenant.one("people.csv", &person(&format!("\"{hash}\""))).await,
        ["people.csv line 2 1001: unchanged"]
    );
}

#[tokio::test]
async fn roles_and_plants_are_given_and_taken() {
    let tenant = Tenant::with_examples().await;
    let (_, _) =
        tenant.import(&folder(&[("plants.csv", "code,name,timezone\nKOELN,Köln,Europe/Berlin\n")])).await;
    let rights = "select concat_ws(' / ',
        (select string_agg(r.role_code, ' ' order by r.role_code) from user_roles u join roles r on r.id = u.role_id where u.revoked_at is null),
        (select string_agg(p.plant_code || ' ' || a.access_level, ' ' order by p.plant_code) from user_plant_access a
          join plants p on p.id = a.plant_id where a.revoked_at is null))";
    assert_eq!(tenant.text(rights).await, "OPERATOR SHIFT_LEAD / BERLIN OPERATE");
    let person = "employee_number,name,username,roles,plants,access_level\n1001,Camille Laurent,claurent,OPERATOR,BERLIN KOELN,WRITE\n";
    assert_eq!(
        tenant.one("people.csv", person).await,
        ["people.csv line 2 1001: changed: roles, plants, access_level"]
    );
    assert_eq!(tenant.text(rights).await, "OPERATOR / BERLIN WRITE KOELN WRITE");
    assert_eq!(tenant.one("people.csv", person).await, ["people.csv line 2 1001: unchanged"]);
    let person = "employee_number,name,username,roles,plants\n1001,Camille Laurent,claurent,,KOELN\n";
    assert_eq!(tenant.one("people.csv", person).await, ["people.csv line 2 1001: changed: plants"]);
    assert_eq!(tenant.text(rights).await, "OPERATOR / KOELN WRITE");
}

#[tokio::test]
async fn a_person_without_a_secret_or_with_anothers_is_refused() {
    let tenant = Tenant::with_examples().await;
    let told = tenant
        .one(
            "people.csv",
            "employee_number,name,username,badge,pin,roles,status\n\
             2001,A,a,,,OPERATOR,ACTIVE\n\
             2002,B,b,7K2Q-9XMD-4FTA,,OPERATOR,ACTIVE\n\
             2003,C,CLaurent,X-1,,OPERATOR,ACTIVE\n\
             2004,D,d,X-2,12,OPERATOR,ACTIVE\n\
             2005,E,e,X-3,,KING,ACTIVE\n\
             2006,F,f,,,OPERATOR,INVITED\n",
        )
        .await;
    assert_eq!(
        told,
        [
            "people.csv line 2 2001: refused: badge: an ACTIVE person needs a badge or a PIN; expected one of them, or the status INVITED",
            "people.csv line 3 2002: refused: badge: another person has this badge",
            "people.csv line 4 2003: refused: username: another person has this user name",
            "people.csv line 5 2004: refused: pin: it is not a PIN of 4 to 6 digits, or its argon2id hash ($argon2id$…)",
            "people.csv line 6 2005: refused: roles: there is no role KING, neither in this import nor in the database",
            "people.csv line 7 2006: created",
        ]
    );
}
