//! Running other programs and saying what went wrong with them.
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// Runs `command` to its end; an exit code other than 0 becomes an error that quotes what it wrote last.
pub fn run(command: &mut Command) -> Result<Output> {
    let output = command.stdin(Stdio::null()).output().with_context(|| cannot_start(command))?;
    check(command, output)
}

/// Like [`run`], with `input` written to the program's standard input.
pub fn run_with_input(command: &mut Command, input: &[u8]) -> Result<Output> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| cannot_start(command))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends early closes its input; its own message says more than the broken pipe.
        let _ = stdin.write_all(input);
    }
    let output = child.wait_with_output()?;
    check(command, output)
}

fn check(command: &Command, output: Output) -> Result<Output> {
    if output.status.success() {
        return Ok(output);
    }
    let said = [&output.stderr[..], &output.stdout[..]].concat();
    bail!(
        "{} failed ({}):\n{}",
        program(command),
        output.status,
        last_lines(&String::from_utf8_lossy(&said), 15)
    )
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}: is it installed?", program(command))
}

fn program(command: &Command) -> String {
    Path::new(command.get_program())
        .file_name()
        .map_or_else(|| "a program".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The last `count` lines of `text`, indented for an error message.
pub fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let from = lines.len().saturating_sub(count);
    lines[from..].iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Progress for the person waiting, on standard error so that standard output stays usable by programs.
pub fn say(what: &str) {
    eprintln!("takt: {what}");
}
