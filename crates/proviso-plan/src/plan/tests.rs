//! The plan over machines that are like those of users, and over models from small to larger than a laptop.

mod offload;
mod offload_on_cards;

use super::*;
use crate::{Caches, Cpu, DeviceChoice, Disk, Gpu, GpuKind, MeasuredPace, Memory, PrecisionChoice, Work};

const MINI: ModelNeeds = ModelNeeds {
    parameters: 22_600_000,
    embedding_parameters: 11_700_000,
    embedding_bytes: 2,
    width: 384,
    inner_width: 1536,
    heads: 12,
    distances: 0,
    window_length: 256,
    calibrated: false,
    layers: 6,
    packed: None,
    questions: None,
};
const BASE: ModelNeeds = ModelNeeds {
    parameters: 124_600_000,
    embedding_parameters: 38_600_000,
    embedding_bytes: 2,
    width: 768,
    inner_width: 3072,
    heads: 12,
    distances: 0,
    window_length: 512,
    calibrated: true,
    layers: 12,
    packed: None,
    questions: None,
};
const LARGE: ModelNeeds = ModelNeeds {
    parameters: 355_400_000,
    embedding_parameters: 51_500_000,
    width: 1024,
    inner_width: 4096,
    heads: 16,
    layers: 24,
    ..BASE
};
const XLARGE: ModelNeeds = ModelNeeds {
    parameters: 884_600_000,
    embedding_parameters: 196_800_000,
    width: 1536,
    inner_width: 6144,
    heads: 24,
    distances: 512,
    layers: 24,
    ..BASE
};

fn machine(kernels: &[&str], cores: usize, threads: usize, free_mb: u64) -> Hardware {
    Hardware {
        cpu: Cpu {
            name: "Test CPU".into(),
            physical_cores: cores,
            performance_cores: cores,
            available_threads: threads,
            kernels: kernels.iter().map(ToString::to_string).collect(),
            caches: Caches::default(),
        },
        memory: Memory { total_mb: 2 * free_mb, available_mb: free_mb, limit_mb: None },
        disk: Some(Disk { folder: "/models".into(), free_mb: 100_000, read_mb_per_s: None }),
        power: Power::Mains,
        gpus: Vec::new(),
    }
}

/// A machine of those that detection is tested with, as it is found.
macro_rules! recorded {
    ($name:literal) => {
        serde_json::from_str::<Hardware>(include_str!(concat!(
            "../../tests/machines/",
            $name,
            "/hardware.json"
        )))
        .unwrap()
    };
}

fn office_pc() -> Hardware {
    recorded!("office-pc")
}

fn vnni_laptop() -> Hardware {
    recorded!("avx-vnni-laptop")
}

fn container() -> Hardware {
    recorded!("container-2gb")
}

fn server() -> Hardware {
    recorded!("server-80gb-gpu")
}

fn with_card(memory_mb: u64, free_mb: u64) -> Hardware {
    let card = Gpu {
        kind: GpuKind::Nvidia,
        index: 0,
        name: "NVIDIA Test".into(),
        memory_mb: Some(memory_mb),
        free_mb: Some(free_mb),
        unified_memory: false,
        driver: Some("580.1".into()),
        compute_capability: Some((8, 6)),
    };
    Hardware { gpus: vec![card], ..machine(&["portable", "avx2", "avx-vnni"], 16, 32, 50_000) }
}

fn apple() -> Hardware {
    recorded!("apple-m")
}

/// Built for every device.
const ALL: Support = Support { cuda: true, metal: true };

fn planned(hardware: &Hardware, model: ModelNeeds, request: PlanRequest) -> Result<Plan, PlanError> {
    measured(hardware, model, &[], request)
}

fn measured(
    hardware: &Hardware,
    model: ModelNeeds,
    paces: &[(Device, Precision, usize, f64)],
    request: PlanRequest,
) -> Result<Plan, PlanError> {
    let pace = |&(device, precision, at_once, windows_per_second): &_| MeasuredPace {
        device,
        precision,
        at_once,
        length: model.window_length,
        windows_per_second,
        compared: Some(windows_per_second),
    };
    let measurements = Measurements { paces: paces.iter().map(pace).collect() };
    plan(&Situation { hardware, support: ALL, model, measurements: &measurements }, request)
}

