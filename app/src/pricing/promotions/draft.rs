//! A promotion that is tried and not made.

use domain::{
    id::{self, Channel, Id},
    pricing::{
        promotions::{Left, Promotion},
        validity::Validity,
    },
};
use entity::channels::channel;
use store::{Fault, Read};

use super::{
    CreatePromotion, Limits, PromotionError,
    create::{here, known},
    rows,
};
use crate::channels;

/// A promotion that is tried.
#[derive(Clone, Debug)]
pub enum Draft {
    /// One that there is, running or not.
    Saved(Id<id::Promotion>),
    /// One that there is not.
    New(Box<CreatePromotion>),
}

/// A promotion that can be tried.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The promotion, with its limits whole.
    pub promotion: Promotion,
    /// Its Arabic name.
    pub name_ar: Option<String>,
    /// Its English name.
    pub name_en: Option<String>,
    currency: Option<String>,
    channels: Vec<Id<Channel>>,
}

/// Whether there is such a promotion.
pub async fn is_promotion(read: &Read, id: Id<id::Promotion>) -> Result<bool, Fault> {
    Ok(!rows::promotions(read, vec![id]).await?.is_empty())
}

/// A promotion to try; one that there is not has this id. Refuses what `create_promotion` does, but a code that another has.
pub async fn tried(read: &Read, draft: Draft, fresh: Id<id::Promotion>) -> Result<Tried, PromotionError> {
    let new = match draft {
        Draft::Saved(id) => {
            let row = rows::promotions(read, vec![id]).await?.pop().ok_or(PromotionError::NoPromotion)?;
            let limits = Limits {
                orders: row.orders_max,
                orders_of_customer: row.orders_max_of_customer,
                orders_of_organisation: row.orders_max_of_organisation,
                budget: row.budget_minor,
            };
            let promotion = Promotion { left: whole(limits), ..rows::domain_promotion(&row)? };
            let channels = rows::channels(&row)?;
            let (name_ar, name_en, currency) = (row.name_ar, row.name_en, row.currency);
            return Ok(Tried { promotion, name_ar, name_en, currency, channels });
        }
        Draft::New(new) => *new,
    };
    known(read, &new.rule).await?;
    if let Some(currency) = new.currency {
        channels::sold_in::<PromotionError>(read, currency, "currencyCode").await?;
    }
    let channels = here(read, &new.channels, new.currency).await?;
    let (rule, left) = (new.rule, whole(new.limits));
    Ok(Tried {
        promotion: Promotion { id: fresh, validity: Validity::default(), rule, left },
        name_ar: new.name_ar,
        name_en: new.name_en,
        currency: new.currency.map(|currency| currency.code().to_owned()),
        channels,
    })
}

impl Tried {
    /// Whether it could apply in a channel, as far as its channels and its currency tell.
    pub fn goes_in(&self, channel: &channel::Model) -> bool {
        let is_here = self.channels.is_empty() || self.channels.contains(&channel.id);
        is_here && self.currency.as_ref().is_none_or(|currency| *currency == channel.currency)
    }
}

const fn whole(limits: Limits) -> Left {
    let Limits { orders, orders_of_customer, orders_of_organisation, budget } = limits;
    Left { orders, orders_of_customer, orders_of_organisation, budget }
}
