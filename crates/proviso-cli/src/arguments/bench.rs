//! What can be typed after `proviso bench`.

use clap::{Args, ValueEnum};
use proviso_plan::{Amount, ModelNeeds, PlanRequest, Precision, PrecisionChoice};

use super::{DeviceArgument, PrecisionArgument, amount};

#[derive(Debug, Args)]
pub struct BenchArguments {
    /// The model, by name or folder, or a Hugging Face folder with `config.json` and weights; the bundled model where it
    /// is left out.
    #[arg(long, value_name = "NAME|DIR")]
    pub model: Option<String>,
    /// Tokens of a window, the special ones included; 128, 256 and 512, as far as the model reads them, where it is left
    /// out.
    #[arg(long, value_name = "N,N,...", value_delimiter = ',', value_parser = positive)]
    pub lengths: Option<Vec<usize>>,
    /// The numbers to compute with: `auto`, `f32`, `f16`, `int8`, `int8-static`, `int4`, several of them, or `all`.
    #[arg(long, value_name = "LEVEL,...|all", default_value = "auto", value_parser = levels)]
    pub precision: Levels,
    /// Windows read side by side: `auto` or a number.
    #[arg(long, value_name = "auto|N", default_value = "auto", value_parser = amount)]
    pub threads: Amount,
    /// Windows that go through the model together; as the plan would where it is left out. On a processor it is always 1.
    #[arg(long, value_name = "N,N,...", value_delimiter = ',', value_parser = positive)]
    pub batch: Option<Vec<usize>>,
    /// Most memory that the model may take: what does not fit is read from the disk, if the model was imported.
    #[arg(long, value_name = "MB")]
    pub memory_budget: Option<u64>,
    /// Windows that wait together for each layer of a model that is partly on the disk; as many as planned where it is left out.
    #[arg(long, value_name = "N", value_parser = positive)]
    pub waiting: Option<usize>,
    /// Where to compute.
    #[arg(long, value_enum, default_value_t)]
    pub device: DeviceArgument,
    /// Measure this computer with a model of Proviso's, each device and precision, in less than a minute, and keep the
    /// figures: the plan then follows them.
    #[arg(long, conflicts_with_all = ["lengths", "precision", "batch", "device", "memory_budget", "waiting"])]
    pub calibrate_plan: bool,
    /// Print a JSON object a line for each measurement. `ms_per_window` is the time that a window takes on its thread;
    /// `peak_rss_mb` the most memory that the process held since it began to load the model, null where the system does
    /// not tell.
    #[arg(long)]
    pub json: bool,
}

/// The levels of precision that are measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Levels {
    /// Each that the model can be run at.
    All,
    /// These, in this order.
    These(Vec<PrecisionChoice>),
}

impl BenchArguments {
    /// What is asked of the plan, once for each measured setting.
    pub fn requests(&self, model: ModelNeeds) -> Vec<PlanRequest> {
        let batches: Vec<Amount> = self
            .batch
            .as_ref()
            .map_or_else(|| vec![Amount::Auto], |sizes| sizes.iter().copied().map(Amount::Exactly).collect());
        let request = |precision, batch| PlanRequest {
            precision,
            batch,
            device: self.device.into(),
            threads: self.threads,
            memory_budget_mb: self.memory_budget,
            ..PlanRequest::default()
        };
        let levels = self.precision.for_model(model);
        levels
            .into_iter()
            .flat_map(|precision| batches.iter().map(move |batch| request(precision, *batch)))
            .collect()
    }
}

impl Levels {
    fn for_model(&self, model: ModelNeeds) -> Vec<PrecisionChoice> {
        match self {
            Self::All => {
                Precision::ALL.into_iter().filter(|level| model.suits(*level)).map(Into::into).collect()
            }
            Self::These(levels) => levels.clone(),
        }
    }
}

fn levels(text: &str) -> Result<Levels, String> {
    if text == "all" {
        return Ok(Levels::All);
    }
    let level = |name: &str| match PrecisionArgument::from_str(name, false) {
        Ok(level) => Ok(level.into()),
        Err(_) => Err(format!("`{name}` is none of auto, f32, f16, int8, int8-static, int4 and all")),
    };
    text.split(',').map(level).collect::<Result<_, _>>().map(Levels::These)
}

fn positive(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "expected a number from 1".into())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::arguments::{Arguments, Command};

    const UNCALIBRATED: ModelNeeds = ModelNeeds {
        parameters: 2,
        embedding_parameters: 1,
        embedding_bytes: 4,
        width: 1,
        inner_width: 1,
        heads: 1,
        distances: 0,
        window_length: 256,
        calibrated: false,
        layers: 1,
        packed: None,
        questions: None,
    };

    fn typed(text: &str) -> Result<BenchArguments, clap::Error> {
        let words = ["proviso", "bench"].into_iter().chain(text.split_whitespace());
        Arguments::try_parse_from(words).map(|arguments| match arguments.command {
            Command::Bench(arguments) => arguments,
            other => panic!("{other:?}"),
        })
    }

    fn precisions(text: &str, model: ModelNeeds) -> Vec<PrecisionChoice> {
        typed(text).unwrap().requests(model).iter().map(|request| request.precision).collect()
    }

    #[test]
    fn left_out_is_left_to_the_plan() {
        let arguments = typed("").unwrap();
        assert_eq!(arguments.requests(UNCALIBRATED), [PlanRequest::default()]);
        assert!(arguments.lengths.is_none() && arguments.model.is_none() && !arguments.json);
    }

    #[test]
    fn levels_are_several_or_all_that_the_model_has() {
        use PrecisionChoice::{Auto, F16, F32, Int4, Int8, Int8Static};
        assert_eq!(precisions("--precision int8-static,auto", UNCALIBRATED), [Int8Static, Auto]);
        assert_eq!(precisions("--precision all", UNCALIBRATED), [F32, F16, Int8, Int4]);
        let calibrated = ModelNeeds { calibrated: true, ..UNCALIBRATED };
        assert_eq!(precisions("--precision all", calibrated), [F32, F16, Int8, Int8Static, Int4]);
        let error = typed("--precision f32,int3").unwrap_err().to_string();
        assert!(error.contains("`int3` is none of"), "{error}");
    }

    #[test]
    fn numbers_are_lists_of_what_is_possible() {
        let arguments =
            typed("--lengths 64,200 --batch 1,8 --threads 3 --precision f32,int8 --json").unwrap();
        assert_eq!(arguments.lengths.as_deref(), Some(&[64, 200][..]));
        let requests = arguments.requests(UNCALIBRATED);
        let batches: Vec<_> = requests.iter().map(|request| (request.precision, request.batch)).collect();
        let (one, eight) = (Amount::Exactly(1), Amount::Exactly(8));
        let (f32, int8) = (PrecisionChoice::F32, PrecisionChoice::Int8);
        assert_eq!(batches, [(f32, one), (f32, eight), (int8, one), (int8, eight)]);
        assert!(requests.iter().all(|request| request.threads == Amount::Exactly(3)));
        for wrong in ["--lengths 0", "--lengths 64,", "--batch none", "--threads 0"] {
            assert!(typed(wrong).is_err(), "{wrong}");
        }
    }
}
