//! Who signs in, and what they may do.

mod authenticate;
pub mod group_members;
pub mod groups;
pub(crate) mod hash;
pub mod list;
pub mod load;
mod refresh;
mod register;
mod rows;
mod sign_in;
mod sign_out;
mod tokens;

pub use authenticate::{AuthError, authenticate, in_the_name_of};
pub use groups::groups_of;
pub(crate) use load::customers_named;
pub use refresh::{RefreshError, refresh};
pub use register::{Register, RegisterError, register};
pub use rows::customer;
pub use sign_in::{SignIn, SignInError, SignedIn, sign_in};
pub use sign_out::sign_out;
