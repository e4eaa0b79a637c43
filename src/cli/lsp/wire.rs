//! Messages of the protocol: JSON behind a header with its length, read on a thread of its own so that a cancellation
//! overtakes the work before it.

use serde_json::{Value, json};
use std::{
    collections::HashSet,
    io::{self, BufRead, BufReader, Read, Write},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, TryRecvError},
    },
    thread,
};

/// A longer message is no text that somebody edits.
const LONGEST: u64 = 256 << 20;

/// The client at the other end.
pub(super) struct Client<W: Write> {
    messages: Receiver<Value>,
    cancelled: Arc<Mutex<HashSet<String>>>,
    out: W,
    next: u64,
}

impl<W: Write> Client<W> {
    /// Starts reading.
    pub(super) fn new(input: impl Read + Send + 'static, out: W) -> Client<W> {
        let (send, messages) = mpsc::channel();
        let cancelled: Arc<Mutex<HashSet<String>>> = Arc::default();
        let list = cancelled.clone();
        thread::spawn(move || {
            let mut input = BufReader::new(input);
            while let Ok(Some(message)) = read(&mut input) {
                if message["method"] == "$/cancelRequest" {
                    list.lock().unwrap_or_else(PoisonError::into_inner).insert(message["params"]["id"].to_string());
                } else if send.send(message).is_err() {
                    break;
                }
            }
        });
        Client { messages, cancelled, out, next: 1 }
    }
    /// The next message; `None` at the end.
    pub(super) fn wait(&self) -> Option<Value> {
        self.messages.recv().ok()
    }
    /// The next message, if one is there already.
    pub(super) fn poll(&self) -> Result<Value, TryRecvError> {
        self.messages.try_recv()
    }
    /// Whether this request is not wanted any more.
    pub(super) fn is_cancelled(&self, id: &Value) -> bool {
        self.cancelled.lock().unwrap_or_else(PoisonError::into_inner).contains(&id.to_string())
    }
    /// Answers a request; one that was cancelled is told so.
    pub(super) fn answer(&mut self, id: &Value, result: Result<Value, (i64, String)>) -> io::Result<()> {
        let cancelled = self.cancelled.lock().unwrap_or_else(PoisonError::into_inner).remove(&id.to_string());
        let result = if cancelled { Err((-32800, "the request was cancelled".to_owned())) } else { result };
        self.send(match result {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err((code, message)) => json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}}),
        })
    }
    /// Tells the client something.
    pub(super) fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }
    /// Asks the client something; its answer is not waited for.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.next += 1;
        let id = format!("tidyglot-{}", self.next);
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
    }
    fn send(&mut self, message: Value) -> io::Result<()> {
        let text = message.to_string();
        write!(self.out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        self.out.flush()
    }
}

/// One message; `None` at the end. What is no JSON is passed over.
fn read(input: &mut impl BufRead) -> io::Result<Option<Value>> {
    loop {
        let mut length = None;
        loop {
            let mut line = Vec::new();
            if input.by_ref().take(8192).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&line);
            let line = line.trim();
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse::<u64>().ok();
            }
        }
        let Some(length) = length.filter(|n| *n <= LONGEST) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        let mut body = Vec::new();
        if input.by_ref().take(length).read_to_end(&mut body)? as u64 != length {
            return Ok(None);
        }
        if let Ok(message) = serde_json::from_slice(&body) {
            return Ok(Some(message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_one_by_one() {
        let text =
            "Content-Length: 2\r\nContent-Type: x\r\n\r\n{}Content-Length: 3\r\n\r\n{]}content-length:4\r\n\r\nnull";
        let mut input = text.as_bytes();
        assert_eq!(read(&mut input).unwrap(), Some(json!({})));
        assert_eq!(read(&mut input).unwrap(), Some(Value::Null));
        assert_eq!(read(&mut input).unwrap(), None);
        assert!(read(&mut &b"Content-Length: 999999999999\r\n\r\n"[..]).is_err());
        assert_eq!(read(&mut &b"Content-Length: 9\r\n\r\n{}"[..]).unwrap(), None);
    }
}
