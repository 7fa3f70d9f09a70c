# The names of things as shoppers and staff see them.
# Numbers: $count, $available, $quantity. Finished text: $was, $now, $amount, $carrier, $tracking.

## States of an order

order-state-awaiting-payment = Awaiting payment
order-state-placed = Placed
order-state-confirmed = Confirmed
order-state-allocated = Being prepared
order-state-partly-shipped = Partly shipped
order-state-shipped = Shipped
order-state-delivered = Delivered
order-state-refused = Refused by the customer
order-state-cancelled = Cancelled
order-state-refunded = Refunded

## What is done with an order

order-action-pay = Pay
order-action-confirm = Confirm order
order-action-allocate = Reserve items
order-action-ship = Ship
order-action-ship-part = Ship in part
order-action-deliver = Deliver
order-action-refuse = Refuse
order-action-cancel = Cancel order
order-action-cancel-part = Cancel in part
order-action-cancel-rest = Cancel what is left
order-action-edit = Edit order
order-action-exchange = Exchange
order-action-expire = End the time to pay
order-action-refund = Refund
order-action-refund-part = Refund in part

## The history of an order

timeline-placed = Order placed
timeline-paid = Payment received
timeline-confirmed = Order confirmed
timeline-allocated = Order being prepared
timeline-shipped = Shipped with { $carrier }, tracking number { $tracking }
timeline-delivered = Delivered
timeline-refused = The customer did not accept the order
timeline-shipment-delivered = A shipment was delivered
timeline-delivery-failed = Delivery attempt failed: { $reason }
timeline-shipment-refused = The customer did not accept a shipment
timeline-shipment-returned = A shipment came back to the shop
timeline-cancelled = Order cancelled
timeline-lines-cancelled = Cancelled in part: { $amount } less
timeline-edited = Order changed
timeline-exchanged = Returned items exchanged
timeline-expired = The time to pay ran out and the order was cancelled
timeline-held = Order on hold for review
timeline-hold-released = Review completed
timeline-refunded = Refunded in full
timeline-refunded-part = { $amount } refunded
timeline-return-requested = Return requested
timeline-return-approved = Return approved
timeline-return-rejected = Return declined
timeline-return-received = The returned items arrived
timeline-return-inspected = The returned items were inspected
timeline-payment-authorised = Payment authorised
timeline-payment-declined = Payment declined
timeline-payment-captured = Payment collected
timeline-payment-voided = Payment cancelled without a charge

## Shipments

shipment-state-in-transit = On the way
shipment-state-delivered = Delivered
shipment-state-refused = Refused, on its way back
shipment-state-returned = Returned

delivery-fail-not-home = nobody was there
delivery-fail-wrong-address = the address is wrong
delivery-fail-unreachable = the customer could not be reached
delivery-fail-other = another reason

## Returns

return-state-requested = Requested
return-state-approved = Approved
return-state-rejected = Rejected
return-state-received = Received
return-state-inspected = Inspected
return-state-refunded = Refunded
return-state-exchanged = Exchanged

return-reason-damaged = Damaged
return-reason-wrong-item = Not what was ordered
return-reason-not-as-described = Not as described
return-reason-size-or-fit = Does not fit
return-reason-changed-mind = Changed my mind
return-reason-other = Another reason

## Why an order is on hold

order-hold-fraud = Suspected fraud
order-hold-credit = Credit check
order-hold-stock = Stock check
order-hold-address = Address check
order-hold-payment = Payment outstanding

## Who has the order

holder-customer = Customer
holder-shop = Shop
holder-warehouse = Warehouse
holder-carrier = Carrier

## How much of an order left, and what became of its money

fulfilment-unfulfilled = Not shipped
fulfilment-partially-fulfilled = Partly shipped
fulfilment-fulfilled = Shipped

## Payment

payment-method-cash-on-delivery = Cash on delivery
payment-method-bank-transfer = Bank transfer
payment-method-card = Card

payment-status-pending = Awaiting payment
payment-status-requires-action = Awaiting the customer’s confirmation
payment-status-authorised = Authorised
payment-status-captured = Paid
payment-status-part-refunded = Partly refunded
payment-status-refunded = Refunded
payment-status-declined = Declined
payment-status-voided = Cancelled

# Reasons are sentences without a full stop, because they are put into payment-declined.
# A lost card is declined in general words: who holds it may not be who owns it.
decline-insufficient-funds = There is not enough money available
decline-expired-card = The card has expired
decline-do-not-honour = The bank that issued the card did not approve it
decline-lost-card = The bank that issued the card did not approve it
decline-authentication-failed = The cardholder’s identity could not be confirmed
decline-gateway-unavailable = The payment service is not available right now

