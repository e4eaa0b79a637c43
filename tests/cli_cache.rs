//! Results of earlier runs: used only where they hold, and never different from what a run without them says.

mod common;

use common::{Folder, Ran};
use std::{fs, path::PathBuf, process::Stdio, time::Duration};

/// Enough files for a run to keep its results, a few of them damaged.
fn many() -> Folder {
    let folder = Folder::new();
    for n in 0..100 {
        folder.write(
            format!("d{}/f{n}.txt", n % 3),
            format!("Text number {n}.\n{}", ["", "zzz\n"][usize::from(n % 10 == 0)]),
        );
    }
    folder.write("bin.dat", b"\0\x01\x02\0\0\xff");
    folder
}

fn check(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["check", ".", "--format", "jsonl"], args].concat())
}

/// What a run says with the results of earlier ones must be what it says without.
fn same(folder: &Folder) -> Ran {
    let (with, without) = (check(folder, &[]), check(folder, &["--no-cache"]));
    assert_eq!((with.status, &with.out, &with.err), (without.status, &without.out, &without.err));
    with
}

fn packs(folder: &Folder) -> Vec<PathBuf> {
    let list = fs::read_dir(folder.cache()).into_iter().flatten().flatten().map(|e| e.path());
    list.filter(|p| p.extension().is_some_and(|e| e == "pack")).collect()
}

#[test]
fn a_second_run_says_what_the_first_said() {
    let folder = many();
    let first = same(&folder);
    assert_eq!((first.status, packs(&folder).len()), (1, 1));
    for format in tidyglot::report::FORMATS {
        let run = |more: &[&str]| folder.run(&[&["check", ".", "--format", format], more].concat()).out;
        assert_eq!(run(&[]), run(&["--no-cache"]), "{format}");
    }
    assert_eq!(same(&folder).out, first.out);
}

#[test]
fn a_second_run_does_not_read_what_is_as_it_was() {
    let folder = many();
    // Files that were changed just now are not trusted by their times.
    std::thread::sleep(Duration::from_millis(3200));
    check(&folder, &[]);
    let mut command = std::process::Command::new("strace");
    command.args(["-f", "-e", "trace=openat", "-o"]).arg(folder.cache().join("trace"));
    command.arg(env!("CARGO_BIN_EXE_tidyglot")).args(["check", ".", "--format", "jsonl"]);
    let ruled = folder.ruled(&[]);
    command.args(ruled.get_args()).current_dir(folder.path()).env("TIDYGLOT_CACHE_DIR", folder.cache());
    if command.stdout(Stdio::null()).output().is_err() {
        return; // No strace here.
    }
    let trace = fs::read_to_string(folder.cache().join("trace")).unwrap();
    assert!(trace.contains(".pack"), "{trace}");
    assert!(!trace.contains(".txt"), "{trace}");
}

#[test]
fn what_changed_is_checked_again() {
    let folder = many();
    same(&folder);
    // As long as before and with the same date: only the content tells.
    let old = fs::metadata(folder.at("d1/f1.txt")).unwrap().modified().unwrap();
    folder.write("d1/f1.txt", "Text zzzber 1.\n");
    fs::File::options().write(true).open(folder.at("d1/f1.txt")).unwrap().set_modified(old).unwrap();
    assert!(same(&folder).out.contains("zzzber"));
    fs::remove_file(folder.at("d1/f1.txt")).unwrap();
    fs::rename(folder.at("d0/f0.txt"), folder.at("d0/renamed.txt")).unwrap();
    let ran = same(&folder);
    assert!(ran.out.contains("renamed.txt") && !ran.out.contains("f0.txt"));
    // The same name for another format: a name is part of what a result is for.
    fs::rename(folder.at("d1/f10.txt"), folder.at("d1/f10.md")).unwrap();
    assert!(same(&folder).out.contains("f10.md"));
}

