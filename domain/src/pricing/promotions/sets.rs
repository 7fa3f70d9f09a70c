//! Which pieces of a cart make sets together: so many of one kind with so many of another.

use std::{
    iter::{once, successors},
    ops::Range,
};

use super::{effect::Pick, state::Line};

/// Part of a set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Want {
    /// Pieces for one set.
    pub(super) pieces: u32,
    /// Which of those that there are.
    pub(super) pick: Pick,
}

/// A line of which pieces may be taken: for the parts whose bit is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its place.
    pub(super) line: usize,
    /// The parts, by bit.
    pub(super) parts: u16,
}

/// Sets that were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sets {
    /// How many.
    pub(super) count: u32,
    /// Of which lines how many pieces are each part.
    pub(super) parts: Vec<Vec<(usize, u32)>>,
}

/// Makes as many sets as there can be, `times` at most; each part picks in its turn, and leaves what the later ones need.
/// `None`: there is not even one.
///
/// As many can be made as there are pieces for every choice of parts (the theorem of Hall): of those that fit any of the
/// parts chosen, at least as many as these need together.
pub(super) fn make(lines: &[Line], candidates: &[Candidate], wants: &[Want], times: Option<u32>) -> Option<Sets> {
    let free = free(lines, candidates);
    let mut stock = Stock::of(&free);
    let pieces: Vec<_> = wants.iter().map(|want| want.pieces).collect();
    let count = stock.sets(&pieces, times);
    if count == 0 {
        return None;
    }
    let choices = choices(wants.len());

    let mut open: Vec<u32> = free.iter().map(|(_, line)| line.open).collect();
    let mut needs: Vec<_> = wants.iter().map(|want| i64::from(want.pieces).saturating_mul(count.into())).collect();
    let mut parts = Vec::with_capacity(wants.len());
    for (part, want) in wants.iter().enumerate() {
        let mut taken = Vec::new();
        for turn in 0..free.len() {
            let index = match want.pick {
                Pick::Cheapest => turn,
                Pick::MostExpensive => free.len().saturating_sub(turn).saturating_sub(1),
            };
            let Some((candidate, _)) = free.get(index).filter(|(candidate, _)| has(candidate.parts, part)) else {
                continue;
            };
            let need = needs.get(part).copied().unwrap_or_default();
            if need <= 0 {
                break;
            }
            // What is left over of the choices without this part that want the line as well.
            let spare = choices.clone().filter(|choice| !has(*choice, part) && choice & candidate.parts != 0);
            let spare = spare.map(|choice| {
                let needed: i64 =
                    needs.iter().enumerate().filter(|(other, _)| has(choice, *other)).map(|(_, need)| *need).sum();
                stock.fit(choice).saturating_sub(needed)
            });
            let spare = spare.min().unwrap_or(i64::MAX);
            let (Some(need), Some(left)) = (needs.get_mut(part), open.get_mut(index)) else { continue };
            let pieces = (*need).min(spare).min(i64::from(*left)).max(0);
            let pieces = u32::try_from(pieces).unwrap_or_default();
            if 0 < pieces {
                *need = need.saturating_sub(pieces.into());
                *left = left.saturating_sub(pieces);
                stock.take(candidate.parts, pieces);
                taken.push((candidate.line, pieces));
            }
        }
        parts.push(taken);
    }
    Some(Sets { count, parts })
}

/// Sets of which it makes no difference which piece is for which part: those pieces make them that cost most.
pub(super) struct Bundles<'a> {
    lines: Vec<(Candidate, &'a Line)>,
    pieces: &'a [u32],
    /// How many there can be at most.
    pub(super) most: u32,
}

impl<'a> Bundles<'a> {
    /// Those that there can be of parts of so many pieces, `times` at most.
    pub(super) fn new(lines: &'a [Line], candidates: &[Candidate], pieces: &'a [u32], times: Option<u32>) -> Self {
        let lines = free(lines, candidates);
        let most = Stock::of(&lines).sets(pieces, times);
        Self { lines, pieces, most }
    }

