//! Queries of taxes.

use app::{
    channels,
    cx::{Cx, Permit},
    pricing::taxes::load,
};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    id::{self, Id},
    identity::{
        country::Country,
        permission::{
            Proves,
            proof::{ManageTaxes, ReadTaxes},
        },
    },
};

use super::{
    super::failed,
    class::TaxClass,
    engine::{TaxEngine, engine},
    exemption::TaxExemption,
    rate::TaxRate,
};
use crate::graphql::{
    code::{ErrorCode, of_problem},
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error, input,
    language::Reading,
    loader,
};

/// Which rates are wanted.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TaxRateFilter {
    /// Those of a country: ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

/// Which exemptions are wanted.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TaxExemptionFilter {
    /// Those of a customer.
    pub customer: Option<ID>,
    /// Those of a company and its units.
    pub organisation: Option<ID>,
}

/// Queries of taxes.
#[derive(Clone, Copy, Debug, Default)]
pub struct TaxQuery;

/// How what is sold is taxed.
#[Object]
impl TaxQuery {
    /// The tax classes, by code.
    #[graphql(
        directive = requires::apply(ReadTaxes::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_taxes"
    )]
    async fn tax_classes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<TaxClass>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let slice = page.slice(cx, load::CLASSES_SORTED_BY)?;
        let listed = load::page_of_classes(cx, &may, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::TaxClass>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::TaxClass>::new(row.id)).map(TaxClass)))
    }

    /// Who says how what a channel sells is taxed; none: the shop's own rules do, or there is no such channel.
    #[graphql(
        directive = requires::apply(ManageTaxes::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::manages_taxes"
    )]
    async fn channel_tax_engine(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The channel's code.")] channel: String,
    ) -> async_graphql::Result<Option<TaxEngine>> {
        let cx = ctx.cx();
        cx.permit::<ManageTaxes>().map_err(|denied| error::denied(cx.language(), denied))?;
        let found = channels::by_code(&cx.read(), &channel).await.map_err(|fault| failed(ctx, &fault))?;
        Ok(found.as_ref().and_then(engine))
    }

    /// What was said of rates of tax, and what is to go: by when it begins.
    #[graphql(
        directive = requires::apply(ReadTaxes::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_taxes"
    )]
    async fn tax_rates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rates.", default)] filter: TaxRateFilter,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<TaxRate>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let wrong = |problem| error::top(cx.language(), of_problem(&problem).0, &[]);
        let country = filter.country.as_deref().map(Country::parse).transpose().map_err(wrong)?;
        let slice = page.slice(cx, load::RATES_SORTED_BY)?;
        let listed = load::page_of_rates(cx, &may, country, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::TaxRule>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::TaxRule>::new(row.id)).map(TaxRate)))
    }

    /// Who is relieved of tax, was or will be: by when it begins.
    #[graphql(
        directive = requires::apply(ReadTaxes::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_taxes"
    )]
    async fn tax_exemptions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which exemptions.", default)] filter: TaxExemptionFilter,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<TaxExemption>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
        let customer = filter.customer.as_ref().map(input::id::<id::Account>).transpose().map_err(wrong)?;
        let company = filter.organisation.as_ref().map(input::id::<id::Organisation>).transpose();
        let organisation = company.map_err(wrong)?;
        let slice = page.slice(cx, load::EXEMPTIONS_SORTED_BY)?;
        let of = (customer, organisation);
        let listed = load::page_of_exemptions(cx, &may, of, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::TaxExemption>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::TaxExemption>::new(row.id)).map(TaxExemption)))
    }
}

fn reads(cx: &Cx) -> async_graphql::Result<Permit<ReadTaxes>> {
    cx.permit().map_err(|denied| error::denied(cx.language(), denied))
}
