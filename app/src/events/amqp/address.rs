//! Where RabbitMQ is.

use std::fmt;

use percent_encoding::percent_decode_str;
use url::Url;

/// Where RabbitMQ is, and who Qafila is to it. It holds a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) user: String,
    pub(super) password: String,
    pub(super) virtual_host: String,
    pub(super) is_encrypted: bool,
}

/// How long a virtual host's name may be in the protocol.
const LONGEST_NAME: usize = 255;

impl Address {
    /// Reads `amqp://user:password@host:port/vhost`, or `amqps://` for TLS. What is not written is RabbitMQ's own default.
    /// `None`: it is no such URL, or it asks for what Qafila does not know.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let is_encrypted = match url.scheme() {
            "amqp" => false,
            "amqps" => true,
            _ => return None,
        };
        if url.query().is_some() || url.fragment().is_some() {
            return None;
        }
        let decoded = |text: &str| Some(percent_decode_str(text).decode_utf8().ok()?.into_owned());
        let or_guest = |text: &str| if text.is_empty() { Some("guest".to_owned()) } else { decoded(text) };
        let virtual_host = match url.path().strip_prefix('/').unwrap_or_default() {
            "" => "/".to_owned(),
            name => decoded(name)?,
        };
        let address = Self {
            host: url.host_str().filter(|host| !host.is_empty())?.to_owned(),
            port: url.port().unwrap_or(if is_encrypted { 5671 } else { 5672 }),
            user: or_guest(url.username())?,
            password: or_guest(url.password().unwrap_or_default())?,
            virtual_host,
            is_encrypted,
        };
        (address.virtual_host.len() <= LONGEST_NAME).then_some(address)
    }
}

/// Shows no password.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn what_is_not_written_is_as_rabbitmq_has_it() {
        let plain = Address::parse("amqp://rabbit").unwrap();
        assert_eq!((plain.host.as_str(), plain.port, plain.is_encrypted), ("rabbit", 5672, false));
        assert_eq!(
            (plain.user.as_str(), plain.password.as_str(), plain.virtual_host.as_str()),
            ("guest", "guest", "/")
        );
        assert_eq!(Address::parse("amqps://rabbit/").unwrap().port, 5671);
    }

    #[test]
    fn what_is_written_is_decoded() {
        let full = Address::parse("amqps://sh%40p:p%2Fw@[::1]:5000/%2fshop").unwrap();
        assert_eq!((full.host.as_str(), full.port, full.virtual_host.as_str()), ("[::1]", 5000, "/shop"));
        assert_eq!((full.user.as_str(), full.password.as_str()), ("sh@p", "p/w"));
        assert!(!format!("{full:?}").contains("p/w"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "rabbit", "http://rabbit", "amqp://", "amqp://rabbit?heartbeat=0", "amqp://rabbit/%ff"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
        assert_eq!(Address::parse(&format!("amqp://rabbit/{}", "v".repeat(256))), None);
    }
}
