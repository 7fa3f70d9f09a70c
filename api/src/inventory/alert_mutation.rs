//! Mutations of those who want to hear when a variant can be had again.

use app::{
    cx::{Cx, Public},
    inventory::alerts::{self, AlertError, CreateAlert},
};
use async_graphql::{Context, ID, InputObject, Object, OneofObject, SimpleObject};
use domain::{
    id::{self, Id},
    identity::email::Email,
    invalid::{Check, Invalid},
    text,
};
use store::Once;

use crate::graphql::{
    directive::emits,
    error::UserError,
    input,
    language::Reading,
    payload::{outcome, split},
};

/// The longest token that is looked at.
const TOKEN_MAX: usize = 200;

/// Of what somebody wants to hear.
#[derive(InputObject, Clone, Debug)]
pub struct StockAlertCreateInput {
    /// The variant, of a product that the channel shows.
    pub variant: ID,
    /// Whom to tell.
    pub email: String,
    /// Any text of yours: the same key with the same input gives the same token.
    pub idempotency_key: Option<String>,
}

/// What takes a wish to hear of a variant back, or why nobody will be told.
#[derive(SimpleObject, Clone, Debug)]
pub struct StockAlertPayload {
    /// Takes it back, see `stockAlertDelete`. Keep it. Of no use if the address waits for the variant already: the token
    /// that was given then is the good one.
    pub token: Option<String>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Of what somebody does not want to hear any more.
#[derive(InputObject, Clone, Debug)]
pub struct StockAlertDeleteInput {
    /// Which wish.
    pub by: StockAlertBy,
    /// Any text of yours: the same key with the same input takes it back once.
    pub idempotency_key: Option<String>,
}

/// How a wish to hear of a variant is named.
#[derive(OneofObject, Clone, Debug)]
pub enum StockAlertBy {
    /// By its id: for the customer who asked, and for staff with `STOCK_MANAGE`.
    Id(ID),
    /// By the token that was given when it was asked for.
    Token(String),
}

/// That a wish was taken back, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct StockAlertDeletePayload {
    /// The id that was given; none for a token, of which it is not told whether there was one.
    pub deleted_stock_alert: Option<ID>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of those who want to hear.
#[derive(Clone, Copy, Debug, Default)]
pub struct StockAlertMutation;

/// Mutations of those who want to hear.
#[Object]
impl StockAlertMutation {
    /// Asks to hear when a variant that cannot be had now can be had again in the channel, in the request's language. Each
    /// address hears of it once. Refuses with `NOT_FOUND`, or `VARIANT_AVAILABLE` if it can be had now.
    ///
    /// The answer is the same if the address waits for it already, and if it waits for 50 variants: more are not written
    /// down. A wish is forgotten after a year.
    #[graphql(directive = emits::apply("stock_alert.created".to_owned()))]
    async fn stock_alert_create(
        &self,
        ctx: &Context<'_>,
        input: StockAlertCreateInput,
    ) -> async_graphql::Result<StockAlertPayload> {
        let cx: &Cx = ctx.cx();
        let work = async {
            let alert = alerts::create(cx, cx.shopper(), input.parse()?).await?;
            Ok::<_, AlertError>(alerts::token(cx, alert))
        };
        let (token, user_errors) = split(outcome(cx, work).await?);
        Ok(StockAlertPayload { token, user_errors })
    }

    /// Takes a wish to hear of a variant back; the address is forgotten at once. A token that is none changes nothing, and
    /// is answered alike. Refuses an id with `NOT_FOUND`.
    #[graphql(directive = emits::apply("stock_alert.withdrawn".to_owned()))]
    async fn stock_alert_delete(
        &self,
        ctx: &Context<'_>,
        input: StockAlertDeleteInput,
    ) -> async_graphql::Result<StockAlertDeletePayload> {
        let cx: &Cx = ctx.cx();
        let (done, user_errors) = split(outcome(cx, delete(cx, input)).await?);
        Ok(StockAlertDeletePayload { deleted_stock_alert: done.flatten(), user_errors })
    }
}

async fn delete(cx: &Cx, input: StockAlertDeleteInput) -> Result<Option<ID>, AlertError> {
    let (which, once) = input.parse()?;
    let once = once.as_ref();
    match which {
        Which::Token(token) => alerts::withdraw(cx, Public, &token, once).await.map(|()| None),
        Which::Id(id) => {
            match cx.permit() {
                Ok(may) => alerts::remove(cx, may, id, once).await?,
                Err(_) => alerts::remove_own(cx, cx.customer().map_err(|_| AlertError::NotFound)?, id, once).await?,
            }
            Ok(Some(ID(id.to_string())))
        }
    }
}

/// A wish, as it is named.
enum Which {
    Id(Id<id::StockAlert>),
    Token(String),
}

impl StockAlertCreateInput {
    /// Checks every field.
    fn parse(self) -> Result<CreateAlert, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockAlertCreate", self.idempotency_key.as_deref(), &self);
        let variant = check.field("variant", input::id(&self.variant));
        let email = check.field("email", Email::parse(&self.email));
        check.done(variant.zip(email).map(|(variant, email)| CreateAlert { variant, email, once }))
    }
}

impl StockAlertDeleteInput {
    /// Checks every field.
    fn parse(self) -> Result<(Which, Option<Once>), Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockAlertDelete", self.idempotency_key.as_deref(), &self);
        let which = match self.by {
            StockAlertBy::Id(id) => check.field("by", input::id(&id)).map(Which::Id),
            StockAlertBy::Token(token) => check.field("by", text::line(&token, TOKEN_MAX)).map(Which::Token),
        };
        check.done(which.map(|which| (which, once)))
    }
}
