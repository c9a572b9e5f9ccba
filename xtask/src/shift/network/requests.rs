//! HTTP/1.1 requests out of a stream of bytes: as much of it as one client of ours speaks.

/// One whole request.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    pub path: String,
    pub body: Vec<u8>,
}

/// Cuts a stream into requests. What it cannot read it passes over.
#[derive(Default)]
pub struct Requests {
    pending: Vec<u8>,
}

impl Requests {
    /// The requests that `bytes` complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Request> {
        self.pending.extend_from_slice(bytes);
        let mut whole = Vec::new();
        while let Some((request, length)) = first_of(&self.pending) {
            self.pending.drain(..length);
            whole.push(request);
        }
        whole
    }
}

fn first_of(bytes: &[u8]) -> Option<(Request, usize)> {
    let head_length = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..head_length]).into_owned();
    let length = head_length + body_length(&head);
    let body = bytes.get(head_length..length)?.to_vec();
    let target = head.split_whitespace().nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default().to_owned();
    Some((Request { path, body }, length))
}

fn body_length(head: &str) -> usize {
    let fields = head.lines().filter_map(|line| line.split_once(':'));
    let mut lengths = fields.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths.next().and_then(|(_, value)| value.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_whole_however_the_stream_is_cut() {
        let stream = b"POST /sync/v1/push HTTP/1.1\r\ncontent-length: 5\r\n\r\nhelloGET /x?y=1 HTTP/1.1\r\nHost: a\r\n\r\n";
        let expected = [
            Request { path: "/sync/v1/push".to_owned(), body: b"hello".to_vec() },
            Request { path: "/x".to_owned(), body: Vec::new() },
        ];
        assert_eq!(Requests::default().feed(stream), expected);
        let mut by_byte = Requests::default();
        let found: Vec<Request> = stream.iter().flat_map(|byte| by_byte.feed(&[*byte])).collect();
        assert_eq!(found, expected);
    }
}
