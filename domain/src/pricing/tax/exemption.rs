//! Who is relieved of tax.

use super::{Category, Charged, TaxRate, Treatment, reason::Reason};
use crate::{identity::country::Country, pricing::validity::Validity, time::Instant};

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

impl Exemption {
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
        Ok(relieved) => Charged { relieved: Some(treatment.rate()), treatment: relieved },
        // It says nothing that an invoice could: nobody is relieved by it.
        Err(_) => treatment.into(),
    }
}

#[cfg(test)]
mod tests {
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
    fn what_is_not_taxed_stays_as_it_is() {
        let found = charged(Treatment::unknown(), &[diplomat(None, None)], Country::SA, Instant::from_millis(0));
        assert_eq!(found, Treatment::unknown().into());
    }
}
