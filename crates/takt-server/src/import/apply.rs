//! Writes the rows of one sheet after the other, each kind after those it refers to, and brings into
//! force at the end what is complete by then.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use takt_domain::OrganizationId;

use super::careful::{self, ROWS_AT_ONCE};
use super::kind::{Beside, Closed, Kind, Stored, Type};
use super::progress::Progress;
use super::record::{self, Record};
use super::report::{Outcome, Reason, Report};
use super::resolve::{self, Refused, Resolved};
use super::{beside, secret};
use crate::db::TenantTx;
use crate::db::import::{self, Compared, Field, Step};

/// An import under way.
pub struct Import<'a> {
    /// The transaction that everything runs in.
    pub tx: &'a mut TenantTx,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What became of every row.
    pub report: &'a mut Report,
    /// Says how far it is.
    pub progress: &'a mut Progress,
    refused: Refused,
    staged: Vec<Staged>,
}

/// A row that comes into force at the end.
struct Staged {
    sheet: usize,
    row: usize,
    kind: &'static Kind,
    column: &'static str,
    id: i32,
    by: Option<Value>,
}

/// A row on its way into the database.
pub struct Ready {
    /// Its place in the report.
    pub row: usize,
    /// What it was made of.
    pub resolved: Resolved,
    /// What is written.
    pub fields: Map<String, Value>,
    /// The row that is there, or that was made.
    pub id: Option<i32>,
    /// Whether it was made.
    pub is_new: bool,
    /// Columns in which it differs.
    pub changed: Vec<&'static str>,
    status: Option<String>,
}

impl<'a> Import<'a> {
    /// Into a transaction.
    pub fn new(
        tx: &'a mut TenantTx,
        organization: OrganizationId,
        report: &'a mut Report,
        progress: &'a mut Progress,
    ) -> Self {
        Self { tx, organization, report, progress, refused: HashMap::new(), staged: Vec::new() }
    }

    /// Rows that are refused already: what refers to them says so.
    pub fn note_refused(&mut self, kind: &'static Kind, sheet: usize) {
        let Some(sheet) = self.report.sheets.get(sheet) else { return };
        let code = kind.key_columns().position(|(_, column)| matches!(column.of, Type::Code));
        for row in sheet.rows.iter().filter(|row| matches!(row.outcome, Outcome::Refused(_))) {
            if let Some(code) = code.map_or(row.key.last(), |at| row.key.get(at)) {
                let place = format!("{} line {}", sheet.place, row.line);
                self.refused.entry((kind.table, code.clone())).or_insert(place);
            }
        }
    }

    /// Writes the rows of a sheet.
    pub async fn sheet(
        &mut self,
        kind: &'static Kind,
        sheet: usize,
        records: Vec<Record>,
    ) -> Result<(), sqlx::Error> {
        let mut open = records;
        while !open.is_empty() {
            let mut rows = resolve::references(self.tx, kind, open, &self.refused).await?;
            let zones = import::zones(self.tx).await?;
            resolve::moments(kind, &mut rows, &zones);
            secret::hash(self.tx, self.organization, kind, &mut rows, self.progress).await?;
            let (waiting, rows): (Vec<_>, Vec<_>) =
                rows.into_iter().partition(|row| row.waits && row.reasons.is_empty());
            open = waiting.into_iter().map(|row| row.record).collect();
            if rows.is_empty() {
                for record in std::mem::take(&mut open) {
                    self.refuse(
                        sheet,
                        record.row,
                        Reason::row("it and others refer to each other in a circle"),
                    );
                }
            }
            let mut ready = Vec::new();
            for mut row in rows {
                if row.reasons.is_empty() {
                    ready.push(row);
                } else {
                    self.outcome(sheet, row.record.row, Outcome::Refused(std::mem::take(&mut row.reasons)));
                }
            }
            // Rows that wait look up what they wait for again: the refused must be known by then.
            self.note_refused(kind, sheet);
            self.write(kind, sheet, ready).await?;
            self.note_refused(kind, sheet);
        }
        Ok(())
    }

