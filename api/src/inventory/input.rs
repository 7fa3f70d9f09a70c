//! The inputs of changes of stock.

use std::{collections::HashSet, hash::Hash};

use app::inventory::{
    Adjust, AdjustLine, OnFailure, Outcome, Receive, ReceiveLine, Set, SetLine, Settle, SettleLine, ThresholdLine,
    Thresholds,
};
use async_graphql::{Enum, ID, InputObject};
use domain::{
    id::{self, Id},
    invalid::{Check, Invalid, Problem, Wrong},
    inventory::units,
    orders::reason,
    text,
};
use store::Once;

use crate::graphql::input;

/// The most lines of one call.
pub(super) const LINES_MAX: usize = 500;

/// The most characters of a supplier's paper.
pub(super) const REFERENCE_MAX: usize = 200;

/// What becomes of the good lines if others are bad.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Default)]
#[graphql(remote = "OnFailure")]
pub enum StockOnFailure {
    /// Nothing is done.
    #[default]
    RejectAll,
    /// They are done, and the bad ones are told in `userErrors`.
    SkipFailed,
}

/// Stock levels to adjust.
#[derive(InputObject, Clone, Debug)]
pub struct StockAdjustInput {
    /// How: each level once, 500 at most.
    pub lines: Vec<StockAdjustLineInput>,
    /// What becomes of the good lines if others are bad.
    #[graphql(default)]
    pub on_failure: StockOnFailure,
    /// Any text of yours: the same key with the same input adjusts once.
    pub idempotency_key: String,
}

/// A stock level to adjust.
#[derive(InputObject, Clone, Debug)]
pub struct StockAdjustLineInput {
    /// Of what.
    pub variant: ID,
    /// Where.
    pub location: ID,
    /// So many units more, or fewer if below zero; 1,000,000 at most either way.
    pub delta: i64,
    /// Why, at most 500 characters.
    pub reason: String,
}

/// Stock levels to set.
#[derive(InputObject, Clone, Debug)]
pub struct StockSetInput {
    /// To what: each level once, 500 at most.
    pub lines: Vec<StockSetLineInput>,
    /// Why, at most 500 characters.
    pub reason: String,
    /// What becomes of the good lines if others are bad.
    #[graphql(default)]
    pub on_failure: StockOnFailure,
    /// Any text of yours: the same key with the same input sets once.
    pub idempotency_key: String,
}

/// A stock level to set.
#[derive(InputObject, Clone, Debug)]
pub struct StockSetLineInput {
    /// Of what.
    pub variant: ID,
    /// Where.
    pub location: ID,
    /// Units on the shelf, as they shall be; 1,000,000 at most.
    pub quantity: i64,
    /// Units on the shelf that you saw: refused with `CONFLICT` if there are others. If left out, it is set however
    /// many there are.
    pub expected_quantity: Option<i64>,
}

/// Goods that came in.
#[derive(InputObject, Clone, Debug)]
pub struct StockReceiveInput {
    /// What, and where: each level once, 500 at most.
    pub lines: Vec<StockReceiveLineInput>,
    /// The supplier's paper, such as the number of a delivery note; at most 200 characters.
    pub reference: Option<String>,
    /// What becomes of the good lines if others are bad.
    #[graphql(default)]
    pub on_failure: StockOnFailure,
    /// Any text of yours: the same key with the same input receives once.
    pub idempotency_key: String,
}

/// Goods of one variant that came in at one place.
#[derive(InputObject, Clone, Debug)]
pub struct StockReceiveLineInput {
    /// Of what.
    pub variant: ID,
    /// Where.
    pub location: ID,
    /// Units, above zero; 1,000,000 at most.
    pub quantity: i64,
}

/// An input, and what is wrong with the lines of it that are skipped.
#[derive(Clone, Debug)]
pub struct Skipping<T> {
    /// What is to be done.
    pub input: T,
    /// What is wrong with the other lines.
    pub skipped: Vec<Wrong>,
}

/// A level that a line names.
pub(super) type Named = (Id<id::Variant>, Id<id::Location>);

