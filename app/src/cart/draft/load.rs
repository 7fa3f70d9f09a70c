//! Drafts for readers, many at once.
//!
//! Who may see a draft was asked where its id came from: [`super::list`], what changed it, and [`offered`].

use std::{
    collections::{BTreeMap, HashMap},
    slice::from_ref,
};

use domain::{
    cart::draft::DraftState,
    id::{Channel, DraftOrder, Id},
};
use entity::cart::{cart, draft_order};
use store::Fault;

use super::rows;
use crate::{
    cart::{
        ask_taxes, ask_taxes_of_any,
        view::{self, View},
    },
    channels,
    cx::{Cx, Public},
};

/// A draft, and its cart as it is priced now.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The draft.
    pub row: draft_order::Model,
    /// Its cart.
    pub view: View,
}

/// Drafts by id, priced now: a constant number of statements a channel.
pub async fn drafts(cx: &Cx, ids: &[Id<DraftOrder>]) -> Result<HashMap<Id<DraftOrder>, Draft>, Fault> {
    let read = cx.read();
    let rows = read.find::<draft_order::Entity>().by_any(ids.iter().copied()).all().await?;
    let carts = read.find::<cart::Entity>().by_any(rows.iter().map(|row| row.cart_id)).all().await?;
    let mut of_channel: BTreeMap<Id<Channel>, Vec<cart::Model>> = BTreeMap::new();
    for cart in carts {
        of_channel.entry(cart.channel_id).or_default().push(cart);
    }
    let channels = channels::load(&read, &of_channel.keys().copied().collect::<Vec<_>>()).await?;
    drop(read);
    let mut views = HashMap::new();
    for (channel, carts) in of_channel {
        let channel = channels.get(&channel).ok_or_else(|| Fault::new("a draft of no channel"))?;
        ask_taxes(cx, channel, &carts).await?;
        let priced = view::views(&cx.read(), channel, carts, cx.now()).await?;
        views.extend(priced.into_iter().map(|view| (view.cart.id, view)));
    }
    let draft = |row: draft_order::Model| Some((row.id, Draft { view: views.remove(&row.cart_id)?, row }));
    Ok(rows.into_iter().filter_map(draft).collect())
}

/// Asks the tax engine of a draft's channel, if it has one, how what is in it is taxed; of no draft nothing.
pub(crate) async fn ask_taxes_of_draft(cx: &Cx, draft: Option<draft_order::Model>) -> Result<(), Fault> {
    let Some(draft) = draft else { return Ok(()) };
    let cart = rows::cart(&cx.read(), &draft).await?;
    ask_taxes_of_any(cx, &cart).await
}

/// The cart of an open draft as it is priced now, for whoever knows its token. A wrong token finds nothing, nor does that of a
/// draft that became an order or was given up.
pub async fn offered(cx: &Cx, _anybody: Public, token: &str) -> Result<Option<View>, Fault> {
    let read = cx.read();
    let Some(draft) = rows::find_by_token(&read, token).await? else { return Ok(None) };
    let cart = rows::cart(&read, &draft).await?;
    if cart.state != DraftState::Open.of_cart() {
        return Ok(None);
    }
    let channel = channels::by_id(&read, cart.channel_id).await?;
    drop(read);
    let channel = channel.ok_or_else(|| Fault::new("a draft of no channel"))?;
    ask_taxes(cx, &channel, from_ref(&cart)).await?;
    view::view(&cx.read(), &channel, cart, cx.now()).await.map(Some)
}
