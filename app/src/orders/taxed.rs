//! How orders were taxed.

use domain::pricing::tax::{Category, Charged, TaxRate, Treatment, reason::Reason};
use entity::orders::{order, order_line};
use store::Fault;

/// How a line was taxed.
pub fn charged(line: &order_line::Model) -> Result<Charged, Fault> {
    let treatment = treatment(line.tax_category.as_deref(), line.tax_rate_bps, line.tax_reason.as_deref())?;
    let rate = |bps| u32::try_from(bps).map(TaxRate::from_bps).map_err(Fault::new);
    Ok(Charged { treatment, relieved: line.relieved_bps.map(rate).transpose()? })
}

/// How delivery and fee were taxed; none if nobody wrote it down.
pub fn services(order: &order::Model) -> Result<Option<Treatment>, Fault> {
    let of = |rate| treatment(order.service_tax_category.as_deref(), rate, order.service_tax_reason.as_deref());
    order.service_tax_rate_bps.map(of).transpose()
}

/// A treatment as it was written down; where its category was not, it is what the rate says.
fn treatment(category: Option<&str>, rate_bps: i32, reason: Option<&str>) -> Result<Treatment, Fault> {
    let rate = TaxRate::from_bps(u32::try_from(rate_bps).map_err(Fault::new)?);
    let Some(category) = category else {
        return Ok(if rate.bps() == 0 { Treatment::unknown() } else { Treatment::at(rate) });
    };
    let category = Category::parse(category).ok_or_else(|| Fault::new("a category of tax that is none"))?;
    let reason = reason.map(Reason::parse).transpose().map_err(|_| Fault::new("a reason that is none"))?;
    Treatment::new(category, rate, reason).map_err(Fault::new)
}
