//! Where a run writes: standard output, or files that appear whole or not at all.

use super::{
    args::{Common, When},
    exit::Trouble,
};
use crate::{
    input,
    report::{self, Style, line},
};
use std::{
    fs::{self, File},
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// What `--output` asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Where the output goes; standard output where there is none.
    pub(super) main: Option<PathBuf>,
    /// Reports beside it: format and file.
    pub(super) more: Vec<(String, PathBuf)>,
}

impl Wanted {
    /// Takes `FORMAT=FILE` apart. A file whose own name is like that is written `./sarif=x`.
    pub(super) fn new(list: &[String]) -> Result<Wanted, Trouble> {
        let mut wanted = Wanted::default();
        for text in list {
            match text.split_once('=') {
                Some((format, file)) if report::FORMATS.contains(&format) => {
                    wanted.more.push((format.to_owned(), file.into()));
                }
                _ if wanted.main.is_some() => {
                    return Err(Trouble::new(format!(
                        "--output {text}: there is a file for the output already; write FORMAT=FILE for another report"
                    )));
                }
                _ => wanted.main = Some(text.into()),
            }
        }
        Ok(wanted)
    }
    /// Every file that is written.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        self.main.iter().chain(self.more.iter().map(|(_, f)| f)).cloned().collect()
    }
}

/// An open output.
pub(super) enum Output {
    /// Standard output; escape sequences are translated where a terminal needs that.
    Stdout(BufWriter<Box<dyn Write>>),
    /// A temporary file that takes the target's place at the end.
    File(BufWriter<NamedTempFile>, PathBuf),
    /// Something that is no regular file: a device, a pipe.
    Device(BufWriter<File>),
}

impl Output {
    /// Standard output.
    pub(super) fn stdout() -> Output {
        let out: Box<dyn Write> = Box::new(anstream::AutoStream::always(io::stdout()));
        Output::Stdout(BufWriter::new(out))
    }
    /// Standard error.
    pub(super) fn stderr() -> Output {
        Output::Stdout(BufWriter::new(Box::new(io::stderr())))
    }
    /// The file of that name, or standard output where there is none.
    pub(super) fn open(path: Option<&Path>) -> Result<Output, Trouble> {
        let Some(path) = path else { return Ok(Output::stdout()) };
        let refuse = |e: io::Error| {
            Trouble::new(format!("{}: cannot write the output there: {}", line::path(path), input::reason(&e)))
        };
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                return Err(Trouble::new(format!("{}: is a folder; --output needs a file", line::path(path))));
            }
            Ok(meta) if !meta.is_file() => {
                return Ok(Output::Device(BufWriter::new(File::options().write(true).open(path).map_err(refuse)?)));
            }
            _ => {}
        }
        // A link's target is replaced, not the link.
        if path.as_os_str().is_empty() {
            return Err(Trouble::new("--output: the name of the file is missing"));
        }
        let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = temporary(folder, &target).map_err(refuse)?;
        Ok(Output::File(BufWriter::new(file), target))
    }
    /// Writes what is held back and puts the file in its place.
    pub(super) fn finish(self) -> Result<(), Trouble> {
        match self {
            Output::Stdout(mut out) => out.flush()?,
            Output::Device(mut out) => out.flush()?,
            Output::File(out, target) => {
                let refuse = |e: io::Error| {
                    Trouble::new(format!("{}: cannot write the output: {}", line::path(&target), input::reason(&e)))
                };
                let file = out.into_inner().map_err(|e| refuse(e.into_error()))?;
                file.persist(&target).map_err(|e| refuse(e.error))?;
            }
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::File(out, _) => out.write(bytes),
            Output::Device(out) => out.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::File(out, _) => out.flush(),
            Output::Device(out) => out.flush(),
        }
    }
}

/// A temporary file with the permissions that the target has, or that a new file would get.
fn temporary(folder: &Path, target: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.prefix(".tidyglot-").tempfile_in(folder)?;
    if let Ok(meta) = fs::metadata(target) {
        if meta.permissions().readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        fs::set_permissions(file.path(), meta.permissions())?;
    }
    Ok(file)
}

/// Whether a variable of the environment is set to something.
fn set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|v| !v.is_empty())
}

/// Colours and width, from the arguments, the environment and the terminal.
pub(super) fn style(common: &Common, to_file: bool) -> Style {
    let color = match common.color {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto if set("FORCE_COLOR") || set("CLICOLOR_FORCE") => !to_file,
        When::Auto => !to_file && io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|t| t != "dumb"),
    };
    let from_env = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let width = from_env.or_else(|| terminal_size::terminal_size().map(|(w, _)| usize::from(w.0))).unwrap_or(100);
    let links = color && !to_file && has_links(io::stdout().is_terminal(), |name| std::env::var(name).ok());
    Style { color, width: width.clamp(40, 400), links }
}

/// Whether the terminal is one that is known to open links; `FORCE_HYPERLINK` has the last word.
fn has_links(terminal: bool, var: impl Fn(&str) -> Option<String>) -> bool {
    if let Some(forced) = var("FORCE_HYPERLINK").filter(|v| !v.is_empty()) {
        return forced != "0";
    }
    let term = var("TERM").unwrap_or_default();
    // Inside a multiplexer nobody knows what is outside of it.
    if !terminal || term == "dumb" || term.starts_with("screen") || term.starts_with("tmux") || var("CI").is_some() {
        return false;
    }
    let program = var("TERM_PROGRAM").unwrap_or_default();
    let vte = var("VTE_VERSION").and_then(|v| v.parse::<u32>().ok()).is_some_and(|v| v >= 5000);
    let set = |name: &str| var(name).is_some_and(|v| !v.is_empty());
    vte || ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"].contains(&program.as_str())
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM"].into_iter().any(set)
        || ["xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm"].iter().any(|t| term.starts_with(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_only_where_they_are_known_to_work() {
        let with = |terminal: bool, list: &[(&str, &str)]| {
            has_links(terminal, |name| list.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert!(with(true, &[("TERM", "xterm-kitty")]) && with(true, &[("VTE_VERSION", "7600")]));
        assert!(with(false, &[("FORCE_HYPERLINK", "1")]));
        assert!(!with(true, &[("VTE_VERSION", "4600")]) && !with(true, &[("TERM", "xterm-256color")]));
        assert!(
            !with(false, &[("TERM", "xterm-kitty")]) && !with(true, &[("TERM", "tmux"), ("TERM_PROGRAM", "vscode")])
        );
        assert!(!with(true, &[("TERM", "xterm-kitty"), ("FORCE_HYPERLINK", "0")]));
    }
}