    /// Compares, inserts, updates.
    async fn write(
        &mut self,
        kind: &'static Kind,
        sheet: usize,
        rows: Vec<Resolved>,
    ) -> Result<(), sqlx::Error> {
        let count = rows.len();
        let given = given_fields(kind, &rows);
        let every = every_field(kind);
        let mut ready: Vec<Ready> = rows.into_iter().map(|row| ready_row(kind, row)).collect();
        for (at, chunk) in ready.chunks_mut(ROWS_AT_ONCE).enumerate() {
            self.progress.at(&format!("{}: {} of {count} compared", kind.name, at * ROWS_AT_ONCE));
            let rows: Vec<Value> = chunk.iter().enumerate().map(|(n, row)| row.json(n)).collect();
            for compared in import::compare(self.tx, kind, &given, &rows).await? {
                if let Some(row) = usize::try_from(compared.n).ok().and_then(|n| chunk.get_mut(n)) {
                    row.compared(kind, compared);
                }
            }
        }
        if kind.beside == Beside::Rights {
            beside::compare_rights(self.tx, &mut ready).await?;
        }
        ready.retain(|row| match row.closed(kind) {
            None => true,
            Some(reason) => {
                self.refuse(sheet, row.row, reason);
                false
            }
        });
        // What changes first makes room: a pattern that ends for the one that begins.
        let changes = |row: &Ready| !row.is_new && row.changes_itself(kind);
        if kind.beside == Beside::Occurrences {
            self.step(sheet, kind, &Step::StandAside, &mut ready, changes).await?;
        }
        self.step(sheet, kind, &Step::Update(kind, &given), &mut ready, changes).await?;
        self.step(sheet, kind, &Step::Insert(kind, &every), &mut ready, |row| row.is_new).await?;
        match kind.beside {
            Beside::Nothing => {}
            Beside::Rights => self.step(sheet, kind, &Step::Rights, &mut ready, beside::grants).await?,
            Beside::Occurrences => {
                self.step(sheet, kind, &Step::Occurrences, &mut ready, |row| {
                    row.is_new || !row.changed.is_empty()
                })
                .await?;
            }
            Beside::Sequence => {
                let alone =
                    |row: &Ready| row.is_new && !row.resolved.named.contains_key("predecessor_operation_id");
                self.step(sheet, kind, &Step::Sequence, &mut ready, alone).await?;
            }
        }
        for row in ready {
            self.stage(kind, sheet, &row);
            let outcome = match (row.is_new, row.changed.is_empty()) {
                (true, _) => Outcome::Created,
                (false, true) => Outcome::Unchanged,
                (false, false) => Outcome::Changed(row.changed),
            };
            self.outcome(sheet, row.row, outcome);
        }
        Ok(())
    }

    /// Does a step with the rows it is for; what is refused is reported and gone.
    async fn step(
        &mut self,
        sheet: usize,
        kind: &'static Kind,
        step: &Step<'_>,
        ready: &mut Vec<Ready>,
        is_for: impl Fn(&Ready) -> bool,
    ) -> Result<(), sqlx::Error> {
        let numbered = ready.iter().enumerate().filter(|(_, row)| is_for(row));
        let rows: Vec<Value> = numbered.map(|(n, row)| row.json(n)).collect();
        let came = careful::each(self.tx, kind, step, &rows, self.progress).await?;
        for (n, id) in came.done {
            if let Some(row) = ready.get_mut(n) {
                row.id = Some(id);
            }
        }
        let mut refused: HashMap<usize, Reason> = came.refused.into_iter().collect();
        let mut n = 0;
        ready.retain(|row| {
            let reason = refused.remove(&n);
            n += 1;
            let keep = reason.is_none();
            if let Some(reason) = reason {
                self.refuse(sheet, row.row, reason);
            }
            keep
        });
        Ok(())
    }

    fn stage(&mut self, kind: &'static Kind, sheet: usize, row: &Ready) {
        let Some(stage) = &kind.stage else { return };
        let Some((at, column)) = kind.columns.iter().enumerate().find(|(_, it)| it.stored == Stored::Stage)
        else {
            return;
        };
        let wanted =
            row.resolved.record.values[at].as_ref().is_some_and(|it| !it.is_null() && *it != json!(false));
        let fits = row.is_new || row.status.as_deref() == Some(stage.from);
        if let (true, true, Some(id)) = (wanted, fits, row.id) {
            let by = stage.by_person.then(|| row.resolved.named.get(column.name).cloned()).flatten();
            self.staged.push(Staged { sheet, row: row.row, kind, column: column.name, id, by });
        }
    }

