//! Who works: people with their roles, plants and badges.

use super::super::kind::{Beside, Column, Kind, Rule, Stored, Stored::In, Type};
use super::{PLANT, ROLE};

const STATUSES: &[&str] = &["INVITED", "ACTIVE", "SUSPENDED", "DISABLED"];
const LEVELS: &[&str] = &["READ", "OPERATE", "WRITE", "ADMIN"];

pub(super) static PEOPLE: Kind = Kind {
    meaning: "People. Badges and PINs are kept as hashes only: empty those columns, or delete the file, once it is \
              imported; an empty cell leaves what a person has.",
    rules: &[
        Rule {
            name: "users_username_key_key",
            column: "username",
            says: "another person has this user name",
        },
        Rule { name: "users_email_key_key", column: "email", says: "another person has this address" },
        Rule { name: "users_badge_hash_key", column: "badge", says: "another person has this badge" },
        Rule {
            name: "users_status_password_hash_check",
            column: "badge",
            says: "an ACTIVE person needs a badge or a PIN; expected one of them, or the status INVITED",
        },
    ],
    beside: Beside::Rights,
    ..Kind::plain(
        "people",
        "person",
        "users",
        &["employee_number"],
        &[
            Column::key(
                "employee_number",
                Type::Text(50),
                In("employee_number"),
                "Number of the person.",
                "1001",
            ),
            Column::required(
                "name",
                Type::Text(200),
                In("full_name"),
                "Name as terminals show it.",
                "Camille Laurent",
            ),
            Column::required(
                "username",
                Type::Text(100),
                In("username"),
                "Name to sign in with in a browser, unique.",
                "claurent",
            ),
            Column::optional(
                "email",
                Type::Text(254),
                In("email"),
                "Address; who only works at terminals has none.",
                "c.laurent@example.com",
            ),
            Column::optional(
                "badge",
                Type::Badge,
                In("badge_hash"),
                "What the badge's code holds, with or without BG: before it.",
                "BG:7K2Q-9XMD-4FTA",
            )
            .keeps(),
            Column::optional("pin", Type::Pin, In("pin_hash"), "PIN at terminals.", "246810").keeps(),
            Column::optional(
                "status",
                Type::Choice(STATUSES),
                In("status"),
                "Only ACTIVE people sign in.",
                "ACTIVE",
            )
            .or("ACTIVE"),
            Column::optional("locale", Type::Locale, In("locale"), "Language of the person's screens.", "de")
                .or("en"),
            Column::optional(
                "roles",
                Type::ReferAll(&ROLE),
                Stored::Beside,
                "Roles in all plants. Others of the person are revoked.",
                "SHIFT_LEAD OPERATOR",
            )
            .keeps(),
            Column::optional(
                "plants",
                Type::ReferAll(&PLANT),
                Stored::Beside,
                "Plants whose terminals the person may use. Access to others is revoked.",
                "BERLIN",
            )
            .keeps(),
            Column::optional(
                "access_level",
                Type::Choice(LEVELS),
                Stored::Beside,
                "How far that access goes.",
                "OPERATE",
            )
            .or("OPERATE"),
            Column::optional(
                "default_plant",
                Type::Refers(&PLANT),
                In("default_plant_id"),
                "Where the person usually works.",
                "BERLIN",
            ),
        ],
    )
};