/// What a program that was built for the processor alone would do.
fn planned_without_cards(hardware: &Hardware, request: PlanRequest) -> Result<Plan, PlanError> {
    let (support, measurements) = (Support::default(), Measurements::default());
    plan(&Situation { hardware, support, model: MINI, measurements: &measurements }, request)
}

fn about(plan: &Plan, topic: Topic) -> &str {
    &plan.reasons.iter().find(|reason| reason.about == topic).unwrap().text
}

#[test]
fn every_machine_gets_its_device_numbers_and_windows_at_once() {
    let card = Device::Cuda(0);
    let (f32, f16, int8, int4) = (Precision::F32, Precision::F16, Precision::Int8, Precision::Int4);
    for (name, hardware, model, device, precision, workers) in [
        ("office PC", office_pc(), MINI, Device::Cpu, f32, 2),
        ("office PC", office_pc(), XLARGE, Device::Cpu, f32, 2),
        ("laptop", vnni_laptop(), MINI, Device::Cpu, int8, 12),
        ("laptop", vnni_laptop(), LARGE, Device::Cpu, int8, 12),
        ("container", container(), MINI, Device::Cpu, f32, 1),
        ("container", container(), LARGE, Device::Cpu, f32, 1),
        ("container", container(), XLARGE, Device::Cpu, int8, 1),
        ("smaller container", machine(&["portable", "avx2"], 1, 1, 920), XLARGE, Device::Cpu, int4, 1),
        ("desktop", recorded!("desktop-8gb-gpu"), MINI, card, f16, 16),
        ("desktop", recorded!("desktop-8gb-gpu"), XLARGE, card, f16, 16),
        ("desktop, card in use", with_card(8_188, 1_500), XLARGE, Device::Cpu, int8, 16),
        ("server", server(), XLARGE, card, f16, 64),
        ("Apple", apple(), BASE, Device::Metal(0), f16, 8),
    ] {
        let plan = planned(&hardware, model, PlanRequest::default()).unwrap();
        let what = format!("{name}: {:?}", plan.reasons);
        assert_eq!((plan.device, plan.precision, plan.workers), (device, precision, workers), "{what}");
        assert_eq!(plan.batch, Batch::ONE, "one contract, nothing measured: {what}");
        assert_eq!(plan.windows_per_second, None, "{what}");
        assert_eq!(plan.reasons.len(), 6, "a reason for each choice: {what}");
        assert!(plan.reasons.iter().all(|reason| reason.text.ends_with('.')), "{what}");
    }
}

#[test]
fn the_reason_names_what_decided() {
    let text = |hardware: &Hardware, topic| {
        about(&planned(hardware, XLARGE, PlanRequest::default()).unwrap(), topic).to_owned()
    };
    assert!(text(&office_pc(), Topic::Device).contains("(Intel graphics adapter [8086:1912])"));
    assert!(text(&container(), Topic::Device).contains("no graphics card was found"));
    assert!(text(&office_pc(), Topic::Precision).contains("avx2"));
    assert!(text(&vnni_laptop(), Topic::Precision).contains("(avx-vnni)"));
    assert!(text(&vnni_laptop(), Topic::Pace).contains("battery (63 % left)"));
    assert!(text(&vnni_laptop(), Topic::AtOnce).contains("12 cores (4 of them fast) for 16 threads"));
    let crowded = text(&with_card(8_188, 1_500), Topic::Device);
    assert!(crowded.contains("NVIDIA Test, where 963 MB can be had"), "{crowded}");
    let tight = text(&machine(&["portable", "avx2"], 1, 1, 920), Topic::Precision);
    assert!(tight.contains("4-bit") && tight.contains("would not fit"), "{tight}");
    let mut other = office_pc();
    other.gpus = vec![Gpu {
        kind: GpuKind::Other,
        name: "Intel UHD Graphics 630".into(),
        ..with_card(0, 0).gpus[0].clone()
    }];
    assert!(
        text(&other, Topic::Device)
            .contains("models cannot be run on the graphics card (Intel UHD Graphics 630)")
    );
    let plan = planned_without_cards(&with_card(8_188, 7_400), PlanRequest::default()).unwrap();
    assert_eq!(plan.device, Device::Cpu);
    assert!(about(&plan, Topic::Device).contains("built without support for the NVIDIA Test"));
}

