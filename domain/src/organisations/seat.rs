//! For which unit of a company somebody buys.

use crate::id::{Id, Organisation, OrganisationUnit};

/// The place in a company of who buys for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The company.
    pub organisation: Id<Organisation>,
    /// The unit that they are in, and those above it, the nearest first; none: they are in the company itself.
    pub units: Vec<Id<OrganisationUnit>>,
}

impl Seat {
    /// The unit that they are in.
    pub fn unit(&self) -> Option<Id<OrganisationUnit>> {
        self.units.first().copied()
    }

    /// How far above them something is that is a unit's, or the company's if it is no unit's: their own unit is 0, the
    /// company is above all. `None`: it is not theirs.
    pub fn above(&self, organisation: Id<Organisation>, unit: Option<Id<OrganisationUnit>>) -> Option<usize> {
        if organisation != self.organisation {
            return None;
        }
        match unit {
            Some(unit) => self.units.iter().position(|one| *one == unit),
            None => Some(self.units.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_nearer_is_less_far_above_and_what_is_anothers_is_not_above_at_all() {
        let (ours, theirs) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let unit = |n| Id::new(Uuid::from_u128(n));
        let seat = Seat { organisation: ours, units: vec![unit(10), unit(11)] };
        let above = |unit| seat.above(ours, unit);
        assert_eq!([above(Some(unit(10))), above(Some(unit(11))), above(None)], [Some(0), Some(1), Some(2)]);
        assert_eq!((above(Some(unit(12))), seat.above(theirs, None)), (None, None));
        assert_eq!(seat.above(theirs, Some(unit(10))), None, "whatever unit is named");
        let in_none = Seat { organisation: ours, units: vec![] };
        assert_eq!(
            (in_none.above(ours, None), in_none.above(ours, Some(unit(10))), in_none.unit()),
            (Some(0), None, None)
        );
    }
}
