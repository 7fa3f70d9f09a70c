//! What there is of each variant, where, and what is promised to whom.
//!
//! Every change of a level is one conditional statement together with the movement that explains it.

mod adjust;
pub mod alerts;
mod allocate;
mod allocation_rows;
mod allocations;
mod allocations_set;
mod beyond;
mod bulk;
mod cart_hold_set;
mod cart_holds;
mod channel_locations;
mod confirm;
mod count;
mod count_rows;
mod hold_rows;
pub mod list;
pub mod load;
mod location_create;
mod location_update;
mod move_promises;
mod news;
mod quarantine;
mod receive;
mod release;
mod reserve;
mod rows;
mod selling_rows;
mod selling_set;
mod set;
mod ship;
mod sources;
mod supply;
mod supply_rows;
mod take_back;
mod thresholds;
mod transfer;
mod transfer_rows;
mod waiting;

pub use adjust::{Adjust, AdjustLine, adjust};
pub use allocate::allocate;
pub use allocations_set::{AllocationLine, SetAllocations, set_allocations};
pub use bulk::{ChangeError, Changed, Done, OnFailure, Refusal, Refused};
pub use cart_hold_set::{SetCartHold, set_cart_hold};
pub use cart_holds::{Held, HoldForCart, HoldMore, held_for_carts, hold_for_cart, release_overdue};
pub use channel_locations::{ChannelLocations, channel_locations, channel_locations_by_id, set_channel_locations};
pub use confirm::confirm;
pub use count::{
    CloseCount, CountError, CountLine, OpenCount, RecordCount, close_count, open_count, record_count, variance,
};
pub use hold_rows::hand_over;
pub use location_create::{CreateLocation, LocationError, create_location};
pub use location_update::{Said, UpdateLocation, update_location};
pub use move_promises::{MovePromises, NotMoved, move_promises};
pub use quarantine::{Outcome, Settle, SettleLine, settle, settle_lines};
pub use receive::{Receive, ReceiveLine, receive};
pub use release::{held, release, release_part};
pub use reserve::{Ground, Reserve, ReserveLine, Shortage, Sourced, Unsourced, reserve};
pub use selling_set::{SellingLine, SetPromise, SetSelling, Sold, set_promise, set_selling};
pub use set::{Set, SetLine, set};
pub use ship::{promised, ship};
pub use sources::sources;
pub use supply::{
    CancelSupply, CreateSupply, ReceiveSupply, SupplyError, UpdateSupply, cancel_supply, create_supply, receive_supply,
    update_supply,
};
pub use take_back::{TakeBack, take_back};
pub use thresholds::{ThresholdLine, Thresholds, set_thresholds};
pub use transfer::{
    CancelTransfer, ReceiveTransfer, ShipTransfer, TransferError, TransferLine, cancel_transfer, receive_transfer,
    ship_transfer,
};
pub use waiting::{Awaited, awaited, lock};
