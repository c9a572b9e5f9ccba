//! The attacks on a table, made from the catalog.
use serde_json::{Value, json};

use super::attempt::Answer;
use super::catalog::{Catalog, Reference, Table, Unique};
use super::companion;
use super::row::{self, Row, insert_sql, key, literal};
use super::session::{Session, Tenant};
use super::world::World;

/// Names a row that nobody has.
const NOBODY: i64 = 2_000_000_000;

pub struct Attack {
    pub form: &'static str,
    pub statement: String,
    pub defence: Defence,
}

/// What must become of an attack.
pub enum Defence {
    /// No row is found or touched, or it is refused.
    Nothing,
    /// It is refused: no right, a policy, or a guard that sees nothing there.
    Refused,
    /// It is refused, or lacks what it refers to: its key lies within the own tenant.
    NotTheirs,
    /// It is refused, and just as for a row that does not exist.
    JustAs(String),
    /// It does not clash with what the other tenant has.
    NoClash,
}

impl Attack {
    fn new(form: &'static str, defence: Defence, statement: String) -> Self {
        Self { form, statement, defence }
    }
}

/// Did the attack come to nothing? `twin` is the answer for a row that does not exist.
pub fn is_repelled(attack: &Attack, answer: &Answer, twin: Option<&Answer>) -> bool {
    match &attack.defence {
        Defence::Nothing => *answer == Answer::Done(0) || answer.is_closed_door(),
        Defence::Refused => answer.is_closed_door(),
        Defence::NotTheirs => answer.is_closed_door() || answer.is("23503"),
        Defence::JustAs(_) => {
            let foreign = |a: &Answer| a.is_closed_door() || a.is("23503");
            foreign(answer) && twin.is_some_and(|twin| foreign(twin) && twin.outward() == answer.outward())
        }
        Defence::NoClash => matches!(answer, Answer::Done(1)) || answer.is("42501"),
    }
}

/// Everything this session tries on a table and the victim's row in it.
pub fn on(table: &Table, session: &Session<'_>, victim: &World) -> Vec<Attack> {
    let Some(target) = victim.rows.get(&table.name) else { return Vec::new() };
    let mut attacks = reads(table, session, target);
    attacks.extend(writes(table, session, victim, target));
    if let Some(own) = session.own {
        attacks.extend(moves(table, own, victim));
        attacks.extend(
            table.references.iter().filter_map(|reference| foreign_key(table, reference, own, victim)),
        );
        if own.organization != victim.organization {
            attacks.extend(table.uniques.iter().filter_map(|unique| unique_key(table, unique, own, victim)));
        }
    }
    attacks
}

fn reads(table: &Table, session: &Session<'_>, target: &Row) -> Vec<Attack> {
    let (name, at) = (&table.name, key(table, target));
    let tenant = table.tenant().unwrap();
    let mut attacks = vec![
        Attack::new("read by key", Defence::Nothing, format!("select * from {name} where {at}")),
        Attack::new(
            "probe by key",
            Defence::Nothing,
            format!("select 1 where exists (select from {name} where {at})"),
        ),
        Attack::new(
            "read to change",
            Defence::Nothing,
            format!("select 1 from {name} where {at} for update"),
        ),
        Attack::new(
            "read through a view of one's own",
            Defence::Nothing,
            format!("create temp view peek as select * from {name}; select 1 from peek where {at}"),
        ),
        Attack::new(
            "read through a function of one's own",
            Defence::Nothing,
            format!(
                "create function pg_temp.peek() returns bigint language sql security definer
                   as $peek$ select count(*) from public.{name} where {at} $peek$;
                 select 1 where pg_temp.peek() > 0"
            ),
        ),
        Attack::new(
            "read without policy",
            Defence::Refused,
            format!("set local row_security = off; select 1 from {name}"),
        ),
    ];
    if session.tenant != Tenant::Of(target[tenant].as_i64().unwrap()) {
        let (foreign, own) =
            (literal(&target[tenant]), if let Tenant::Of(id) = session.tenant { id } else { 0 });
        attacks.push(Attack::new(
            "read by tenant",
            Defence::Nothing,
            format!("select * from {name} where {tenant} = {foreign}"),
        ));
        attacks.push(Attack::new(
            "read all others",
            Defence::Nothing,
            format!("select * from {name} where {tenant} is distinct from {own}"),
        ));
    }
    attacks
}