    /// Of which lines how many pieces make so many sets; no others come to more.
    ///
    /// Those that cost most come first, each unless it fits only parts that are full: pieces that can be handed out make a
    /// matroid, of which what is taken in this way comes to most.
    pub(super) fn dearest(&self, count: u32) -> Vec<(usize, u32)> {
        // By choice, of which the first is none and the last is all.
        let mut room: Vec<_> = once(0)
            .chain(choices(self.pieces.len()))
            .map(|choice| needed(choice, self.pieces).saturating_mul(count.into()))
            .collect();
        let all = choices(self.pieces.len()).last().unwrap_or_default();
        let mut taken = Vec::new();
        for (candidate, line) in self.lines.iter().rev() {
            let wider = || wider(candidate.parts, all).map(usize::from);
            let spare = wider().filter_map(|choice| room.get(choice)).min();
            let pieces = spare.copied().unwrap_or_default().clamp(0, line.open.into());
            for choice in wider() {
                if let Some(room) = room.get_mut(choice) {
                    *room = room.saturating_sub(pieces);
                }
            }
            taken
                .extend(u32::try_from(pieces).ok().filter(|pieces| 0 < *pieces).map(|pieces| (candidate.line, pieces)));
            if room.last().is_none_or(|room| *room <= 0) {
                break;
            }
        }
        taken
    }

    /// What so many sets come to.
    pub(super) fn value(&self, count: u32, lines: &[Line]) -> i64 {
        let value = |(line, pieces): (usize, u32)| lines.get(line).map_or(0, |line| line.value(pieces));
        self.dearest(count).into_iter().map(value).fold(0, i64::saturating_add)
    }

    /// How many sets come to more than so much: each adds to those before it no more than the last of these did, but for what
    /// is rounded where the price of a line does not divide.
    pub(super) fn above(&self, least: i64, lines: &[Line]) -> u32 {
        let is_above = |count: u32| {
            let adds = self.value(count, lines).saturating_sub(self.value(count.saturating_sub(1), lines));
            least < adds
        };
        // Mostly they all do.
        if is_above(self.most) {
            return self.most;
        }
        let (mut sure, mut most) = (0_u32, self.most.saturating_sub(1));
        while sure < most {
            let middle = sure.saturating_add(most.saturating_sub(sure).div_ceil(2));
            if is_above(middle) { sure = middle } else { most = middle.saturating_sub(1) }
        }
        sure
    }
}

/// How many of the pieces that one set needs there are.
pub(super) fn of_one(lines: &[Line], candidates: &[Candidate], pieces: &[u32]) -> u32 {
    let bundles = Bundles { lines: free(lines, candidates), pieces, most: 1 };
    bundles.dearest(1).into_iter().fold(0, |sum, (_, pieces)| sum.saturating_add(pieces))
}

/// The lines of which there are pieces, those first of which a piece costs least.
fn free<'a>(lines: &'a [Line], candidates: &[Candidate]) -> Vec<(Candidate, &'a Line)> {
    let mut free: Vec<_> =
        candidates.iter().filter_map(|one| Some((*one, lines.get(one.line).filter(|line| 0 < line.open)?))).collect();
    free.sort_by(|(one, a), (two, b)| a.by_price(b).then(one.line.cmp(&two.line)));
    free
}

/// Every choice of so many parts but none.
fn choices(parts: usize) -> Range<u16> {
    1..u32::try_from(parts).ok().and_then(|parts| 1_u16.checked_shl(parts)).unwrap_or(u16::MAX)
}

/// The choices that have these parts, of all that there are.
fn wider(parts: u16, all: u16) -> impl Iterator<Item = u16> {
    // Counts in the bits that are not of these parts.
    successors(Some(parts), move |choice| choice.checked_add(1).filter(|_| *choice < all).map(|next| next | parts))
}

/// The pieces that parts which are chosen need together.
fn needed(choice: u16, pieces: &[u32]) -> i64 {
    pieces.iter().enumerate().filter(|(part, _)| has(choice, *part)).map(|(_, pieces)| i64::from(*pieces)).sum()
}

/// How many pieces fit which parts. There are far fewer of these than lines, and they are counted for every choice of parts.
#[derive(Default)]
struct Stock(Vec<(u16, i64)>);

impl Stock {
    fn of(free: &[(Candidate, &Line)]) -> Self {
        let mut stock = Self::default();
        for (candidate, line) in free {
            stock.put(candidate.parts, line.open);
        }
        stock
    }

