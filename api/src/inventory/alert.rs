//! Those who want to hear when a variant can be had again.

use app::{
    cx::Cx,
    inventory::alerts::list::{self, ALERTS_SORTED_BY, AlertsWanted},
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{
        Proves,
        proof::{ReadCustomers, ReadStock},
    },
    language,
};
use entity::inventory::stock_alert;

use super::{failed, found, query::ids};
use crate::{
    catalog::variant::ProductVariant,
    graphql::{
        code::ErrorCode,
        connection::{Connection, MAX_PAGE, Paging, connection, wants_total},
        directive::requires,
        error,
        language::{Language, Reading},
        loader::{self, AnyVariant},
        scalar::DateTime,
    },
    i18n::Arg,
};

/// That somebody wants to hear when a variant can be had again.
#[derive(Clone)]
pub struct StockAlert(pub stock_alert::Model);

/// Shows the id alone: the row has an address.
impl std::fmt::Debug for StockAlert {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("StockAlert").field(&self.0.id).finish()
    }
}

/// That somebody wants to hear when a variant can be had again.
#[Object]
impl StockAlert {
    /// Its id: the event `stock_alert.due` bears it.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What is waited for.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductVariant> {
        let row = loader::one(ctx, AnyVariant(self.0.variant_id)).await?;
        Ok(ProductVariant(found(ctx, row, "a wish for no variant")?))
    }

    /// The code of the channel in which it is to be had.
    async fn channel(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let row = loader::one(ctx, self.0.channel_id).await?;
        Ok(found(ctx, row, "a wish in no channel")?.code)
    }

    /// Who is told, in lower case.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// In which language.
    async fn language(&self) -> Option<Language> {
        language::Language::parse(&self.0.language).map(Language::from)
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When the variant could be had, and `stock_alert.due` was emitted; none yet if it still waits. It is forgotten 30
    /// days later.
    async fn told_at(&self) -> Option<DateTime> {
        self.0.told_at.map(DateTime)
    }
}

/// How many wait for a variant.
#[derive(SimpleObject, Clone, Debug)]
pub struct StockAlertCount {
    /// The variant.
    pub variant: ProductVariant,
    /// How many wait for it.
    pub count: i64,
}

/// Which wishes are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct StockAlertFilter {
    /// For one of these variants.
    pub variants: Option<Vec<ID>>,
    /// Of exactly this e-mail address, in upper or lower case.
    pub email: Option<String>,
    /// Whether they were told.
    pub is_told: Option<bool>,
}

/// Queries of those who want to hear.
#[derive(Clone, Copy, Debug, Default)]
pub struct StockAlertQuery;

/// Who waits for what.
#[Object]
impl StockAlertQuery {
    /// Who wants to hear when which variant can be had again, the latest first.
    #[graphql(
        directive = requires::apply(ReadCustomers::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_customers"
    )]
    async fn stock_alerts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which wishes.", default)] filter: StockAlertFilter,
    ) -> async_graphql::Result<Connection<StockAlert>> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit::<ReadCustomers>().map_err(|denied| error::denied(cx.language(), denied))?;
        let variants = ids(ctx, filter.variants)?;
        let wanted = AlertsWanted { variants, email: filter.email, is_told: filter.is_told };
        let slice = page.slice(cx, ALERTS_SORTED_BY)?;
        let listed = list::alerts(cx, &may, &wanted, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::StockAlert>::new(row.id)).collect();
        let rows = list::alerts_by_id(cx, &may, &ids).await;
        let mut rows = rows.map_err(|fault| failed(ctx, &fault))?;
        Ok(connection(listed, |row| rows.remove(&Id::<id::StockAlert>::new(row.id)).map(StockAlert)))
    }

    /// The variants that most are waited for, the most wanted first.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn stock_alert_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many variants, 100 at most.", default = 20)] first: i32,
        #[graphql(desc = "In the channel of this code only.")] channel: Option<String>,
    ) -> async_graphql::Result<Vec<StockAlertCount>> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let limit = u64::try_from(first).ok().filter(|limit| *limit <= 100).ok_or_else(|| {
            error::top(cx.language(), ErrorCode::PageTooLarge, &[("max", Arg::Number(MAX_PAGE.into()))])
        })?;
        let counted = list::most_wanted(cx, &may, channel.as_deref(), limit).await;
        let counted = counted.map_err(|fault| failed(ctx, &fault))?;
        let keys = counted.iter().map(|(variant, _)| AnyVariant(*variant)).collect();
        let variants = loader::many(ctx, keys).await?;
        let shown = |(variant, count): (Id<id::Variant>, i64)| {
            let row = found(ctx, variants.get(&AnyVariant(variant)).cloned(), "a wish for no variant")?;
            Ok(StockAlertCount { variant: ProductVariant(row), count })
        };
        counted.into_iter().map(shown).collect()
    }
}
