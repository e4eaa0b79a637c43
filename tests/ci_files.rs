//! The files for build servers and hooks, run as those would run them.

#![cfg(unix)]

mod common;

use common::Folder;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The block of text behind a key, as YAML reads `key: |`.
fn block(text: &str, key: &str, nth: usize) -> String {
    let mut lines = text.lines().skip_while(|l| l.trim() != format!("{key}: |") && l.trim() != "- |");
    for _ in 0..nth {
        lines.next();
    }
    let depth = lines.next().map(|l| l.len() - l.trim_start().len()).unwrap();
    let inside = |l: &&str| l.trim().is_empty() || l.len() - l.trim_start().len() > depth;
    lines.take_while(inside).map(|l| format!("{}\n", l.trim_start())).collect()
}

fn project() -> Folder {
    let folder = Folder::with("a.txt", "The caf\u{c3}\u{a9} opens at nine.\n");
    folder.write("quiet.txt", "The caf\u{c3}\u{a9} opens. <!-- tidyglot-ignore -->\n");
    folder.write("sub/known.txt", "A known caf\u{c3}\u{a9} here.\n");
    folder
}

/// The Action's own step, in a shell as the server starts it.
fn action(folder: &Folder, inputs: &[(&str, &str)]) -> Output {
    let temp = folder.cache();
    fs::create_dir_all(temp.join("tidyglot/bin")).unwrap();
    let program = temp.join("tidyglot/bin/tidyglot");
    if !program.exists() {
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_tidyglot"), &program).unwrap();
    }
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &block(&file("action.yml"), "run", 0)]);
    command.current_dir(folder.path()).stdin(Stdio::null());
    for (name, value) in [("PATHS", "."), ("ARGS", ""), ("BASE", ""), ("STRICT", "false"), ("SARIF", "")] {
        command.env(name, inputs.iter().find(|(n, _)| *n == name).map_or(value, |(_, v)| *v));
    }
    command.env("RUNNER_TEMP", &temp).env("GITHUB_STEP_SUMMARY", temp.join("summary.md")).output().unwrap()
}

