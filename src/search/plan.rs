//! A query as understood becomes a query of the index, and what to look for in each hit.
//!
//! In come an expression, the fields and the dictionary; out come tantivy's own query objects (its parser is never asked)
//! and the words and facts to look for in each hit.
//!
//! Conditions that stand side by side (joined by `AND` or by nothing, in the same brackets) are about the same claim where
//! a person means that: `named:` and `person:` qualify the `role:` beside them, `value:` the `claim:`, `purpose:` every
//! claim, and `severity:` and `subject:` the `rule:`. Two claims side by side are two claims.

use super::condition::{Alternatives, cited, patterns};
use super::query::{Expr, Field, Leaf, QueryError, Scope, Value};
use super::reference::Kind;
use super::schema::{Fields, NEVER};
use super::together::{Group, Pattern, Together};
use super::{days, terms, words};
use crate::dictionary::Dictionary;
use crate::model::Day;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

/// What makes a notice a hit, to be looked for in its text and facts.
#[derive(Clone, Debug, PartialEq)]
pub enum Sought {
    /// One of these words or whole references.
    Word(Vec<String>),
    /// These words in this order.
    Phrase(Vec<String>),
    /// A word that begins so, behind these.
    Begins(Vec<String>, String),
    /// A claim or finding with such terms.
    Fact(Alternatives),
}

/// A query of the index.
pub struct Plan {
    /// What tantivy is asked.
    pub query: Box<dyn Query>,
    /// What to look for in a hit.
    pub sought: Vec<Sought>,
    /// Whether findings were asked for, which hold as of a day.
    pub findings: bool,
}

/// Makes queries of the index.
pub struct Planner<'d> {
    fields: Fields,
    dictionary: &'d Dictionary,
    /// Findings must have held on this day.
    day: Option<Day>,
    sought: Vec<Sought>,
    findings: bool,
    /// How many negations stand around.
    negations: usize,
}

