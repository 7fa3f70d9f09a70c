//! Who is relieved of tax.

use super::{Category, Charged, TaxRate, Treatment, reason::Reason};
use crate::{
    id::{Account, CustomerGroup, Id, Organisation, OrganisationUnit},
    identity::country::Country,
    organisations::seat::Seat,
    pricing::validity::Validity,
    time::Instant,
};

/// That somebody is relieved of tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// How what they buy is treated instead: never [`Category::Standard`].
    pub category: Category,
    /// Why, as invoices say it.
    pub reason: Option<Reason>,
    /// Where it goes; `None`: everywhere.
    pub country: Option<Country>,
    /// When.
    pub validity: Validity,
}

/// Whose an exemption is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A customer's.
    Customer(Id<Account>),
    /// That of everybody in a customer group.
    Group(Id<CustomerGroup>),
    /// That of who buys for a company.
    Organisation {
        /// Which.
        organisation: Id<Organisation>,
        /// In this unit of it or below; `None`: in any.
        unit: Option<Id<OrganisationUnit>>,
    },
}

/// Who buys, as far as tax asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payer<'a> {
    /// The customer; none for a guest.
    pub customer: Option<Id<Account>>,
    /// The groups that they are in.
    pub groups: &'a [Id<CustomerGroup>],
    /// For which unit of which company; none: for themselves.
    pub seat: Option<&'a Seat>,
}

impl Payer<'_> {
    /// In which order exemptions are looked at, the lowest first; `None`: it is not theirs.
    ///
    /// What is bought for a company is taxed as the company's: of its exemptions those of the unit go first, then those of the
    /// units above it, the company's own last; what relieves the member as a person, or a group of customers, does not relieve
    /// the company. Who buys for themselves has their own before those of their groups.
    pub fn rank(&self, whose: Whose) -> Option<usize> {
        match (self.seat, whose) {
            (Some(seat), Whose::Organisation { organisation, unit }) => seat.above(organisation, unit),
            (Some(_), Whose::Customer(_) | Whose::Group(_)) | (None, Whose::Organisation { .. }) => None,
            (None, Whose::Customer(customer)) => (self.customer == Some(customer)).then_some(0),
            (None, Whose::Group(group)) => self.groups.contains(&group).then_some(1),
        }
    }
}

impl Exemption {
    /// Whether it says all that another of the same people does: the same treatment, wherever and whenever that goes.
    pub fn says(&self, other: &Self) -> bool {
        let is_same = (self.category, &self.reason) == (other.category, &other.reason);
        is_same && (self.country.is_none() || self.country == other.country) && self.validity.covers(other.validity)
    }

    fn goes(&self, country: Country, at: Instant) -> bool {
        self.country.is_none_or(|only| only == country) && self.validity.holds_at(at)
    }
}

/// How something is taxed for somebody who has these exemptions: by the first that goes, unless it would not be taxed anyway.
pub fn charged<'e>(
    treatment: Treatment,
    exemptions: impl IntoIterator<Item = &'e Exemption>,
    country: Country,
    at: Instant,
) -> Charged {
    let found = exemptions.into_iter().find(|exemption| exemption.goes(country, at));
    let Some(exemption) = found.filter(|_| treatment.rate() != TaxRate::from_bps(0)) else {
        return treatment.into();
    };
    match Treatment::new(exemption.category, TaxRate::from_bps(0), exemption.reason.clone()) {
        Ok(relieved) => Charged { relieved: Some(treatment.rate()), ..relieved.into() },
        // It says nothing that an invoice could: nobody is relieved by it.
        Err(_) => treatment.into(),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const VAT: TaxRate = TaxRate::from_bps(1500);

    fn diplomat(country: Option<Country>, until: Option<i64>) -> Exemption {
        let validity = Validity { from: None, until: until.map(Instant::from_millis) };
        Exemption { category: Category::ZeroRated, reason: Reason::parse("VATEX-SA-33").ok(), country, validity }
    }

    #[test]
    fn an_exemption_relieves_of_a_rate_where_and_while_it_goes() {
        let at = |exemption, country, at| {
            charged(Treatment::at(VAT), &[exemption], country, Instant::from_millis(at)).relieved
        };
        let uae = Country::parse("AE").unwrap();
        assert_eq!(at(diplomat(None, None), uae, 0), Some(VAT));
        assert_eq!(at(diplomat(Some(Country::SA), None), uae, 0), None);
        assert_eq!(at(diplomat(Some(Country::SA), Some(5)), Country::SA, 4), Some(VAT));
        assert_eq!(at(diplomat(Some(Country::SA), Some(5)), Country::SA, 5), None);
    }

    #[test]
    fn one_says_another_that_treats_the_same_in_no_other_country_and_no_longer() {
        let (anywhere, here) = (diplomat(None, Some(9)), diplomat(Some(Country::SA), Some(9)));
        let there = diplomat(Country::parse("AE").ok(), Some(9));
        assert!(anywhere.says(&anywhere) && anywhere.says(&here) && here.says(&here));
        assert!(!here.says(&anywhere) && !here.says(&there));
        assert!(here.says(&diplomat(Some(Country::SA), Some(5))) && !here.says(&diplomat(Some(Country::SA), None)));
        let from = |millis| Validity { from: Some(Instant::from_millis(millis)), until: None };
        let since = |millis| Exemption { validity: from(millis), ..diplomat(None, None) };
        assert!(since(5).says(&since(6)) && !since(6).says(&since(5)) && !since(6).says(&anywhere));
        let exempt = Exemption { category: Category::Exempt, ..here.clone() };
        let otherwise = Exemption { reason: Reason::parse("VATEX-SA-35").ok(), ..here.clone() };
        assert!(!here.says(&exempt) && !exempt.says(&here) && !here.says(&otherwise));
    }

    #[test]
    fn a_company_is_relieved_by_its_own_exemptions_the_nearest_unit_first() {
        let (ours, theirs) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let unit = |n| Id::new(Uuid::from_u128(n));
        let (layla, loyal) = (Id::new(Uuid::from_u128(3)), Id::new(Uuid::from_u128(4)));
        let seat = Seat { organisation: ours, units: vec![unit(10), unit(11)] };
        let of = |organisation, unit| Whose::Organisation { organisation, unit };
        let whose = [
            of(ours, Some(unit(10))),
            of(ours, Some(unit(11))),
            of(ours, None),
            of(ours, Some(unit(12))),
            of(theirs, None),
            Whose::Customer(layla),
            Whose::Group(loyal),
        ];
        let groups = [loyal];
        let herself = Payer { customer: Some(layla), groups: &groups, seat: None };
        let for_company = Payer { seat: Some(&seat), ..herself };
        assert_eq!(whose.map(|one| for_company.rank(one)), [Some(0), Some(1), Some(2), None, None, None, None]);
        assert_eq!(whose.map(|one| herself.rank(one)), [None, None, None, None, None, Some(0), Some(1)]);
        assert_eq!(whose.map(|one| Payer::default().rank(one)), [None; 7]);
    }

    #[test]
    fn what_is_not_taxed_stays_as_it_is() {
        let found = charged(Treatment::unknown(), &[diplomat(None, None)], Country::SA, Instant::from_millis(0));
        assert_eq!(found, Treatment::unknown().into());
    }
}
