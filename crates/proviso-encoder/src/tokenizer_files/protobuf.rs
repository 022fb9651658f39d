//! The fields of a message in protobuf's wire format, one after the other. Nothing is copied, and no length is believed.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'m> {
    Varint(u64),
    Fixed64(u64),
    Bytes(&'m [u8]),
    Fixed32(u32),
}

/// The fields of a message: number and value of each.
pub(super) struct Fields<'m>(&'m [u8]);

/// What is said of a file that ends too early or holds something else.
const DAMAGED: &str = "it is cut off, or no model of sentencepiece";

impl<'m> Fields<'m> {
    pub(super) fn of(message: &'m [u8]) -> Self {
        Self(message)
    }

    fn take(&mut self, count: u64) -> Result<&'m [u8], String> {
        let (taken, rest) =
            usize::try_from(count).ok().and_then(|count| self.0.split_at_checked(count)).ok_or(DAMAGED)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A number of up to 64 bits, seven in each byte, the lowest first.
    fn varint(&mut self) -> Result<u64, String> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(DAMAGED.into())
    }

    /// A number of `count` bytes, the lowest first.
    fn fixed(&mut self, count: u64) -> Result<u64, String> {
        Ok(self.take(count)?.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn field(&mut self) -> Result<(u64, Value<'m>), String> {
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(self.fixed(8)?),
            2 => {
                let length = self.varint()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Fixed32(self.fixed(4)? as u32),
            _ => return Err(DAMAGED.into()),
        };
        Ok((key >> 3, value))
    }
}

impl<'m> Iterator for Fields<'m> {
    type Item = Result<(u64, Value<'m>), String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &[u8]) -> Result<Vec<(u64, Value<'_>)>, String> {
        Fields::of(message).collect()
    }

    #[test]
    fn fields_of_all_kinds_are_read() {
        let message = b"\x08\x96\x01\x12\x02hi\x1d\x01\x02\0\0\x21\x05\0\0\0\0\0\0\0\xc2\x02\0";
        assert_eq!(
            read(message).unwrap(),
            [
                (1, Value::Varint(150)),
                (2, Value::Bytes(b"hi")),
                (3, Value::Fixed32(513)),
                (4, Value::Fixed64(5)),
                (40, Value::Bytes(b"")),
            ]
        );
        let most = b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";
        assert_eq!(read(most).unwrap(), [(1, Value::Varint(u64::MAX))]);
    }

    #[test]
    fn lengths_that_lie_and_cut_off_fields_are_refused() {
        for message in [
            &b"\x08"[..],
            b"\x80",
            b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            b"\x12\x03hi",
            b"\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01hi",
            b"\x1d\x01\x02\0",
            b"\x21\x05",
            b"\x0b",
            b"\x0f",
        ] {
            assert_eq!(read(message).unwrap_err(), DAMAGED, "{message:?}");
        }
    }
}
