//! Sessions as an attacker would hold them, and what each may not reach.
use sqlx::PgConnection;

use super::catalog::Table;
use super::world::World;

/// Tables a device session sees by plant although they carry none.
const BY_PARENT: [&str; 9] = [
    "plants",
    "users",
    "bom_lines",
    "work_order_materials",
    "inspection_points",
    "inspection_characteristics",
    "project_documents",
    "number_leases",
    "sync_row",
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tenant {
    /// Nobody ever said which.
    Never,
    /// What is left of it after a transaction: an empty string.
    Empty,
    /// This organization.
    Of(i64),
}

pub struct Session<'a> {
    pub name: &'static str,
    pub is_device: bool,
    pub tenant: Tenant,
    /// A device's plant.
    pub plant: Option<i64>,
    /// Rows this session may work with.
    pub own: Option<&'a World>,
    /// Rows it must not touch.
    pub victims: Vec<&'a World>,
}

impl Session<'_> {
    /// Opens a transaction and becomes this session until it ends.
    pub async fn begin(&self, connection: &mut PgConnection) {
        let mut sql = "begin;".to_owned();
        if self.is_device {
            sql += "set local role takt_device;";
        }
        match self.tenant {
            Tenant::Never => {}
            Tenant::Empty => sql += "select set_config('app.current_organization_id', '', true);",
            Tenant::Of(id) => {
                sql += &format!("select set_config('app.current_organization_id', '{id}', true);")
            }
        }
        if let Some(plant) = self.plant {
            sql += &format!("select set_config('app.current_plant_id', '{plant}', true);");
        }
        super::run(connection, &sql).await;
    }

    /// Is this table's row of the victim out of reach? In one's own organization only another plant's is.
    pub fn is_barred_from(&self, table: &Table, victim: &World) -> bool {
        let same_tenant = self.tenant == Tenant::Of(victim.organization);
        !same_tenant || (self.is_device && (self.plant.is_none() || is_bound_to_plant(table)))
    }
}

fn is_bound_to_plant(table: &Table) -> bool {
    // Without a plant in a row of the trail, an audit entry is nobody's.
    table.has("plant_id") || BY_PARENT.contains(&table.name.as_str())
}

/// Every session an attacker could hold, over the worlds A1, A2 (one organization) and B1.
pub fn all<'a>(a1: &'a World, a2: &'a World, b1: &'a World) -> Vec<Session<'a>> {
    let plant = |world: &World| world.rows["plants"]["id"].as_i64();
    let a = Tenant::Of(a1.organization);
    let app =
        |name, tenant, own, victims| Session { name, is_device: false, tenant, plant: None, own, victims };
    let device =
        |name, tenant, plant, own, victims| Session { name, is_device: true, tenant, plant, own, victims };
    vec![
        app("app in A", a, Some(a1), vec![b1]),
        app("app in B", Tenant::Of(b1.organization), Some(b1), vec![a1, a2]),
        app("app without a tenant", Tenant::Never, None, vec![a1, b1]),
        app("app with an empty tenant", Tenant::Empty, None, vec![a1, b1]),
        device("device in A1", a, plant(a1), Some(a1), vec![a2, b1]),
        device("device in A2", a, plant(a2), Some(a2), vec![a1, b1]),
        device("device in A with B's plant", a, plant(b1), None, vec![a1, b1]),
        device("device in A without a plant", a, None, None, vec![a1, b1]),
        device("device without a tenant", Tenant::Never, plant(a1), None, vec![a1, b1]),
        device("device with an empty tenant", Tenant::Empty, plant(a1), None, vec![a1, b1]),
    ]
}
