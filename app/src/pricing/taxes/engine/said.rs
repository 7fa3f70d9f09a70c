//! What a channel's tax engine said.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use domain::{
    id::{Id, TaxClass},
    pricing::tax::{Treatment, engine::Taxpayer, rules::Place},
    time::Instant,
};
use entity::{channels::channel, pricing::tax_answer};
use store::{Fault, Read};

use super::{
    super::{Payers, treatment},
    rows,
};

/// How long before its end an answer is asked for anew: whoever looks at a cart then can order it still.
const AHEAD: Duration = Duration::from_secs(30);

/// The place of what is said of no place: that the engine is left alone.
pub(super) const NOWHERE: &str = "";

/// What a channel's tax engine said, as far as it is good at an instant.
#[derive(Clone, Debug)]
pub struct Said {
    at: Instant,
    /// Whether it did not answer a moment ago, and is left alone.
    is_resting: bool,
    known: HashMap<Key, Known>,
}

/// Of which class, for whom, where.
type Key = (Option<Id<TaxClass>>, Taxpayer, String);

/// What was answered; of nothing that the engine does not say.
#[derive(Clone, Debug)]
struct Known {
    treatment: Option<Treatment>,
    until: Instant,
}

/// What an engine is to be asked.
#[derive(Clone, Debug)]
pub struct Unanswered {
    /// Where it is delivered to.
    pub place: Place,
    /// Who buys.
    pub taxpayer: Taxpayer,
    /// The classes of what is bought; `None`: the standard one.
    pub classes: BTreeSet<Option<Id<TaxClass>>>,
}

impl Said {
    /// What was said of these places to these, and to guests; `None` if the channel has no engine.
    pub(in super::super) async fn load(
        read: &Read,
        channel: &channel::Model,
        (places, payers): (&[Place], &Payers),
        at: Instant,
    ) -> Result<Option<Self>, Fault> {
        if channel.tax_engine_url.is_none() {
            return Ok(None);
        }
        let customers = payers.customers.iter().copied().map(Taxpayer::Customer);
        let companies = payers.organisations.iter().copied().map(Taxpayer::Organisation);
        let taxpayers: HashMap<_, _> =
            customers.chain(companies).chain([Taxpayer::Guest]).map(|taxpayer| (taxpayer.key(), taxpayer)).collect();
        let settled = places.iter().filter(|place| place.is_settled());
        let places = settled.map(Place::key).chain([NOWHERE.to_owned()]).collect();
        let rows = rows::good(read, channel, (places, taxpayers.keys().cloned().collect()), at).await?;
        let mut known = HashMap::with_capacity(rows.len());
        let mut is_resting = false;
        for row in rows {
            if row.place == NOWHERE {
                is_resting = true;
                continue;
            }
            let class = if row.class.is_empty() { None } else { Some(row.class.parse().map_err(Fault::new)?) };
            let Some(taxpayer) = taxpayers.get(&row.taxpayer).copied() else { continue };
            let answer = Known { treatment: said(&row)?, until: row.expires_at };
            known.insert((class, taxpayer, row.place), answer);
        }
        Ok(Some(Self { at, is_resting, known }))
    }

    /// How things of a class are taxed; `None`: the engine did not say.
    pub(in super::super) fn of(
        &self,
        class: Option<Id<TaxClass>>,
        taxpayer: Taxpayer,
        place: &Place,
    ) -> Option<Treatment> {
        let known = self.known.get(&(class, taxpayer, place.key())).filter(|_| place.is_settled());
        known.and_then(|known| known.treatment.clone())
    }

    /// Whether the engine was not asked, or its answer ends soon.
    pub(in super::super) fn is_to_be_asked(
        &self,
        class: Option<Id<TaxClass>>,
        taxpayer: Taxpayer,
        place: &Place,
    ) -> bool {
        let known = self.known.get(&(class, taxpayer, place.key()));
        place.is_settled()
            && !self.is_resting
            && known.is_none_or(|known| known.treatment.is_some() && known.until <= self.at.plus(AHEAD))
    }
}

fn said(row: &tax_answer::Model) -> Result<Option<Treatment>, Fault> {
    row.category.as_deref().map(|category| treatment(category, Some(row.rate_bps), row.reason.as_deref())).transpose()
}