impl<'d> Planner<'d> {
    /// A planner; with a day, findings that came later do not count.
    pub fn new(fields: Fields, dictionary: &'d Dictionary, day: Option<Day>) -> Planner<'d> {
        Planner { fields, dictionary, day, sought: Vec::new(), findings: false, negations: 0 }
    }

    /// The plan of an expression.
    ///
    /// # Errors
    /// Where a value cannot be one of its field.
    pub fn plan(mut self, expr: &Expr) -> Result<Plan, QueryError> {
        let query = self.expr(expr)?;
        Ok(Plan { query, sought: self.sought, findings: self.findings })
    }

    fn expr(&mut self, expr: &Expr) -> Result<Box<dyn Query>, QueryError> {
        match expr {
            Expr::And(of) => self.all(of),
            Expr::Or(of) => {
                let any = of.iter().map(|e| self.expr(e)).collect::<Result<Vec<_>, _>>()?;
                Ok(Box::new(BooleanQuery::union(any)))
            }
            Expr::Not(_) | Expr::Leaf(_) => self.all(std::slice::from_ref(expr)),
        }
    }

    /// Everything of a list, with what belongs to one claim or finding put together.
    fn all(&mut self, of: &[Expr]) -> Result<Box<dyn Query>, QueryError> {
        let (facts, others): (Vec<&Expr>, Vec<&Expr>) = of.iter().partition(|e| fact_field(e).is_some());
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for alternatives in self.together(&facts)? {
            clauses.push((Occur::Must, self.fact(alternatives)));
        }
        for expr in others {
            match expr {
                Expr::Not(inside) => {
                    self.negations += 1;
                    let query = self.expr(inside);
                    self.negations -= 1;
                    clauses.push((Occur::MustNot, query?));
                }
                Expr::Leaf(leaf) => clauses.push((Occur::Must, self.leaf(leaf)?)),
                nested => clauses.push((Occur::Must, self.expr(nested)?)),
            }
        }
        if clauses.iter().all(|c| c.0 == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// The conditions on facts, each list about one fact.
    fn together(&self, of: &[&Expr]) -> Result<Vec<Alternatives>, QueryError> {
        let mut all = Vec::new();
        for expr in of {
            let Some(field) = fact_field(expr) else { continue };
            all.push((field, claim_kind(expr), self.alternatives(expr)?));
        }
        let mut used = vec![false; all.len()];
        let mut out = Vec::new();
        for (field, kind, own) in all.iter().filter(|c| matches!(c.0.info().scope, Scope::Claim | Scope::Finding)) {
            let mut conditions = vec![own.clone()];
            let mut about: Vec<Field> = Vec::new();
            for (at, (other, _, alternatives)) in
                all.iter().enumerate().filter(|(_, c)| qualifies(c.0, *field, kind.as_deref()))
            {
                used[at] = true;
                if about.contains(other) {
                    // A second purpose: the claim is wanted for each of them.
                    conditions = conditions.iter().flat_map(|c| [c.clone(), both(own, alternatives)]).collect();
                    continue;
                }
                about.push(*other);
                conditions = conditions.iter().map(|c| both(c, alternatives)).collect();
            }
            out.extend(conditions);
        }
        let opens = |scope| matches!(scope, Scope::Claim | Scope::Finding);
        // What qualifies nothing beside it stands for itself: role:siro says nothing about severity:error.
        let alone = all.iter().zip(&used).filter(|(c, used)| !opens(c.0.info().scope) && !**used);
        let mut unused: Vec<Alternatives> = Vec::new();
        let mut finding: Option<Alternatives> = None;
        for ((field, _, alternatives), _) in alone {
            match (field.info().scope, finding.as_mut()) {
                (Scope::AboutFinding, Some(so_far)) => *so_far = both(so_far, alternatives),
                (Scope::AboutFinding, None) => finding = Some(alternatives.clone()),
                _ => unused.push(alternatives.clone()),
            }
        }
        out.extend(unused.into_iter().chain(finding));
        Ok(out)
    }

    /// What a condition, or several of one field joined by OR, asks of a fact.
    fn alternatives(&self, expr: &Expr) -> Result<Alternatives, QueryError> {
        match expr {
            Expr::Or(of) => {
                let each = of.iter().map(|e| self.alternatives(e)).collect::<Result<Vec<_>, _>>()?;
                Ok(each.into_iter().flatten().collect())
            }
            Expr::Leaf(Leaf { field: Some(field), .. }) => {
                let Expr::Leaf(leaf) = expr else { return Ok(Vec::new()) };
                patterns(*field, leaf, self.dictionary)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The query for a fact.
    fn fact(&mut self, mut alternatives: Alternatives) -> Box<dyn Query> {
        let about_finding = |pattern: &Pattern| match pattern {
            Pattern::Whole(t) | Pattern::Prefix(t) | Pattern::Between(t, _) => {
                ["rule:", "severity:", "subject:"].iter().any(|f| t.starts_with(f))
            }
        };
        if alternatives.iter().flatten().flatten().any(about_finding) {
            self.findings = true;
            if let Some(day) = self.day {
                let held = Pattern::Between(terms::since(None), terms::since(Some(&day.to_string())));
                alternatives.iter_mut().for_each(|groups| groups.push(vec![held.clone()]));
            }
        }
        if self.negations == 0 {
            self.sought.push(Sought::Fact(alternatives.clone()));
        }
        let any = alternatives.into_iter().map(|groups| self.groups(groups));
        let any: Vec<Box<dyn Query>> = any.collect();
        Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(any)), 1.0))
    }

    fn groups(&self, groups: Vec<Group>) -> Box<dyn Query> {
        if let [group] = &groups[..]
            && let [Pattern::Whole(term)] = &group[..]
        {
            let term = Term::from_field_text(self.fields.facts, term);
            return Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        }
        Box::new(Together { field: self.fields.facts, groups, in_order: false })
    }

    fn leaf(&mut self, leaf: &Leaf) -> Result<Box<dyn Query>, QueryError> {
        let (query, sought) = match leaf.field {
            Some(field @ (Field::Reviewed | Field::Captured)) => return self.day_of(field, leaf),
            Some(field) => return Ok(self.fact(patterns(field, leaf, self.dictionary)?)),
            None => self.text(leaf)?,
        };
        if self.negations == 0 {
            self.sought.extend(sought);
        }
        Ok(query)
    }

    fn day_of(&self, field: Field, leaf: &Leaf) -> Result<Box<dyn Query>, QueryError> {
        let (from, to) = days::range(leaf)?;
        let field = if field == Field::Reviewed { self.fields.reviewed } else { self.fields.captured };
        let bound = |day| Bound::Included(Term::from_field_u64(field, day));
        Ok(Box::new(ConstScoreQuery::new(Box::new(RangeQuery::new(bound(from), bound(to.min(NEVER)))), 0.0)))
    }

    /// Words of the text.
    fn text(&self, leaf: &Leaf) -> Result<(Box<dyn Query>, Vec<Sought>), QueryError> {
        let none = || QueryError::new(leaf.at.clone(), "a word was expected here: letters or figures");
        let term = |word: &str| Term::from_field_text(self.fields.text, word);
        let single = |word: &str| Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs)) as Box<dyn Query>;
        match &leaf.value {
            Value::Reference { kind, values, .. } => Ok(self.reference(*kind, values)),
            Value::Prefix(text) => {
                let mut all = words::plain(text);
                let last = all.pop().ok_or_else(none)?;
                let mut groups: Vec<Group> = all.iter().map(|w| vec![Pattern::Whole(w.clone())]).collect();
                groups.push(vec![Pattern::Prefix(last.clone())]);
                let query = Box::new(Together { field: self.fields.text, groups, in_order: true });
                Ok((query, vec![Sought::Begins(all, last)]))
            }
            Value::Word(text) | Value::Phrase(text) => match &words::plain(text)[..] {
                [] => Err(none()),
                [word] if matches!(leaf.value, Value::Word(_)) => {
                    let forms = words::forms(word);
                    let any = forms.iter().map(|f| single(f)).collect();
                    Ok((Box::new(BooleanQuery::union(any)), vec![Sought::Word(forms)]))
                }
                [word] => Ok((single(word), vec![Sought::Word(vec![word.clone()])])),
                several => {
                    let query = PhraseQuery::new(several.iter().map(|w| term(w)).collect());
                    Ok((Box::new(query), vec![Sought::Phrase(several.to_vec())]))
                }
            },
            Value::Between(..) | Value::Below(_) | Value::Above(_) => Err(none()),
        }
    }

    /// A reference: where the text has it in any form, and where a claim has it, as in "Articles 6(1)(c) and (e)".
    fn reference(&self, kind: Kind, values: &[String]) -> (Box<dyn Query>, Vec<Sought>) {
        let field = match kind {
            Kind::Article => Field::Basis,
            Kind::Approval => Field::Cag,
            Kind::Registration => Field::Ico,
        };
        let (mut all, mut sought): (Vec<Box<dyn Query>>, Vec<Sought>) = (Vec::new(), Vec::new());
        for value in values {
            let pattern = cited(field, value);
            let text: Box<dyn Query> = match &pattern {
                Pattern::Whole(_) => {
                    sought.push(Sought::Word(vec![value.clone()]));
                    let term = Term::from_field_text(self.fields.text, value);
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
                }
                _ => {
                    // "9(2)" without its letter also finds "9(2)(h)".
                    let parts = words::plain(value);
                    sought.push(Sought::Phrase(parts.clone()));
                    let terms = parts.iter().map(|w| Term::from_field_text(self.fields.text, w)).collect();
                    Box::new(PhraseQuery::new(terms))
                }
            };
            let groups = vec![vec![pattern]];
            sought.push(Sought::Fact(vec![groups.clone()]));
            let claim = ConstScoreQuery::new(self.groups(groups), 1.0);
            all.push(Box::new(BooleanQuery::union(vec![text, Box::new(claim)])));
        }
        (Box::new(BooleanQuery::intersection(all)), sought)
    }
}

/// Both conditions at one place.
fn both(a: &Alternatives, b: &Alternatives) -> Alternatives {
    a.iter().flat_map(|x| b.iter().map(|y| [x.clone(), y.clone()].concat())).collect()
}

/// The field of a condition on claims or findings, or of several of one field joined by OR.
fn fact_field(expr: &Expr) -> Option<Field> {
    match expr {
        Expr::Leaf(Leaf { field: Some(field), .. }) => {
            let scope = field.info().scope;
            (!matches!(scope, Scope::Notice | Scope::Day)).then_some(*field)
        }
        Expr::Or(of) => {
            let first = fact_field(of.first()?)?;
            of.iter().all(|e| fact_field(e) == Some(first)).then_some(first)
        }
        _ => None,
    }
}

/// The kind that `claim:` asks for.
fn claim_kind(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Leaf(Leaf { field: Some(Field::Claim), value: Value::Word(kind) | Value::Phrase(kind), .. }) => {
            Some(kind.to_lowercase())
        }
        _ => None,
    }
}

/// Whether a condition says something about the claim or finding beside it.
fn qualifies(what: Field, of: Field, kind: Option<&str>) -> bool {
    let role = of == Field::Role || kind == Some("role");
    match what {
        Field::Person | Field::Named => role,
        Field::Value => of == Field::Claim,
        Field::Purpose => of.info().scope == Scope::Claim && !role,
        Field::Severity | Field::Subject => of == Field::Rule,
        _ => false,
    }
}
