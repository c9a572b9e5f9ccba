//! x
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;
use schema::{Ground, world};

#[tokio::test]
async fn worlds_are_built() {
    let mut ground = Ground::new().await;
    let a = world::organization(&mut ground.admin, "ALPHA").await;
    let b = world::organization(&mut ground.admin, "BRAVO").await;
    let t = std::time::Instant::now();
    for (tag, org) in [("A1", a), ("A2", a), ("B1", b)] {
        let w = world::build(&mut ground.admin, &ground.catalog, tag, org).await;
        println!("{tag}: {} rows {:?}", w.rows.len(), t.elapsed());
    }
}
