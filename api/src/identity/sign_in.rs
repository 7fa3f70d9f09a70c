//! Letting somebody in, and what the client is handed then.

use app::{
    cart,
    cx::{Cx, Public},
    identity::{self, SignIn},
};
use async_graphql::SimpleObject;
use domain::id::{self, Id};

use super::{account::Account, reader};
use crate::{
    cart::cart::Cart,
    cart::query::show_to,
    graphql::{
        error::UserError,
        payload::{outcome, split},
        scalar::DateTime,
    },
};

/// Tokens and whom they are of, or why there are none.
#[derive(SimpleObject, Clone, Default)]
pub struct SignInPayload {
    /// Send it with every request, as `Authorization: Bearer …`.
    pub access_token: Option<String>,
    /// When the access token ends: refresh it before.
    pub access_token_expires_at: Option<DateTime>,
    /// Good for one `tokenRefresh`. Keep it secret.
    pub refresh_token: Option<String>,
    /// When the refresh token ends: after that one must sign in again.
    pub refresh_token_expires_at: Option<DateTime>,
    /// Who is signed in.
    pub account: Option<Account>,
    /// The customer's cart with the guest's lines in it; none if no cart was given. It may have another id
    /// than the guest's.
    pub cart: Option<Cart>,
    /// What is wrong. If there are tokens nevertheless, one is signed in, and only the guest's cart could not
    /// be taken along.
    pub user_errors: Vec<UserError>,
}

/// Signs somebody in, and gives a customer the guest's cart.
pub async fn enter(cx: &Cx, asked: SignIn, guest: Option<Id<id::Cart>>) -> async_graphql::Result<SignInPayload> {
    let (signed_in, user_errors) = split(outcome(cx, identity::sign_in(cx, Public, asked)).await?);
    let Some(signed_in) = signed_in else { return Ok(SignInPayload { user_errors, ..SignInPayload::default() }) };
    let (theirs, user_errors) = split(outcome(cx, reader::of(cx, &signed_in.access_token)).await?);
    let Some(theirs) = theirs else { return Ok(SignInPayload { user_errors, ..SignInPayload::default() }) };
    let (cart, user_errors) = match (guest, theirs.customer()) {
        (Some(guest), Ok(customer)) => split(outcome(&theirs, cart::merge(&theirs, &customer, guest)).await?),
        (None, _) | (_, Err(_)) => (None, Vec::new()),
    };
    let cart = match cart {
        Some(cart) => show_to(&theirs, cart).await?,
        None => None,
    };
    Ok(SignInPayload {
        access_token: Some(signed_in.access_token),
        access_token_expires_at: Some(DateTime(signed_in.access_expires_at)),
        refresh_token: Some(signed_in.refresh_token),
        refresh_token_expires_at: Some(DateTime(signed_in.refresh_expires_at)),
        account: Some(Account::new(theirs, signed_in.account)),
        cart,
        user_errors,
    })
}
