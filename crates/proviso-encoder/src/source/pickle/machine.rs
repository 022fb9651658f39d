//! The stack machine that a pickle is a program for, as far as tensors need it.

use std::collections::HashMap;

use super::{
    instruction,
    known::Known,
    value::{Id, Stored, Value},
};
use crate::source::tensor::MOST_DIMENSIONS;

/// Most values and references to them that are kept: tens of thousands of tensors have fewer.
const MOST_PARTS: usize = 1 << 20;
/// The version in which `torch.save` writes.
const PROTOCOL: u8 = 2;

/// The machine's state.
pub(super) struct Machine<'p> {
    /// What of the program is left.
    rest: &'p [u8],
    values: Vec<Value<'p>>,
    stack: Vec<Id>,
    /// Heights of the stack that the program wants to come back to.
    marks: Vec<usize>,
    memo: HashMap<u32, Id>,
}

impl<'p> Machine<'p> {
    /// Runs the program to its end: all values that it built, and its result among them.
    ///
    /// # Errors
    /// In words: if it asks for anything but tensors, or is damaged.
    pub(super) fn run(pickle: &'p [u8]) -> Result<(Vec<Value<'p>>, Id), String> {
        let mut machine = Self {
            rest: pickle,
            values: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
        };
        while !machine.step()? {
            if machine.size() > MOST_PARTS {
                return Err(format!("has more than {MOST_PARTS} parts"));
            }
        }
        let result = machine.pop()?;
        Ok((machine.values, result))
    }

    /// Carries out an instruction and says whether it was the last.
    fn step(&mut self) -> Result<bool, String> {
        let [code] = self.bytes()?;
        match code {
            instruction::PROTO => {
                let [version] = self.bytes()?;
                if version != PROTOCOL {
                    return Err(format!("is of version {version}; {PROTOCOL} is the one of `torch.save`"));
                }
            }
            instruction::STOP => return Ok(true),
            instruction::GLOBAL => {
                let (module, name) = (self.line()?, self.line()?);
                self.push(Value::Known(Known::find(module, name)?));
            }
            instruction::UNICODE => {
                let len = u32::from_le_bytes(self.bytes()?);
                let text = self.text(len as usize)?;
                self.push(Value::Text(text));
            }
            instruction::NONE | instruction::TRUE | instruction::FALSE => self.push(Value::Other),
            instruction::FLOAT => {
                self.take(8)?;
                self.push(Value::Other);
            }
            instruction::INT => {
                let number = i32::from_le_bytes(self.bytes()?);
                self.push(Value::Integer(number.into()));
            }
            instruction::INT1 => {
                let [number] = self.bytes()?;
                self.push(Value::Integer(number.into()));
            }
            instruction::INT2 => {
                let number = u16::from_le_bytes(self.bytes()?);
                self.push(Value::Integer(number.into()));
            }
            instruction::LONG1 => self.long()?,
            instruction::PUT | instruction::LONG_PUT => {
                let place = self.place(code == instruction::PUT)?;
                let top = self.top()?;
                self.memo.insert(place, top);
            }
            instruction::GET | instruction::LONG_GET => {
                let place = self.place(code == instruction::GET)?;
                let id = *self.memo.get(&place).ok_or("uses a value that it never made")?;
                self.stack.push(id);
            }
            instruction::MARK => self.marks.push(self.stack.len()),
            instruction::EMPTY_TUPLE => self.push(Value::Tuple(Vec::new())),
            instruction::TUPLE => {
                let items = self.pop_to_mark()?;
                self.push(Value::Tuple(items));
            }
            instruction::TUPLE1..=instruction::TUPLE3 => {
                let first =
                    self.stack.len().checked_sub(usize::from(code - instruction::TUPLE1 + 1)).ok_or(EMPTY)?;
                let items = self.stack.split_off(first);
                self.push(Value::Tuple(items));
            }
            instruction::EMPTY_LIST => self.push(Value::List),
            instruction::APPEND => {
                self.pop()?;
                self.expect_list()?;
            }
            instruction::APPENDS => {
                self.pop_to_mark()?;
                self.expect_list()?;
            }
            instruction::EMPTY_DICT => self.push(Value::Dict(Vec::new())),
            instruction::SET_ITEM => {
                let value = self.pop()?;
                let key = self.pop()?;
                self.dict()?.push((key, value));
            }
            instruction::SET_ITEMS => {
                let items = self.pop_to_mark()?;
                let (pairs, []) = items.as_chunks() else { return Err("has a key without a value".into()) };
                self.dict()?.extend(pairs.iter().map(|[key, value]| (*key, *value)));
            }
            instruction::BUILD => {
                // Dictionaries come with notes of theirs, such as the versions of layers.
                self.pop()?;
                self.dict()?;
            }
            instruction::PERSISTENT_ID => {
                let storage = self.pop()?;
                let storage = self.storage(storage)?;
                self.push(storage);
            }
            instruction::REDUCE => self.call()?,
            other => {
                return Err(format!("has the instruction {other:#04x}, which `torch.save` does not write"));
            }
        }
        Ok(false)
    }

