//! Tax: how what is sold is taxed, where and when, and who is relieved of it.
//!
//! What is sold is of a class, or of none, which is the standard one. A rule says how things of a class are taxed in a
//! country, or in a region of it, from an instant on ([`rules`]), unless a tax engine outside does ([`engine`]); what comes of it
//! is a [`Treatment`], which somebody may be relieved of ([`exemption`]).

pub mod engine;
pub mod events;
pub mod exemption;
pub mod reason;
pub mod rules;
pub mod summary;

mod rate;
mod treatment;

pub use rate::TaxRate;
pub use treatment::{Category, Charged, Source, Treatment, Untaxed};

/// Whether the prices of a channel have the tax in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// They do: what is shown is what is paid.
    Inclusive,
    /// They do not: it comes on top of what is shown.
    Exclusive,
}

impl Basis {
    /// The basis of prices that include tax, or do not.
    pub const fn of(includes_tax: bool) -> Self {
        if includes_tax { Self::Inclusive } else { Self::Exclusive }
    }

    /// Whether prices include tax.
    pub const fn includes_tax(self) -> bool {
        matches!(self, Self::Inclusive)
    }
}

/// How tax is rounded; an order keeps by which rule its own was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The tax of each line, of the delivery and of the fee is rounded by itself, half up to the minor unit, and the sums are
    /// sums of what was rounded: ZATCA's XML Implementation Standard, BR-KSA-50 and BR-KSA-51, for lines.
    LineHalfUp,
}

impl Rounding {
    /// The rule of a name.
    pub fn parse(code: &str) -> Option<Self> {
        (code == Self::LineHalfUp.code()).then_some(Self::LineHalfUp)
    }

    /// Its name in the database and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LineHalfUp => "LINE_HALF_UP",
        }
    }
}
