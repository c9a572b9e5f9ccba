//! Watermarks: up to where everything of a lane has arrived.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Incoming;
use super::kept::number;
use crate::db::TenantTx;
use crate::db::receipt::{self, Watermark};

/// Where the watermarks stand once `arrived` is counted.
pub async fn moved(
    tx: &mut TenantTx,
    install: Uuid,
    marks: &[Watermark],
    arrived: impl Iterator<Item = &Incoming>,
) -> Result<Vec<Watermark>, sqlx::Error> {
    let mut by_lane: BTreeMap<i16, Vec<i64>> = BTreeMap::new();
    for item in arrived {
        let (lane, seq) = number(item);
        by_lane.entry(lane).or_default().push(seq);
    }
    let mut moved = Vec::new();
    for (lane, mut seqs) in by_lane {
        let unknown = Watermark { lane, ..Watermark::default() };
        let mut mark = marks.iter().find(|mark| mark.lane == lane).copied().unwrap_or(unknown);
        if mark.max_seq > mark.contiguous_seq {
            seqs.extend(receipt::beyond(tx, install, lane, mark.contiguous_seq).await?);
        }
        seqs.sort_unstable();
        for seq in seqs {
            mark.max_seq = mark.max_seq.max(seq);
            if seq == mark.contiguous_seq + 1 {
                mark.contiguous_seq = seq;
            }
        }
        moved.push(mark);
    }
    Ok(moved)
}
