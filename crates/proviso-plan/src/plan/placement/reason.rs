//! What is said of a placement, and what the disk does to the pace.

use proviso_core::Device;

use super::{Offload, Placed, Placement};
use crate::plan::{
    Budget, Situation,
    candidates::Candidate,
    memory::{self, MB, Room},
    words::{counted, rounded},
};

/// Why some layers are not in memory, and whether the disk holds the computing up; nothing if all are. `workers` are as many as
/// there would be with all layers in memory, and `pace` is what was measured.
pub(in crate::plan) fn sentence(
    situation: &Situation<'_>,
    candidate: Candidate,
    placed: Placed,
    room: Room,
    workers: usize,
    pace: Option<f64>,
) -> Option<String> {
    let Placement::Disk(offload) = placed.placement else { return None };
    let (model, Candidate { device, precision }) = (situation.model, candidate);
    let there = match room.budget {
        Budget::Allowed(megabytes) => format!("{megabytes} MB are allowed"),
        Budget::Free(megabytes) => format!("{megabytes} MB are free"),
    };
    let spread = match device {
        Device::Cpu => format!(
            "The model needs {} MB and {there}, so {}",
            memory::on_processor_mb(model, precision, workers),
            in_memory(offload),
        ),
        Device::Cuda(_) | Device::Metal(_) => format!(
            "The model needs {} MB of the graphics card's memory, of which {there}, so {}",
            memory::on_card_mb(model, precision, 1),
            beside_the_card(offload, placed.main_mb),
        ),
    };
    let together = match offload.group {
        1 => "A window goes through them alone.".to_owned(),
        group => format!(
            "Up to {group} windows go through each layer together, so that it is read once for all of them."
        ),
    };
    let slower = reading(situation, offload).zip(pace).map(|(reading, pace)| reading.against(device, pace));
    Some([spread, together].into_iter().chain(slower).collect::<Vec<_>>().join(" "))
}

fn in_memory(offload: Offload) -> String {
    let Offload { resident, layers, .. } = offload;
    match resident {
        0 => format!(
            "none of its {layers} layers stays in memory: each is read from the disk while others compute."
        ),
        _ => format!(
            "{resident} of its {layers} layers {} in memory and the others are read from the disk while others compute.",
            stay(resident),
        ),
    }
}

fn beside_the_card(offload: Offload, main_mb: u64) -> String {
    let Offload { on_card, resident, layers, .. } = offload;
    let mut text = format!("{on_card} of its {layers} layers {} there", stay(on_card));
    if resident > 0 {
        text += &format!(
            ", {resident} {} in main memory, which with all else takes {main_mb} MB of that",
            stay(resident)
        );
    }
    if offload.on_disk() > 0 {
        text += ", and the others are read from the disk while others compute";
    }
    text + "."
}

fn stay(layers: usize) -> &'static str {
    if layers == 1 { "stays" } else { "stay" }
}

/// What a group of windows reads.
struct Reading {
    megabytes: f64,
    seconds: f64,
    group: usize,
}

/// `None` where nothing is read or the speed of the disk is not known.
fn reading(situation: &Situation<'_>, offload: Offload) -> Option<Reading> {
    let speed = situation.hardware.disk.as_ref()?.read_mb_per_s.filter(|speed| *speed > 0.0)?;
    let bytes = situation.model.packed?.layer_bytes as f64 * offload.on_disk() as f64;
    let megabytes = bytes / MB as f64;
    (megabytes > 0.0).then_some(Reading { megabytes, seconds: megabytes / speed, group: offload.group })
}

impl Reading {
    /// Whether so many windows a second leave the disk time enough.
    fn against(&self, device: Device, pace: f64) -> String {
        let Self { megabytes, seconds, group } = self;
        let computing = match device {
            Device::Cpu => "processor",
            Device::Cuda(_) | Device::Metal(_) => "graphics card",
        };
        let hidden_by = (seconds * pace).ceil().max(1.0);
        if hidden_by <= *group as f64 {
            let windows = counted(hidden_by as usize, "window");
            let hide = if hidden_by == 1.0 { "hides" } else { "together hide" };
            return format!(
                "One window needs {megabytes:.0} MB from the disk ({}); {windows} {hide} that behind the computing, so that \
                 the {computing} is the slower part.",
                in_seconds(*seconds),
            );
        }
        format!(
            "The disk is the slower part: {} of each group need {megabytes:.0} MB from it ({}) and {} of computing. With more \
             memory fewer layers would have to be read.",
            if *group == 1 { "the one window".to_owned() } else { format!("the {group} windows") },
            in_seconds(*seconds),
            in_seconds(*group as f64 / pace),
        )
    }
}

fn in_seconds(seconds: f64) -> String {
    match rounded(seconds).as_str() {
        "0.0" => "less than 0.1 seconds".to_owned(),
        text => format!("{text} seconds"),
    }
}

/// Windows finished in a second: no more than the disk has layers for.
pub(in crate::plan) fn finished_in_a_second(
    situation: &Situation<'_>,
    placement: Placement,
    pace: Option<f64>,
) -> Option<f64> {
    let reading = match placement {
        Placement::Memory => None,
        Placement::Disk(offload) => reading(situation, offload),
    };
    match reading {
        Some(reading) => pace.map(|pace| pace.min(reading.group as f64 / reading.seconds)),
        None => pace,
    }
}
