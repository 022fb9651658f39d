//! Imported models on the processor, in memory and from the disk.

use super::*;
use crate::Packed;

/// As an import of the model would write it: a layer's two products of attention and feed-forward part and its distances.
pub(super) fn packed(model: ModelNeeds, precision: Precision) -> ModelNeeds {
    let numbers = 4 * model.width * model.width
        + 2 * model.width * model.inner_width
        + 2 * model.distances * model.width;
    let layer_bytes = numbers * memory::tenths_of_bytes(precision) / 10 + 100_000;
    // Positions, and the convolution of those that have one.
    let around = 512 * model.width + if model.distances > 0 { 3 * model.width * model.width } else { 0 };
    let packed = Packed { precision, layer_bytes, around_bytes: around * 4 };
    ModelNeeds { packed: Some(packed), ..model }
}

pub(super) fn within(budget: u64) -> PlanRequest {
    PlanRequest { memory_budget_mb: Some(budget), ..PlanRequest::default() }
}

fn offload(plan: &Plan) -> Offload {
    match plan.placement {
        Placement::Disk(offload) => offload,
        Placement::Memory => panic!("all in memory: {:?}", plan.reasons),
    }
}

/// Layers in memory, of all that there are if nothing is on the disk.
fn kept(plan: &Plan, model: ModelNeeds) -> u64 {
    match plan.placement {
        Placement::Memory => model.layers,
        Placement::Disk(offload) => offload.resident as u64,
    }
}

#[test]
fn a_budget_decides_how_many_layers_stay_in_memory() {
    let deberta = packed(XLARGE, Precision::F32);
    // 20 MB for the program, 31 around the layers, 43 a worker and 25 for heads that two share, two layers of 120 as buffers,
    // 3 a window of the group; then layers.
    for (budget, workers, resident, group, memory_mb) in [
        (338, 1, 0, 1, 338),
        (400, 1, 0, 20, 398),
        (500, 2, 0, 30, 498),
        (700, 2, 1, 32, 624),
        (1024, 2, 4, 32, 982),
        (2000, 2, 12, 32, 1940),
        (3034, 2, 21, 32, 3016),
    ] {
        let plan = planned(&office_pc(), deberta, within(budget)).unwrap();
        let expected = Offload { on_card: 0, resident, layers: 24, group };
        assert_eq!(
            (offload(&plan), plan.workers, plan.memory_mb),
            (expected, workers, memory_mb),
            "{budget}: {:?}",
            plan.reasons
        );
        assert_eq!((plan.device, plan.precision, plan.batch), (Device::Cpu, Precision::F32, Batch::ONE));
    }
    let plan = planned(&office_pc(), deberta, within(4000)).unwrap();
    assert_eq!((plan.placement, plan.memory_mb), (Placement::Memory, 3035));
    assert!(plan.reasons.iter().all(|reason| reason.about != Topic::Placement), "{:?}", plan.reasons);
}

#[test]
fn recorded_machines_run_what_does_not_fit_into_them() {
    let container = container();
    let spread = |hardware: &Hardware, model| planned(hardware, model, PlanRequest::default()).unwrap();
    let on_container = spread(&container, packed(XLARGE, Precision::F32));
    assert_eq!(
        (on_container.workers, offload(&on_container).resident),
        (1, 13),
        "{:?}",
        on_container.reasons
    );
    assert!(
        about(&on_container, Topic::Placement).contains("2036 MB are free"),
        "{:?}",
        on_container.reasons
    );
    for model in
        [packed(MINI, Precision::F32), packed(LARGE, Precision::F32), packed(XLARGE, Precision::Int8)]
    {
        assert_eq!(spread(&container, model).placement, Placement::Memory);
    }
    // Nothing is exchanged for speed: with kernels for 8-bit integers it still runs as it was imported.
    let laptop = spread(&vnni_laptop(), packed(XLARGE, Precision::F32));
    assert_eq!((laptop.precision, laptop.placement), (Precision::F32, Placement::Memory));
    let hint = about(&laptop, Topic::Precision);
    assert!(hint.contains("was imported with them") && hint.contains("`--precision int8`"), "{hint}");
    // What was not imported is not streamed.
    let bare = planned(&container, XLARGE, PlanRequest { precision: PrecisionChoice::F32, ..within(1024) });
    assert!(matches!(bare, Err(PlanError::DoesNotFit { imported: false, .. })), "{bare:?}");
}

