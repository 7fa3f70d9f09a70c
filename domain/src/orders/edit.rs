//! What staff change of an order before it leaves: what falls away, and what comes in.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::collections::BTreeSet;

use super::ship::Units;
use crate::{
    cart::quantity::Quantity,
    id::{Id, OrderLine, Variant},
    invalid::{Check, Invalid, Problem},
};

/// The most steps of one edit.
pub const STEPS_MAX: usize = 50;

/// One thing to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A variant comes in.
    Add {
        /// What.
        variant: Id<Variant>,
        /// Units.
        quantity: i64,
    },
    /// A line is to have so many units, those that left among them.
    SetQuantity {
        /// Which.
        line: Id<OrderLine>,
        /// Units.
        quantity: i64,
    },
    /// All of a line falls away that has not left.
    Remove {
        /// Which.
        line: Id<OrderLine>,
    },
}

/// A line as far as it can be changed.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Which.
    pub line: Id<OrderLine>,
    /// What is bought.
    pub variant: Id<Variant>,
    /// Units that were not cancelled, whether they left or not.
    pub quantity: i64,
    /// Units of them that have not left.
    pub left: i64,
}

/// Units of a variant that come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// By which of the steps.
    pub step: usize,
    /// What.
    pub variant: Id<Variant>,
    /// How many.
    pub quantity: Quantity,
}

/// What an edit changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What falls away, each line once.
    pub removed: Vec<Units>,
    /// What comes in.
    pub added: Vec<Added>,
}

/// Why nothing is changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditRefused {
    /// The order has no such line.
    #[error("the order has no line as the one of step {step}")]
    NoSuchLine {
        /// Which of the steps.
        step: usize,
    },
    /// More of the line left than it shall have.
    #[error("of the line of step {step} only {max} units have not left")]
    TooMany {
        /// Which of the steps.
        step: usize,
        /// Units that can still fall away.
        max: i64,
    },
    /// All is as it shall be.
    #[error("the edit changes nothing")]
    ChangesNothing,
    /// All that has not left would fall away, and nothing come in: that is a cancellation.
    #[error("the edit leaves nothing")]
    LeavesNothing,
    /// A quantity is none.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// Checks steps by themselves: at least one, no line or variant twice, each quantity one of a line.
pub fn check(steps: &[Step]) -> Result<(), Invalid> {
    if steps.is_empty() {
        return Err(Invalid::here(Problem::Required));
    }
    if STEPS_MAX < steps.len() {
        return Err(Invalid::here(Problem::TooLong { max: STEPS_MAX }));
    }
    let (mut check, mut lines, mut variants) = (Check::default(), BTreeSet::new(), BTreeSet::new());
    for (index, step) in steps.iter().enumerate() {
        let at = |kind: &str, field: &str, problem| Invalid::at(field, problem).under(kind).under(&index.to_string());
        let (kind, field, is_new, quantity) = match *step {
            Step::Add { variant, quantity } => ("add", "variant", variants.insert(variant), Some(quantity)),
            Step::SetQuantity { line, quantity } => ("setQuantity", "line", lines.insert(line), Some(quantity)),
            Step::Remove { line } => ("remove", "line", lines.insert(line), None),
        };
        if !is_new {
            check.here(Err::<(), _>(at(kind, field, Problem::Duplicate)));
        }
        if let Some(Err(problem)) = quantity.map(Quantity::parse) {
            check.here(Err::<(), _>(at(kind, "quantity", problem)));
        }
    }
    check.done(Some(()))
}

