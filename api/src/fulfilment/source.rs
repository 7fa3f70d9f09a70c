//! Where an order's lines ship from, and why; and the rules that decide.

use async_graphql::{Context, Enum, SimpleObject};
use domain::fulfilment::{
    reason::{Because, Verdict},
    source,
};
use entity::fulfilment::sourcing_decision;
use store::Fault;

use super::failed;
use crate::{
    graphql::{language::Reading, loader, scalar::DateTime},
    i18n::{self, Arg},
    inventory::location::Location,
};

/// How places are chosen.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "source::Rule")]
pub enum SourcingRule {
    /// The channel's order of places.
    Priority,
    /// The place that serves the buyer's zone at the lowest rank.
    NearestZone,
    /// The place that has the most free units of what is ordered.
    MostStock,
    /// As few parcels as possible.
    FewestParcels,
    /// The place that a parcel to the buyer's zone costs the least from.
    LowestCost,
}

/// What decided that a line ships from a place.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Because")]
pub enum SourcingReason {
    /// No other place had enough.
    OnlyPlace,
    /// It stands before the others in the channel's order.
    Priority,
    /// It is nearer to the buyer.
    NearestZone,
    /// It had more of what was ordered.
    MostStock,
    /// With it there are fewer parcels.
    FewestParcels,
    /// A parcel from there costs less.
    LowestCost,
    /// No place had all of the line: each gives what it had.
    Split,
}

/// What became of a place that was looked at.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Verdict")]
pub enum SourcingVerdict {
    /// It gives units.
    Chosen,
    /// It had none that were free.
    NothingFree,
    /// It had some, and too few for the whole line.
    TooFew,
    /// It had enough, and another place was better.
    Later,
}

/// By which rules a channel chooses the places that its orders ship from.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelSourcing {
    /// The rules, the most important first; each breaks the ties of those before it. What they leave open, the
    /// channel's order of places decides.
    pub rules: Vec<SourcingRule>,
    /// Whether an order may ship from several places.
    pub allow_split: bool,
    /// Counts its changes; 0 if nobody said anything. See `expectedVersion`.
    pub version: i64,
}

impl From<app::fulfilment::Sourcing> for ChannelSourcing {
    fn from(of: app::fulfilment::Sourcing) -> Self {
        let rules = of.rules.into_iter().map(SourcingRule::from).collect();
        Self { rules, allow_split: of.allow_split, version: of.version }
    }
}

/// That units of a line ship from a place, and why. It stays as it was decided; a place that refuses later is told of by
/// what was decided instead.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderLineSource {
    /// The place.
    pub location: Location,
    /// Units.
    pub quantity: i64,
    /// What decided.
    pub code: SourcingReason,
    /// What decided, in the reader's language.
    pub reason: String,
    /// The places that were looked at, the preferred first, ten at most.
    pub considered: Vec<SourcingConsidered>,
    /// The place that was to give these units before, and refused; none at placement.
    pub refused_by: Option<Location>,
    /// When it was decided.
    pub decided_at: DateTime,
}

/// A place that was looked at for a line.
#[derive(SimpleObject, Clone, Debug)]
pub struct SourcingConsidered {
    /// The place.
    pub location: Location,
    /// Units that were free there.
    pub available: i64,
    /// What became of it.
    pub verdict: SourcingVerdict,
}

/// Decisions, with the places that they are about.
pub async fn sources(
    ctx: &Context<'_>,
    rows: Vec<sourcing_decision::Model>,
) -> async_graphql::Result<Vec<OrderLineSource>> {
    let considered = rows.iter().map(app::fulfilment::considered).collect::<Result<Vec<_>, Fault>>();
    let considered = considered.map_err(|fault| failed(ctx, &fault))?;
    let named = rows.iter().flat_map(|row| [Some(row.location_id), row.refused_by]).flatten();
    let ids: Vec<_> = named.chain(considered.iter().flatten().map(|one| one.location)).collect();
    let found = loader::many(ctx, ids).await?;
    let place = |id| {
        let row = found.get(&id).cloned();
        row.map(Location).ok_or_else(|| failed(ctx, &Fault::new("a decision for no place")))
    };
    let mut shown = Vec::with_capacity(rows.len());
    for (row, considered) in rows.into_iter().zip(considered) {
        let because = Because::parse(&row.because);
        let because = because.ok_or_else(|| failed(ctx, &Fault::new("a decision for no reason")))?;
        let refused_by = row.refused_by.map(&place).transpose()?;
        let considered = considered.into_iter().map(|one| {
            Ok(SourcingConsidered { location: place(one.location)?, available: one.free, verdict: one.verdict.into() })
        });
        shown.push(OrderLineSource {
            location: place(row.location_id)?,
            quantity: row.quantity,
            code: because.into(),
            reason: worded(ctx, because, refused_by.as_ref(), row.refusal)?,
            considered: considered.collect::<async_graphql::Result<_>>()?,
            refused_by,
            decided_at: DateTime(row.at),
        });
    }
    Ok(shown)
}

/// What decided, and who refused before.
fn worded(
    ctx: &Context<'_>,
    because: Because,
    refused_by: Option<&Location>,
    refusal: Option<String>,
) -> async_graphql::Result<String> {
    let language = ctx.cx().language();
    let reason = i18n::label(language, "sourcing-reason", because.code());
    let Some(refused_by) = refused_by else { return Ok(reason) };
    let location = Arg::Text(refused_by.named(ctx)?);
    let reason = Arg::Text(reason);
    Ok(match refusal {
        None => i18n::message(language, "sourcing-refused", &[("location", location), ("reason", reason)]),
        Some(refusal) => {
            let refusal = ("refusal", Arg::Text(refusal));
            i18n::message(language, "sourcing-refused-because", &[("location", location), ("reason", reason), refusal])
        }
    })
}
