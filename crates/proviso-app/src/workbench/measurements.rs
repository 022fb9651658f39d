//! What was measured on this computer, for its charts.

use std::collections::BTreeMap;

use proviso_plan::{Device, DeviceChoice, MeasuredPace, Plan, PlanRequest, Precision, PrecisionChoice};

use crate::{
    AppError,
    timing::kernel,
    view::{CurvePoint, CurveView, LevelView, MeasurementsView},
    workbench::running::Judge,
};

impl Judge<'_> {
    /// The figures with the plan in force marked among them.
    pub fn measurements_view(&self, request: PlanRequest) -> Result<MeasurementsView, AppError> {
        let manifest = self.folder.manifest();
        let length = manifest.window.length;
        let in_force = self.machine.plan_with(self.needs, &self.measurements, request).ok();
        let records = &self.records;
        let mut paces: BTreeMap<(Device, Precision), Vec<MeasuredPace>> = BTreeMap::new();
        // Only figures of the same minute are drawn beside each other.
        for pace in self.measurements.paces.iter().filter(|pace| pace.length == length) {
            let Some(compared) = pace.compared else { continue };
            let pace = MeasuredPace { windows_per_second: compared, ..*pace };
            paces.entry((pace.device, pace.precision)).or_default().push(pace);
        }
        let mut curves = Vec::new();
        let mut levels = Vec::new();
        for ((device, precision), mut paces) in paces {
            paces.sort_by_key(|pace| pace.at_once);
            let plan = in_force.as_ref().filter(|plan| (plan.device, plan.precision) == (device, precision));
            if paces.len() > 1 {
                curves.push(curve(device, precision, &paces, plan));
            }
            let loading = records.loading.iter().find(|loading| {
                loading.device == device.to_string() && loading.precision == precision.name()
            });
            if let Some(level) = self.level(request, device, precision) {
                levels.push(LevelView {
                    load_ms: loading.map(|loading| loading.milliseconds),
                    in_use: plan.is_some(),
                    ..level
                });
            }
        }
        Ok(MeasurementsView {
            model: manifest.name.clone(),
            stale: records.measured_at.is_none().then(|| self.stale()).flatten(),
            measured_at: records.measured_at.clone(),
            length: length as u32,
            disk_mb_per_s: records.disk_mb_per_s,
            curves,
            levels,
        })
    }

    /// Time, memory and quality of a level that was measured.
    fn level(&self, request: PlanRequest, device: Device, precision: Precision) -> Option<LevelView> {
        let scores = self.folder.manifest().scores.as_ref();
        let wish = PlanRequest {
            device: match device {
                Device::Cpu => DeviceChoice::Cpu,
                Device::Cuda(_) => DeviceChoice::Cuda,
                Device::Metal(_) => DeviceChoice::Metal,
            },
            precision: PrecisionChoice::from(precision),
            ..request
        };
        let plan = self.machine.plan_with(self.needs, &self.measurements, wish).ok()?;
        let length = self.folder.manifest().window.length;
        let windows_per_second = self.measurements.compared(device, precision, length)?;
        let reached = scores.and_then(|scores| scores.precisions.get(&precision));
        Some(LevelView {
            device: titled(device),
            precision: precision.name().to_owned(),
            name: precision.in_words().to_owned(),
            kernel: kernel(device, precision).to_owned(),
            windows_per_second,
            seconds_for_50_pages: self.passes(&plan) as f64 / windows_per_second,
            load_ms: None,
            memory_mb: plan.memory_mb as u32,
            aupr: reached.map(|reached| reached.aupr),
            weighted_f1: reached.map(|reached| reached.weighted_f1),
            in_use: false,
        })
    }

    fn stale(&self) -> Option<String> {
        let stale = self.machine.stale(&self.folder)?;
        let day = stale.measured_at.split('T').next().unwrap_or_default();
        let changed = if self.machine.is_here(&stale.on) {
            format!("by version {} of Proviso", stale.on.version)
        } else {
            "on other hardware, or with other drivers".to_owned()
        };
        Some(format!(
            "The figures of {day} were measured {changed}; measure again for promises that hold now."
        ))
    }
}

fn curve(device: Device, precision: Precision, paces: &[MeasuredPace], plan: Option<&Plan>) -> CurveView {
    let point = |pace: &MeasuredPace| CurvePoint {
        at_once: pace.at_once as u32,
        windows_per_second: pace.windows_per_second,
        in_use: plan.is_some_and(|plan| plan.at_once() == pace.at_once),
    };
    CurveView {
        device: titled(device),
        precision: precision.name().to_owned(),
        counts: match device {
            Device::Cpu => "windows side by side",
            Device::Cuda(_) | Device::Metal(_) => "windows in a batch",
        }
        .to_owned(),
        points: paces.iter().map(point).collect(),
    }
}

/// A device as a name of its own.
fn titled(device: Device) -> String {
    match device {
        Device::Cpu => "Processor".to_owned(),
        Device::Cuda(_) | Device::Metal(_) => device.in_words().to_owned(),
    }
}
