//! How orders were taxed.

use domain::{
    money::Money,
    pricing::tax::{
        Basis, Charged, Source, TaxRate, Treatment,
        summary::{Taxed, summary},
    },
};
use entity::orders::{order, order_line};
use store::Fault;

use super::fall::currency;
use crate::pricing;

/// How a line was taxed.
pub fn charged(line: &order_line::Model) -> Result<Charged, Fault> {
    let treatment = treatment(line.tax_category.as_deref(), line.tax_rate_bps, line.tax_reason.as_deref())?;
    let rate = |bps| u32::try_from(bps).map(TaxRate::from_bps).map_err(Fault::new);
    let source =
        line.tax_source.as_deref().map(|code| Source::parse(code).ok_or_else(|| Fault::new("a source of no tax")));
    let (relieved, source) = (line.relieved_bps.map(rate).transpose()?, source.transpose()?.unwrap_or_default());
    Ok(Charged { treatment, relieved, source })
}

/// How delivery and fee were taxed; none if nobody wrote it down.
pub(super) fn services(order: &order::Model) -> Result<Option<Treatment>, Fault> {
    let of = |rate| treatment(order.service_tax_category.as_deref(), rate, order.service_tax_reason.as_deref());
    order.service_tax_rate_bps.map(of).transpose()
}

/// What of an order is taxed how, as it was when its lines were bought.
pub fn taxes(order: &order::Model, lines: &[order_line::Model]) -> Result<Vec<Taxed>, Fault> {
    let currency = currency(order)?;
    let money = |minor| Money::new(minor, currency);
    let mut parts = Vec::with_capacity(lines.len());
    for line in lines {
        let treatment = charged(line)?.treatment;
        // The total of a line has its tax in it.
        parts.push(Taxed::of(treatment, money(line.total_minor), money(line.tax_minor), Basis::Inclusive));
    }
    if let Some(services) = services(order)? {
        let delivered = order.delivery_minor.saturating_sub(order.delivery_discount_minor);
        let basis = Basis::of(order.prices_include_tax);
        for (shown, tax) in [(delivered, order.delivery_tax_minor), (order.fee_minor, order.fee_tax_minor)] {
            parts.push(Taxed::of(services.clone(), money(shown), money(tax.unwrap_or_default()), basis));
        }
    }
    parts.into_iter().collect::<Result<Vec<_>, _>>().and_then(summary).map_err(Fault::new)
}

/// A treatment as it was written down; where its category was not, it is what the rate says.
fn treatment(category: Option<&str>, rate_bps: i32, reason: Option<&str>) -> Result<Treatment, Fault> {
    if let Some(category) = category {
        return pricing::taxes::treatment(category, Some(rate_bps), reason);
    }
    let rate = TaxRate::from_bps(u32::try_from(rate_bps).map_err(Fault::new)?);
    Ok(if rate.bps() == 0 { Treatment::unknown() } else { Treatment::at(rate) })
}
