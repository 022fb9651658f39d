//! How fast a disk is read.

use std::{
    fs::File,
    io::Read,
    path::Path,
    time::{Duration, Instant},
};

/// Bytes that are read at a time.
const BLOCK: usize = 4 << 20;

/// Fewer bytes than these tell nothing: the first ones wait for the disk to wake and are fetched ahead of time.
const LEAST_BYTES: u64 = 16 << 20;

/// Megabytes (of 1 000 000 bytes) a second that a large file is read with from its disk, not from memory. Reading ends at
/// the file's end or when the time is over, at most one block of 4 MiB later. `is_cancelled` is asked before each block.
///
/// `None` if the reading was cancelled, or the file cannot be read, or fewer than 16 MiB were read.
///
/// 1. Linux: the file's pages are dropped from the page cache first. Those that a program has mapped just now stay, so
///    choose a file that nothing has open.
/// 2. macOS: the file is read past the cache; what the cache holds already may still come from there.
/// 3. Elsewhere the file is read as it is: one that was read a moment ago comes from memory, and the figure is too high.
pub fn read_bandwidth(path: &Path, time: Duration, is_cancelled: &dyn Fn() -> bool) -> Option<f64> {
    let mut file = File::open(path).ok()?;
    bypass_the_cache(&file);
    let mut block = vec![0; BLOCK];
    let mut bytes = 0u64;
    let start = Instant::now();
    while start.elapsed() < time {
        if is_cancelled() {
            return None;
        }
        match file.read(&mut block).ok()? {
            0 => break,
            read => bytes += read as u64,
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    (bytes >= LEAST_BYTES && seconds > 0.0).then(|| bytes as f64 / 1e6 / seconds)
}

/// Where this is not possible the figure is too high, and nothing else is wrong.
#[cfg(target_os = "linux")]
fn bypass_the_cache(file: &File) {
    // Only pages that are on the disk already can be dropped.
    let _ = file.sync_data();
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(target_os = "macos")]
fn bypass_the_cache(file: &File) {
    let _ = rustix::fs::fcntl_nocache(file, true);
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn bypass_the_cache(_: &File) {}

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        io::{Seek, Write},
    };

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn file_of(bytes: u64) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let block = vec![7; 1 << 20];
        while file.stream_position().unwrap() < bytes {
            file.write_all(&block).unwrap();
        }
        file
    }

    #[test]
    fn a_large_file_is_measured() {
        let file = file_of(2 * LEAST_BYTES);
        let speed = read_bandwidth(file.path(), LONG, &|| false).unwrap();
        assert!(speed > 0.1 && speed.is_finite(), "{speed}");
    }

    #[test]
    fn what_tells_nothing_gives_nothing() {
        assert_eq!(read_bandwidth(Path::new("no-such-file"), LONG, &|| false), None);
        assert_eq!(read_bandwidth(&std::env::temp_dir(), LONG, &|| false), None);
        let small = file_of(LEAST_BYTES / 2);
        assert_eq!(read_bandwidth(small.path(), LONG, &|| false), None);
        let large = file_of(2 * LEAST_BYTES);
        assert_eq!(read_bandwidth(large.path(), Duration::ZERO, &|| false), None);
    }

    #[test]
    fn cancelling_ends_it() {
        let file = file_of(2 * LEAST_BYTES);
        let asked = Cell::new(0);
        let third_time = || {
            asked.set(asked.get() + 1);
            asked.get() == 3
        };
        assert_eq!(read_bandwidth(file.path(), LONG, &third_time), None);
        assert_eq!(asked.get(), 3);
    }
}
