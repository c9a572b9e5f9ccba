//! A terminal and a server with a bad network between them, and bad days on both sides: whatever
//! happens in whatever order, in the end the server has applied every event exactly once and the
//! terminal knows it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod server;
mod terminal;

use proptest::prelude::*;
use takt_sync::Failure;
use takt_wire::envelope::Lane;

use crate::{server::Server, terminal::Terminal};

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
enum Happening {
    Queued {
        lane: u8,
        poison: bool,
    },
    Sent,
    RequestLost,
    AnswerLost,
    /// The answer came too late: the terminal gave up, the request arrives after the next ones.
    RequestDelayed,
    DelayedArrives,
    ServerBusy,
    TokenExpired,
    /// A proxy takes only small bodies.
    SmallBatches,
    TerminalKilled,
    ServerBackedUp,
    ServerRestored,
    DiskCopied,
    DiskRolledBack,
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening::*;
    prop_oneof![
        12 => (0_u8..3, prop::bool::weighted(0.05)).prop_map(|(lane, poison)| Queued { lane, poison }),
        8 => Just(Sent),
        3 => Just(RequestLost),
        4 => Just(AnswerLost),
        3 => Just(RequestDelayed),
        3 => Just(DelayedArrives),
        1 => Just(ServerBusy),
        1 => Just(TokenExpired),
        1 => Just(SmallBatches),
        2 => Just(TerminalKilled),
        1 => Just(ServerBackedUp),
        1 => Just(ServerRestored),
        1 => Just(DiskCopied),
        1 => Just(DiskRolledBack),
    ]
}

#[derive(Default)]
struct World {
    terminal: Terminal,
    server: Server,
    backup: Option<Server>,
    disk: Option<Terminal>,
    delayed: Vec<server::Request>,
}

impl World {
    fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Queued { lane, poison } => self.terminal.queue(Lane::try_from(lane).unwrap(), poison),
            Happening::Sent => self.exchange(|server, request| server.push(request)),
            Happening::RequestLost => self.exchange(|_, _| Err(lost())),
            Happening::AnswerLost => self.exchange(|server, request| server.push(request).and(Err(lost()))),
            Happening::RequestDelayed => {
                let mut late = None;
                self.exchange(|_, request| {
                    late = Some(request.clone());
                    Err(lost())
                });
                self.delayed.extend(late);
            }
            Happening::DelayedArrives => {
                if let Some(request) = self.delayed.pop() {
                    let _ = self.server.push(&request);
                }
            }
            Happening::ServerBusy => self.exchange(|_, _| Err(Failure::Busy { retry_after_ms: Some(2_000) })),
            Happening::TokenExpired => self.exchange(|_, _| Err(Failure::TokenRefused)),
            Happening::SmallBatches => self.server.events_max = 2,
            Happening::TerminalKilled => self.terminal.restart(),
            Happening::ServerBackedUp => self.backup = Some(self.server.clone()),
            Happening::ServerRestored => {
                if let Some(backup) = &self.backup {
                    let epoch = self.server.next_epoch();
                    self.server = backup.clone();
                    self.server.epoch = epoch;
                }
            }
            Happening::DiskCopied => self.disk = Some(self.terminal.clone()),
            Happening::DiskRolledBack => {
                if let Some(disk) = &self.disk {
                    let minted = self.terminal.minted;
                    self.terminal = disk.clone();
                    self.terminal.minted = minted;
                    self.terminal.restart();
                }
            }
        }
    }

    fn exchange(&mut self, network: impl FnOnce(&mut Server, &server::Request) -> server::Answered) {
        let server = &mut self.server;
        self.terminal.step(|request| network(server, request));
    }

    /// The bad days are over: everything reaches the plant, in a bounded number of steps.
    fn calm(&mut self) {
        for request in std::mem::take(&mut self.delayed) {
            let _ = self.server.push(&request);
        }
        self.terminal.push.hurry();
        for _ in 0..2_000 {
            if !self.terminal.has_work() {
                return;
            }
            self.exchange(|server, request| server.push(request));
        }
        panic!("the outbox never runs empty: {:?}", self.terminal);
    }
}

fn lost() -> Failure {
    Failure::Unreachable { code: "timeout" }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn everything_is_applied_exactly_once(happenings in prop::collection::vec(happening(), 0..120)) {
        let mut world = World::default();
        for happening in happenings {
            world.happens(happening);
        }
        world.calm();
        // A disk that was copied before the last restore may hold acks of a server that is gone:
        // only another exchange can tell.
        world.terminal.queue(Lane::Work, false);
        world.calm();
        for row in &world.terminal.rows {
            prop_assert!(row.acked, "not acked: {row:?}");
            let kept = world.server.applied(row.event_id) + world.server.quarantined(row.event_id);
            prop_assert_eq!(kept, 1, "event {:?} is kept {} times", row, kept);
        }
        for lane in Lane::ALL {
            let last = world.terminal.last_seq(lane);
            prop_assert!(world.server.contiguous(world.terminal.install, lane) >= last);
        }
    }
}

#[test]
fn a_backlog_goes_out_in_full_batches() {
    let mut world = World::default();
    for _ in 0..1_200 {
        world.terminal.queue(Lane::Work, false);
    }
    world.calm();
    assert_eq!(world.server.batch_sizes, [500, 500, 200]);
}

#[test]
fn urgent_events_overtake_a_backlog() {
    let mut world = World::default();
    for _ in 0..1_000 {
        world.terminal.queue(Lane::Audit, false);
    }
    world.terminal.queue(Lane::Urgent, false);
    world.happens(Happening::Sent);
    assert_eq!(world.server.contiguous(world.terminal.install, Lane::Urgent), 1);
}

#[test]
fn a_backlog_sent_twice_is_applied_once() {
    let mut world = World::default();
    for _ in 0..1_200 {
        world.terminal.queue(Lane::Work, false);
    }
    world.calm();
    world.terminal.forget_acks();
    world.calm();
    assert_eq!(world.server.effects(), 1_200);
}
