# What a shopper or a developer is told when something is refused.
# Numbers: $max, $min, $available, $reserved, $days, $expected. Finished text: $total, $state, $action, $kind, $kinds, $reason, $trace, and $max of refunds.
# Invisible characters are written as "\u2066", never directly.

## Fields

not-found = We could not find what you are looking for.
invalid-id = This ID is not valid.
invalid-slug = Please write small letters a to z, digits and hyphens, with no hyphen first or last, such as eid-2026.
required = This is required.
# The limit counts characters of a text, and items of a list.
too-long = This is longer than allowed. The limit is { $max }.
too-deep =
    { $max ->
        [one] This is nested more deeply than the limit of one level.
       *[other] This is nested more deeply than the limit of { $max } levels.
    }
too-short =
    { $min ->
        [one] Please enter at least one character.
       *[other] Please enter at least { $min } characters.
    }
control-character = This text contains invisible characters that cannot be accepted. Please type it again without them.
direction-override = This text contains invisible characters that change the direction of writing. Please type it again without them.
invalid-email = This email address is not valid. Example: name@example.com
invalid-phone = This phone number is not valid. Please include the country code, such as { "\u2066+966512345678\u2069" }
invalid-postal-code = This postal code is not valid for the country.
invalid-registration-number = This commercial registration number is not valid for the country.
invalid-vat-number = This VAT number is not valid for the country.
invalid-building-number = This building number is not valid. It has four digits, such as 2929
invalid-additional-number = This additional number is not valid. It has four digits, such as 8118
invalid-short-address = This short address is not valid. It has four letters followed by four digits, such as RRRD2929
invalid-country = This country code is not valid. It has two letters, such as SA
unsupported-country = Sorry, we do not deliver to this country yet.
unsupported-language = This language is not available in this shop.
unsupported-currency = This currency is not available in this shop.
quantity-not-positive = Please choose a quantity of at least one.
quantity-negative = Please enter a quantity of zero or more.
quantity-too-large =
    { $max ->
        [0] This product cannot be ordered right now.
        [one] You can order only one.
       *[other] You can order { $max } at most.
    }
number-too-large = This number can be { $max } at most.
quantity-below-minimum =
    { $min ->
        [one] Please choose one at least.
       *[other] Please choose { $min } at least.
    }
quantity-above-maximum =
    { $max ->
        [one] You can order only one.
       *[other] You can order { $max } at most.
    }
quantity-not-a-multiple = This is sold in multiples of { $increment }.
not-the-sum = This does not agree with the other amounts, which come to { $sum }.
invalid-measure = Enter a quantity above 0 and up to 1,000,000, with at most three decimals.
other-dimension = The unit price must be for the same kind of measure as the content.
reference-too-large = The unit price must be for at most 1,000,000,000 times the content.
invalid-rate = This percentage is not valid here. Please write it in digits, with at most two decimals, such as 7.5, and within the limits of the field.
invalid-rounding = Prices cannot be rounded so: the step must be above zero, what they end in below the step and not below zero, and both amounts of the currency.
tiers-overlap = This number must be higher than that of the tier before.
tier-not-lower = This price must be lower than that of the tier before.
tier-takes-less = This tier takes off less than the tier before, although more is bought.
compare-at-not-higher = The former price must be higher than the price.
invalid-code = A code has letters, digits and hyphens only.
invalid-percent = Enter a percentage above 0 and up to 100, with at most two decimals.
invalid-time = Enter a time of day such as 22:00.
currency-required = Choose the currency of this amount.
exactly-one-required = Fill in exactly one of these fields.
never-applies = This can never take effect.
not-allowed-here = This cannot be combined with the rest.
end-before-start = The end must be after the beginning.
in-the-past = This must not be in the past.
in-the-future = This must not be in the future.
invalid-channel = There is no such channel.
invalid-amount = This amount is not valid here. Please write a number in digits, not below zero unless it is a change, with no more decimal places than the currency has, such as 11.50 in Saudi riyals.
amount-not-positive = This amount must be above zero.
amount-too-high = This amount is too high. The limit is { $max }.
invalid-url = This link is not valid. Please write it in full, beginning with { "\u2066https://\u2069" }
invalid-card = This card number is not valid. Please check it.
duplicate = This appears more than once. Please give it once.

# Before what is wrong with one of many things, its SKU.
error-of-sku = { $sku }: { $error }

## Repeated and simultaneous requests

conflict = This has changed since you saw it. Please refresh and try again.
idempotency-key-reused = This idempotencyKey was already used with different input. Please send a new key.

## Cart and checkout

variant-available = This product is available now: you do not need to wait for it.
variant-not-sold-here = This product is not sold in this shop.
out-of-stock =
    { $available ->
        [0] This product is out of stock.
        [one] Only one of this product is left.
       *[other] Only { $available } of this product are left.
    }
