//! Times candle-transformers' own forward pass for `compare.py`.
//!
//!     echo "128 3" | RAYON_NUM_THREADS=2 candle-forward MODEL_FOLDER
//!
//! It says a line of JSON when the model is loaded, then one for every line `LENGTH SECONDS` that it reads: how many windows
//! of so many tokens it did in a second, one at a time, with as many threads as `RAYON_NUM_THREADS` says.

mod model;

use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use candle_core::{Device, Tensor};
use serde_json::{Value, json};

use model::Model;

/// The same rule as in `engines/serve.py`, so that results can be compared.
fn window(vocabulary: usize, length: usize, number: usize) -> Result<Tensor> {
    let ids: Vec<u32> = (0..length)
        .map(|place| u32::try_from(5 + (place * 7919 + number * 104_729) % (vocabulary - 5)))
        .collect::<Result<_, _>>()?;
    Ok(Tensor::new(ids, &Device::Cpu)?.unsqueeze(0)?)
}

fn first_values(hidden: &Tensor) -> Result<Vec<f32>> {
    Ok(hidden.get(0)?.get(0)?.narrow(0, 0, 4)?.to_vec1::<f32>()?)
}

fn measure(model: &Model, length: usize, seconds: f64) -> Result<Value> {
    let windows: Vec<Tensor> = (0..8).map(|n| window(model.vocabulary, length, n)).collect::<Result<_>>()?;
    let first = first_values(&model.forward(&windows[0])?)?;
    model.forward(&windows[1])?;
    let begin = Instant::now();
    let mut finished = 0_u32;
    while begin.elapsed().as_secs_f64() < seconds {
        model.forward(&windows[finished as usize % windows.len()])?;
        finished += 1;
    }
    let rate = f64::from(finished) / begin.elapsed().as_secs_f64();
    let threads = candle_core::utils::get_num_threads();
    Ok(json!({
        "windows_per_second": rate,
        "peak_rss_mb": peak_rss_mb(),
        "first_values": first,
        "about": { "threads": threads },
    }))
}

/// The most memory that this process had so far; zero where the system does not say.
fn peak_rss_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

fn say(answer: &Value) -> Result<()> {
    let mut output = std::io::stdout();
    writeln!(output, "{answer}")?;
    Ok(output.flush()?)
}

fn serve(model: &Model) -> Result<()> {
    say(&json!({ "ready": true }))?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut words = line.split_whitespace();
        let (Some(length), Some(seconds)) = (words.next(), words.next()) else {
            bail!("expected `LENGTH SECONDS`, got `{line}`");
        };
        say(&measure(model, length.parse()?, seconds.parse()?)?)?;
    }
    Ok(())
}

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).context("usage: candle-forward MODEL_FOLDER")?;
    let served = Model::load(Path::new(&folder)).and_then(|model| serve(&model));
    if let Err(error) = &served {
        say(&json!({ "error": format!("{error:#}") }))?;
    }
    served
}
