//! The tensors of a `pytorch_model.bin`: an archive with a pickle that describes them, and a file of numbers a storage.

use std::{collections::BTreeMap, ops::Range};

use super::{
    file::SourceFile,
    pickle::{self, Stored},
    tensor::SourceTensor,
    zip,
};
use crate::EncoderError;

/// The pickle's name in the folder that the archive holds.
const PICKLE: &str = "data.pkl";
/// What archives begin with.
const ARCHIVE: &[u8] = b"PK";
/// What pickles begin with, and so do the files of PyTorch before 1.6.
const BARE_PICKLE: &[u8] = b"\x80";

/// The tensors of the file, which is number `place` of its source.
///
/// # Errors
/// If the file is none that PyTorch wrote since 1.6, is cut off, or its pickle asks for anything but tensors.
pub(super) fn tensors(file: &SourceFile, place: usize) -> Result<Vec<(String, SourceTensor)>, EncoderError> {
    if file.begins_with(BARE_PICKLE)? {
        let name = file.path().file_name().unwrap_or_default().to_string_lossy();
        return Err(file.malformed(format!(
            "it is in the format of PyTorch before 1.6; convert it with PyTorch: `import torch; \
             torch.save(torch.load(\"{name}\", map_location=\"cpu\", weights_only=True), \"{name}\")`"
        )));
    }
    if !file.begins_with(ARCHIVE)? {
        return Err(file.malformed("it is not what `torch.save` writes"));
    }
    let archive = Archive::open(file)?;
    let pickle = file.header("pickle", archive.pickle.start, archive.pickle.end - archive.pickle.start)?;
    let stored = pickle::tensors(&pickle).map_err(|reason| file.malformed(format!("its pickle {reason}")))?;
    let tensors = stored.into_iter().map(|(name, stored)| {
        let tensor = archive.tensor(stored, place);
        tensor
            .map_err(|reason| file.malformed(format!("its tensor `{name}` {reason}")))
            .map(|tensor| (name, tensor))
    });
    let tensors: Vec<_> = tensors.collect::<Result<_, _>>()?;
    if tensors.is_empty() {
        return Err(file.malformed("its pickle describes no tensors by name"));
    }
    Ok(tensors)
}

/// What `torch.save` wrote.
struct Archive {
    entries: BTreeMap<String, Range<u64>>,
    /// Name of its folder, with the slash.
    folder: String,
    pickle: Range<u64>,
}

impl Archive {
    fn open(file: &SourceFile) -> Result<Self, EncoderError> {
        let entries = zip::entries(file)?;
        let mut pickles = entries.iter().filter_map(|(name, range)| {
            let folder = name.strip_suffix(PICKLE)?;
            let is_first_level = folder.strip_suffix('/').is_some_and(|folder| !folder.contains('/'));
            is_first_level.then(|| (folder.to_owned(), range.clone()))
        });
        let (Some((folder, pickle)), None) = (pickles.next(), pickles.next()) else {
            return Err(file.malformed("its archive does not have one `data.pkl`: PyTorch did not write it"));
        };
        drop(pickles);
        if let Some(range) = entries.get(&format!("{folder}byteorder"))
            && file.header("byte order", range.start, range.end - range.start)? != b"little"
        {
            return Err(file.malformed("its numbers are not little-endian, which is not supported"));
        }
        Ok(Self { entries, folder, pickle })
    }

    fn tensor(&self, stored: Stored, place: usize) -> Result<SourceTensor, String> {
        let Some(storage) = self.entries.get(&format!("{}data/{}", self.folder, stored.key)) else {
            return Err(format!("is in the storage `{}`, which the archive does not have", stored.key));
        };
        let first = stored.offset.checked_mul(stored.element.bytes() as u64);
        let first = first.and_then(|first| first.checked_add(storage.start));
        let Some(first) = first.filter(|first| *first <= storage.end) else {
            return Err(format!("begins behind the end of the storage `{}`", stored.key));
        };
        let room = (first, storage.end - first);
        SourceTensor::new(stored.shape, Some(&stored.strides), stored.element, place, room)
    }
}
