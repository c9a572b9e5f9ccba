//! What may follow what, as in section 6 of the data dictionary.
//!
//! Each machine answers `may_become(next)`; [`operation`] holds the guards that a terminal asks
//! before it lets a person act. What was done without asking is recorded and flagged, never
//! refused: that is [`operation::flags`].

pub mod handover;
pub mod machine;
pub mod ncr;
pub mod operation;
pub mod order;

/// Why a state may not follow another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is in that state already.
    #[error("already {0}")]
    AlreadyThere(&'static str),
    /// The present state is final.
    #[error("{0} is final")]
    Final(&'static str),
    /// Another state has to come between.
    #[error("{0} may not become {1}")]
    NotFromHere(&'static str, &'static str),
}

impl Refusal {
    /// The code by which a screen finds its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::AlreadyThere(_) => "already_there",
            Self::Final(_) => "final_state",
            Self::NotFromHere(..) => "not_from_here",
        }
    }
}

/// Gives an enum made by `words!` its `next` list as `may_become` and `is_final`.
macro_rules! transitions {
    ($name:ident { $($from:ident => [$($next:ident),*]),* $(,)? }) => {
        impl $name {
            /// The states that may follow this one.
            pub fn next(self) -> &'static [Self] {
                match self { $(Self::$from => &[$(Self::$next),*]),* }
            }

            /// Whether nothing follows any more.
            pub fn is_final(self) -> bool { self.next().is_empty() }

            /// Refuses a state that may not follow this one.
            pub fn may_become(self, next: Self) -> Result<(), $crate::state::Refusal> {
                use $crate::state::Refusal;
                if self == next {
                    Err(Refusal::AlreadyThere(self.as_str()))
                } else if self.is_final() {
                    Err(Refusal::Final(self.as_str()))
                } else if self.next().contains(&next) {
                    Ok(())
                } else {
                    Err(Refusal::NotFromHere(self.as_str(), next.as_str()))
                }
            }
        }
    };
}
pub(crate) use transitions;

#[cfg(test)]
mod tests;