#[test]
fn unified_memory_is_counted_once_and_a_card_keeps_a_reserve() {
    let mut small = apple();
    small.memory.available_mb = 1_500;
    let plan = planned(&small, XLARGE, PlanRequest::default()).unwrap();
    assert_eq!((plan.device, plan.precision), (Device::Cpu, Precision::Int8), "{:?}", plan.reasons);
    // 884.6 million numbers of 2 bytes and one window need about 2 GB; 537 MB stay free.
    let needs = planned(&with_card(8_188, 8_000), XLARGE, PlanRequest::default()).unwrap().memory_mb;
    let request = PlanRequest { device: DeviceChoice::Cuda, ..PlanRequest::default() };
    assert!(planned(&with_card(8_188, needs + 537), XLARGE, request).is_ok());
    let error = planned(&with_card(8_188, needs + 536), XLARGE, request).unwrap_err();
    let expected = PlanError::DoesNotFit {
        precision: Precision::F16,
        needed_mb: needs,
        budget: Budget::Free(needs - 1),
        fits: None,
        imported: false,
    };
    assert_eq!(error, expected);
    assert!(error.to_string().contains(": 1 MB are missing"), "{error}");
    // 2 % of a large card are more than 512 MiB.
    let big = planned(&with_card(100_000, 90_000), MINI, request).unwrap();
    assert!(about(&big, Topic::Memory).contains("88000 MB are free"), "{:?}", big.reasons);
}

#[test]
fn memory_that_the_system_does_not_tell_is_no_limit() {
    let mut silent = office_pc();
    silent.memory = Memory { total_mb: 0, available_mb: 0, limit_mb: None };
    let plan = planned(&silent, XLARGE, PlanRequest::default()).unwrap();
    assert_eq!(plan.precision, Precision::F32);
    assert!(!about(&plan, Topic::Memory).contains("free"), "{:?}", plan.reasons);
}

#[test]
fn measured_figures_replace_the_rule() {
    let request = PlanRequest::default();
    let (card, cpu) = (Device::Cuda(0), Device::Cpu);
    let (f32, f16, int8) = (Precision::F32, Precision::F16, Precision::Int8);
    let hardware = with_card(8_188, 7_400);
    let with = |paces: &[_]| measured(&hardware, MINI, paces, request).unwrap();
    let faster_card = with(&[(card, f16, 1, 100.0), (card, f16, 16, 900.0), (cpu, int8, 16, 300.0)]);
    assert_eq!((faster_card.device, faster_card.batch), (card, Batch { first: 16, most: 16 }));
    assert_eq!(faster_card.windows_per_second, Some(900.0));
    assert!(about(&faster_card, Topic::Device).contains("3.0 times as fast as the processor"));
    let faster_cpu = with(&[(card, f16, 1, 100.0), (cpu, int8, 16, 300.0)]);
    assert_eq!((faster_cpu.device, faster_cpu.precision), (cpu, int8));
    assert!(about(&faster_cpu, Topic::Device).contains("3.0 times as fast as the NVIDIA graphics card"));
    let noise = with(&[(card, f16, 1, 100.0), (cpu, int8, 16, 104.0)]);
    assert_eq!(noise.device, card, "4 % are noise");
    let half = with(&[(card, f16, 1, 100.0)]);
    assert_eq!(half.device, card, "what was not measured does not win");
    let pc = office_pc();
    let pc = |paces: &[_]| measured(&pc, MINI, paces, request).unwrap();
    let integers = pc(&[(cpu, f32, 2, 20.0), (cpu, int8, 2, 26.0), (cpu, Precision::Int4, 2, 90.0)]);
    assert_eq!((integers.precision, integers.windows_per_second), (int8, Some(26.0)));
    assert!(about(&integers, Topic::Precision).contains("1.3 times as fast as 32-bit"));
    let floats = pc(&[(cpu, f32, 2, 20.0), (cpu, int8, 2, 18.0)]);
    assert_eq!(floats.precision, f32);
    assert_eq!(floats.seconds(100), Some(5.0));
}

