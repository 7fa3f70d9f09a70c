//! The statements of the queue.

use domain::{
    checkout::ticket::TicketState,
    id::{Cart, Channel, Id, Ticket},
    time::Instant,
};
use entity::checkout::{outcome, queue, ticket};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, LockBehavior, LockType},
};
use store::{Backend, Fault, Find, Read, Tx};

/// A ticket.
pub(super) async fn ticket(read: &Read, id: Id<Ticket>) -> Result<Option<ticket::Model>, Fault> {
    read.find::<ticket::Entity>().by(id).one().await
}

/// Those of the tickets that are decided.
pub(super) async fn decided(read: &Read, tickets: &[Id<Ticket>]) -> Result<Vec<Id<Ticket>>, Fault> {
    let find = read.find::<ticket::Entity>().by_any(tickets.iter().copied());
    let find = find.filter(ticket::Column::State.ne(TicketState::Waiting.code()));
    let rows = find.select_only().column(ticket::Column::Id).tuples::<(Id<Ticket>,)>().await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The ticket by which a cart waits, or became an order.
pub(super) async fn ticket_of(read: &Read, cart: Id<Cart>) -> Result<Option<ticket::Model>, Fault> {
    let find = read.find::<ticket::Entity>().by(cart);
    find.filter(ticket::Column::State.ne(TicketState::Refused.code())).one().await
}

/// What became of a ticket.
pub(super) async fn outcome(read: &Read, ticket: Id<Ticket>) -> Result<Option<outcome::Model>, Fault> {
    read.find::<outcome::Entity>().by(ticket).one().await
}

/// How many tickets of a channel wait that were accepted before this one.
pub(super) async fn ahead_of(read: &Read, ticket: &ticket::Model) -> Result<u64, Fault> {
    let same_instant = ticket::Column::AcceptedAt.eq(ticket.accepted_at).and(ticket::Column::Id.lt(ticket.id));
    let earlier = Condition::any().add(ticket::Column::AcceptedAt.lt(ticket.accepted_at)).add(same_instant);
    waiting(read, ticket.channel_id).filter(earlier).count().await
}

/// The tickets of a channel that are next of those accepted until an instant, in the order of their acceptance.
pub(super) async fn next(
    read: &Read,
    channel: Id<Channel>,
    until: Instant,
    limit: u64,
) -> Result<Vec<ticket::Model>, Fault> {
    let find = waiting(read, channel).filter(ticket::Column::AcceptedAt.lte(until));
    let find = find.order_by_asc(ticket::Column::AcceptedAt).order_by_asc(ticket::Column::Id);
    find.limit(limit).all().await
}

fn waiting(read: &Read, channel: Id<Channel>) -> Find<'_, ticket::Entity> {
    read.find::<ticket::Entity>().by(channel).filter(ticket::Column::State.eq(TicketState::Waiting.code()))
}

/// Holds the queue of a channel until the transaction ends. `None`: somebody else holds it.
pub(super) async fn hold(tx: &Tx, channel: Id<Channel>) -> Result<Option<queue::Model>, Fault> {
    let none_yet = queue::ActiveModel { channel_id: Set(channel), n_decided: Set(0), ..Default::default() };
    let mut find = tx.find::<queue::Entity>().by(channel);
    if tx.backend() == Backend::Postgres {
        find = find.lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
    }
    if let Some(held) = find.one().await? {
        return Ok(Some(held));
    }
    // There is none, or it is held; of two who make the first one, the second waits for the first.
    let made = tx.insert_new(none_yet).await?;
    Ok(made.then_some(queue::Model { tenant_id: tx.scope().tenant(), channel_id: channel, n_decided: 0 }))
}

/// Counts that the ticket that is next could not be decided.
pub(super) async fn count_fault(tx: &Tx, channel: Id<Channel>) -> Result<(), Fault> {
    let Some(ticket) = next(tx, channel, tx.now(), 1).await?.pop() else { return Ok(()) };
    let n_faults = Expr::col(ticket::Column::NFaults).add(1);
    let update = tx.update::<ticket::Entity>().by(ticket.id).filter(ticket::Column::NFaults.eq(ticket.n_faults));
    update.set(ticket::Column::NFaults, n_faults).run().await.map(drop)
}

/// Writes what became of tickets, and how far the queue has come.
pub(super) async fn decide(tx: &Tx, held: &queue::Model, outcomes: Vec<outcome::ActiveModel>) -> Result<(), Fault> {
    let n = i64::try_from(outcomes.len()).map_err(Fault::new)?;
    for (state, is_placed) in [(TicketState::Placed, true), (TicketState::Refused, false)] {
        let of_state = outcomes.iter().filter(|outcome| matches!(&outcome.order_id, Set(Some(_))) == is_placed);
        let ids: Vec<_> = of_state.filter_map(|outcome| outcome.ticket_id.try_as_ref().copied()).collect();
        if ids.is_empty() {
            continue;
        }
        let update = tx.update::<ticket::Entity>().filter(ticket::Column::Id.is_in(ids));
        update.set(ticket::Column::State, state.code()).run().await?;
    }
    tx.insert_many(outcomes).await?;
    let decided = Expr::col(queue::Column::NDecided).add(n);
    let update = tx.update::<queue::Entity>().by(held.channel_id).filter(queue::Column::NDecided.eq(held.n_decided));
    match update.set(queue::Column::NDecided, decided).run().await? {
        1 => Ok(()),
        _ => Err(Fault::new("a queue that is held was moved on by somebody else")),
    }
}
