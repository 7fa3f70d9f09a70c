//! A new cart.

use domain::{
    id::{Cart, Id},
    identity::email::Email,
    language::Language,
};
use entity::{cart::cart, channels::channel};
use sea_orm::{ColumnTrait, QueryFilter, Set};
use store::{Fault, Once, Read, Tx};

use super::{
    CartError, Step, Wish,
    apply::{self, Ground},
    rows,
};
use crate::{
    cx::{Cx, Shopper},
    organisations,
};

/// A cart to be.
#[derive(Clone, Debug)]
pub struct Create {
    /// What is in it from the start.
    pub lines: Vec<Wish>,
    /// Who hears of the order.
    pub email: Option<Email>,
    /// The language of the order.
    pub language: Language,
    /// What makes two calls the same.
    pub once: Option<Once>,
}

/// Makes a cart in the request's channel. A customer has one open cart a channel, for whomever they
/// buy: if there is one already, the lines go into it, and it is bought for whom it is changed for.
pub async fn create(cx: &Cx, shopper: Shopper, input: Create) -> Result<Id<Cart>, CartError> {
    let channel = cx.channel()?;
    cx.write_once(input.once.as_ref(), async |tx| create_in(tx, channel, shopper, &input).await).await
}

/// Makes a cart in a channel, or fills the customer's open one, as a step of the caller's.
pub(crate) async fn create_in(
    tx: &Tx,
    channel: &channel::Model,
    shopper: Shopper,
    input: &Create,
) -> Result<Id<Cart>, CartError> {
    let open = match shopper.customer {
        Some(customer) => {
            rows::lock_customer(tx, customer).await?;
            open_cart(tx, channel.id, customer).await?
        }
        None => None,
    };
    let cart = match open {
        Some(open) => {
            let open = rows::touch(tx, shopper, open, None).await?;
            rows::buy_for(tx, &open, shopper).await?;
            open.id
        }
        None => insert(tx, channel.id, shopper, input).await?,
    };
    if !input.lines.is_empty() {
        let party = organisations::party(tx, organisations::Wish::own(shopper.customer, shopper.buys_for)).await?;
        let ground = Ground { channel, cart, party, address: None, holds: true };
        apply::steps(tx, ground, &[Step::LinesAdd(input.lines.clone())]).await?;
    }
    Ok(cart)
}

/// A customer's open cart in a channel.
pub(crate) async fn open_cart(
    read: &Read,
    channel: Id<domain::id::Channel>,
    customer: Id<domain::id::Account>,
) -> Result<Option<Id<Cart>>, Fault> {
    let find = read.find::<cart::Entity>().filter(cart::Column::ChannelId.eq(channel));
    let find = find.filter(cart::Column::CustomerId.eq(customer)).filter(cart::Column::State.eq("OPEN"));
    Ok(find.one().await?.map(|cart| cart.id))
}

async fn insert(
    tx: &Tx,
    channel: Id<domain::id::Channel>,
    shopper: Shopper,
    input: &Create,
) -> Result<Id<Cart>, Fault> {
    let id = tx.new_id();
    tx.insert(cart::ActiveModel {
        id: Set(id),
        channel_id: Set(channel),
        customer_id: Set(shopper.customer),
        organisation_id: Set(shopper.buys_for),
        language: Set(input.language.tag().to_owned()),
        email: Set(input.email.as_ref().map(|email| email.as_str().to_owned())),
        state: Set("OPEN".to_owned()),
        version: Set(1),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
        ..Default::default()
    })
    .await?;
    Ok(id)
}
