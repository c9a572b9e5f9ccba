//! Decides what to send and what to accept next: no clock, no socket, no disk
