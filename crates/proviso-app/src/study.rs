//! One model at every precision: what each costs in time and memory, and what it still finds.

use proviso_encoder::ModelFolder;
use proviso_extract::scoring::Contract;
use proviso_plan::Precision;

use crate::{
    AppError, Evaluation, Machine, Model, Reader, ReaderWish, evaluate::Evaluating, peak_memory,
    timing::kernel,
};

/// What a model reached and took at one precision.
#[derive(Debug, Clone)]
pub struct Studied {
    /// The level.
    pub precision: Precision,
    /// What multiplied, such as `avx2`.
    pub kernel: &'static str,
    /// The most memory of the whole program while the model was loaded and had read one contract, in megabytes of 1 000 000 bytes;
    /// none where the system does not tell.
    pub peak_mb: Option<f64>,
    /// Its figures; `seconds` are those of this level alone.
    pub evaluation: Evaluation,
}

/// Scores a model at every precision that it can be run at here. `on_reading` hears how many readings are over, and of how many.
///
/// For its memory each level is loaded by itself, and reads the longest contract. For time and figures all are loaded, and
/// each contract is read by all of them before the next one: so other work on the computer falls on all alike, and their ratios hold.
///
/// # Errors
/// If a level cannot be run, or the model fails.
pub fn study(
    machine: &Machine,
    folder: &ModelFolder,
    wish: &ReaderWish,
    contracts: &[Contract],
    on_reading: &dyn Fn(usize, usize),
) -> Result<Vec<Studied>, AppError> {
    let needs = Model::needs(folder)?;
    let levels: Vec<Precision> = Precision::ALL.into_iter().filter(|level| needs.suits(*level)).collect();
    let load = |level: Precision| {
        let mut wish = wish.clone();
        wish.request.precision = level.into();
        Reader::load(machine, folder.clone(), &wish)
    };
    let total = levels.len() * (contracts.len() + 1);
    let longest = contracts.iter().max_by_key(|contract| contract.text.len());
    let mut peaks = Vec::new();
    // The smallest first: memory that a larger one gave back may stay with the process, and would count as the next one's.
    for &level in levels.iter().rev() {
        peak_memory::begin_again();
        let reader = load(level)?;
        let mut alone = Evaluating::new(&reader);
        longest.map_or(Ok(()), |contract| alone.read(contract))?;
        peaks.push(peak_memory::megabytes());
        on_reading(peaks.len(), total);
    }
    peaks.reverse();
    let readers: Vec<Reader> = levels.iter().map(|&level| load(level)).collect::<Result<_, _>>()?;
    let mut evaluations: Vec<Evaluating> = readers.iter().map(Evaluating::new).collect();
    let mut done = levels.len();
    for (turn, contract) in contracts.iter().enumerate() {
        // Who begins changes, so that no level always finds the processor as another left it.
        for place in 0..evaluations.len() {
            let level = (place + turn) % levels.len();
            evaluations[level].read(contract)?;
            done += 1;
            on_reading(done, total);
        }
    }
    let studied = levels.into_iter().zip(peaks).zip(readers.iter().zip(evaluations));
    let studied = studied.map(|((precision, peak_mb), (reader, evaluating))| Studied {
        precision,
        kernel: kernel(reader.plan().device, precision),
        peak_mb,
        evaluation: evaluating.finish(),
    });
    Ok(studied.collect())
}
