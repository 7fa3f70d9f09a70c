//! Goods of orders that customers send back.

use app::orders::{
    self,
    returns::{
        list::{self, SORTED_BY, Wanted},
        load::Found,
    },
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadOrders},
    money::{self, Currency},
    orders::returns,
};
use entity::orders::{order_line, order_return_line};

use super::{
    currency,
    edit::{self, OrderEdit},
    failed, found,
    line::OrderLine,
    order::Order,
    query::one_id,
};
use crate::{
    graphql::{
        connection::{Connection, Paging, connection, wants_total},
        directive::requires,
        error,
        language::Reading,
        loader::{self, ExchangesOf, LinesOf},
        money::Money,
        scalar::DateTime,
    },
    i18n,
};

/// Where a return stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "returns::State")]
pub enum ReturnState {
    /// Somebody asked for it. Moves: `returnApprove`, `returnReject`.
    Requested,
    /// The shop awaits the goods. Moves: `returnReceive`, `returnReject`.
    Approved,
    /// The shop does not take the goods, or they never came.
    Rejected,
    /// The goods came, and are to be looked at. Moves: `returnInspect`.
    Received,
    /// It is decided what becomes of the goods. Moves: `returnRefund`, `returnExchange`.
    Inspected,
    /// Their money went back.
    Refunded,
    /// Others left for them, or are to.
    Exchanged,
}

/// Why goods are sent back.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "returns::Reason")]
pub enum ReturnReason {
    /// They are damaged.
    Damaged,
    /// They are not what was ordered.
    WrongItem,
    /// They are not as the shop described them.
    NotAsDescribed,
    /// They do not fit.
    SizeOrFit,
    /// The customer does not want them any more.
    ChangedMind,
    /// Something else.
    Other,
}

/// What becomes of goods that came back.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "returns::Outcome")]
pub enum ReturnOutcome {
    /// They can be sold again.
    Restock,
    /// They stay in quarantine, to be looked at more closely: `stockQuarantineSettle`.
    Quarantine,
    /// They are given up.
    WriteOff,
}

/// Goods of an order that a customer sends back.
#[derive(Clone, Debug)]
pub struct OrderReturn(pub Found);

/// Units of a line of an order that are sent back.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderReturnLine {
    /// The line.
    pub line: OrderLine,
    /// Units that are to come back.
    pub quantity: i64,
    /// Why.
    pub reason: ReturnReason,
    /// Why, in the reader's language.
    pub reason_label: String,
    /// Why, in words.
    pub note: Option<String>,
    /// Units that came.
    pub received: i64,
    /// What became of them; nothing before it was decided.
    pub outcomes: Vec<OrderReturnedUnits>,
}

/// What became of units that came back.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderReturnedUnits {
    /// What.
    pub outcome: ReturnOutcome,
    /// How many.
    pub quantity: i64,
}

