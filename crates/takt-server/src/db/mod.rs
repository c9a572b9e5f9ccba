//! PostgreSQL, and nothing of it anywhere else. One module per aggregate; every statement runs in a
//! [`TenantTx`], which knows whose rows it may see.

pub mod attempt;
pub mod backup;
pub mod catalog;
pub mod demo;
pub mod device;
pub mod enrolment;
pub mod facts;
pub mod feed;
pub mod handover;
pub mod import;
pub mod inspection;
pub mod lock;
pub mod machine;
pub mod mirror;
pub mod ncr;
pub mod number;
pub mod organization;
pub mod production;
pub mod proof;
pub mod quarantine;
pub mod receipt;
pub mod reference;
pub mod restore;
pub mod retention;
pub mod scan;
pub mod server_state;
pub mod shift;
pub mod sign_in;
pub mod work_order;

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{ConnectOptions, PgConnection, PgPool, Postgres, Transaction};
use takt_domain::OrganizationId;
use uuid::Uuid;

use device::Device;

/// How long a request waits for a connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(5);

/// How every connection is made: statements hold people and whole migrations, so none is logged.
pub fn connect_options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    Ok(url.parse::<PgConnectOptions>()?.application_name("takt-server").disable_statement_logging())
}

/// The pool of connections.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
}

impl Db {
    /// Connects as the application role.
    pub async fn connect(url: &str, connections_max: u32) -> Result<Self, sqlx::Error> {
        let options = PgPoolOptions::new().max_connections(connections_max).acquire_timeout(CONNECTION_WAIT);
        Ok(Self { pool: options.connect_with(connect_options(url)?).await? })
    }

    /// A transaction of no tenant: sees no row, reaches only the schema's doors.
    pub async fn anonymous(&self) -> Result<TenantTx, sqlx::Error> {
        Ok(TenantTx { tx: self.pool.begin().await?, epoch: Uuid::nil() })
    }

    /// An office transaction of a tenant.
    pub async fn office(&self, organization: OrganizationId) -> Result<TenantTx, sqlx::Error> {
        let mut tx = self.anonymous().await?;
        tx.enter(organization.0).await?;
        Ok(tx)
    }

    /// A device's transaction that records what happened on the floor.
    pub async fn device(&self, device: &Device) -> Result<TenantTx, sqlx::Error> {
        become_device(self.pool.begin().await?, device, "on").await
    }

    /// A device's transaction that reads everything under one snapshot.
    pub async fn device_snapshot(&self, device: &Device) -> Result<TenantTx, sqlx::Error> {
        become_device(self.pool.begin_with("begin isolation level repeatable read").await?, device, "").await
    }

    /// Listens to the schema's announcements of changed rows.
    pub async fn listener(&self) -> Result<PgListener, sqlx::Error> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen("takt_sync").await?;
        Ok(listener)
    }
}

/// The role is taken last: the epoch's door is closed to devices. Waiting for a lock ends long
/// before a statement's time: it is nobody's fault, and must not look like an event's.
async fn become_device(
    mut tx: Transaction<'static, Postgres>,
    device: &Device,
    ingest: &'static str,
) -> Result<TenantTx, sqlx::Error> {
    let become_device = sqlx::query_scalar(
        "select epoch from (select app.ensure_server_epoch() as epoch offset 0) as server,
           lateral (select set_config('app.current_organization_id', $1, true),
             set_config('app.current_plant_id', $2, true), set_config('app.current_device_id', $3, true),
             set_config('app.ingest', $4, true), set_config('statement_timeout', '30s', true),
             set_config('lock_timeout', '2s', true),
             set_config('role', 'takt_device', true)
             where epoch is not null) as session",
    );
    let epoch = become_device
        .bind(device.organization_id.to_string())
        .bind(device.plant_id.to_string())
        .bind(device.id.to_string())
        .bind(ingest)
        .fetch_one(&mut *tx)
        .await?;
    Ok(TenantTx { tx, epoch })
}

/// A transaction that knows its tenant: the only thing statements run in. Dropped = rolled back.
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    epoch: Uuid,
}

impl TenantTx {
    /// Makes it last.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.tx.commit().await
    }

    /// Undoes it.
    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        self.tx.rollback().await
    }

    /// The database's lifetime, as seen when a device's transaction began.
    pub fn epoch(&self) -> Uuid {
        self.epoch
    }

    /// Looks at deferred constraints now, so that an offender is found inside its batch.
    pub async fn check_constraints(&mut self) -> Result<(), sqlx::Error> {
        sqlx::query("set constraints all immediate").execute(&mut *self.tx).await?;
        Ok(())
    }

    /// A door has named the tenant: from here on its rows are seen.
    async fn enter(&mut self, organization: i32) -> Result<(), sqlx::Error> {
        sqlx::query("select set_config('app.current_organization_id', $1::text, true)")
            .bind(organization)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// For the statements of this module's children.
    fn connection(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
}