fn writes(table: &Table, session: &Session<'_>, victim: &World, target: &Row) -> Vec<Attack> {
    let (name, at, tenant) = (&table.name, key(table, target), table.tenant().unwrap());
    let primary = table.primary();
    let same = table.columns.iter().find(|c| {
        !c.is_identity && !c.is_generated && c.name != tenant && !primary.contains(&c.name.as_str())
    });
    let same = &same.unwrap().name;
    let fresh = victim.fresh(table, 7).unwrap_or_else(|| target.clone());
    let own = if let Tenant::Of(id) = session.tenant { json!(id) } else { target[tenant].clone() };
    let mut taken = target.clone();
    if tenant == "organization_id" {
        taken.insert(tenant.to_owned(), own.clone());
    }
    if let (Some(plant), true) = (session.plant, table.has("plant_id")) {
        taken.insert("plant_id".to_owned(), json!(plant));
    }
    let or_update = format!("on conflict ({}) do update set {same} = excluded.{same}", primary.join(", "));
    let mut attacks = vec![
        Attack::new("insert", Defence::Refused, insert_sql(table, &fresh, "")),
        Attack::new("upsert, own tenant", Defence::NotTheirs, insert_sql(table, &taken, &or_update)),
        Attack::new("upsert, their tenant", Defence::Refused, insert_sql(table, target, &or_update)),
        Attack::new(
            "insert or nothing",
            Defence::Refused,
            insert_sql(table, target, "on conflict do nothing"),
        ),
        Attack::new("update", Defence::Nothing, format!("update {name} set {same} = {same} where {at}")),
        Attack::new("delete", Defence::Nothing, format!("delete from {name} where {at}")),
        Attack::new(
            "merge",
            Defence::Nothing,
            format!("merge into {name} using (values (1)) as one (x) on {at} when matched then delete"),
        ),
        Attack::new("truncate", Defence::Refused, format!("truncate {name} cascade")),
    ];
    if tenant == "organization_id" {
        let steal = format!("update {name} set {tenant} = {} where {at}", literal(&own));
        attacks.push(Attack::new("steal by update", Defence::Nothing, steal));
    }
    attacks
}

/// What only the owner may do.
pub fn structure(table: &Table) -> Vec<Attack> {
    let name = &table.name;
    [
        ("switch the policy off", format!("alter table {name} disable row level security")),
        ("drop the policy", format!("drop policy tenant on {name}")),
        ("add a policy", format!("create policy open on {name} using (true)")),
        ("give rights away", format!("alter table {name} owner to takt_app")),
    ]
    .map(|(form, statement)| Attack::new(form, Defence::Refused, statement))
    .into()
}

/// The own row is moved to the victim's tenant, or plant.
fn moves(table: &Table, own: &World, victim: &World) -> Vec<Attack> {
    let Some(mine) = own.rows.get(&table.name) else { return Vec::new() };
    let (name, at) = (&table.name, key(table, mine));
    let mut attacks = Vec::new();
    if own.organization != victim.organization && table.has("organization_id") {
        let to = format!("update {name} set organization_id = {} where {at}", victim.organization);
        attacks.push(Attack::new("tenant change", Defence::Refused, to));
    }
    if own.organization == victim.organization && table.has("plant_id") {
        let to = format!("update {name} set plant_id = {} where {at}", literal(&victim.rows["plants"]["id"]));
        attacks.push(Attack::new("plant change", Defence::Refused, to));
    }
    attacks
}

/// The column of a reference that names the row; the others say within what.
pub fn named(reference: &Reference) -> Option<usize> {
    let within = ["organization_id", "plant_id"];
    let last = |(column, there): (&String, &String)| !within.contains(&column.as_str()) && there == "id";
    let place = reference.columns.iter().zip(&reference.target_columns).rposition(last);
    place.or_else(|| reference.columns.iter().position(|column| column == "plant_id"))
}

