//! How a kind of rows is described: the one place that templates, the parser, messages and statements
//! are made from. Not a row: that is a [`super::record::Record`].

/// A kind of rows: one file, one sheet, one table.
pub struct Kind {
    /// Name of its file (without `.csv`) and of its sheet.
    pub name: &'static str,
    /// What one row is called, e.g. `work center`.
    pub one: &'static str,
    /// What it is for.
    pub meaning: &'static str,
    /// Its table.
    pub table: &'static str,
    /// Table columns that say which row it is.
    pub key: &'static [&'static str],
    /// Its columns, in the order of the template.
    pub columns: &'static [Column],
    /// What differs in a second example row, where the examples of others need one.
    pub second_example: &'static [(&'static str, &'static str)],
    /// What the database may refuse, in the words of the file.
    pub rules: &'static [Rule],
    /// How a row comes into force once everything else is written.
    pub stage: Option<Stage>,
    /// States in which a row is not changed any more.
    pub closed: Option<Closed>,
    /// Table columns that a reference carries.
    pub carried: &'static [&'static str],
    /// What belongs to a row but is no column of its table.
    pub beside: Beside,
}

impl Kind {
    /// Of a table with nothing special to it.
    pub const fn plain(
        name: &'static str,
        one: &'static str,
        table: &'static str,
        key: &'static [&'static str],
        columns: &'static [Column],
    ) -> Self {
        Self {
            name,
            one,
            meaning: "",
            table,
            key,
            columns,
            second_example: &[],
            rules: &[],
            stage: None,
            closed: None,
            carried: &[],
            beside: Beside::Nothing,
        }
    }

    /// The column of that name in a file.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns that say which row it is, in the order of the key.
    pub fn key_columns(&self) -> impl Iterator<Item = (usize, &'static Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.need == Need::Key)
    }
}

/// One column of a kind.
pub struct Column {
    /// Its name in a file.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// What a cell holds.
    pub of: Type,
    /// Whether a row needs it.
    pub need: Need,
    /// What an empty cell means, written as in a file.
    pub default: Option<&'static str>,
    /// A cell that fits the examples of all other columns.
    pub example: &'static str,
    /// Where it goes.
    pub stored: Stored,
    /// Whether an empty cell leaves what is there.
    pub empty_keeps: bool,
    /// Whether a file without the column means its default.
    pub always: bool,
}

impl Column {
    const fn new(
        need: Need,
        name: &'static str,
        of: Type,
        stored: Stored,
        meaning: &'static str,
        example: &'static str,
    ) -> Self {
        Self { name, meaning, of, need, default: None, example, stored, empty_keeps: false, always: false }
    }

    /// Part of what says which row it is.
    pub const fn key(
        name: &'static str,
        of: Type,
        stored: Stored,
        meaning: &'static str,
        example: &'static str,
    ) -> Self {
        Self::new(Need::Key, name, of, stored, meaning, example)
    }

    /// Never empty.
    pub const fn required(
        name: &'static str,
        of: Type,
        stored: Stored,
        meaning: &'static str,
        example: &'static str,
    ) -> Self {
        Self::new(Need::Required, name, of, stored, meaning, example)
    }

    /// May be empty.
    pub const fn optional(
        name: &'static str,
        of: Type,
        stored: Stored,
        meaning: &'static str,
        example: &'static str,
    ) -> Self {
        Self::new(Need::Optional, name, of, stored, meaning, example)
    }

    /// An empty cell means this.
    pub const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// An empty cell leaves what is there.
    pub const fn keeps(mut self) -> Self {
        self.empty_keeps = true;
        self
    }

    /// A file without the column means its default.
    pub const fn always(mut self) -> Self {
        self.always = true;
        self
    }

    /// Whether its content is never shown.
    pub fn is_secret(&self) -> bool {
        matches!(self.of, Type::Badge | Type::Pin)
    }
}

/// Whether a row needs a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It says which row it is.
    Key,
    /// Never empty.
    Required,
    /// May be empty or absent.
    Optional,
}

