//! What was measured on this machine.

use serde::Serialize;
use ts_rs::TS;

/// What is known of the speed of the model in use on this machine.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MeasurementsView {
    /// The model that was measured.
    pub model: String,
    /// When this machine was measured last, in RFC 3339; null if it never was.
    pub measured_at: Option<String>,
    /// Why earlier figures do not count any more, such as another processor or another version; null if they count.
    pub stale: Option<String>,
    /// Tokens of the windows that were measured.
    pub length: u32,
    /// Megabytes a second that the disk is read with.
    pub disk_mb_per_s: Option<f64>,
    /// Throughput against windows at once, a curve for each device and precision.
    pub curves: Vec<CurveView>,
    /// Time and quality, a row for each device and precision.
    pub levels: Vec<LevelView>,
}

/// Throughput of one device and precision.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CurveView {
    /// The device in words, such as "Processor".
    pub device: String,
    /// The precision, such as `int8`.
    pub precision: String,
    /// What is counted along the curve: "windows side by side" on a processor, "windows in a batch" on a graphics card.
    pub counts: String,
    /// Points from the fewest windows at once to the most.
    pub points: Vec<CurvePoint>,
}

/// A point of a throughput curve.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CurvePoint {
    /// Windows that run at once.
    pub at_once: u32,
    /// Windows finished in a second.
    pub windows_per_second: f64,
    /// Whether the plan in force runs so.
    pub in_use: bool,
}

/// What one precision costs and gives on one device.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LevelView {
    /// The device in words.
    pub device: String,
    /// The precision, such as `int8`.
    pub precision: String,
    /// The precision in words, such as "8-bit integers".
    pub name: String,
    /// The kernels that it ran with, such as `avx512-vnni`.
    pub kernel: String,
    /// Windows finished in a second, the best of the curve.
    pub windows_per_second: f64,
    /// Seconds for a contract of 50 pages at the speed that the preferences ask for.
    pub seconds_for_50_pages: f64,
    /// Milliseconds that loading the model took.
    pub load_ms: Option<f64>,
    /// Megabytes that the model and its windows take, as planned.
    pub memory_mb: u32,
    /// Area under the precision-recall curve on held-out contracts; null where the model was not scored so.
    pub aupr: Option<f64>,
    /// F1 at the shipped thresholds, weighted by the answers of each category.
    pub weighted_f1: Option<f64>,
    /// Whether the plan in force runs so.
    pub in_use: bool,
}

/// How far a measuring has come.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MeasureProgress {
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
    /// What is being measured now, in words.
    pub doing: String,
}