/// Reads lines, each by `read`, which also says what of a line no other may have. What is wrong refuses the input, unless it is to be skipped.
pub(super) fn lines<I, K: Eq + Hash, L>(
    check: &mut Check,
    lines: Vec<I>,
    on_failure: StockOnFailure,
    read: impl Fn(&mut Check, usize, I) -> Option<(K, L)>,
) -> Option<(Vec<L>, Vec<Wrong>)> {
    let lines = check.field("lines", input::at_most(lines, LINES_MAX))?;
    let (mut seen, mut good, mut wrong) = (HashSet::new(), Vec::new(), Vec::new());
    for (index, line) in lines.into_iter().enumerate() {
        let mut of_line = Check::default();
        let parsed = read(&mut of_line, index, line);
        let parsed = parsed.map(|(key, line)| {
            if !seen.insert(key) {
                of_line.wrong("variant", Problem::Duplicate);
            }
            line
        });
        match of_line.done(parsed) {
            Ok(line) => good.push(line),
            Err(invalid) => wrong.extend(invalid.under(&index.to_string()).under("lines").wrong),
        }
    }
    if on_failure == StockOnFailure::RejectAll && !wrong.is_empty() {
        check.here::<()>(Err(Invalid { wrong }));
        return None;
    }
    Some((good, wrong))
}

/// The level that a line names.
pub(super) fn level(check: &mut Check, variant: &ID, location: &ID) -> Option<Named> {
    let variant = check.field("variant", input::id(variant));
    let location = check.field("location", input::id(location));
    variant.zip(location)
}

/// Why, in the words of who did it.
pub(super) fn reason(check: &mut Check, text: &str) -> Option<String> {
    check.field("reason", text::prose(text, reason::REASON_MAX))
}

impl StockAdjustInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Skipping<Adjust>, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockAdjust", Some(&self.idempotency_key), &self);
        let read = |check: &mut Check, line, of: StockAdjustLineInput| {
            let level = level(check, &of.variant, &of.location);
            let delta = check.field("delta", units::change(of.delta));
            let reason = reason(check, &of.reason);
            let ((variant, location), (delta, reason)) = level.zip(delta.zip(reason))?;
            Some(((variant, location), AdjustLine { line, variant, location, delta, reason }))
        };
        let lines = lines(&mut check, self.lines, self.on_failure, read);
        let on_failure = self.on_failure.into();
        done(check, lines, once, |lines, once| Adjust { lines, on_failure, once: Some(once) })
    }
}

impl StockSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Skipping<Set>, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockSet", Some(&self.idempotency_key), &self);
        let why = reason(&mut check, &self.reason);
        let read = |check: &mut Check, line, of: StockSetLineInput| {
            let level = level(check, &of.variant, &of.location);
            let quantity = check.field("quantity", units::any(of.quantity));
            let expected = check.field("expectedQuantity", of.expected_quantity.map(units::any).transpose());
            let ((variant, location), (quantity, expected)) = level.zip(quantity.zip(expected))?;
            Some(((variant, location), SetLine { line, variant, location, quantity, expected }))
        };
        let lines = lines(&mut check, self.lines, self.on_failure, read);
        let on_failure = self.on_failure.into();
        done(check, lines, once.zip(why), |lines, (once, reason)| Set { lines, reason, on_failure, once: Some(once) })
    }
}

impl StockReceiveInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Skipping<Receive>, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockReceive", Some(&self.idempotency_key), &self);
        let paper = self.reference.as_deref().map(|text| text::line(text, REFERENCE_MAX)).transpose();
        let paper = check.field("reference", paper);
        let read = |check: &mut Check, line, of: StockReceiveLineInput| {
            let level = level(check, &of.variant, &of.location);
            let quantity = check.field("quantity", units::some(of.quantity));
            let ((variant, location), quantity) = level.zip(quantity)?;
            Some(((variant, location), ReceiveLine { line, variant, location, quantity }))
        };
        let lines = lines(&mut check, self.lines, self.on_failure, read);
        let on_failure = self.on_failure.into();
        let built = |lines, (once, reference): (Once, Option<String>)| Receive {
            lines,
            reference,
            on_failure,
            once: Some(once),
        };
        done(check, lines, once.zip(paper), built)
    }
}

