//! A rule's regex, of which only the branches are compiled that may match: a rule that knows the same phrase in thirty
//! languages would otherwise cost a run some tens of milliseconds at its first hit.

use crate::analysis::around::boundary_before;
use regex::{Captures, Regex, RegexBuilder};
use regex_syntax::{
    ParserBuilder,
    ast::{Ast, GroupKind, parse::Parser},
    hir::literal::Extractor,
};
use std::sync::OnceLock;

/// The branches of a regex, in order.
pub(super) struct Alternatives {
    branches: Vec<Branch>,
    /// What the branches' matches begin with, in lower case, each with the number of its branch; sorted.
    beginnings: Vec<(String, usize)>,
    /// The bytes that are the first of one.
    first: [bool; 256],
    ignore_case: bool,
}

struct Branch {
    pattern: String,
    /// Whether it is known what each of its matches begins with.
    is_known: bool,
    regex: OnceLock<Option<Regex>>,
}

/// A regex with fewer branches is compiled as it stands.
const LEAST: usize = 4;
/// No beginning is longer: what the extractor keeps of a literal.
const LONGEST: usize = 256;

impl Alternatives {
    /// Takes a pattern apart; nothing is compiled yet.
    pub(super) fn new(pattern: &str, ignore_case: bool) -> Alternatives {
        let patterns = split(pattern).unwrap_or_else(|| vec![pattern.to_owned()]);
        let mut all = Alternatives { branches: Vec::new(), beginnings: Vec::new(), first: [false; 256], ignore_case };
        let several = patterns.len() > 1;
        for (number, pattern) in patterns.into_iter().enumerate() {
            let beginnings = if several { beginnings(&pattern) } else { Vec::new() };
            all.branches.push(Branch { is_known: !beginnings.is_empty(), pattern, regex: OnceLock::new() });
            all.beginnings.extend(beginnings.into_iter().map(|beginning| (beginning, number)));
        }
        all.beginnings.sort();
        for first in all.beginnings.iter().filter_map(|(beginning, _)| beginning.bytes().next()) {
            all.first[usize::from(first)] = true;
        }
        all
    }

    /// The first match that begins between `from` and `end`, as one regex would find it.
    pub(super) fn captures_at<'h>(&self, text: &'h str, from: usize, end: usize) -> Option<Captures<'h>> {
        let part = &text[from..boundary_before(text, end.saturating_add(LONGEST)).max(from)];
        let found = self.candidates(part).filter_map(|regex| regex.captures_at(text, from));
        // Of those that begin at the same place the first branch's.
        found.min_by_key(|captures| captures.get(0).map_or(usize::MAX, |m| m.start()))
    }

    /// Whether a line has a match.
    pub(super) fn is_match(&self, line: &str) -> bool {
        self.candidates(line).any(|regex| regex.is_match(line))
    }

    /// The branches, compiled, of which a match may begin in a part of a text.
    fn candidates(&self, part: &str) -> impl Iterator<Item = &Regex> {
        let may: Vec<bool> = self.may_begin_in(part);
        let chosen = self.branches.iter().zip(may).filter(|(_, may)| *may);
        chosen.filter_map(|(branch, _)| branch.regex(self.ignore_case))
    }

    /// For each branch whether one of its matches may begin in a part of a text: all beginnings are looked for at once.
    fn may_begin_in(&self, part: &str) -> Vec<bool> {
        let mut may: Vec<bool> = self.branches.iter().map(|branch| !branch.is_known).collect();
        if self.beginnings.is_empty() {
            return may;
        }
        let folded = part.to_lowercase();
        let folded = folded.as_bytes();
        for (at, _) in folded.iter().enumerate().filter(|(_, b)| self.first[usize::from(**b)]) {
            let rest = &folded[at..];
            let pair = &rest[..2.min(rest.len())];
            let from = self.beginnings.partition_point(|(beginning, _)| beginning.as_bytes() < pair);
            let near =
                self.beginnings[from..].iter().take_while(|(beginning, _)| beginning.as_bytes().starts_with(pair));
            for (beginning, branch) in near {
                may[*branch] |= rest.starts_with(beginning.as_bytes());
            }
        }
        may
    }
}

impl Branch {
    fn regex(&self, ignore_case: bool) -> Option<&Regex> {
        self.regex.get_or_init(|| build(&self.pattern, ignore_case)).as_ref()
    }
}

/// Compiles a rule's regex.
fn build(pattern: &str, ignore_case: bool) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(ignore_case).multi_line(true).crlf(true).build().ok()
}

