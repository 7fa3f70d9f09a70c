//! Mutations of taxes.

use app::{
    cx::Cx,
    pricing::taxes::{
        self,
        engine::{reveal, set_engine},
    },
};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::identity::permission::{Proves, proof::ManageTaxes};

use super::{
    channel::ChannelTaxesSetInput,
    class::{TaxClass, TaxClassAssignInput, TaxClassCreateInput, TaxClassUpdateInput},
    engine::{ChannelTaxEngineSetInput, TaxEngine, engine},
    exemption::{TaxExemption, TaxExemptionEndInput, TaxExemptionGrantInput},
    rate::{TaxRate, TaxRateRemoveInput, TaxRateSetInput},
};
use crate::{
    catalog::product::Product,
    graphql::{
        directive::{emits, requires},
        error::{self, UserError},
        language::Reading,
        loader,
        payload::{outcome, split},
        shop::{self, Channel},
    },
};

/// A tax class, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct TaxClassPayload {
    /// The class as it is now; none if the change was refused, and with `dryRun`.
    pub tax_class: Option<TaxClass>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Products of a tax class, or why they are not of it.
#[derive(SimpleObject, Clone, Debug)]
pub struct TaxClassAssignPayload {
    /// The products, as far as the channel sells them; none if the change was refused, and with `dryRun`.
    pub products: Vec<Product>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A rate of tax, or why it was not set.
#[derive(SimpleObject, Clone, Debug)]
pub struct TaxRatePayload {
    /// The rate; none if it was refused, and with `dryRun`.
    pub tax_rate: Option<TaxRate>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A rate of tax that was taken back, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct TaxRateRemovePayload {
    /// The id of the rate that goes no more; none if it was refused, and with `dryRun`.
    pub removed_tax_rate: Option<ID>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// An exemption, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct TaxExemptionPayload {
    /// The exemption as it is now; none if the change was refused, with `dryRun`, and if it ended before it began.
    pub tax_exemption: Option<TaxExemption>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A channel, or why its taxes were not set.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelTaxesPayload {
    /// The channel as it is now; none if the change was refused, and with `dryRun`.
    pub channel: Option<Channel>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// The tax engine of a channel, or why it was not set.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelTaxEnginePayload {
    /// The engine as it is now; none if there is none any more, if the change was refused, and with `dryRun`.
    pub tax_engine: Option<TaxEngine>,
    /// The secret that signs questions to it, as <https://www.standardwebhooks.com> says.
    pub secret: Option<String>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of taxes.
#[derive(Clone, Copy, Debug, Default)]
pub struct TaxMutation;

/// What staff say of how what is sold is taxed.
#[Object]
impl TaxMutation {
    /// Makes a tax class, which no product is of yet. Refuses with `TAX_CLASS_CODE_TAKEN`.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("tax_class.created".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn tax_class_create(
        &self,
        ctx: &Context<'_>,
        input: TaxClassCreateInput,
    ) -> async_graphql::Result<TaxClassPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { taxes::create_class(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let tax_class = match done.flatten() {
            Some(class) => loader::one(ctx, class).await?.map(TaxClass),
            None => None,
        };
        Ok(TaxClassPayload { tax_class, user_errors })
    }

    /// Changes the names of a tax class. Refuses with `NOT_FOUND` or `CONFLICT`.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("tax_class.updated".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn tax_class_update(
        &self,
        ctx: &Context<'_>,
        input: TaxClassUpdateInput,
    ) -> async_graphql::Result<TaxClassPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { taxes::update_class(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let tax_class = match done.flatten() {
            Some(class) => loader::one(ctx, class).await?.map(TaxClass),
            None => None,
        };
        Ok(TaxClassPayload { tax_class, user_errors })
    }

    /// Puts products into a tax class, all or, by failing, none: whichever they were of, they are of it from now on. Refuses with
    /// `NOT_FOUND`, by product.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("tax_class.assigned".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn tax_class_assign(
        &self,
        ctx: &Context<'_>,
        input: TaxClassAssignInput,
    ) -> async_graphql::Result<TaxClassAssignPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { taxes::assign_class(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let ids = done.flatten().unwrap_or_default();
        let mut found = loader::many(ctx, ids.clone()).await?;
        let products = ids.iter().filter_map(|id| found.remove(id)).map(Product).collect();
        Ok(TaxClassAssignPayload { products, user_errors })
    }

    /// Says how things of a class are taxed in a country, or in a region of it, from an instant on: a rate goes until the next
    /// begins, and a change that is said ahead goes by itself. Refuses with `NOT_FOUND`, `IN_THE_PAST`, `INVALID_RATE`,
    /// `INVALID_TAX_REASON` or `NOT_ALLOWED_HERE`.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("tax_rate.set".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn tax_rate_set(&self, ctx: &Context<'_>, input: TaxRateSetInput) -> async_graphql::Result<TaxRatePayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { taxes::set_rate(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let tax_rate = match done.flatten() {
            Some(rate) => loader::one(ctx, rate).await?.map(TaxRate),
            None => None,
        };
        Ok(TaxRatePayload { tax_rate, user_errors })
    }

    /// Takes back a rate that did not begin yet: what goes before it goes on. One that did stays known, and ends when another
    /// begins. Refuses with `NOT_FOUND`, or with `IN_THE_PAST` what began.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("tax_rate.removed".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn tax_rate_remove(
        &self,
        ctx: &Context<'_>,
        input: TaxRateRemoveInput,
    ) -> async_graphql::Result<TaxRateRemovePayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { taxes::remove_rate(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        Ok(TaxRateRemovePayload { removed_tax_rate: done.flatten().map(|rate| ID(rate.to_string())), user_errors })
    }

    /// Relieves a customer, everybody in a customer group, a company or a unit of it, of tax: what is in a price is not
    /// asked of them. Refuses with `NOT_FOUND`, `IN_THE_PAST`, `END_BEFORE_START`, `INVALID_TAX_REASON` or
    /// `NOT_ALLOWED_HERE`, and with `TAX_EXEMPTION_GRANTED_ALREADY` if another exemption of theirs says the same for
    /// all of that time: of another certificate end that one first.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("tax_exemption.granted".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn tax_exemption_grant(
        &self,
        ctx: &Context<'_>,
        input: TaxExemptionGrantInput,
    ) -> async_graphql::Result<TaxExemptionPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { taxes::grant_exemption(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let tax_exemption = match done.flatten() {
            Some(exemption) => loader::one(ctx, exemption).await?.map(TaxExemption),
            None => None,
        };
        Ok(TaxExemptionPayload { tax_exemption, user_errors })
    }

    /// Relieves somebody of tax no more, from now on. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("tax_exemption.ended".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn tax_exemption_end(
        &self,
        ctx: &Context<'_>,
        input: TaxExemptionEndInput,
    ) -> async_graphql::Result<TaxExemptionPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { taxes::end_exemption(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let tax_exemption = match done.flatten() {
            Some(exemption) => loader::one(ctx, exemption).await?.map(TaxExemption),
            None => None,
        };
        Ok(TaxExemptionPayload { tax_exemption, user_errors })
    }

    /// Says whether a channel's prices include tax, and how its delivery and its fees are taxed, from the next time on that a
    /// cart is priced. Refuses with `NOT_FOUND`, or with `CONFLICT` if somebody else did so at the same time.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("channel.taxes_set".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn channel_taxes_set(
        &self,
        ctx: &Context<'_>,
        input: ChannelTaxesSetInput,
    ) -> async_graphql::Result<ChannelTaxesPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { taxes::set_channel_taxes(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let channel = match done.flatten() {
            Some(channel) => loader::one(ctx, channel).await?.map(|row| shop::show(ctx, &row)).transpose()?,
            None => None,
        };
        Ok(ChannelTaxesPayload { channel, user_errors })
    }

    /// Says who says how what a channel sells is taxed: a tax engine at an address of yours, in the place of `taxRateSet`. It is
    /// asked when a cart with an address is shown or ordered, a draft is, an order is edited, or `priceQuote` asks for now, and
    /// what it says is kept for as long as it says. While browsing, the shop's own rules are an estimate; who is relieved of tax
    /// is said by the shop's exemptions still.
    ///
    /// It is sent, by POST and signed as <https://www.standardwebhooks.com> says, `{ channel, fromCountry, to: { country, region,
    /// city, postalCode }, buyer: { customer, organisation, taxNumber }, taxClasses: [code or null], at }`, and answers within
    /// three seconds with 200 and `{ taxes: [{ taxClass, category, ratePercent, reasonCode }], goodForSeconds }`: of each class
    /// that was asked for one, `null` being the standard one, which delivery and fees are of unless `channelTaxesSet` says
    /// otherwise; in the words of `TaxationInput`, rates with two fraction digits at most. `goodForSeconds` is 60 to 86400, and an
    /// hour if it is left out. One that does not answer, or with 429 or 5xx, is not asked again for half a minute; of what it
    /// answers otherwise, or leaves out, it is not asked again for as long.
    ///
    /// Refuses with `NOT_FOUND`, `INVALID_ENDPOINT` or `ADDRESS_REFUSED`, or with `CONFLICT` if somebody else did so at the same
    /// time.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        directive = emits::apply("channel.tax_engine_set".to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn channel_tax_engine_set(
        &self,
        ctx: &Context<'_>,
        input: ChannelTaxEngineSetInput,
    ) -> async_graphql::Result<ChannelTaxEnginePayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { set_engine(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let row = match done.flatten() {
            Some(channel) => loader::one(ctx, channel).await?,
            None => None,
        };
        let may = cx.permit::<ManageTaxes>().map_err(|denied| error::denied(cx.language(), denied))?;
        let secret = row.as_ref().and_then(|row| reveal(cx, &may, row));
        Ok(ChannelTaxEnginePayload { tax_engine: row.as_ref().and_then(engine), secret, user_errors })
    }
}