/// Where a cell goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// A column of the kind's table.
    In(&'static str),
    /// An entry of a document column.
    Entry(&'static str, &'static str),
    /// Nowhere: under this name it says what other columns refer to.
    Finds(&'static str),
    /// It brings the row into force.
    Stage,
    /// See [`Beside`].
    Beside,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A business code.
    Code,
    /// Text of at most so many characters.
    Text(usize),
    /// A whole number between two.
    Integer(i64, i64),
    /// A decimal number.
    Decimal(Numeric),
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A moment in plant-local time; a day alone is its beginning, or its end.
    Moment {
        /// Whether a day alone is its end.
        ends: bool,
    },
    /// Yes or no.
    YesNo,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// An IANA time zone.
    Zone,
    /// A language.
    Locale,
    /// Digits of a GTIN.
    Gtin,
    /// Days of the week.
    Days,
    /// Breaks with a position.
    Breaks,
    /// Words, divided by `|`.
    Words(usize),
    /// The content of a badge.
    Badge,
    /// A PIN.
    Pin,
    /// The code of another row.
    Refers(&'static Reference),
    /// Codes of other rows, divided by blanks.
    ReferAll(&'static Reference),
}

/// A decimal as the database keeps it.
#[derive(Clone, Copy, Debug)]
pub struct Numeric {
    /// Digits before the point.
    pub whole: u32,
    /// Digits after it.
    pub scale: u32,
    /// The least it may be.
    pub least: Least,
    /// The most, where the digits do not say it.
    pub most: Option<i64>,
}

/// The least a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Least {
    /// Any number.
    Any,
    /// Not below zero.
    Zero,
    /// Above zero.
    AboveZero,
    /// Not below one.
    One,
}

/// Quantities and money.
pub const QUANTITY: Type = Type::Decimal(Numeric { whole: 14, scale: 4, least: Least::Zero, most: None });
/// Quantities of something.
pub const SOME: Type = Type::Decimal(Numeric { whole: 14, scale: 4, least: Least::AboveZero, most: None });
/// Measured values.
pub const MEASURE: Type = Type::Decimal(Numeric { whole: 12, scale: 6, least: Least::Any, most: None });
/// Shares, 1 = all.
pub const SHARE: Type = Type::Decimal(Numeric { whole: 3, scale: 6, least: Least::Zero, most: Some(1) });
/// Seconds with fractions.
pub const SECONDS: Type = Type::Decimal(Numeric { whole: 8, scale: 4, least: Least::Zero, most: None });
/// Seconds of something that takes time.
pub const SOME_SECONDS: Type =
    Type::Decimal(Numeric { whole: 8, scale: 4, least: Least::AboveZero, most: None });
/// Positions, days, pieces.
pub const COUNT: Type = Type::Integer(0, 1_000_000_000);
/// Numbers that begin with one.
pub const NUMBER: Type = Type::Integer(1, 1_000_000_000);

/// What a code refers to.
#[derive(Debug)]
pub struct Reference {
    /// What it is called.
    pub one: &'static str,
    /// Its table.
    pub table: &'static str,
    /// The table column with the code.
    pub column: &'static str,
    /// Whether the code is a number there.
    pub is_number: bool,
    /// Columns that both rows have alike.
    pub within: &'static [Within],
    /// What the row takes over from it: their column, its name here.
    pub carries: &'static [(&'static str, &'static str)],
}

/// A column that a row and what it refers to have alike.
#[derive(Debug)]
pub struct Within {
    /// The table column, of both.
    pub column: &'static str,
    /// The file column that says it.
    pub said_by: &'static str,
}

/// What the database refuses by that name, in the words of the file.
pub struct Rule {
    /// Name of the constraint or guard.
    pub name: &'static str,
    /// The file column to look at.
    pub column: &'static str,
    /// What is wrong and what to do.
    pub says: &'static str,
}

/// How a row comes into force.
pub struct Stage {
    /// From this status.
    pub from: &'static str,
    /// To this one.
    pub to: &'static str,
    /// Whether the file's cell names the person who does it.
    pub by_person: bool,
}

/// When a row is not changed any more.
pub struct Closed {
    /// The states in its column `status`.
    pub states: &'static [&'static str],
    /// The states of the row that it belongs to, under the name by which a reference carried them.
    pub above: Option<(&'static str, &'static [&'static str])>,
    /// What is wrong and what to do.
    pub says: &'static str,
}

/// What belongs to a row but is no column of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing.
    Nothing,
    /// Roles and plants of a person.
    Rights,
    /// What a shift's pattern means day by day.
    Occurrences,
    /// The operation before, where none is named.
    Sequence,
}