## Warnings about a cart

warning-price-changed = The price has changed from { $was } to { $now }.
warning-not-reserved =
    { $reserved ->
        [0] This product is no longer reserved for you.
        [one] Only one of this product is still reserved for you.
       *[other] Only { $reserved } of this product are still reserved for you.
    }
warning-short-of-stock =
    { $available ->
        [0] This product is out of stock.
        [one] Only one is left of this product.
       *[other] Only { $available } are left of this product.
    }
warning-backordered =
    { $quantity ->
        [one] One of this product is not in stock and is expected on { $date }.
       *[other] { $quantity } of this product are not in stock and are expected on { $date }.
    }
warning-backordered-undated =
    { $quantity ->
        [one] One of this product is not in stock and will follow later.
       *[other] { $quantity } of this product are not in stock and will follow later.
    }
warning-preordered =
    { $quantity ->
        [one] One of this product is on pre-order and is expected on { $date }.
       *[other] { $quantity } of this product are on pre-order and are expected on { $date }.
    }
warning-preordered-undated =
    { $quantity ->
        [one] One of this product is on pre-order and will follow later.
       *[other] { $quantity } of this product are on pre-order and will follow later.
    }
warning-coupon-not-found = We do not know the coupon { $code } any more.
warning-coupon-expired = The coupon { $code } is no longer valid.
warning-coupon-used-up = The coupon { $code } has already been used up.
warning-tax-estimated = The tax shown is an estimate and may change.
warning-price-below-cost = The price of { $sku } is below what it costs the shop: { $cost }.
warning-prices-below-floor =
    { $count ->
        [one] One price in the price lists is below its floor price.
       *[other] { $count } prices in the price lists are below their floor prices.
    }
warning-prices-below-cost =
    { $count ->
        [one] One price in the price lists is below what the item costs the shop.
       *[other] { $count } prices in the price lists are below what the items cost the shop.
    }
warning-rule-below-floor =
    { $count ->
        [one] The rule takes one price below its floor price, and it is raised to that.
       *[other] The rule takes { $count } prices below their floor prices, and they are raised to these.
    }
warning-rule-below-cost =
    { $count ->
        [one] The rule takes one price below what the item costs the shop.
       *[other] The rule takes { $count } prices below what the items cost the shop.
    }
warning-variant-unavailable = This product is no longer available.

## Warnings about a promotion

promotion-warning-over = This promotion has ended: it never applies.
promotion-warning-no-hours = None of the hours that this promotion asks for are within its time: it never applies.
promotion-warning-nothing-left = This promotion never applies: what it needs is not there any more, or is empty ({ $things }).
promotion-warning-used-up = This promotion has been used as often as it may be.
promotion-warning-budget-spent = Nothing is left of the budget of this promotion.
promotion-warning-needs-coupon = This promotion needs a coupon, and there is none: issue some.
promotion-warning-below-cost =
    { $count ->
        [one] This promotion takes one price below what the item costs the shop.
       *[other] This promotion takes { $count } prices below what the items cost the shop.
    }
promotion-warning-below-floor =
    { $count ->
        [one] This promotion would take one price below its floor price: it takes less off that.
       *[other] This promotion would take { $count } prices below their floor prices: it takes less off these.
    }
promotion-warning-more-overlaps =
    { $count ->
        [one] One more promotion overlaps with this one.
       *[other] { $count } more promotions overlap with this one.
    }
promotion-warning-not-all-looked-at = So many promotions run at this time that not all were looked at: more may overlap.
promotion-overlap-stack = Overlaps with “{ $promotion }”. Where both fit, both take something off, one of what the other leaves.
promotion-overlap-other-pieces = Overlaps with “{ $promotion }”. Where both fit, each makes its sets of pieces that the other leaves.
promotion-overlap-stack-before = Overlaps with “{ $promotion }”. Where both fit, both take something off: this one first, and “{ $promotion }” of what is left.
promotion-overlap-stack-after = Overlaps with “{ $promotion }”. Where both fit, both take something off: “{ $promotion }” first, and this one of what is left.
promotion-overlap-other-pieces-before = Overlaps with “{ $promotion }”. Where both fit, this one takes its pieces first, and “{ $promotion }” makes its sets of others.
promotion-overlap-other-pieces-after = Overlaps with “{ $promotion }”. Where both fit, “{ $promotion }” takes its pieces first, and this one makes its sets of others.
promotion-overlap-exclusive = Overlaps with “{ $promotion }”. They cannot be combined: what takes off most applies.
promotion-overlap-best-of-group = Overlaps with “{ $promotion }” of the same group: the one that takes off more applies.
promotion-overlap-best-price = Overlaps with “{ $promotion }”: the better price of the two applies.

