//! From tokens to a tree, by recursive descent: `or` of `and` of `not`.
//!
//! Recursion goes only where a bracket opens or a not stands, and no deeper than [`QUERY_DEPTH_MAX`].

use stackscout_taxonomy::Taxonomy;

use super::ast::{Leaf, Node};
use super::token::{Kind, Token, tokens};
use super::{QUERY_BYTES_MAX, QUERY_DEPTH_MAX, QueryError, leaf};

/// Words that may form one spelling at most: the longest names, such as `Amazon Elastic Container Registry (ECR)`, have
/// no more.
const RUN_WORDS_MAX: usize = 5;

/// Reads a whole query.
pub(super) fn parse(query: &str, taxonomy: &Taxonomy) -> Result<Node, QueryError> {
    if query.len() > QUERY_BYTES_MAX {
        let message = format!("a query has at most {QUERY_BYTES_MAX} bytes, this one has {}", query.len());
        return Err(QueryError::at(QUERY_BYTES_MAX, message));
    }
    let tokens = tokens(query)?;
    if tokens.is_empty() {
        return Ok(Node::All);
    }
    let mut parser = Parser { tokens: &tokens, at: 0, end: query.len(), taxonomy };
    let root = parser.or(0)?;
    match parser.peek() {
        None => Ok(root),
        Some(token) => Err(QueryError::at(token.at, "expected an opening bracket before this `)`")),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    end: usize,
    taxonomy: &'a Taxonomy,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn eat(&mut self, kind: &Kind) -> bool {
        let found = self.peek().is_some_and(|t| t.kind == *kind);
        self.at += usize::from(found);
        found
    }

    fn or(&mut self, depth: usize) -> Result<Node, QueryError> {
        let mut parts = vec![self.and(depth)?];
        while self.eat(&Kind::Or) {
            parts.push(self.and(depth)?);
        }
        Ok(Node::or(parts))
    }

    fn and(&mut self, depth: usize) -> Result<Node, QueryError> {
        let mut parts = vec![self.not(depth)?];
        loop {
            match self.peek().map(|t| &t.kind) {
                None | Some(Kind::Or | Kind::Close) => return Ok(Node::and(parts)),
                Some(Kind::And) => self.at += 1,
                // Side by side is `and`.
                Some(_) => {}
            }
            parts.push(self.not(depth)?);
        }
    }

    fn not(&mut self, depth: usize) -> Result<Node, QueryError> {
        let Some(token) = self.peek() else { return Err(self.expected_more()) };
        if !matches!(token.kind, Kind::Not | Kind::Minus) {
            return self.single(depth, RUN_WORDS_MAX);
        }
        self.at += 1;
        let depth = deeper(depth, token)?;
        // `-spring boot` leaves out one word and asks for another, as it looks.
        let part = if token.kind == Kind::Minus && matches!(self.peek().map(|t| &t.kind), Some(Kind::Word(_)))
        {
            self.single(depth, 1)?
        } else {
            self.not(depth)?
        };
        Ok(Node::Not(Box::new(part)))
    }

    fn single(&mut self, depth: usize, run_max: usize) -> Result<Node, QueryError> {
        let Some(token) = self.peek() else { return Err(self.expected_more()) };
        self.at += 1;
        let leaf = match &token.kind {
            Kind::Open => return self.bracket(token, depth),
            Kind::Everybody => return Ok(Node::All),
            Kind::Word(word) => match self.run(run_max) {
                Some(skill) => skill,
                None => leaf::word(word, token.at, self.taxonomy)?,
            },
            Kind::Phrase(text) => leaf::phrase(text, token.at, self.taxonomy)?,
            Kind::Field { name, value } => leaf::field(name, token.at, value, self.taxonomy)?,
            Kind::And | Kind::Or | Kind::Close | Kind::Not | Kind::Minus => {
                let hint = "put it in quotes to search for the word itself";
                let error = QueryError::at(token.at, format!("expected a word, found {}", token.kind.word()));
                return Err(if matches!(token.kind, Kind::Close) { error } else { error.hint(hint) });
            }
        };
        Ok(Node::Leaf(leaf))
    }

    fn bracket(&mut self, open: &Token, depth: usize) -> Result<Node, QueryError> {
        let depth = deeper(depth, open)?;
        let inside = self.or(depth)?;
        if !self.eat(&Kind::Close) {
            let error = QueryError::at(open.at, "expected a closing bracket");
            return Err(error.hint("this one is never closed"));
        }
        Ok(inside)
    }

    /// The longest run of words from the one just taken on that is a spelling; takes its words.
    fn run(&mut self, run_max: usize) -> Option<Leaf> {
        let from = self.at - 1;
        let mut words: Vec<&str> = Vec::new();
        for (i, token) in self.tokens[from..].iter().take(run_max).enumerate() {
            match &token.kind {
                Kind::Word(word) if i == 0 || token.spaced => words.push(word),
                _ => break,
            }
        }
        while words.len() > 1 {
            let joined = words.join(" ");
            // Without separators (`digital ocean` is DigitalOcean) only where no word is a skill by itself: who writes
            // `java script` may mean Java and a script.
            let apart = || words.iter().all(|word| self.taxonomy.find(word).is_none());
            let loosely = || self.taxonomy.find(&joined).filter(|_| apart());
            if let Some(found) = self.taxonomy.find_spelling(&joined).or_else(loosely) {
                self.at = from + words.len();
                return Some(leaf::skill(found.skill, self.taxonomy));
            }
            words.pop();
        }
        None
    }

    fn expected_more(&self) -> QueryError {
        let after = self.tokens.last().map_or("", |t| t.kind.word());
        QueryError::at(self.end, format!("expected a word after {after}"))
    }
}

fn deeper(depth: usize, token: &Token) -> Result<usize, QueryError> {
    if depth == QUERY_DEPTH_MAX {
        let message = format!("brackets and nots may stand in each other {QUERY_DEPTH_MAX} deep, no deeper");
        return Err(QueryError::at(token.at, message));
    }
    Ok(depth + 1)
}

impl Kind {
    fn word(&self) -> &'static str {
        match self {
            Kind::Open => "`(`",
            Kind::Close => "`)`",
            Kind::And => "`and`",
            Kind::Or => "`or`",
            Kind::Not => "`not`",
            Kind::Minus => "`-`",
            Kind::Everybody | Kind::Word(_) | Kind::Phrase(_) | Kind::Field { .. } => "a word",
        }
    }
}