    /// What the function on the stack would make of the arguments on top of it.
    fn call(&mut self) -> Result<(), String> {
        let (arguments, function) = (self.pop()?, self.pop()?);
        let (Value::Known(function), Value::Tuple(arguments)) =
            (&self.values[function], &self.values[arguments])
        else {
            return Err("calls what is no function".into());
        };
        match (function, arguments.as_slice()) {
            (Known::OrderedDict, []) => {
                self.push(Value::Dict(Vec::new()));
                Ok(())
            }
            // A seventh argument would say that the numbers are to be negated or conjugated.
            (Known::RebuildTensor, &[storage, offset, shape, strides, _, _]) => {
                let tensor = self.tensor(storage, offset, shape, strides)?;
                self.push(Value::Tensor(tensor));
                Ok(())
            }
            (Known::RebuildParameter, &[tensor, ..]) if matches!(self.values[tensor], Value::Tensor(_)) => {
                self.stack.push(tensor);
                Ok(())
            }
            (function, _) => Err(format!("gives {function:?} other arguments than it takes")),
        }
    }

    /// The storage of which the tuple says type and file.
    fn storage(&self, tuple: Id) -> Result<Value<'p>, String> {
        if let Value::Tuple(items) = &self.values[tuple]
            && let &[kind, class, key, ..] = items.as_slice()
            && let (Value::Text("storage"), Value::Known(Known::Storage(element)), Value::Text(key)) =
                (&self.values[kind], &self.values[class], &self.values[key])
        {
            return Ok(Value::Storage { key, element: *element });
        }
        Err("refers to something outside of it that is no storage".into())
    }

    fn tensor(&self, storage: Id, offset: Id, shape: Id, strides: Id) -> Result<Stored<'p>, String> {
        if let Value::Storage { key, element } = self.values[storage]
            && let Value::Integer(offset) = self.values[offset]
            && let Ok(offset) = u64::try_from(offset)
            && let Some(shape) = self.sizes(shape)
            && let Some(strides) = self.sizes(strides)
        {
            return Ok(Stored { key, element, offset, shape, strides });
        }
        Err("describes a tensor without a storage, or with a size that is none".into())
    }

    /// The numbers of a tuple, one a dimension; nothing if one is negative, or they are too many.
    fn sizes<T: TryFrom<i64>>(&self, tuple: Id) -> Option<Vec<T>> {
        let Value::Tuple(items) = &self.values[tuple] else { return None };
        let size = |id: &Id| match self.values[*id] {
            Value::Integer(size) => T::try_from(size).ok(),
            _ => None,
        };
        // Many tensors can share one long tuple, so that their lists would be far longer than the pickle.
        if items.len() > MOST_DIMENSIONS { None } else { items.iter().map(size).collect() }
    }

    /// A whole number in as many bytes as the first one says.
    fn long(&mut self) -> Result<(), String> {
        let [len] = self.bytes()?;
        let bytes = self.take(len.into())?;
        if bytes.len() > 8 {
            return Err("has a whole number of more than 64 bits".into());
        }
        let sign = if bytes.last().is_some_and(|byte| *byte >= 0x80) { -1 } else { 0 };
        let number = bytes.iter().rev().fold(sign, |number, byte| number << 8 | i64::from(*byte));
        self.push(Value::Integer(number));
        Ok(())
    }

    fn place(&mut self, is_short: bool) -> Result<u32, String> {
        if is_short { self.bytes().map(|[place]| place.into()) } else { self.bytes().map(u32::from_le_bytes) }
    }

    /// Values, and references to them, that are kept.
    fn size(&self) -> usize {
        self.values.len() + self.stack.len() + self.marks.len() + self.memo.len()
    }

    fn push(&mut self, value: Value<'p>) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    fn top(&self) -> Result<Id, String> {
        self.stack.last().copied().ok_or_else(|| EMPTY.into())
    }

    fn pop(&mut self) -> Result<Id, String> {
        self.stack.pop().ok_or_else(|| EMPTY.into())
    }

    fn pop_to_mark(&mut self) -> Result<Vec<Id>, String> {
        let mark = self.marks.pop().filter(|mark| *mark <= self.stack.len()).ok_or(EMPTY)?;
        Ok(self.stack.split_off(mark))
    }

    fn dict(&mut self) -> Result<&mut Vec<(Id, Id)>, String> {
        let top = self.top()?;
        match &mut self.values[top] {
            Value::Dict(entries) => Ok(entries),
            _ => Err("adds to what is no dictionary".into()),
        }
    }

    fn expect_list(&self) -> Result<(), String> {
        match self.values[self.top()?] {
            Value::List => Ok(()),
            _ => Err("adds to what is no list".into()),
        }
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or(CUT_OFF)?;
        self.rest = rest;
        Ok(*bytes)
    }

    fn take(&mut self, len: usize) -> Result<&'p [u8], String> {
        let (bytes, rest) = self.rest.split_at_checked(len).ok_or(CUT_OFF)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn text(&mut self, len: usize) -> Result<&'p str, String> {
        str::from_utf8(self.take(len)?).map_err(|_| "has a text that is none".into())
    }

    /// The text up to the end of the line.
    fn line(&mut self) -> Result<&'p str, String> {
        let len = self.rest.iter().position(|byte| *byte == b'\n').ok_or(CUT_OFF)?;
        let line = self.text(len)?;
        self.take(1)?;
        Ok(line)
    }
}

const EMPTY: &str = "takes a value that is not there";
const CUT_OFF: &str = "is cut off";