/// What the steps change of an order with these lines. More units of a line are a line of their own: they cost what they
/// cost now.
pub fn changes(lines: &[Line], steps: &[Step]) -> Result<Changes, EditRefused> {
    check(steps).map_err(|invalid| invalid.under("steps"))?;
    let mut changes = Changes::default();
    for (step, one) in steps.iter().enumerate() {
        let (line, to) = match *one {
            Step::Add { variant, quantity } => {
                changes.added.push(Added { step, variant, quantity: parsed(quantity)? });
                continue;
            }
            Step::SetQuantity { line, quantity } => (line, Some(quantity)),
            Step::Remove { line } => (line, None),
        };
        let found = lines.iter().find(|known| known.line == line).ok_or(EditRefused::NoSuchLine { step })?;
        let more = to.map_or(found.left.saturating_neg(), |to| to.saturating_sub(found.quantity));
        if 0 < more {
            changes.added.push(Added { step, variant: found.variant, quantity: parsed(more)? });
        } else if found.left < more.saturating_neg() {
            return Err(EditRefused::TooMany { step, max: found.left });
        } else if more < 0 {
            changes.removed.push(Units { line, quantity: more.saturating_neg() });
        } else if to.is_none() {
            return Err(EditRefused::TooMany { step, max: 0 });
        }
    }
    let sum = |units: &mut dyn Iterator<Item = i64>| units.fold(0, i64::saturating_add);
    let leaving = sum(&mut changes.removed.iter().map(|units| units.quantity));
    match (changes.removed.is_empty(), changes.added.is_empty()) {
        (true, true) => Err(EditRefused::ChangesNothing),
        (false, true) if leaving == sum(&mut lines.iter().map(|line| line.left)) => Err(EditRefused::LeavesNothing),
        _ => Ok(changes),
    }
}

fn parsed(quantity: i64) -> Result<Quantity, Invalid> {
    Quantity::parse(quantity).map_err(|problem| Invalid::at("steps", problem))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn line(n: u128) -> Id<OrderLine> {
        Id::new(Uuid::from_u128(n))
    }

    fn variant(n: u128) -> Id<Variant> {
        Id::new(Uuid::from_u128(n))
    }

    /// Three units of which one left, and two that have not.
    fn lines() -> [Line; 2] {
        let of = |n, quantity, left| Line { line: line(n), variant: variant(n), quantity, left };
        [of(1, 3, 2), of(2, 2, 2)]
    }

    #[test]
    fn what_left_stays_and_more_units_are_a_line_of_their_own() {
        let of = |steps: &[Step]| changes(&lines(), steps);
        let fewer = of(&[Step::SetQuantity { line: line(1), quantity: 1 }, Step::Remove { line: line(2) }]);
        assert_eq!(fewer, Err(EditRefused::LeavesNothing));
        let fewer = of(&[Step::SetQuantity { line: line(1), quantity: 2 }, Step::Remove { line: line(2) }]).unwrap();
        assert_eq!(fewer.removed, [Units { line: line(1), quantity: 1 }, Units { line: line(2), quantity: 2 }]);
        let more = of(&[Step::SetQuantity { line: line(2), quantity: 5 }]).unwrap();
        let three = Quantity::parse(3).unwrap();
        assert_eq!(more.added, [Added { step: 0, variant: variant(2), quantity: three }]);
        let swap = of(&[
            Step::Remove { line: line(1) },
            Step::Remove { line: line(2) },
            Step::Add { variant: variant(9), quantity: 3 },
        ]);
        assert_eq!(swap.unwrap().added, [Added { step: 2, variant: variant(9), quantity: three }]);
    }

    #[test]
    fn what_cannot_be_changed_is_refused() {
        let of = |steps: &[Step]| changes(&lines(), steps).unwrap_err();
        assert_eq!(of(&[Step::SetQuantity { line: line(2), quantity: 2 }]), EditRefused::ChangesNothing);
        assert_eq!(of(&[Step::Remove { line: line(3) }]), EditRefused::NoSuchLine { step: 0 });
        let gone = Line { left: 0, ..lines()[0] };
        let refused = |step| changes(&[gone], &[step]).unwrap_err();
        assert_eq!(refused(Step::Remove { line: line(1) }), EditRefused::TooMany { step: 0, max: 0 });
        assert_eq!(refused(Step::SetQuantity { line: line(1), quantity: 2 }), EditRefused::TooMany { step: 0, max: 0 });
        let twice = [Step::Remove { line: line(1) }, Step::SetQuantity { line: line(1), quantity: 0 }];
        let EditRefused::Invalid(invalid) = of(&twice) else { panic!("it is accepted") };
        let paths: Vec<_> = invalid.wrong.iter().map(|wrong| wrong.path.join(".")).collect();
        assert_eq!(paths, ["steps.1.setQuantity.line", "steps.1.setQuantity.quantity"]);
    }
}
