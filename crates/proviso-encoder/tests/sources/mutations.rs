//! Files that are damaged anywhere are read or refused, without a panic, soon, and in little memory.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

use proviso_encoder::Source;
use proviso_hostile::{Kind, damaged as damaged_by, peak, seeds};
use tempfile::TempDir;

use crate::copied;

/// Each with the file that is damaged.
const FOLDERS: [(&str, &str); 7] = [
    ("safetensors-f32", "model.safetensors"),
    ("safetensors-sharded", "model.safetensors.index.json"),
    ("safetensors-sharded", "model-00002-of-00002.safetensors"),
    ("bin-f16", "pytorch_model.bin"),
    ("bin-sharded", "pytorch_model.bin.index.json"),
    ("bin-wide", "pytorch_model.bin"),
    ("bin-module", "pytorch_model.bin"),
];

/// Reads all that can be read and says whether the folder could be opened.
fn read(folder: &Path) -> bool {
    let Ok(source) = Source::open(folder) else { return false };
    let names: Vec<String> = source.tensors().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        let _ = source.whole(&name);
        let rows = source.tensor(&name).unwrap().rows();
        let _ = source.rows(&name, rows / 2..rows, &mut Vec::new());
    }
    let _ = source.encoder_prefix();
    true
}

/// The file with something else at a place; what, depends on the round.
fn damaged(good: &[u8], at: usize, round: usize) -> Vec<u8> {
    let mut bytes = good.to_vec();
    match round {
        0 => bytes[at] ^= 1 << (at % 8),
        1 => bytes[at] = if at.is_multiple_of(2) { 0xff } else { 0 },
        2 => bytes[at..].iter_mut().take(8).for_each(|byte| *byte = 0xff),
        3 => drop(bytes.remove(at)),
        4 => bytes.truncate(at),
        _ => bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(at as u8),
    }
    bytes
}

/// Writes a file anew without emptying it first, after which some file systems wait for the disk.
fn overwrite(path: &Path, bytes: &[u8]) {
    let mut file = File::options().write(true).open(path).unwrap();
    file.write_all(bytes).unwrap();
    file.set_len(bytes.len() as u64).unwrap();
}

#[test]
fn damaged_files_are_read_or_refused() {
    let mut cases = 0;
    let mut opened = 0;
    for (name, file) in FOLDERS {
        let folder: TempDir = copied(name);
        let path = folder.path().join(file);
        let good = fs::read(&path).unwrap();
        for round in 0..6 {
            for at in (round % 5..good.len()).step_by(5) {
                overwrite(&path, &damaged(&good, at, round));
                let held = peak(|| opened += usize::from(read(folder.path())));
                assert!(held < 1 << 19, "{held} bytes for {name} damaged at {at} in round {round}");
                cases += 1;
            }
        }
    }
    // Neither was every file refused, nor every damage overlooked.
    assert!(cases > 5_000 && opened > cases / 20 && opened < cases, "{opened} of {cases} were opened");
}

#[test]
fn files_that_are_damaged_in_several_ways_are_read_or_refused() {
    let folders: Vec<_> = FOLDERS.map(|(name, file)| (copied(name), file)).into();
    let good: Vec<_> =
        folders.iter().map(|(folder, file)| fs::read(folder.path().join(file)).unwrap()).collect();
    for seed in seeds("files of weights", 300) {
        for ((folder, file), good) in folders.iter().zip(&good) {
            let path = folder.path().join(file);
            let kind = if file.ends_with(".json") { Kind::Text } else { Kind::Binary };
            overwrite(&path, &damaged_by(kind, good, seed));
            let held = peak(|| {
                read(folder.path());
            });
            // What is nested or doubled makes the file itself longer.
            assert!(held < 1 << 22, "{held} bytes for {file}");
            overwrite(&path, good);
        }
    }
}
