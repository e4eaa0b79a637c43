//! Which lines a run reports on: those of a patch, or those that git says are new.

use super::{
    args::{NewArgs, PartArgs},
    exit::Trouble,
};
use crate::{input, report::line, suppress::changed::Changed};
use std::{
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};

/// The lines that are new.
pub(super) struct Lines {
    changed: Changed,
}

impl Lines {
    /// `None` when all lines count.
    pub(super) fn new(args: &PartArgs, new: Option<&NewArgs>) -> Result<Option<Lines>, Trouble> {
        let changed = if let Some(base) = &args.diff_base {
            if base.starts_with('-') || base.is_empty() {
                return Err(Trouble::new(format!("--diff-base {base}: this is no commit")));
            }
            let known = git(&["rev-parse", "--verify", "--quiet", &format!("{base}^{{commit}}")]);
            if known.is_err() {
                // Says so when git itself is the trouble.
                git(&["rev-parse", "--git-dir"])?;
                let shallow = git(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|o| o.starts_with(b"true"));
                let way = if shallow { "; the clone is shallow: fetch it first (git fetch --unshallow)" } else { "" };
                return Err(Trouble::new(format!("--diff-base {base}: git knows no such commit{way}")));
            }
            let mut changed = Changed::parse(&diff(&[base])?);
            for path in git(&["ls-files", "--others", "--exclude-standard", "-z"])?.split(|&b| b == 0) {
                if !path.is_empty() {
                    changed.add_file(&to_path(path));
                }
            }
            changed
        } else if new.is_some_and(|n| n.staged) {
            Changed::parse(&diff(&["--cached"])?)
        } else if let Some(file) = &args.patch {
            let mut patch = Vec::new();
            let fail = |e: std::io::Error| Trouble::new(format!("{}: {}", line::path(file), input::reason(&e)));
            if file.as_os_str() == "-" {
                std::io::stdin().lock().read_to_end(&mut patch).map_err(fail)?;
            } else {
                patch = std::fs::read(file).map_err(fail)?;
            }
            let changed = Changed::parse(&patch);
            if changed.is_empty() && !patch.iter().all(u8::is_ascii_whitespace) {
                return Err(Trouble::new(format!("{}: this is no unified patch", line::path(file))));
            }
            changed
        } else {
            return Ok(None);
        };
        Ok(Some(Lines { changed }))
    }
    pub(super) fn has(&self, path: &Path) -> bool {
        self.changed.has(path)
    }
    /// The files whose lines these are.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.changed.files()
    }
    pub(super) fn touches(&self, path: &Path, first: u32, last: u32) -> bool {
        self.changed.touches(path, first, last)
    }
}

fn diff(what: &[&str]) -> Result<Vec<u8>, Trouble> {
    // Text in UTF-16 is binary to git, and would have no new lines.
    let mut args =
        vec!["diff", "--text", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"];
    args.extend(["--relative", "--src-prefix=a/", "--dst-prefix=b/"]);
    args.extend(what);
    args.push("--");
    git(&args)
}

fn git(args: &[&str]) -> Result<Vec<u8>, Trouble> {
    // A hook for the file system is a program that a repository's own settings could name.
    let output = Command::new("git").args(["-c", "core.fsmonitor=false"]).args(args).output();
    let output = output.map_err(|e| Trouble::new(format!("git cannot be run: {}", input::reason(&e))))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it gave no reason").trim_start_matches("fatal: ").to_owned();
    Err(Trouble::new(format!("git {}: {said}", args.first().copied().unwrap_or_default())))
}

#[cfg(unix)]
fn to_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn to_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// A file as it is staged; `None` where no regular file of that name is.
pub(super) fn staged(path: &Path) -> Result<Option<Vec<u8>>, Trouble> {
    let folder = std::env::current_dir().unwrap_or_default();
    let whole = super::files::plain(path);
    let name = whole.strip_prefix(&folder).unwrap_or(&whole).to_string_lossy().into_owned();
    let list = git(&["--literal-pathspecs", "ls-files", "--stage", "-z", "--", &name])?;
    let mut parts = list.split(|b| *b == b' ');
    match (parts.next(), parts.next().and_then(|hash| std::str::from_utf8(hash).ok())) {
        (Some(b"100644" | b"100755"), Some(hash)) => git(&["cat-file", "blob", hash]).map(Some),
        _ => Ok(None),
    }
}
