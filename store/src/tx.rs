//! Writing one tenant's rows, in one transaction.

use std::ops::Deref;

use domain::{id::Id, time::Instant};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, DeleteMany, EntityTrait, IntoActiveModel, QueryFilter,
    UpdateMany,
    sea_query::{DeleteStatement, Expr, OnConflict, UpdateStatement},
};

use crate::{Fault, Key, Owned, Read, Stamp, ids::Sequence};

/// One write transaction of one tenant. It reads, too: it is a [`Read`] of its own.
#[derive(Debug)]
pub struct Tx {
    read: Read,
    stamp: Stamp,
    ids: Sequence,
}

impl Deref for Tx {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}

impl Tx {
    pub(crate) const fn new(read: Read, stamp: Stamp, ids: Sequence) -> Self {
        Self { read, stamp, ids }
    }

    pub(crate) async fn commit(self) -> Result<(), Fault> {
        match self.read.into_begun() {
            Some(begun) => Ok(begun.commit().await?),
            None => Ok(()),
        }
    }

    pub(crate) async fn roll_back(self) -> Result<(), Fault> {
        match self.read.into_begun() {
            Some(begun) => Ok(begun.rollback().await?),
            None => Ok(()),
        }
    }

    /// When it happens: the same instant for everything in the transaction.
    pub const fn now(&self) -> Instant {
        self.stamp.at
    }

    /// Who, when and in which request.
    pub const fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// A fresh id of the transaction's instant. Ids sort in the order in which they were made.
    pub fn new_id<K>(&self) -> Id<K> {
        Id::new(self.ids.fresh(self.stamp.at))
    }

    /// Writes one row.
    pub async fn insert<E: Owned, A>(&self, row: A) -> Result<(), Fault>
    where
        A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
        E::Model: IntoActiveModel<A>,
    {
        self.insert_many([row]).await
    }

    /// Writes many rows, a bounded number a statement.
    pub async fn insert_many<E: Owned, A>(&self, rows: impl IntoIterator<Item = A>) -> Result<(), Fault>
    where
        A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
        E::Model: IntoActiveModel<A>,
    {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<A> = rows.by_ref().take(ROWS_PER_STATEMENT).map(|row| self.owned(row)).collect();
            E::insert_many(chunk).exec_without_returning(self.conn().await?).await?;
        }
        Ok(())
    }

    /// Writes one row unless a unique key of it is taken. Says whether it was written.
    pub async fn insert_new<E: Owned, A>(&self, row: A) -> Result<bool, Fault>
    where
        A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
        E::Model: IntoActiveModel<A>,
    {
        let insert = E::insert(self.owned(row)).on_conflict(OnConflict::new().do_nothing().to_owned());
        Ok(insert.exec_without_returning(self.conn().await?).await? == 1)
    }

    /// A change of this tenant's rows of `E`.
    pub fn update<E: Owned>(&self) -> Update<'_, E> {
        Update { tx: self, update: E::update_many().filter(E::TENANT.eq(self.scope().tenant)) }
    }

    /// A removal of this tenant's rows of `E`.
    pub fn delete<E: Owned>(&self) -> Delete<'_, E> {
        Delete { tx: self, delete: E::delete_many().filter(E::TENANT.eq(self.scope().tenant)) }
    }

    fn owned<E: Owned, A: ActiveModelTrait<Entity = E>>(&self, mut row: A) -> A {
        row.set(E::TENANT, self.scope().tenant.into());
        row
    }
}

/// Both databases bound the values of a statement: 65,535 on PostgreSQL, 32,766 on SQLite.
pub(crate) const ROWS_PER_STATEMENT: usize = 500;

/// A change of one tenant's rows.
#[must_use]
#[derive(Debug)]
pub struct Update<'t, E: EntityTrait> {
    tx: &'t Tx,
    update: UpdateMany<E>,
}

impl<E: EntityTrait> Update<'_, E> {
    /// The rows that this id names: its type picks the column.
    pub fn by<K: Key<E>>(self, id: K) -> Self {
        self.filter(K::COLUMN.eq(id))
    }

    /// Sets a column to a value or an expression of the row as it is.
    pub fn set(mut self, column: E::Column, value: impl Into<Expr>) -> Self {
        self.update = self.update.col_expr(column, value.into());
        self
    }

    /// Rows changed. 0 is an answer: the condition did not hold.
    pub async fn run(self) -> Result<u64, Fault> {
        Ok(self.update.exec(self.tx.conn().await?).await?.rows_affected)
    }
}

impl<E: EntityTrait> QueryFilter for Update<'_, E> {
    type QueryStatement = UpdateStatement;
    fn query(&mut self) -> &mut Self::QueryStatement {
        QueryFilter::query(&mut self.update)
    }
}

/// A removal of one tenant's rows.
#[must_use]
#[derive(Debug)]
pub struct Delete<'t, E: EntityTrait> {
    tx: &'t Tx,
    delete: DeleteMany<E>,
}

impl<E: EntityTrait> Delete<'_, E> {
    /// The rows that this id names: its type picks the column.
    pub fn by<K: Key<E>>(self, id: K) -> Self {
        self.filter(K::COLUMN.eq(id))
    }

    /// Rows removed.
    pub async fn run(self) -> Result<u64, Fault> {
        Ok(self.delete.exec(self.tx.conn().await?).await?.rows_affected)
    }
}

impl<E: EntityTrait> QueryFilter for Delete<'_, E> {
    type QueryStatement = DeleteStatement;
    fn query(&mut self) -> &mut Self::QueryStatement {
        QueryFilter::query(&mut self.delete)
    }
}
