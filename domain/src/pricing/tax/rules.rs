//! Which treatment goes for what is sold: by class, place and date.

use super::Treatment;
use crate::{
    id::{Id, TaxClass},
    identity::{address::Address, country::Country},
    text,
    time::Instant,
};

/// How things of a class are taxed somewhere, from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Of which class; `None`: the standard one.
    pub class: Option<Id<TaxClass>>,
    /// Where.
    pub country: Country,
    /// In which region of it, folded for comparing; `None`: in all.
    pub region: Option<String>,
    /// The first instant at which it goes, until another does.
    pub from: Instant,
    /// How; `None`: as what is less special is, from then on.
    pub treatment: Option<Treatment>,
}

/// Where something is delivered to, as far as tax asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    country: Country,
    /// Folded for comparing.
    region: Option<String>,
    /// Region, city and postal code as they are written.
    written: [Option<String>; 3],
    is_settled: bool,
}

impl Place {
    /// A country, and a region of it in capital letters or small ones.
    pub fn new(country: Country, region: Option<&str>) -> Self {
        let written = region.map(str::trim).filter(|region| !region.is_empty());
        let region = written.map(text::fold);
        Self { country, region, written: [written.map(str::to_owned), None, None], is_settled: false }
    }

    /// The place of an address.
    pub fn of(address: &Address) -> Self {
        let Self { country, region, written: [as_written, _, _], .. } = Self::new(address.country, address.region());
        let [city, postal_code] = [Some(address.city()), address.postal_code()].map(|part| part.map(str::to_owned));
        Self { country, region, written: [as_written, city, postal_code], is_settled: true }
    }

    /// The same, of which it is settled that it goes to this city.
    #[must_use]
    pub fn settled(self, city: &str) -> Self {
        let [region, _, postal_code] = self.written;
        let city = Some(city.trim()).filter(|city| !city.is_empty()).map(str::to_owned);
        Self { written: [region, city, postal_code], is_settled: true, ..self }
    }

    /// Whether it is settled that it goes there. Until then no tax engine is asked.
    pub const fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// The country.
    pub const fn country(&self) -> Country {
        self.country
    }

    /// Region, city and postal code as they are written: of the last two no rule of the shop asks.
    pub const fn written(&self) -> &[Option<String>; 3] {
        &self.written
    }

    /// A text that is the same for the same place, in capital letters or small ones, and for no other.
    pub fn key(&self) -> String {
        let part = |part: &Option<String>| part.as_deref().map(text::fold).unwrap_or_default();
        // A tab is in no part: folding makes blanks of them.
        format!("{}\t{}", self.country.as_str(), self.written.each_ref().map(part).join("\t"))
    }
}

impl From<Country> for Place {
    fn from(country: Country) -> Self {
        Self { country, region: None, written: [None, None, None], is_settled: false }
    }
}

/// The treatment of things of a class at a place and an instant.
///
/// A rule of their class goes before one of the standard class, and of one class one of the region before one of the country.
/// Of several that have begun that which began last goes. Where there is none, it is out of scope.
pub fn treatment(rules: &[Rule], class: Option<Id<TaxClass>>, place: &Place, at: Instant) -> Treatment {
    let of = |class: Option<Id<TaxClass>>, region: Option<&str>| {
        let rules = rules.iter().filter(|rule| rule.class == class && rule.country == place.country);
        let begun =
            rules.filter(|rule| rule.region.as_deref() == region && rule.from <= at).max_by_key(|rule| rule.from);
        begun.and_then(|rule| rule.treatment.clone())
    };
    let region = place.region.as_deref();
    let special = |class| region.and_then(|region| of(class, Some(region))).or_else(|| of(class, None));
    let of_class = class.and_then(|class| special(Some(class)));
    of_class.or_else(|| special(None)).unwrap_or_else(Treatment::unknown)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::pricing::tax::TaxRate;

    const FOOD: Id<TaxClass> = Id::new(Uuid::from_u128(1));

    fn rule(class: Option<Id<TaxClass>>, region: Option<&str>, from: i64, percent: Option<u32>) -> Rule {
        Rule {
            class,
            country: Country::SA,
            region: region.map(text::fold),
            from: Instant::from_millis(from),
            treatment: percent.map(|percent| Treatment::at(TaxRate::from_bps(percent * 100))),
        }
    }

    fn percent(rules: &[Rule], class: Option<Id<TaxClass>>, region: Option<&str>, at: i64) -> u32 {
        let place = Place::new(Country::SA, region);
        treatment(rules, class, &place, Instant::from_millis(at)).rate().bps().div_euclid(100)
    }

    #[test]
    fn the_class_goes_before_the_region_and_the_region_before_the_country() {
        let rules = [
            rule(None, None, 0, Some(15)),
            rule(None, Some("NEOM"), 0, Some(1)),
            rule(Some(FOOD), None, 0, Some(5)),
            rule(Some(FOOD), Some("Najran"), 0, Some(3)),
        ];
        assert_eq!(percent(&rules, None, None, 0), 15);
        assert_eq!(percent(&rules, None, Some("neom"), 0), 1);
        assert_eq!(percent(&rules, Some(FOOD), None, 0), 5);
        assert_eq!(percent(&rules, Some(FOOD), Some("NEOM"), 0), 5);
        assert_eq!(percent(&rules, Some(FOOD), Some("najran"), 0), 3);
        assert_eq!(percent(&rules, Some(Id::new(Uuid::from_u128(2))), None, 0), 15);
    }

    #[test]
    fn a_rate_goes_until_the_next_and_one_that_ends_leaves_it_to_what_is_less_special() {
        let rules = [
            rule(None, None, 0, Some(5)),
            rule(None, None, 100, Some(15)),
            rule(Some(FOOD), None, 50, Some(0)),
            rule(Some(FOOD), None, 200, None),
        ];
        assert_eq!([0, 99, 100, 300].map(|at| percent(&rules, None, None, at)), [5, 5, 15, 15]);
        assert_eq!([49, 50, 199, 200].map(|at| percent(&rules, Some(FOOD), None, at)), [5, 0, 0, 15]);
        let backwards: Vec<_> = rules.iter().rev().cloned().collect();
        assert_eq!(percent(&backwards, None, None, 100), 15);
    }

    #[test]
    fn where_there_is_no_rule_there_is_no_tax() {
        let rules = [rule(None, None, 10, Some(15))];
        let at = |country: &str, at| {
            treatment(&rules, None, &Country::parse(country).unwrap().into(), Instant::from_millis(at))
        };
        assert_eq!(at("SA", 9), Treatment::unknown());
        assert_eq!(at("KW", 10), Treatment::unknown());
        assert_eq!(at("SA", 10), Treatment::at(TaxRate::from_bps(1500)));
    }
}
