//! The invariants, as questions to a live database: each finds the records that break it.

use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::{Fault, Read};

/// One invariant.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// What must hold.
    pub claim: &'static str,
    /// What the ids found are ids of.
    pub kind: &'static str,
    /// Selects the `id` of each record that breaks it; `$1` is the tenant.
    sql: &'static str,
}

/// A record that breaks an invariant.
#[derive(Clone, Debug)]
pub struct Breach {
    /// What should hold.
    pub claim: &'static str,
    /// What the id is an id of.
    pub kind: &'static str,
    /// The record.
    pub id: Uuid,
}

/// How many breaches of one invariant are shown.
const SHOWN: usize = 100;

const fn check(claim: &'static str, kind: &'static str, sql: &'static str) -> Check {
    Check { claim, kind, sql }
}

/// Every invariant that can be asked of a database.
pub const CHECKS: &[Check] = &[
    check(
        "stock levels are within bounds: 0 <= reserved <= on hand",
        "variant",
        "SELECT variant_id AS id FROM stock_level WHERE tenant_id = $1 \
         AND (reserved < 0 OR reserved > on_hand OR quarantined < 0)",
    ),
    check(
        "each stock level equals the sum of its movements",
        "variant",
        "SELECT l.variant_id AS id FROM stock_level l LEFT JOIN movement m ON m.tenant_id = l.tenant_id \
         AND m.variant_id = l.variant_id AND m.location_id = l.location_id WHERE l.tenant_id = $1 \
         GROUP BY l.variant_id, l.location_id, l.on_hand, l.reserved, l.quarantined \
         HAVING l.on_hand <> COALESCE(SUM(m.on_hand_delta), 0) OR l.reserved <> COALESCE(SUM(m.reserved_delta), 0) \
         OR l.quarantined <> COALESCE(SUM(m.quarantined_delta), 0)",
    ),
    check(
        "what is reserved at a level is what living reservations and carts hold",
        "variant",
        "SELECT l.variant_id AS id FROM stock_level l LEFT JOIN reservation r ON r.tenant_id = l.tenant_id \
         AND r.variant_id = l.variant_id AND r.location_id = l.location_id AND r.state IN ('HELD', 'CONFIRMED') \
         WHERE l.tenant_id = $1 GROUP BY l.tenant_id, l.variant_id, l.location_id, l.reserved \
         HAVING l.reserved <> COALESCE(SUM(r.quantity), 0) + COALESCE((SELECT SUM(h.quantity) FROM cart_hold h \
         WHERE h.tenant_id = l.tenant_id AND h.variant_id = l.variant_id AND h.location_id = l.location_id \
         AND h.state = 'HELD'), 0)",
    ),
    check(
        "only an open cart holds stock, and no more of a variant than is in it",
        "cart",
        "SELECT h.cart_id AS id FROM cart_hold h LEFT JOIN cart c ON c.tenant_id = h.tenant_id AND c.id = h.cart_id \
         WHERE h.tenant_id = $1 AND h.state = 'HELD' GROUP BY h.tenant_id, h.cart_id, h.variant_id, c.state \
         HAVING c.state IS NULL OR c.state <> 'OPEN' OR SUM(h.quantity) > COALESCE((SELECT SUM(l.quantity) \
         FROM cart_line l WHERE l.tenant_id = h.tenant_id AND l.cart_id = h.cart_id \
         AND l.variant_id = h.variant_id), 0)",
    ),
    check(
        "what left by a transfer came in, went back, was lost or is under way",
        "transfer",
        "SELECT l.transfer_id AS id FROM transfer_line l JOIN transfer t ON t.tenant_id = l.tenant_id \
         AND t.id = l.transfer_id LEFT JOIN movement m ON m.tenant_id = l.tenant_id AND m.reference_id = l.transfer_id \
         AND m.variant_id = l.variant_id WHERE l.tenant_id = $1 \
         GROUP BY l.transfer_id, l.variant_id, l.shipped, l.received, l.returned, l.lost, t.state \
         HAVING l.shipped <> COALESCE(SUM(CASE WHEN m.cause = 'TRANSFER_OUT' THEN -m.on_hand_delta END), 0) \
         OR l.received + l.returned <> COALESCE(SUM(CASE WHEN m.cause = 'TRANSFER_IN' THEN m.on_hand_delta END), 0) \
         OR l.received + l.returned + l.lost > l.shipped \
         OR (t.state <> 'IN_TRANSIT' AND l.received + l.returned + l.lost <> l.shipped)",
    ),
    check(
        "every line of an order has reservations for all of its units, or waits for them",
        "order",
        "SELECT l.order_id AS id FROM order_line l LEFT JOIN reservation r ON r.tenant_id = l.tenant_id \
         AND r.order_line_id = l.id AND r.state <> 'MOVED' WHERE l.tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM order_import i \
         WHERE i.tenant_id = l.tenant_id AND i.order_id = l.order_id) \
         GROUP BY l.tenant_id, l.order_id, l.id, l.quantity \
         HAVING l.quantity <> COALESCE(SUM(r.quantity), 0) + COALESCE((SELECT SUM(b.quantity - b.served) \
         FROM backorder b WHERE b.tenant_id = l.tenant_id AND b.order_line_id = l.id), 0)",
    ),
    check(
        "units that are counted as waited for are what open back-orders wait for",
        "variant",
        "SELECT s.variant_id AS id FROM variant_selling s LEFT JOIN backorder b ON b.tenant_id = s.tenant_id \
         AND b.variant_id = s.variant_id AND b.state = 'OPEN' WHERE s.tenant_id = $1 \
         GROUP BY s.variant_id, s.promised HAVING s.promised <> COALESCE(SUM(b.quantity - b.served), 0)",
    ),
    // A limit that is lowered, and goods that do not come after all, leave what was promised before: so each promise says
    // how many units might wait when it was made.
    check(
        "no back-order was promised beyond the limit of its time, and it is open until all of it came",
        "order",
        "SELECT order_id AS id FROM backorder WHERE tenant_id = $1 AND (n_promised > bound OR n_promised < quantity \
         OR (state = 'SERVED') <> (served = quantity))",
    ),
    check(
        "nobody waits for what is free at a place they are sold from",
        "order",
        "SELECT b.order_id AS id FROM backorder b JOIN channel_location c ON c.tenant_id = b.tenant_id \
         AND c.channel_id = b.channel_id JOIN location p ON p.tenant_id = c.tenant_id AND p.id = c.location_id \
         AND p.is_active JOIN stock_level l ON l.tenant_id = b.tenant_id AND l.variant_id = b.variant_id \
         AND l.location_id = c.location_id WHERE b.tenant_id = $1 AND b.state = 'OPEN' \
         AND l.on_hand - l.reserved - l.safety - c.buffer - COALESCE((SELECT SUM(CASE WHEN a.quantity > x.n \
         THEN a.quantity - x.n ELSE 0 END) FROM stock_allocation a JOIN (SELECT y.tenant_id, y.variant_id, y.location_id, \
         y.channel_id, COALESCE((SELECT SUM(r.quantity) FROM reservation r WHERE r.tenant_id = y.tenant_id \
         AND r.variant_id = y.variant_id AND r.location_id = y.location_id AND r.channel_id = y.channel_id \
         AND r.state IN ('HELD', 'CONFIRMED')), 0) + COALESCE((SELECT SUM(h.quantity) FROM cart_hold h \
         WHERE h.tenant_id = y.tenant_id AND h.variant_id = y.variant_id AND h.location_id = y.location_id \
         AND h.channel_id = y.channel_id AND h.state = 'HELD'), 0) AS n FROM stock_allocation y) x \
         ON x.tenant_id = a.tenant_id AND x.variant_id = a.variant_id AND x.location_id = a.location_id \
         AND x.channel_id = a.channel_id WHERE a.tenant_id = l.tenant_id AND a.variant_id = l.variant_id \
         AND a.location_id = l.location_id AND a.channel_id <> b.channel_id), 0) > 0",
    ),
    check(
        "an order that waits is one that goes on, and for its payment if that is open",
        "order",
        "SELECT b.order_id AS id FROM backorder b LEFT JOIN order_status s ON s.tenant_id = b.tenant_id \
         AND s.order_id = b.order_id WHERE b.tenant_id = $1 AND ((b.state = 'OPEN' AND (s.state IS NULL \
         OR s.state NOT IN ('AWAITING_PAYMENT', 'PLACED', 'CONFIRMED', 'ALLOCATED', 'PARTLY_SHIPPED') \
         OR (s.state = 'AWAITING_PAYMENT') <> (b.expires_at IS NOT NULL))) \
         OR (b.state = 'RELEASED' AND s.state <> 'CANCELLED' AND NOT EXISTS (SELECT 1 FROM order_cancellation_line c \
         WHERE c.tenant_id = b.tenant_id AND c.order_line_id = b.order_line_id)))",
    ),
    check(
        "what came of a supply is what was received of it",
        "supply",
        "SELECT s.id AS id FROM inbound_supply s LEFT JOIN movement m ON m.tenant_id = s.tenant_id \
         AND m.reference_id = s.id AND m.cause = 'RECEIPT' WHERE s.tenant_id = $1 \
         GROUP BY s.id, s.received, s.quantity, s.state HAVING s.received <> COALESCE(SUM(m.on_hand_delta), 0) \
         OR (s.state = 'EXPECTED' AND s.received >= s.quantity)",
    ),
    check(
        "a reservation is held, confirmed, released or shipped as its order's state says",
        "reservation",
        "SELECT r.id AS id FROM reservation r JOIN order_status s ON s.tenant_id = r.tenant_id \
         AND s.order_id = r.order_id WHERE r.tenant_id = $1 AND r.state <> 'MOVED' AND NOT (r.state = 'RELEASED' AND EXISTS (SELECT 1 \
         FROM order_cancellation_line c WHERE c.tenant_id = r.tenant_id AND c.order_line_id = r.order_line_id)) \
         AND r.state <> CASE \
         WHEN s.state = 'AWAITING_PAYMENT' THEN 'HELD' WHEN s.state = 'CANCELLED' THEN 'RELEASED' \
         WHEN s.state IN ('SHIPPED', 'DELIVERED', 'REFUSED', 'REFUNDED') THEN 'SHIPPED' \
         WHEN s.state = 'PARTLY_SHIPPED' AND r.state = 'SHIPPED' THEN 'SHIPPED' ELSE 'CONFIRMED' END",
    ),
    check(
        "an imported order has no stock of ours, and its lines come to its total",
        "order",
        "SELECT i.order_id AS id FROM order_import i LEFT JOIN \"order\" o ON o.tenant_id = i.tenant_id \
         AND o.id = i.order_id WHERE i.tenant_id = $1 AND (o.id IS NULL OR EXISTS (SELECT 1 FROM reservation r \
         WHERE r.tenant_id = i.tenant_id AND r.order_id = i.order_id) OR EXISTS (SELECT 1 FROM backorder b \
         WHERE b.tenant_id = i.tenant_id AND b.order_id = i.order_id) OR o.total_minor - o.delivery_minor \
         + o.delivery_discount_minor - o.fee_minor <> COALESCE((SELECT SUM(l.total_minor) FROM order_line l \
         WHERE l.tenant_id = i.tenant_id AND l.order_id = i.order_id), 0))",
    ),
    check(
        "what of each line has left is what its shipments hold",
        "order",
        "SELECT l.order_id AS id FROM order_line l WHERE l.tenant_id = $1 AND \
         COALESCE((SELECT SUM(s.quantity) FROM shipment_line s WHERE s.tenant_id = l.tenant_id \
         AND s.order_line_id = l.id), 0) <> \
         COALESCE((SELECT SUM(r.quantity) FROM reservation r WHERE r.tenant_id = l.tenant_id \
         AND r.order_line_id = l.id AND r.state = 'SHIPPED'), 0)",
    ),
    check(
        "of each line no more was shipped and cancelled than was ordered",
        "order",
        "SELECT l.order_id AS id FROM order_line l WHERE l.tenant_id = $1 AND l.quantity < \
         COALESCE((SELECT SUM(s.quantity) FROM shipment_line s WHERE s.tenant_id = l.tenant_id \
         AND s.order_line_id = l.id), 0) + \
         COALESCE((SELECT SUM(c.quantity) FROM order_cancellation_line c WHERE c.tenant_id = l.tenant_id \
         AND c.order_line_id = l.id), 0)",
    ),
    check(
        "what of each line was cancelled is what was released",
        "order",
        "SELECT l.order_id AS id FROM order_line l WHERE l.tenant_id = $1 AND \
         COALESCE((SELECT SUM(c.quantity) FROM order_cancellation_line c WHERE c.tenant_id = l.tenant_id \
         AND c.order_line_id = l.id), 0) <> \
         COALESCE((SELECT SUM(r.quantity) FROM reservation r WHERE r.tenant_id = l.tenant_id \
         AND r.order_line_id = l.id AND r.state = 'RELEASED'), 0) + \
         COALESCE((SELECT SUM(b.quantity - b.served) FROM backorder b WHERE b.tenant_id = l.tenant_id \
         AND b.order_line_id = l.id AND b.state = 'RELEASED'), 0)",
    ),
    check(
        "the money of a cancellation is that of its lines, with delivery and fees",
        "order",
        "SELECT c.order_id AS id FROM order_cancellation c LEFT JOIN order_cancellation_line l \
         ON l.tenant_id = c.tenant_id AND l.cancellation_id = c.id WHERE c.tenant_id = $1 \
         GROUP BY c.order_id, c.id, c.amount_minor, c.charges_minor, c.tax_minor \
         HAVING c.amount_minor <> c.charges_minor + COALESCE(SUM(l.amount_minor), 0) \
         OR c.tax_minor <> COALESCE(SUM(l.tax_minor), 0)",
    ),
    check(
        "the money of a line that was cancelled whole is the line's",
        "order",
        "SELECT l.order_id AS id FROM order_line l JOIN order_cancellation_line c ON c.tenant_id = l.tenant_id \
         AND c.order_line_id = l.id WHERE l.tenant_id = $1 \
         GROUP BY l.order_id, l.id, l.quantity, l.total_minor, l.tax_minor \
         HAVING SUM(c.quantity) = l.quantity AND (SUM(c.amount_minor) <> l.total_minor OR SUM(c.tax_minor) <> l.tax_minor)",
    ),
    check(
        "all of a cancelled order was cancelled",
        "order",
        "SELECT o.id AS id FROM \"order\" o JOIN order_status s ON s.tenant_id = o.tenant_id AND s.order_id = o.id \
         LEFT JOIN order_cancellation c ON c.tenant_id = o.tenant_id AND c.order_id = o.id \
         WHERE o.tenant_id = $1 AND s.state = 'CANCELLED' AND NOT EXISTS (SELECT 1 FROM order_import i \
         WHERE i.tenant_id = o.tenant_id AND i.order_id = o.id) GROUP BY o.tenant_id, o.id, o.total_minor \
         HAVING o.total_minor + COALESCE((SELECT SUM(e.added_minor) FROM order_edit e WHERE e.tenant_id = o.tenant_id \
         AND e.order_id = o.id), 0) <> COALESCE(SUM(c.amount_minor), 0)",
    ),
    check(
        "the money of an edit is that of the lines that came in and of what fell away or came back",
        "order",
        "SELECT e.order_id AS id FROM order_edit e LEFT JOIN order_cancellation c ON c.tenant_id = e.tenant_id \
         AND c.id = e.cancellation_id LEFT JOIN order_exchange x ON x.tenant_id = e.tenant_id AND x.edit_id = e.id \
         LEFT JOIN order_return_step p ON p.tenant_id = x.tenant_id AND p.return_id = x.return_id \
         AND p.action = 'EXCHANGE' WHERE e.tenant_id = $1 \
         AND (e.removed_minor <> COALESCE(c.amount_minor, 0) + COALESCE(p.amount_minor, 0) \
         OR e.added_minor <> COALESCE((SELECT SUM(l.total_minor) FROM order_edit_line n JOIN order_line l \
         ON l.tenant_id = n.tenant_id AND l.id = n.order_line_id WHERE n.tenant_id = e.tenant_id \
         AND n.edit_id = e.id), 0))",
    ),
    check(
        "of each line no more comes back than was delivered",
        "order",
        "SELECT t.order_id AS id FROM order_line_returned t WHERE t.tenant_id = $1 AND t.quantity > \
         COALESCE((SELECT SUM(l.quantity) FROM shipment_line l JOIN shipment_status s ON s.tenant_id = l.tenant_id \
         AND s.shipment_id = l.shipment_id WHERE l.tenant_id = t.tenant_id AND l.order_line_id = t.order_line_id \
         AND s.state = 'DELIVERED'), 0)",
    ),
    check(
        "what of each line comes back is what its returns say",
        "order",
        "SELECT t.order_id AS id FROM order_line_returned t WHERE t.tenant_id = $1 AND t.quantity <> \
         COALESCE((SELECT SUM(CASE WHEN s.state IN ('REQUESTED', 'APPROVED') THEN l.quantity \
         WHEN s.state = 'REJECTED' THEN 0 ELSE COALESCE(r.quantity, 0) END) FROM order_return_line l \
         JOIN order_return_status s ON s.tenant_id = l.tenant_id AND s.return_id = l.return_id \
         LEFT JOIN order_return_receipt r ON r.tenant_id = l.tenant_id AND r.return_id = l.return_id \
         AND r.order_line_id = l.order_line_id WHERE l.tenant_id = t.tenant_id \
         AND l.order_line_id = t.order_line_id), 0)",
    ),
    check(
        "a return's status is the last of its steps, and they are without gaps",
        "return",
        "SELECT s.return_id AS id FROM order_return_status s LEFT JOIN order_return_step p \
         ON p.tenant_id = s.tenant_id AND p.return_id = s.return_id WHERE s.tenant_id = $1 \
         GROUP BY s.return_id, s.state, s.version HAVING COUNT(p.sequence) <> s.version \
         OR COALESCE(MAX(p.sequence), 0) <> s.version OR s.state <> \
         MAX(CASE WHEN p.sequence = s.version THEN CASE p.action WHEN 'APPROVE' THEN 'APPROVED' \
         WHEN 'REJECT' THEN 'REJECTED' WHEN 'RECEIVE' THEN 'RECEIVED' WHEN 'INSPECT' THEN 'INSPECTED' \
         WHEN 'REFUND' THEN 'REFUNDED' WHEN 'EXCHANGE' THEN 'EXCHANGED' ELSE 'REQUESTED' END END)",
    ),
    check(
        "a return is exchanged if others left for it",
        "return",
        "SELECT s.return_id AS id FROM order_return_status s LEFT JOIN order_exchange x ON x.tenant_id = s.tenant_id \
         AND x.return_id = s.return_id WHERE s.tenant_id = $1 AND (s.state = 'EXCHANGED') <> (x.return_id IS NOT NULL)",
    ),
    check(
        "it is decided what becomes of all that came of an inspected return",
        "return",
        "SELECT r.return_id AS id FROM order_return_receipt r JOIN order_return_status s \
         ON s.tenant_id = r.tenant_id AND s.return_id = r.return_id LEFT JOIN order_return_outcome o \
         ON o.tenant_id = r.tenant_id AND o.return_id = r.return_id AND o.order_line_id = r.order_line_id \
         WHERE r.tenant_id = $1 GROUP BY r.return_id, r.order_line_id, r.quantity, s.state \
         HAVING COALESCE(SUM(o.quantity), 0) <> CASE WHEN s.state = 'RECEIVED' THEN 0 ELSE r.quantity END",
    ),
    check(
        "a shipment's status is the last of its steps, and they are without gaps",
        "shipment",
        "SELECT s.shipment_id AS id FROM shipment_status s LEFT JOIN shipment_step p ON p.tenant_id = s.tenant_id \
         AND p.shipment_id = s.shipment_id WHERE s.tenant_id = $1 GROUP BY s.shipment_id, s.state, s.version \
         HAVING COUNT(p.sequence) <> s.version OR COALESCE(MAX(p.sequence), 0) <> s.version OR s.state <> \
         COALESCE(MAX(CASE WHEN p.sequence = s.version THEN CASE p.action WHEN 'DELIVER' THEN 'DELIVERED' \
         WHEN 'REFUSE' THEN 'REFUSED' WHEN 'RECEIVE' THEN 'RETURNED' ELSE 'IN_TRANSIT' END END), 'IN_TRANSIT')",
    ),
    check(
        "what was paid and what fell away are no more than was to be paid",
        "payment",
        "SELECT id FROM payment WHERE tenant_id = $1 AND captured_minor + reduced_minor > amount_minor",
    ),
    check(
        "an order has as many open holds as its status counts",
        "order",
        "SELECT s.order_id AS id FROM order_status s WHERE s.tenant_id = $1 AND s.open_holds <> \
         (SELECT COUNT(*) FROM order_hold h WHERE h.tenant_id = s.tenant_id AND h.order_id = s.order_id \
         AND NOT EXISTS (SELECT 1 FROM order_hold_release e WHERE e.tenant_id = h.tenant_id AND e.hold_id = h.id))",
    ),
    check(
        "a promotion was used by as many orders as it counts, which took off what it counts",
        "promotion",
        "SELECT p.id AS id FROM promotion p LEFT JOIN promotion_use u ON u.tenant_id = p.tenant_id \
         AND u.promotion_id = p.id AND u.given_back_at IS NULL WHERE p.tenant_id = $1 \
         GROUP BY p.id, p.orders, p.spent_minor, p.orders_max, p.budget_minor \
         HAVING p.orders <> COUNT(u.order_id) OR p.spent_minor <> COALESCE(SUM(u.amount_minor), 0)",
    ),
    check(
        "a coupon was used by as many orders as it counts",
        "promotion",
        "SELECT k.promotion_id AS id FROM coupon_count c JOIN coupon k ON k.tenant_id = c.tenant_id \
         AND (k.code = c.code OR (k.count IS NOT NULL AND c.code LIKE k.code || '-%')) LEFT JOIN promotion_use u ON u.tenant_id = c.tenant_id \
         AND u.code = c.code AND u.given_back_at IS NULL WHERE c.tenant_id = $1 GROUP BY k.promotion_id, c.code, c.orders \
         HAVING c.orders <> COUNT(u.order_id)",
    ),
    check(
        "a customer used a promotion as often as it counts",
        "promotion",
        "SELECT c.promotion_id AS id FROM promotion_customer c LEFT JOIN promotion_use u ON u.tenant_id = c.tenant_id \
         AND u.promotion_id = c.promotion_id AND u.customer_id = c.customer_id AND u.given_back_at IS NULL \
         WHERE c.tenant_id = $1 GROUP BY c.promotion_id, c.customer_id, c.orders HAVING c.orders <> COUNT(u.order_id)",
    ),
    check(
        "a promotion was used for a company as often as it counts",
        "promotion",
        "SELECT c.promotion_id AS id FROM promotion_organisation c LEFT JOIN promotion_use u ON u.tenant_id = c.tenant_id \
         AND u.promotion_id = c.promotion_id AND u.organisation_id = c.organisation_id AND u.given_back_at IS NULL \
         WHERE c.tenant_id = $1 GROUP BY c.promotion_id, c.organisation_id, c.orders \
         HAVING c.orders <> COUNT(u.order_id)",
    ),
    check(
        "a unit is below its company, with seven units between at most",
        "organisationunit",
        "WITH RECURSIVE below (id, above) AS (\
         SELECT u.id, 0 FROM organisation_unit u WHERE u.tenant_id = $1 AND u.parent_id IS NULL UNION ALL \
         SELECT u.id, b.above + 1 FROM organisation_unit u JOIN below b ON u.parent_id = b.id WHERE u.tenant_id = $1) \
         SELECT u.id AS id FROM organisation_unit u WHERE u.tenant_id = $1 \
         AND u.id NOT IN (SELECT b.id FROM below b WHERE b.above <= 7)",
    ),
    check(
        "an order's amounts add up to its total",
        "order",
        "SELECT id FROM \"order\" WHERE tenant_id = $1 AND total_minor <> \
         subtotal_minor - discount_minor + delivery_minor - delivery_discount_minor + fee_minor \
         + CASE WHEN prices_include_tax THEN 0 ELSE tax_minor END",
    ),
    check(
        "an order's tax is that of its lines, its delivery and its fee",
        "order",
        "SELECT o.id AS id FROM \"order\" o LEFT JOIN order_line l ON l.tenant_id = o.tenant_id \
         AND l.order_id = o.id AND NOT EXISTS (SELECT 1 FROM order_edit_line n WHERE n.tenant_id = l.tenant_id \
         AND n.order_line_id = l.id) WHERE o.tenant_id = $1 AND o.delivery_tax_minor IS NOT NULL \
         GROUP BY o.id, o.tax_minor, o.delivery_tax_minor, o.fee_tax_minor \
         HAVING o.tax_minor <> COALESCE(SUM(l.tax_minor), 0) + o.delivery_tax_minor + o.fee_tax_minor",
    ),
    check(
        "an order's lines add up to its subtotal and its discount",
        "order",
        "SELECT o.id AS id FROM \"order\" o LEFT JOIN order_line l ON l.tenant_id = o.tenant_id \
         AND l.order_id = o.id AND NOT EXISTS (SELECT 1 FROM order_edit_line n WHERE n.tenant_id = l.tenant_id \
         AND n.order_line_id = l.id) WHERE o.tenant_id = $1 GROUP BY o.id, o.subtotal_minor, o.discount_minor \
         HAVING o.subtotal_minor <> COALESCE(SUM(l.subtotal_minor), 0) \
         OR o.discount_minor <> COALESCE(SUM(l.discount_minor), 0)",
    ),
    check(
        "an order's status is the last of its transitions, and they are without gaps",
        "order",
        "SELECT s.order_id AS id FROM order_status s LEFT JOIN order_transition t ON t.tenant_id = s.tenant_id \
         AND t.order_id = s.order_id WHERE s.tenant_id = $1 GROUP BY s.order_id, s.state, s.version \
         HAVING COUNT(t.id) <> s.version OR COALESCE(MAX(t.sequence), 0) <> s.version \
         OR MAX(CASE WHEN t.sequence = s.version THEN t.to_state END) <> s.state",
    ),
    check(
        "every order has a status, and payments of its total and of what it became dearer by",
        "order",
        "SELECT o.id AS id FROM \"order\" o LEFT JOIN order_status s ON s.tenant_id = o.tenant_id \
         AND s.order_id = o.id LEFT JOIN payment p ON p.tenant_id = o.tenant_id AND p.reference_id = o.id \
         WHERE o.tenant_id = $1 AND (s.order_id IS NULL OR p.id IS NULL OR p.currency <> o.currency OR p.amount_minor \
         + COALESCE((SELECT SUM(m.amount_minor) FROM payment_supplement t JOIN payment m ON m.tenant_id = t.tenant_id \
         AND m.id = t.payment_id WHERE t.tenant_id = o.tenant_id AND t.reference_id = o.id), 0) <> o.total_minor \
         + COALESCE((SELECT SUM(CASE WHEN e.added_minor > e.removed_minor THEN e.added_minor - e.removed_minor ELSE 0 END) \
         FROM order_edit e WHERE e.tenant_id = o.tenant_id AND e.order_id = o.id), 0))",
    ),
    check(
        "every order came of a completed cart, and every completed cart became an order",
        "cart",
        "SELECT c.id AS id FROM cart c LEFT JOIN \"order\" o ON o.tenant_id = c.tenant_id AND o.cart_id = c.id \
         WHERE c.tenant_id = $1 AND (CASE WHEN c.state = 'COMPLETED' THEN 1 ELSE 0 END) <> \
         (CASE WHEN o.id IS NULL THEN 0 ELSE 1 END)",
    ),
    check(
        "a cart that staff make is a draft, and a draft is no shopper's cart",
        "cart",
        "SELECT c.id AS id FROM cart c LEFT JOIN draft_order d ON d.tenant_id = c.tenant_id AND d.cart_id = c.id \
         WHERE c.tenant_id = $1 AND ((c.state IN ('DRAFT', 'DISCARDED') AND d.id IS NULL) \
         OR (c.state IN ('OPEN', 'MERGED') AND d.id IS NOT NULL))",
    ),
    check(
        "every order's placement is in the outbox and in the audit trail",
        "order",
        "SELECT o.id AS id FROM \"order\" o WHERE o.tenant_id = $1 AND NOT ((EXISTS (SELECT 1 FROM outbox e \
         WHERE e.tenant_id = o.tenant_id AND e.aggregate_id = o.id AND e.name IN ('order.placed', 'order.imported')) \
         OR EXISTS (SELECT 1 FROM event_head h WHERE h.tenant_id = o.tenant_id AND o.placed_at < h.trimmed_before)) \
         AND EXISTS (SELECT 1 FROM audit a WHERE a.tenant_id = o.tenant_id AND a.record_id = o.id \
         AND a.action IN ('order.placed', 'order.imported')))",
    ),
    check(
        "every entry of the audit trail is sealed, or about to be",
        "audit",
        "SELECT a.id AS id FROM audit a WHERE a.tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM audit_seal s \
         WHERE s.tenant_id = a.tenant_id AND s.entry_id = a.id) AND NOT EXISTS (SELECT 1 FROM outbox o \
         WHERE o.tenant_id = a.tenant_id AND o.id = a.id)",
    ),
    check(
        "refunded <= captured <= authorised <= amount",
        "payment",
        "SELECT id FROM payment WHERE tenant_id = $1 AND NOT (refunded_minor <= captured_minor \
         AND captured_minor <= authorised_minor AND authorised_minor <= amount_minor AND refunded_minor >= 0)",
    ),
    check(
        "captured money equals the captures in the payment's entries",
        "payment",
        "SELECT p.id AS id FROM payment p LEFT JOIN payment_entry e ON e.tenant_id = p.tenant_id \
         AND e.payment_id = p.id AND e.kind = 'CAPTURED' WHERE p.tenant_id = $1 \
         GROUP BY p.id, p.captured_minor HAVING p.captured_minor <> COALESCE(SUM(e.amount_minor), 0)",
    ),
    check(
        "what is left of what came onto a balance is what its entries leave, and what expired is their expiry",
        "creditlot",
        "SELECT l.id AS id FROM credit_lot l LEFT JOIN credit_entry e ON e.tenant_id = l.tenant_id AND e.lot_id = l.id \
         WHERE l.tenant_id = $1 GROUP BY l.id, l.amount_minor, l.left_minor, l.expired_minor \
         HAVING l.left_minor <> COALESCE(SUM(e.amount_minor), 0) OR l.amount_minor <> \
         COALESCE(SUM(CASE WHEN e.amount_minor > 0 THEN e.amount_minor ELSE 0 END), 0) OR l.expired_minor <> \
         COALESCE(SUM(CASE WHEN e.kind = 'EXPIRED' THEN -e.amount_minor ELSE 0 END), 0)",
    ),
    check(
        "what is paid with gift cards and store credit was taken of them, and what came back did not exceed it",
        "payment",
        "SELECT p.id AS id FROM payment p LEFT JOIN credit_entry e ON e.tenant_id = p.tenant_id \
         AND e.payment_id = p.id WHERE p.tenant_id = $1 GROUP BY p.id, p.method, p.captured_minor, p.refunded_minor \
         HAVING COALESCE(SUM(CASE WHEN e.kind = 'REDEEMED' THEN -e.amount_minor ELSE 0 END), 0) <> \
         CASE WHEN p.method IN ('GIFT_CARD', 'STORE_CREDIT') THEN p.captured_minor ELSE 0 END \
         OR COALESCE(SUM(CASE WHEN e.kind = 'RETURNED' THEN e.amount_minor ELSE 0 END), 0) > p.refunded_minor \
         OR (p.method IN ('GIFT_CARD', 'STORE_CREDIT') AND p.refunded_minor <> \
         COALESCE(SUM(CASE WHEN e.kind = 'RETURNED' THEN e.amount_minor ELSE 0 END), 0))",
    ),
    check(
        "regular prices of a variant in a list follow each other",
        "variant",
        "SELECT DISTINCT a.variant_id AS id FROM list_price a JOIN list_price b ON b.tenant_id = a.tenant_id \
         AND b.price_list_id = a.price_list_id AND b.variant_id = a.variant_id AND a.starts_at < b.starts_at \
         WHERE a.tenant_id = $1 AND NOT a.is_temporary AND NOT b.is_temporary \
         AND (a.ends_at IS NULL OR a.ends_at > b.starts_at)",
    ),
    check(
        "an order's events are numbered without gaps",
        "order",
        "SELECT o.aggregate_id AS id FROM outbox o JOIN event_sequence s ON s.tenant_id = o.tenant_id \
         AND s.aggregate_id = o.aggregate_id WHERE o.tenant_id = $1 GROUP BY o.aggregate_id, s.last \
         HAVING COUNT(*) <> MAX(o.sequence) - MIN(o.sequence) + 1 OR MAX(o.sequence) <> s.last",
    ),
    check(
        "the feed of events has no gaps, and those of one record stand in their order",
        "event",
        "SELECT o.id AS id FROM outbox o JOIN event_head h ON h.tenant_id = o.tenant_id WHERE o.tenant_id = $1 \
         AND o.position IS NOT NULL AND (o.position <= h.trimmed OR o.position > h.last \
         OR (o.position > h.trimmed + 1 AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.tenant_id = o.tenant_id \
         AND p.position = o.position - 1)) OR EXISTS (SELECT 1 FROM outbox q WHERE q.tenant_id = o.tenant_id \
         AND q.aggregate_id = o.aggregate_id AND q.sequence < o.sequence \
         AND (q.position IS NULL OR q.position > o.position)))",
    ),
];

impl Read {
    /// The records that break an invariant, the first hundred.
    pub async fn breaches(&self, check: &Check) -> Result<Vec<Breach>, Fault> {
        let conn = self.conn().await?;
        let sql = format!("{} LIMIT {SHOWN}", check.sql);
        let values = [self.scope().tenant.into()];
        let rows = conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await?;
        rows.iter().map(|row| Ok(Breach { claim: check.claim, kind: check.kind, id: row.try_get("", "id")? })).collect()
    }
}
