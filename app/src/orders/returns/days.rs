//! Staff say for how long customers may send goods back.

use domain::{
    id::{Channel, Id},
    identity::permission::proof::ManageOrders,
    invalid::Invalid,
    orders::return_events::ReturnEvent,
};
use store::{Fault, KeyReused, Once};

use crate::{
    channels,
    cx::{Cx, Permit},
    refusal::Denied,
};

/// For how long goods that a channel sold may be sent back.
#[derive(Clone, Debug)]
pub struct SetDays {
    /// The channel's code.
    pub channel: String,
    /// Days after delivery.
    pub return_days: i64,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why it is not changed.
#[derive(Debug, thiserror::Error)]
pub enum SetDaysError {
    /// There is no such channel.
    #[error("there is no such channel")]
    NoChannel,
    /// Another change came first.
    #[error("the channel has changed")]
    Stale,
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Says for how many days after delivery customers may ask to send back what a channel sold, also what it sold before.
/// Returns that were asked for go on. Emits `channel.return_days_set`.
pub async fn set_days(cx: &Cx, _may: Permit<ManageOrders>, input: SetDays) -> Result<Id<Channel>, SetDaysError> {
    let SetDays { channel, return_days, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let row = channels::by_code(tx, &channel).await?.ok_or(SetDaysError::NoChannel)?;
        if !channels::set_return_days(tx, &row, return_days).await? {
            return Err(SetDaysError::Stale);
        }
        let set = |return_days| ReturnEvent::DaysSet { channel: row.id, return_days, at: tx.now() };
        tx.emit_change(&set(row.return_days), &set(return_days)).await?;
        Ok(row.id)
    })
    .await
}
