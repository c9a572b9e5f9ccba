//! The line between terminal and server: forwards one HTTP request after the other, and loses or
//! repeats pushes when told to.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use takt_domain::InstallId;
use takt_wire::{enrol::HelloRequest, path};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What happens to a push.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    RequestLost,
    /// The server has committed, the terminal hears nothing.
    AnswerLost,
    /// The request arrives twice, the second answer is heard.
    Twice,
}

/// What passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// A greeting, and for which install.
    Hello(InstallId),
    Push,
    Pull,
}

/// The line; cheap to clone.
#[derive(Clone)]
pub struct Wire {
    pub address: SocketAddr,
    passed: Arc<Mutex<Vec<Passed>>>,
    server: Arc<Mutex<SocketAddr>>,
    faults: Arc<Mutex<VecDeque<Fault>>>,
}

impl Wire {
    pub async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let passed = Arc::default();
        let wire = Self { address, passed, server: Arc::new(Mutex::new(server)), faults: Arc::default() };
        let accepting = wire.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let wire = accepting.clone();
                tokio::spawn(async move { wire.carry(client).await });
            }
        });
        wire
    }

    pub fn leads_to(&self, server: SocketAddr) {
        *self.server.lock().unwrap() = server;
    }

    pub fn fault(&self, fault: Fault) {
        self.faults.lock().unwrap().push_back(fault);
    }

    pub fn faults_left(&self) -> usize {
        self.faults.lock().unwrap().len()
    }

    /// All requests so far, in order.
    pub fn passed(&self) -> Vec<Passed> {
        self.passed.lock().unwrap().clone()
    }

    fn note(&self, request: &[u8]) {
        let text = String::from_utf8_lossy(request);
        let passed = match text.split(['?', ' ']).nth(1).unwrap_or_default() {
            path::PUSH => Passed::Push,
            path::PULL => Passed::Pull,
            path::HELLO => {
                let body = text.split_once("\r\n\r\n").unwrap().1;
                Passed::Hello(serde_json::from_str::<HelloRequest>(body).unwrap().install_id)
            }
            _ => return,
        };
        self.passed.lock().unwrap().push(passed);
    }

    async fn carry(&self, mut client: TcpStream) -> io::Result<()> {
        while let Some(request) = message(&mut client).await? {
            self.note(&request);
            let is_push = request.starts_with(format!("POST {} ", path::PUSH).as_bytes());
            let fault = if is_push { self.faults.lock().unwrap().pop_front() } else { None };
            if matches!(fault, Some(Fault::RequestLost)) {
                return Ok(());
            }
            let mut answer = self.ask(&request).await?;
            match fault {
                Some(Fault::AnswerLost) => return Ok(()),
                Some(Fault::Twice) => answer = self.ask(&request).await?,
                _ => {}
            }
            client.write_all(&answer).await?;
        }
        Ok(())
    }

    async fn ask(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let server = *self.server.lock().unwrap();
        let mut server = TcpStream::connect(server).await?;
        server.write_all(request).await?;
        message(&mut server).await?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// One HTTP message: head and as many bytes of body as it announces.
async fn message(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let announced =
                head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            let whole = end + announced.unwrap_or(0_usize);
            if bytes.len() >= whole {
                return Ok(Some(bytes));
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
}
