//! What is read from the environment, or from the flags that win over it.

use std::net::SocketAddr;

use clap::Args;

/// The database as the application role.
#[derive(Args, Clone)]
pub struct Database {
    /// PostgreSQL URL of the application role (takt_app).
    #[arg(long, env = "DATABASE_URL", value_parser = postgres_url, hide_env_values = true)]
    pub database_url: String,
}

/// The database as its administrator.
#[derive(Args, Clone)]
pub struct AdminDatabase {
    /// PostgreSQL URL of the administrator: it owns the schema and makes tenants.
    #[arg(long, env = "DATABASE_ADMIN_URL", value_parser = postgres_url, hide_env_values = true)]
    pub admin_url: String,
}

/// How to serve.
#[derive(Args, Clone)]
pub struct Serve {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// Address and port to listen on.
    #[arg(long, env = "TAKT_LISTEN", default_value = "127.0.0.1:7001")]
    pub listen: SocketAddr,
    /// Connections to the database at most; two more listen for changes and hold the turn to run jobs.
    #[arg(long, env = "TAKT_DATABASE_CONNECTIONS", default_value_t = 16,
        value_parser = clap::value_parser!(u32).range(2..=500))]
    pub database_connections: u32,
    /// Hour (UTC) in which retention and proofs run.
    #[arg(long, env = "TAKT_NIGHT_HOUR_UTC", default_value_t = crate::jobs::NIGHT_HOUR_UTC,
        value_parser = clap::value_parser!(u32).range(0..24))]
    pub night_hour_utc: u32,
    /// Failed enrolments that one address may make in five minutes.
    #[arg(long, env = "TAKT_ENROL_FAILURES_MAX", default_value_t = 20,
        value_parser = clap::value_parser!(u32).range(1..))]
    pub enrol_failures_max: u32,
}

pub(crate) fn postgres_url(text: &str) -> Result<String, String> {
    let scheme = text.starts_with("postgres://") || text.starts_with("postgresql://");
    match text.parse::<sqlx::postgres::PgConnectOptions>() {
        Ok(_) if scheme => Ok(text.to_owned()),
        Ok(_) => Err("expected postgres://user:password@host:port/database".to_owned()),
        Err(error) => Err(format!("{error}; expected postgres://user:password@host:port/database")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_postgres_urls_are_taken() {
        assert!(postgres_url("postgres://takt_app:x@127.0.0.1:5432/takt").is_ok());
        for wrong in ["", "mysql://x/y", "takt", "postgres://host:notaport/x"] {
            assert!(postgres_url(wrong).is_err(), "{wrong:?} was taken");
        }
    }
}
