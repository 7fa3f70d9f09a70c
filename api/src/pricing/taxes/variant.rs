//! What a variant costs with and without tax.

use app::pricing::taxes::load::OfVariant;
use async_graphql::{Context, SimpleObject};
use domain::{
    money::{self, MoneyError},
    pricing::tax::summary::Taxed,
};

use super::taxation::{Taxation, taxation};
use crate::graphql::{language::Reading, money::Money};

/// A price with and without tax.
#[derive(SimpleObject, Clone, Debug)]
pub struct TaxedPrice {
    /// Without the tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// With it.
    pub gross: Money,
    /// How it is taxed.
    pub taxation: Taxation,
}

/// A price of a shop with and without tax.
pub fn taxed(ctx: &Context<'_>, price: money::Money, of: &OfVariant) -> Result<TaxedPrice, MoneyError> {
    let Taxed { net, tax, .. } = of.charged.split(price, of.basis)?;
    let gross = net.plus(tax)?;
    let taxation = taxation(ctx.cx().language(), &of.charged);
    Ok(TaxedPrice { net: Money(net), tax: Money(tax), gross: Money(gross), taxation })
}