/// The branches of a pattern that is nothing but branches.
fn split(pattern: &str) -> Option<Vec<String>> {
    const VERBOSE: &str = "(?x)";
    let ast = Parser::new().parse(pattern).ok()?;
    let Ast::Alternation(all) = &ast else { return None };
    if all.asts.len() < LEAST {
        return None;
    }
    let verbose = pattern.starts_with(VERBOSE);
    // Other flags hold for all branches that follow, and groups without names are numbered through.
    if all.asts.iter().map(flags).sum::<usize>() > usize::from(verbose) || is_numbered(&ast) {
        return None;
    }
    let part = |(i, ast): (usize, &Ast)| {
        let span = ast.span();
        let text = pattern.get(span.start.offset..span.end.offset)?;
        Some(if verbose && i > 0 { format!("{VERBOSE}{text}") } else { text.to_owned() })
    };
    all.asts.iter().enumerate().map(part).collect()
}

/// Whether a group is known by its number only.
fn is_numbered(ast: &Ast) -> bool {
    match ast {
        Ast::Group(group) => matches!(group.kind, GroupKind::CaptureIndex(_)) || is_numbered(&group.ast),
        Ast::Repetition(repetition) => is_numbered(&repetition.ast),
        Ast::Concat(parts) => parts.asts.iter().any(is_numbered),
        Ast::Alternation(parts) => parts.asts.iter().any(is_numbered),
        _ => false,
    }
}

/// How often a branch sets flags outside of groups.
fn flags(branch: &Ast) -> usize {
    match branch {
        Ast::Flags(_) => 1,
        Ast::Concat(parts) => parts.asts.iter().filter(|part| matches!(part, Ast::Flags(_))).count(),
        _ => 0,
    }
}

/// What the matches of a pattern begin with; empty where that is not known or says little.
fn beginnings(pattern: &str) -> Vec<String> {
    const SHORTEST: usize = 3;
    let Ok(hir) = ParserBuilder::new().multi_line(true).crlf(true).build().parse(pattern) else { return Vec::new() };
    let found = Extractor::new().extract(&hir);
    let literals = found.literals().unwrap_or_default();
    let texts = literals.iter().map(|l| std::str::from_utf8(l.as_bytes()).ok().map(str::to_lowercase));
    match texts.collect::<Option<Vec<String>>>() {
        Some(all) if all.iter().all(|t| (SHORTEST..=LONGEST).contains(&t.len())) => all,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_find_what_the_whole_finds() {
        let pattern =
            r"(?x) if\ you\ (?:like|want) [^.]{0,9} | (?:would|do)\ you\ want | möchten\ Sie,\ dass | (?P<hit>x+)y | ~";
        let (whole, parts) = (build(pattern, true).unwrap(), Alternatives::new(pattern, true));
        assert_eq!(parts.branches.len(), 5);
        for text in ["If you like it. Do you want more?", "MÖCHTEN SIE, DASS", "axxy ~", "~ xy", "nothing", ""] {
            let spans = |c: Captures<'_>| c.iter().flatten().map(|m| (m.start(), m.end())).collect::<Vec<_>>();
            assert_eq!(
                parts.captures_at(text, 0, text.len()).map(spans),
                whole.captures_at(text, 0).map(spans),
                "{text}"
            );
        }
    }

    #[test]
    fn flags_hold_for_all_branches() {
        let parts = Alternatives::new("(?i)alpha|beta|gamma|delta", false);
        assert_eq!(parts.branches.len(), 1);
        assert!(parts.captures_at("a DELTA", 0, 7).is_some());
        assert_eq!(Alternatives::new("(?x) alpha | beta | (?i:gamma) | delta", false).branches.len(), 4);
        assert_eq!(Alternatives::new("(?x) alpha | beta | (?i) gamma | delta", false).branches.len(), 1);
    }

    #[test]
    fn numbers_of_groups_stay() {
        let parts = Alternatives::new("a(.)|b(.)|c(.)|d(.)", false);
        let found = parts.captures_at("dx", 0, 2).unwrap();
        assert_eq!(found.get(4).map(|m| m.as_str()), Some("x"));
    }

    #[test]
    fn only_what_may_match_is_compiled() {
        let parts = Alternatives::new("alpha|beta [0-9]+|gamma|delta", false);
        assert!(parts.captures_at("a beta 7", 0, 8).is_some());
        let compiled: Vec<bool> = parts.branches.iter().map(|b| b.regex.get().is_some()).collect();
        assert_eq!(compiled, [false, true, false, false]);
    }
}
