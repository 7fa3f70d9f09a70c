//! The statements of tax engines.

use domain::{
    id::{Channel, Id},
    time::Instant,
};
use entity::{channels::channel, pricing::tax_answer};
use sea_orm::{ColumnTrait, Condition, ExprTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Read, Tx};

/// How many answers one statement tells apart: SQLite bounds how deep an expression is.
const TOLD_APART: usize = 100;

/// What a channel's engine said of places to those who buy, as far as it is good at an instant.
pub(super) async fn good(
    read: &Read,
    channel: &channel::Model,
    (places, taxpayers): (Vec<String>, Vec<String>),
    at: Instant,
) -> Result<Vec<tax_answer::Model>, Fault> {
    let find = read.find::<tax_answer::Entity>().by(channel.id).filter(tax_answer::Column::Place.is_in(places));
    let find = find.filter(tax_answer::Column::EngineVersion.eq(channel.tax_engine_version));
    let find = find.filter(tax_answer::Column::Taxpayer.is_in(taxpayers));
    find.filter(tax_answer::Column::ExpiresAt.gt(at)).all().await
}

/// Keeps what a channel's engine said in the place of what it said before of the same, and forgets what is not good any more.
pub(super) async fn keep(tx: &Tx, channel: Id<Channel>, answers: Vec<tax_answer::ActiveModel>) -> Result<(), Fault> {
    use tax_answer::Column;
    let same = |answer: &tax_answer::ActiveModel| {
        let (place, taxpayer, class) = (&answer.place, &answer.taxpayer, &answer.class);
        let of_version = Column::EngineVersion.eq(answer.engine_version.clone().take());
        let of_place = Condition::all().add(of_version).add(Column::Place.eq(place.clone().take()));
        of_place.add(Column::Taxpayer.eq(taxpayer.clone().take())).add(Column::Class.eq(class.clone().take()))
    };
    tx.delete::<tax_answer::Entity>().by(channel).filter(Column::ExpiresAt.lte(tx.now())).run().await?;
    for some in answers.chunks(TOLD_APART) {
        let before = some.iter().fold(Condition::any(), |any, answer| any.add(same(answer)));
        tx.delete::<tax_answer::Entity>().by(channel).filter(before).run().await?;
    }
    for answer in answers {
        tx.insert_new(answer).await?;
    }
    Ok(())
}

/// Forgets all that a channel's engine said.
pub(super) async fn forget(tx: &Tx, channel: Id<Channel>) -> Result<(), Fault> {
    tx.delete::<tax_answer::Entity>().by(channel).run().await.map(drop)
}

/// What a channel says of its engine, if it still is as it was read. Says whether it was.
pub(super) async fn set(tx: &Tx, was: &channel::Model, next: &channel::Model) -> Result<bool, Fault> {
    use channel::Column;
    let version = Column::TaxEngineVersion;
    let update = tx.update::<channel::Entity>().by(was.id).filter(version.eq(was.tax_engine_version));
    let update = update.set(version, Expr::col(version).add(1_i64));
    let update = update.set(Column::TaxEngineUrl, next.tax_engine_url.clone());
    let update = update.set(Column::TaxEngineSalt, next.tax_engine_salt);
    Ok(update.set(Column::TaxFallback, next.tax_fallback.clone()).run().await? == 1)
}