#[test]
fn a_busy_hour_changes_the_promise_and_not_the_choice() {
    let pace = |precision, windows_per_second, compared| MeasuredPace {
        device: Device::Cpu,
        precision,
        at_once: 12,
        length: MINI.window_length,
        windows_per_second,
        compared: Some(compared),
    };
    // Readings with 8-bit integers were slow; what was compared says that they are twice as fast.
    let paces = vec![pace(Precision::Int8, 20.0, 100.0), pace(Precision::F32, 50.0, 50.0)];
    let measurements = Measurements { paces };
    let hardware = vnni_laptop();
    let situation = Situation { hardware: &hardware, support: ALL, model: MINI, measurements: &measurements };
    let plan = plan(&situation, PlanRequest::default()).unwrap();
    assert_eq!((plan.precision, plan.windows_per_second), (Precision::Int8, Some(20.0)));
}

#[test]
fn in_bulk_a_batch_may_grow_as_far_as_the_memory_reaches() {
    let many = PlanRequest { work: Work::Many, ..PlanRequest::default() };
    let small = planned(&with_card(4_096, 3_500), XLARGE, many).unwrap();
    let large = planned(&with_card(81_559, 80_900), XLARGE, many).unwrap();
    assert_eq!((small.batch.first, large.batch.first), (1, 1));
    assert!(
        (2..100).contains(&small.batch.most) && large.batch.most > 10 * small.batch.most,
        "{small:?} {large:?}"
    );
    let paces = [(Device::Cuda(0), Precision::F16, 8, 50.0)];
    let known = measured(&with_card(8_188, 7_400), MINI, &paces, many).unwrap();
    assert_eq!(known.batch.first, 8, "a batch begins where it was best");
    assert_eq!(planned(&with_card(81_559, 80_900), MINI, many).unwrap().batch.most, 1024);
    let exactly = PlanRequest { batch: Amount::Exactly(4), ..many };
    assert_eq!(planned(&with_card(8_188, 7_400), MINI, exactly).unwrap().batch, Batch { first: 4, most: 4 });
    let most = small.batch.most;
    let too_many = PlanRequest { batch: Amount::Exactly(most + 1), ..many };
    let error = planned(&with_card(4_096, 3_500), XLARGE, too_many).unwrap_err();
    assert_eq!(error, PlanError::BatchTooLarge { asked: most + 1, most });
}

#[test]
fn a_wish_is_carried_out_and_its_cost_is_said() {
    let (avx2, vnni) = (office_pc(), vnni_laptop());
    for (choice, precision, on_avx2, on_vnni) in [
        (PrecisionChoice::F32, Precision::F32, "does best", "four times the memory"),
        (PrecisionChoice::F16, Precision::F16, "half the memory", "same speed"),
        (PrecisionChoice::Int8, Precision::Int8, "little or no gain", "does best"),
        (PrecisionChoice::Int8Static, Precision::Int8Static, "calibration", "less exact"),
        (PrecisionChoice::Int4, Precision::Int4, "least memory", "slower than 8-bit"),
    ] {
        for (hardware, says) in [(&avx2, on_avx2), (&vnni, on_vnni)] {
            let request = PlanRequest { precision: choice, ..PlanRequest::default() };
            let plan = planned(hardware, BASE, request).unwrap();
            let reason = about(&plan, Topic::Precision);
            assert_eq!(plan.precision, precision);
            assert!(reason.contains("as asked for") && reason.contains(says), "{reason}");
        }
    }
    // Integers are for the processor, so a card is left aside where it is not asked for.
    let int8 = PlanRequest { precision: PrecisionChoice::Int8, ..PlanRequest::default() };
    let plan = planned(&with_card(8_188, 7_400), MINI, int8).unwrap();
    assert_eq!((plan.device, plan.precision), (Device::Cpu, Precision::Int8));
    assert!(about(&plan, Topic::Device).contains("does not compute with such numbers"));
}

