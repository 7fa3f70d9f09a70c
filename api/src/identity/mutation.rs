//! Mutations of identity. What holds a password or a token has no `Debug`.

use app::{
    channels,
    cx::{Cx, Public},
    identity::{self, Register, RegisterError, SignIn},
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::{email::Email, password::Password, phone::Phone},
    invalid::{Check, Invalid, Problem},
    language::Language,
    text,
};

use super::{
    account::Account,
    reader,
    sign_in::{SignInPayload, enter},
};
use crate::graphql::{
    directive::emits,
    error::UserError,
    input,
    language::Reading,
    payload::{outcome, split},
    scalar::DateTime,
};

/// What one signs in with.
#[derive(InputObject)]
pub struct SignInInput {
    /// E-mail address of the account.
    pub email: String,
    /// Its password.
    #[graphql(secret)]
    pub password: String,
    /// A guest's cart that becomes the customer's. If one of the staff signs in, it is left as it is.
    pub cart: Option<ID>,
}

/// A customer who wants an account.
#[derive(InputObject)]
pub struct CustomerRegisterInput {
    /// E-mail address to sign in with.
    pub email: String,
    /// 10 to 200 characters of any kind.
    #[graphql(secret)]
    pub password: String,
    /// The name, as the person writes it: 100 characters at most.
    pub name: String,
    /// Telephone number in international form, such as `+966512345678`.
    pub phone: Option<String>,
    /// BCP 47 tag of the language to write in, one of the channel's; the request's if left out.
    pub language: Option<String>,
    /// A guest's cart that becomes the customer's.
    pub cart: Option<ID>,
    /// Any text of yours: the same key with the same input opens one account, and signs in again.
    pub idempotency_key: Option<String>,
}

/// A session to go on with.
#[derive(InputObject)]
pub struct TokenRefreshInput {
    /// The refresh token that was handed out last.
    #[graphql(secret)]
    pub refresh_token: String,
}

/// A session to end.
#[derive(InputObject)]
pub struct SignOutInput {
    /// The refresh token that was handed out last.
    #[graphql(secret)]
    pub refresh_token: String,
}

/// The next tokens of a session, or why there are none.
#[derive(SimpleObject, Clone, Default)]
pub struct TokenRefreshPayload {
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
    /// What is wrong: `SESSION_ENDED` if one must sign in again.
    pub user_errors: Vec<UserError>,
}

/// That a session has ended.
#[derive(SimpleObject, Clone, Debug)]
pub struct SignOutPayload {
    /// What is wrong. Signing out twice is not.
    pub user_errors: Vec<UserError>,
}

/// Mutations of identity.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdentityMutation;

/// Who signs in.
#[Object]
impl IdentityMutation {
    /// Signs a customer or one of the staff in. Every call begins a session of its own.
    ///
    /// `BAD_CREDENTIALS` does not say whether the address or the password is wrong. If the guest's `cart` is
    /// gone, or not a guest's any more, one is signed in all the same and `userErrors` say so at `cart`
    /// (`NOT_FOUND`, `CART_COMPLETED`): the customer's own is in `account.cart`.
    #[graphql(directive = emits::apply("account.signed_in".to_owned()))]
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> async_graphql::Result<SignInPayload> {
        let cx = ctx.cx();
        let (parsed, user_errors) = split(outcome(cx, async { input.parse() }).await?);
        let Some((asked, cart)) = parsed else { return Ok(SignInPayload { user_errors, ..SignInPayload::default() }) };
        enter(cx, asked, cart).await
    }

