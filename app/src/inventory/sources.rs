//! Where a channel's goods come from.

use domain::id::{Channel, Id};
use store::{Fault, Read};

use super::rows;
use crate::channels::{self, Source};

/// The places a channel sells from, the preferred first, and what it leaves there. A place that is not active sells
/// nothing.
pub async fn sources(read: &Read, channel: Id<Channel>) -> Result<Vec<Source>, Fault> {
    let mut sources = channels::locations(read, channel).await?;
    let ids: Vec<_> = sources.iter().map(|source| source.location).collect();
    let active: Vec<_> = rows::active(read, &ids).await?.into_iter().map(|row| row.id).collect();
    sources.retain(|source| active.contains(&source.location));
    Ok(sources)
}
