//! What the taxes of carts depend on: loaded for many at once, by at most three statements, and one more where a tax engine is
//! asked.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    id::{Account, CustomerGroup, Id, Organisation, Product, TaxClass},
    identity::country::Country,
    pricing::{
        tax::{
            Basis, Category, Charged, Source, TaxRate, Treatment,
            engine::Taxpayer,
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

use super::{
    engine::{Said, Unanswered},
    rows,
};

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
    /// What the channel's tax engine said; none: it has none.
    said: Option<Said>,
}

/// An exemption, and whose it is.
#[derive(Clone, Debug)]
struct Granted {
    whose: Whose,
    exemption: Exemption,
}

impl Taxes {
    /// How these products are taxed at these places, for these, and for guests.
    pub async fn load(
        read: &Read,
        channel: &channel::Model,
        payers: Payers,
        (products, places): (&[Id<Product>], &[Place]),
        at: Instant,
    ) -> Result<Self, Fault> {
        let said = Said::load(read, channel, (places, &payers), at).await?;
        let countries: HashSet<_> = places.iter().map(Place::country).collect();
        let rules = rows::rules(read, countries).await?;
        let rules = rules.iter().map(domain_rule).collect::<Result<Vec<_>, Fault>>()?;
        let is_classed = said.is_some() || rules.iter().any(|rule| rule.class.is_some());
        let classes = if is_classed { rows::classes_of(read, products).await? } else { HashMap::new() };
        let exemptions = if payers.is_empty() {
            Vec::new()
        } else {
            let rows = rows::exemptions_of(read, payers, at).await?;
            rows.iter().map(granted).collect::<Result<Vec<_>, Fault>>()?
        };
        let (basis, services) = (Basis::of(channel.prices_include_tax), channel.service_tax_class_id);
        Ok(Self { at, basis, rules, classes, services, exemptions, said })
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
        let said = self.said.as_ref().map(|said| said.of(class, payer.into(), place));
        let (treatment, source) = match said {
            Some(Some(treatment)) => (treatment, Source::Engine),
            Some(None) => (rules::treatment(&self.rules, class, place, self.at), Source::Estimate),
            None => (rules::treatment(&self.rules, class, place, self.at), Source::Rules),
        };
        let theirs = self.exemptions.iter().filter_map(|one| Some((payer.rank(one.whose)?, &one.exemption)));
        let mut ranked: Vec<_> = theirs.collect();
        // Of one rank they are sorted by id already.
        ranked.sort_by_key(|(rank, _)| *rank);
        let charged = exemption::charged(treatment, ranked.into_iter().map(|(_, one)| one), place.country(), self.at);
        Charged { source, ..charged }
    }

    /// What the channel's tax engine is to be asked before these products, and their delivery, are taxed for somebody; `None`:
    /// nothing.
    pub fn unanswered(&self, products: &[Id<Product>], payer: Payer<'_>, place: &Place) -> Option<Unanswered> {
        let taxpayer = Taxpayer::from(payer);
        let classes = products.iter().map(|product| self.classes.get(product).copied()).chain([self.services]);
        let said = self.said.as_ref()?;
        let classes: BTreeSet<_> = classes.filter(|class| said.is_to_be_asked(*class, taxpayer, place)).collect();
        (!classes.is_empty()).then(|| Unanswered { place: place.clone(), taxpayer, classes })
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

/// An exemption as it is written down.
pub(super) fn exemption(row: &tax_exemption::Model) -> Result<Exemption, Fault> {
    let country = row.country.as_deref().map(Country::parse).transpose();
    Ok(Exemption {
        category: category(&row.category)?,
        reason: row.reason.as_deref().map(reason).transpose()?,
        country: country.map_err(|_| Fault::new("an exemption of no country"))?,
        validity: Validity { from: Some(row.starts_at), until: row.ends_at },
    })
}

fn granted(row: &tax_exemption::Model) -> Result<Granted, Fault> {
    let whose = match (row.account_id, row.group_id, row.organisation_id) {
        (Some(customer), _, _) => Whose::Customer(customer),
        (None, Some(group), _) => Whose::Group(group),
        (None, None, Some(organisation)) => Whose::Organisation { organisation, unit: row.organisation_unit_id },
        (None, None, None) => return Err(Fault::new("an exemption of nobody")),
    };
    Ok(Granted { whose, exemption: exemption(row)? })
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
