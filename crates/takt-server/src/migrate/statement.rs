//! A migration cut into its statements, by the same rules as psql: at a semicolon outside quotes,
//! comments, parentheses and the bodies of SQL functions.

/// One statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The line it begins at, from 1.
    pub line: usize,
    /// What it says, without what only comments before it and without the semicolon.
    pub text: &'a str,
}

/// Every statement of a file.
pub fn statements(sql: &str) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    let mut reader = Reader { sql, at: 0 };
    while let Some(text) = reader.next_statement() {
        let before = text.as_ptr() as usize - sql.as_ptr() as usize;
        let line = 1 + sql.as_bytes()[..before].iter().filter(|byte| **byte == b'\n').count();
        found.push(Statement { line, text });
    }
    found
}

struct Reader<'a> {
    sql: &'a str,
    at: usize,
}

/// What is open inside a statement.
#[derive(Default)]
struct Open {
    parentheses: usize,
    bodies: usize,
    /// The first words, which say whether a body can follow.
    words: Vec<String>,
}

impl<'a> Reader<'a> {
    fn next_statement(&mut self) -> Option<&'a str> {
        let mut start = None;
        let mut open = Open::default();
        while let Some(byte) = self.peek(0) {
            let from = self.at;
            if self.skip_comment() {
                continue;
            }
            match byte {
                b';' if open.parentheses == 0 && open.bodies == 0 => {
                    self.at += 1;
                    if let Some(start) = start {
                        return Some(self.sql[start..from].trim_end());
                    }
                    continue;
                }
                b'\'' => self.skip_quoted(b'\'', is_escape_string(self.sql, from)),
                b'"' => self.skip_quoted(b'"', false),
                b'$' if self.skip_dollar_quoted() => {}
                b'(' => (open.parentheses, self.at) = (open.parentheses + 1, from + 1),
                b')' => (open.parentheses, self.at) = (open.parentheses.saturating_sub(1), from + 1),
                _ if is_word(byte) => {
                    self.skip_word();
                    open.word(&self.sql[from..self.at]);
                }
                _ => self.at += 1,
            }
            if !byte.is_ascii_whitespace() {
                start.get_or_insert(from);
            }
        }
        start.map(|start| self.sql[start..].trim_end())
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.sql.as_bytes().get(self.at + ahead).copied()
    }

    fn skip_comment(&mut self) -> bool {
        match (self.peek(0), self.peek(1)) {
            (Some(b'-'), Some(b'-')) => {
                self.at = self.sql[self.at..].find('\n').map_or(self.sql.len(), |end| self.at + end + 1);
                true
            }
            (Some(b'/'), Some(b'*')) => {
                let mut depth = 0;
                loop {
                    match (self.peek(0), self.peek(1)) {
                        (Some(b'/'), Some(b'*')) => (depth, self.at) = (depth + 1, self.at + 2),
                        (Some(b'*'), Some(b'/')) => (depth, self.at) = (depth - 1, self.at + 2),
                        (Some(_), _) => self.at += 1,
                        (None, _) => return true,
                    }
                    if depth == 0 {
                        return true;
                    }
                }
            }
            _ => false,
        }
    }

    /// To the closing quote; a doubled one closes and opens again, which comes to the same.
    fn skip_quoted(&mut self, quote: u8, has_escapes: bool) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            if byte == b'\\' && has_escapes {
                self.at += 1;
            } else if byte == quote {
                return;
            }
        }
        self.at = self.at.min(self.sql.len());
    }

    /// `$$ … $$` or `$tag$ … $tag$`; `$1` is none.
    fn skip_dollar_quoted(&mut self) -> bool {
        let rest = &self.sql[self.at..];
        let Some(end) = rest[1..].find('$') else { return false };
        let tag = &rest[..end + 2];
        let name = &tag[1..=end];
        if !name.bytes().all(is_word) || name.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let body = &rest[tag.len()..];
        self.at += tag.len() + body.find(tag).map_or(body.len(), |close| close + tag.len());
        true
    }

    /// A dollar inside a word opens nothing.
    fn skip_word(&mut self) {
        while self.peek(0).is_some_and(|byte| is_word(byte) || byte == b'$') {
            self.at += 1;
        }
    }
}

impl Open {
    /// Only the body of a function or procedure holds statements of its own: `begin atomic … end`.
    fn word(&mut self, word: &str) {
        let word = word.to_ascii_lowercase();
        if self.parentheses == 0 && self.makes_function() {
            match word.as_str() {
                "begin" => self.bodies += 1,
                "case" if self.bodies > 0 => self.bodies += 1,
                "end" => self.bodies = self.bodies.saturating_sub(1),
                _ => {}
            }
        }
        if self.words.len() < 4 {
            self.words.push(word);
        }
    }

    fn makes_function(&self) -> bool {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        matches!(
            words[..],
            ["create", "function" | "procedure", ..]
                | ["create", "or", "replace", "function" | "procedure", ..]
        )
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// `e'…'`: the letter stands alone before the quote.
fn is_escape_string(sql: &str, quote: usize) -> bool {
    let before = &sql.as_bytes()[..quote];
    match before {
        [.., earlier, b'e' | b'E'] => !is_word(*earlier),
        [b'e' | b'E'] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sql: &str) -> Vec<&str> {
        statements(sql).into_iter().map(|statement| statement.text).collect()
    }

    #[test]
    fn it_cuts_at_semicolons_and_knows_the_lines() {
        let sql = "-- first\nselect 1;\n\n/* a; /* b; */ */ select 2 ;;\nselect 3";
        assert_eq!(texts(sql), ["select 1", "select 2", "select 3"]);
        let lines: Vec<_> = statements(sql).iter().map(|statement| statement.line).collect();
        assert_eq!(lines, [2, 4, 5]);
        assert_eq!(texts("-- nothing\n /* at all */ ;"), [""; 0]);
    }

    #[test]
    fn quotes_hide_semicolons() {
        for one in [
            "select 'a;''b;'",
            r"select e'\';', 1",
            r"select '\', ';'",
            "select \"a;\"\"b\"",
            "do $$ begin; end $$",
            "do $a$ $$; $$ ; $b$; $a$",
            "select 'ü;', $1",
            "create rule r as on insert to t do also (select 1; select 2)",
        ] {
            assert_eq!(texts(&format!("{one}; select 2")), [one, "select 2"], "{one}");
        }
    }

    #[test]
    fn bodies_of_sql_functions_stay_whole() {
        let function = "create or replace function f() returns int language sql\nbegin atomic\n  select 1;\n  \
            select case when true then 1 else 2 end;\nend";
        assert_eq!(texts(&format!("{function};\nselect 2;")), [function, "select 2"]);
        assert_eq!(texts("begin; select 1; end;"), ["begin", "select 1", "end"]);
        assert_eq!(texts("create table t (\"begin\" int, begin_at int); select 1").len(), 2);
    }

    #[test]
    fn the_schema_is_cut_without_losing_a_word() {
        for migration in crate::migrate::MIGRATIONS {
            let all = statements(migration.sql);
            assert!(all.len() > 500, "{}", all.len());
            for statement in all {
                let first = statement.text.split_whitespace().next().unwrap_or_default();
                let known = [
                    "alter", "comment", "create", "do", "grant", "insert", "reset", "revoke", "select", "set",
                ];
                assert!(known.contains(&first), "line {}: {}", statement.line, statement.text);
            }
        }
    }
}