#[test]
fn a_change_of_configuration_is_seen() {
    let folder = many();
    assert_eq!(same(&folder).status, 1);
    folder.write("tidyglot.toml", "severity = { 'markup/zzz' = 'info' }\n");
    assert_eq!(same(&folder).status, 0);
    folder.write("d0/tidyglot.toml", "severity = { 'markup/zzz' = 'error' }\n");
    assert_eq!(same(&folder).status, 1);
    folder.write("d0/tidyglot.toml", "[[override]]\nfiles = ['f0.txt']\nseverity = { 'markup/zzz' = 'off' }\n");
    assert!(!same(&folder).out.contains("\"path\":\"d0/f0.txt\",\"rule\""));
    let small = ["--max-file-size", "5"];
    let with = check(&folder, &small);
    assert_eq!(with.out, check(&folder, &["--max-file-size", "5", "--no-cache"]).out);
    assert!(with.out.contains("too big"));
    // A rule file that changes is another rule.
    folder.write("own.toml", common::RULES.replace("markup/zzz", "markup/yyy").replace("zzz", "number"));
    let own = |more: &[&str]| {
        folder
            .plain(
                &[
                    &[
                        "check",
                        "d1",
                        "d2",
                        "--rules",
                        "own.toml",
                        "--select",
                        "markup/yyy",
                        "--isolated",
                        "--format",
                        "jsonl",
                    ],
                    more,
                ]
                .concat(),
            )
            .out
    };
    assert!(own(&[]).contains("\"rule\":\"markup/yyy\""));
    folder.write("own.toml", common::RULES.replace("markup/zzz", "markup/yyy").replace("zzz", "Text"));
    assert_eq!(own(&[]), own(&["--no-cache"]));
}

#[test]
fn what_only_the_set_shows_is_compared_anew() {
    let folder = Folder::new();
    let text = |name: &str, n: usize| {
        format!(
            "The minister {name} spoke at the opening of hall number {n}. Later {name} answered questions about the harbour and its ferries, as usual on such days.\n"
        )
    };
    for n in 0..80 {
        folder.write(format!("f{n:02}.txt"), text("Ingrid Halvorsen", n));
    }
    let run = |more: &[&str]| {
        folder.plain(
            &[&["check", ".", "--select", "consistency", "--format", "jsonl", "--fail-on", "info"], more].concat(),
        )
    };
    let clean = run(&[]);
    assert_eq!((clean.status, clean.out.contains("across-files")), (0, false), "{}", clean.out);
    // One file changes; what it is compared with comes from the stored results.
    folder.write("f40.txt", text("Ingrid Halvorssen", 40));
    let with = run(&[]);
    assert_eq!(with.out, run(&["--no-cache"]).out);
    assert!(with.out.contains("consistency/name-across-files"), "{}", with.out);
}

#[test]
fn a_damaged_pack_is_as_good_as_none() {
    let folder = many();
    let first = same(&folder);
    let pack = packs(&folder).remove(0);
    let whole = fs::read(&pack).unwrap();
    for damage in [&b""[..], b"tidyglot cache 1\n", &whole[..whole.len() / 2], &[0xFF; 4096]] {
        fs::write(&pack, damage).unwrap();
        assert_eq!(same(&folder).out, first.out);
    }
    assert!(fs::read(&pack).unwrap().len() >= whole.len(), "it is written anew");
    // A folder in its place, and a cache that cannot be made.
    fs::remove_file(&pack).unwrap();
    fs::create_dir(&pack).unwrap();
    assert_eq!(same(&folder).out, first.out);
    folder.write("file", "x");
    check(&folder, &["--cache-dir", "file/below"]).is_trouble(&["--cache-dir", "file/below"]);
}

#[test]
fn runs_at_the_same_time_do_no_harm() {
    let folder = many();
    let want = check(&folder, &["--no-cache"]).out;
    let children: Vec<_> = (0..6)
        .map(|_| folder.ruled(&["check", ".", "--format", "jsonl"]).stdout(Stdio::piped()).spawn().unwrap())
        .collect();
    for child in children {
        assert_eq!(Ran::of(child.wait_with_output().unwrap()).out, want);
    }
    assert_eq!(check(&folder, &[]).out, want);
    let left: Vec<_> = fs::read_dir(folder.cache()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|n| !n.to_string_lossy().starts_with(".new-")), "{left:?}");
}

#[test]
fn the_cache_is_no_input_and_can_be_put_elsewhere_or_left_out() {
    let folder = many();
    let ran = check(&folder, &["--cache-dir", "results", "--hidden", "--no-ignore"]);
    assert!(!ran.out.contains("results"), "{}", ran.out);
    assert!(folder.at("results/CACHEDIR.TAG").exists() && packs(&folder).is_empty());
    let again = check(&folder, &["--cache-dir", "results", "--hidden", "--no-ignore"]);
    assert!(!again.out.contains("pack\",\"rule") && again.status == 1, "{}", again.out);
    check(&folder, &["--no-cache"]);
    assert!(packs(&folder).is_empty());
    // A few files are checked as fast without.
    folder.run(&["check", "d0/f0.txt"]);
    assert!(packs(&folder).is_empty());
}
