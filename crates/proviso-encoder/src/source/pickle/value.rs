//! What a pickle builds.

use super::known::Known;
use crate::source::ElementType;

/// Place of a value among all that a pickle builds. Values refer to each other by it: a pickle may use a value often, and
/// nest values deeply.
pub(super) type Id = usize;

/// A value, with texts as they stand in the pickle.
#[derive(Debug)]
pub(super) enum Value<'p> {
    /// One that no tensor depends on: nothing, a truth value, a fraction.
    Other,
    Integer(i64),
    Text(&'p str),
    Known(Known),
    Tuple(Vec<Id>),
    /// Its elements are not kept: no tensor depends on them.
    List,
    Dict(Vec<(Id, Id)>),
    Storage {
        key: &'p str,
        element: ElementType,
    },
    Tensor(Stored<'p>),
}

/// A tensor as a part of a storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::source) struct Stored<'p> {
    /// Name of the storage's file in the archive.
    pub(in crate::source) key: &'p str,
    pub(in crate::source) element: ElementType,
    /// Numbers of the storage before its first.
    pub(in crate::source) offset: u64,
    pub(in crate::source) shape: Vec<usize>,
    /// Numbers of the storage from one to the next of each dimension.
    pub(in crate::source) strides: Vec<u64>,
}