cart-empty = Your cart is empty. Please add at least one product.
checkout-failed = Something went wrong on our side and your order could not be placed. Your cart is as it was: please try again.
draft-not-open = This draft has become an order or was deleted, and can no longer be changed.
cart-completed = This cart has been checked out and can no longer be changed. Please start a new one.
cart-too-many-lines =
    { $max ->
        [one] A cart can hold only one product.
       *[other] A cart can hold at most { $max } different products.
    }
contact-required = Please enter an email address or a phone number, so that we can contact you about your order.
address-required = Please enter a delivery address.
delivery-method-required = Please choose a delivery method.
delivery-method-unavailable = This delivery method is not available for this order. Please choose another one.
payment-method-required = Please choose a payment method.
payment-method-unavailable = This payment method is not available for this order. Please choose another one.
total-changed = The order total is now { $total }. Please review it and confirm your purchase.
due-changed = The amount left to pay is now { $due }. Please review it and confirm your purchase.

## Orders and payments

order-transition-not-allowed = “{ $action }” is not possible because the order is “{ $state }”.
order-on-hold = The order is on hold: { $kinds }. Please release its holds first.
order-hold-exists = The order is already on hold for this reason: { $kind }.
order-hold-released = This hold has been released already.
order-hold-too-late = The order can no longer be put on hold because it is “{ $state }”.
order-edit-changes-nothing = The order already is what these changes would make of it.
order-edit-leaves-nothing = Nothing would be left of the order. Cancel it instead.
order-edit-unpaid = { $difference } more is to be paid. Please choose how.
order-address-fixed = The address cannot be changed any more because the order is “{ $state }”.
order-address-country-changed = The address must be in the same country. For another country, place a new order.
order-units-exceeded =
    { $max ->
        [0] Nothing of this line is left.
        [one] Only one unit of this line is left.
       *[other] Only { $max } units of this line are left.
    }
order-nothing-to-ship = Nothing of this order is left to ship from this place.
shipment-not-allowed = This is not possible because the shipment is “{ $state }”.
return-not-delivered = Only a delivered order can be returned, and this one is “{ $state }”.
return-too-late =
    { $days ->
        [0] Orders of this shop cannot be returned.
        [one] The time to return this order has ended: it could be returned for one day after delivery.
       *[other] The time to return this order has ended: it could be returned for { $days } days after delivery.
    }
return-units-exceeded =
    { $max ->
        [0] No units of this line can be returned any more.
        [one] Only one unit of this line can be returned.
       *[other] Only { $max } units of this line can be returned.
    }
return-units-undecided =
    { $expected ->
        [0] No units of this line came back.
        [one] One unit of this line came back. Please decide what becomes of it.
       *[other] { $expected } units of this line came back. Please decide what becomes of each of them.
    }
return-not-allowed = This is not possible because the return is “{ $state }”.
payment-being-captured = The payment is being collected right now. Please try again shortly.
payment-declined = The payment did not go through. { $reason }. You can try again or choose another payment method.
payment-not-payable = This payment can no longer be made: it has been paid or cancelled, or its time has run out.
refund-exceeds-captured = This is more than was paid. At most { $max } can be refunded.
nothing-to-refund = There is nothing left to refund.

## Stock

stock-reserved =
    { $reserved ->
        [one] One unit here is promised to a customer’s order, so it has to stay.
       *[other] { $reserved } units here are promised to customers’ orders, so they have to stay.
    }
stock-insufficient =
    { $available ->
        [0] There are no units here to take.
        [one] There is only one unit here to take.
       *[other] There are only { $available } units here to take.
    }
supply-closed = This supply has already been received or cancelled.
supply-received =
    { $received ->
        [one] One unit of this supply has already arrived; the quantity must be more than that.
       *[other] { $received } units of this supply have already arrived; the quantity must be more than that.
    }
order-backordered =
    { $quantity ->
        [one] One unit of this line has not arrived yet.
       *[other] { $quantity } units of this line have not arrived yet.
    }
