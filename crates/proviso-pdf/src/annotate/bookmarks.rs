//! Bookmarks to the notes: an entry "Proviso" behind those that the outline has, and under it one for each category.

use std::collections::HashSet;

use hayro_syntax::{
    Pdf,
    object::{Dict, ObjectIdentifier, dict::keys::OUTLINES},
};

use super::{
    PdfNote, page_id, splice,
    update::{Update, reference, text_string},
};
use crate::error::PdfErrorKind;

/// Writes the bookmarks, each to the first note of its category.
pub fn add(pdf: &Pdf, notes: &[PdfNote], update: &mut Update<'_>) -> Result<(), PdfErrorKind> {
    let outline = Outline::of(pdf);
    let root = outline.id.unwrap_or_else(|| update.new_id());
    let ours = update.new_id();
    outline.append(pdf, root, ours, update).ok_or(PdfErrorKind::DamagedOriginal)?;
    let mut seen = HashSet::new();
    let firsts: Vec<&PdfNote> = notes.iter().filter(|note| seen.insert(note.title.as_str())).collect();
    let items: Vec<ObjectIdentifier> = firsts.iter().map(|_| update.new_id()).collect();
    for (index, note) in firsts.iter().enumerate() {
        let page = page_id(pdf, note.page).ok_or(PdfErrorKind::DamagedOriginal)?;
        let mut item = format!("<< /Title {} /Parent {}", text_string(&note.title), reference(ours));
        let before = index.checked_sub(1).and_then(|before| items.get(before));
        item.push_str(&neighbour("Prev", before));
        item.push_str(&neighbour("Next", items.get(index + 1)));
        item.push_str(&format!(" /Dest [{} {}] >>", reference(page), view(note)));
        update.put(items[index], item.as_bytes());
    }
    let (Some(&first), Some(&last)) = (items.first(), items.last()) else { return Ok(()) };
    // A count below zero leaves the entry closed, so that the contract's own outline stays in sight.
    let heading = format!(
        "<< /Title (Proviso) /Parent {} /First {} /Last {} /Count -{}{} >>",
        reference(root),
        reference(first),
        reference(last),
        items.len(),
        neighbour("Prev", outline.last().as_ref()),
    );
    update.put(ours, heading.as_bytes());
    Ok(())
}

fn neighbour(key: &str, item: Option<&ObjectIdentifier>) -> String {
    item.map(|&item| format!(" /{key} {}", reference(item))).unwrap_or_default()
}

/// Where a reader jumps to: the upper left corner of the first mark, at the zoom that it has.
fn view(note: &PdfNote) -> String {
    note.marks().next().map_or("/Fit".into(), |rect| format!("/XYZ {:.2} {:.2} null", rect.x0, rect.y1))
}

/// The outline of a file.
struct Outline<'a> {
    dictionary: Option<Dict<'a>>,
    /// Its object; none where there is no outline yet, or it stands in the catalog itself.
    id: Option<ObjectIdentifier>,
    /// Its entries of the first level.
    items: Vec<(ObjectIdentifier, Dict<'a>)>,
}

impl<'a> Outline<'a> {
    fn of(pdf: &'a Pdf) -> Self {
        let catalog = pdf.xref().get::<Dict<'a>>(pdf.xref().root_id());
        let dictionary = catalog.as_ref().and_then(|catalog| catalog.get::<Dict<'a>>(OUTLINES));
        let id = catalog.as_ref().and_then(|catalog| catalog.get_ref(OUTLINES)).map(ObjectIdentifier::from);
        let mut items: Vec<(ObjectIdentifier, Dict<'a>)> = Vec::new();
        let mut seen = HashSet::new();
        let mut next = dictionary.as_ref().and_then(|outline| outline.get_ref(b"First"));
        while let Some(id) = next.map(ObjectIdentifier::from) {
            let Some(item) = pdf.xref().get::<Dict<'a>>(id).filter(|_| seen.insert(id)) else { break };
            next = item.get_ref(b"Next");
            items.push((id, item));
        }
        Self { id: id.filter(|_| dictionary.is_some()), dictionary, items }
    }

    fn last(&self) -> Option<ObjectIdentifier> {
        self.items.last().map(|(id, _)| *id)
    }

    /// Writes the outline with one more entry at its end, and the catalog where it did not refer to it.
    fn append(
        &self,
        pdf: &Pdf,
        root: ObjectIdentifier,
        item: ObjectIdentifier,
        update: &mut Update<'_>,
    ) -> Option<()> {
        if let Some((id, last)) = self.items.last() {
            let next = reference(item);
            update.put(*id, &splice::with_entries(last.data(), &[("Next", next.as_bytes())])?);
        }
        let shown = self.dictionary.as_ref().and_then(|outline| outline.get::<i32>(b"Count"));
        let shown = shown.filter(|&count| count > 0).unwrap_or(self.items.len() as i32) + 1;
        let first = reference(self.items.first().map_or(item, |(id, _)| *id));
        let (last, shown) = (reference(item), shown.to_string());
        let before = self.dictionary.as_ref().map_or(b"<< /Type /Outlines >>".as_slice(), Dict::data);
        let entries = [("First", first.as_bytes()), ("Last", last.as_bytes()), ("Count", shown.as_bytes())];
        update.put(root, &splice::with_entries(before, &entries)?);
        if self.id.is_none() {
            let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
            let catalog = splice::with_entries(catalog.data(), &[("Outlines", reference(root).as_bytes())])?;
            update.put(pdf.xref().root_id(), &catalog);
        }
        Some(())
    }
}
