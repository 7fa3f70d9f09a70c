//! Why a line ships from a place: what decided, and what became of the other places.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::source::{Candidate, Policy, Rule, Want, compare, free};
use crate::id::{Id, Location};

/// The most places that a reason tells of.
pub const CONSIDERED_MAX: usize = 10;

/// What decided for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Because {
    /// No other place had what it gives.
    OnlyPlace,
    /// It stands before the others in the channel's order.
    Priority,
    /// It is nearer to the buyer.
    NearestZone,
    /// It has more of what is ordered.
    MostStock,
    /// With it there are fewer parcels.
    FewestParcels,
    /// A parcel from there costs less.
    LowestCost,
    /// No place had all of the line: each gives what it has.
    Split,
}

impl Because {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::OnlyPlace,
        Self::Priority,
        Self::NearestZone,
        Self::MostStock,
        Self::FewestParcels,
        Self::LowestCost,
        Self::Split,
    ];

    /// Its code in the database and in facts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnlyPlace => "ONLY_PLACE",
            Self::Priority => "PRIORITY",
            Self::NearestZone => "NEAREST_ZONE",
            Self::MostStock => "MOST_STOCK",
            Self::FewestParcels => "FEWEST_PARCELS",
            Self::LowestCost => "LOWEST_COST",
            Self::Split => "SPLIT",
        }
    }

    /// The reason of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|because| because.code() == code)
    }
}

impl From<Rule> for Because {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Priority => Self::Priority,
            Rule::NearestZone => Self::NearestZone,
            Rule::MostStock => Self::MostStock,
            Rule::FewestParcels => Self::FewestParcels,
            Rule::LowestCost => Self::LowestCost,
        }
    }
}

/// What became of a place for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    /// It gives units.
    Chosen,
    /// It had none that are free.
    NothingFree,
    /// It had some, and too few for the whole line.
    TooFew,
    /// It had enough, and another place was better.
    Later,
}

/// A place that was looked at for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    /// The place.
    pub location: Id<Location>,
    /// Units that were free there.
    pub free: i64,
    /// What became of it.
    pub verdict: Verdict,
}

/// Why a line ships from a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What decided.
    pub because: Because,
    /// The places that were looked at, the preferred first, the first ten.
    pub considered: Vec<Considered>,
}

/// What was asked for, for telling why.
pub(super) struct Request<'r, 'p> {
    pub(super) policy: &'r Policy,
    /// The best place first.
    pub(super) ranked: &'r [&'p Candidate],
    pub(super) wants: &'r [Want],
}

impl Request<'_, '_> {
    /// Why a want is given units by a place.
    pub(super) fn reason(&self, want: usize, place: &Candidate) -> Option<Reason> {
        let want = self.wants.get(want)?;
        let considered = self.ranked.iter().take(CONSIDERED_MAX).map(|other| Considered {
            location: other.location,
            free: free(other, want.good),
            verdict: verdict(*want, other, place),
        });
        Some(Reason { because: self.because(*want, place), considered: considered.collect() })
    }

    /// What decided between the place and the best other one that has all of the line.
    fn because(&self, want: Want, place: &Candidate) -> Because {
        let has_all = |other: &Candidate| want.quantity <= free(other, want.good);
        let rival = self.ranked.iter().find(|other| other.location != place.location && has_all(other));
        let rival = match (has_all(place), rival) {
            (true, Some(rival)) => rival,
            (true, None) => return Because::OnlyPlace,
            (false, Some(_)) => return Because::FewestParcels,
            (false, None) => return Because::Split,
        };
        for rule in &self.policy.rules {
            match compare(*rule, place, rival) {
                Ordering::Less => return (*rule).into(),
                // It was taken although it is worse: for the sake of the other lines.
                Ordering::Greater => return Because::FewestParcels,
                Ordering::Equal => {}
            }
        }
        if place.priority <= rival.priority { Because::Priority } else { Because::FewestParcels }
    }
}

fn verdict(want: Want, of: &Candidate, chosen: &Candidate) -> Verdict {
    let free = free(of, want.good);
    if of.location == chosen.location {
        Verdict::Chosen
    } else if free == 0 {
        Verdict::NothingFree
    } else if free < want.quantity {
        Verdict::TooFew
    } else {
        Verdict::Later
    }
}
