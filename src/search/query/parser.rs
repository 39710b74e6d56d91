//! Pieces of a query put together: `OR` binds least, then `AND` (also where nothing stands between two conditions), then
//! `NOT` and `-`; brackets group.

use super::fields::Field;
use super::lexer::{Piece, Placed, pieces};
use super::{Expr, Leaf, QueryError, Value};

/// Deepest nesting of brackets and negations.
const DEEPEST: usize = 64;

/// Longest query, in bytes.
const LONGEST: usize = 16 * 1024;

/// Most conditions of one query.
const CONDITIONS: usize = 512;

/// Reads a query.
///
/// # Errors
/// Where it is not one; the error has the place and says what was expected.
pub fn parse(query: &str) -> Result<Expr, QueryError> {
    if query.len() > LONGEST {
        let message = format!("a query has {LONGEST} bytes at most; ask in several queries (--queries FILE)");
        return Err(QueryError::new(LONGEST..LONGEST, message));
    }
    let pieces = pieces(query)?;
    if pieces.is_empty() {
        return Err(QueryError::new(
            0..0,
            "words or a field such as claim:retention were expected; the query is empty",
        ));
    }
    let conditions = pieces.iter().filter(|p| matches!(p.0, Piece::Value(_)));
    if let Some(beyond) = conditions.clone().nth(CONDITIONS) {
        let message = format!("a query has {CONDITIONS} conditions at most; ask in several queries (--queries FILE)");
        return Err(QueryError::new(beyond.1.clone(), message));
    }
    let mut parser = Parser { query, pieces: &pieces, at: 0, depth: 0, field: None };
    let expr = parser.any()?;
    match parser.peek() {
        None => Ok(expr),
        Some((_, place)) => Err(QueryError::new(place.clone(), "this ')' closes nothing; take it out, or open a '('")),
    }
}

struct Parser<'q> {
    query: &'q str,
    pieces: &'q [Placed],
    at: usize,
    depth: usize,
    /// The field whose values stand in the brackets around: `type:(ccg OR icb)`.
    field: Option<Field>,
}