/// The input, if everything of it that must be right is.
pub(super) fn done<L, R, T>(
    check: Check,
    lines: Option<(Vec<L>, Vec<Wrong>)>,
    rest: Option<R>,
    build: impl FnOnce(Vec<L>, R) -> T,
) -> Result<Skipping<T>, Invalid> {
    let input = lines.zip(rest).map(|((lines, skipped), rest)| Skipping { input: build(lines, rest), skipped });
    check.done(input)
}

/// Stock levels to say what is kept back of.
#[derive(InputObject, Clone, Debug)]
pub struct StockThresholdsSetInput {
    /// Which: each level once, 500 at most.
    pub lines: Vec<StockThresholdsLineInput>,
    /// Any text of yours: the same key with the same input sets once.
    pub idempotency_key: String,
}

/// What is kept back of a stock level.
#[derive(InputObject, Clone, Debug)]
pub struct StockThresholdsLineInput {
    /// Of what.
    pub variant: ID,
    /// Where.
    pub location: ID,
    /// Units on the shelf that no channel sells; 1,000,000 at most.
    #[graphql(default)]
    pub safety_stock: i64,
    /// So many available units or fewer are few: `stock.low` is emitted when there are no more. Never, if left out.
    pub low_stock_threshold: Option<i64>,
}

impl StockThresholdsSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Skipping<Thresholds>, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockThresholdsSet", Some(&self.idempotency_key), &self);
        let read = |check: &mut Check, line, of: StockThresholdsLineInput| {
            let level = level(check, &of.variant, &of.location);
            let safety = check.field("safetyStock", units::any(of.safety_stock));
            let low_at = of.low_stock_threshold.map(units::any).transpose();
            let low_at = check.field("lowStockThreshold", low_at);
            let ((variant, location), (safety, low_at)) = level.zip(safety.zip(low_at))?;
            Some(((variant, location), ThresholdLine { line, variant, location, safety, low_at }))
        };
        let lines = lines(&mut check, self.lines, StockOnFailure::RejectAll, read);
        done(check, lines, once, |lines, once| Thresholds { lines, once: Some(once) })
    }
}

/// What becomes of units in quarantine.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Outcome")]
pub enum StockQuarantineOutcome {
    /// They can be sold again.
    Restock,
    /// They are given up.
    WriteOff,
}

/// Goods in quarantine to settle.
#[derive(InputObject, Clone, Debug)]
pub struct StockQuarantineSettleInput {
    /// How: each level once for each outcome, 500 lines at most.
    pub lines: Vec<StockQuarantineSettleLineInput>,
    /// What becomes of the good lines if others are bad.
    #[graphql(default)]
    pub on_failure: StockOnFailure,
    /// Any text of yours: the same key with the same input settles once.
    pub idempotency_key: String,
}

/// Units in quarantine of one stock level.
#[derive(InputObject, Clone, Debug)]
pub struct StockQuarantineSettleLineInput {
    /// Of what.
    pub variant: ID,
    /// Where.
    pub location: ID,
    /// Units, above zero; 1,000,000 at most.
    pub quantity: i64,
    /// What becomes of them.
    pub outcome: StockQuarantineOutcome,
    /// Why, at most 500 characters.
    pub reason: String,
}

impl StockQuarantineSettleInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Skipping<Settle>, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockQuarantineSettle", Some(&self.idempotency_key), &self);
        let read = |check: &mut Check, line, of: StockQuarantineSettleLineInput| {
            let level = level(check, &of.variant, &of.location);
            let quantity = check.field("quantity", units::some(of.quantity));
            let reason = reason(check, &of.reason);
            let outcome = Outcome::from(of.outcome);
            let ((variant, location), (quantity, reason)) = level.zip(quantity.zip(reason))?;
            Some(((variant, location, outcome), SettleLine { line, variant, location, quantity, outcome, reason }))
        };
        let lines = lines(&mut check, self.lines, self.on_failure, read);
        let on_failure = self.on_failure.into();
        done(check, lines, once, |lines, once| Settle { lines, on_failure, once: Some(once) })
    }
}
