//! A server as a process of its own.

use std::{
    io::{BufRead, BufReader, Read},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::place::Place;

/// How long anything may take: who waits longer has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A process that serves. It is killed when it is dropped.
pub struct Served {
    child: Child,
    /// What it printed when it was ready.
    pub greeting: String,
    /// The lines that it logs.
    log: Receiver<String>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Served {
    /// Starts a server in a place, and waits until it says that it serves.
    pub fn start(place: &Place, variables: &[(&str, &str)]) -> Self {
        let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.envs(variables.iter().copied()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("qafila starts");
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let (sender, log) = channel();
        thread::spawn(move || BufReader::new(err).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut served = Self { child, greeting: String::new(), log };
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            served.greeting.push_str(&line);
            served.greeting.push('\n');
            if line.trim_start().starts_with("curl ") {
                return served;
            }
        }
        let said: Vec<_> = served.log.iter().collect();
        panic!("the server does not start:\n{}{}", served.greeting, said.join("\n"));
    }

    /// Where it is, without a slash at the end.
    pub fn url(&self) -> &str {
        let line = self.greeting.lines().find_map(|line| line.strip_prefix("Qafila serves on "));
        line.unwrap_or_else(|| panic!("no address in\n{}", self.greeting))
    }

    pub fn address(&self) -> SocketAddr {
        self.url().strip_prefix("http://").unwrap().parse().unwrap()
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What is printed behind these words, such as `customer`: an address and a password.
    pub fn sign_in_of(&self, who: &str) -> (String, String) {
        let line = self.greeting.lines().find_map(|line| line.trim().strip_prefix(who));
        let mut words = line.unwrap_or_else(|| panic!("no {who} in\n{}", self.greeting)).split_whitespace();
        (words.next().unwrap().to_owned(), words.next().unwrap().to_owned())
    }

    /// Asks, with a token if there is one.
    pub fn ask(&self, query: &str, variables: &Value, token: Option<&str>) -> Answer {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let mut stream = self.connect();
        let head = "POST /graphql HTTP/1.1\r\nHost: qafila\r\nConnection: close\r\nContent-Type: application/json\r\n";
        let request = format!("{head}{token}Content-Length: {}\r\n\r\n{body}", body.len());
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        Answer::read(&mut stream)
    }

    /// Asks, and gives the data.
    pub fn data(&self, query: &str, variables: &Value, token: Option<&str>) -> Value {
        let mut answer = self.ask(query, variables, token);
        assert_eq!((answer.status, answer.body.get("errors")), (200, None), "{query}\n{answer:?}");
        answer.body["data"].take()
    }

    /// A connection on which nobody waits without end.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Tells it to stop, as a supervisor does, and does not wait.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.id().to_string()]).status().unwrap();
        assert!(told.success(), "it lives");
    }

    /// Waits until it logs a line with these words, and gives the line.
    pub fn logs(&self, words: &str) -> String {
        loop {
            let line = self.log.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{words:?} is not logged"));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Waits until it has ended. Gives how, and what it logged since the last look.
    pub fn ended(mut self) -> (ExitStatus, Vec<String>) {
        let status = self.child.wait().unwrap();
        (status, self.log.iter().collect())
    }

    /// Tells it to stop, and waits until it has.
    pub fn stop(self) -> Vec<String> {
        self.terminate();
        let (status, log) = self.ended();
        assert_eq!(status.code(), Some(0), "{log:#?}");
        log
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that has ended cannot be killed, and need not be.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Answer {
    /// Reads until the other side closes.
    pub fn read(stream: &mut TcpStream) -> Self {
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Self { status, body: serde_json::from_str(body).unwrap_or_else(|_| panic!("no JSON: {text:?}")) }
    }
}