    /// Brings into force what shall be, now that everything it needs is written.
    pub async fn advance(&mut self) -> Result<(), sqlx::Error> {
        let staged = std::mem::take(&mut self.staged);
        for kind in super::kinds::KINDS.iter().filter(|kind| kind.stage.is_some()) {
            let rows: Vec<&Staged> = staged.iter().filter(|row| row.kind.name == kind.name).collect();
            let entry = |(n, row): (usize, &&Staged)| json!({"n": n, "id": row.id, "by": row.by});
            let entries: Vec<Value> = rows.iter().enumerate().map(entry).collect();
            let came = careful::each(self.tx, kind, &Step::Advance(kind), &entries, self.progress).await?;
            for (n, _) in came.done {
                if let Some(row) = rows.get(n) {
                    self.changed(row.sheet, row.row, row.column);
                }
            }
            for (n, reason) in came.refused {
                if let Some(row) = rows.get(n) {
                    self.refuse(row.sheet, row.row, reason);
                }
            }
        }
        Ok(())
    }

    fn changed(&mut self, sheet: usize, row: usize, column: &'static str) {
        let Some(row) = self.report.sheets.get_mut(sheet).and_then(|sheet| sheet.rows.get_mut(row)) else {
            return;
        };
        match &mut row.outcome {
            Outcome::Unchanged => row.outcome = Outcome::Changed(vec![column]),
            Outcome::Changed(columns) => columns.push(column),
            Outcome::Created | Outcome::Refused(_) => {}
        }
    }

    fn refuse(&mut self, sheet: usize, row: usize, reason: Reason) {
        self.outcome(sheet, row, Outcome::Refused(vec![reason]));
    }

    fn outcome(&mut self, sheet: usize, row: usize, outcome: Outcome) {
        if let Some(row) = self.report.sheets.get_mut(sheet).and_then(|sheet| sheet.rows.get_mut(row)) {
            row.outcome = outcome;
        }
    }
}

impl Ready {
    fn json(&self, n: usize) -> Value {
        import::row(n, self.id, self.fields.clone())
    }

    fn compared(&mut self, kind: &Kind, compared: Compared) {
        self.id = compared.id;
        self.is_new = compared.id.is_none();
        self.status = compared.status;
        self.fields.insert("fresh".to_owned(), json!(self.is_new));
        if !self.is_new {
            let known = |name: &String| kind.columns.iter().map(|it| it.name).find(|it| it == name);
            self.changed = compared.changed.iter().filter_map(known).collect();
        }
    }

    /// Whether its own row changes, and not only what is beside it.
    fn changes_itself(&self, kind: &Kind) -> bool {
        self.changed
            .iter()
            .any(|name| kind.column(name).is_some_and(|column| column.stored != Stored::Beside))
    }

    fn closed(&self, kind: &Kind) -> Option<Reason> {
        let Closed { states, above, says } = kind.closed.as_ref()?;
        let touched = self.is_new || !self.changed.is_empty();
        let own = !self.is_new && self.status.as_deref().is_some_and(|status| states.contains(&status));
        let theirs = above.is_some_and(|(name, states)| {
            self.resolved
                .named
                .get(name)
                .and_then(Value::as_str)
                .is_some_and(|status| states.contains(&status))
        });
        (touched && (own || theirs))
            .then(|| Reason { column: self.changed.first().copied(), says: (*says).to_owned() })
    }
}

/// The columns that the sheet has.
fn given_fields(kind: &Kind, rows: &[Resolved]) -> Vec<Field> {
    let Some(first) = rows.first() else { return Vec::new() };
    let columns = kind.columns.iter().zip(&first.record.values);
    columns.filter(|(_, value)| value.is_some()).filter_map(|(column, _)| Field::of(column)).collect()
}

/// All columns of a new row.
fn every_field(kind: &Kind) -> Vec<Field> {
    let columns = kind.columns.iter().filter_map(Field::of);
    columns.chain(kind.carried.iter().map(|column| Field::carried(column))).collect()
}

fn ready_row(kind: &'static Kind, resolved: Resolved) -> Ready {
    let mut fields = Map::new();
    for (column, value) in kind.columns.iter().zip(&resolved.record.values) {
        let Some(field) = Field::of(column) else { continue };
        let value = match (&column.of, column.stored) {
            (Type::Refers(_), Stored::In(name)) => resolved.named.get(name).cloned().unwrap_or(Value::Null),
            _ => value.clone().unwrap_or_else(|| record::default(column)),
        };
        fields.insert(field.alias(), value);
    }
    for column in kind.carried {
        fields.insert((*column).to_owned(), resolved.named.get(*column).cloned().unwrap_or(Value::Null));
    }
    let row = resolved.record.row;
    Ready { row, resolved, fields, id: None, is_new: true, changed: Vec::new(), status: None }
}
