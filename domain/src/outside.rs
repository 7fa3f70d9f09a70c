//! What is said to the outside and what it answers, without I/O: an adapter to a port builds a request and reads a response;
//! the one executor in `app` carries it over the wire.

/// A request, ready for the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// Where to.
    pub url: String,
    /// Headers, authorisation included. Never logged.
    pub headers: Vec<(&'static str, String)>,
    /// JSON text, sent by POST.
    pub body: String,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The body as text.
    pub body: String,
}
