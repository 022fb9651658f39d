//! What a finding is about.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Category;

/// What a finding is about: one of CUAD's kinds of clause, or something that a person asked in their own words. CUAD's come
/// first in their order, then the others by name. It is written down as its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// One of CUAD's 41 categories.
    Clause(Category),
    /// A category of the person's own, by the name that they gave it.
    Own(Arc<str>),
}

impl Topic {
    /// The topic of that name: CUAD's where it has one of that name, whatever the case, else one of the person's own.
    pub fn named(name: &str) -> Self {
        name.parse().map_or_else(|_| Self::Own(name.into()), Self::Clause)
    }

    /// The name: that of CUAD's JSON, or the person's.
    pub fn name(&self) -> &str {
        match self {
            Self::Clause(category) => category.name(),
            Self::Own(name) => name,
        }
    }

    /// CUAD's category; none for one of the person's own.
    pub fn category(&self) -> Option<Category> {
        match self {
            Self::Clause(category) => Some(*category),
            Self::Own(_) => None,
        }
    }
}

impl From<Category> for Topic {
    fn from(category: Category) -> Self {
        Self::Clause(category)
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for Topic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Topic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self::named(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_as_what_they_name() {
        for category in Category::ALL {
            assert_eq!(Topic::named(category.name()), category.into());
            assert_eq!(Topic::named(category.csv_column()).category(), Some(category));
        }
        let own = Topic::named("Data Protection");
        assert_eq!((own.name(), own.category()), ("Data Protection", None));
        assert_eq!(own.to_string(), "Data Protection");
    }

    #[test]
    fn categories_of_cuad_come_before_ones_own() {
        let mut topics = ["Rent", "Insurance", "Audit", "Parties"].map(Topic::named);
        topics.sort();
        assert_eq!(topics.map(|topic| topic.name().to_owned()), ["Parties", "Insurance", "Audit", "Rent"]);
    }
}
