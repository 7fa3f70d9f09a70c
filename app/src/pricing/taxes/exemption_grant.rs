//! Staff relieve somebody of tax.

use domain::{
    id::{Account, CustomerGroup, Id, Organisation, OrganisationUnit, TaxExemption},
    identity::{country::Country, permission::proof::ManageTaxes},
    invalid::{Invalid, Problem},
    pricing::{
        tax::{Treatment, events::TaxEvent, reason::Reason},
        validity::Validity,
    },
};
use entity::pricing::tax_exemption;
use sea_orm::IntoActiveModel;
use store::{Fault, Once, Tx};

use super::{TaxError, error::missing, facts, rows};
use crate::{
    cx::{Cx, Permit},
    identity, organisations,
};

/// Who is relieved.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// A customer.
    Customer(Id<Account>),
    /// Everybody in a customer group.
    Group(Id<CustomerGroup>),
    /// Who buys for a company.
    Organisation(Id<Organisation>),
    /// Who buys for a unit of a company, or for one below it.
    Unit(Id<OrganisationUnit>),
}

/// An exemption to grant.
#[derive(Clone, Debug)]
pub struct GrantExemption {
    /// Who is relieved.
    pub who: Who,
    /// How what they buy is treated instead: never at a rate.
    pub treatment: Treatment,
    /// Where; `None`: everywhere.
    pub country: Option<Country>,
    /// What proves it, such as the number of a certificate.
    pub certificate: Option<String>,
    /// When; from now on if it does not say since when.
    pub validity: Validity,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Relieves a customer, a group of them, a company or a unit of it, of tax, unless another exemption says the same.
/// Emits `tax_exemption.granted`.
pub async fn grant_exemption(
    cx: &Cx,
    _may: Permit<ManageTaxes>,
    input: GrantExemption,
) -> Result<Option<Id<TaxExemption>>, TaxError> {
    let GrantExemption { who, treatment, country, certificate, validity, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let starts_at = validity.from.unwrap_or(tx.now());
        if starts_at < tx.now() {
            return Err(Invalid::at("startsAt", Problem::InThePast).into());
        }
        if validity.until.is_some_and(|until| until <= starts_at) {
            return Err(Invalid::at("endsAt", Problem::EndBeforeStart).into());
        }
        let whose = known(tx, who).await?;
        let row = tax_exemption::Model {
            tenant_id: tx.scope().tenant(),
            id: tx.new_id(),
            account_id: whose.account,
            group_id: whose.group,
            organisation_id: whose.organisation,
            organisation_unit_id: whose.unit,
            country: country.map(|country| country.as_str().to_owned()),
            category: treatment.category().code().to_owned(),
            reason: treatment.reason().map(Reason::to_string),
            certificate,
            starts_at,
            ends_at: validity.until,
        };
        // Whoever grants them another waits until this ends.
        rows::lock(tx, &row).await?;
        let wanted = facts::exemption(&row)?;
        for other in rows::of_the_same(tx, &row).await? {
            if facts::exemption(&other)?.says(&wanted) {
                return Err(TaxError::GrantedAlready);
            }
        }
        tx.insert(row.clone().into_active_model()).await?;
        emit(tx, row.clone(), country, true).await?;
        Ok(row.id)
    })
    .await
}

/// Whose an exemption is, as a row says it.
#[derive(Clone, Copy, Debug, Default)]
struct Whose {
    account: Option<Id<Account>>,
    group: Option<Id<CustomerGroup>>,
    organisation: Option<Id<Organisation>>,
    unit: Option<Id<OrganisationUnit>>,
}

/// Refuses whom there is not.
async fn known(tx: &Tx, who: Who) -> Result<Whose, TaxError> {
    let nobody = Whose::default();
    match who {
        Who::Customer(customer) => {
            let known = identity::customer(tx, customer).await?;
            known.map(|_| Whose { account: Some(customer), ..nobody }).ok_or(missing(&["who", "customer"]))
        }
        Who::Group(group) if identity::groups::groups_by_id(tx, &[group]).await?.contains_key(&group) => {
            Ok(Whose { group: Some(group), ..nobody })
        }
        Who::Group(_) => Err(missing(&["who", "customerGroup"])),
        Who::Organisation(organisation) if organisations::known(tx, &[organisation]).await?.contains(&organisation) => {
            Ok(Whose { organisation: Some(organisation), ..nobody })
        }
        Who::Organisation(_) => Err(missing(&["who", "organisation"])),
        Who::Unit(unit) => {
            let organisation = organisations::company_of(tx, unit).await?;
            let whose = |organisation| Whose { organisation: Some(organisation), unit: Some(unit), ..nobody };
            organisation.map(whose).ok_or(missing(&["who", "organisationUnit"]))
        }
    }
}

pub(super) async fn emit(
    tx: &Tx,
    row: tax_exemption::Model,
    country: Option<Country>,
    is_granted: bool,
) -> Result<(), Fault> {
    let event = TaxEvent::Exemption {
        tax_exemption: row.id,
        customer: row.account_id,
        customer_group: row.group_id,
        organisation: row.organisation_id,
        organisation_unit: row.organisation_unit_id,
        category: row.category,
        reason: row.reason,
        certificate: row.certificate,
        country,
        starts_at: row.starts_at,
        ends_at: if is_granted { row.ends_at } else { Some(tx.now()) },
        is_granted,
        at: tx.now(),
    };
    tx.emit(&event).await
}
