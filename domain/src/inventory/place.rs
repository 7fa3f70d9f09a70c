//! Places that hold stock.

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// It ships.
    Warehouse,
    /// People come to it.
    Shop,
    /// A supplier holds what is ours.
    Supplier,
    /// On the way.
    Transit,
}

impl PlaceKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Warehouse, Self::Shop, Self::Supplier, Self::Transit];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Warehouse => "WAREHOUSE",
            Self::Shop => "SHOP",
            Self::Supplier => "SUPPLIER",
            Self::Transit => "TRANSIT",
        }
    }

    /// The kind of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_names_one_kind() {
        for kind in PlaceKind::ALL {
            assert_eq!(PlaceKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(PlaceKind::parse("warehouse"), None);
    }
}
