//! Which pieces of a cart make sets together: so many of one kind with so many of another.

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
    let mut free: Vec<_> =
        candidates.iter().filter_map(|one| Some((*one, lines.get(one.line).filter(|line| 0 < line.open)?))).collect();
    free.sort_by(|(one, a), (two, b)| a.by_price(b).then(one.line.cmp(&two.line)));
    let mut stock = Stock::default();
    for (candidate, line) in &free {
        stock.put(candidate.parts, line.open);
    }

    let choices = 1_u16..1_u16.checked_shl(u32::try_from(wants.len()).ok()?)?;
    let most = |choice: u16| {
        let one =
            wants.iter().enumerate().filter(|(part, _)| has(choice, *part)).map(|(_, want)| i64::from(want.pieces));
        stock.fit(choice).checked_div(one.sum()).unwrap_or_default()
    };
    let count = choices.clone().map(most).min()?.min(times.map_or(i64::MAX, i64::from));
    let count = u32::try_from(count).ok().filter(|count| 0 < *count)?;

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

/// How many pieces fit which parts. There are far fewer of these than lines, and they are counted for every choice of parts.
#[derive(Default)]
struct Stock(Vec<(u16, i64)>);

impl Stock {
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
