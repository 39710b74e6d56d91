//! Which machines may be spoken to: host names and network addresses in, permission or a reason out.
//!
//! A list of sources, a page or a redirect may name any host, and a name may resolve to anything. So the addresses are
//! judged here after the name is resolved, and the connection goes to the very addresses that were judged. It never
//! lets a request through to a private network unless the user named that host on the command line.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// A host of a private network that may be spoken to, on one port or on all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    host: String,
    port: Option<u16>,
}

impl Allowed {
    /// Reads `HOST` or `HOST:PORT`; an IPv6 address stands in square brackets.
    ///
    /// # Errors
    /// Where it is neither; the message says how to write it.
    pub fn parse(words: &str) -> Result<Allowed, String> {
        let wrong =
            || format!("'{words}' is no host; write HOST or HOST:PORT, such as localhost:8080, 10.0.0.5 or [::1]:8080");
        if words.contains(['/', '@', '?', '#', ' ']) {
            return Err(wrong());
        }
        // With a port of its own the address is taken apart as in a link, so 127.1 means the same here and there.
        let url = url::Url::parse(&format!("http://{words}/")).map_err(|_| wrong())?;
        let host = url.host_str().filter(|h| !h.is_empty()).ok_or_else(wrong)?.to_owned();
        let named = words.rsplit_once(':').filter(|(before, _)| !before.starts_with('[') || before.ends_with(']'));
        let port = match named {
            Some((_, port)) => Some(port.parse().ok().filter(|p| *p > 0).ok_or_else(wrong)?),
            None => None,
        };
        Ok(Allowed { host, port })
    }

    fn covers(&self, host: &str, port: u16) -> bool {
        self.host.eq_ignore_ascii_case(host) && self.port.is_none_or(|p| p == port)
    }
}

/// Why a host was not spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The host, as the address names it.
    pub host: String,
    /// The port.
    pub port: u16,
    /// What kind of address it has.
    pub kind: &'static str,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Refusal { host, port, kind } = self;
        write!(f, "{host} is {kind}, which is not fetched from unless you say --allow-private {host}:{port}")
    }
}

impl std::error::Error for Refusal {}

/// Judges hosts and addresses.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Arc<[Allowed]>,
}

impl Guard {
    /// A guard that lets these private hosts through, and every public one.
    pub fn new(allowed: Vec<Allowed>) -> Guard {
        Guard { allowed: allowed.into() }
    }

    /// Whether the user named this very host and port.
    pub fn is_named(&self, host: &str, port: u16) -> bool {
        self.allowed.iter().any(|a| a.covers(host, port))
    }

    /// Judges one resolved address of a host.
    ///
    /// # Errors
    /// Where it is of a private network and the host was not named.
    pub fn judge(&self, host: &str, port: u16, address: IpAddr) -> Result<(), Refusal> {
        match private(address) {
            Some(kind) if !self.is_named(host, port) => Err(Refusal { host: host.to_owned(), port, kind }),
            _ => Ok(()),
        }
    }
}

/// Resolves names and hands on only addresses that the guard lets through.
#[derive(Debug)]
pub(super) struct GuardedResolver {
    guard: Guard,
    inner: DefaultResolver,
}

impl GuardedResolver {
    pub fn new(guard: Guard) -> GuardedResolver {
        GuardedResolver { guard, inner: DefaultResolver::default() }
    }
}

impl Resolver for GuardedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let found = self.inner.resolve(uri, config, timeout)?;
        // One private address among public ones is enough to refuse: an honest site has none.
        for address in &found {
            self.guard
                .judge(host, address.port(), address.ip())
                .map_err(|refusal| ureq::Error::Other(Box::new(refusal)))?;
        }
        Ok(found)
    }
}

/// What kind of address it is, where it is not one of the public internet.
fn private(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(v4) => private_v4(v4),
        IpAddr::V6(v6) => private_v6(v6),
    }
}

fn private_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = address.octets();
    Some(match (a, b, c) {
        (127, ..) => "this computer (a loopback address)",
        (0, ..) => "an address without a network",
        (10, ..) | (192, 168, _) => "an address of a private network",
        (172, 16..=31, _) => "an address of a private network",
        (169, 254, _) => "a link-local address",
        (100, 64..=127, _) => "an address behind a carrier's network (100.64.0.0/10)",
        (192, 0, 0) | (198, 18..=19, _) => "an address reserved for network tests and protocols",
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => "an address reserved for examples",
        (192, 88, 99) => "a relay address",
        (224..=239, ..) => "a multicast address",
        (240..=255, ..) => "a reserved address",
        _ => return None,
    })
}

fn private_v6(address: Ipv6Addr) -> Option<&'static str> {
    let s = address.segments();
    if address.is_loopback() {
        return Some("this computer (a loopback address)");
    }
    if address.is_unspecified() {
        return Some("an address without a network");
    }
    Some(match s {
        [0xfe80..=0xfeff, ..] => "a link-local address",
        [0xfc00..=0xfdff, ..] => "an address of a private network",
        [0xff00..=0xffff, ..] => "a multicast address",
        // Ways to write or reach an IPv4 address: mapped, NAT64, 6to4, Teredo. What is behind them cannot be told.
        [0, 0, 0, 0, 0, 0xffff, ..] => "an IPv4 address in disguise",
        [0x64, 0xff9b, ..] | [0x2002, ..] | [0x2001, 0, ..] => "an IPv4 address in disguise",
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => "an address reserved for examples",
        [0x2001, 1..=0x1ff, ..] => "an address reserved for network tests and protocols",
        // Only this range has been given out for the public internet.
        [0x2000..=0x3fff, ..] => return None,
        _ => "a reserved address",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_let_through() {
        for private_one in [
            "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
            "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1",
            "255.255.255.255", "::", "::1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1",
            "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
            "2001::1", "2001:db8::1", "100::1", "4000::1",
        ] {
            let address: IpAddr = private_one.parse().expect(private_one);
            assert!(private(address).is_some(), "{private_one}");
        }
        for public in
            ["8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "2a00:1450::1", "2606:4700::1"]
        {
            let address: IpAddr = public.parse().expect(public);
            assert_eq!(private(address), None, "{public}");
        }
    }

    #[test]
    fn a_private_host_is_let_through_only_by_name_and_port() {
        let allowed = ["127.0.0.1:8080", "localhost", "[::1]:99"].map(|w| Allowed::parse(w).expect(w));
        let guard = Guard::new(allowed.to_vec());
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        assert!(guard.judge("127.0.0.1", 8080, loopback).is_ok());
        assert!(guard.judge("127.0.0.1", 8081, loopback).is_err());
        assert!(guard.judge("localhost", 1, loopback).is_ok());
        assert!(guard.judge("rebound.example", 8080, loopback).is_err(), "the name counts, not what it resolves to");
        assert!(guard.is_named("[::1]", 99));
        for wrong in ["", "http://x", "x:0", "x:70000", "a b", "x:y", "u@x", "[::1"] {
            assert!(Allowed::parse(wrong).is_err(), "{wrong}");
        }
    }
}