/// Machines, models, numbers and wishes for threads, each with budgets from nothing to more than enough.
fn every_budget(mut look: impl FnMut(&str, ModelNeeds, &mut dyn FnMut(u64) -> Result<Plan, PlanError>)) {
    for hardware in [office_pc(), vnni_laptop(), server()] {
        for (model, threads) in [MINI, BASE, LARGE, XLARGE].into_iter().flat_map(|model| {
            [(model, Amount::Auto), (model, Amount::Exactly(1)), (model, Amount::Exactly(7))]
        }) {
            for precision in [Precision::F32, Precision::F16, Precision::Int8, Precision::Int4] {
                let model = packed(model, precision);
                let what = format!("{}, {model:?}, {threads:?}", hardware.cpu.name);
                look(&what, model, &mut |budget| {
                    let request = PlanRequest { threads, device: DeviceChoice::Cpu, ..within(budget) };
                    planned(&hardware, model, request)
                });
            }
        }
    }
}

#[test]
fn more_memory_never_keeps_less_and_no_budget_is_exceeded() {
    every_budget(|what, model, plan_within| {
        let whole = memory::on_processor_mb(model, model.packed.unwrap().precision, 64);
        let (mut fewest, mut workers, mut group) = (None, 0, 0);
        for budget in (0..400).map(|step| whole * step / 380) {
            let Ok(plan) = plan_within(budget) else {
                assert_eq!(fewest, None, "{what}: {budget} MB are refused and less was not");
                continue;
            };
            assert!(plan.memory_mb <= budget, "{what}: {} of {budget} MB", plan.memory_mb);
            let kept = kept(&plan, model);
            assert!(fewest.is_none_or(|fewest| kept >= fewest), "{what}: {kept} layers in {budget} MB");
            assert!(plan.workers >= workers, "{what}: {} workers in {budget} MB", plan.workers);
            if let Placement::Disk(offload) = plan.placement {
                assert!(offload.group >= 1 && offload.on_disk() >= 2, "{what}: {offload:?}");
                let grown = plan.workers > workers || offload.group >= group;
                assert!(grown, "{what}: groups of {} in {budget} MB", offload.group);
                group = offload.group;
            }
            (fewest, workers) = (Some(kept), plan.workers);
        }
        assert_eq!(fewest, Some(model.layers), "{what}: enough is enough");
    });
}

#[test]
fn what_is_needed_at_least_is_enough_and_a_megabyte_less_is_not() {
    every_budget(|what, _, plan_within| {
        let Err(PlanError::DoesNotFit { needed_mb, imported: true, .. }) = plan_within(1) else {
            panic!("{what}");
        };
        assert!(plan_within(needed_mb).is_ok(), "{what}: {needed_mb} MB");
        assert!(plan_within(needed_mb - 1).is_err(), "{what}: {needed_mb} MB less one");
    });
}

#[test]
fn threads_that_were_asked_for_are_not_taken_away() {
    let deberta = packed(XLARGE, Precision::F32);
    let seven = |budget| {
        planned(&office_pc(), deberta, PlanRequest { threads: Amount::Exactly(7), ..within(budget) })
    };
    assert_eq!(seven(1024).unwrap().workers, 7);
    assert!(matches!(seven(600), Err(PlanError::DoesNotFit { needed_mb: 623, .. })), "{:?}", seven(600));
    let fewer = planned(&vnni_laptop(), deberta, within(600)).unwrap();
    assert_eq!((fewer.workers, offload(&fewer).group), (6, 7), "{:?}", fewer.reasons);
    assert!(
        about(&fewer, Topic::AtOnce).starts_with("6 windows are read side by side: for more"),
        "{fewer:?}"
    );
}

#[test]
fn a_worker_is_given_what_the_engine_writes() {
    let (tokens, rows, width, inner) = (512, 512, 1536, 6144);
    let head = tokens * 64;
    // The stream, the embeddings that the convolution reads, queries with keys and values, context; rows of the feed-forward
    // part; keys and values of a head, its keys' products with distances, and those of 32 queries.
    let floats = (2 + 3 + 1) * tokens * width + rows * inner + 2 * head + (tokens + 32) * 512 + 64 * 530;
    let (planned, written) = (memory::worker_bytes(XLARGE), 4 * floats);
    assert!(written < planned && planned < written * 3 / 2, "{planned} planned, {written} written");
}

#[test]
fn an_imported_model_runs_only_as_it_was_imported() {
    let wish = |precision| PlanRequest { precision, ..PlanRequest::default() };
    let int8 = packed(BASE, Precision::Int8);
    let refused = planned(&office_pc(), int8, wish(PrecisionChoice::F32)).unwrap_err();
    assert_eq!(refused, PlanError::ImportedAt { imported: Precision::Int8, asked: Precision::F32 });
    assert_eq!(refused.mended_by(), Wish::Precision);
    assert_eq!(
        refused.to_string(),
        "this model was imported at `int8` and runs only so; choose `auto`, or import it again with `--precision f32`"
    );
    assert_eq!(planned(&office_pc(), int8, wish(PrecisionChoice::Int8)).unwrap().precision, Precision::Int8);
    assert_eq!(planned(&office_pc(), int8, wish(PrecisionChoice::Auto)).unwrap().precision, Precision::Int8);
    let uncalibrated = ModelNeeds { calibrated: false, ..int8 };
    let refused = planned(&office_pc(), uncalibrated, wish(PrecisionChoice::Int8Static)).unwrap_err();
    assert_eq!(refused, PlanError::NotCalibrated);
}

