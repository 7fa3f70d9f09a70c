//! What two promotions do to each other where both fit.

pub(super) mod conditions;
mod selectors;

pub use selectors::Shelf;
use serde::{Deserialize, Serialize};

use super::{Promotion, Rule, effect::Stage, selector::Selector};
use crate::id::{self, Id};

/// What happens where two promotions fit, those first that give most away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "overlap", rename_all = "snake_case")]
pub enum Overlap {
    /// Both take something off, one after the other.
    Stack {
        /// Which does first, the other of what it left; none, if that hangs on others of a group.
        first: Option<Id<id::Promotion>>,
    },
    /// Both take something off, but of different pieces: what made a set for one makes none for the other.
    OtherPieces {
        /// Which takes its pieces first; none, if that hangs on others of a group.
        first: Option<Id<id::Promotion>>,
    },
    /// One of them applies with no other, or each does: whatever takes off most goes.
    Exclusive,
    /// They are of one group: that which takes off more applies.
    BestOfGroup,
    /// Both are seen while browsing: of each variant, that which takes off more applies.
    BestPrice,
}

/// What happens where two promotions of one channel fit. `None`: there is no cart in which one keeps the other from applying,
/// but by what it leaves of an amount that the other asks for or of what the shop gives at most, or in which both would take
/// something off the same at the same instant, each as if there was no other; be it that they never run at once, that what one
/// asks for the other rules out, or that they are of different things (goods, delivery and the fee being such), and neither of
/// one group nor such as apply with no other; as far as the form of their rules and the shelf tell. Which of the two is which
/// makes no difference.
pub fn overlap(one: &Promotion, other: &Promotion, shelf: &Shelf) -> Option<Overlap> {
    let (mine, theirs) = (&one.rule, &other.rule);
    let is_possible = one.validity.meets(other.validity)
        && !mine.is_never()
        && !theirs.is_never()
        && !conditions::exclude(&mine.condition, &theirs.condition);
    if !is_possible {
        return None;
    }
    let (stage, other_stage) = (mine.effect.stage(), theirs.effect.stage());
    let is_browsing = [stage, other_stage].contains(&Stage::Catalogue);
    if !is_browsing && (mine.is_exclusive || theirs.is_exclusive) {
        return Some(Overlap::Exclusive);
    }
    if !is_browsing && is_one_group(mine, theirs) {
        return Some(Overlap::BestOfGroup);
    }
    let are_of_one = if stage == other_stage {
        meet(&mine.effect.selectors(), &theirs.effect.selectors(), shelf)
    } else {
        is_of_goods(stage)
            && is_of_goods(other_stage)
            && meet(&mine.effect.taken_off(), &theirs.effect.taken_off(), shelf)
    };
    if !are_of_one {
        return None;
    }
    let turn = |promotion: &Promotion| (promotion.rule.effect.stage(), promotion.rule.priority, promotion.id);
    let first = if turn(one) < turn(other) { one.id } else { other.id };
    // The best of a group has the turn of its first; what is seen while browsing has none, and is before all others.
    let first = (is_browsing || mine.group.is_none() && theirs.group.is_none()).then_some(first);
    Some(match stage {
        Stage::Catalogue if stage == other_stage => Overlap::BestPrice,
        Stage::Sets if stage == other_stage => Overlap::OtherPieces { first },
        Stage::Catalogue | Stage::Lines | Stage::Sets | Stage::Order | Stage::Delivery | Stage::Fee => {
            Overlap::Stack { first }
        }
    })
}

/// Whether it takes something off what is bought.
const fn is_of_goods(stage: Stage) -> bool {
    match stage {
        Stage::Catalogue | Stage::Lines | Stage::Sets | Stage::Order => true,
        Stage::Delivery | Stage::Fee => false,
    }
}

fn is_one_group(mine: &Rule, theirs: &Rule) -> bool {
    mine.group.is_some() && mine.group == theirs.group
}

/// Whether two can take the same; none says that it takes everything.
fn meet(mine: &[&Selector], theirs: &[&Selector], shelf: &Shelf) -> bool {
    let meets = |mine: &Selector| theirs.iter().any(|theirs| !shelf.parts(mine, theirs));
    mine.is_empty() || theirs.is_empty() || mine.iter().any(|mine| meets(mine))
}

#[cfg(test)]
mod tests;
