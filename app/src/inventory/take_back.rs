//! Goods that left come back to the place they left.

use domain::{
    id::{Id, Location, Variant},
    inventory::movement::Cause,
};
use store::{Fault, Tx};
use uuid::Uuid;

use super::{
    news,
    rows::{self, Why},
    waiting,
};

/// Goods that come back.
#[derive(Clone, Debug)]
pub struct TakeBack {
    /// Where to.
    pub location: Id<Location>,
    /// Units of each variant, none twice.
    pub units: Vec<(Id<Variant>, i64)>,
    /// Whether they can be sold again at once; otherwise they must be looked at first.
    pub is_sellable: bool,
    /// What they come back of.
    pub reference: Uuid,
    /// Why, in the words of who took them.
    pub reason: Option<String>,
}

/// Puts goods that left back on the shelf, for those who wait for them first, or into quarantine. Emits `stock.back` for
/// each level of which there was none, and `order.backorder_served`.
pub async fn take_back(tx: &Tx, back: TakeBack) -> Result<(), Fault> {
    let TakeBack { location, mut units, is_sellable, reference, reason } = back;
    units.sort_unstable();
    let held = waiting::hold(tx, units.iter().map(|(variant, _)| *variant)).await?;
    let cause = if is_sellable { Cause::Return } else { Cause::Quarantine };
    let (mut movements, mut shifts) = (Vec::with_capacity(units.len()), Vec::with_capacity(units.len()));
    for (variant, quantity) in units {
        let place = (variant, location);
        rows::open(tx, place).await?;
        if !rows::apply(tx, place, cause.delta(quantity)).await? {
            return Err(Fault::new("a level cannot take what comes back"));
        }
        let why = Why { reference: Some(reference), reason: reason.clone(), ..Why::default() };
        movements.push(rows::movement(tx, place, cause, quantity, why));
        shifts.push((place, cause.delta(quantity).on_hand));
    }
    tx.insert_many(movements).await?;
    shifts.extend(waiting::serve(tx, held).await?);
    news::shifted(tx, &shifts).await
}
