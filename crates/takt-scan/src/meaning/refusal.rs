//! Why a text has no meaning here.

use super::TEXT_CHARACTERS_MAX;
use super::grammar::LabelKind;
use super::gs1::Gs1Error;
use thiserror::Error;

/// A text that is refused, with what a person needs to know about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nothing but white space.
    #[error("there is nothing to read")]
    Empty,
    /// More than [`TEXT_CHARACTERS_MAX`].
    #[error("{len} characters, at most {TEXT_CHARACTERS_MAX} are read")]
    TooLong {
        /// Length in characters.
        len: usize,
    },
    /// A character that cannot be printed, in a text that is no GS1 element string.
    #[error("control character {code} at place {at}")]
    ControlCharacter {
        /// Its Unicode number.
        code: u32,
        /// How many characters stand before it.
        at: usize,
    },
    /// A Takt label whose check part is not this organization's: printed elsewhere, or read wrong.
    #[error("a label of another organization, or read wrong ({kind:?})")]
    ForeignLabel {
        /// What the label says it is for.
        kind: LabelKind,
    },
    /// A Takt label without a whole value and check part.
    #[error("a damaged or incomplete label ({kind:?})")]
    DamagedLabel {
        /// What the label says it is for.
        kind: LabelKind,
    },
    /// A badge without content, or with more than [`super::LABEL_VALUE_CHARACTERS_MAX`]
    /// characters.
    #[error("a badge that cannot be one of ours")]
    DamagedBadge,
    /// A command card with a verb this release does not know.
    #[error("no command is called {verb:?}")]
    UnknownCommand {
        /// The verb as read.
        verb: String,
    },
    /// A command card whose argument is missing, superfluous or no positive quantity.
    #[error("the command {verb} cannot be given the argument {argument:?}")]
    CommandArgument {
        /// The verb as read.
        verb: String,
        /// The argument as read; empty if there is none.
        argument: String,
    },
    /// An enrolment that lacks its server's address or its code, or has a fingerprint that is no SHA-256.
    #[error("an incomplete enrolment")]
    DamagedEnrolment,
    /// A GS1 element string with a fault.
    #[error(transparent)]
    Gs1(#[from] Gs1Error),
}

impl Refusal {
    /// A stable name for the condition, by which the window finds its words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "scan_empty",
            Self::TooLong { .. } => "scan_too_long",
            Self::ControlCharacter { .. } => "scan_control_character",
            Self::ForeignLabel { .. } => "scan_foreign_label",
            Self::DamagedLabel { .. } => "scan_damaged_label",
            Self::DamagedBadge => "scan_damaged_badge",
            Self::UnknownCommand { .. } => "scan_unknown_command",
            Self::CommandArgument { .. } => "scan_command_argument",
            Self::DamagedEnrolment => "scan_damaged_enrolment",
            Self::Gs1(_) => "scan_gs1",
        }
    }
}
