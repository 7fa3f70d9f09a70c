//! Staff say from which places a channel sells.

use domain::{
    id::{Channel, Id},
    identity::permission::proof::{ManageStock, ReadStock},
    inventory::events::StockEvent,
};
use store::{Fault, Once};

use super::{LocationError, news, rows, selling_rows, waiting};
use crate::{
    channels::{self, Source},
    cx::{Cx, Permit},
};

/// What a channel shall sell from.
#[derive(Clone, Debug)]
pub struct ChannelLocations {
    /// The channel's code.
    pub channel: String,
    /// The places, the preferred first, each once.
    pub sources: Vec<Source>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Sets from which places a channel sells, in place of those it had. What is promised already stays promised. Emits
/// `channel.locations_set`, and `order.backorder_served` if who waits for units gets what another place has.
pub async fn set_channel_locations(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: ChannelLocations,
) -> Result<Id<Channel>, LocationError> {
    let ChannelLocations { channel, sources, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let channel = channels::by_code(tx, &channel).await?.ok_or(LocationError::NoChannel)?.id;
        let ids: Vec<_> = sources.iter().map(|source| source.location).collect();
        let there: Vec<_> = rows::locations(tx, &ids).await?.into_iter().map(|row| row.id).collect();
        let missing = ids.iter().enumerate().filter(|(_, id)| !there.contains(id)).map(|(index, _)| index);
        let missing: Vec<_> = missing.collect();
        if !missing.is_empty() {
            return Err(LocationError::NoLocations(missing));
        }
        let held = waiting::hold(tx, selling_rows::waited_for(tx).await?).await?;
        let was = channels::locations(tx, channel).await?;
        channels::set_locations(tx, channel, &sources).await?;
        let served = waiting::serve(tx, held).await?;
        news::shifted(tx, &served).await?;
        let set = |sources: &[Source]| {
            let locations = sources.iter().map(|source| (source.location, source.buffer)).collect();
            StockEvent::ChannelLocationsSet { channel, locations, at: tx.now() }
        };
        tx.emit_change(&set(&was), &set(&sources)).await?;
        Ok(channel)
    })
    .await
}

/// From which places a channel sells, the preferred first, whether they are active or not; `None` if there is no such
/// channel.
pub async fn channel_locations(cx: &Cx, _may: &Permit<ReadStock>, channel: &str) -> Result<Option<Vec<Source>>, Fault> {
    let read = cx.read();
    match channels::by_code(&read, channel).await? {
        Some(channel) => Ok(Some(channels::locations(&read, channel.id).await?)),
        None => Ok(None),
    }
}

/// The same of a channel that was just set.
pub async fn channel_locations_by_id(
    cx: &Cx,
    _may: &Permit<ManageStock>,
    channel: Id<Channel>,
) -> Result<Vec<Source>, Fault> {
    channels::locations(&cx.read(), channel).await
}
