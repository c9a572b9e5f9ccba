//! Every way that enrolment can fail has a code of its own.

use crate::{plant::Plant, terminal::Terminal};

/// Lets every unused code grow old.
const EXPIRE: &str = "update device_enrollment_codes
    set created_at = now() - interval '20 minutes', expires_at = now() - interval '5 minutes'
    where used_at is null";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_used_and_expired_codes_are_told_apart() {
    let plant = Plant::open().await;
    let code = plant.code().await;
    let (first, second) = (Terminal::new(), Terminal::new());
    assert_eq!(first.enrol(&plant, "AAAAA-AAAAA").await.unwrap_err().code(), "enrol_code_unknown");
    let enrolled = first.enrol(&plant, &code.to_lowercase()).await.unwrap();
    assert_eq!(first.store.read(|r| r.enrolment()).unwrap(), Some(enrolled));
    assert_eq!(second.enrol(&plant, &code).await.unwrap_err().code(), "enrol_code_used");
    let old = plant.code().await;
    plant.run(EXPIRE).await;
    assert_eq!(second.enrol(&plant, &old).await.unwrap_err().code(), "enrol_code_expired");
    assert_eq!(second.store.read(|r| r.enrolment()).unwrap(), None);
}

#[tokio::test]
async fn without_a_network_it_says_so() {
    let terminal = Terminal::new();
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = terminal.enroller().enrol(&format!("http://{nobody}"), "AAAAA-AAAAA").await.unwrap_err();
    assert_eq!(refused.code(), "no_network", "{refused}");
    let refused = terminal.enroller().enrol("not an address", "AAAAA-AAAAA").await.unwrap_err();
    assert_eq!(refused.code(), "server_address");
    terminal.network.cut();
    let refused = terminal.enroller().enrol("http://127.0.0.1:9", "AAAAA-AAAAA").await.unwrap_err();
    assert_eq!(refused.code(), "no_network");
}
