//! `takt-server serve`: from configuration to a server that ends when it is told to.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;

use crate::config::Serve;
use crate::db::Db;
use crate::http::{App, Settings, router};
use crate::{jobs, startup};

/// How long open requests may take once the end was announced.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or Ctrl-C.
pub async fn run(config: Serve) -> anyhow::Result<()> {
    startup::check(&config.database.database_url).await?;
    let db = Db::connect(&config.database.database_url, config.database_connections)
        .await
        .context("cannot reach the database")?;
    let jobs = jobs::start(db.clone(), config.night_hour_utc);
    let settings = Settings { enrol_failures_max: config.enrol_failures_max, ..Settings::default() };
    let app = App::open(db, &settings).await.context("cannot read the server's keys from the database")?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}: is another server running there?", config.listen))?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    let (ending, ended) = tokio::sync::oneshot::channel();
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        told_to_end().await;
        tracing::info!("ending: no new requests");
        let _ = ending.send(());
    });
    let given_up = async {
        // A dropped sender means that serving ended by itself.
        let _ = ended.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = async { serving.await } => result.context("serving failed")?,
        () = given_up => tracing::warn!("open requests did not end in time"),
    }
    jobs.abort();
    Ok(())
}

/// SIGTERM or Ctrl-C.
#[cfg(unix)]
pub(crate) async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        return interrupted().await;
    };
    tokio::select! {
        () = interrupted() => {}
        _ = terminated.recv() => {}
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
pub(crate) async fn told_to_end() {
    interrupted().await;
}

async fn interrupted() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "Ctrl-C cannot be heard");
        std::future::pending::<()>().await;
    }
}
