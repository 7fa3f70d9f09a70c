//! What is taken off while browsing.

use std::collections::HashMap;

use domain::{
    id::{Id, Product, Variant},
    identity::country::Country,
    money::Money,
    pricing::promotions::{
        self,
        condition::{Buyer, History},
        evaluate::{Outcome, browsing},
    },
    time::Instant,
};
use entity::{catalog::variant, channels::channel};
use store::{Fault, Read};

use super::Offers;
use crate::{
    catalog::{self, Described},
    organisations::Party,
    pricing::Books,
};

/// What is taken off while browsing for one buyer.
#[derive(Debug)]
pub struct Sales {
    promotions: Vec<promotions::Promotion>,
    variants: HashMap<Id<Variant>, variant::Model>,
    described: HashMap<Id<Product>, Described>,
    buyer: Buyer,
    at: Instant,
}

impl Sales {
    /// What is taken off these variants: one statement if nothing is, and few more if something is.
    pub async fn load(
        read: &Read,
        channel: &channel::Model,
        (books, party, country): (&Books, &Party, Country),
        (variants, at): (&[Id<Variant>], Instant),
    ) -> Result<Self, Fault> {
        let offers = Offers::load(read, channel, (&[], &[]), at).await?;
        let (customer, organisation) = (party.customer, party.organisation());
        let (groups, history) = (books.groups(customer).to_vec(), History::default());
        let buyer = Buyer { customer, groups, organisation, history, country, payment: None };
        let mut sales =
            Self { promotions: offers.browsing(), variants: HashMap::new(), described: HashMap::new(), buyer, at };
        if sales.promotions.is_empty() {
            return Ok(sales);
        }
        sales.variants = catalog::load::any_variants(read, variants).await?;
        let products: Vec<_> = sales.variants.values().map(|variant| variant.product_id).collect();
        sales.described = catalog::described(read, &products, offers.looks()).await?;
        Ok(sales)
    }

    /// What promotions do to a piece of a variant of this price; not so much that it costs less than the lowest.
    pub fn of(&self, variant: Id<Variant>, (unit, floor): (Money, Option<Money>)) -> Result<Outcome, Fault> {
        let Some(variant) = self.variants.get(&variant) else { return Ok(Outcome::default()) };
        let item = self.described.get(&variant.product_id).cloned().unwrap_or_default().item(variant);
        browsing(&self.promotions, (&item, unit, floor), (&self.buyer, self.at)).map_err(Fault::new)
    }
}
