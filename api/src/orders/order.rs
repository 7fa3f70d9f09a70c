//! Orders.

use app::orders::{self, Discounts, discounts};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{
    identity::permission::{Permission, Proves, proof::ReadOrders},
    money::Money as Amount,
    orders::{
        hold::HoldKind,
        progress::{Progress, payment_standing},
        state::State,
    },
    payments::{status::Status, tender::Tender},
    pricing::tax::Rounding,
};
use entity::{
    orders::{order, order_status},
    payments::payment,
};

use super::{
    address::{self, OrderAddressChange},
    amount,
    balance::{self, OrderBalance},
    cancellation::{self, OrderCancellation},
    currency,
    edit::{self, OrderEdit},
    failed, found,
    hold::OrderHold,
    import::OrderOrigin,
    line::OrderLine,
    note::OrderNote,
    payment::Payment,
    progress::{FulfilmentStatus, OrderPaymentStatus},
    returns::OrderReturn,
    shipment::Shipment,
    state::{self, OrderState, OrderTransition},
    whereabouts::Whereabouts,
};
use crate::{
    cart::{
        address::Address,
        cart::{self, AppliedPromotion, PaymentMethod, Totals},
    },
    graphql::{
        directive::requires,
        error,
        language::{self, Language, Reading},
        loader::{
            self, AddressesOf, CancelledOf, HoldsOf, LinesOf, NotesOf, OriginOf, PaymentsOf, ReturnsOf, ShipmentsOf,
            ShippedOf, StatusOf, TagsOf, WhereaboutsOf,
        },
        money::Money,
        scalar::DateTime,
        shop::{self, Channel},
    },
    i18n,
    identity::customer::Customer,
    organisations::{organisation::Organisation, unit::OrganisationUnit},
    pricing::{
        promotions::explanation::{self, DiscountExplanation},
        taxes::taxation::{self, TaxRounding, TaxTotal},
    },
};

/// A placed order. What was agreed never changes; where it stands does.
#[derive(Clone, Debug)]
pub struct Order(pub order::Model);

/// A way of delivery.
#[derive(SimpleObject, Clone, Debug)]
pub struct DeliveryMethod {
    /// Its name in imports, such as `express`.
    pub code: String,
    /// Its name, in the reader's language.
    pub name: String,
}

/// A placed order. What was agreed never changes; where it stands does.
#[Object]
impl Order {
    /// Its id. With it alone a guest does not see the order; with `number` and the order token they do.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// How people name it, such as `R1001`; an imported one such as `web-sa/1234`. No two orders of a shop share one.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Grows with every move of its state: pass it as `expectedVersion`.
    async fn version(&self, ctx: &Context<'_>) -> async_graphql::Result<i64> {
        Ok(self.status(ctx).await?.version)
    }

    /// Where it stands.
    async fn state(&self, ctx: &Context<'_>) -> async_graphql::Result<OrderState> {
        Ok(self.standing(ctx).await?.into())
    }

    /// Where it stands, in the reader's language.
    async fn state_label(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        Ok(state::label(ctx, self.standing(ctx).await?))
    }

    /// What the caller may do with it now; nothing for customers and guests. `PAY` is never among them: a payment
    /// makes that move, and for a bank transfer `orderMarkAsPaid`.
    async fn available_transitions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderTransition>> {
        let is_on_hold = 0 < self.status(ctx).await?.open_holds;
        Ok(state::available((self.standing(ctx).await?, is_on_hold), ctx.cx().caller(), ctx.cx().language()))
    }

    /// Where it is right now, how it got there and what comes next.
    async fn whereabouts(&self, ctx: &Context<'_>) -> async_graphql::Result<Whereabouts> {
        let found = found(ctx, loader::one(ctx, WhereaboutsOf(self.0.id)).await?, "an order without a status")?;
        Ok(Whereabouts { found, order: self.0.id, currency: currency(ctx, &self.0.currency)? })
    }

    /// When it was placed.
    async fn placed_at(&self) -> DateTime {
        DateTime(self.0.placed_at)
    }

