//! A look through a `tokenizer.json` for what the tokenizers library would break on instead of refusing it: broken tables
//! of characters, and vocabularies of pieces so long that its tree of them would be too deep to be cleared away.

use std::{borrow::Cow, fmt};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

use super::{
    charsmap,
    spm::{LONGEST_PIECE, MOST_PIECE_BYTES},
};

/// The field with a table of characters.
const TABLE: &str = "precompiled_charsmap";

/// Checks the content of a `tokenizer.json` without holding it.
///
/// # Errors
/// What is wrong with it.
pub(super) fn inspect(json: &[u8]) -> Result<(), String> {
    let mut piece_bytes = 0;
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    Look { place: Place::Anywhere, piece_bytes: &mut piece_bytes }
        .deserialize(&mut deserializer)
        .and_then(|_| deserializer.end())
        .map_err(|error| error.to_string())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    /// The value of a table of characters.
    Table,
    /// Inside a list of pieces.
    Pieces,
}

/// What is seen of a value.
#[derive(PartialEq, Eq)]
enum Seen {
    /// The name of the step that has a table of characters.
    Precompiled,
    Other,
}

struct Look<'c> {
    place: Place,
    /// Bytes of all pieces up to here.
    piece_bytes: &'c mut usize,
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = Seen;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Seen, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Look<'_> {
    fn no_text<E: Error>(&self) -> Result<Seen, E> {
        if self.place == Place::Table {
            return Err(E::custom(format_args!("its `{TABLE}` is no text")));
        }
        Ok(Seen::Other)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = Seen;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the parts of a tokenizer")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Seen, E> {
        self.no_text()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Seen, E> {
        self.no_text()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Seen, E> {
        self.no_text()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Seen, E> {
        self.no_text()
    }

    fn visit_unit<E: Error>(self) -> Result<Seen, E> {
        self.no_text()
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Seen, E> {
        match self.place {
            Place::Anywhere => {}
            Place::Table => {
                let table = BASE64_STANDARD
                    .decode(text)
                    .map_err(|_| E::custom(format_args!("its `{TABLE}` is not in base64")))?;
                charsmap::check(&table).map_err(E::custom)?;
            }
            Place::Pieces => {
                *self.piece_bytes += text.len();
                if text.len() > LONGEST_PIECE || *self.piece_bytes > MOST_PIECE_BYTES {
                    return Err(E::custom("it has more or longer pieces than are supported"));
                }
            }
        }
        Ok(if text == "Precompiled" { Seen::Precompiled } else { Seen::Other })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Seen, A::Error> {
        self.no_text()?;
        let place = self.place;
        while list.next_element_seed(Look { place, piece_bytes: &mut *self.piece_bytes })?.is_some() {}
        Ok(Seen::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Seen, A::Error> {
        self.no_text()?;
        let (mut precompiled, mut table) = (false, false);
        while let Some(key) = map.next_key::<Cow<str>>()? {
            let place = match &*key {
                // A token may be called like a field.
                _ if self.place == Place::Pieces => Place::Pieces,
                TABLE => Place::Table,
                "vocab" => Place::Pieces,
                _ => Place::Anywhere,
            };
            table |= place == Place::Table;
            let seen = map.next_value_seed(Look { place, piece_bytes: &mut *self.piece_bytes })?;
            precompiled |= key == "type" && seen == Seen::Precompiled;
        }
        if precompiled && !table {
            return Err(A::Error::custom(format_args!("it has a step `Precompiled` without `{TABLE}`")));
        }
        Ok(Seen::Other)
    }
}