## States of a transfer

supply-state-expected = Expected
supply-state-received = Received
supply-state-cancelled = Cancelled
transfer-state-in-transit = In transit
transfer-state-received = Received
transfer-state-cancelled = Cancelled

## Why stock moved

stock-cause-receipt = Received
stock-cause-adjustment = Adjusted
stock-cause-count = Counted
stock-cause-reservation = Promised to an order
stock-cause-release = Released
stock-cause-allocation = Set aside
stock-cause-shipment = Shipped
stock-cause-return = Returned
stock-cause-quarantine = Quarantined
stock-cause-restock = Restocked
stock-cause-write-off = Written off
stock-cause-transfer-out = Transferred out
stock-cause-transfer-in = Transferred in

## Permissions

permission-order-read = View orders
permission-order-manage = Manage orders
permission-price-override = Agree on other prices
permission-price-read = View price lists
permission-price-manage = Manage price lists
permission-cost-read = View costs and floor prices
permission-cost-manage = Manage costs and floor prices
permission-promotion-read = View promotions
permission-promotion-manage = Manage promotions and coupons
permission-tax-read = View taxes
permission-tax-manage = Manage taxes and exemptions
permission-order-fulfil = Prepare and ship orders
permission-payment-manage = Manage payments
permission-credit-read = View gift cards and store credit
permission-credit-manage = Manage gift cards and store credit
permission-stock-read = View stock
permission-stock-manage = Manage stock
permission-customer-read = View customer details
permission-customer-manage = Manage customer groups
permission-audit-read = View the audit log
permission-event-read = Read the feed of events
permission-webhook-manage = Manage webhooks

## Cart

cart-items =
    { $count ->
        [0] No items in the cart
        [one] One item in the cart
       *[other] { $count } items in the cart
    }

## The page on which the simulated gateway asks for confirmation

challenge-title = Confirm your payment
challenge-approve = Confirm
challenge-decline = Decline

## Why an order's line ships from a location

sourcing-reason-only-place = It is the only location that had enough
sourcing-reason-priority = The channel prefers this location
sourcing-reason-nearest-zone = It is the nearest location to the customer
sourcing-reason-most-stock = It had the most stock of the ordered items
sourcing-reason-fewest-parcels = It keeps the number of parcels lowest
sourcing-reason-lowest-cost = Shipping from it costs the least
sourcing-reason-split = No single location had the whole quantity
sourcing-refused = { $location } could not supply the items. { $reason }
sourcing-refused-because = { $location } could not supply the items ({ $refusal }). { $reason }

## How a price came about

pricing-chosen-contract = The price list “{ $list }” applies: it was agreed on with { $organisation }.
pricing-chosen-contract-unit = The price list “{ $list }” applies: it was agreed on with { $unit } of { $organisation }.
pricing-chosen-group = The price list “{ $list }” applies: it is that of your customer group.
pricing-chosen-channel = The price list “{ $list }” applies in this channel.
pricing-chosen-base = The base price list “{ $list }” of the channel applies.
pricing-passed-not-yet = The price list “{ $list }” does not apply yet.
pricing-passed-over = The price list “{ $list }” does not apply any more.
pricing-passed-country = The price list “{ $list }” applies to other countries.
pricing-passed-currency = The price list “{ $list }” is in another currency.
pricing-passed-no-price = The price list “{ $list }” has no price for this.
pricing-fixed = Price in “{ $list }”: { $amount }
pricing-fixed-tier = Price in “{ $list }” from { $quantity } on: { $amount }
pricing-derived = “{ $list }”: { $percent } % on { $from } makes { $to }
pricing-derived-rounded-up = “{ $list }”: { $percent } % on { $from } makes { $exact }, rounded up to { $to }
pricing-derived-rounded-down = “{ $list }”: { $percent } % on { $from } makes { $exact }, rounded down to { $to }
pricing-raised = Raised from { $from } to the lowest price it is sold at: { $to }
pricing-agreed = Price agreed on: { $amount }
pricing-untaxed = { $from } without the { $percent } % tax in it: { $to }

## What promotions did to a price

