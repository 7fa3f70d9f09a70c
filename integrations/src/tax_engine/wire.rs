//! What the shop and a tax engine say to each other, in JSON.

use serde::{Deserialize, Serialize};

/// Asks how things of some classes are taxed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The code of the channel that sells, such as `web-sa`.
    pub channel: String,
    /// ISO 3166-1 alpha-2: the channel's country.
    pub from_country: String,
    /// Where it is delivered to.
    pub to: Place,
    /// Who buys.
    pub buyer: Buyer,
    /// The codes of the classes of what is bought, and of delivery and fees; null: the standard one.
    pub tax_classes: Vec<Option<String>>,
    /// When: RFC 3339, UTC.
    pub at: String,
}

/// Where something is delivered to, as the buyer wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The administrative region, emirate, governorate or state.
    pub region: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
}

/// Who buys; with no id, somebody who is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Buyer {
    /// The id of the customer who buys for themselves.
    pub customer: Option<String>,
    /// The id of the company that is bought for.
    pub organisation: Option<String>,
    /// The number under which it pays value added tax.
    pub tax_number: Option<String>,
}

/// How things of classes are taxed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// One of each class; of one that is left out nothing is said.
    pub taxes: Vec<Tax>,
    /// For how many seconds it is good: 60 to 86400; an hour if it is left out.
    #[serde(default)]
    pub good_for_seconds: Option<u64>,
}

/// How things of a class are taxed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tax {
    /// The code of the class; null or left out: the standard one.
    #[serde(default)]
    pub tax_class: Option<String>,
    /// `STANDARD`, `ZERO_RATED`, `EXEMPT`, `OUT_OF_SCOPE` or `REVERSE_CHARGE`.
    pub category: String,
    /// The rate in percent, with two fraction digits at most, of `STANDARD`: `"15"`.
    #[serde(default)]
    pub rate_percent: Option<String>,
    /// The code of the reason why it is not taxed at a rate, such as `VATEX-SA-35`.
    #[serde(default)]
    pub reason_code: Option<String>,
}
