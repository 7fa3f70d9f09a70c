//! The two tokens of a session: a signed one that is good for minutes, and one that is traded for the
//! next pair.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    id::{Account, Id, Session, Tenant},
    time::Instant,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::Rng as _;
use serde::{Deserialize, Serialize};
use store::Fault;

use crate::cx::Settings;

/// What an access token says. Times are seconds since the epoch, as in RFC 7519.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// Who.
    pub(super) sub: Id<Account>,
    /// In which tenant.
    pub(super) tid: Id<Tenant>,
    /// By which sign-in.
    pub(super) sid: Id<Session>,
    /// Until when.
    exp: i64,
    /// Since when.
    iat: i64,
}

/// Both tokens of a session, just made.
pub(super) struct Pair {
    /// The access token.
    pub(super) access: String,
    /// When it ends.
    pub(super) access_expires_at: Instant,
    /// The refresh token.
    pub(super) refresh: String,
    /// When it ends.
    pub(super) refresh_expires_at: Instant,
}

/// Why an access token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotAccepted {
    /// Not a token of ours.
    Invalid,
    /// It was one.
    Expired,
}

impl Pair {
    /// New tokens for a session.
    pub(super) fn issue(
        settings: &Settings,
        (tenant, account, session): (Id<Tenant>, Id<Account>, Id<Session>),
        now: Instant,
    ) -> Result<Self, Fault> {
        let exp = seconds(now.plus(settings.access_token));
        let claims = Claims { sub: account, tid: tenant, sid: session, exp, iat: seconds(now) };
        let key = EncodingKey::from_secret(settings.secret.as_bytes());
        Ok(Self {
            access: jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(Fault::new)?,
            access_expires_at: instant(exp),
            refresh: new_refresh(session),
            refresh_expires_at: now.plus(settings.refresh_token),
        })
    }
}

/// What an access token says, if it is ours and good still.
///
/// The crate would ask the machine's clock; the context's decides.
pub(super) fn read_access(token: &str, secret: &str, now: Instant) -> Result<Claims, NotAccepted> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    let key = DecodingKey::from_secret(secret.as_bytes());
    let read = jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| NotAccepted::Invalid)?;
    if now < instant(read.claims.exp) { Ok(read.claims) } else { Err(NotAccepted::Expired) }
}

fn new_refresh(session: Id<Session>) -> String {
    let mut secret = [0_u8; 32];
    rand::rng().fill_bytes(&mut secret);
    format!("{session}.{}", URL_SAFE_NO_PAD.encode(secret))
}

/// The session that a refresh token names; `None` if it is not one.
pub(super) fn session_of(refresh: &str) -> Option<Id<Session>> {
    refresh.split_once('.').and_then(|(session, _)| session.parse().ok())
}

fn seconds(at: Instant) -> i64 {
    at.millis().div_euclid(1000)
}

fn instant(seconds: i64) -> Instant {
    Instant::from_millis(seconds.saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::id::Kind;

    use super::*;

    fn settings(secret: &str) -> Settings {
        Settings {
            secret: secret.to_owned(),
            access_token: Duration::from_mins(15),
            refresh_token: Duration::from_hours(24),
            payment_window: Duration::ZERO,
            transfer_window: Duration::ZERO,
            public_url: String::new(),
            simulator_delay: None,
            webhook_networks: std::sync::Arc::default(),
            event_retention: Duration::ZERO,
            amqp: None,
        }
    }

    fn nil<K: Kind>() -> Id<K> {
        format!("{}_{}", K::PREFIX, "0".repeat(26)).parse().unwrap()
    }

    const NOW: Instant = Instant::from_millis(1_795_000_000_999);

    fn pair() -> Pair {
        Pair::issue(&settings("one secret"), (nil(), nil(), nil()), NOW).unwrap()
    }

    #[test]
    fn an_access_token_is_good_until_the_context_says_that_it_ended() {
        let pair = pair();
        assert_eq!(pair.access_expires_at, Instant::from_millis(1_795_000_900_000));
        let claims = read_access(&pair.access, "one secret", NOW).unwrap();
        assert_eq!((claims.sub, claims.tid, claims.sid), (nil(), nil(), nil()));
        let last = Instant::from_millis(1_795_000_899_999);
        assert_eq!(read_access(&pair.access, "one secret", last), Ok(claims));
        assert_eq!(read_access(&pair.access, "one secret", pair.access_expires_at), Err(NotAccepted::Expired));
    }

    #[test]
    fn what_we_did_not_sign_is_not_accepted() {
        let access = pair().access;
        assert_eq!(read_access(&access, "another secret", NOW), Err(NotAccepted::Invalid));
        let body = access.split('.').nth(1).unwrap();
        let unsigned = format!("{}.{body}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#));
        for wrong in ["", "a.b.c", &unsigned, access.trim_end_matches(|c| c != '.')] {
            assert_eq!(read_access(wrong, "one secret", NOW), Err(NotAccepted::Invalid), "{wrong}");
        }
    }

    #[test]
    fn a_refresh_token_names_its_session_and_is_new_each_time() {
        let (one, two) = (pair().refresh, pair().refresh);
        assert_ne!(one, two);
        assert_eq!(session_of(&one), Some(nil()));
        assert_eq!(one.split_once('.').unwrap().1.len(), 43);
        for wrong in ["", ".", "session_x.y", one.split_once('.').unwrap().0] {
            assert_eq!(session_of(wrong), None, "{wrong}");
        }
    }
}