    /// Where it came from, if it was placed in another system.
    async fn origin(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<OrderOrigin>> {
        let found = loader::one(ctx, OriginOf(self.0.id)).await?;
        Ok(found.map(|row| OrderOrigin {
            external_number: row.external_number,
            source: row.source,
            imported_at: DateTime(row.at),
        }))
    }

    /// When it is cancelled unless it is paid; none if it does not wait for its payment.
    async fn pay_before(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<DateTime>> {
        Ok(self.status(ctx).await?.pay_before.map(DateTime))
    }

    /// The company that it was bought for; none: for the customer, or the guest.
    async fn organisation(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Organisation>> {
        match self.0.organisation_id {
            Some(id) => Ok(loader::one(ctx, id).await?.map(Organisation)),
            None => Ok(None),
        }
    }

    /// The unit of the company that it was bought for; none: the company itself, or a unit that is no more.
    async fn organisation_unit(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<OrganisationUnit>> {
        match self.0.organisation_unit_id {
            Some(id) => Ok(loader::one(ctx, id).await?.map(OrganisationUnit)),
            None => Ok(None),
        }
    }

    /// Where it was placed.
    async fn channel(&self, ctx: &Context<'_>) -> async_graphql::Result<Channel> {
        let row = found(ctx, loader::one(ctx, self.0.channel_id).await?, "an order of no channel")?;
        shop::show(ctx, &row)
    }

    /// Who placed it: for themselves, and for staff with `CUSTOMER_READ`. None for others, and for a guest's order.
    async fn customer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Customer>> {
        let Some(id) = self.0.customer_id else { return Ok(None) };
        Ok(loader::one(ctx, id).await?.map(Customer))
    }

    /// Where its news goes.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// Telephone number for its news, E.164.
    async fn phone(&self) -> &str {
        &self.0.phone
    }

    /// The language it was placed in, and of its news.
    async fn language(&self) -> Option<Language> {
        domain::language::Language::parse(&self.0.language).map(Language::from)
    }

    /// What was bought.
    async fn lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderLine>> {
        let currency = currency(ctx, &self.0.currency)?;
        let rows = loader::one(ctx, LinesOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| OrderLine { row, currency }).collect())
    }

    /// What it costs.
    async fn totals(&self, ctx: &Context<'_>) -> async_graphql::Result<Totals> {
        let currency = currency(ctx, &self.0.currency)?;
        let money = |minor| Money(Amount::new(minor, currency));
        Ok(Totals {
            subtotal: money(self.0.subtotal_minor),
            discount: money(self.0.discount_minor),
            delivery: money(self.0.delivery_minor),
            delivery_discount: money(self.0.delivery_discount_minor),
            payment_fee: money(self.0.fee_minor),
            tax: money(self.0.tax_minor),
            prices_include_tax: self.0.prices_include_tax,
            total: money(self.0.total_minor),
        })
    }

    /// What of it is taxed how, of what came in later, too: the nets and the taxes sum to what it costs.
    async fn taxes(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TaxTotal>> {
        let rows = loader::one(ctx, LinesOf(self.0.id)).await?.unwrap_or_default();
        taxation::totals(ctx, orders::taxed::taxes(&self.0, &rows))
    }

    /// How its tax was rounded.
    async fn tax_rounding(&self, ctx: &Context<'_>) -> async_graphql::Result<TaxRounding> {
        let rule = Rounding::parse(&self.0.tax_rounding);
        found(ctx, rule, "an order that is rounded by no rule").map(TaxRounding::from)
    }

    /// What became of its money since: what was cancelled, returned, paid and given back, and what is still due.
    async fn balance(&self, ctx: &Context<'_>) -> async_graphql::Result<OrderBalance> {
        balance::of_order(ctx, self.0.id, currency(ctx, &self.0.currency)?).await
    }

    /// What of it was cancelled before it left, the oldest first.
    async fn cancellations(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderCancellation>> {
        cancellation::of_order(ctx, self.0.id, currency(ctx, &self.0.currency)?).await
    }

    /// What the customer sent back of it, or wants to, the oldest first.
    async fn returns(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderReturn>> {
        let rows = loader::one(ctx, ReturnsOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(OrderReturn).collect())
    }

    /// The discounts that applied.
    async fn promotions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<AppliedPromotion>> {
        let Discounts { applied, names, .. } = discounts(&self.0).map_err(|fault| failed(ctx, &fault))?;
        let names = explanation::names(ctx, applied.iter().map(|one| one.promotion).collect(), &names).await?;
        let mut shown = Vec::with_capacity(applied.len());
        for one in applied {
            let name = found(ctx, names.get(&one.promotion), "an order with an unknown promotion")?.clone();
            let amount = amount(ctx, &self.0.currency, one.amount)?;
            shown.push(AppliedPromotion { name, amount, coupon: one.coupon });
        }
        Ok(shown)
    }

    /// What promotions did to the price, and which did nothing and why: as it was when it was placed.
    async fn pricing(&self, ctx: &Context<'_>) -> async_graphql::Result<DiscountExplanation> {
        let Discounts { applied, refused, names } = discounts(&self.0).map_err(|fault| failed(ctx, &fault))?;
        let rows = loader::one(ctx, LinesOf(self.0.id)).await?.unwrap_or_default();
        let lines: Vec<_> = rows.iter().map(|row| ID(row.id.to_string())).collect();
        explanation::show(ctx, (&applied, &refused), (currency(ctx, &self.0.currency)?, &lines), &names).await
    }

    /// Where it is delivered to: what was said when it was placed, or what staff said since.
    async fn shipping_address(&self, ctx: &Context<'_>) -> async_graphql::Result<Address> {
        let changes = loader::one(ctx, AddressesOf(self.0.id)).await?.unwrap_or_default();
        address::read(ctx, changes.last().map_or(&self.0.address, |row| &row.address))
    }

    /// That it goes elsewhere than was said, the oldest first.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn address_changes(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Vec<OrderAddressChange>>> {
        let cx = ctx.cx();
        cx.permit::<ReadOrders>().map_err(|denied| error::denied(cx.language(), denied))?;
        let changes = loader::one(ctx, AddressesOf(self.0.id)).await?.unwrap_or_default();
        Ok(Some(changes.into_iter().map(OrderAddressChange).collect()))
    }

    /// How it is delivered. Of an order that was imported the code is `imported`, and the name is that of the other system.
    async fn delivery_method(&self, ctx: &Context<'_>) -> async_graphql::Result<DeliveryMethod> {
        let Some(row) = loader::one(ctx, self.0.delivery_method_id).await? else {
            // The method of an imported order is none of ours.
            let origin = loader::one(ctx, OriginOf(self.0.id)).await?;
            let origin = found(ctx, origin, "an order of no delivery method")?;
            return Ok(DeliveryMethod { code: "imported".to_owned(), name: origin.delivery_name.unwrap_or_default() });
        };
        let name = language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?;
        Ok(DeliveryMethod { code: row.code, name })
    }

    /// How it is paid, but for what is paid with gift cards and store credit; none if those pay for all of it, and if it costs
    /// nothing. `payments` tells each.
    async fn payment_method(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<PaymentMethod>> {
        Ok(self.tender(ctx)?.method().map(Into::into))
    }

    /// What it is paid with, in the reader's language: its payment method, or what pays for all of it, or that nothing is to be
    /// paid.
    async fn payment_method_label(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        Ok(match self.tender(ctx)? {
            Tender::Method(method) => cart::method_name(ctx, method),
            other @ (Tender::Credit(_) | Tender::Nothing) => i18n::label(ctx.cx().language(), "tender", other.code()),
        })
    }

    /// What gift cards and store credit left to be paid when it was placed, or the first of those if they left nothing, and
    /// what became of it; with what came in later, if that is paid together with it. All of them are `payments`.
    async fn payment(&self, ctx: &Context<'_>) -> async_graphql::Result<Payment> {
        let first = loader::one(ctx, PaymentsOf(self.0.id)).await?.unwrap_or_default().into_iter().next();
        Ok(Payment(found(ctx, first, "an order without a payment")?))
    }

    /// What is to be paid, and what became of it: of the order as it was placed first, by its payment method, then by gift
    /// cards and by store credit, then of what came in later and is paid apart.
    async fn payments(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Payment>> {
        let rows = loader::one(ctx, PaymentsOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Payment).collect())
    }

    /// What of it was changed after it was placed, the oldest first.
    async fn edits(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderEdit>> {
        edit::of_order(ctx, self.0.id, currency(ctx, &self.0.currency)?).await
    }

    /// What was remarked about it, the oldest first: to customers and guests what they are meant to read.
    async fn notes(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderNote>> {
        let reads_all = ctx.cx().caller().permissions.contains(&Permission::ReadOrders);
        let rows = loader::one(ctx, NotesOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().filter(|row| reads_all || row.is_visible_to_customer).map(OrderNote).collect())
    }

    /// Words by which staff find it again.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn tags(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<String>>> {
        if let Err(denied) = ctx.cx().permit::<ReadOrders>() {
            return Some(Err(error::denied(ctx.cx().language(), denied)));
        }
        Some(loader::one(ctx, TagsOf(self.0.id)).await.map(Option::unwrap_or_default))
    }

    /// Why it must not go on, or must not for a while, the oldest first.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn holds(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<OrderHold>>> {
        Some(self.held(ctx).await)
    }

    /// How much of it left for the customer.
    async fn fulfilment_status(&self, ctx: &Context<'_>) -> async_graphql::Result<FulfilmentStatus> {
        Ok(self.progress(ctx).await?.fulfilment().into())
    }

    /// How much of it left for the customer, in the reader's language.
    async fn fulfilment_status_label(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let code = self.progress(ctx).await?.fulfilment().code();
        Ok(i18n::label(ctx.cx().language(), "fulfilment", code))
    }

    /// What became of its money; more is said by `payments`.
    async fn payment_status(&self, ctx: &Context<'_>) -> async_graphql::Result<OrderPaymentStatus> {
        let rows = loader::one(ctx, PaymentsOf(self.0.id)).await?.unwrap_or_default();
        let status = |row: payment::Model| found(ctx, Status::parse(&row.status), "a payment of an unknown status");
        let statuses = rows.into_iter().map(status).collect::<async_graphql::Result<Vec<_>>>()?;
        Ok(payment_standing(statuses).into())
    }

    /// What left together, and from where, the oldest first; nothing before something is shipped.
    async fn shipments(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Shipment>> {
        let currency = currency(ctx, &self.0.currency)?;
        let rows = loader::one(ctx, ShipmentsOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Shipment { row, currency }).collect())
    }
}

impl Order {
    async fn held(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderHold>> {
        ctx.cx().permit::<ReadOrders>().map_err(|denied| error::denied(ctx.cx().language(), denied))?;
        let rows = loader::one(ctx, HoldsOf(self.0.id)).await?.unwrap_or_default();
        let held = |held: orders::load::Held| {
            let kind = found(ctx, HoldKind::parse(&held.hold.kind), "a hold of an unknown kind")?;
            Ok(OrderHold { held, kind })
        };
        rows.into_iter().map(held).collect()
    }

    async fn progress(&self, ctx: &Context<'_>) -> async_graphql::Result<Progress> {
        let lines = loader::one(ctx, LinesOf(self.0.id)).await?.unwrap_or_default();
        let shipped = loader::one(ctx, ShippedOf(self.0.id)).await?.unwrap_or_default();
        let cancelled = loader::one(ctx, CancelledOf(self.0.id)).await?.unwrap_or_default();
        let ordered: i64 = lines.iter().map(|line| line.quantity).sum();
        let ordered = ordered.saturating_sub(cancelled.iter().map(|one| one.quantity).sum());
        Ok(Progress { ordered, shipped: shipped.iter().map(|one| one.quantity).sum() })
    }

    async fn status(&self, ctx: &Context<'_>) -> async_graphql::Result<order_status::Model> {
        found(ctx, loader::one(ctx, StatusOf(self.0.id)).await?, "an order without a status")
    }

    async fn standing(&self, ctx: &Context<'_>) -> async_graphql::Result<State> {
        found(ctx, State::parse(&self.status(ctx).await?.state), "an order in an unknown state")
    }

    fn tender(&self, ctx: &Context<'_>) -> async_graphql::Result<Tender> {
        found(ctx, Tender::parse(&self.0.payment_method), "an order of an unknown payment method")
    }
}
