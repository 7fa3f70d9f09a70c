//! The end of a server.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::json;

use super::{
    place::Place,
    served::{Answer, Served},
};

#[test]
fn a_request_in_flight_is_finished_when_the_server_is_told_to_stop() {
    let place = Place::new();
    place.copy_fixture("shop");
    place.run_with(&[("QAFILA_LOG", "error")], &["seed", "--from", "shop"]).well();
    let server = Served::start(&place, &[("QAFILA_LOG", "info")]);

    let body = json!({ "query": "mutation { cartCreate(input: { email: \"guest@customer.example\" }) {
        cart { id email } userErrors { code } } }" });
    let body = body.to_string();
    let mut stream = server.connect();
    let head = "POST /graphql HTTP/1.1\r\nHost: qafila\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n";
    stream.write_all(format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes()).unwrap();
    // Whoever asks for the body has begun with the request.
    assert_eq!(line(&mut stream), "HTTP/1.1 100 Continue");
    assert_eq!(line(&mut stream), "");

    server.terminate();
    server.logs("stopping: requests in flight are finished");
    stream.write_all(body.as_bytes()).unwrap();
    let answer = Answer::read(&mut stream);
    assert_eq!(answer.status, 200, "{answer:?}");
    let cart = answer.body["data"]["cartCreate"]["cart"].clone();
    assert_eq!(cart["email"], "guest@customer.example", "{answer:?}");
    let (status, log) = server.ended();
    assert_eq!(status.code(), Some(0), "{log:#?}");

    let next = Served::start(&place, &[("QAFILA_LOG", "warn")]);
    let found = next.data("query ($id: ID!) { cart(id: $id) { id email } }", &json!({ "id": cart["id"] }), None);
    assert_eq!(found["cart"], cart, "what was answered is there");
    next.stop();
}

/// A line of the head of an answer.
fn line(stream: &mut TcpStream) -> String {
    let mut line = String::new();
    while !line.ends_with("\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("more of the head");
        line.push(char::from(byte[0]));
    }
    line.trim_end().to_owned()
}
