//! The command line: statuses, errors, inputs and outputs. `docs/checklist.md` says which line of the checklist each
//! test stands for.

mod common;

use common::{Folder, Ran};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::Stdio,
};
use tidyglot::report::FORMATS;

#[test]
fn exit_statuses_are_the_same_in_every_format_and_with_output() {
    let folder = Folder::with("clean.txt", "nothing here\n");
    folder.write("bad.txt", "a zzz b\n").write("note.txt", "a qqq b\n");
    for &format in FORMATS {
        for (file, status) in [("clean.txt", 0), ("note.txt", 0), ("bad.txt", 1), ("missing.txt", 2)] {
            let ran = folder.run(&["check", file, "--format", format]);
            assert_eq!(ran.status, status, "{format} {file}");
            let out = folder.at("report.out");
            let ran = folder.run(&["check", file, "--format", format, "--output", out.to_str().unwrap()]);
            assert_eq!((ran.status, ran.out.as_str()), (status, ""), "{format} {file} --output");
        }
    }
}

#[test]
fn fail_on_sets_the_severity_that_fails() {
    let folder = Folder::with("a.txt", "a zzz b\n");
    folder.write("n.txt", "qqq\n");
    for (level, bad, note) in [("error", 0, 0), ("warning", 1, 0), ("info", 1, 1), ("never", 0, 0)] {
        assert_eq!(folder.run(&["check", "a.txt", "--fail-on", level]).status, bad, "{level}");
        assert_eq!(folder.run(&["check", "n.txt", "--fail-on", level]).status, note, "{level}");
    }
}

#[test]
fn a_missing_path_is_one_line_and_status_2() {
    let folder = Folder::with("a.txt", "a zzz b\n");
    folder.run(&["check", "nope.txt"]).is_trouble(&["nope.txt", "no such file"]);
    // The rest is still reported.
    let ran = folder.run(&["check", "nope.txt", "a.txt", "--format", "concise"]);
    ran.is_trouble(&["nope.txt"]);
    assert!(ran.out.contains("a.txt:1:3"));
}

