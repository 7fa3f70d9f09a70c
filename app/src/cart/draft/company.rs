//! The company that a draft is for.

use domain::id::{Account, Id, Organisation, OrganisationUnit};
use entity::cart::cart;
use sea_orm::sea_query::Expr;
use store::{Read, Tx};

use super::{DraftError, rows};
use crate::{cart::rows::wish, organisations};

/// A company that a draft is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Company {
    /// The company.
    pub organisation: Id<Organisation>,
    /// The unit of it; none: that in which the customer is, or the company itself.
    pub unit: Option<Id<OrganisationUnit>>,
}

/// Why a draft cannot be for a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCompany {
    /// There is no such company.
    #[error("there is no such company")]
    Unknown,
    /// The company has no such unit.
    #[error("the company has no such unit")]
    UnknownUnit,
    /// Nobody buys for it now.
    #[error("the company is suspended")]
    Suspended,
    /// The customer is no member of it.
    #[error("the customer is no member of the company")]
    NotAMember,
}

impl Company {
    /// The company that a cart is for.
    pub(super) fn of(cart: &cart::Model) -> Option<Self> {
        cart.organisation_id.map(|organisation| Self { organisation, unit: cart.organisation_unit_id })
    }
}

/// A company and its unit, as rows and events have them.
pub(super) fn named(company: Option<Company>) -> (Option<Id<Organisation>>, Option<Id<OrganisationUnit>>) {
    (company.map(|company| company.organisation), company.and_then(|company| company.unit))
}

/// Refuses a company that nobody buys for, a unit that is another's, and a customer who is no member.
pub(super) async fn check(read: &Read, customer: Option<Id<Account>>, company: Company) -> Result<(), DraftError> {
    let Company { organisation, unit } = company;
    match organisations::seat_in(read, organisation, None).await? {
        None => return Err(NoCompany::Unknown.into()),
        Some(None) => return Err(NoCompany::Suspended.into()),
        Some(Some(_)) => {}
    }
    if let Some(unit) = unit
        && organisations::company_of(read, unit).await? != Some(organisation)
    {
        return Err(NoCompany::UnknownUnit.into());
    }
    match customer {
        Some(customer) if !organisations::admits(read, customer, organisation).await? => {
            Err(NoCompany::NotAMember.into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Refuses a draft that is for a company which nobody, or not its customer, buys for any more, or for a unit that is gone: it was agreed on with the
/// company, and not with them.
pub(crate) async fn still(read: &Read, cart: &cart::Model) -> Result<(), DraftError> {
    let Some(company) = Company::of(cart) else { return Ok(()) };
    if let Some(unit) = company.unit
        && organisations::company_of(read, unit).await? != Some(company.organisation)
    {
        return Err(NoCompany::UnknownUnit.into());
    }
    if organisations::party(read, wish(cart)).await?.seat.is_some() {
        return Ok(());
    }
    check(read, cart.customer_id, Company { unit: None, ..company }).await
}

/// Sets the company that an open draft, which somebody locked, is for, or none. What was agreed on with another, and to whom it
/// was sent, is so no more.
pub(super) async fn set(tx: &Tx, cart: &mut cart::Model, company: Option<Company>) -> Result<(), DraftError> {
    if let Some(company) = company {
        check(tx, cart.customer_id, company).await?;
    }
    if company == Company::of(cart) {
        return Ok(());
    }
    (cart.organisation_id, cart.organisation_unit_id) = named(company);
    rows::take_back(tx, cart.id).await?;
    let update = tx.update::<cart::Entity>().by(cart.id);
    let update = update.set(cart::Column::OrganisationId, Expr::val(cart.organisation_id));
    update.set(cart::Column::OrganisationUnitId, Expr::val(cart.organisation_unit_id)).run().await?;
    Ok(())
}
