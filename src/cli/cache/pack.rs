//! The file that holds the results of one folder: a header, then one record after the other.

use super::{Digest, hash};
use crate::input::Stamp;
use std::{
    collections::HashMap,
    fs,
    hash::{BuildHasher, RandomState},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

const MAGIC: &[u8] = b"tidyglot cache 1\n";
/// A bigger pack is not worth reading.
const MOST: u64 = 2 << 30;

/// A stored result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record<'r> {
    /// The file's name inside the folder.
    pub(super) name: &'r [u8],
    /// The file as it was; `None` where that proves nothing.
    pub(super) stamp: Option<Stamp>,
    /// Its content.
    pub(super) content: Digest,
    /// The configuration.
    pub(super) key: Digest,
    /// The result.
    pub(super) payload: &'r [u8],
}

/// A pack as it was read.
pub(super) struct Pack {
    file: PathBuf,
    /// What all of it holds for: version, folder, rules.
    about: Vec<u8>,
    /// Random, for fingerprints.
    pub(super) secret: [u8; 16],
    bytes: Vec<u8>,
    /// Where each record begins, by the hash of its name.
    index: HashMap<u64, usize>,
}

impl Pack {
    /// Reads a pack; one that is not there, is damaged or is about something else is empty.
    pub(super) fn open(file: &Path, about: Vec<u8>) -> Pack {
        let mut pack =
            Pack { file: file.to_path_buf(), about, secret: secret(), bytes: Vec::new(), index: HashMap::new() };
        if !fs::metadata(file).is_ok_and(|m| m.len() <= MOST) {
            return pack;
        }
        if let Ok(bytes) = fs::read(file)
            && let Some((secret, index)) = index(&bytes, &pack.about)
        {
            (pack.secret, pack.bytes, pack.index) = (secret, bytes, index);
        }
        pack
    }
    /// The record of that name.
    pub(super) fn get(&self, id: u64, name: &[u8]) -> Option<Record<'_>> {
        let (record, _, _) = record(self.bytes.get(*self.index.get(&id)?..)?)?;
        (record.name == name).then_some(record)
    }
    /// Writes new records, and those old ones to which `age` gives an age.
    pub(super) fn write(
        &self,
        folder: &Path,
        fresh: &[(u64, Vec<u8>)],
        age: impl Fn(u64, u8) -> Option<u8>,
    ) -> io::Result<()> {
        let mut body = Vec::with_capacity(self.bytes.len() + fresh.iter().map(|(_, r)| r.len()).sum::<usize>());
        let new: std::collections::HashSet<u64> = fresh.iter().map(|(id, _)| *id).collect();
        fresh.iter().for_each(|(_, r)| body.extend_from_slice(r));
        let mut old: Vec<_> = self.index.iter().filter(|(id, _)| !new.contains(id)).collect();
        old.sort_by_key(|(_, at)| **at);
        for (id, at) in old {
            if let Some((record, was, _)) = self.bytes.get(*at..).and_then(record)
                && let Some(age) = age(*id, was)
            {
                body.extend_from_slice(&record.write(age));
            }
        }
        let mut file = BufWriter::new(tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?);
        file.write_all(MAGIC)?;
        file.write_all(&self.secret)?;
        file.write_all(&hash(2, &body).to_le_bytes())?;
        let mut about = Vec::new();
        put(&mut about, &self.about);
        file.write_all(&about)?;
        file.write_all(&body)?;
        file.into_inner().map_err(|e| e.into_error())?.persist(&self.file).map_err(|e| e.error)?;
        Ok(())
    }
}

impl Record<'_> {
    /// The record in bytes, with its length first.
    pub(super) fn write(&self, age: u8) -> Vec<u8> {
        let mut body = vec![age];
        put(&mut body, self.name);
        let stamp = self.stamp.map(Stamp::to_bytes).unwrap_or_default();
        put(&mut body, &stamp);
        for n in [self.content.0, self.content.1, self.key.0, self.key.1] {
            body.extend_from_slice(&n.to_le_bytes());
        }
        put(&mut body, self.payload);
        let mut out = Vec::with_capacity(body.len() + 4);
        put(&mut out, &body);
        out
    }
}

/// The secret and the places of all records; `None` for a damaged pack, or one that is about something else.
fn index(bytes: &[u8], about: &[u8]) -> Option<([u8; 16], HashMap<u64, usize>)> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (secret, rest) = rest.split_first_chunk::<16>()?;
    let (sum, rest) = rest.split_first_chunk::<8>()?;
    let (said, body) = take(rest)?;
    if said != about || hash(2, body) != u64::from_le_bytes(*sum) {
        return None;
    }
    let mut index = HashMap::new();
    let mut rest = body;
    while !rest.is_empty() {
        let at = bytes.len() - rest.len();
        let (record, _, after) = record(rest)?;
        index.insert(hash(1, record.name), at);
        rest = after;
    }
    Some((*secret, index))
}

/// A record with its age, and what comes after it.
fn record(bytes: &[u8]) -> Option<(Record<'_>, u8, &[u8])> {
    let (body, after) = take(bytes)?;
    let (age, body) = body.split_first()?;
    let (name, body) = take(body)?;
    let (stamp, mut body) = take(body)?;
    let mut number = || {
        let (n, rest) = body.split_first_chunk::<8>()?;
        body = rest;
        Some(u64::from_le_bytes(*n))
    };
    let (content, key) = (Digest(number()?, number()?), Digest(number()?, number()?));
    let (payload, _) = take(body)?;
    Some((Record { name, stamp: Stamp::from_bytes(stamp), content, key, payload }, *age, after))
}

/// Appends bytes with their length.
fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(bytes);
}

/// Takes bytes with their length.
fn take(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_le_bytes(*len) as usize)
}

/// Sixteen bytes that nobody can foresee: the standard library seeds its maps with such.
fn secret() -> [u8; 16] {
    let mut out = [0; 16];
    for half in out.chunks_mut(8) {
        half.copy_from_slice(&RandomState::new().hash_one(0).to_le_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_damage_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.pack");
        let pack = Pack::open(&file, b"x".to_vec());
        let one = Record { name: b"one", stamp: None, content: Digest(1, 2), key: Digest(3, 4), payload: b"result" };
        pack.write(folder.path(), &[(hash(1, b"one"), one.write(0))], |_, _| None).unwrap();
        let again = Pack::open(&file, b"x".to_vec());
        assert_eq!(again.get(hash(1, b"one"), b"one"), Some(one));
        assert_eq!(again.secret, pack.secret);
        assert!(Pack::open(&file, b"y".to_vec()).index.is_empty(), "about something else");
        // Records age when no run asks for them.
        again.write(folder.path(), &[], |_, age| Some(age + 1).filter(|a| *a < 2)).unwrap();
        let aged = Pack::open(&file, b"x".to_vec());
        assert_eq!(aged.index.len(), 1);
        aged.write(folder.path(), &[], |_, age| Some(age + 1).filter(|a| *a < 2)).unwrap();
        assert!(Pack::open(&file, b"x".to_vec()).index.is_empty());
        pack.write(folder.path(), &[(hash(1, b"one"), one.write(0))], |_, _| None).unwrap();
        let whole = fs::read(&file).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&file, &damaged).unwrap();
            let open = Pack::open(&file, b"x".to_vec());
            let secret = MAGIC.len()..MAGIC.len() + 16;
            assert!(open.index.is_empty() || secret.contains(&at), "byte {at}");
            fs::write(&file, &whole[..at]).unwrap();
            assert!(Pack::open(&file, b"x".to_vec()).index.is_empty(), "cut at {at}");
        }
    }
}
