//! `fix --output-dir`: cleaned copies in a folder of their own, laid out as the inputs are.

use super::{
    exit::Trouble,
    files::{common_folder, plain},
};
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
        Ok(Copies { to: to.to_path_buf(), from: common_folder(paths) })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_stay_inside() {
        let copies = Copies { to: "out".into(), from: "/a/b".into() };
        assert_eq!(copies.target(Path::new("/a/b/c/d.txt")), Path::new("out/c/d.txt"));
        assert_eq!(copies.target(Path::new("/a/b/../../../x")), Path::new("out/x"));
        assert_eq!(common_folder(&["/a/b/x".into(), "/a/c/y".into()]), Path::new("/a"));
    }
}