impl<'q> Parser<'q> {
    fn peek(&self) -> Option<&'q Placed> {
        self.pieces.get(self.at)
    }

    fn next_is(&mut self, piece: &Piece) -> bool {
        let there = self.peek().is_some_and(|p| p.0 == *piece);
        self.at += usize::from(there);
        there
    }

    fn any(&mut self) -> Result<Expr, QueryError> {
        let mut of = vec![self.all()?];
        while self.next_is(&Piece::Or) {
            of.push(self.all()?);
        }
        Ok(if of.len() == 1 { of.remove(0) } else { Expr::Or(of) })
    }

    fn all(&mut self) -> Result<Expr, QueryError> {
        let mut of = vec![self.one()?];
        loop {
            let said = self.next_is(&Piece::And);
            match self.peek() {
                Some((Piece::Or | Piece::Close, _)) | None if !said => break,
                _ => of.push(self.one()?),
            }
        }
        Ok(if of.len() == 1 { of.remove(0) } else { Expr::And(of) })
    }

    fn one(&mut self) -> Result<Expr, QueryError> {
        let Some((piece, place)) = self.peek() else { return Err(self.ends_early()) };
        self.at += 1;
        if self.depth > DEEPEST {
            return Err(QueryError::new(place.clone(), "the query is nested too deeply; take brackets out"));
        }
        self.depth += 1;
        let found = match piece {
            Piece::Not => self.one().map(|e| Expr::Not(Box::new(e))),
            Piece::Open => self.group(place.start),
            Piece::Field(field) => self.field_value(*field, place.end),
            Piece::Value(value) => Ok(self.leaf(value, place)),
            Piece::Close => Err(QueryError::new(place.clone(), "words or a field were expected before this ')'")),
            Piece::And | Piece::Or => {
                let word = &self.query[place.clone()];
                let message = format!("words or a field were expected before {word}; quote it to find the word itself");
                Err(QueryError::new(place.clone(), message))
            }
        };
        self.depth -= 1;
        found
    }

    fn leaf(&self, value: &Value, place: &std::ops::Range<usize>) -> Expr {
        Expr::Leaf(Leaf { field: self.field, value: value.clone(), at: place.clone() })
    }

    fn group(&mut self, open: usize) -> Result<Expr, QueryError> {
        let inside = self.any()?;
        if self.next_is(&Piece::Close) {
            return Ok(inside);
        }
        Err(QueryError::new(open..open + 1, "a ')' was expected for this '('; close it, or take it out"))
    }

    fn field_value(&mut self, field: Field, end: usize) -> Result<Expr, QueryError> {
        let info = field.info();
        let wanted = || format!("a value was expected after {}:, such as {}", info.name, info.example);
        let next = self.peek().filter(|(_, place)| place.start == end);
        if let Some(outer) = self.field {
            let message = format!("a value of {}: was expected in its brackets, not another field", outer.info().name);
            return Err(QueryError::new(end - info.name.len() - 1..end, message));
        }
        match next {
            Some((Piece::Value(_), _)) => {
                self.field = Some(field);
                let leaf = self.one();
                self.field = None;
                leaf
            }
            Some((Piece::Open, place)) => {
                self.at += 1;
                self.field = Some(field);
                let group = self.group(place.start);
                self.field = None;
                group
            }
            _ => Err(QueryError::new(end - info.name.len() - 1..end, wanted())),
        }
    }

    fn ends_early(&self) -> QueryError {
        let end = self.query.len();
        let after = self
            .pieces
            .last()
            .map_or(String::new(), |(_, place)| format!(" after {}", self.query[place.clone()].trim()));
        QueryError::new(end..end, format!("words or a field were expected{after}; the query ends here"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A query as it was understood, in brackets.
    fn told(query: &str) -> String {
        fn expr(e: &Expr) -> String {
            let all = |of: &[Expr], with: &str| format!("({})", of.iter().map(expr).collect::<Vec<_>>().join(with));
            match e {
                Expr::And(of) => all(of, " & "),
                Expr::Or(of) => all(of, " | "),
                Expr::Not(e) => format!("!{}", expr(e)),
                Expr::Leaf(l) => {
                    let field = l.field.map_or(String::new(), |f| format!("{}:", f.info().name));
                    let value = match &l.value {
                        Value::Word(w) => w.clone(),
                        Value::Phrase(w) => format!("\"{w}\""),
                        Value::Prefix(w) => format!("{w}*"),
                        Value::Reference { values, .. } => format!("[{}]", values.join(" ")),
                        Value::Between(a, b) => {
                            format!("{}..{}", a.as_deref().unwrap_or(""), b.as_deref().unwrap_or(""))
                        }
                        Value::Below(d) => format!("<{d}"),
                        Value::Above(d) => format!(">{d}"),
                    };
                    field + &value
                }
            }
        }
        match parse(query) {
            Ok(e) => expr(&e),
            Err(e) => format!("{} at {}..{}", e.message, e.at.start, e.at.end),
        }
    }

    #[test]
    fn what_is_typed_is_what_is_meant() {
        for (query, meant) in [
            ("data retention", "(data & retention)"),
            ("a OR b c", "(a | (b & c))"),
            ("a AND NOT (b OR \"c d\")", "(a & !(b | \"c d\"))"),
            ("-claim:retention", "!claim:retention"),
            ("6(1)(e)", "[6(1)(e)]"),
            ("Article 6 (1) (e) consent", "([6(1)(e)] & consent)"),
            ("(6.1.e OR 6(1)(c))", "([6(1)(e)] | [6(1)(c)])"),
            ("CAG 7-07(a)/2013 optum", "([cag7-07(a)/2013] & optum)"),
            ("CAG7-07(a)(b)/2013", "[cag7-07(a)/2013 cag7-07(b)/2013]"),
            ("ZA 004909", "[za004909]"),
            ("basis:\"9(2)(h)\" purpose:risk-stratification", "(basis:[9(2)(h)] & purpose:risk-stratification)"),
            ("cag:7-04*", "cag:7-04*"),
            ("cag:CAG 7-04(a)/2013", "cag:[cag7-04(a)/2013]"),
            ("reviewed:<2023 captured:2019..", "(reviewed:<2023 & captured:2019..)"),
            ("type:(ccg OR icb)", "(type:ccg | type:icb)"),
            ("opt-out", "opt-out"),
            ("https://ico.org.uk", "https://ico.org.uk"),
            ("“legitimate interests”", "\"legitimate interests\""),
            ("risk strat*", "(risk & strat*)"),
        ] {
            assert_eq!(told(query), meant, "{query}");
        }
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (query, told_at) in [
            ("basis:9(2)(h) procesor:optum", "there is no field 'procesor'; did you mean 'processor:'? at 14..22"),
            ("a AND", "words or a field were expected after AND; the query ends here at 5..5"),
            ("(a OR b", "a ')' was expected for this '('; close it, or take it out at 0..1"),
            ("a) b", "this ')' closes nothing; take it out, or open a '(' at 1..2"),
            ("basis: 9", "a value was expected after basis:, such as basis:9(2)(h) at 0..6"),
            ("\"open", "a closing quote was expected before the end of the query at 0..1"),
            ("", "words or a field such as claim:retention were expected; the query is empty at 0..0"),
        ] {
            assert_eq!(told(query), told_at, "{query}");
        }
    }

    proptest! {
        #[test]
        fn no_query_makes_it_panic(query in "\\PC{0,60}") {
            if let Err(e) = parse(&query) {
                prop_assert!(e.column(&query) <= query.chars().count() + 1);
                prop_assert!(query.get(e.at.clone()).is_some(), "{:?} is no place of the query", e.at);
            }
        }

        #[test]
        fn no_jumble_of_its_own_marks_makes_it_panic(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "(", ")", "\"", "”", "-", "–", "AND", "OR", "NOT", " ", "*", ":", "basis:", "reviewed:", "..", "<", "6(1)(e)",
                    "CAG 7-07(a", "ZA 00", "é", "org:", "6.1", "/2013", "Article ", "\u{a0}", "x",
                ]),
                0..24,
            )
        ) {
            let query = pieces.concat();
            if let Err(e) = parse(&query) {
                prop_assert!(query.get(e.at.clone()).is_some(), "{:?} is no place of the query", e.at);
            }
        }
    }
}