    /// Opens a customer's account and signs them in.
    ///
    /// `ACCOUNT_EXISTS` if the e-mail address has one. The guest's `cart` is taken along as by `signIn`.
    #[graphql(
        directive = emits::apply("account.registered".to_owned()),
        directive = emits::apply("account.signed_in".to_owned())
    )]
    async fn customer_register(
        &self,
        ctx: &Context<'_>,
        input: CustomerRegisterInput,
    ) -> async_graphql::Result<SignInPayload> {
        let cx = ctx.cx();
        let registered = outcome(cx, async {
            let (register, cart) = input.parse(cx)?;
            let asked = SignIn { email: register.email.clone(), password: register.password.clone() };
            identity::register(cx, Public, register).await?;
            Ok::<_, RegisterError>((asked, cart))
        });
        let (registered, user_errors) = split(registered.await?);
        let Some((asked, cart)) = registered else {
            return Ok(SignInPayload { user_errors, ..SignInPayload::default() });
        };
        enter(cx, asked, cart).await
    }

    /// Trades a refresh token for the next pair of tokens. It is used up by that: one that comes back a
    /// second time was copied by somebody, and ends the session. Send it without the old access token: a
    /// request that bears an expired one is refused with `TOKEN_EXPIRED`.
    #[graphql(directive = emits::apply("account.session_revoked".to_owned()))]
    async fn token_refresh(
        &self,
        ctx: &Context<'_>,
        input: TokenRefreshInput,
    ) -> async_graphql::Result<TokenRefreshPayload> {
        let cx = ctx.cx();
        let refreshed = outcome(cx, async {
            let next = identity::refresh(cx, Public, &input.refresh_token).await?;
            let theirs = reader::of(cx, &next.access_token).await?;
            Ok::<_, identity::RefreshError>((next, theirs))
        });
        let (refreshed, user_errors) = split(refreshed.await?);
        let Some((next, theirs)) = refreshed else {
            return Ok(TokenRefreshPayload { user_errors, ..TokenRefreshPayload::default() });
        };
        Ok(TokenRefreshPayload {
            access_token: Some(next.access_token),
            access_token_expires_at: Some(DateTime(next.access_expires_at)),
            refresh_token: Some(next.refresh_token),
            refresh_token_expires_at: Some(DateTime(next.refresh_expires_at)),
            account: Some(Account::new(theirs, next.account)),
            user_errors,
        })
    }

    /// Ends the session of a refresh token; its access tokens end with it. A session that has ended before
    /// is left as it is.
    #[graphql(
        directive = emits::apply("account.signed_out".to_owned()),
        directive = emits::apply("account.session_revoked".to_owned())
    )]
    async fn sign_out(&self, ctx: &Context<'_>, input: SignOutInput) -> async_graphql::Result<SignOutPayload> {
        let cx = ctx.cx();
        let done = outcome(cx, identity::sign_out(cx, Public, &input.refresh_token));
        let (_, user_errors) = split(done.await?);
        Ok(SignOutPayload { user_errors })
    }
}

impl SignInInput {
    fn parse(self) -> Result<(SignIn, Option<Id<id::Cart>>), Invalid> {
        let mut check = Check::default();
        let cart = self.cart.and_then(|cart| check.field("cart", input::id(&cart)));
        check.done(Some((SignIn { email: self.email, password: self.password }, cart)))
    }
}

impl CustomerRegisterInput {
    fn parse(mut self, cx: &Cx) -> Result<(Register, Option<Id<id::Cart>>), RegisterError> {
        // Taken out first, so that no digest of it is stored with the key.
        let password = std::mem::take(&mut self.password);
        let channel = cx.channel()?;
        let mut check = Check::default();
        let once = input::once(&mut check, "customerRegister", self.idempotency_key.as_deref(), &self);
        // `register` parses these again; here they are looked at so that all wrong fields are told at once.
        check.field("email", Email::parse(&self.email));
        check.field("password", Password::parse(&password));
        check.field("name", text::line(&self.name, 100));
        let phone = self.phone.filter(|phone| !phone.trim().is_empty());
        check.field("phone", phone.as_deref().map(Phone::parse).transpose());
        let language = match &self.language {
            None => Some(cx.language()),
            Some(tag) => {
                let offered = channels::offered(channel);
                let language = Language::parse(tag).filter(|language| offered.contains(language));
                check.field("language", language.ok_or(Problem::UnsupportedLanguage))
            }
        };
        let cart = self.cart.and_then(|cart| check.field("cart", input::id(&cart)));
        let register = |language| Register { email: self.email, password, name: self.name, phone, language, once };
        Ok(check.done(language.map(register).map(|register| (register, cart)))?)
    }
}
