//! Where the tensors of an encoder lie among those of a model.

/// The tensor beside which all others of an encoder are found.
pub(crate) const ANCHOR: &str = "embeddings.word_embeddings.weight";

/// What stands before [`ANCHOR`] in each of the names that end in it: nothing, or names of parts that end with a point.
pub(crate) fn encoder_prefixes<'n>(names: impl Iterator<Item = &'n str>) -> impl Iterator<Item = &'n str> {
    names
        .filter_map(|name| name.strip_suffix(ANCHOR))
        .filter(|prefix| prefix.is_empty() || prefix.ends_with('.'))
}
