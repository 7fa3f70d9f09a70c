//! What the taxes of carts depend on: loaded for many at once, by at most three statements.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Account, CustomerGroup, Id, Organisation, Product, TaxClass},
    identity::country::Country,
    pricing::{
        tax::{
            Basis, Category, Charged, TaxRate, Treatment,
            exemption::{self, Exemption, Payer, Whose},
            reason::Reason,
            rules::{self, Place, Rule},
        },
        validity::Validity,
    },
    time::Instant,
};
use entity::{
    channels::channel,
    pricing::{tax_exemption, tax_rule},
};
use store::{Fault, Read};

use super::rows;

/// All who may be relieved.
#[derive(Clone, Debug, Default)]
pub struct Payers {
    /// Customers.
    pub customers: Vec<Id<Account>>,
    /// Customer groups.
    pub groups: HashSet<Id<CustomerGroup>>,
    /// Companies that are bought for.
    pub organisations: HashSet<Id<Organisation>>,
}

impl Payers {
    fn is_empty(&self) -> bool {
        self.customers.is_empty() && self.groups.is_empty() && self.organisations.is_empty()
    }
}

/// How things are taxed in a channel at an instant, for some who buy.
#[derive(Clone, Debug)]
pub struct Taxes {
    at: Instant,
    basis: Basis,
    rules: Vec<Rule>,
    classes: HashMap<Id<Product>, Id<TaxClass>>,
    services: Option<Id<TaxClass>>,
    exemptions: Vec<Granted>,
}

/// An exemption, and whose it is.
#[derive(Clone, Debug)]
struct Granted {
    whose: Whose,
    exemption: Exemption,
}

impl Taxes {
    /// How these products are taxed in these countries, for these, and for guests.
    pub async fn load(
        read: &Read,
        channel: &channel::Model,
        payers: Payers,
        (products, countries): (&[Id<Product>], &[Country]),
        at: Instant,
    ) -> Result<Self, Fault> {
        let rules = rows::rules(read, countries).await?;
        let rules = rules.iter().map(domain_rule).collect::<Result<Vec<_>, Fault>>()?;
        let is_classed = rules.iter().any(|rule| rule.class.is_some());
        let classes = if is_classed { rows::classes_of(read, products).await? } else { HashMap::new() };
        let exemptions = if payers.is_empty() {
            Vec::new()
        } else {
            let rows = rows::exemptions_of(read, payers, at).await?;
            rows.iter().map(granted).collect::<Result<Vec<_>, Fault>>()?
        };
        let (basis, services) = (Basis::of(channel.prices_include_tax), channel.service_tax_class_id);
        Ok(Self { at, basis, rules, classes, services, exemptions })
    }

    /// Whether prices of the channel include tax.
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// How a product is taxed for somebody, delivered to a place.
    pub fn of_product(&self, product: Id<Product>, payer: Payer<'_>, place: &Place) -> Charged {
        self.charged(self.classes.get(&product).copied(), payer, place)
    }

    /// How delivery and fees are taxed for somebody, delivered to a place.
    pub fn of_services(&self, payer: Payer<'_>, place: &Place) -> Charged {
        self.charged(self.services, payer, place)
    }

    fn charged(&self, class: Option<Id<TaxClass>>, payer: Payer<'_>, place: &Place) -> Charged {
        let treatment = rules::treatment(&self.rules, class, place, self.at);
        let theirs = self.exemptions.iter().filter_map(|one| Some((payer.rank(one.whose)?, &one.exemption)));
        let mut ranked: Vec<_> = theirs.collect();
        // Of one rank they are sorted by id already.
        ranked.sort_by_key(|(rank, _)| *rank);
        exemption::charged(treatment, ranked.into_iter().map(|(_, one)| one), place.country(), self.at)
    }
}

fn domain_rule(row: &tax_rule::Model) -> Result<Rule, Fault> {
    Ok(Rule {
        class: row.tax_class_id,
        country: Country::parse(&row.country).map_err(|_| Fault::new("a rate of no country"))?,
        region: row.region.as_ref().map(|_| row.region_key.clone()),
        from: row.starts_at,
        treatment: row
            .category
            .as_deref()
            .map(|category| treatment(category, row.rate_bps, row.reason.as_deref()))
            .transpose()?,
    })
}

fn granted(row: &tax_exemption::Model) -> Result<Granted, Fault> {
    let country = row.country.as_deref().map(Country::parse).transpose();
    let exemption = Exemption {
        category: category(&row.category)?,
        reason: row.reason.as_deref().map(reason).transpose()?,
        country: country.map_err(|_| Fault::new("an exemption of no country"))?,
        validity: Validity { from: Some(row.starts_at), until: row.ends_at },
    };
    let whose = match (row.account_id, row.group_id, row.organisation_id) {
        (Some(customer), _, _) => Whose::Customer(customer),
        (None, Some(group), _) => Whose::Group(group),
        (None, None, Some(organisation)) => Whose::Organisation { organisation, unit: row.organisation_unit_id },
        (None, None, None) => return Err(Fault::new("an exemption of nobody")),
    };
    Ok(Granted { whose, exemption })
}

/// A treatment as it is written down.
pub fn treatment(of: &str, rate_bps: Option<i32>, why: Option<&str>) -> Result<Treatment, Fault> {
    let rate = u32::try_from(rate_bps.unwrap_or_default()).map_err(Fault::new)?;
    let reason = why.map(reason).transpose()?;
    Treatment::new(category(of)?, TaxRate::from_bps(rate), reason).map_err(Fault::new)
}

fn category(code: &str) -> Result<Category, Fault> {
    Category::parse(code).ok_or_else(|| Fault::new("a category of tax that is none"))
}

fn reason(code: &str) -> Result<Reason, Fault> {
    Reason::parse(code).map_err(|_| Fault::new("a reason that is none"))
}
