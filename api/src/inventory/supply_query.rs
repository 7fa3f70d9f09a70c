//! Queries of what suppliers are to deliver.

use app::inventory::list::{self, SUPPLIES_SORTED_BY, SuppliesWanted};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadStock},
};

use super::{
    failed,
    query::{ids, one_id},
    supply::{InboundSupply, InboundSupplyState},
};
use crate::graphql::{
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error,
    language::Reading,
    loader,
    scalar::Date,
};

/// Which supplies are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct InboundSupplyFilter {
    /// One of these.
    pub ids: Option<Vec<ID>>,
    /// Of one of these variants.
    pub variants: Option<Vec<ID>>,
    /// To this place.
    pub location: Option<ID>,
    /// In one of these states.
    pub states: Option<Vec<InboundSupplyState>>,
    /// To come on this day or before.
    pub expected_until: Option<Date>,
}

/// Queries of what suppliers are to deliver.
#[derive(Clone, Copy, Debug, Default)]
pub struct SupplyQuery;

/// What suppliers are to deliver.
#[Object]
impl SupplyQuery {
    /// What suppliers are to deliver, or delivered, the soonest first.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn inbound_supplies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which supplies.", default)] filter: InboundSupplyFilter,
    ) -> async_graphql::Result<Connection<InboundSupply>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wanted = SuppliesWanted {
            ids: ids(ctx, filter.ids)?,
            variants: ids(ctx, filter.variants)?,
            location: filter.location.map(|id| one_id(ctx, &id)).transpose()?,
            states: filter.states.map(|states| states.into_iter().map(Into::into).collect()),
            until: filter.expected_until.map(|date| date.0),
        };
        let slice = page.slice(cx, SUPPLIES_SORTED_BY)?;
        let listed = list::supplies(cx, &may, &wanted, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::InboundSupply>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::InboundSupply>::new(row.id)).map(InboundSupply)))
    }
}
