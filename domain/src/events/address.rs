//! Where events may be sent: to addresses of the public internet, and to networks that the operator allows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use url::{Host, Url};

use crate::invalid::Problem;

/// The longest address of a webhook, in bytes.
const MAX_LENGTH: usize = 2000;

/// Networks that the operator allows although they are not of the public internet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

/// The text is no list of networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a list of networks")]
pub struct NotNetworks;

impl Networks {
    /// Reads networks such as `10.1.0.0/16, fd00::/8`.
    pub fn parse(text: &str) -> Result<Self, NotNetworks> {
        let networks = text.split(',').map(|network| network.trim().parse().map_err(|_| NotNetworks));
        networks.collect::<Result<_, _>>().map(Self)
    }

    /// Whether events may be sent to an address.
    pub fn permit(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.allow(address) || is_public(address)
    }

    /// Whether the operator allows an address by name of its network.
    fn allow(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// The address of a webhook, as it is used: absolute, by HTTPS, without a user or a fragment. By HTTP only to an
/// address in a network that the operator allows. One that names a network address that is not permitted is refused;
/// what a host's name leads to is looked at whenever something is sent.
pub fn endpoint(text: &str, networks: &Networks) -> Result<Url, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    if MAX_LENGTH < text.len() {
        return Err(Problem::TooLong { max: MAX_LENGTH });
    }
    let url = Url::parse(text).map_err(|_| Problem::InvalidEndpoint)?;
    let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let Some(host) = url.host().filter(|_| is_bare) else { return Err(Problem::InvalidEndpoint) };
    let literal = match host {
        Host::Ipv4(address) => Some(IpAddr::V4(address)),
        Host::Ipv6(address) => Some(IpAddr::V6(address)),
        Host::Domain(_) => None,
    };
    if literal.is_some_and(|address| !networks.permit(address)) {
        return Err(Problem::AddressRefused);
    }
    let is_inside = literal.is_some_and(|address| networks.allow(address.to_canonical()));
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_inside => Ok(url),
        _ => Err(Problem::InvalidEndpoint),
    }
}

/// Whether an address is one of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.iter().any(|network| network.contains(&address)),
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address) && !NOT_PUBLIC_V6.iter().any(|network| network.contains(&address))
        }
    }
}

const fn v4(a: u8, b: u8, c: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), prefix)
}

const fn v6(a: u16, b: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), prefix)
}

/// RFC 6890 and its like: this network, private, shared (carrier-grade NAT), loopback, link-local, assignments,
/// documentation, relays, benchmarks, multicast, reserved and broadcast.
const NOT_PUBLIC_V4: [Ipv4Net; 15] = [
    v4(0, 0, 0, 8),
    v4(10, 0, 0, 8),
    v4(100, 64, 0, 10),
    v4(127, 0, 0, 8),
    v4(169, 254, 0, 16),
    v4(172, 16, 0, 12),
    v4(192, 0, 0, 24),
    v4(192, 0, 2, 24),
    v4(192, 88, 99, 24),
    v4(192, 168, 0, 16),
    v4(198, 18, 0, 15),
    v4(198, 51, 100, 24),
    v4(203, 0, 113, 24),
    v4(224, 0, 0, 4),
    v4(240, 0, 0, 4),
];

/// All that is global of version 6. Loopback, unspecified, mapped, translated, local and multicast are elsewhere.
const GLOBAL_V6: Ipv6Net = v6(0x2000, 0, 3);

/// Of these not: protocol assignments with Teredo, documentation, and 6to4, which leads to any address of version 4.
const NOT_PUBLIC_V6: [Ipv6Net; 4] = [v6(0x2001, 0, 23), v6(0x2001, 0xdb8, 32), v6(0x2002, 0, 16), v6(0x3fff, 0, 20)];

#[cfg(test)]
mod tests {
    use super::*;

    fn permitted(networks: &Networks, address: &str) -> bool {
        networks.permit(address.parse().unwrap())
    }

    #[test]
    fn only_the_public_internet_is_permitted() {
        let none = Networks::default();
        for public in ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(permitted(&none, public), "{public}");
        }
        for inside in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
        ] {
            assert!(!permitted(&none, inside), "{inside}");
        }
    }

    #[test]
    fn an_operator_allows_networks() {
        let networks = Networks::parse("10.1.0.0/16, ::1/128").unwrap();
        for (address, may) in [("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("10.2.0.1", false), ("::1", true)] {
            assert_eq!(permitted(&networks, address), may, "{address}");
        }
        for wrong in ["", "10.0.0.1", "10.0.0.0/33", "localhost", "10.0.0.0/8 fd00::/8"] {
            assert_eq!(Networks::parse(wrong), Err(NotNetworks), "{wrong}");
        }
    }

    #[test]
    fn a_webhook_is_reached_by_https_wherever_it_may_be() {
        let (none, loopback) = (Networks::default(), Networks::parse("127.0.0.0/8").unwrap());
        assert_eq!(endpoint(" https://a.example/x?y=1 ", &none).unwrap().as_str(), "https://a.example/x?y=1");
        assert!(endpoint("http://127.0.0.1:81/", &loopback).is_ok());
        for (text, problem) in [
            ("", Problem::Required),
            ("a.example", Problem::InvalidEndpoint),
            ("http://a.example/", Problem::InvalidEndpoint),
            ("http://1.1.1.1/", Problem::InvalidEndpoint),
            ("ftp://a.example/", Problem::InvalidEndpoint),
            ("https://me@a.example/", Problem::InvalidEndpoint),
            ("https://a.example/#x", Problem::InvalidEndpoint),
            ("https://127.0.0.1/", Problem::AddressRefused),
            ("https://2130706433/", Problem::AddressRefused),
            ("https://0x7f.1/", Problem::AddressRefused),
            ("https://[::1]/", Problem::AddressRefused),
            ("https://[::ffff:10.0.0.1]/", Problem::AddressRefused),
            ("http://169.254.169.254/latest", Problem::AddressRefused),
        ] {
            assert_eq!(endpoint(text, &none), Err(problem), "{text}");
        }
        let long = format!("https://a.example/{}", "x".repeat(MAX_LENGTH));
        assert_eq!(endpoint(&long, &none), Err(Problem::TooLong { max: MAX_LENGTH }));
    }
}
