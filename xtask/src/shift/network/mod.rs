//! The cable between terminal and server: it can be pulled and plugged in again, and it can lose one answer after
//! the server has committed. It also counts what goes up.
mod requests;
mod sent;

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use requests::Requests;
pub use sent::Sent;
use takt_wire::path::PUSH;

/// A proxy on loopback.
pub struct Network {
    port: u16,
    up: watch::Sender<bool>,
    cable: Arc<Cable>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Cable {
    lose_next: AtomicBool,
    sent: Mutex<Sent>,
}

impl Network {
    /// Plugs the cable in between a port of its own and the server's.
    pub async fn open(server_port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no port for the proxy")?;
        let port = listener.local_addr()?.port();
        let (up, is_up) = watch::channel(true);
        let cable = Arc::new(Cable::default());
        let accepting = tokio::spawn(accept(listener, server_port, is_up, Arc::clone(&cable)));
        Ok(Self { port, up, cable, accepting })
    }

    /// Where the terminal believes the server to be.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Pulls the cable: open connections end, new ones lead nowhere.
    pub fn cut(&self) {
        self.up.send_replace(false);
    }

    /// Plugs it in again.
    pub fn restore(&self) {
        self.up.send_replace(true);
    }

    /// The server will take the next batch, and the terminal will not hear of it.
    pub fn lose_next_answer(&self) {
        self.cable.lose_next.store(true, Ordering::SeqCst);
    }

    /// What went up so far.
    pub fn sent(&self) -> Sent {
        self.cable.sent().clone()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.cut();
        self.accepting.abort();
    }
}

impl Cable {
    fn sent(&self) -> std::sync::MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn accept(listener: TcpListener, server_port: u16, up: watch::Receiver<bool>, cable: Arc<Cable>) {
    while let Ok((terminal, _)) = listener.accept().await {
        if *up.borrow() {
            tokio::spawn(carry(terminal, server_port, up.clone(), Arc::clone(&cable)));
        }
    }
}

/// One connection until either side closes it, the cable is pulled, or its answer is lost.
async fn carry(mut terminal: TcpStream, server_port: u16, mut up: watch::Receiver<bool>, cable: Arc<Cable>) {
    let Ok(mut server) = TcpStream::connect((Ipv4Addr::LOCALHOST, server_port)).await else { return };
    let (mut requests, mut loses) = (Requests::default(), false);
    let (mut from_terminal, mut from_server) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
    loop {
        tokio::select! {
            () = pulled(&mut up) => return,
            read = terminal.read(&mut from_terminal) => {
                let Some(bytes) = some(read, &from_terminal) else { return };
                for request in requests.feed(bytes) {
                    if request.path == PUSH {
                        cable.sent().push(&request.body);
                        loses |= cable.lose_next.swap(false, Ordering::SeqCst);
                    }
                }
                if server.write_all(bytes).await.is_err() { return }
            }
            read = server.read(&mut from_server) => {
                let Some(bytes) = some(read, &from_server) else { return };
                if loses {
                    cable.sent().lose();
                    return;
                }
                if terminal.write_all(bytes).await.is_err() { return }
            }
        }
    }
}

/// Waits until the cable is pulled.
async fn pulled(up: &mut watch::Receiver<bool>) {
    let _ = up.wait_for(|up| !up).await;
}

/// What was read, unless that was the end.
fn some(read: std::io::Result<usize>, buffer: &[u8]) -> Option<&[u8]> {
    read.ok().filter(|count| *count > 0).map(|count| &buffer[..count])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers every piece it reads with `ok`.
    async fn server() -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut peer, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut buffer = [0; 1024];
                    while peer.read(&mut buffer).await.is_ok_and(|count| count > 0) {
                        peer.write_all(b"ok").await.unwrap();
                    }
                });
            }
        });
        port
    }

    async fn ask(network: &Network, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, network.port)).await.unwrap();
        let request = format!("POST {path} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}");
        let mut answer = vec![0; 2];
        // A pulled cable shows as an error of either side or as the end of the stream.
        if stream.write_all(request.as_bytes()).await.is_err() {
            return Vec::new();
        }
        let count = stream.read(&mut answer).await.unwrap_or(0);
        answer.truncate(count);
        answer
    }

    #[tokio::test]
    async fn a_pulled_cable_carries_nothing_until_it_is_back() {
        let network = Network::open(server().await).await.unwrap();
        assert_eq!(ask(&network, "/x").await, b"ok");
        network.cut();
        assert_eq!(ask(&network, "/x").await, b"");
        network.restore();
        assert_eq!(ask(&network, "/x").await, b"ok");
    }

    #[tokio::test]
    async fn exactly_one_answer_is_lost() {
        let network = Network::open(server().await).await.unwrap();
        network.lose_next_answer();
        assert_eq!(ask(&network, "/sync/v1/pull").await, b"ok");
        assert_eq!(ask(&network, PUSH).await, b"");
        assert_eq!(ask(&network, PUSH).await, b"ok");
        assert_eq!((network.sent().batches, network.sent().lost), (2, 1));
    }
}
