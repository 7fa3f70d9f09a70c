//! Somebody on the wire between the shop and its card gateway, who sees all and can lose what they like.

use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use reqwest::Method;
use tests::{client::Reply, shop::Shop};

/// A request that went over the wire.
#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

/// What becomes of a request and of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The request does not arrive.
    Lost,
    /// It arrives, but its answer does not.
    AnswerLost,
    /// The next one arrives, and its answer waits until it is let go.
    Held,
}

/// The tap. The shop believes that it and its gateway are reached here.
pub struct Wiretap {
    address: SocketAddr,
    wire: Arc<Wire>,
}

#[derive(Default)]
struct Wire {
    leads_to: OnceLock<SocketAddr>,
    seen: Mutex<Vec<Seen>>,
    fates: Mutex<Vec<(&'static str, Fate)>>,
    is_holding: Mutex<bool>,
    changed: Condvar,
    let_go: Condvar,
    is_over: AtomicBool,
}

impl Wiretap {
    /// Opens a shop whose gateway is behind a tap.
    pub async fn open() -> (Shop, Self) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let wire = Arc::new(Wire::default());
        let tapped = Arc::clone(&wire);
        std::thread::spawn(move || listen(&listener, &tapped));
        let shop = Shop::open_with(|flags| flags.public_url = Some(format!("http://{address}"))).await;
        let there = shop.anonymous().request(Method::GET, "/").await.build().unwrap();
        let there = there.url().socket_addrs(|| None).unwrap()[0];
        wire.leads_to.set(there).unwrap();
        (shop, Self { address, wire })
    }

    /// From now on, this becomes of requests whose path holds this.
    pub fn set(&self, part: &'static str, fate: Fate) {
        self.wire.fates.lock().unwrap().push((part, fate));
    }

    /// From now on everything passes, and what was held is let go.
    pub fn let_pass(&self) {
        self.wire.fates.lock().unwrap().clear();
        *self.wire.is_holding.lock().unwrap() = false;
        self.wire.let_go.notify_all();
    }

    /// The requests whose paths hold this, the oldest first.
    pub fn seen(&self, part: &str) -> Vec<Seen> {
        let seen = self.wire.seen.lock().unwrap();
        seen.iter().filter(|request| request.path.contains(part)).cloned().collect()
    }

    /// Waits until so many requests came whose paths hold this.
    pub async fn came(&self, part: &'static str, n: usize) {
        let wire = Arc::clone(&self.wire);
        let waiting = tokio::task::spawn_blocking(move || {
            let seen = wire.seen.lock().unwrap();
            let too_few = |seen: &mut Vec<Seen>| seen.iter().filter(|request| request.path.contains(part)).count() < n;
            drop(wire.changed.wait_while(seen, too_few).unwrap());
        });
        waiting.await.unwrap();
    }
}

impl Drop for Wiretap {
    fn drop(&mut self) {
        self.wire.is_over.store(true, Ordering::SeqCst);
        self.let_pass();
        // The listener waits for somebody to come.
        drop(TcpStream::connect(self.address));
    }
}

impl Seen {
    /// Sends it to the shop again.
    pub async fn again(&self, shop: &Shop) -> Reply {
        self.with_body(shop, &self.body).await
    }

    /// Sends it to the shop with another body and the same headers.
    pub async fn with_body(&self, shop: &Shop, body: &str) -> Reply {
        let mut request = shop.anonymous().request(Method::POST, &self.path).await;
        for (name, value) in self.headers.iter().filter(|(name, _)| !matches!(name.as_str(), "host" | "content-length"))
        {
            request = request.header(name, value);
        }
        Reply::to(request.body(body.to_owned())).await
    }
}

impl Wire {
    /// What becomes of a request.
    fn fate(&self, path: &str) -> Option<Fate> {
        let mut fates = self.fates.lock().unwrap();
        let found = fates.iter().position(|(part, _)| path.contains(part))?;
        let fate = fates[found].1;
        if fate == Fate::Held {
            fates.remove(found);
            *self.is_holding.lock().unwrap() = true;
        }
        Some(fate)
    }
}

fn listen(listener: &TcpListener, wire: &Arc<Wire>) {
    for stream in listener.incoming() {
        if wire.is_over.load(Ordering::SeqCst) {
            return;
        }
        let wire = Arc::clone(wire);
        // A connection that breaks is the business of its two ends.
        std::thread::spawn(move || stream.and_then(|stream| pass(stream, &wire)).unwrap_or_default());
    }
}

fn pass(mut from: TcpStream, wire: &Wire) -> io::Result<()> {
    let (head, seen) = read(&from)?;
    let fate = wire.fate(&seen.path);
    let body = seen.body.clone();
    let answer = if fate == Some(Fate::Lost) { None } else { Some(ask(wire, &head, &body)?) };
    wire.seen.lock().unwrap().push(seen);
    wire.changed.notify_all();
    if fate == Some(Fate::Held) {
        let is_holding = wire.is_holding.lock().unwrap();
        drop(wire.let_go.wait_while(is_holding, |is_holding| *is_holding).unwrap());
    }
    let lost = b"HTTP/1.1 504 Gateway Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let answer = answer.filter(|_| fate != Some(Fate::AnswerLost)).unwrap_or_else(|| lost.to_vec());
    from.write_all(&answer)
}

/// A request: its head as it is to be sent on, and what was seen.
fn read(from: &TcpStream) -> io::Result<(String, Seen)> {
    let mut from = BufReader::new(from);
    let mut first = String::new();
    from.read_line(&mut first)?;
    let (mut head, mut headers) = (first.clone(), HashMap::new());
    loop {
        let mut line = String::new();
        from.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        if !name.eq_ignore_ascii_case("connection") {
            head.push_str(&line);
        }
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    Ok((head, Seen { path, headers, body: String::from_utf8(body).map_err(io::Error::other)? }))
}

/// Sends a request on, and reads the whole answer.
fn ask(wire: &Wire, head: &str, body: &str) -> io::Result<Vec<u8>> {
    let there = wire.leads_to.get().ok_or_else(|| io::Error::other("the shop is not open yet"))?;
    let mut to = TcpStream::connect(there)?;
    to.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes())?;
    let mut answer = Vec::new();
    to.read_to_end(&mut answer)?;
    Ok(answer)
}
