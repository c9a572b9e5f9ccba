//! One shift at milling 3 in Lyon, step by step.
use std::future::Future;
use std::pin::Pin;

use anyhow::Result;

use super::stage::Stage;
use super::steps::{checks, ending, enrol, nonsense, offline, people, work};

/// A step: works on the stage, and says what went wrong.
pub type Step = for<'a> fn(&'a mut Stage) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// Every step with its name, in order.
pub const SCRIPT: &[(&str, Step)] = &[
    ("the terminal starts for the first time", |stage| Box::pin(enrol::first_start(stage))),
    ("an unknown enrolment code, and no network", |stage| Box::pin(enrol::refused(stage))),
    ("enrolled by scan", |stage| Box::pin(enrol::by_scan(stage))),
    ("a stranger's badge", |stage| Box::pin(people::stranger(stage))),
    ("an operator signs in", |stage| Box::pin(people::operator(stage))),
    ("another tenant's label", |stage| Box::pin(nonsense::foreign(stage))),
    ("typed rubbish", |stage| Box::pin(nonsense::typed(stage))),
    ("the same label twice", |stage| Box::pin(nonsense::repeated(stage))),
    ("a picture of a label, and a broken picture", |stage| Box::pin(nonsense::pictures(stage))),
    ("ten million characters", |stage| Box::pin(nonsense::flood(stage))),
    ("the demo's tray", |stage| Box::pin(nonsense::tray(stage))),
    ("an order started by its label", |stage| Box::pin(work::start_order(stage))),
    ("good pieces, and some taken back", |stage| Box::pin(work::good_pieces(stage))),
    ("good and scrap on one pad", |stage| Box::pin(work::good_and_scrap(stage))),
    ("the machine down and up, twice", |stage| Box::pin(work::machine(stage))),
    ("the inspector mistypes the PIN", |stage| Box::pin(people::inspector(stage))),
    ("the first piece fails its check", |stage| Box::pin(checks::first_piece_fails(stage))),
    ("the NCR is completed", |stage| Box::pin(checks::complete_ncr(stage))),
    ("the order goes on", |stage| Box::pin(work::resume_order(stage))),
    ("an answer is lost after the server committed", |stage| Box::pin(offline::lose_an_answer(stage))),
    ("the network is pulled", |stage| Box::pin(offline::pull_the_network(stage))),
    ("the operator works on", |stage| Box::pin(people::operator_again(stage))),
    ("more work without network", |stage| Box::pin(offline::more_work(stage))),
    ("the inspector signs in without network", |stage| Box::pin(people::inspector_again(stage))),
    ("the periodic sample passes, read by the gauge", |stage| Box::pin(checks::sample_passes(stage))),
    ("the terminal is killed and comes back", |stage| Box::pin(offline::die_and_return(stage))),
    ("the last stop is explained", |stage| Box::pin(work::explain(stage))),
    ("the network is back, the terminal dies while sending", |stage| Box::pin(offline::network_back(stage))),
    ("the lead signs in", |stage| Box::pin(people::lead(stage))),
    ("the shift is handed over", |stage| Box::pin(ending::hand_over(stage))),
    ("the next lead takes it over", |stage| Box::pin(ending::take_over(stage))),
    ("everything is at the plant", |stage| Box::pin(ending::all_sent(stage))),
];
