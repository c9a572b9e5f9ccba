//! People as the mirror knows them: by badge, with what they may do here.

use chrono::{DateTime, Utc};
use takt_domain::{UserId, role};
use takt_store::Reading;
use takt_wire::row::{Grant, User};

use crate::refused::Refused;
use crate::view::frame::Person;

/// Access that lets a person act at a station.
const ACTING: [&str; 3] = ["OPERATE", "WRITE", "ADMIN"];

/// A person by id.
pub(crate) fn by_id(r: &Reading<'_>, id: UserId) -> Result<Option<User>, Refused> {
    Ok(r.mirror_one(i64::from(id.0))?)
}

/// A person by the hash of their badge.
pub(crate) fn by_badge(r: &Reading<'_>, hash: &str) -> Result<Option<User>, Refused> {
    let people: Vec<User> = r.mirror()?;
    Ok(people.into_iter().find(|person| person.badge_hash.as_deref() == Some(hash)))
}

/// A person with the roles they have now: a role begins and ends without a word from the centre.
pub(crate) fn as_of(person: User, now: DateTime<Utc>) -> User {
    let Some(grants) = &person.grants else { return person };
    let live = |grant: &&Grant| grant.from <= now && grant.until.is_none_or(|until| now < until);
    let roles = grants.iter().filter(live).map(|grant| grant.role.clone()).collect();
    User { roles, ..person }
}

/// The name of somebody, empty where the mirror does not know them any more.
pub(crate) fn name(r: &Reading<'_>, id: Option<UserId>) -> Result<String, Refused> {
    let Some(id) = id else { return Ok(String::new()) };
    Ok(by_id(r, id)?.map(|person| person.full_name).unwrap_or_default())
}

/// Whether a person may work here now.
pub(crate) fn has_access(person: &User, now: DateTime<Utc>) -> bool {
    person.status == "ACTIVE"
        && ACTING.contains(&person.access_level.as_str())
        && person.access_until.is_none_or(|until| now < until)
}

/// Whether a person may record inspections.
pub(crate) fn inspects(person: &User) -> bool {
    role::inspects(&person.roles)
}

/// Whether a person may hand shifts over.
pub(crate) fn leads(person: &User) -> bool {
    role::leads(&person.roles)
}

/// First letters of the first and the last word of a name.
pub(crate) fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let mut words = name.split_whitespace();
    let begin = words.next().map(first).unwrap_or_default();
    let end = words.next_back().map(first).unwrap_or_default();
    begin + &end
}

/// What the frame says of somebody.
pub(crate) fn view(person: &User) -> Person {
    Person {
        id: person.id,
        name: person.full_name.clone(),
        initials: initials(&person.full_name),
        inspects: inspects(person),
        leads: leads(person),
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Anna Maria Meyer"), "AM");
        assert_eq!(initials("özlem"), "Ö");
        assert_eq!(initials("王 伟"), "王伟");
        assert_eq!(initials(" "), "");
    }
}
