//! Words that columns, messages and screens share. Each list is written once: its spelling on
//! the wire, in SQLite, in PostgreSQL's CHECK and in TypeScript is the same.

/// A word that is on no list this build knows: probably a newer release's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not a {list} this build knows")]
pub struct UnknownWord {
    /// Which list.
    pub list: &'static str,
    /// What was read, at most 40 characters.
    pub word: String,
}

/// Defines an enum whose values are words of a column, spelled as given.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, ts_rs::TS,
        )]
        pub enum $name { $($(#[$value_doc])* #[serde(rename = $word)] $value),* }

        impl $name {
            /// Every value, in the order of its list.
            pub const ALL: &[Self] = &[$(Self::$value),*];

            /// As it is spelled in columns and messages.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$value),)*
                    _ => Err($crate::words::UnknownWord {
                        list: stringify!($name),
                        word: word.chars().take(40).collect(),
                    }),
                }
            }
        }
    )*};
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use crate::MachineStatus;

    #[test]
    fn every_spelling_is_the_same_word() {
        for status in MachineStatus::ALL {
            let json = serde_json::to_string(status).unwrap();
            assert_eq!(json, format!("\"{status}\""));
            assert_eq!(serde_json::from_str::<MachineStatus>(&json).unwrap(), *status);
            assert_eq!(status.as_str().parse(), Ok(*status));
        }
    }

    #[test]
    fn an_unknown_word_is_named_and_cut() {
        let refused = "X".repeat(99).parse::<MachineStatus>().unwrap_err();
        assert_eq!((refused.list, refused.word.len()), ("MachineStatus", 40));
    }
}
