//! Staff rename a tax class.

use domain::{
    id::{Id, TaxClass},
    identity::permission::proof::ManageTaxes,
};
use entity::pricing::tax_class;
use store::Once;

use super::{TaxError, class_create::told, error::missing, rows};
use crate::cx::{Cx, Permit};

/// What changes of a class. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateClass {
    /// The class.
    pub class: Id<TaxClass>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Changes the names of a class. Emits `tax_class.updated`.
pub async fn update_class(
    cx: &Cx,
    _may: Permit<ManageTaxes>,
    input: UpdateClass,
) -> Result<Option<Id<TaxClass>>, TaxError> {
    let UpdateClass { class, name_ar, name_en, expected_version, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let was = rows::classes(tx, [class]).await?.remove(&class).ok_or(missing(&["taxClass"]))?;
        if expected_version.is_some_and(|expected| expected != was.version) {
            return Err(TaxError::StaleVersion);
        }
        let next = tax_class::Model {
            name_ar: name_ar.or_else(|| was.name_ar.clone()),
            name_en: name_en.or_else(|| was.name_en.clone()),
            version: was.version.saturating_add(1),
            ..was.clone()
        };
        if !rows::replace_class(tx, &next).await? {
            return Err(TaxError::StaleVersion);
        }
        tx.emit_change(&told(&was, tx.now()), &told(&next, tx.now())).await?;
        Ok(class)
    })
    .await
}
