//! Staff relieve somebody of tax no more.

use domain::{
    id::{Id, TaxExemption},
    identity::{country::Country, permission::proof::ManageTaxes},
};
use store::Once;

use super::{TaxError, error::missing, exemption_grant::emit, rows};
use crate::cx::{Cx, Permit};

/// An exemption to end.
#[derive(Clone, Debug)]
pub struct EndExemption {
    /// Which.
    pub exemption: Id<TaxExemption>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Ends an exemption now; one that did not begin yet never does. Emits `tax_exemption.ended`.
pub async fn end_exemption(
    cx: &Cx,
    _may: Permit<ManageTaxes>,
    input: EndExemption,
) -> Result<Option<Id<TaxExemption>>, TaxError> {
    let EndExemption { exemption, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let row = rows::exemptions(tx, [exemption]).await?.remove(&exemption).ok_or(missing(&["taxExemption"]))?;
        if !rows::end_exemption(tx, &row).await? {
            return Err(missing(&["taxExemption"]));
        }
        let country = row.country.as_deref().and_then(|code| Country::parse(code).ok());
        emit(tx, row, country, false).await?;
        Ok(exemption)
    })
    .await
}
