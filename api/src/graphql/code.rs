//! The one list of error codes a client can switch on.

use async_graphql::Enum;
use domain::invalid::Problem;

use crate::i18n::Arg;

/// What was refused, and why. The same code means the same everywhere.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// There is no such record, or it is not yours to see.
    NotFound,
    /// Not the id of such a record: malformed, or of another type.
    InvalidId,
    /// Not a code of small Latin letters, digits and hyphens, such as `eid-2026`.
    InvalidSlug,
    /// The field must be given.
    Required,
    /// Nested in more than `max` levels.
    TooDeep,
    /// Longer than `max` characters or items.
    TooLong,
    /// Shorter than `min` characters.
    TooShort,
    /// Holds a null byte or another control character.
    ControlCharacter,
    /// Holds a character that overrides the direction of text.
    DirectionOverride,
    /// Not an e-mail address.
    InvalidEmail,
    /// Not a telephone number in international form.
    InvalidPhone,
    /// Not a postal code of the country.
    InvalidPostalCode,
    /// Not a number of the commercial register of the country.
    InvalidRegistrationNumber,
    /// Not a number of the country under which value added tax is paid.
    InvalidVatNumber,
    /// Not the four digits of a Saudi building number.
    InvalidBuildingNumber,
    /// Not the four digits of a Saudi additional number.
    InvalidAdditionalNumber,
    /// Not the four letters and four digits of a Saudi short address.
    InvalidShortAddress,
    /// Not an ISO 3166-1 alpha-2 country code.
    InvalidCountry,
    /// The channel does not deliver to the country.
    UnsupportedCountry,
    /// The channel does not offer the language.
    UnsupportedLanguage,
    /// The channel does not sell in the currency.
    UnsupportedCurrency,
    /// A quantity below one.
    QuantityNotPositive,
    /// A quantity below zero.
    QuantityNegative,
    /// A quantity above `max`.
    QuantityTooLarge,
    /// A number above `max`.
    NumberTooLarge,
    /// Fewer than `min`, the fewest that are bought together.
    QuantityBelowMinimum,
    /// More than `max`, the most that are bought together.
    QuantityAboveMaximum,
    /// No multiple of `increment`, of which number of pieces it must be one.
    QuantityNotAMultiple,
    /// Not an amount of the currency: malformed, or with too many decimal places.
    InvalidAmount,
    /// An amount of zero, where something is meant.
    AmountNotPositive,
    /// An amount above `max`, the most of a price, a cost, a discount or a credit.
    AmountTooHigh,
    /// The other amounts come to `sum`, not to this.
    NotTheSum,
    /// Not so much of something: not a decimal number above 0 and 1000000 at most, with three fraction digits at most.
    InvalidMeasure,
    /// The unit measures something else: a volume where a mass is meant.
    OtherDimension,
    /// More than a thousand million times what is in the variant: what that costs says nothing.
    ReferenceTooLarge,
    /// Not a rate in percent with two fraction digits at most.
    InvalidRate,
    /// Not a code of a reason why something is not taxed, or not one that invoices of the country know for the category.
    InvalidTaxReason,
    /// Not a way to round prices: what they are to end in is not less than the step from one to the next.
    InvalidRounding,
    /// The number of pieces of a tier does not come after that of the tier before.
    TiersOverlap,
    /// The price of a tier is not lower than that of the tier before.
    TierNotLower,
    /// The tier takes off less than the tier before, although more is bought.
    TierTakesLess,
    /// The former price is not higher than the price.
    CompareAtNotHigher,
    /// Not what can be written on a coupon: letters, digits and hyphens.
    InvalidCode,
    /// Not a number of percent that is more than 0 and 100 at most, with two fraction digits at most.
    InvalidPercent,
    /// Not a time of the day, such as `22:00`.
    InvalidTime,
    /// An amount is said, and no currency.
    CurrencyRequired,
    /// Exactly one of the fields must be given.
    ExactlyOneRequired,
    /// It can never hold, or never take anything off.
    NeverApplies,
    /// It cannot be said together with the rest.
    NotAllowedHere,
    /// The end is not after the beginning.
    EndBeforeStart,
    /// An instant that is past.
    InThePast,
    /// An instant that is still to come.
    InTheFuture,
    /// Not the code of a channel of the shop.
    InvalidChannel,
    /// Not a URL that a shopper can be sent back to.
    InvalidUrl,
    /// Not a card of the gateway.
    InvalidCard,
    /// The same thing twice in a list.
    Duplicate,
    /// Not the name of an event, such as `order.placed`, or of a group of them, such as `order.*`.
    InvalidEventType,
    /// Not a web address that something can be sent to: `https://`, without a user or a fragment.
    InvalidEndpoint,
    /// A network address that this server sends nothing to.
    AddressRefused,
    /// Not a query that can shape what a webhook is sent: `detail` says in English what is wrong with it.
    InvalidPayloadQuery,
    /// The delivery waits to be sent already.
    DeliveryPending,
    /// Events beyond this cursor were removed before you asked for them: begin anew, without a cursor.
    EventsTrimmed,
    /// There are `max` subscriptions already.
    SubscriptionLimitReached,
    /// More happened than is kept for a slow subscriber: read what you missed, and subscribe again.
    SubscriptionLagged,
    /// Not a cursor of such a list.
    InvalidCursor,
    /// There is no parameter `name` of a file to export, or it has another form.
    InvalidParameter,
    /// The record was changed since the version you expected.
    Conflict,
    /// The idempotency key was used before, with another input.
    IdempotencyKeyReused,
    /// The channel does not sell the variant.
    VariantNotSoldHere,
    /// The variant can be had now: nobody needs to wait for it.
    VariantAvailable,
    /// There are only `available` units.
    OutOfStock,
    /// There is enough, but no place has all of it, and the channel ships an order from one place only.
    SplitNotAllowed,
    /// The channel's tax engine did not say how it is taxed, and the channel takes no orders by an estimate. Try again in half a
    /// minute.
    TaxUnavailable,
    /// `reserved` of the units are promised to orders.
    StockReserved,
    /// There are only `available` units to take.
    StockInsufficient,
    /// The transfer was received or cancelled.
    TransferClosed,
    /// The supply was received or cancelled.
    SupplyClosed,
    /// `received` units of the supply came already: more than that must be expected.
    SupplyReceived,
    /// The count was closed.
    CountClosed,
    /// Another place has the code already.
    LocationCodeTaken,
    /// Another zone has the code already.
    ZoneCodeTaken,
    /// Another group of customers has the code already.
    CustomerGroupCodeTaken,
    /// Another company has the code already.
    OrganisationCodeTaken,
    /// Another unit of the company has the code already.
    OrganisationUnitCodeTaken,
    /// Something is below the unit of the company, or somebody is in it.
    OrganisationUnitInUse,
    /// The unit of the company would be below itself.
    OrganisationUnitLoop,
    /// A unit of the company would be below one that is below one, and so on: `max` at most.
    OrganisationUnitTooDeep,
    /// The company has `max` units already.
    OrganisationUnitsTooMany,
    /// Another price list has the code already.
    PriceListCodeTaken,
    /// The same buy by the price list already: to the same countries, with the same priority, and at least as long.
    PriceListAssignedAlready,
    /// Another tax class has the code already.
    TaxClassCodeTaken,
    /// The same are relieved of tax already: treated the same, in the same country or everywhere, and at least as long.
    TaxExemptionGrantedAlready,
    /// The price lists are of two currencies, or the list is of another than the channel.
    PriceListCurrency,
    /// The price list would follow itself.
    PriceListLoop,
    /// The price list would follow one that follows one, and so on: `max` at most.
    PriceListTooDeep,
    /// The variant has no such price in the list.
    PriceNotFound,
    /// The price is below the lowest that a piece is sold at: `floor`; where many change at once, `sku` says of what.
    PriceBelowFloor,
    /// The price would be less than nothing; `sku` says of what.
    PriceNegative,
    /// The price would be more than amounts can be; `sku` says of what.
    PriceTooHigh,
    /// Another promotion has the code already.
    PromotionCodeTaken,
    /// The channel sells in another currency than that of the promotion's amounts.
    PromotionCurrency,
    /// The promotion keeps its currency: it has a budget that stays, or took something off already.
    PromotionCurrencyFixed,
    /// The promotion is not for those who have coupons: its rule does not say `needsCoupon`.
    PromotionNeedsNoCoupon,
    /// Another order used the last of a promotion a moment before: look at the new total.
    PromotionUsedUp,
    /// Another coupon has the code already.
    CouponCodeTaken,
    /// There is no such coupon.
    CouponNotFound,
    /// The coupon is not good any more.
    CouponExpired,
    /// The coupon was used as often as it may be, or its promotion was.
    CouponUsedUp,
    /// A cart can have so many coupons: `max`.
    TooManyCoupons,
    /// We know no gift card of this code.
    GiftCardNotFound,
    /// The gift card is in another currency.
    GiftCardCurrencyMismatch,
    /// The gift card is blocked.
    GiftCardBlocked,
    /// What was on the gift card expired.
    GiftCardExpired,
    /// Nothing is left on the gift card.
    GiftCardEmpty,
    /// A cart can be paid with so many gift cards: `max`.
    TooManyGiftCards,
    /// Another gift card has the code.
    GiftCardCodeTaken,
    /// There is less on it: `balance`, where that is told.
    BalanceTooLow,
    /// The company is suspended: nobody buys for it.
    OrganisationSuspended,
    /// The customer does not buy for this company.
    NotAMember,
    /// Only customers have store credit: guests and companies have none.
    CustomerRequired,
    /// There is nothing in the cart.
    CartEmpty,
    /// A fault in the shop kept the cart from becoming an order, several times. The cart is as it was.
    CheckoutFailed,
    /// The cart became an order, or was merged into another.
    CartCompleted,
    /// The draft became an order, or was given up.
    DraftNotOpen,
    /// The cart would have more than `max` lines.
    CartTooManyLines,
    /// The cart has no e-mail address for news of the order.
    ContactRequired,
    /// The cart has no delivery address.
    AddressRequired,
    /// The cart has no delivery method.
    DeliveryMethodRequired,
    /// The delivery method does not lead to the address.
    DeliveryMethodUnavailable,
    /// The cart has no payment method.
    PaymentMethodRequired,
    /// The channel does not take the payment method.
    PaymentMethodUnavailable,
    /// The total is `total`, not what you expected.
    TotalChanged,
    /// What gift cards and store credit leave to be paid is `due`, not what you expected.
    DueChanged,
    /// The order's state does not allow the action.
    OrderTransitionNotAllowed,
    /// The order is on hold: `kinds`. Release its holds first.
    OrderOnHold,
    /// The order has an open hold of this `kind` already.
    OrderHoldExists,
    /// The hold was released before.
    OrderHoldReleased,
    /// Nothing that a hold would stop is left of an order in this `state`.
    OrderHoldTooLate,
    /// The edit would change nothing of the order.
    OrderEditChangesNothing,
    /// The edit would leave nothing of the order: that is a cancellation.
    OrderEditLeavesNothing,
    /// The edit makes the order dearer by `difference`, and `paymentMethod` does not say how that is paid.
    OrderEditUnpaid,
    /// All of the order has left, or it ended: it is `state`.
    OrderAddressFixed,
    /// The order was to go to another country, whose taxes are others.
    OrderAddressCountryChanged,
    /// Only `max` units of the order's line are left.
    OrderUnitsExceeded,
    /// `quantity` units of the order's line did not come yet.
    OrderBackordered,
    /// Nothing of the order is left at the place.
    OrderNothingToShip,
    /// That cannot happen to a shipment in its `state`.
    ShipmentNotAllowed,
    /// Nothing of an order in this `state` can be sent back: it must be delivered.
    ReturnNotDelivered,
    /// The order could be sent back for `days` days after its delivery.
    ReturnTooLate,
    /// Only `max` units of the order's line can be sent back, or are.
    ReturnUnitsExceeded,
    /// It is not decided what becomes of the `expected` units of the line that came.
    ReturnUnitsUndecided,
    /// That cannot be done with a return in its `state`.
    ReturnNotAllowed,
    /// The gateway is taking the money just now: try again shortly.
    PaymentBeingCaptured,
    /// There is nothing to be paid this way.
    PaymentNotPayable,
    /// More than `max`, what was captured and not refunded.
    RefundExceedsCaptured,
    /// Nothing was captured that could go back.
    NothingToRefund,
    /// No account has this e-mail address and password.
    BadCredentials,
    /// An account has this e-mail address already.
    AccountExists,
    /// The session has ended: sign in again.
    SessionEnded,
    /// Sign in first.
    Unauthenticated,
    /// Your roles do not allow it.
    Forbidden,
    /// The access token's time is up: refresh it.
    TokenExpired,
    /// Not an access token of this shop.
    TokenInvalid,
    /// There is no such shop here.
    TenantUnknown,
    /// The shop has no such channel.
    ChannelUnknown,
    /// The caller is no customer who can buy for this company, or it is suspended.
    OrganisationUnknown,
    /// The body is not JSON.
    InvalidJson,
    /// Not a query this schema can answer.
    MalformedQuery,
    /// The body is larger than `max` bytes.
    BodyTooLarge,
    /// Only GET and POST are answered.
    MethodNotAllowed,
    /// A mutation must be sent by POST.
    MutationOverGet,
    /// The query is nested deeper than `max`.
    QueryTooDeep,
    /// The query costs more than `max`.
    QueryTooComplex,
    /// The query has more than `max` aliases.
    QueryTooManyAliases,
    /// More than `max` rows were asked for at once.
    PageTooLarge,
    /// The shop has as much to do as it can. Nothing was changed; send it again after the `Retry-After` of the answer.
    Overloaded,
    /// It took too long.
    TimedOut,
    /// Our fault. The message has a trace id to report.
    Internal,
}