transfer-closed = This transfer has already been received or cancelled.
count-closed = This count has already been closed. Please open a new one.
location-code-taken = Another location already has this code. Please choose a different one.
zone-code-taken = Another zone already has this code. Please choose a different one.
customer-group-code-taken = Another customer group already has this code. Please choose a different one.
organisation-code-taken = Another company already has this code. Please choose a different one.
organisation-unit-code-taken = Another unit of the company already has this code. Please choose a different one.
organisation-unit-in-use = This unit is not empty: there are units below it or people in it.
organisation-unit-loop = This unit would be below itself.
organisation-unit-too-deep = A unit cannot be below more than { $max } others, one below another.
organisation-units-too-many = A company cannot have more than { $max } units.
price-list-code-taken = Another price list already has this code. Please choose a different one.
price-list-assigned-already = This price list is already assigned in exactly this way.
tax-class-code-taken = Another tax class already has this code. Please choose a different one.
tax-exemption-granted-already = This tax exemption has already been granted, for all of this time.
invalid-tax-reason = This is not a tax reason code that can be used here.
price-list-currency = These are of two currencies.
price-list-loop = This price list would follow itself.
price-list-too-deep = A price list cannot follow more than { $max } others, one after another.
price-negative = The price would be less than nothing.
price-below-floor = The price must not be below { $floor }.
price-too-high = The price would be too high.
price-not-found = This variant has no such price in the list.
promotion-code-taken = Another promotion already has this code. Please choose a different one.
promotion-currency = This channel sells in another currency.
promotion-currency-fixed = This promotion has a budget or has already taken something off, so its currency stays.
promotion-needs-no-coupon = This promotion does not use coupons.
promotion-used-up = A discount in your cart has just been used up. Please check the new total.
coupon-code-taken = Another coupon already has this code. Please choose a different one.
coupon-not-found = We do not know this coupon. Please check the code.
coupon-expired = This coupon is no longer valid.
coupon-used-up = This coupon has already been used up.
gift-card-not-found = We do not know this gift card. Please check the code.
gift-card-currency-mismatch = This gift card is in another currency.
gift-card-blocked = This gift card cannot be used at the moment. Please contact us.
gift-card-expired = This gift card has expired.
gift-card-empty = Nothing is left on this gift card.
too-many-gift-cards = A cart can be paid with at most { $max } gift cards.
gift-card-code-taken = Another gift card already has this code. Please choose a different one.
balance-too-low = The balance is too low. Please check what is left of it.
organisation-suspended = This company is suspended: nobody can buy for it at the moment.
not-a-member = This customer does not buy for this company.
customer-required = Only customers have store credit: guests and companies have none.
too-many-coupons = A cart can have at most { $max } coupons.
tax-unavailable = The tax for this order could not be worked out just now. Please try again in a moment.
split-not-allowed = We cannot send all of these items from one location, and this shop does not split orders. Please order fewer items at once.

## Sign-in and permissions

bad-credentials = The email address or password is not correct.
account-exists = An account with this email address already exists. Please sign in.
session-ended = Your session has ended. Please sign in again.
unauthenticated = Please sign in first.
forbidden = You do not have permission to do this.
token-expired = The access token has expired. Please renew it or sign in again.
token-invalid = The access token is not valid. Please sign in again.
tenant-unknown = There is no shop at this address.
channel-unknown = There is no sales channel of this name.

## The API

organisation-unknown = You cannot buy for this company.
invalid-json = The data sent is not valid JSON.
malformed-query = The GraphQL query could not be understood. Please check its syntax.
body-too-large = The data sent is larger than allowed. The limit in bytes is { $max }.
method-not-allowed = This HTTP method is not accepted here. Please use GET or POST.
mutation-over-get = Mutations are not run over GET. Please use POST.
query-too-deep =
    { $max ->
        [one] The query is nested more deeply than the limit of one level.
       *[other] The query is nested more deeply than the limit of { $max } levels.
    }
query-too-complex = The query costs more than the limit of { $max }. Please ask for fewer fields or items.
query-too-many-aliases = The query has more than { $max } aliases. Please split it.
overloaded = We are very busy right now. Please try again in a moment.
timed-out = This took longer than allowed. Please try again.
internal = Something went wrong on our side. Please try again shortly; if it happens again, contact us and mention the reference { $trace }.
page-too-large =
    { $max ->
        [one] You can ask for only one item per page.
       *[other] You can ask for at most { $max } items per page.
    }
invalid-parameter = The parameter { $name } is not known here, or its value is not valid.
invalid-cursor = This page cursor is not valid. Please start from the first page.

## Events and webhooks

invalid-event-type = This is not the name of an event. Write it like order.placed, or order.* for all events of a kind.
invalid-endpoint = Nothing can be sent to this URL. Please write it in full, starting with https:// and without a user name.
address-refused = Nothing may be sent to this address.
invalid-payload-query = This query cannot shape what is sent: { $detail }
delivery-pending = This delivery is already waiting to be sent.
events-trimmed = Events after this cursor have been removed because of their age. Please start again without a cursor.
subscription-limit-reached =
    { $max ->
        [one] Only one subscription can be open at a time.
       *[other] At most { $max } subscriptions can be open at a time.
    }
subscription-lagged = You fell behind and missed some updates. Please read the data again, and then subscribe again.
