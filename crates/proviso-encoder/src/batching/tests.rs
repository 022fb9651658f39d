//! Batches on a simulated device: a memory with a limit, a throughput that gains less with each doubling, a memory that is
//! full once without need, and a driver that goes away.

use std::{
    cell::Cell,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::*;
use crate::{TextWindows, Window, cut_windows};

thread_local! {
    /// Seconds that the simulated device has worked.
    static WORKED: Cell<f64> = const { Cell::new(0.0) };
}

fn simulated_time() -> Duration {
    Duration::from_secs_f64(WORKED.get())
}

/// The logits that a window has, whatever reads it.
fn logits(ids: &[u32]) -> Logits {
    Logits::new(3, ids.iter().flat_map(|&id| [id as f32, ids.len() as f32, ids[0] as f32]).collect())
}

struct Simulated {
    /// Tokens, padding included, that fit into the memory.
    memory: usize,
    /// Seconds that a batch takes, and each of its windows beyond that.
    batch_seconds: f64,
    window_seconds: f64,
    /// The call at which the memory is full although the batch would fit.
    full_at: Option<usize>,
    /// The call from which on the driver is gone.
    lost_at: Option<usize>,
    calls: AtomicUsize,
    padded: AtomicUsize,
}

/// A device on which everything fits and nothing fails.
fn roomy() -> Simulated {
    Simulated {
        memory: usize::MAX,
        batch_seconds: 0.010,
        window_seconds: 0.001,
        full_at: None,
        lost_at: None,
        calls: AtomicUsize::new(0),
        padded: AtomicUsize::new(0),
    }
}

impl BatchEncoder for Simulated {
    fn logits(
        &self,
        passes: &[Pass<'_>],
        _: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<Vec<Logits>, Cancelled>, DeviceError> {
        let windows: Vec<&[u32]> = passes.iter().map(|pass| pass.window).collect();
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        if self.lost_at.is_some_and(|lost_at| call >= lost_at) {
            return Err(DeviceError::Lost("driver reset".into()));
        }
        let longest = windows.iter().map(|ids| ids.len()).max().unwrap_or(0);
        if longest * windows.len() > self.memory || self.full_at == Some(call) {
            return Err(DeviceError::OutOfMemory);
        }
        let padding: usize = windows.iter().map(|ids| longest - ids.len()).sum();
        self.padded.fetch_add(padding, Ordering::Relaxed);
        WORKED.set(WORKED.get() + self.batch_seconds + self.window_seconds * windows.len() as f64);
        Ok(Ok(windows.iter().map(|ids| logits(ids)).collect()))
    }

    fn outputs(&self) -> usize {
        3
    }
}

/// The processor: the same logits, one by one.
struct Processor;

impl PassReader for Processor {
    fn outputs(&self) -> usize {
        3
    }

    fn read(
        &self,
        passes: &dyn Passes,
        _: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        (0..passes.len()).for_each(|index| on_logits(index, &logits(passes.get(index).window)));
        Ok(Ok(()))
    }
}

fn reader(device: Simulated, first: usize, most: usize) -> BatchReader<Simulated> {
    WORKED.set(0.0);
    let load: Box<LoadFallback> = Box::new(|| Ok(Box::new(Processor)));
    BatchReader { clock: simulated_time, ..BatchReader::new(device, BatchSize::new(first, most), load) }
}

/// Windows of several lengths, as those of several texts are.
fn text() -> (Vec<u32>, Vec<Window>) {
    let ids: Vec<u32> = (0..8_000).collect();
    let mut windows = cut_windows(ids.len(), 40, 20);
    windows.iter_mut().step_by(3).for_each(|window| window.len = 7 + window.first % 30);
    (ids, windows)
}

/// Reads and checks that every window came once, in order, with the logits that it has alone.
fn assert_same_as_one_by_one(reader: &BatchReader<Simulated>) {
    let (ids, windows) = text();
    let mut seen = Vec::new();
    let passes = TextWindows { ids: &ids, windows: &windows };
    let outcome = reader.read(&passes, &|| false, &mut |index, found| {
        assert_eq!(*found, logits(windows[index].tokens(&ids)));
        seen.push(index);
    });
    assert_eq!(outcome.unwrap(), Ok(()));
    assert!(seen.into_iter().eq(0..windows.len()));
}

#[test]
fn batches_grow_to_the_best_size_and_give_what_one_by_one_gives() {
    // Throughput in windows a second: 91, 167, 286, 444, 615, 762, 865, 928, 962, 981 for 1, 2, 4 ... 512.
    let reader = reader(roomy(), 1, 1024);
    for _ in 0..20 {
        assert_same_as_one_by_one(&reader);
    }
    let learned = reader.learned().unwrap();
    assert_eq!(learned.size, 128, "256 windows gain less than 5 %");
    assert!((learned.windows_per_second - 128.0 / 0.138).abs() < 1.0, "{learned:?}");
    assert!(reader.take_notices().is_empty());
}

#[test]
fn the_memory_limits_the_batch_and_nothing_is_lost() {
    // Room for 10 windows of 40 tokens: 16 do not fit, 8 do.
    let reader = reader(Simulated { memory: 400, ..roomy() }, 1, 1024);
    assert_same_as_one_by_one(&reader);
    assert_eq!(reader.learned().map(|timed| timed.size), Some(8));
    assert_eq!(reader.take_notices(), [DeviceNotice::SmallerBatches(8)]);
    assert_same_as_one_by_one(&reader);
    assert!(reader.take_notices().is_empty(), "it is told once");
}

#[test]
fn a_remembered_size_that_does_not_fit_any_more_is_halved_until_it_does() {
    let reader = reader(Simulated { memory: 130, ..roomy() }, 32, 32);
    assert_same_as_one_by_one(&reader);
    assert_eq!(reader.learned().map(|timed| timed.size), Some(2), "3 windows of 40 fit, 4 do not");
    assert_eq!(reader.take_notices(), [DeviceNotice::SmallerBatches(2)], "one notice, of the last size");
}

#[test]
fn a_memory_that_was_full_once_costs_half_of_the_batch_and_no_window() {
    let reader = reader(Simulated { full_at: Some(3), ..roomy() }, 16, 16);
    assert_same_as_one_by_one(&reader);
    assert_eq!(reader.learned().map(|timed| timed.size), Some(8));
}

#[test]
fn where_not_even_one_window_fits_the_processor_reads() {
    let reader = reader(Simulated { memory: 20, ..roomy() }, 4, 4);
    assert_same_as_one_by_one(&reader);
    let notices = reader.take_notices();
    assert!(
        matches!(&notices[..], [.., DeviceNotice::Processor(reason)] if reason.contains("memory")),
        "{notices:?}"
    );
}

#[test]
fn after_a_lost_device_the_processor_reads_on_and_the_device_is_left_alone() {
    let reader = reader(Simulated { lost_at: Some(4), ..roomy() }, 8, 8);
    assert_same_as_one_by_one(&reader);
    let calls = reader.device.calls.load(Ordering::Relaxed);
    assert_eq!(calls, 5);
    let told: Vec<String> = reader.take_notices().iter().map(ToString::to_string).collect();
    assert!(matches!(&told[..], [notice] if notice.contains("driver reset")), "{told:?}");
    assert_same_as_one_by_one(&reader);
    assert_eq!(reader.device.calls.load(Ordering::Relaxed), calls);
    assert!(reader.take_notices().is_empty());
}

#[test]
fn a_model_that_cannot_be_loaded_for_the_processor_is_an_error() {
    let load: Box<LoadFallback> = Box::new(|| Err(EncoderError::Device("no file".into())));
    let lost = Simulated { lost_at: Some(0), ..roomy() };
    let reader = BatchReader::new(lost, BatchSize::new(1, 1), load);
    let (ids, windows) = text();
    let passes = TextWindows { ids: &ids, windows: &windows };
    let error = reader.read(&passes, &|| false, &mut |_, _| {}).unwrap_err();
    assert!(error.to_string().contains("no file"));
}

#[test]
fn windows_of_a_batch_have_nearly_the_same_length() {
    let reader = reader(roomy(), 16, 16);
    assert_same_as_one_by_one(&reader);
    let (_, windows) = text();
    let padding = |batch: &[Window]| {
        let longest = batch.iter().map(|window| window.len).max().unwrap_or(0);
        batch.iter().map(|window| longest - window.len).sum::<usize>()
    };
    let as_they_come: usize = windows.chunks(16).map(padding).sum();
    let padded = reader.device.padded.load(Ordering::Relaxed);
    assert!(padded * 5 < as_they_come, "{padded} tokens of padding, {as_they_come} without sorting");
}

#[test]
fn cancelling_ends_the_run_between_batches() {
    let reader = reader(roomy(), 4, 4);
    let (ids, windows) = text();
    let seen = AtomicUsize::new(0);
    let cancelled = || seen.load(Ordering::Relaxed) > 0;
    let passes = TextWindows { ids: &ids, windows: &windows };
    let outcome = reader.read(&passes, &cancelled, &mut |_, _| {
        seen.fetch_add(1, Ordering::Relaxed);
    });
    assert_eq!(outcome.unwrap(), Err(Cancelled));
    assert!(seen.into_inner() < windows.len());
}
