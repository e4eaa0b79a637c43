//! The unified diff that `git apply` accepts.

use imara_diff::{Algorithm, Diff, InternedInput};
use std::{
    io::{self, Write},
    path::Path,
};

/// Lines of context round a change.
const CONTEXT: usize = 3;

/// Prints what changes from `before` to `after`; nothing when they are equal.
pub fn unified(path: &Path, before: &[u8], after: &[u8], out: &mut dyn Write) -> io::Result<bool> {
    if before == after {
        return Ok(false);
    }
    let (old, new) = (lines(before), lines(after));
    let mut input = InternedInput::default();
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let hunks: Vec<_> = diff.hunks().collect();
    // No `diff --git` line: with it, git would take the path as one from the top of the work tree.
    writeln!(out, "--- {}", quoted("a/", path))?;
    writeln!(out, "+++ {}", quoted("b/", path))?;
    let mut first = 0;
    while first < hunks.len() {
        // Changes whose contexts touch make one hunk.
        let mut last = first;
        while last + 1 < hunks.len()
            && hunks[last + 1].before.start as usize <= hunks[last].before.end as usize + 2 * CONTEXT
        {
            last += 1;
        }
        let group = &hunks[first..=last];
        let (start, end) = (group[0].before.start as usize, group[group.len() - 1].before.end as usize);
        let (new_start, new_end) = (group[0].after.start as usize, group[group.len() - 1].after.end as usize);
        let lead = start.min(CONTEXT);
        let trail = (old.len() - end).min(CONTEXT);
        let range = |from: usize, to: usize| match to - from {
            0 => format!("{from},0"),
            1 => format!("{}", from + 1),
            n => format!("{},{n}", from + 1),
        };
        writeln!(out, "@@ -{} +{} @@", range(start - lead, end + trail), range(new_start - lead, new_end + trail))?;
        let mut at = start - lead;
        for hunk in group {
            for line in &old[at..hunk.before.start as usize] {
                put(out, b' ', line)?;
            }
            for line in &old[hunk.before.start as usize..hunk.before.end as usize] {
                put(out, b'-', line)?;
            }
            for line in &new[hunk.after.start as usize..hunk.after.end as usize] {
                put(out, b'+', line)?;
            }
            at = hunk.before.end as usize;
        }
        for line in &old[at..end + trail] {
            put(out, b' ', line)?;
        }
        first = last + 1;
    }
    Ok(true)
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&b| b == b'\n').collect()
}

fn put(out: &mut dyn Write, sign: u8, line: &[u8]) -> io::Result<()> {
    out.write_all(&[sign])?;
    out.write_all(line)?;
    if !line.ends_with(b"\n") {
        out.write_all(b"\n\\ No newline at end of file\n")?;
    }
    Ok(())
}

/// A path as git writes it: relative to the current folder where it can be, quoted and escaped when it holds anything
/// odd.
fn quoted(prefix: &str, path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let path =
        here.and_then(|h| path.strip_prefix(h).ok().map(Path::to_path_buf)).unwrap_or_else(|| path.to_path_buf());
    let bytes = path.as_os_str().as_encoded_bytes();
    let bytes = bytes.strip_prefix(b"./").unwrap_or(bytes);
    let bytes = bytes.strip_prefix(b"/").unwrap_or(bytes);
    let bytes: Vec<u8> = bytes.iter().map(|&b| if cfg!(windows) && b == b'\\' { b'/' } else { b }).collect();
    let odd = |b: &u8| !(0x21..0x7F).contains(b) || matches!(b, b'"' | b'\\');
    let mut out = String::new();
    let quote = bytes.iter().any(odd);
    if quote {
        out.push('"');
    }
    out.push_str(prefix);
    for b in bytes {
        match b {
            b'"' | b'\\' => out.extend(['\\', char::from(b)]),
            0x20..0x7F => out.push(char::from(b)),
            _ => out.push_str(&format!("\\{b:03o}")),
        }
    }
    if quote {
        out.push('"');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_hunks() {
        let mut out = Vec::new();
        assert!(unified(Path::new("a.txt"), b"one\ntwo\nthree", b"one\nTWO\nthree", &mut out).unwrap());
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n\\ No newline at end of file\n"
        );
        assert!(!unified(Path::new("a"), b"x", b"x", &mut Vec::new()).unwrap());
    }
}