/// Goods of an order that a customer sends back.
#[Object]
impl OrderReturn {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.row.id.to_string())
    }

    /// Of which order; none if you may not see that by its id.
    async fn order(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Order>> {
        super::query::find(ctx, self.0.row.order_id, None).await
    }

    /// Where it stands.
    async fn state(&self, ctx: &Context<'_>) -> async_graphql::Result<ReturnState> {
        Ok(found(ctx, returns::State::parse(&self.0.status.state), "a return in an unknown state")?.into())
    }

    /// Where it stands, in the reader's language.
    async fn state_label(&self, ctx: &Context<'_>) -> String {
        i18n::label(ctx.cx().language(), "return-state", &self.0.status.state)
    }

    /// What is sent back.
    async fn lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderReturnLine>> {
        let currency = self.currency(ctx).await?;
        let rows = loader::one(ctx, LinesOf(self.0.row.order_id)).await?.unwrap_or_default();
        let mut lines = Vec::with_capacity(self.0.lines.len());
        for row in rows {
            if let Some(line) = self.0.lines.iter().find(|line| line.order_line_id == row.id) {
                lines.push(self.line(ctx, line, row, currency)?);
            }
        }
        Ok(lines)
    }

    /// What was said with it.
    async fn note(&self) -> Option<&str> {
        self.0.row.note.as_deref()
    }

    /// Why it was approved, rejected or refunded so, in the words of who did it last; none if nothing was said.
    async fn reason(&self) -> Option<&str> {
        self.0.steps.iter().rev().find_map(|step| step.reason.as_deref())
    }

    /// What went back for it, or was set off against what leaves for it; none before it is `REFUNDED` or `EXCHANGED`, or
    /// if it is because all of the order's money went back.
    async fn refunded(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Money>> {
        let minor = self.0.steps.iter().find_map(|step| step.amount_minor);
        let Some(minor) = minor else { return Ok(None) };
        Ok(Some(Money(money::Money::new(minor, self.currency(ctx).await?))))
    }

    /// What leaves for it; none unless it is `EXCHANGED`. It is among the order's `edits`, too.
    async fn exchange(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<OrderEdit>> {
        if self.0.status.state != returns::State::Exchanged.code() {
            return Ok(None);
        }
        let exchanges = loader::one(ctx, ExchangesOf(self.0.row.order_id)).await?.unwrap_or_default();
        let of = exchanges.into_iter().find(|one| one.return_id == self.0.row.id);
        let id = ID(found(ctx, of, "an exchange without what left")?.edit_id.to_string());
        let edits = edit::of_order(ctx, self.0.row.order_id, self.currency(ctx).await?).await?;
        Ok(edits.into_iter().find(|edit| edit.id == id))
    }

    /// When it was asked for.
    async fn requested_at(&self) -> DateTime {
        DateTime(self.0.row.at)
    }
}

impl OrderReturn {
    async fn currency(&self, ctx: &Context<'_>) -> async_graphql::Result<Currency> {
        let row = loader::one(ctx, self.0.row.order_id).await?;
        currency(ctx, &found(ctx, row, "a return of no order")?.currency)
    }

    fn line(
        &self,
        ctx: &Context<'_>,
        line: &order_return_line::Model,
        row: order_line::Model,
        currency: Currency,
    ) -> async_graphql::Result<OrderReturnLine> {
        let reason = found(ctx, returns::Reason::parse(&line.reason), "a return of an unknown reason")?;
        let came = self.0.receipts.iter().find(|one| one.order_line_id == line.order_line_id);
        let units = |one: &entity::orders::order_return_outcome::Model| {
            let outcome = returns::Outcome::parse(&one.outcome)?.into();
            Some(OrderReturnedUnits { outcome, quantity: one.quantity })
        };
        let outcomes = self.0.outcomes.iter().filter(|one| one.order_line_id == line.order_line_id);
        Ok(OrderReturnLine {
            line: OrderLine { row, currency },
            quantity: line.quantity,
            reason: reason.into(),
            reason_label: i18n::label(ctx.cx().language(), "return-reason", reason.code()),
            note: line.note.clone(),
            received: came.map(|one| one.quantity).unwrap_or_default(),
            outcomes: outcomes.filter_map(units).collect(),
        })
    }
}

/// Which returns are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct OrderReturnFilter {
    /// In one of these states.
    pub states: Option<Vec<ReturnState>>,
    /// Of this order.
    pub order: Option<ID>,
}

/// Queries of returns.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReturnsQuery;

/// What customers send back.
#[Object]
impl ReturnsQuery {
    /// Goods that customers send back, the newest first.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn returns(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which returns.", default)] filter: OrderReturnFilter,
    ) -> async_graphql::Result<Connection<OrderReturn>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadOrders>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wanted = Wanted {
            states: filter.states.map(|states| states.into_iter().map(Into::into).collect()),
            order: filter.order.map(|id| one_id(ctx, &id)).transpose()?,
        };
        let listed = list::returns(cx, may, &wanted, page.slice(cx, SORTED_BY)?, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::Return>::new(row.id)).collect();
        let mut rows = orders::returns::load::returns(cx, &ids).await.map_err(|fault| failed(ctx, &fault))?;
        Ok(connection(listed, |row| rows.remove(&Id::<id::Return>::new(row.id)).map(OrderReturn)))
    }
}
