//! `fix --output-dir`: cleaned copies in a folder of their own, laid out as the inputs are.

use super::exit::Trouble;
use crate::{fix::write, input, report::line};
use std::{
    fs,
    path::{Component, Path, PathBuf},
};

/// Where copies go.
pub(super) struct Copies {
    to: PathBuf,
    /// The folder that all inputs have in common; its name is left out.
    from: PathBuf,
}

impl Copies {
    /// Copies into `to` of what lies under `paths`.
    pub(super) fn new(to: &Path, paths: &[PathBuf]) -> Result<Copies, Trouble> {
        fs::create_dir_all(to)
            .map_err(|e| Trouble::new(format!("{}: cannot be made a folder: {}", line::path(to), input::reason(&e))))?;
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here[..] } else { paths };
        let mut from: Option<PathBuf> = None;
        for path in paths {
            let path = plain(path);
            let folder = if path.is_dir() { path } else { path.parent().map(Path::to_path_buf).unwrap_or_default() };
            from = Some(match from {
                None => folder,
                Some(other) => common(&other, &folder),
            });
        }
        Ok(Copies { to: to.to_path_buf(), from: from.unwrap_or_default() })
    }
    /// Writes the copy of an input and says where.
    pub(super) fn write(&self, input: &Path, bytes: &[u8]) -> Result<PathBuf, Trouble> {
        let target = self.target(input);
        let refuse = |why: &str| Trouble::new(format!("{}: the copy cannot be written: {why}", line::path(&target)));
        if let (Ok(a), Ok(b)) = (target.canonicalize(), input.canonicalize())
            && a == b
        {
            return Err(refuse("it would take the place of the input; choose another folder"));
        }
        let folder = target.parent().unwrap_or(&self.to);
        fs::create_dir_all(folder).map_err(|e| refuse(&crate::input::reason(&e)))?;
        if target.exists() {
            write::write_atomic(&target, bytes).map_err(|e| refuse(&e.to_string()))?;
        } else {
            fs::write(&target, bytes).map_err(|e| refuse(&crate::input::reason(&e)))?;
        }
        Ok(target)
    }
    fn target(&self, input: &Path) -> PathBuf {
        let path = plain(input);
        let inside = path.strip_prefix(&self.from).unwrap_or(&path);
        // A name such as `../../x` must not lead out of the folder.
        let inside: PathBuf = inside.components().filter(|c| matches!(c, Component::Normal(_))).collect();
        self.to.join(inside)
    }
}

/// An absolute path without `.` and `..`, by its text alone.
fn plain(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut out = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

fn common(a: &Path, b: &Path) -> PathBuf {
    a.components().zip(b.components()).take_while(|(x, y)| x == y).map(|(x, _)| x).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_stay_inside() {
        let copies = Copies { to: "out".into(), from: "/a/b".into() };
        assert_eq!(copies.target(Path::new("/a/b/c/d.txt")), Path::new("out/c/d.txt"));
        assert_eq!(copies.target(Path::new("/a/b/../../../x")), Path::new("out/x"));
        assert_eq!(common(Path::new("/a/b"), Path::new("/a/c")), Path::new("/a"));
    }
}
