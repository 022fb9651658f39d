//! A model that learns the ranges of its activations from contracts of the person's own.

mod sample;

use std::path::Path;

use proviso_encoder::{
    Calibration, Cancelled, Encoder, EncoderError, Logits, ModelFolder, Pass, Schedule, TextTokenizer,
    TextWindows, Window, cut_windows, run_passes,
};
use proviso_pdf::worker::PdfReader;
use proviso_plan::Plan;

use crate::{AppError, Cancel, ContractFile, OpenedContract, pdf_files};
use sample::{evenly, shares};

/// Most windows that a calibration reads. More do not change the ranges by much.
const MOST_WINDOWS: usize = 200;

/// Most contracts that are opened: each gives one window at least.
const MOST_CONTRACTS: usize = MOST_WINDOWS;

/// What a calibration gave, and what it rests on.
#[derive(Debug)]
pub struct Calibrated {
    /// The content of [`ModelFolder::ACTIVATION_RANGES`].
    pub activation_ranges: Vec<u8>,
    /// PDF files that were found.
    pub found: usize,
    /// Contracts whose text was read; windows come from all of them.
    pub contracts: usize,
    /// Windows that went through the model.
    pub windows: usize,
    /// Windows that these contracts have, side by side.
    pub windows_there: usize,
    /// Why contracts could not be read; each names its file.
    pub unread: Vec<AppError>,
}

/// How far a calibration has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalibrationProgress {
    /// Contracts are opened.
    Contracts {
        /// Opened so far.
        done: usize,
        /// To be opened.
        total: usize,
    },
    /// Windows are read.
    Windows {
        /// Read so far.
        done: usize,
        /// To be read.
        total: usize,
    },
}

/// Reads a sample of the windows of `contracts`, a PDF file or a folder of them, and notes the ranges of the model's
/// activations. Of many contracts, evenly chosen ones are opened; each gives as many windows as any other, as far as it
/// has them, evenly chosen too. The ranges do not depend on the number of workers.
///
/// # Errors
/// If no contract could be read, the model fails, or the calibration is cancelled.
pub fn calibrate(
    folder: &ModelFolder,
    plan: &Plan,
    contracts: &Path,
    reader: &PdfReader,
    on_progress: &mut dyn FnMut(CalibrationProgress),
    cancel: &Cancel,
) -> Result<Calibrated, AppError> {
    let found = pdf_files(&[contracts.to_owned()]);
    let chosen: Vec<_> = evenly(found.len(), MOST_CONTRACTS).map(|index| &found[index]).collect();
    let tokenizer = TextTokenizer::load(folder)?;
    let (mut texts, mut unread) = (Vec::new(), Vec::new());
    for (index, path) in chosen.iter().enumerate() {
        on_progress(CalibrationProgress::Contracts { done: index, total: chosen.len() });
        match token_ids(path, reader, &tokenizer, cancel) {
            Ok(ids) => texts.push(ids),
            Err(_) if cancel.is_asked() => return Err(AppError::Cancelled),
            Err(error @ AppError::Encoder(_)) => return Err(error),
            Err(error) => unread.push(error),
        }
    }
    if texts.is_empty() {
        return Err(AppError::NoContracts { looked_in: contracts.to_owned(), reasons: unread });
    }
    let (windows, windows_there) = chosen_windows(&texts, plan.window);
    let calibration = Calibration::begin(folder, &tokenizer)?;
    let schedule = Schedule { workers: plan.workers, stand_back: false };
    let (mut done, total) = (0, windows.len());
    on_progress(CalibrationProgress::Windows { done, total });
    let is_cancelled = || cancel.is_asked();
    let passes = TextWindows { ids: &texts.concat(), windows: &windows };
    run_passes(&Watched(&calibration), &passes, schedule, &is_cancelled, |_, _| {
        done += 1;
        on_progress(CalibrationProgress::Windows { done, total });
    })?
    .map_err(|Cancelled| AppError::Cancelled)?;
    let Some(activation_ranges) = calibration.finish() else {
        return Err(AppError::NoContracts { looked_in: contracts.to_owned(), reasons: unread });
    };
    Ok(Calibrated {
        activation_ranges,
        found: found.len(),
        contracts: texts.len(),
        windows: total,
        windows_there,
        unread,
    })
}

/// The tokens of a contract's text, of which there is at least one.
fn token_ids(
    path: &Path,
    reader: &PdfReader,
    tokenizer: &TextTokenizer,
    cancel: &Cancel,
) -> Result<Vec<u32>, AppError> {
    let file = ContractFile::load(path)?;
    let opened = OpenedContract::open(path, file, reader, None, &mut |_, _| {}, &|| cancel.is_asked())?;
    let ids = tokenizer.encode(opened.document.text())?.ids().to_vec();
    if ids.is_empty() { Err(AppError::NoText(path.to_owned())) } else { Ok(ids) }
}

/// The windows that are read, as places in all texts one after the other, and how many there would be.
fn chosen_windows(texts: &[Vec<u32>], window: usize) -> (Vec<Window>, usize) {
    let all: Vec<_> = texts.iter().map(|ids| cut_windows(ids.len(), window, window)).collect();
    let counts: Vec<_> = all.iter().map(Vec::len).collect();
    let mut chosen = Vec::new();
    let mut text_begins = 0;
    for ((ids, windows), share) in texts.iter().zip(&all).zip(shares(&counts, MOST_WINDOWS)) {
        chosen.extend(
            evenly(windows.len(), share)
                .map(|index| Window { first: text_begins + windows[index].first, ..windows[index] }),
        );
        text_begins += ids.len();
    }
    (chosen, counts.iter().sum())
}

/// A calibration as the schedule runs models; nobody asks for its logits.
struct Watched<'a>(&'a Calibration);

impl Encoder for Watched<'_> {
    fn logits(&self, pass: Pass<'_>, _: usize) -> Result<Logits, EncoderError> {
        self.0.read(pass.window)?;
        Ok(Logits::new(self.outputs(), Vec::new()))
    }

    fn outputs(&self) -> usize {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_lie_within_their_texts() {
        let texts = [vec![1; 5], vec![2; 4_000], vec![3; 30]];
        let (windows, there) = chosen_windows(&texts, 10);
        assert_eq!((windows.len(), there), (MOST_WINDOWS, 1 + 400 + 3));
        let ids = texts.concat();
        let of_text = |id| {
            let is_of = |window: &&Window| {
                let ids = &ids[window.first..window.first + window.len];
                assert!(ids.iter().all(|other| *other == ids[0]), "{window:?}");
                ids[0] == id
            };
            windows.iter().filter(is_of).count()
        };
        assert_eq!([1, 2, 3].map(of_text), [1, 196, 3]);
    }
}