impl ErrorCode {
    /// The name on the wire.
    pub fn name(self) -> String {
        async_graphql::resolver_utils::enum_value(self).to_string()
    }

    /// The key of its message in `locales/*/errors.ftl`.
    pub fn key(self) -> String {
        self.name().to_lowercase().replace('_', "-")
    }
}

/// The code of a wrong field, and what its message says.
pub fn of_problem(problem: &Problem) -> (ErrorCode, Vec<(&'static str, Arg)>) {
    let number = |name, n: usize| vec![(name, Arg::Number(i64::try_from(n).unwrap_or(i64::MAX)))];
    let units = |name, n: u32| vec![(name, Arg::Number(n.into()))];
    match *problem {
        Problem::Required => (ErrorCode::Required, vec![]),
        Problem::TooDeep { max } => (ErrorCode::TooDeep, number("max", max)),
        Problem::TooLong { max } => (ErrorCode::TooLong, number("max", max)),
        Problem::TooShort { min } => (ErrorCode::TooShort, number("min", min)),
        Problem::ControlCharacter => (ErrorCode::ControlCharacter, vec![]),
        Problem::DirectionOverride => (ErrorCode::DirectionOverride, vec![]),
        Problem::InvalidId => (ErrorCode::InvalidId, vec![]),
        Problem::InvalidSlug => (ErrorCode::InvalidSlug, vec![]),
        Problem::InvalidEmail => (ErrorCode::InvalidEmail, vec![]),
        Problem::InvalidPhone => (ErrorCode::InvalidPhone, vec![]),
        Problem::InvalidPostalCode => (ErrorCode::InvalidPostalCode, vec![]),
        Problem::InvalidRegistrationNumber => (ErrorCode::InvalidRegistrationNumber, vec![]),
        Problem::InvalidVatNumber => (ErrorCode::InvalidVatNumber, vec![]),
        Problem::InvalidBuildingNumber => (ErrorCode::InvalidBuildingNumber, vec![]),
        Problem::InvalidAdditionalNumber => (ErrorCode::InvalidAdditionalNumber, vec![]),
        Problem::InvalidShortAddress => (ErrorCode::InvalidShortAddress, vec![]),
        Problem::InvalidCountry => (ErrorCode::InvalidCountry, vec![]),
        Problem::UnsupportedCountry => (ErrorCode::UnsupportedCountry, vec![]),
        Problem::UnsupportedLanguage => (ErrorCode::UnsupportedLanguage, vec![]),
        Problem::UnsupportedCurrency => (ErrorCode::UnsupportedCurrency, vec![]),
        Problem::QuantityNotPositive => (ErrorCode::QuantityNotPositive, vec![]),
        Problem::QuantityNegative => (ErrorCode::QuantityNegative, vec![]),
        Problem::QuantityTooLarge { max } => (ErrorCode::QuantityTooLarge, units("max", max)),
        Problem::NumberTooLarge { max } => (ErrorCode::NumberTooLarge, units("max", max)),
        Problem::QuantityBelowMinimum { min } => (ErrorCode::QuantityBelowMinimum, units("min", min)),
        Problem::QuantityAboveMaximum { max } => (ErrorCode::QuantityAboveMaximum, units("max", max)),
        Problem::QuantityNotAMultiple { increment } => (ErrorCode::QuantityNotAMultiple, units("increment", increment)),
        Problem::InvalidAmount => (ErrorCode::InvalidAmount, vec![]),
        Problem::AmountNotPositive => (ErrorCode::AmountNotPositive, vec![]),
        Problem::AmountTooHigh { max } => (ErrorCode::AmountTooHigh, vec![("max", Arg::Money(max))]),
        Problem::NotTheSum { sum } => (ErrorCode::NotTheSum, vec![("sum", Arg::Money(sum))]),
        Problem::BelowFloor { floor } => (ErrorCode::PriceBelowFloor, vec![("floor", Arg::Money(floor))]),
        Problem::InvalidMeasure => (ErrorCode::InvalidMeasure, vec![]),
        Problem::OtherDimension => (ErrorCode::OtherDimension, vec![]),
        Problem::ReferenceTooLarge => (ErrorCode::ReferenceTooLarge, vec![]),
        Problem::InvalidRate => (ErrorCode::InvalidRate, vec![]),
        Problem::InvalidTaxReason => (ErrorCode::InvalidTaxReason, vec![]),
        Problem::InvalidRounding => (ErrorCode::InvalidRounding, vec![]),
        Problem::TiersOverlap => (ErrorCode::TiersOverlap, vec![]),
        Problem::TierNotLower => (ErrorCode::TierNotLower, vec![]),
        Problem::TierTakesLess => (ErrorCode::TierTakesLess, vec![]),
        Problem::CompareAtNotHigher => (ErrorCode::CompareAtNotHigher, vec![]),
        Problem::InvalidCode => (ErrorCode::InvalidCode, vec![]),
        Problem::InvalidPercent => (ErrorCode::InvalidPercent, vec![]),
        Problem::InvalidTime => (ErrorCode::InvalidTime, vec![]),
        Problem::CurrencyRequired => (ErrorCode::CurrencyRequired, vec![]),
        Problem::NotOneOf => (ErrorCode::ExactlyOneRequired, vec![]),
        Problem::Never => (ErrorCode::NeverApplies, vec![]),
        Problem::NotAllowedHere => (ErrorCode::NotAllowedHere, vec![]),
        Problem::EndBeforeStart => (ErrorCode::EndBeforeStart, vec![]),
        Problem::InThePast => (ErrorCode::InThePast, vec![]),
        Problem::InTheFuture => (ErrorCode::InTheFuture, vec![]),
        Problem::InvalidChannel => (ErrorCode::InvalidChannel, vec![]),
        Problem::InvalidUrl => (ErrorCode::InvalidUrl, vec![]),
        Problem::InvalidCard => (ErrorCode::InvalidCard, vec![]),
        Problem::Duplicate => (ErrorCode::Duplicate, vec![]),
        Problem::InvalidEventType => (ErrorCode::InvalidEventType, vec![]),
        Problem::InvalidEndpoint => (ErrorCode::InvalidEndpoint, vec![]),
        Problem::AddressRefused => (ErrorCode::AddressRefused, vec![]),
        Problem::InvalidPayloadQuery { ref detail } => {
            (ErrorCode::InvalidPayloadQuery, vec![("detail", Arg::Text(detail.clone()))])
        }
    }
}
