//! Who an account is of.

/// Who an account is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// One who buys.
    Customer,
    /// One who works for the shop.
    Staff,
}

impl AccountKind {
    /// Its name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Customer => "CUSTOMER",
            Self::Staff => "STAFF",
        }
    }
}
