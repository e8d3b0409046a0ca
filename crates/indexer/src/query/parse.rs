//! From tokens to a tree, by recursive descent: `or` of `and` of `not`.
//!
//! Recursion goes only where a bracket opens or a not stands, and how deep they stand in each other is looked at first,
//! so that nothing deeper than [`QUERY_DEPTH_MAX`] is ever begun.

use super::asked;
use super::ast::{AskedSkill, DayField, KeyField, Leaf, Node, Place, YearsAsked};
use super::fields::FieldName;
use super::leaf::{self, Value};
use super::token::{Kind, Token, is_dash, tokens};
use super::{Note, QUERY_BYTES_MAX, QUERY_DEPTH_MAX, QueryError, Reading};

/// Words that may form one spelling at most: the longest names, such as `Amazon Elastic Container Registry (ECR)`, have
/// no more.
const RUN_WORDS_MAX: usize = 5;

/// Reads a whole query.
pub(super) fn parse(query: &str, reading: &Reading<'_>) -> Result<(Node, Vec<Note>), QueryError> {
    if query.len() > QUERY_BYTES_MAX {
        let message = format!("a query has at most {QUERY_BYTES_MAX} bytes, this one has {}", query.len());
        // The place is where a sign begins, or the query could not be shown.
        return Err(QueryError::at(query.floor_char_boundary(QUERY_BYTES_MAX), message));
    }
    let tokens = tokens(query)?;
    refuse_depth(&tokens)?;
    refuse_many_saved(&tokens)?;
    if tokens.is_empty() {
        return Ok((Node::All, Vec::new()));
    }
    let mut parser = Parser { tokens: &tokens, at: 0, end: query.len(), reading, notes: Vec::new() };
    let root = parser.or(None)?;
    match parser.peek() {
        None => Ok((root, parser.notes)),
        Some(token) => Err(QueryError::at(token.at, "expected an opening bracket before this `)`")),
    }
}

/// Refuses brackets and nots that stand too deep in each other, whatever else is wrong with the query.
fn refuse_depth(tokens: &[Token]) -> Result<(), QueryError> {
    // For each bracket that is open, the nots right before it; they end with it.
    let mut before_brackets: Vec<usize> = Vec::new();
    let (mut depth, mut nots) = (0, 0);
    for token in tokens {
        match token.kind {
            Kind::Not | Kind::Minus => {
                nots += 1;
                depth += 1;
            }
            Kind::Open => {
                before_brackets.push(std::mem::take(&mut nots));
                depth += 1;
            }
            Kind::Close => {
                depth -= std::mem::take(&mut nots);
                depth -= before_brackets.pop().map_or(0, |before| before + 1);
            }
            Kind::And | Kind::Or | Kind::Like | Kind::Field(_) | Kind::Compare(_) => {}
            Kind::Everybody | Kind::Word(_) | Kind::Phrase(_) => depth -= std::mem::take(&mut nots),
        }
        if depth > QUERY_DEPTH_MAX {
            let message =
                format!("brackets and nots may stand in each other {QUERY_DEPTH_MAX} deep, no deeper");
            return Err(QueryError::at(token.at, message));
        }
    }
    Ok(())
}

/// Saved searches that a query may name: each is a whole query, which is read anew.
const SAVED_NAMED_MAX: usize = 8;

fn refuse_many_saved(tokens: &[Token]) -> Result<(), QueryError> {
    let is_saved = |token: &&Token| match &token.kind {
        Kind::Field(name) => matches!(FieldName::named(name), Some(FieldName::Saved | FieldName::NewSince)),
        Kind::Word(name) => matches!(FieldName::named(name), Some(FieldName::Saved | FieldName::NewSince)),
        _ => false,
    };
    match tokens.iter().filter(is_saved).nth(SAVED_NAMED_MAX) {
        None => Ok(()),
        Some(token) => {
            let message = format!("expected at most {SAVED_NAMED_MAX} saved searches in a query");
            Err(QueryError::at(token.at, message))
        }
    }
}

pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    pub(super) at: usize,
    end: usize,
    pub(super) reading: &'a Reading<'a>,
    pub(super) notes: Vec<Note>,
}

impl<'a> Parser<'a> {
    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    /// The word so many tokens on, where only white space stands before it.
    pub(super) fn word_ahead(&self, ahead: usize) -> Option<&'a str> {
        let at = self.at + ahead;
        match self.tokens.get(at) {
            Some(Token { kind: Kind::Word(word), spaced: true, .. }) => {
                Some(word).filter(|_| !self.compares(at))
            }
            _ => None,
        }
        .map(String::as_str)
    }

    /// The word so many tokens on and its place, whatever stands before it.
    pub(super) fn any_word_ahead(&self, ahead: usize) -> Option<(&'a str, usize)> {
        match self.tokens.get(self.at + ahead) {
            Some(Token { kind: Kind::Word(word), at, .. }) => Some((word.as_str(), *at)),
            _ => None,
        }
    }

    /// What stands so many tokens on.
    pub(super) fn kind_ahead(&self, ahead: usize) -> Option<&'a Kind> {
        self.tokens.get(self.at + ahead).map(|token| &token.kind)
    }

    /// Whether a word is a field with a comparison, such as the `years` of `years >= 5`: it belongs to no other word.
    fn compares(&self, at: usize) -> bool {
        match (self.tokens.get(at).map(|t| &t.kind), self.tokens.get(at + 1).map(|t| &t.kind)) {
            (Some(Kind::Word(word)), Some(Kind::Compare(_))) => {
                FieldName::named(&word.to_lowercase()).is_some()
            }
            _ => false,
        }
    }

    pub(super) fn note(&mut self, at: usize, text: String) {
        self.notes.push(Note { at, text });
    }

    fn eat(&mut self, kind: &Kind) -> bool {
        let found = self.peek().is_some_and(|t| t.kind == *kind);
        self.at += usize::from(found);
        found
    }

    /// `within` is the field whose brackets these are: `title:(senior or lead)`.
    fn or(&mut self, within: Option<FieldName>) -> Result<Node, QueryError> {
        let mut parts = vec![self.and(within)?];
        while self.eat(&Kind::Or) {
            parts.push(self.and(within)?);
        }
        Ok(Node::or(parts))
    }

    fn and(&mut self, within: Option<FieldName>) -> Result<Node, QueryError> {
        let mut parts = vec![self.not(within)?];
        loop {
            match self.peek().map(|t| &t.kind) {
                None | Some(Kind::Or | Kind::Close) => return Ok(Node::and(parts)),
                Some(Kind::And) => self.at += 1,
                // Side by side is `and`.
                Some(_) => {}
            }
            parts.push(self.not(within)?);
        }
    }

    fn not(&mut self, within: Option<FieldName>) -> Result<Node, QueryError> {
        let Some(token) = self.peek() else { return Err(self.expected_more()) };
        if !matches!(token.kind, Kind::Not | Kind::Minus) {
            return self.single(within, RUN_WORDS_MAX);
        }
        self.at += 1;
        // `-spring boot` leaves out one word and asks for another, as it looks.
        let is_word = matches!(self.peek().map(|t| &t.kind), Some(Kind::Word(_)));
        let part = match token.kind == Kind::Minus && is_word {
            true => self.single(within, 1)?,
            false => self.not(within)?,
        };
        Ok(Node::Not(Box::new(part)))
    }

    fn single(&mut self, within: Option<FieldName>, run_max: usize) -> Result<Node, QueryError> {
        let Some(token) = self.peek() else { return Err(self.expected_more()) };
        match (&token.kind, within) {
            (Kind::Open, _) => self.bracket(within),
            (Kind::Word(_) | Kind::Phrase(_) | Kind::Compare(_), Some(name)) => self.value(name, run_max),
            (Kind::Field(_) | Kind::Like | Kind::Everybody, Some(name)) => {
                let message = format!("expected a value of `{}:`, found {}", name.word(), token.kind.word());
                let hint = format!("inside `{}:( )` stand words, `and`, `or` and `not`", name.word());
                Err(QueryError::at(token.at, message).hint(hint))
            }
            (Kind::Everybody, None) => {
                self.at += 1;
                Ok(Node::All)
            }
            (Kind::Word(word), None) => self.word(token, word, run_max),
            (Kind::Phrase(text), None) => {
                self.at += 1;
                self.phrase(token, text)
            }
            (Kind::Field(name), None) => {
                self.at += 1;
                let name = FieldName::read(name, token.at)?;
                self.refuse_sign(name)?;
                let begin = self.at;
                let node = self.value(name, RUN_WORDS_MAX)?;
                self.refuse_list(name, begin)?;
                Ok(node)
            }
            (Kind::Like, None) => {
                self.at += 1;
                self.value(FieldName::Like, RUN_WORDS_MAX)
            }
            (Kind::Compare(sign), None) => {
                let error = QueryError::at(token.at, format!("expected a word before `{sign}`"));
                Err(error.hint("`django >= 3y` asks for years of a skill, `years >= 5` for years in all"))
            }
            (Kind::And | Kind::Or | Kind::Close | Kind::Not | Kind::Minus, _) => {
                let error = QueryError::at(token.at, format!("expected a word, found {}", token.kind.word()));
                let hint = "put it in quotes to search for the word itself";
                Err(if token.kind == Kind::Close { error } else { error.hint(hint) })
            }
        }
    }

    /// Words in quotes: a skill, perhaps with a version, a country, or text.
    fn phrase(&mut self, token: &Token, text: &str) -> Result<Node, QueryError> {
        let taxonomy = self.reading.taxonomy;
        if let Some(found) = taxonomy.find(text) {
            return asked::skill(self, token, text, found.skill);
        }
        if let Some((name, version)) = text.rsplit_once(' ')
            && let Some(skill) = asked::versioned(name, version, taxonomy)
        {
            self.note(token.at, asked::note_of_version(name, version, skill, taxonomy));
            return asked::skill(self, token, name, skill);
        }
        match leaf::country_named(text) {
            Some(country) => self.country(token, text, country),
            None => leaf::phrase(Place::Text, text, token.at).map(Node::Leaf),
        }
    }

    fn bracket(&mut self, within: Option<FieldName>) -> Result<Node, QueryError> {
        let open = self.peek().map_or(self.end, |token| token.at);
        self.at += 1;
        let inside = self.or(within)?;
        if !self.eat(&Kind::Close) {
            let error = QueryError::at(open, "expected a closing bracket");
            return Err(error.hint("this one is never closed"));
        }
        Ok(inside)
    }

    /// A bare word: a field with a comparison, a skill, a country, or text.
    fn word(&mut self, token: &'a Token, word: &'a str, run_max: usize) -> Result<Node, QueryError> {
        let next = self.tokens.get(self.at + 1);
        if let Some(Token { kind: Kind::Compare(_), .. }) = next
            && let Some(name) = FieldName::named(&word.to_lowercase())
        {
            self.at += 1;
            return self.value(name, RUN_WORDS_MAX);
        }
        refuse_nearness(word, token.at)?;
        if let Some(node) = asked::years_in_all(self, word) {
            return Ok(node);
        }
        if run_max > 1
            && let Some(node) = asked::years_in_front(self, run_max)?
        {
            return Ok(node);
        }
        if let Some(node) = self.run(token, run_max)? {
            return Ok(node);
        }
        self.at += 1;
        if let Some(Token { kind: Kind::Compare(sign), .. }) = self.peek() {
            let message = format!("expected a skill or a field before `{sign}`, found `{word}`");
            let near = leaf::near_skills(word, self.reading.taxonomy);
            return Err(QueryError::at(token.at, message).did_you_mean(&near));
        }
        if let Some(email) = leaf::email(word) {
            return Ok(Node::Leaf(email));
        }
        asked::note_of_slash(self, word, token.at);
        leaf::text(Place::Text, word, token.at).map(Node::Leaf)
    }

    /// The longest run of words from here on that is a skill or a country; takes its words.
    pub(super) fn run(&mut self, first: &'a Token, run_max: usize) -> Result<Option<Node>, QueryError> {
        let taxonomy = self.reading.taxonomy;
        let mut words = self.words_in_a_row(run_max);
        while let Some((last, name)) = words.split_last() {
            // The figure of `angular 2+ years` is no part of a name.
            if self.is_before_a_unit(last, words.len()) {
                words.pop();
                continue;
            }
            let (joined, name) = (words.join(" "), name.join(" "));
            if let Some(skill) = asked::versioned(&name, last, taxonomy) {
                self.at += words.len();
                self.note(first.at, asked::note_of_version(&name, last, skill, taxonomy));
                return asked::skill(self, first, &name, skill).map(Some);
            }
            // Also without separators: `digital ocean` is DigitalOcean, `angular js` is AngularJS.
            if let Some(found) = taxonomy.find(&joined) {
                self.at += words.len();
                let is_skill = |word: &&str| taxonomy.find(word).is_some();
                let (read, apart) = (&taxonomy.skill(found.skill).name, words.join(", "));
                if words.len() > 1 && words.iter().all(is_skill) {
                    let text =
                        format!("`{joined}` read as the skill {read}; `{apart}` for the skills of its words");
                    self.note(first.at, text);
                } else if words.len() > 1
                    && words.iter().any(is_skill)
                    && taxonomy.find_spelling(&joined).is_none()
                {
                    // Who writes `java script` may mean Java and a script.
                    let text = format!("`{joined}` read as the skill {read}; `{apart}` for its words");
                    self.note(first.at, text);
                }
                return asked::skill(self, first, &joined, found.skill).map(Some);
            }
            if let Some(country) = leaf::country_named(&joined) {
                self.at += words.len();
                return self.country(first, &joined, country).map(Some);
            }
            words.pop();
        }
        Ok(None)
    }

    /// Whether the last of so many words is a figure with `years` or the like behind it.
    fn is_before_a_unit(&self, last: &str, words: usize) -> bool {
        let is_figure = last.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'+'));
        words > 1 && is_figure && self.word_ahead(words).is_some_and(asked::is_unit)
    }

    /// A sign that looks as if it left somebody out: `title:-senior`. It would be folded away and find the opposite.
    fn refuse_sign(&self, name: FieldName) -> Result<(), QueryError> {
        let keeps_signs = matches!(
            name,
            FieldName::Years
                | FieldName::Pay
                | FieldName::Id
                | FieldName::Saved
                | FieldName::NewSince
                | FieldName::Key(KeyField::Source | KeyField::Email)
                | FieldName::Day(DayField::Available | DayField::Imported | DayField::Updated)
        );
        let ahead = usize::from(matches!(self.kind_ahead(0), Some(Kind::Compare(_))));
        let Some((word, at)) = self.any_word_ahead(ahead).filter(|_| !keeps_signs) else { return Ok(()) };
        let Some(bare) = word.strip_prefix(|c: char| is_dash(c) || c == '!').filter(|bare| !bare.is_empty())
        else {
            return Ok(());
        };
        let name = name.word();
        let error = QueryError::at(at, format!("expected a value of `{name}:`, found `{word}`"));
        Err(error.hint(format!("`-{name}:{bare}` leaves people out: the sign stands before the field")))
    }

    /// A list of which only the first part would belong to the field: `country:de,at`.
    fn refuse_list(&self, name: FieldName, begin: usize) -> Result<(), QueryError> {
        let is_amount = matches!(name, FieldName::Years | FieldName::Pay | FieldName::Day(_));
        let taken = self.tokens.get(begin..self.at).unwrap_or_default();
        let written = |token: &Token| match &token.kind {
            Kind::Word(word) => Some(word.clone()),
            Kind::Phrase(text) => Some(format!("\"{text}\"")),
            _ => None,
        };
        let Some(values) = taken.iter().map(written).collect::<Option<Vec<String>>>() else { return Ok(()) };
        let (Some(last), Some(next)) = (taken.last(), self.peek()) else { return Ok(()) };
        let Some(more) = written(next).filter(|_| !is_amount && !self.compares(self.at)) else {
            return Ok(());
        };
        // One sign stands between them, and it is no white space.
        if next.spaced || next.at != last.end + 1 {
            return Ok(());
        }
        let (name, value) = (name.word(), values.join(" "));
        let error = QueryError::at(last.end, format!("expected one value of `{name}:`, found a list"));
        Err(error.hint(format!(
            "`{name}:({value} or {more})` for either; with a space after the comma `{more}` stands for itself"
        )))
    }

    /// The words from here on that only white space separates; the first whatever stands before it.
    fn words_in_a_row(&self, max: usize) -> Vec<&'a str> {
        let mut words: Vec<&str> = Vec::new();
        for (i, token) in self.tokens[self.at.min(self.tokens.len())..].iter().take(max).enumerate() {
            match &token.kind {
                Kind::Word(word) if i == 0 || token.spaced && !self.compares(self.at + i) => words.push(word),
                _ => break,
            }
        }
        words
    }

    /// A country's name may also be a person's, or stand in a text: both are looked for, and that is said.
    fn country(
        &mut self,
        token: &Token,
        written: &str,
        country: stackscout_profile::Country,
    ) -> Result<Node, QueryError> {
        let name = country.name();
        let text = format!(
            "`{written}` read as the country {name} or the word; `country:{country}` or `text:` for one of them"
        );
        self.note(token.at, text);
        let words = leaf::phrase(Place::Text, written, token.at)?;
        Ok(Node::or(vec![Node::Leaf(Leaf::Country(country)), Node::Leaf(words)]))
    }

    /// The value of a field, right here: brackets, a comparison, a phrase, or words.
    fn value(&mut self, name: FieldName, run_max: usize) -> Result<Node, QueryError> {
        let at = self.peek().map_or(self.end, |token| token.at);
        let sign = match self.peek() {
            Some(Token { kind: Kind::Compare(sign), .. }) => {
                self.at += 1;
                if !name.is_ordered() && *sign != "=" {
                    let message = format!("expected a value of `{}:`, found `{sign}`", name.word());
                    let hint = "years, pay, available, applied, imported and updated can be compared, and skills: \
                                `django >= 3y`";
                    return Err(QueryError::at(at, message).hint(hint));
                }
                Some(*sign)
            }
            _ => None,
        };
        let node = match self.peek().map(|token| &token.kind) {
            Some(Kind::Open) if sign.is_none() => return self.bracket(Some(name)),
            Some(Kind::Phrase(text)) => {
                self.at += 1;
                let mut text = self.without_version(name, text.clone(), at);
                if name == FieldName::Near {
                    text.push_str(&self.distance());
                }
                let value = Value { text, at, sign, is_trial: false };
                leaf::field(name, &value, true, self.reading)?
            }
            Some(Kind::Word(_)) => self.words_of(name, at, sign, run_max)?,
            _ => {
                let sign = sign.unwrap_or(":");
                let message = format!("expected a value right after `{}{sign}`", name.word());
                return Err(QueryError::at(self.peek().map_or(self.end, |token| token.at), message));
            }
        };
        match node {
            Node::Leaf(Leaf::Skill(skill)) => {
                asked::more(self, skill).map(|asked| Node::Leaf(Leaf::Skill(asked)))
            }
            node => Ok(node),
        }
    }

    /// The distance right behind a place in quotes: `near:"New York"~50km`.
    fn distance(&mut self) -> String {
        let behind = self.at.checked_sub(1).and_then(|at| self.tokens.get(at..at + 3));
        match behind {
            Some([place, Token { kind: Kind::Like, at, .. }, Token { kind: Kind::Word(distance), .. }])
                if place.end == *at =>
            {
                self.at += 2;
                format!("~{distance}")
            }
            _ => String::new(),
        }
    }

    /// A value in words: as many as are one, the most first.
    fn words_of(
        &mut self,
        name: FieldName,
        at: usize,
        sign: Option<&'static str>,
        run_max: usize,
    ) -> Result<Node, QueryError> {
        let mut words = self.words_in_a_row(if name.takes_runs() { run_max } else { 1 });
        loop {
            if words.last().is_some_and(|last| self.is_before_a_unit(last, words.len())) {
                words.pop();
                continue;
            }
            let is_trial = words.len() > 1;
            let text = self.without_version(name, words.join(" "), at);
            let value = Value { text, at, sign, is_trial };
            match leaf::field(name, &value, false, self.reading) {
                Ok(node) => {
                    self.at += words.len();
                    if let Node::Leaf(Leaf::Day { field, .. }) = &node {
                        asked::note_of_year(self, *field, &value);
                    }
                    return Ok(node);
                }
                Err(error) if words.len() <= 1 => return Err(error),
                Err(_) => _ = words.pop(),
            }
        }
    }

    /// The id of a skill that is written with a version, `skill:"postgres 15"`, and a note; else the text as it is.
    fn without_version(&mut self, field: FieldName, text: String, at: usize) -> String {
        let taxonomy = self.reading.taxonomy;
        let is_skill = matches!(field, FieldName::Skill | FieldName::Like | FieldName::Wants);
        let Some((name, version)) = text.rsplit_once(' ').filter(|_| is_skill) else { return text };
        let Some(skill) = asked::versioned(name, version, taxonomy) else { return text };
        self.note(at, asked::note_of_version(name, version, skill, taxonomy));
        taxonomy.skill(skill).id.clone()
    }

    fn expected_more(&self) -> QueryError {
        let after = self.tokens.last().map_or("", |t| t.kind.word());
        QueryError::at(self.end, format!("expected a word after {after}"))
    }
}

