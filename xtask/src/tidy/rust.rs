//! What rules need to know of a Rust file: its names, its functions, its tokens, and which lines are tests.
use std::ops::RangeInclusive;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

type Lines = RangeInclusive<usize>;

/// The structure of one file.
#[derive(Debug, Default)]
pub struct Rust {
    /// Whether it begins with `//!`.
    pub documented: bool,
    /// Modules and types, with the line that names them.
    pub names: Vec<(String, usize)>,
    /// Functions with the lines they take, bodies included, documentation not.
    pub functions: Vec<(String, Lines)>,
    /// Every token, also inside macros.
    pub tokens: Vec<(Token, usize)>,
    /// Names of modules in other files that are only compiled for tests.
    pub test_modules: Vec<String>,
    tests: Vec<Lines>,
}

/// A token as far as rules distinguish them.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    /// An identifier or keyword.
    Word(String),
    /// The content of a string literal.
    Text(String),
    /// One character of punctuation.
    Sign(char),
    /// An empty pair of parentheses.
    Nothing,
}

impl Rust {
    /// `None` when it does not parse; the compiler will say so better.
    pub fn parse(text: &str) -> Option<Self> {
        let file = syn::parse_file(text).ok()?;
        let mut found = Self { documented: text.trim_start().starts_with("//!"), ..Self::default() };
        found.visit_file(&file);
        found.read_tokens(text.parse().ok()?);
        Some(found)
    }

    /// Whether `line` belongs to something that is only compiled for tests.
    pub fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|lines| lines.contains(&line))
    }

    /// How many lines are only compiled for tests.
    pub fn test_lines(&self) -> usize {
        self.tests.iter().map(|lines| lines.end() + 1 - lines.start()).sum()
    }

    fn read_tokens(&mut self, stream: TokenStream) {
        for token in stream {
            let line = token.span().start().line;
            match token {
                TokenTree::Ident(word) => self.tokens.push((Token::Word(word.to_string()), line)),
                TokenTree::Punct(sign) => self.tokens.push((Token::Sign(sign.as_char()), line)),
                TokenTree::Literal(literal) => {
                    if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                        self.tokens.push((Token::Text(text.value()), line));
                    }
                }
                TokenTree::Group(group)
                    if group.delimiter() == Delimiter::Parenthesis && group.stream().is_empty() =>
                {
                    self.tokens.push((Token::Nothing, line));
                }
                TokenTree::Group(group) => self.read_tokens(group.stream()),
            }
        }
    }

    fn function(&mut self, signature: &syn::Signature, whole: Lines) {
        self.functions.push((signature.ident.to_string(), signature.span().start().line..=*whole.end()));
    }

    fn name(&mut self, ident: &syn::Ident) {
        self.names.push((ident.to_string(), ident.span().start().line));
    }
}

impl<'ast> Visit<'ast> for Rust {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if is_for_tests(attributes(item)) {
            self.tests.push(lines(item));
            if let syn::Item::Mod(module) = item
                && module.content.is_none()
            {
                self.test_modules.push(module.ident.to_string());
            }
            return;
        }
        match item {
            syn::Item::Mod(item) => self.name(&item.ident),
            syn::Item::Struct(item) => self.name(&item.ident),
            syn::Item::Enum(item) => self.name(&item.ident),
            syn::Item::Trait(item) => self.name(&item.ident),
            syn::Item::Type(item) => self.name(&item.ident),
            syn::Item::Fn(item) => self.function(&item.sig, lines(item)),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if is_for_tests(&item.attrs) {
            self.tests.push(lines(item));
            return;
        }
        self.function(&item.sig, lines(item));
        visit::visit_impl_item_fn(self, item);
    }
}

fn lines(item: &impl Spanned) -> Lines {
    let span = item.span();
    span.start().line..=span.end().line
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        syn::Meta::Path(path) => path.segments.last().is_some_and(|last| last.ident == "test"),
        syn::Meta::NameValue(_) => false,
    })
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        _ => &[],
    }
}
