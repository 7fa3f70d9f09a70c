//! Which addresses are delivered to, and in which zone they lie.

use crate::{
    id::{Id, Zone},
    identity::country::Country,
    text::fold,
};

/// A part of a zone: a country, or cities of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The zone.
    pub zone: Id<Zone>,
    /// The country.
    pub country: Country,
    /// The cities, each folded by [`fold`] and in any language; empty: the whole country.
    pub cities: Vec<String>,
}

/// The zone of a city, in whichever spelling: case, diacritics, forms of letters and the article
/// (`ال`, `al `, `al-`) make no difference.
///
/// An area that names the city goes before one that is the whole country, and of equals the first
/// goes. `None`: not delivered to.
pub fn zone_for(areas: &[Area], country: Country, city: &str) -> Option<Id<Zone>> {
    let city = fold(city);
    let city = without_article(&city);
    let in_country = || areas.iter().filter(move |area| area.country == country);
    let named = in_country().find(|area| area.cities.iter().any(|named| without_article(named) == city));
    named.or_else(|| in_country().find(|area| area.cities.is_empty())).map(|area| area.zone)
}

/// Whether any part of the country is delivered to.
pub fn delivers_to(areas: &[Area], country: Country) -> bool {
    areas.iter().any(|area| area.country == country)
}

/// A folded name without its leading article, unless the article is all of it.
fn without_article(city: &str) -> &str {
    let bare = ["ال", "al ", "al-"].into_iter().find_map(|article| city.strip_prefix(article));
    bare.map(str::trim_start).filter(|bare| !bare.is_empty()).unwrap_or(city)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const CENTRAL: Id<Zone> = Id::new(Uuid::from_u128(1));
    const KINGDOM: Id<Zone> = Id::new(Uuid::from_u128(2));
    const GULF: Id<Zone> = Id::new(Uuid::from_u128(3));

    fn areas() -> Vec<Area> {
        let central = ["الرياض", "Riyadh", "Al-Kharj", "مكة المكرمة"].map(fold).to_vec();
        vec![
            Area { zone: KINGDOM, country: Country::SA, cities: vec![] },
            Area { zone: CENTRAL, country: Country::SA, cities: central },
            Area { zone: GULF, country: Country::KW, cities: vec![fold("الكويت")] },
        ]
    }

    #[test]
    fn a_named_city_goes_before_its_country() {
        assert_eq!(zone_for(&areas(), Country::SA, "Riyadh"), Some(CENTRAL));
        assert_eq!(zone_for(&areas(), Country::SA, "جدة"), Some(KINGDOM));
        let mut reversed = areas();
        reversed.reverse();
        assert_eq!(zone_for(&reversed, Country::SA, "Riyadh"), Some(CENTRAL));
    }

    #[test]
    fn a_city_is_found_in_every_spelling() {
        for city in ["رياض", " الريَاض ", "AL RIYADH", "al-riyadh", "Al- Riyadh", "kharj", "al kharj", "مكه المكرمه"]
        {
            assert_eq!(zone_for(&areas(), Country::SA, city), Some(CENTRAL), "{city}");
        }
        for city in ["", "al", "al-", "ال", "Riyadh 2"] {
            assert_eq!(zone_for(&areas(), Country::SA, city), Some(KINGDOM), "{city}");
        }
    }

    #[test]
    fn elsewhere_is_not_delivered_to() {
        assert_eq!(zone_for(&areas(), Country::KW, "Riyadh"), None);
        assert_eq!(zone_for(&areas(), Country::parse("AE").unwrap(), "Dubai"), None);
        assert!(delivers_to(&areas(), Country::KW));
        assert!(!delivers_to(&areas(), Country::parse("AE").unwrap()));
    }
}