/// What other tools call nearness (`NEAR/5`, `W/3`) is not built: an error, not two words.
fn refuse_nearness(word: &str, at: usize) -> Result<(), QueryError> {
    let (name, number) = word.split_once('/').unwrap_or((word, ""));
    let is_number = number.bytes().all(|b| b.is_ascii_digit());
    let capitals = name.to_uppercase();
    let is_one = match capitals.as_str() {
        // In small letters `near` alone is a word.
        "NEAR" | "ONEAR" => is_number && (name == capitals || !number.is_empty()),
        "W" | "PRE" | "WITHIN" | "ADJ" => is_number && !number.is_empty(),
        _ => false,
    };
    if !is_one {
        return Ok(());
    }
    let error = QueryError::at(at, format!("expected `and`, `or` or `not`, found `{word}`"));
    Err(error.hint("how near words stand cannot be asked; `\"clean code\"` finds words in a row"))
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
            Kind::Like => "`~`",
            Kind::Field(_) => "a field",
            Kind::Everybody => "`*`",
            Kind::Word(_) | Kind::Phrase(_) | Kind::Compare(_) => "a word",
        }
    }
}

/// Narrows years to what is also asked.
pub(super) fn narrowed(skill: &mut AskedSkill, min: u16, max: u16) -> bool {
    let (min, max) = match skill.years {
        Some(YearsAsked::Between { min_tenths, max_tenths }) => (min.max(min_tenths), max.min(max_tenths)),
        _ => (min, max),
    };
    skill.years = Some(YearsAsked::Between { min_tenths: min, max_tenths: max });
    min <= max
}
