/** When a run of key strokes is a scanner and not a person. The numbers of `crates/takt-scan/src/wedge/rule.rs`:
 *  a test compares them. */

/** The longest pause between two strokes of one burst, in milliseconds. */
export const BURST_GAP_MS_MAX = 50;
/** The fewest characters that make a burst; shorter runs are typing, unless a terminator ends them at once. */
export const BURST_LENGTH_MIN = 4;
/** The most strokes kept of one burst. */
export const BURST_LENGTH_MAX = 16_000;
/** A burst without terminator has ended after this silence, in milliseconds. */
export const BURST_SETTLE_MS = 100;