    /// How many sets of parts of so many pieces there can be, `times` at most.
    fn sets(&self, pieces: &[u32], times: Option<u32>) -> u32 {
        let most = |choice| self.fit(choice).checked_div(needed(choice, pieces)).unwrap_or_default();
        let most = choices(pieces.len()).map(most).min().unwrap_or_default();
        u32::try_from(most.min(times.map_or(i64::MAX, i64::from))).unwrap_or_default()
    }

    /// Adds pieces that fit these parts.
    fn put(&mut self, parts: u16, pieces: u32) {
        match self.0.iter_mut().find(|(of, _)| *of == parts) {
            Some((_, there)) => *there = there.saturating_add(pieces.into()),
            None => self.0.push((parts, pieces.into())),
        }
    }

    /// Takes pieces that fit these parts away.
    fn take(&mut self, parts: u16, pieces: u32) {
        if let Some((_, there)) = self.0.iter_mut().find(|(of, _)| *of == parts) {
            *there = there.saturating_sub(pieces.into());
        }
    }

    /// The pieces that fit any of the parts chosen.
    fn fit(&self, choice: u16) -> i64 {
        self.0.iter().filter(|(parts, _)| parts & choice != 0).map(|(_, there)| *there).sum()
    }
}

/// Whether a part is chosen.
fn has(choice: u16, part: usize) -> bool {
    u32::try_from(part).ok().and_then(|part| choice.checked_shr(part)).is_some_and(|bits| bits & 1 == 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(price: i64, open: u32) -> Line {
        let total = price * i64::from(open);
        Line { total, open, open_total: total, ..Line::default() }
    }

    fn candidates(parts: &[u16]) -> Vec<Candidate> {
        parts.iter().enumerate().map(|(line, parts)| Candidate { line, parts: *parts }).collect()
    }

    fn cheapest(pieces: u32) -> Want {
        Want { pieces, pick: Pick::Cheapest }
    }

    fn dearest(pieces: u32) -> Want {
        Want { pieces, pick: Pick::MostExpensive }
    }

    #[test]
    fn of_five_pieces_one_set_of_three_is_made() {
        let made = make(&[line(100, 3), line(40, 2)], &candidates(&[3, 3]), &[cheapest(1), dearest(2)], None).unwrap();
        assert_eq!(made, Sets { count: 1, parts: vec![vec![(1, 1)], vec![(0, 2)]] });
        assert_eq!(make(&[line(100, 2)], &candidates(&[3]), &[cheapest(1), dearest(2)], None), None);
    }

    #[test]
    fn a_part_leaves_what_a_later_one_needs() {
        // The cheap one fits both parts; the second part has nothing else.
        let made = make(&[line(10, 1), line(90, 1)], &candidates(&[3, 1]), &[cheapest(1), dearest(1)], None).unwrap();
        assert_eq!(made.parts, [vec![(1, 1)], vec![(0, 1)]]);
    }

    #[test]
    fn no_more_sets_are_made_than_may_be() {
        let made = make(&[line(10, 9)], &candidates(&[3]), &[cheapest(1), dearest(1)], Some(2)).unwrap();
        assert_eq!((made.count, made.parts), (2, vec![vec![(0, 2)], vec![(0, 2)]]));
    }

    proptest! {
        #[test]
        fn as_many_sets_are_made_as_there_can_be(
            lines in prop::collection::vec((0_i64..50, 0_u32..5, 1_u16..8), 0..5),
            wants in prop::collection::vec((1_u32..3, any::<bool>()), 1..=3),
        ) {
            let stock: Vec<_> = lines.iter().map(|(price, open, _)| line(*price, *open)).collect();
            let parts = candidates(&lines.iter().map(|(.., parts)| *parts).collect::<Vec<_>>());
            let wants: Vec<_> = wants.into_iter()
                .map(|(pieces, is_cheapest)| if is_cheapest { cheapest(pieces) } else { dearest(pieces) }).collect();
            let made = make(&stock, &parts, &wants, None);
            let count = made.as_ref().map_or(0, |made| made.count);
            if let Some(made) = &made {
                for (part, want) in wants.iter().enumerate() {
                    let taken: u32 = made.parts[part].iter().map(|(_, pieces)| pieces).sum();
                    prop_assert_eq!(taken, want.pieces * count);
                    prop_assert!(made.parts[part].iter().all(|(line, _)| has(parts[*line].parts, part)));
                }
                for (index, line) in stock.iter().enumerate() {
                    let of = made.parts.iter().flatten().filter(|(line, _)| *line == index);
                    prop_assert!(of.map(|(_, pieces)| pieces).sum::<u32>() <= line.open);
                }
            }
            // By trying every way to hand out pieces, one more set cannot be made.
            let needs: Vec<_> = wants.iter().map(|want| want.pieces * (count + 1)).collect();
            let pieces: Vec<u16> =
                lines.iter().flat_map(|(_, open, parts)| std::iter::repeat_n(*parts, usize::try_from(*open).unwrap())).collect();
            prop_assert!(!can(&pieces, &needs), "{:?}", made);
        }
    }

    proptest! {
        #[test]
        fn no_others_come_to_more_than_the_pieces_of_bundles(
            lines in prop::collection::vec((0_i64..50, 0_u32..4, 1_u16..8), 0..4), pieces in prop::collection::vec(1_u32..3, 1..=3),
        ) {
            let all = (1_u16 << pieces.len()) - 1;
            let lines: Vec<_> = lines.into_iter().map(|(price, open, parts)| (price, open, parts & all)).collect();
            let stock: Vec<_> = lines.iter().map(|(price, open, _)| line(*price, *open)).collect();
            let mut fit = candidates(&lines.iter().map(|(.., parts)| *parts).collect::<Vec<_>>());
            fit.retain(|candidate| candidate.parts != 0);
            let bundles = Bundles::new(&stock, &fit, &pieces, None);
            let mut adds = i64::MAX;
            for count in 1..=bundles.most {
                let taken = bundles.dearest(count);
                let handed: Vec<_> = taken.iter().flat_map(|(line, n)| std::iter::repeat_n(lines[*line].2, usize::try_from(*n).unwrap())).collect();
                let needs: Vec<_> = pieces.iter().map(|pieces| pieces * count).collect();
                prop_assert_eq!(handed.len(), usize::try_from(needs.iter().sum::<u32>()).unwrap());
                prop_assert!(can(&handed, &needs), "{taken:?}");
                let each: Vec<_> = lines.iter().flat_map(|(price, open, parts)| std::iter::repeat_n((*price, *parts), usize::try_from(*open).unwrap())).collect();
                prop_assert_eq!(Some(bundles.value(count, &stock)), most(&each, &needs));
                let more = bundles.value(count, &stock) - bundles.value(count - 1, &stock);
                prop_assert!(more <= adds, "a set adds more than the one before it");
                adds = more;
                prop_assert!(count <= bundles.above(more - 1, &stock));
            }
        }
    }

    /// The most that pieces come to of which no part lacks any, by trying every way to hand them out.
    fn most(pieces: &[(i64, u16)], needs: &[u32]) -> Option<i64> {
        if needs.iter().all(|need| *need == 0) {
            return Some(0);
        }
        let ((price, parts), rest) = pieces.split_first()?;
        if needs.iter().map(|need| usize::try_from(*need).unwrap()).sum::<usize>() > pieces.len() {
            return None;
        }
        let with = (0..needs.len()).filter(|part| has(*parts, *part) && 0 < needs[*part]).filter_map(|part| {
            let mut next = needs.to_vec();
            next[part] -= 1;
            Some(price + most(rest, &next)?)
        });
        with.max().max(most(rest, needs))
    }

    /// Whether pieces can be handed out so that no part lacks any.
    fn can(pieces: &[u16], needs: &[u32]) -> bool {
        if needs.iter().all(|need| *need == 0) {
            return true;
        }
        let Some((first, rest)) = pieces.split_first() else { return false };
        if needs.iter().map(|need| usize::try_from(*need).unwrap()).sum::<usize>() > pieces.len() {
            return false;
        }
        for part in 0..needs.len() {
            if has(*first, part) && 0 < needs[part] {
                let mut next = needs.to_vec();
                next[part] -= 1;
                if can(rest, &next) {
                    return true;
                }
            }
        }
        can(rest, needs)
    }
}