discount-named = “{ $promotion }”
discount-named-with-terms = “{ $promotion }” ({ $terms })
discount-terms-percent = { $percent } % off
discount-terms-amount = { $amount } off
discount-terms-amount-each = { $amount } off each
discount-terms-price = for { $amount }
discount-terms-price-each = { $amount } each
discount-terms-free = free
discount-terms-buy-get = buy { $buy }, get { $get }: { $off }
discount-terms-bundle = { $pieces } together: { $off }
discount-terms-gift = a gift
discount-terms-from = { $off } from { $amount } on
discount-terms-delivery = delivery: { $off }
discount-terms-fee = fee: { $off }
discount-applied = { $what }: { $amount } off
discount-applied-capped = { $what }: { $amount } off; the discounts have reached the most that can be taken off
discount-applied-at-floor = { $what }: { $amount } off; a price has reached the lowest it is sold at
discount-applied-max-discount = { $what }: { $amount } off, the most that it takes off an order
discount-applied-budget = { $what }: { $amount } off, all that is left of it
discount-not-yet = “{ $promotion }” has not started yet.
discount-over = “{ $promotion }” has ended.
discount-used-up = “{ $promotion }” has been used up.
discount-used-up-by-customer = You have already used “{ $promotion }”.
discount-used-up-by-organisation = “{ $promotion }” has already been used for your company.
discount-sign-in = “{ $promotion }” is for customers who are signed in.
discount-budget-spent = “{ $promotion }” has been used up.
discount-nothing-to-take = “{ $promotion }” does not cover anything here.
discount-cheap-already = “{ $promotion }” makes nothing here cheaper than it is.
discount-gift-not-in-cart = You have earned “{ $promotion }”: add the gift to the cart.
discount-no-delivery = Choose a way of delivery to get “{ $promotion }”.
discount-better-in-group = “{ $by }” takes off more than “{ $promotion }”.
discount-equal-in-group = “{ $by }” takes off as much as “{ $promotion }”, and comes first.
discount-exclusive = “{ $by }” takes off more, and cannot be combined with “{ $promotion }”.
discount-exclusive-equal = “{ $by }” takes off as much and comes first, and cannot be combined with “{ $promotion }”.
discount-better-together = “{ $promotion }” cannot be combined with others, and these take off more.
discount-equal-together = “{ $promotion }” cannot be combined with others, and these take off as much.
discount-capped = The discounts have reached the most that can be taken off; “{ $promotion }” adds nothing.
discount-at-floor = The prices are already the lowest the items are sold at; “{ $promotion }” adds nothing.
discount-missing-amount = Buy for { $amount } more of what counts towards “{ $promotion }” to get it.
discount-missing-quantity =
    { $quantity ->
        [one] Buy one more of what counts towards “{ $promotion }” to get it.
       *[other] Buy { $quantity } more of what counts towards “{ $promotion }” to get it.
    }
discount-missing-several = Several more items, or items for more, are needed together to get “{ $promotion }”.
discount-other-customers = “{ $promotion }” is for other customers.
discount-no-payment = Choose a way to pay: “{ $promotion }” depends on it.
discount-other-payment = “{ $promotion }” is for other ways to pay.
discount-other-country = “{ $promotion }” is for other countries.
discount-other-hours = “{ $promotion }” runs at other hours.
discount-excluded = “{ $promotion }” does not apply to this cart.

## How what is paid came about

sum-units = { $quantity } × { $unit }: { $amount }
sum-lines = The lines: { $amount }
sum-discount = Discounts: { $amount } off
sum-delivery = Delivery: { $amount }
sum-delivery-discount = Delivery: { $amount } off
sum-payment-fee = Fee of the way to pay: { $amount }
sum-tax-in-line = { $taxation }: { $amount } of it is tax, rounded half up
sum-tax-on-line = { $taxation }: { $amount } of tax on top, rounded half up
sum-untaxed = There is no tax in it.
sum-tax-none = Tax: { $taxation }
sum-tax-in = { $amount } of it is tax: that of each line, of the delivery and of the fee, each rounded half up by itself
sum-tax-on = { $amount } of tax on top: that of each line, of the delivery and of the fee, each rounded half up by itself

## How something is taxed

tax-standard = Taxed at { $percent } %
tax-zero-rated = Zero-rated ({ $reason })
tax-exempt = Exempt from tax ({ $reason })
tax-out-of-scope = Out of the scope of tax ({ $reason })
tax-none = Not taxed
tax-reverse-charge = Reverse charge: the buyer owes the tax
tender-gift-card = Gift card
tender-store-credit = Store credit
tender-nothing = Nothing to pay
