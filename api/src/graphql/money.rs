//! Amounts of money, as readers see them.

use async_graphql::{Context, Enum, Object};
use domain::money;

use super::language::Reading;
use crate::i18n::{self, number};

/// An amount of money.
#[derive(Clone, Copy, Debug)]
pub struct Money(pub money::Money);

/// Which digits a formatted amount is written with.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// 0123456789
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩
    Arabic,
}

/// An amount of money.
#[Object]
impl Money {
    /// The amount as a decimal string with all places of the currency, such as `11.50`. Never a float.
    async fn amount(&self) -> String {
        self.0.decimal().to_string()
    }

    /// ISO 4217.
    async fn currency_code(&self) -> &'static str {
        self.0.currency.code()
    }

    /// Decimal places of the currency: 2 for SAR, 3 for KWD.
    async fn fraction_digits(&self) -> u32 {
        self.0.currency.fraction_digits()
    }

    /// The amount as the reader's language writes it, with the currency.
    async fn formatted(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Digits::Latin", desc = "Which digits to write it with.")] digits: Digits,
    ) -> String {
        let digits = match digits {
            Digits::Latin => number::Digits::Latin,
            Digits::Arabic => number::Digits::Arabic,
        };
        i18n::money::money(self.0, ctx.cx().language(), digits)
    }
}
