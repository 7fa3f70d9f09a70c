//! Staff say of which tax class products are.

use domain::{
    id::{Id, Product, TaxClass},
    identity::permission::proof::ManageTaxes,
    pricing::tax::events::TaxEvent,
};
use store::Once;

use super::{TaxError, error::missing, rows};
use crate::{
    catalog,
    cx::{Cx, Permit},
};

/// Of which class products are to be.
#[derive(Clone, Debug)]
pub struct AssignClass {
    /// The class; `None`: the standard one.
    pub class: Option<Id<TaxClass>>,
    /// The products, each once.
    pub products: Vec<Id<Product>>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Puts products into a class, all or, by failing, none: whichever they were of, they are of it from now on. Gives the
/// products. Emits `tax_class.assigned`.
pub async fn assign_class(
    cx: &Cx,
    _may: Permit<ManageTaxes>,
    input: AssignClass,
) -> Result<Option<Vec<Id<Product>>>, TaxError> {
    let AssignClass { class, products, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        if let Some(class) = class
            && !rows::classes(tx, [class]).await?.contains_key(&class)
        {
            return Err(missing(&["taxClass"]));
        }
        let known = catalog::load::any_products(tx, &products).await?;
        let unknown = products.iter().enumerate().filter(|(_, product)| !known.contains_key(product));
        let unknown: Vec<_> = unknown.map(|(index, _)| index).collect();
        if !unknown.is_empty() {
            return Err(TaxError::NoProducts(unknown));
        }
        rows::assign(tx, class, &products).await?;
        let tenant = tx.scope().tenant();
        let event = TaxEvent::Classified { tenant, tax_class: class, products: products.clone(), at: tx.now() };
        tx.emit(&event).await?;
        Ok(products)
    })
    .await
}
