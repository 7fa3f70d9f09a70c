//! How ids, instants and currencies stand in columns: UUID, 64-bit integer and text.

use sea_orm::{
    ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value,
    sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr},
};
use uuid::Uuid;

use crate::{id::Id, time::Instant};

impl<K> From<Id<K>> for Value {
    fn from(id: Id<K>) -> Self {
        id.uuid().into()
    }
}
impl<K> TryGetable for Id<K> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        Uuid::try_get_by(row, index).map(Self::new)
    }
}
impl<K> ValueType for Id<K> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <Uuid as ValueType>::try_from(value).map(Self::new)
    }
    fn type_name() -> String {
        "Id".to_owned()
    }
    fn array_type() -> ArrayType {
        Uuid::array_type()
    }
    fn column_type() -> ColumnType {
        Uuid::column_type()
    }
}
impl<K> Nullable for Id<K> {
    fn null() -> Value {
        Uuid::null()
    }
}
impl<K> TryFromU64 for Id<K> {
    fn try_from_u64(n: u64) -> Result<Self, DbErr> {
        Uuid::try_from_u64(n).map(Self::new)
    }
}

impl From<Instant> for Value {
    fn from(at: Instant) -> Self {
        at.millis().into()
    }
}
impl TryGetable for Instant {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        i64::try_get_by(row, index).map(Self::from_millis)
    }
}
impl ValueType for Instant {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <i64 as ValueType>::try_from(value).map(Self::from_millis)
    }
    fn type_name() -> String {
        "Instant".to_owned()
    }
    fn array_type() -> ArrayType {
        i64::array_type()
    }
    fn column_type() -> ColumnType {
        i64::column_type()
    }
}
impl Nullable for Instant {
    fn null() -> Value {
        i64::null()
    }
}
