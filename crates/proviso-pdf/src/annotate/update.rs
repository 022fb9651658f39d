//! New and changed objects behind the end of a file, with the table that lists them.

use std::{collections::BTreeMap, io::Write};

use hayro_syntax::{
    Pdf,
    object::{Object, ObjectIdentifier},
};

use super::ending::Ending;

/// What is written behind a file.
pub struct Update<'a> {
    pdf: &'a Pdf,
    ending: &'a Ending,
    tail: Vec<u8>,
    /// Where each object is, and its generation.
    places: BTreeMap<u32, (usize, i32)>,
    next: u32,
}

/// `12 0 R`.
pub fn reference(id: ObjectIdentifier) -> String {
    format!("{} {} R", id.obj_number, id.gen_number)
}

/// A string for people, in any script: UTF-16 in hexadecimal.
pub fn text_string(text: &str) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{units}>")
}

impl<'a> Update<'a> {
    /// An update that changes nothing yet.
    pub fn new(pdf: &'a Pdf, ending: &'a Ending) -> Self {
        // The last line of a file need not have an end.
        Self { pdf, ending, tail: b"\n".to_vec(), places: BTreeMap::new(), next: ending.size }
    }

    /// A number for a new object. Some files have more objects than they say.
    pub fn new_id(&mut self) -> ObjectIdentifier {
        loop {
            let id = ObjectIdentifier::new(self.next, 0);
            self.next += 1;
            if self.pdf.xref().get::<Object<'_>>(id).is_none() {
                return id;
            }
        }
    }

    /// Writes an object; one that is in the file is replaced by it.
    pub fn put(&mut self, id: ObjectIdentifier, body: &[u8]) {
        self.places.insert(id.obj_number, (self.here(), id.gen_number));
        self.tail.extend(format!("{} {} obj\n", id.obj_number, id.gen_number).bytes());
        self.tail.extend(body);
        self.tail.extend(b"\nendobj\n");
    }

    /// Writes a stream under a new number.
    pub fn put_stream(&mut self, entries: &str, data: &[u8]) -> ObjectIdentifier {
        let id = self.new_id();
        self.put(id, &stream(entries.as_bytes(), data));
        id
    }

    /// Everything that is to follow the file.
    pub fn finish(mut self) -> Vec<u8> {
        let table = if self.ending.is_stream { self.table_stream() } else { self.table() };
        let _ = write!(self.tail, "startxref\n{table}\n%%EOF\n");
        self.tail
    }

    /// Where the next byte will be, as the file counts.
    fn here(&self) -> usize {
        self.pdf.data().as_ref().len() - self.ending.base + self.tail.len()
    }

    fn table(&mut self) -> usize {
        let at = self.here();
        let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
        for run in self.runs() {
            table.push_str(&format!("{} {}\n", run[0], run.len()));
            for number in run {
                let (offset, generation) = self.places[&number];
                table.push_str(&format!("{offset:010} {generation:05} n \n"));
            }
        }
        self.tail.extend(table.bytes());
        self.tail.extend(b"trailer\n<< ");
        let entries = self.trailer_entries();
        self.tail.extend(entries);
        self.tail.extend(b" >>\n");
        at
    }

    fn table_stream(&mut self) -> usize {
        let at = self.here();
        let id = self.new_id();
        self.places.insert(id.obj_number, (at, id.gen_number));
        let mut index = String::new();
        let mut rows: Vec<u8> = Vec::new();
        for run in self.runs() {
            index.push_str(&format!("{} {} ", run[0], run.len()));
            for number in run {
                let (offset, generation) = self.places[&number];
                rows.push(1);
                rows.extend((offset as u32).to_be_bytes());
                rows.extend((generation as u16).to_be_bytes());
            }
        }
        let entries = self.trailer_entries();
        let more = format!("/Type /XRef /W [1 4 2] /Index [{}] ", index.trim_end());
        let entries = [more.into_bytes(), entries].concat();
        self.put(id, &stream(&entries, &rows));
        at
    }

    fn trailer_entries(&self) -> Vec<u8> {
        let mut entries = format!("/Size {} /Prev {}", self.next, self.ending.previous).into_bytes();
        for (name, value) in &self.ending.kept {
            entries.extend([b" /", name.as_bytes(), b" ", value.as_slice()].concat());
        }
        entries
    }

    /// The numbers in runs without gaps, as a table lists them.
    fn runs(&self) -> Vec<Vec<u32>> {
        let mut runs: Vec<Vec<u32>> = Vec::new();
        for &number in self.places.keys() {
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|last| last + 1 == number) => run.push(number),
                _ => runs.push(vec![number]),
            }
        }
        runs
    }
}

/// A stream that is not compressed: what is added is small.
fn stream(entries: &[u8], data: &[u8]) -> Vec<u8> {
    let length = format!(" /Length {} >>\nstream\n", data.len());
    [b"<< ", entries, length.as_bytes(), data, b"\nendstream"].concat()
}
