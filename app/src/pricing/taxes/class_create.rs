//! Staff make a tax class.

use domain::{
    id::{Id, TaxClass},
    identity::permission::proof::ManageTaxes,
    pricing::tax::events::TaxEvent,
    time::Instant,
};
use entity::pricing::tax_class;
use sea_orm::IntoActiveModel;
use store::Once;

use super::TaxError;
use crate::cx::{Cx, Permit};

/// A class to make.
#[derive(Clone, Debug)]
pub struct CreateClass {
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Whether nothing is to be made.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Makes a class, which no product is of yet. Emits `tax_class.created`.
pub async fn create_class(
    cx: &Cx,
    _may: Permit<ManageTaxes>,
    input: CreateClass,
) -> Result<Option<Id<TaxClass>>, TaxError> {
    let CreateClass { code, name_ar, name_en, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let (tenant_id, id) = (tx.scope().tenant(), tx.new_id());
        let row = tax_class::Model { tenant_id, id, code, name_ar, name_en, version: 1 };
        if !tx.insert_new(row.clone().into_active_model()).await? {
            return Err(TaxError::CodeTaken);
        }
        tx.emit(&told(&row, tx.now())).await?;
        Ok(id)
    })
    .await
}

/// A class as its event tells it.
pub(super) fn told(row: &tax_class::Model, at: Instant) -> TaxEvent {
    TaxEvent::Class {
        tax_class: row.id,
        code: row.code.clone(),
        name_ar: row.name_ar.clone(),
        name_en: row.name_en.clone(),
        version: row.version,
        at,
    }
}
