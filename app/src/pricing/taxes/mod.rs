//! How what is sold is taxed: classes, rates by place and date, and who is relieved.

mod channel_set;
mod class_assign;
mod class_create;
mod class_update;
pub mod engine;
mod error;
mod exemption_end;
mod exemption_grant;
mod facts;
pub mod load;
mod rate_remove;
mod rate_set;
mod rows;

pub use channel_set::{SetChannelTaxes, set_channel_taxes};
pub use class_assign::{AssignClass, assign_class};
pub use class_create::{CreateClass, create_class};
pub use class_update::{UpdateClass, update_class};
pub use error::TaxError;
pub use exemption_end::{EndExemption, end_exemption};
pub use exemption_grant::{GrantExemption, Who, grant_exemption};
pub use facts::{Payers, Taxes, treatment};
pub use rate_remove::{RemoveRate, remove_rate};
pub use rate_set::{SetRate, set_rate};
