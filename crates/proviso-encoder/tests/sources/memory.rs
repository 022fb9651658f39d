//! How much memory reading takes, counted by the allocator.

use std::fs::{self, File};

use proviso_encoder::Source;
use proviso_hostile::{Counting, peak};
use tempfile::TempDir;

use crate::safetensors;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Writes a file with this header, and as many zeros behind it that take no room on the disk.
fn sparse(folder: &TempDir, header: &str, data: u64) {
    let path = folder.path().join("model.safetensors");
    let header = safetensors(header, 0);
    fs::write(&path, &header).unwrap();
    File::options().write(true).open(&path).unwrap().set_len(header.len() as u64 + data).unwrap();
}

const MIB: isize = 1 << 20;

#[test]
fn a_large_table_is_read_row_by_row_in_little_memory() {
    let (rows, width) = (17_000, 1_536);
    let bytes = (rows * width * 4) as u64;
    assert!(bytes > 100_000_000);
    let folder = TempDir::new().unwrap();
    sparse(
        &folder,
        &format!(
            r#"{{"table": {{"dtype": "F32", "shape": [{rows}, {width}], "data_offsets": [0, {bytes}]}}}}"#
        ),
        bytes,
    );
    let held = peak(|| {
        let source = Source::open(folder.path()).unwrap();
        let mut row = Vec::new();
        for at in (0..rows).step_by(7) {
            source.rows("table", at..at + 1, &mut row).unwrap();
            assert_eq!((row.len(), row.capacity()), (width, width));
        }
    });
    assert!(held < MIB / 16, "{held} bytes for rows of {} bytes", width * 4);

    let held = peak(|| {
        let source = Source::open(folder.path()).unwrap();
        let mut many = Vec::new();
        for at in (0..rows).step_by(1_000) {
            source.rows("table", at..at + 1_000, &mut many).unwrap();
            assert_eq!(many.capacity(), 1_000 * width);
        }
        assert!(source.whole("table").unwrap_err().to_string().contains("too large to be read as a whole"));
    });
    let asked_for = (1_000 * width * 4) as isize;
    assert!(held < asked_for + MIB + MIB / 16, "{held} bytes for rows of {asked_for}");
}

#[test]
fn half_floats_are_read_through_a_small_buffer() {
    let count = 10_000_000;
    let folder = TempDir::new().unwrap();
    let header =
        format!(r#"{{"flat": {{"dtype": "BF16", "shape": [{count}], "data_offsets": [0, {}]}}}}"#, 2 * count);
    sparse(&folder, &header, 2 * count);
    let held = peak(|| {
        let source = Source::open(folder.path()).unwrap();
        assert_eq!(source.whole("flat").unwrap().len() as u64, count);
    });
    assert!(held < 4 * count as isize + MIB + MIB / 16, "{held} bytes for {count} numbers");
}

#[test]
fn a_header_that_is_too_long_is_not_read() {
    let folder = TempDir::new().unwrap();
    sparse(&folder, "", 1 << 30);
    let path = folder.path().join("model.safetensors");
    let mut bytes = (1_u64 << 29).to_le_bytes().to_vec();
    std::io::Write::write_all(&mut File::options().write(true).open(&path).unwrap(), &bytes).unwrap();
    bytes.clear();
    let held = peak(|| {
        let said = Source::open(folder.path()).unwrap_err().to_string();
        assert!(said.contains("its header has 536870912 bytes, more than 16777216"), "{said}");
    });
    assert!(held < MIB / 16, "{held} bytes");
}
