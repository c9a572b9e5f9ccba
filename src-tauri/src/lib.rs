//! The window around a station.