/// A row of one's own that refers to `id` through this reference, valid but for that.
fn referring(table: &Table, reference: &Reference, own: &World, id: &Value) -> Option<String> {
    let place = named(reference)?;
    let column = &reference.columns[place];
    if companion::SINGLE.contains(&table.name.as_str()) {
        let mine = key(table, own.rows.get(&table.name)?);
        return Some(format!("update {} set {column} = {} where {mine}", table.name, literal(id)));
    }
    let mut mine = row::with(&own.fresh(table, 11)?, &companion::of(&table.name, column, own));
    for (column, there) in reference.columns.iter().zip(&reference.target_columns) {
        if mine.get(column).is_none_or(Value::is_null) && column != "organization_id" {
            let missing = own.rows.get(&reference.target).and_then(|row| row.get(there));
            mine.insert(column.clone(), missing.cloned().unwrap_or_default());
        }
    }
    mine.insert(column.clone(), id.clone());
    Some(insert_sql(table, &mine, ""))
}

fn foreign_key(table: &Table, reference: &Reference, own: &World, victim: &World) -> Option<Attack> {
    let crosses_plants_only = own.organization == victim.organization;
    if crosses_plants_only && !reference.columns.iter().any(|column| column == "plant_id") {
        return None;
    }
    let theirs = victim.rows.get(&reference.target)?.get(&reference.target_columns[named(reference)?])?;
    let attack = referring(table, reference, own, theirs)?;
    let twin = referring(table, reference, own, &json!(NOBODY))?;
    Some(Attack::new("foreign-key probe", Defence::JustAs(twin), attack))
}

fn unique_key(table: &Table, unique: &Unique, own: &World, victim: &World) -> Option<Attack> {
    if unique.columns.first()?.as_deref() != Some("organization_id")
        || companion::SINGLE.contains(&table.name.as_str())
    {
        return None;
    }
    let refers = |column: &str| {
        column == "entity_id" || table.references.iter().any(|r| r.columns.iter().any(|c| c == column))
    };
    let (mut mine, first, theirs) =
        (own.fresh(table, 13)?, own.rows.get(&table.name)?, victim.rows.get(&table.name)?);
    let is_free = |column: &&String| {
        !refers(column) && table.column(column).is_some_and(|c| !c.is_generated && !c.is_identity)
    };
    let copied: Vec<&String> = unique.columns.iter().flatten().filter(is_free).collect();
    // A key that differs from that of the first own row in nothing would clash with it, and prove nothing.
    if copied.iter().all(|column| theirs[*column] == first[*column]) {
        return None;
    }
    for column in copied {
        mine.insert(column.clone(), theirs[column].clone());
        let end = column.replace("from", "to");
        if table.has(&end) {
            mine.insert(end.clone(), theirs[&end].clone());
        }
    }
    Some(Attack::new("unique-key probe", Defence::NoClash, insert_sql(table, &mine, "")))
}

/// Inserts of one's own that must work, lest the probes prove nothing: one per table and per reference.
pub fn controls(catalog: &Catalog, own: &World) -> Vec<(String, String)> {
    let mut controls = Vec::new();
    let filled = |table: &&Table| {
        own.rows.contains_key(&table.name) && !companion::NOT_INSERTED.contains(&table.name.as_str())
    };
    for table in catalog.tables.values().filter(filled) {
        if !companion::SINGLE.contains(&table.name.as_str()) {
            controls.push((table.name.clone(), insert_sql(table, &own.fresh(table, 9).unwrap(), "")));
        }
        for reference in &table.references {
            let Some(place) = named(reference) else { continue };
            let id = companion::own_id(&table.name, reference, place, own);
            if let Some(mine) = referring(table, reference, own, &id) {
                controls.push((format!("{} {}", table.name, reference.name), mine));
            }
        }
    }
    controls
}
