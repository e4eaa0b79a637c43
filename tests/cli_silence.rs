//! What silences findings: directives, a baseline, changed lines.

mod common;

use common::{Folder, Ran};

fn found(ran: &Ran, rule: &str) -> Vec<u64> {
    ran.lines().iter().filter(|l| l["rule"] == rule).map(|l| l["start"]["line"].as_u64().unwrap()).collect()
}

fn zzz(text: &str, name: &str) -> Vec<u64> {
    let folder = Folder::with(name, text);
    found(&folder.run(&["check", ".", "--format", "jsonl"]), "markup/zzz")
}

#[test]
fn directives_in_every_form_and_comment_style() {
    for (name, text, left) in [
        ("a.txt", "zzz\nzzz tidyglot-ignore\nzzz\n", &[1, 3][..]),
        ("a.md", "zzz\n\n<!-- tidyglot-ignore-next-line -->\nzzz\n\nzzz\n", &[1, 6]),
        (
            "a.html",
            "<p>zzz</p>\n<!-- tidyglot-off -->\n<p>zzz</p>\n<p>zzz</p>\n<!-- tidyglot-on -->\n<p>zzz</p>\n",
            &[1, 6],
        ),
        ("a.txt", "zzz\nzzz\n# tidyglot-ignore-file -- machine made\n", &[]),
        ("a.txt", "// tidyglot-ignore-next-line markup/qqq\nzzz qqq\n", &[2]),
        (
            "a.txt",
            "zzz /* tidyglot-ignore markup -- quoted */\n; tidyglot-ignore-next-line: markup/zzz\r\nzzz\r\n",
            &[],
        ),
        ("a.txt", "zzz the `tidyglot-ignore` directive\n", &[1]),
        ("a.txt", "% tidyglot-off\nzzz\n", &[]),
    ] {
        assert_eq!(zzz(text, name), left, "{name} {text}");
    }
}

#[test]
fn directives_can_be_overruled() {
    let folder = Folder::with("a.txt", "zzz tidyglot-ignore\n");
    assert_eq!(folder.run(&["check", "a.txt"]).status, 0);
    assert_eq!(folder.run(&["check", "a.txt", "--no-inline"]).status, 1);
    assert_eq!(folder.run(&["check", "a.txt", "--config", "inline = false"]).status, 1);
}

#[test]
fn silenced_text_is_not_fixed() {
    let folder = Folder::with("a.txt", "zzz tidyglot-ignore\nzzz\n");
    folder.run(&["fix", "a.txt", "--unsafe"]);
    assert_eq!(folder.text("a.txt"), "zzz tidyglot-ignore\naaa\n");
}

#[test]
fn unused_directives_are_reported_and_removable() {
    let folder =
        Folder::with("a.txt", "x = 1 # tidyglot-ignore encoding\n# tidyglot-ignore-next-line markup/zzzz\nzzz\n");
    let run = |args: &[&str]| folder.plain(&[args, &["--select", "encoding,markup/unused-directive"]].concat());
    let ran = run(&["check", "a.txt", "--format", "jsonl"]);
    assert_eq!(found(&ran, "markup/unused-directive"), [1, 2]);
    assert!(ran.out.contains("which is no rule"), "{}", ran.out);
    assert_eq!(ran.status, 0, "information never fails a default run");
    run(&["fix", "a.txt", "--unsafe"]);
    assert_eq!(folder.text("a.txt"), "x = 1\n# tidyglot-ignore-next-line markup/zzzz\nzzz\n");
    // Its rule does not run here, so nobody can say that it is of no use.
    folder.write("b.txt", "# tidyglot-ignore script\n");
    assert_eq!(found(&run(&["check", "b.txt", "--format", "jsonl"]), "markup/unused-directive"), [0; 0]);
}