#[test]
fn a_model_that_fits_nowhere_is_told_what_would_fit() {
    let refused = |budget| planned(&office_pc(), packed(XLARGE, Precision::F32), within(budget)).unwrap_err();
    assert_eq!(
        refused(300).to_string(),
        "at f32 the model needs at least 338 MB, even with its layers on the disk, and the budget is 300 MB: 38 MB are \
         missing; imported again with `--precision f16` it would fit"
    );
    assert_eq!(refused(300).mended_by(), Wish::MemoryBudget);
    assert!(refused(100).to_string().ends_with("238 MB are missing; no other precision would fit"));
}

/// A machine whose disk reads so many megabytes a second.
fn with_disk(mut hardware: Hardware, read_mb_per_s: f64) -> Hardware {
    hardware.disk.as_mut().unwrap().read_mb_per_s = Some(read_mb_per_s);
    hardware
}

#[test]
fn the_reason_says_what_stays_and_which_part_is_slower() {
    let deberta = packed(XLARGE, Precision::F32);
    let paces = [(Device::Cpu, Precision::F32, 2, 0.5)];
    let plan = |hardware: &Hardware, budget| measured(hardware, deberta, &paces, within(budget)).unwrap();
    let unknown = plan(&office_pc(), 1024);
    let spread = "The model needs 3035 MB and 1024 MB are allowed, so 4 of its 24 layers stay in memory and the others are \
                  read from the disk while others compute. Up to 32 windows go through each layer together, so that it is \
                  read once for all of them.";
    assert_eq!(about(&unknown, Topic::Placement), spread);
    assert_eq!(unknown.windows_per_second, Some(0.5));
    // 20 layers of 120 MB in 4.8 seconds, in which 2.4 windows are computed.
    let fast = plan(&with_disk(office_pc(), 500.0), 1024);
    let hidden = "One window needs 2393 MB from the disk (4.8 seconds); 3 windows together hide that behind the computing, \
                  so that the processor is the slower part.";
    assert_eq!(about(&fast, Topic::Placement), format!("{spread} {hidden}"));
    assert_eq!(fast.windows_per_second, Some(0.5));
    let slow = plan(&with_disk(office_pc(), 20.0), 1024);
    let text = about(&slow, Topic::Placement);
    let held = "The disk is the slower part: the 32 windows of each group need 2393 MB from it (120 seconds) and 64 seconds of \
                computing. With more memory fewer layers would have to be read.";
    assert_eq!(text, format!("{spread} {held}"));
    let pace = slow.windows_per_second.unwrap();
    assert!((pace - 32.0 / 119.64).abs() < 0.001, "no faster than the disk: {pace}");
    assert!(about(&slow, Topic::Pace).contains("About 0.3 windows"), "{:?}", slow.reasons);
    let none = plan(&office_pc(), 500);
    assert!(
        about(&none, Topic::Placement).contains("none of its 24 layers stays in memory"),
        "{:?}",
        none.reasons
    );
    assert!(about(&none, Topic::Memory).contains("498 MB of the allowed 500 MB"), "{:?}", none.reasons);
}

#[test]
fn the_number_of_questions_is_told() {
    let model = ModelNeeds { questions: Some(43), ..packed(BASE, Precision::Int8) };
    let exhaustive = planned(&office_pc(), model, PlanRequest::default()).unwrap();
    assert!(about(&exhaustive, Topic::Questions).contains("once for each of 43 questions"), "{exhaustive:?}");
    let screened = PlanRequest { screening: true, ..PlanRequest::default() };
    let screened = planned(&office_pc(), model, screened).unwrap();
    let text = about(&screened, Topic::Questions);
    assert!(
        text.starts_with("Only passages in which the bundled model sees something are asked about"),
        "{text}"
    );
    let tagger =
        planned(&office_pc(), MINI, PlanRequest { screening: true, ..PlanRequest::default() }).unwrap();
    assert!(tagger.reasons.iter().all(|reason| reason.about != Topic::Questions));
}

#[test]
fn a_placement_is_written_as_words_and_numbers() {
    let plan = planned(&office_pc(), packed(XLARGE, Precision::F32), within(1024)).unwrap();
    let written = serde_json::to_value(&plan).unwrap();
    let spread = serde_json::json!({"on_card": 0, "resident": 4, "layers": 24, "group": 32});
    assert_eq!(written["placement"], serde_json::json!({ "disk": spread }));
    let whole = planned(&office_pc(), MINI, PlanRequest::default()).unwrap();
    assert_eq!(serde_json::to_value(&whole).unwrap()["placement"], "memory");
}
