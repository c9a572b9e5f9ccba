//! From pixels and key strokes to symbols, from symbols to meaning