#[test]
fn a_baseline_knows_findings_by_their_content() {
    let folder = Folder::with("a.txt", "first zzz here\nsecond zzz there\n");
    let ran = folder.run(&["check", ".", "--update-baseline"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let with = |args: &[&str]| {
        folder.run(&[&["check", ".", "--format", "jsonl", "--baseline", "tidyglot-baseline.json"], args].concat())
    };
    assert_eq!(with(&[]).status, 0);
    assert_eq!(with(&["--no-baseline"]).status, 1);
    // Lines shift, the file is renamed.
    std::fs::remove_file(folder.at("a.txt")).unwrap();
    folder.write("b.txt", "new line\n\nfirst zzz here\nsecond zzz there\n");
    assert_eq!(with(&[]).status, 0);
    // One is mended and another one comes: not the same count, the new one is reported.
    folder.write("b.txt", "first aaa here\nsecond zzz there\nthird zzz new\n");
    let ran = with(&[]);
    assert_eq!((ran.status, found(&ran, "markup/zzz")), (1, vec![3]));
    assert!(ran.err.contains("1 known finding"), "{}", ran.err);
    // The same damage twice is one more than is known.
    folder.write("b.txt", "first zzz here\nsecond zzz there\nsecond zzz there\n");
    assert_eq!(found(&with(&[]), "markup/zzz"), [3]);
    folder.write("b.txt", "second zzz there\n");
    assert_eq!(with(&["--fail-on-stale"]).status, 1);
    assert_eq!(with(&["--prune-baseline"]).status, 0);
    assert_eq!(with(&["--fail-on-stale"]).status, 0);
    assert!(!folder.text("tidyglot-baseline.json").contains("first"));
    folder.write("tidyglot-baseline.json", "{}");
    with(&[]).is_trouble(&["tidyglot-baseline.json", "--update-baseline"]);
    folder.run(&["check", ".", "--baseline", "none.json"]).is_trouble(&["none.json"]);
}

#[test]
fn a_baseline_can_be_configured() {
    let folder = Folder::with("a.txt", "zzz\n");
    folder.write("tidyglot.toml", "baseline = 'known.json'\n");
    assert_eq!(folder.run(&["check", "a.txt", "--update-baseline"]).status, 0);
    assert!(folder.at("known.json").exists());
    assert_eq!(folder.run(&["check", "a.txt"]).status, 0);
    assert_eq!(folder.run(&["check", "a.txt", "--isolated"]).status, 1);
}

fn repository() -> Folder {
    let folder = Folder::with("a.txt", "zzz old\nfine\nfine\n");
    folder.write("odd ü \"n.txt", "zzz old\n").write("sub/b.txt", "zzz old\n");
    folder.git(&["init", "-q"]);
    folder.git(&["add", "-A"]);
    folder.git(&["commit", "-qm", "x"]);
    folder
}

#[test]
fn only_changed_lines_of_a_commit() {
    let folder = repository();
    let run = |args: &[&str]| folder.run(&[&["check", ".", "--format", "jsonl"], args].concat());
    assert_eq!(run(&["--diff-base", "HEAD"]).status, 0);
    folder.write("a.txt", "zzz old\nfine\nzzz new\n").write("untracked.txt", "zzz\n");
    folder.write("odd ü \"n.txt", "zzz old\nzzz new\n");
    let ran = run(&["--diff-base", "HEAD"]);
    assert_eq!((ran.status, found(&ran, "markup/zzz")), (1, vec![3, 2, 1]));
    folder.git(&["add", "a.txt"]);
    let ran = run(&["--staged"]);
    assert_eq!((ran.status, found(&ran, "markup/zzz")), (1, vec![3]));
    run(&["--diff-base", "nowhere"]).is_trouble(&["nowhere", "no such commit"]);
    run(&["--diff-base=--output=x"]).is_trouble(&["no commit"]);
    assert!(!folder.at("x").exists());
}

#[test]
fn only_changed_lines_of_a_patch() {
    let folder = repository();
    folder.write("a.txt", "zzz old\nfine\nzzz new\n");
    let patch = folder.git(&["diff"]);
    let ran = folder.feed(&["check", ".", "--format", "jsonl", "--patch", "-"], &patch);
    assert_eq!((ran.status, found(&ran, "markup/zzz")), (1, vec![3]));
    folder.feed(&["check", ".", "--patch", "-"], "no patch").is_trouble(&["no unified patch"]);
    let ran = folder.feed(&["check", ".", "--patch", "-"], "");
    assert_eq!(ran.status, 0, "an empty patch changes nothing: {}", ran.err);
}

#[test]
fn outside_a_repository_git_says_so() {
    let folder = Folder::with("a.txt", "zzz\n");
    let mut command = folder.ruled(&["check", ".", "--diff-base", "HEAD"]);
    let ran = Ran::of(command.env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap()).output().unwrap());
    ran.is_trouble(&["git", "not a git repository"]);
}
