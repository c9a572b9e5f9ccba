//! A switch for the network: tests and trainings pull the plug without touching the machine.

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::sync::watch;

/// How often a switch that is a file is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Whether the network may be used. Cheap to clone; every clone is the same switch.
#[derive(Clone)]
pub struct Network {
    cut: Arc<watch::Sender<bool>>,
    file: Option<PathBuf>,
}

impl Default for Network {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Network {
    /// Whole; also cut while `file` exists, see [`crate::config::Config::network_cut`].
    pub fn new(file: Option<PathBuf>) -> Self {
        Self { cut: Arc::new(watch::Sender::new(false)), file }
    }

    /// Pulls the plug: what is under way fails, what follows fails at once.
    pub fn cut(&self) {
        self.cut.send_replace(true);
    }

    /// Puts it back.
    pub fn mend(&self) {
        self.cut.send_replace(false);
    }

    /// Whether it is cut.
    pub fn is_cut(&self) -> bool {
        *self.cut.borrow() || self.file.as_ref().is_some_and(|file| file.exists())
    }

    /// Resolves when it is cut.
    pub(super) async fn cut_happens(&self) {
        self.becomes(true).await;
    }

    /// Resolves when it was cut and is whole again.
    pub(crate) async fn mended(&self) {
        self.becomes(true).await;
        self.becomes(false).await;
    }

    async fn becomes(&self, cut: bool) {
        let mut changes = self.cut.subscribe();
        while self.is_cut() != cut {
            if self.file.is_some() {
                let _ = tokio::time::timeout(LOOK, changes.changed()).await;
            } else if changes.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_cut_is_felt_by_every_clone() {
        let network = Network::default();
        let other = network.clone();
        let mended = tokio::spawn(async move { other.mended().await });
        network.cut();
        network.cut_happens().await;
        assert!(network.is_cut());
        tokio::task::yield_now().await;
        network.mend();
        mended.await.unwrap();
    }

    #[tokio::test]
    async fn a_file_cuts_it_too() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cut");
        let network = Network::new(Some(file.clone()));
        assert!(!network.is_cut());
        std::fs::write(&file, "").unwrap();
        network.cut_happens().await;
    }
}
