//! Orders: facts that never change, and the moves of their state with their trail.
//!
//! Every move goes through `machine`. What locks rows of several contexts does so in one order: the
//! payment, the status, the stock; so two moves of one order cannot wait for each other.

mod add_note;
mod allocate;
mod cancel;
mod cancel_lines;
mod confirm;
mod deliver;
mod edit;
mod editing;
mod expire;
mod export;
mod fall;
mod get;
mod history;
mod hold;
mod import;
pub mod list;
pub mod load;
mod machine;
mod mark_paid;
mod paid;
mod place;
mod promotions;
mod re_source;
mod refund;
mod refusal;
mod release_hold;
pub mod returns;
mod rows;
mod set_address;
mod ship;
mod shipments;
mod tags;
pub mod taxed;
mod whereabouts;

pub(crate) use add_note::note_draft;
pub use add_note::{AddNote, add_note};
pub use allocate::{AllocateError, allocate};
pub use cancel::{Cancel, cancel};
pub use cancel_lines::{CancelLines, CancelLinesError, cancel_lines};
pub use confirm::confirm;
pub use deliver::deliver;
pub use edit::{EditError, begin_edit};
pub use editing::{Edited, Editing, Incoming, Terms as EditTerms};
pub use expire::{expire, expire_overdue, is_overdue};
pub use export::{Exported, export};
pub use get::{get, get_by_token, get_own, visible, visible_with_token};
pub use history::histories;
pub use hold::{Hold, HoldError, hold};
pub use import::{Done as ImportDone, Import, ImportError, ImportLine, ImportOrder, Imported, import};
pub use machine::Move;
pub use mark_paid::{MarkPaidError, mark_paid};
pub use paid::paid;
pub use place::{Place, PlaceLine, measure, place, price_steps};
pub use promotions::{Discounts, discounts};
pub use re_source::{ReSource, ReSourceError, re_source};
pub use refund::{Refund, RefundError, refund};
pub use refusal::MoveError;
pub use release_hold::{ReleaseHold, ReleaseHoldError, release_hold};
pub use set_address::{SetAddress, SetAddressError, address, set_address};
pub use ship::{AwaitedUnits, Ship, ShipError, ship};
pub use shipments::{ShipmentError, ShipmentMove, deliver_shipment, fail_shipment, receive_shipment, refuse_shipment};
pub use tags::{Tags, add_tags, remove_tags};
pub use whereabouts::{Entry, Whereabouts, whereabouts};