fn out(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_action_reports_and_fails() {
    let folder = project();
    let done = action(&folder, &[]);
    assert_eq!(done.status.code(), Some(1), "{}", out(&done));
    assert!(out(&done).contains("::error file=a.txt,line=1"), "{}", out(&done));
    assert!(fs::read_to_string(folder.cache().join("summary.md")).unwrap().contains("mojibake"));
    let done = action(&folder, &[("PATHS", "sub\nquiet.txt\n"), ("ARGS", "--fail-on\nnever"), ("SARIF", "r.sarif")]);
    assert_eq!(done.status.code(), Some(0), "{}", out(&done));
    assert!(folder.text("r.sarif").contains("2.1.0"));
    // What a branch or a path is called is never run.
    for bad in ["$(touch owned)", "`touch owned`", "; touch owned", "'; touch owned; '"] {
        assert_eq!(action(&folder, &[("BASE", bad), ("PATHS", bad), ("ARGS", bad)]).status.code(), Some(2), "{bad}");
        assert!(!folder.at("owned").exists());
    }
}

#[test]
fn in_the_strict_mode_nothing_in_the_repository_silences() {
    let folder = project();
    folder.plain(&["check", ".", "--update-baseline"]);
    folder.write(
        "tidyglot.toml",
        "baseline = 'tidyglot-baseline.json'\nselect = ['typography']\nexclude = ['sub/**']\nfail-on = 'never'\n",
    );
    folder.write(".ignore", "a.txt\n");
    let lax = action(&folder, &[]);
    assert_eq!(lax.status.code(), Some(0), "{}", out(&lax));
    let strict = action(&folder, &[("STRICT", "true")]);
    assert_eq!(strict.status.code(), Some(1));
    for name in ["a.txt", "quiet.txt", "sub/known.txt"] {
        assert!(out(&strict).contains(&format!("file={name},")), "{name}: {}", out(&strict));
    }
}

#[test]
fn the_gitlab_template_writes_its_report() {
    let folder = project();
    let script = block(&file("ci/gitlab.yml"), "-", 0);
    assert!(script.contains("tidyglot check"), "{script}");
    let bin = folder.cache().join("bin");
    fs::create_dir_all(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_tidyglot"), bin.join("tidyglot")).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let run = |strict: &str| {
        let mut command = Command::new("sh");
        command
            .args(["-e", "-c", &script])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env_remove("CI_MERGE_REQUEST_DIFF_BASE_SHA");
        command.env("TIDYGLOT_PATHS", ".").env("TIDYGLOT_STRICT", strict).output().unwrap()
    };
    let done = run("false");
    assert_eq!(done.status.code(), Some(1), "{}", out(&done));
    let report: serde_json::Value = serde_json::from_str(&folder.text("gl-code-quality-report.json")).unwrap();
    assert_eq!(report.as_array().unwrap().len(), 2);
    run("true");
    let report: serde_json::Value = serde_json::from_str(&folder.text("gl-code-quality-report.json")).unwrap();
    assert!(report.to_string().contains("quiet.txt"), "the directive counts no more");
}

#[test]
fn the_hooks_check_and_fix() {
    let hooks = file(".pre-commit-hooks.yaml");
    let entries: Vec<&str> = hooks.lines().filter_map(|l| l.trim().strip_prefix("entry: ")).collect();
    let ids: Vec<&str> = hooks.lines().filter_map(|l| l.strip_prefix("- id: ")).collect();
    assert_eq!((ids.as_slice(), entries.len()), (&["tidyglot", "tidyglot-fix"][..], 2));
    for (id, entry) in ids.iter().zip(entries) {
        let folder = project();
        folder.write("tidyglot.toml", "exclude = ['sub/**']\n");
        let before = folder.read("a.txt");
        let args: Vec<&str> = entry.split(' ').skip(1).chain(["a.txt", "sub/known.txt"]).collect();
        let ran = folder.plain(&args);
        if *id == "tidyglot" {
            assert_eq!((ran.status, folder.read("a.txt")), (1, before), "{}", ran.out);
        } else {
            assert_eq!(
                (ran.status, folder.text("a.txt").as_str()),
                (0, "The caf\u{e9} opens at nine.\n"),
                "{}",
                ran.out
            );
        }
        assert!(folder.text("sub/known.txt").contains('\u{c3}'), "what is excluded stays out");
        // A commit that touches excluded files only is no error.
        assert_eq!(folder.plain(&[&args[..args.len() - 2], &["sub/known.txt"]].concat()).status, 0);
    }
}

#[test]
fn the_files_are_plain_yaml() {
    for name in ["action.yml", "ci/gitlab.yml", ".pre-commit-hooks.yaml"] {
        let text = file(name);
        assert!(
            !text.contains('\t')
                && text.lines().all(|l| (l.len() - l.trim_start().len()) % 2 == 0 || l.trim().is_empty()),
            "{name}"
        );
        if !Command::new("python3")
            .args(["-c", "import yaml"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
        {
            continue;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let done = Command::new("python3")
            .args(["-c", "import sys, yaml; yaml.safe_load(open(sys.argv[1]))"])
            .arg(path)
            .output()
            .unwrap();
        assert!(done.status.success(), "{name}: {}", out(&done));
    }
    let docker = file("Dockerfile");
    assert!(
        docker.contains("--locked") && docker.contains("USER nobody") && docker.contains("ENTRYPOINT [\"tidyglot\"]")
    );
    // The Action builds what it is pinned to, with the lock file's checksums, and never puts an input into a script.
    let action = file("action.yml");
    assert!(action.contains("--locked"));
    let scripts = action.lines().skip_while(|l| l.trim() != "run: |").skip(1);
    assert_eq!(scripts.filter(|l| l.contains("${{")).count(), 0);
}