#[test]
fn workers_follow_the_cores() {
    for (cores, threads, expected) in [(1, 1, 1), (1, 2, 2), (2, 2, 2), (4, 8, 4), (8, 16, 8)] {
        let hardware = machine(&["portable", "avx2"], cores, threads, 8_000);
        let plan = planned(&hardware, MINI, PlanRequest::default()).unwrap();
        assert_eq!(plan.workers, expected, "{cores} cores, {threads} threads");
    }
    let three = PlanRequest { threads: Amount::Exactly(3), ..PlanRequest::default() };
    assert_eq!(planned(&office_pc(), MINI, three).unwrap().workers, 3);
}

#[test]
fn slower_speeds_read_each_passage_more_often() {
    let stride_at =
        |speed| planned(&office_pc(), MINI, PlanRequest { speed, ..PlanRequest::default() }).unwrap().stride;
    assert_eq!([Speed::Fast, Speed::Balanced, Speed::Accurate].map(stride_at), [223, 127, 64]);
}

#[test]
fn what_cannot_be_done_is_refused_with_the_way_out() {
    let request = PlanRequest::default();
    let refused = |request| planned(&office_pc(), MINI, request).unwrap_err();
    let cuda = PlanRequest { device: DeviceChoice::Cuda, ..request };
    assert_eq!(refused(cuda), PlanError::NoSuchDevice("cuda"));
    assert_eq!(planned_without_cards(&office_pc(), cuda), Err(PlanError::NotBuiltFor("cuda")));
    let calibrated = refused(PlanRequest { precision: PrecisionChoice::Int8Static, ..request });
    assert_eq!(calibrated, PlanError::NotCalibrated);
    assert!(calibrated.to_string().contains("proviso models import DIR --calibrate CONTRACTS"));
    assert_eq!(refused(PlanRequest { batch: Amount::Exactly(8), ..request }), PlanError::NoBatches(8));
    assert_eq!(refused(PlanRequest { threads: Amount::Exactly(0), ..request }), PlanError::NoThreads);
    let on_card = PlanRequest { precision: PrecisionChoice::Int4, ..cuda };
    let error = planned(&with_card(8_188, 7_400), MINI, on_card).unwrap_err();
    assert_eq!(error, PlanError::NotOnDevice { device: Device::Cuda(0), precision: Precision::Int4 });
}

#[test]
fn what_does_not_fit_is_told_what_would() {
    let refused = |budget, precision| {
        let request = PlanRequest { memory_budget_mb: Some(budget), precision, ..PlanRequest::default() };
        planned(&office_pc(), MINI, request)
    };
    let error = refused(80, PrecisionChoice::F32).unwrap_err();
    let PlanError::DoesNotFit { needed_mb, fits: Some(Precision::Int8), budget, .. } = error.clone() else {
        panic!("{error}");
    };
    assert_eq!(budget, Budget::Allowed(80));
    let missing = format!("the budget is 80 MB: {} MB are missing; `int8` would fit", needed_mb - 80);
    assert!(error.to_string().ends_with(&missing), "{error}");
    assert_eq!(
        refused(80, PrecisionChoice::Auto).unwrap().precision,
        Precision::Int8,
        "left to the plan, it helps itself"
    );
    let nothing = refused(40, PrecisionChoice::Int4).unwrap_err().to_string();
    assert!(nothing.starts_with("at int4") && nothing.contains("no other precision"), "{nothing}");
    assert_eq!(error.mended_by(), Wish::MemoryBudget);
    // More than is free cannot be promised.
    let free = planned(
        &machine(&["avx2"], 1, 1, 50),
        MINI,
        PlanRequest {
            memory_budget_mb: Some(9_000),
            precision: PrecisionChoice::F32,
            ..PlanRequest::default()
        },
    );
    let free = free.unwrap_err();
    assert!(free.to_string().contains("50 MB are free"));
    assert_eq!(free.mended_by(), Wish::Precision);
}

#[test]
fn only_what_is_multiplied_shrinks_with_the_numbers() {
    let needs = Precision::ALL.map(|level| memory::on_processor_mb(BASE, level, 0));
    assert_eq!(needs, [442, 270, 184, 184, 149]);
    assert!(memory::on_processor_mb(MINI, Precision::Int8, 2) < 80);
    assert!(memory::on_card_mb(XLARGE, Precision::F16, 8) > memory::on_card_mb(XLARGE, Precision::F16, 1));
}
