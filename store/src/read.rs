//! Reading one tenant's rows.

use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, TryGetableMany, sea_query::SelectStatement,
};
use tokio::sync::OnceCell;

use crate::{Backend, Db, Fault, Key, Owned, Scope};

/// A handle that reads one tenant's rows. Its statements share one read transaction, begun by the
/// first of them.
#[derive(Debug)]
pub struct Read {
    db: Db,
    scope: Scope,
    begun: OnceCell<DatabaseTransaction>,
}

impl Read {
    pub(crate) const fn new(db: Db, scope: Scope) -> Self {
        Self { db, scope, begun: OnceCell::const_new() }
    }

    pub(crate) fn begun(db: Db, scope: Scope, begun: DatabaseTransaction) -> Self {
        Self { db, scope, begun: OnceCell::new_with(Some(begun)) }
    }

    pub(crate) fn into_begun(self) -> Option<DatabaseTransaction> {
        self.begun.into_inner()
    }

    /// Whose rows it reads.
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// Which database it reads.
    pub const fn backend(&self) -> Backend {
        self.db.backend()
    }

    /// A query of this tenant's rows of `E`.
    pub fn find<E: Owned>(&self) -> Find<'_, E> {
        Find { read: self, select: E::find().filter(E::TENANT.eq(self.scope.tenant)) }
    }

    /// The transaction to run one more statement in.
    pub(crate) async fn conn(&self) -> Result<&DatabaseTransaction, Fault> {
        self.db.stats.statements.inc();
        self.begun.get_or_try_init(|| self.db.begin_read(self.scope)).await
    }
}

/// A query of one tenant's rows. SeaORM's builders for filters, order and joins work on it.
#[must_use]
#[derive(Debug)]
pub struct Find<'r, E: EntityTrait> {
    pub(crate) read: &'r Read,
    pub(crate) select: Select<E>,
}

impl<E: EntityTrait> Find<'_, E> {
    /// The rows that this id names: its type picks the column.
    pub fn by<K: Key<E>>(self, id: K) -> Self {
        self.filter(K::COLUMN.eq(id))
    }

    /// The rows that one of these ids names.
    pub fn by_any<K: Key<E>>(self, ids: impl IntoIterator<Item = K>) -> Self {
        self.filter(K::COLUMN.is_in(ids))
    }

    /// The first row.
    pub async fn one(self) -> Result<Option<E::Model>, Fault> {
        Ok(self.select.one(self.read.conn().await?).await?)
    }

    /// Every row. Bound it: by ids, by a parent, or by [`QuerySelect::limit`].
    pub async fn all(self) -> Result<Vec<E::Model>, Fault> {
        Ok(self.select.all(self.read.conn().await?).await?)
    }

    /// Chosen columns of every row, as a tuple.
    pub async fn tuples<T: TryGetableMany + Send + Sync>(self) -> Result<Vec<T>, Fault> {
        Ok(self.select.into_tuple::<T>().all(self.read.conn().await?).await?)
    }

    /// How many rows there are.
    pub async fn count(self) -> Result<u64, Fault>
    where
        E::Model: FromQueryResult + Send + Sync,
    {
        Ok(self.select.count(self.read.conn().await?).await?)
    }

    /// A subquery of one column, for `in_subquery`: it bears the tenant.
    #[expect(clippy::disallowed_methods, reason = "the select it is made of has its tenant")]
    pub fn only(self, column: E::Column) -> SelectStatement {
        let select = self.select.select_only().column(column);
        sea_orm::QueryTrait::into_query(select)
    }
}

impl<E: EntityTrait> QueryFilter for Find<'_, E> {
    type QueryStatement = SelectStatement;
    fn query(&mut self) -> &mut Self::QueryStatement {
        QueryFilter::query(&mut self.select)
    }
}
impl<E: EntityTrait> QueryOrder for Find<'_, E> {
    type QueryStatement = SelectStatement;
    fn query(&mut self) -> &mut Self::QueryStatement {
        QueryOrder::query(&mut self.select)
    }
}
impl<E: EntityTrait> QuerySelect for Find<'_, E> {
    type QueryStatement = SelectStatement;
    fn query(&mut self) -> &mut Self::QueryStatement {
        QuerySelect::query(&mut self.select)
    }
}