#[test]
fn a_missing_path_stops_fix_before_anything_is_written() {
    let folder = Folder::with("a.txt", "a zzz b\n");
    let ran = folder.run(&["fix", "a.txt", "nope.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("nope.txt") && ran.err.contains("nothing was written"), "{}", ran.err);
    assert_eq!(folder.text("a.txt"), "a zzz b\n");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with("a.txt", "a zzz b\n");
    folder.write("locked.txt", "x");
    fs::set_permissions(folder.at("locked.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(folder.at("locked.txt")).is_ok() {
        return; // The superuser reads everything.
    }
    folder.run(&["check", "."]).is_trouble(&["locked.txt", "permission"]);
    assert_eq!(folder.run(&["fix", "."]).status, 2);
    assert_eq!(folder.text("a.txt"), "a zzz b\n");
}

#[test]
fn nothing_to_scan_is_an_error_unless_allowed() {
    let folder = Folder::new();
    fs::create_dir(folder.at("empty")).unwrap();
    folder.run(&["check", "empty"]).is_trouble(&["nothing to scan", "empty", "--allow-empty"]);
    assert_eq!(folder.run(&["check", "empty", "--allow-empty"]).status, 0);
    folder.write("empty/.hidden", "x");
    folder.run(&["check", "empty"]).is_trouble(&["1 left out", "--hidden"]);
}

#[test]
fn misspelt_names_get_the_nearest_one() {
    let folder = Folder::with("a.txt", "x");
    folder.plain(&["check", "a.txt", "--select", "encodign"]).is_trouble(&["encodign", "did you mean 'encoding'"]);
    folder
        .plain(&["explain", "translation/engine-placeholdr"])
        .is_trouble(&["did you mean 'translation/engine-placeholder'"]);
    folder.plain(&["check", "a.txt", "--formt", "json"]).is_trouble(&["--formt", "--format"]);
    folder.plain(&["check", "a.txt", "--format", "jason"]).is_trouble(&["jason", "json"]);
    folder.plain(&["check", "a.txt", "--encoding", "utf-88"]).is_trouble(&["utf-88", "utf-8?"]);
    folder.plain(&["chek"]).is_trouble(&["chek", "check"]);
    folder.plain(&["check", "a.txt", "--max-file-size", "big"]).is_trouble(&["big", "512M"]);
    folder.plain(&[]).is_trouble(&["check"]);
}

#[test]
fn a_broken_rule_file_is_named_with_line_and_column() {
    let folder = Folder::with("a.txt", "x");
    folder.write("r.toml", "[[rule]]\nname = \"markup/x\"\nseverity = \"loud\"\n");
    folder.plain(&["check", "a.txt", "--rules", "r.toml"]).is_trouble(&["r.toml:3:12", "loud"]);
    folder.plain(&["check", "a.txt", "--rules", "none.toml"]).is_trouble(&["none.toml", "no such file"]);
}

#[test]
fn a_broken_record_in_a_stream_leaves_the_rest_done() {
    let folder = Folder::new();
    let ran = folder.feed(
        &["stream"],
        "{\"id\":1,\"text\":\"a zzz\"}\nnot json\n\n{\"id\":2,\"text\":\"fine\",\"x\":[1.50]}\n{\"text\":5}\n",
    );
    assert_eq!(ran.status, 2);
    let lines = ran.lines();
    assert_eq!(lines.len(), 4);
    assert_eq!((&lines[0]["id"], &lines[0]["cleaned"]), (&1.into(), &"a aaa".into()));
    assert_eq!(lines[1]["line"], 2);
    assert!(lines[1]["error"].is_string());
    assert_eq!(lines[2]["findings"].as_array().unwrap().len(), 0);
    assert!(ran.out.contains("[1.50]"), "other fields pass through as they were written");
    assert_eq!(lines[3]["line"], 5);
}

#[test]
fn what_is_no_text_goes_through_a_pipe_as_it_was() {
    let bytes: Vec<u8> = (0..=255).cycle().take(5000).collect();
    let ran = Folder::new().feed(&["fix", "-"], &bytes);
    assert_eq!((ran.status, ran.raw), (0, bytes));
    assert!(ran.err.contains("binary"), "{}", ran.err);
}

#[test]
fn who_waits_for_the_answer_to_one_record_gets_it() {
    let folder = Folder::new();
    let mut child = folder.ruled(&["stream"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut stdin, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for n in 0..300 {
        // A record may come in pieces, and others may begin behind it.
        write!(stdin, "{{\"id\":{n},\"text\"").unwrap();
        stdin.flush().unwrap();
        writeln!(stdin, ":\"a zzz\"}}\n").unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{n},")) && answer.contains("a aaa"), "{answer}");
    }
    write!(stdin, "{{\"id\":\"last\",\"text\":\"\"}}").unwrap();
    drop(stdin);
    let mut rest = String::new();
    answers.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "{\"id\":\"last\",\"text\":\"\",\"findings\":[],\"cleaned\":\"\"}\n");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_closed_pipe_is_quiet() {
    let folder = Folder::new();
    folder.write("big.txt", "a zzz b\n".repeat(20_000));
    for args in [["check", "big.txt", "--format", "concise"], ["check", "big.txt", "--format", "full"]] {
        let mut child = folder.ruled(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(first.starts_with("big.txt:1:3"), "{first}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
    for args in [&["rules"][..], &["help"], &["explain", "translation/engine-placeholder"]] {
        let mut child = folder.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(String::from_utf8_lossy(&child.wait_with_output().unwrap().stderr), "");
    }
}

#[test]
fn standard_input_goes_by_its_name() {
    let folder = Folder::new();
    let ran = folder.feed(&["check", "-", "--stdin-filename", "a.md", "--format", "jsonl"], "zzz `zzz`\n");
    assert_eq!(ran.status, 1);
    let lines = ran.lines();
    assert_eq!(lines[0]["path"], "a.md");
    assert_eq!(lines.iter().filter(|l| l["type"] == "finding").count(), 1, "code in Markdown is not prose");
}

#[test]
fn fix_of_standard_input_writes_text_to_stdout_and_the_report_to_stderr() {
    let folder = Folder::new();
    let ran = folder.feed(&["fix", "-", "--stdin-filename", "a.txt"], "one zzz\r\ntwo qqq");
    assert_eq!(ran.out, "one aaa\r\ntwo qqq");
    assert!(ran.err.contains("a.txt:2:5: info[markup/qqq]"), "{}", ran.err);
    assert_eq!(ran.status, 0);
    let ran = folder.feed(&["fix", "-", "--unsafe"], "one zzz\r\ntwo qqq");
    assert_eq!(ran.out, "one aaa\r\ntwo ppp");
}

#[test]
fn check_never_writes() {
    let folder = Folder::with("a.txt", "a zzz b\n");
    for format in ["full", "json", "sarif"] {
        folder.run(&["check", ".", "--format", format]);
        folder.run(&["fix", ".", "--diff"]);
    }
    assert_eq!(folder.text("a.txt"), "a zzz b\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn fix_applies_safe_fixes_only_unless_asked() {
    let folder = Folder::with("a.txt", "a zzz b qqq\n");
    let ran = folder.run(&["fix", "a.txt"]);
    assert_eq!((ran.status, folder.text("a.txt")), (0, "a aaa b qqq\n".into()));
    assert!(ran.out.contains("1 fix applied") && ran.out.contains("qqq"), "{}", ran.out);
    folder.run(&["fix", "a.txt", "--unsafe"]);
    assert_eq!(folder.text("a.txt"), "a aaa b ppp\n");
    let before = fs::metadata(folder.at("a.txt")).unwrap().modified().unwrap();
    folder.run(&["fix", "a.txt", "--unsafe"]);
    assert_eq!(fs::metadata(folder.at("a.txt")).unwrap().modified().unwrap(), before, "nothing to write");
}

#[test]
fn copies_are_laid_out_like_the_inputs() {
    let folder = Folder::with("in/a.txt", "a zzz b\n");
    folder.write("in/deep/b.txt", "clean\n");
    let ran = folder.run(&["fix", "in", "--output-dir", "out"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert_eq!(folder.text("out/a.txt"), "a aaa b\n");
    assert_eq!(folder.text("out/deep/b.txt"), "clean\n");
    assert_eq!(folder.text("in/a.txt"), "a zzz b\n");
    // The folder of copies is no input of the next run, and an input is never overwritten.
    let ran = folder.run(&["fix", ".", "--output-dir", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(!folder.at("out/out").exists());
    folder.run(&["fix", "in", "--output-dir", "in"]).is_trouble(&["nothing to scan"]);
    folder.run(&["fix", "in/a.txt", "--output-dir", "in"]).is_trouble(&["place of the input"]);
    assert_eq!(folder.text("in/a.txt"), "a zzz b\n");
    let ran = folder.feed(&["fix", "-", "--stdin-filename", "../../evil.txt", "--output-dir", "out"], "zzz");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(!folder.at("../evil.txt").exists() && !folder.at("../../evil.txt").exists());
}

#[test]
fn the_order_does_not_depend_on_threads() {
    let folder = Folder::new();
    for n in 0..600 {
        folder.write(format!("d{}/f{n}.txt", n % 7), format!("line\nzzz {n}\n"));
    }
    for format in ["full", "jsonl", "json", "sarif", "github"] {
        let one = folder.run(&["check", ".", "--format", format, "-j1"]);
        let eight = folder.run(&["check", ".", "--format", format, "-j8"]);
        assert!(one.out == eight.out, "{format}");
    }
    let ran = folder.run(&["check", ".", "--format", "jsonl"]);
    let paths: Vec<_> = ran.lines().iter().filter(|l| l["type"] == "file").map(|l| l["path"].to_string()).collect();
    assert_eq!(paths.len(), 600);
    assert!(paths.is_sorted());
}

#[test]
fn every_skipped_file_is_counted_with_its_reason() {
    let folder = Folder::with("a.txt", "fine\n");
    folder
        .write("image.bin", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
        .write("big.txt", "x".repeat(3000))
        .write("notes.log", "x")
        .write(".ignore", "*.log\n");
    let ran = folder.run(&["check", ".", "--format", "json", "--max-file-size", "2K"]);
    let json = ran.json();
    let reasons: Vec<_> = json["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| {
            let kind = s["reason"].as_str().unwrap().split(':').next().unwrap();
            (s["path"].as_str().unwrap().to_owned(), kind.to_owned())
        })
        .collect();
    let want = [(".ignore", "hidden"), ("big.txt", "too big"), ("image.bin", "binary"), ("notes.log", "ignored")];
    assert_eq!(reasons, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!((&json["summary"]["files"], &json["summary"]["skipped"]), (&1.into(), &4.into()));
    let ran = folder.run(&["check", ".", "--max-file-size", "2K"]);
    for line in ["1 file scanned", "1 skipped, binary: image.bin", "1 skipped, too big: big.txt"] {
        assert!(ran.out.contains(line), "{line} in {}", ran.out);
    }
}

#[test]
fn an_output_is_no_input_and_appears_whole() {
    let folder = Folder::with("a.txt", "a zzz b\n");
    folder.write("r.json", "old zzz");
    let ran = folder.run(&["check", ".", "--format", "json", "--output", "r.json"]);
    assert_eq!(ran.status, 1);
    let json: serde_json::Value = serde_json::from_str(&folder.text("r.json")).unwrap();
    assert_eq!(json["summary"]["files"], 1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
    folder.run(&["check", ".", "--output", "no/such/r.json"]).is_trouble(&["r.json", "cannot write"]);
    fs::create_dir(folder.at("d")).unwrap();
    folder.run(&["check", ".", "--output", "d"]).is_trouble(&["is a folder"]);
}

#[test]
fn colours_follow_the_environment() {
    let folder = Folder::with("a.txt", "a zzz b\n");
    let escapes = |ran: &Ran| ran.out.contains('\u{1b}');
    let with = |name: &str, args: &[&str]| {
        let mut command = folder.ruled(args);
        Ran::of(command.env(name, "1").output().unwrap())
    };
    assert!(!escapes(&folder.run(&["check", "a.txt"])));
    assert!(escapes(&with("FORCE_COLOR", &["check", "a.txt"])));
    assert!(!escapes(&with("NO_COLOR", &["check", "a.txt"])));
    assert!(escapes(&folder.run(&["check", "a.txt", "--color", "always"])));
    let mut command = folder.ruled(&["check", "a.txt"]);
    assert!(!escapes(&Ran::of(command.env("FORCE_COLOR", "1").env("NO_COLOR", "1").output().unwrap())));
    folder.write("wide.txt", format!("{} zzz {}\n", "word ".repeat(60), "word ".repeat(60)));
    let mut command = folder.ruled(&["check", "wide.txt"]);
    let narrow = Ran::of(command.env("COLUMNS", "60").output().unwrap());
    assert!(narrow.out.lines().all(|l| l.chars().count() <= 66), "{}", narrow.out);
}

#[test]
fn names_of_inputs_forge_no_line() {
    if cfg!(windows) {
        return; // Windows has no such names.
    }
    let folder = Folder::new();
    let hostile = [
        "::error::forged.txt",
        "a\n::error::forged.txt",
        "b\u{1b}]0;title\u{7}.txt",
        "c%0A,x.txt",
        "##[error]forged.txt",
        "##vso[task.x]y.txt",
        "\u{202e}txt.exe",
    ];
    for name in hostile {
        folder.write(name, "zzz\u{1b}[31m::error::text\n\u{202e}zzz\n::warning::zzz ##[error]zzz\n");
    }
    for format in ["full", "concise", "github", "json", "jsonl", "sarif"] {
        let ran = folder.run(&["check", ".", "--format", format]);
        assert_eq!(ran.status, 1);
        for c in ['\u{1b}', '\u{7}', '\u{202e}', '\r'] {
            assert!(!ran.out.contains(c), "{format}: {c:?}");
        }
        let commands = |l: &&str| l.trim_start().starts_with("::");
        let forged = |l: &&str| l.trim_start().starts_with("::error::") || l.starts_with("::warning::");
        assert_eq!(ran.out.lines().filter(forged).count(), 0, "{format}");
        if format == "azure" {
            assert_eq!(
                ran.out.lines().filter(|l| l.starts_with("##vso[task.logissue ")).count(),
                ran.out.lines().count()
            );
            assert_eq!(ran.out.matches("##").count(), ran.out.lines().count());
        }
        if format == "github" {
            assert_eq!(ran.out.lines().filter(commands).count(), ran.out.lines().count());
            assert_eq!(ran.out.lines().count(), hostile.len() * 4);
        } else {
            assert_eq!(ran.out.lines().filter(commands).count(), 0, "{format}");
        }
        if !matches!(format, "json" | "jsonl" | "sarif" | "gitlab" | "rdjson" | "azure" | "html") {
            assert!(!ran.out.contains("##[") && !ran.out.contains("##vso["), "{format}: {}", ran.out);
        }
    }
    let ran = folder.run(&["check", "a\n::error::missing"]);
    assert_eq!(ran.err.lines().count(), 1);
    assert!(!ran.err.contains("\n::"));
}

#[test]
fn a_patch_is_one_that_git_takes() {
    let folder = Folder::new();
    folder.git(&["init", "-q"]);
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("plain.txt".into(), b"one\ntwo zzz\nthree\n".to_vec()),
        ("sub/crlf.txt".into(), b"one\r\ntwo zzz\r\nthree\r\n".to_vec()),
        ("no end.txt".into(), b"one\nzzz".to_vec()),
        ("sub/\u{fc}ml\u{e4}ut \u{5d0}.txt".into(), "é zzz\n".as_bytes().to_vec()),
        ("far.txt".into(), [b"zzz\n".to_vec(), b"x\n".repeat(50), b"zzz\n".to_vec()].concat()),
    ];
    if cfg!(unix) {
        files.push(("odd\"\\\n\tname.txt".into(), b"zzz\n".to_vec()));
    }
    for (name, bytes) in &files {
        folder.write(name, bytes);
    }
    folder.git(&["add", "-A"]);
    folder.git(&["commit", "-qm", "x"]);
    let ran = folder.run(&["fix", "--diff", "."]);
    assert_eq!(ran.status, 1);
    let patch = tempfile::NamedTempFile::new().unwrap();
    fs::write(patch.path(), &ran.raw).unwrap();
    let patch = patch.path().to_str().unwrap();
    folder.git(&["apply", "--check", patch]);
    folder.git(&["apply", patch]);
    for (name, bytes) in &files {
        let want = String::from_utf8_lossy(bytes).replace("zzz", "aaa");
        assert_eq!(String::from_utf8_lossy(&fs::read(folder.at(name)).unwrap()), want, "{name}");
    }
    let ran = folder.run(&["fix", "--diff", "."]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    // From a folder inside the work tree too.
    folder.git(&["checkout", "-q", "."]);
    let sub = Folder::with("x", "");
    let mut command = sub.ruled(&["fix", "--diff", "."]);
    let output = command.current_dir(folder.at("sub")).output().unwrap();
    let patch = folder.at("../").join(format!("{}.patch", std::process::id()));
    fs::write(&patch, &output.stdout).unwrap();
    let done = std::process::Command::new("git")
        .args(["apply", patch.to_str().unwrap()])
        .current_dir(folder.at("sub"))
        .output()
        .unwrap();
    fs::remove_file(&patch).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(folder.text("sub/crlf.txt"), "one\r\ntwo aaa\r\nthree\r\n");
}

#[test]
fn positions_are_those_of_the_file() {
    let text = "\u{feff}\u{1f600}\u{e9} zzz\r\n\u{1f600} zzz";
    let folder = Folder::with("a.txt", text);
    let ran = folder.run(&["check", "a.txt", "--format", "jsonl"]);
    let bytes = folder.read("a.txt");
    let found: Vec<_> = ran.lines().into_iter().filter(|l| l["type"] == "finding").collect();
    assert_eq!(found.len(), 2);
    for f in &found {
        let (from, to) = (f["start"]["byte"].as_u64().unwrap(), f["end"]["byte"].as_u64().unwrap());
        assert_eq!(&bytes[from as usize..to as usize], b"zzz");
    }
    assert_eq!(found[0]["start"], serde_json::json!({"byte": 10, "line": 1, "column": 4, "utf16": 5}));
    assert_eq!(found[1]["start"], serde_json::json!({"byte": 20, "line": 2, "column": 3, "utf16": 4}));
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_within_three_times_the_file() {
    let folder = Folder::new();
    folder.write("lines.txt", "The quick brown fox jumps over the lazy dog, and nobody minds.\n".repeat(1 << 19));
    folder.write("line.txt", "The quick brown fox jumps over the lazy dog, and nobody minds. ".repeat(1 << 18));
    for name in ["lines.txt", "line.txt"] {
        let size = fs::metadata(folder.at(name)).unwrap().len();
        let ran = peak(&folder, name);
        assert!(ran < size * 3 + (60 << 20), "{name}: {} MB for {} MB", ran >> 20, size >> 20);
    }
}

/// The most memory that a check of a file took.
#[cfg(target_os = "linux")]
fn peak(folder: &Folder, name: &str) -> u64 {
    let script = r#""$0" check "$1" --format jsonl >/dev/null & p=$!; m=0
while kill -0 $p 2>/dev/null; do v=$(grep VmHWM /proc/$p/status 2>/dev/null | tr -dc 0-9); [ -n "$v" ] && m=$v; sleep 0.01; done; echo $m"#;
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_tidyglot"), name])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let kb: u64 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
    assert!(Path::new(env!("CARGO_BIN_EXE_tidyglot")).exists());
    kb << 10
}

#[test]
fn of_what_a_file_and_the_whole_run_show_of_one_line_the_stronger_is_said() {
    let sentences = "Le conseil a décidé hier de fermer la vieille école du village, où les élèves étaient déjà trop peu \
                     nombreux. Les parents étaient très fâchés, et la mairie a répété que rien n'était encore réglé. Après \
                     l'été, la salle sera rénovée et le café à côté de l'entrée sera agrandi.\n\n";
    let bare: String = sentences
        .chars()
        .map(|c| match c {
            'é' | 'è' | 'ê' => 'e',
            'à' | 'â' => 'a',
            'ù' => 'u',
            'ô' => 'o',
            c => c,
        })
        .collect();
    let folder = Folder::with("bare.txt", bare.repeat(12));
    let named = |args: &[&str]| {
        let ran = folder.run(args);
        ran.out.lines().filter(|l| l.contains("encoding/lost-letters")).map(str::to_owned).collect::<Vec<_>>()
    };
    let all = ["check", "--select", "encoding", "--format", "concise", "."];
    let alone = named(&all);
    assert!(matches!(alone.as_slice(), [one] if one.contains("info[encoding/lost-letters]")), "{alone:?}");
    for name in ["a.txt", "b.txt", "c.txt"] {
        folder.write(name, sentences.repeat(12));
    }
    let together = named(&all);
    assert!(
        matches!(together.as_slice(), [one] if one.contains("warning[encoding/lost-letters-across-files]")),
        "{together:?}"
    );
}
