//! Imported models on graphics cards.

use super::{
    offload::{packed, within},
    *,
};

/// A card with so much that can be had, and so much main memory.
fn card(card_mb: u64, main_mb: u64) -> Hardware {
    let mut hardware = with_card(8_188, card_mb + 537);
    hardware.memory.available_mb = main_mb;
    hardware
}

#[test]
fn a_card_with_room_for_the_whole_takes_it() {
    let deberta = packed(XLARGE, Precision::F16);
    let whole = memory::on_card_mb(deberta, Precision::F16, 1);
    let enough = planned(&card(whole, 50_000), deberta, PlanRequest::default()).unwrap();
    assert_eq!((enough.device, enough.placement), (Device::Cuda(0), Placement::Memory));
    assert_eq!(enough.precision, Precision::F16);
    let short = planned(&card(whole - 1, 50_000), deberta, PlanRequest::default()).unwrap();
    let Placement::Disk(offload) = short.placement else { panic!("{:?}", short.reasons) };
    assert_eq!((short.device, offload.on_disk()), (Device::Cuda(0), 0));
    assert!(offload.on_card < 24 && offload.resident > 0, "{offload:?}");
}

#[test]
fn layers_go_to_the_card_then_to_main_memory_then_to_the_disk() {
    let deberta = packed(XLARGE, Precision::F32);
    let place = |card_mb, main_mb| {
        let plan = planned(&card(card_mb, main_mb), deberta, PlanRequest::default()).unwrap();
        assert_eq!(plan.device, Device::Cuda(0), "{:?}", plan.reasons);
        assert!(plan.memory_mb <= card_mb, "{:?}", plan.reasons);
        plan
    };
    let Placement::Disk(all_near) = place(2_000, 10_000).placement else { panic!("too much fits") };
    assert_eq!((all_near.on_disk(), all_near.group), (0, 32));
    assert!(all_near.on_card >= 5 && all_near.on_card + all_near.resident == 24, "{all_near:?}");
    let plan = place(2_000, 1_000);
    let Placement::Disk(some_far) = plan.placement else { panic!("too much fits") };
    assert_eq!(some_far.on_card, all_near.on_card, "main memory does not change what the card holds");
    // 1000 MB less 20 for the program, 239 for two buffers and 101 for 32 windows leave room for 5 layers.
    assert_eq!(some_far.resident, 5);
    let text = about(&plan, Topic::Placement);
    let start =
        format!("of which 2000 MB are free, so {} of its 24 layers stay there, 5 stay", some_far.on_card);
    assert!(text.contains(&start) && text.contains("the others are read from the disk"), "{text}");
    assert_eq!(place(4_000, 1_000).placement, Placement::Memory);
}

#[test]
fn more_memory_of_either_kind_never_keeps_less() {
    let all = Amount::Auto;
    for model in [BASE, LARGE, XLARGE].map(|model| packed(model, Precision::F32)) {
        let cuda = PlanRequest { device: DeviceChoice::Cuda, ..PlanRequest::default() };
        for batch in [all, Amount::Exactly(3)] {
            let request = PlanRequest { batch, ..cuda };
            let kept = |card_mb, main_mb| {
                let plan = planned(&card(card_mb, main_mb), model, request).ok()?;
                assert!(plan.memory_mb <= card_mb, "{:?}", plan.reasons);
                Some(match plan.placement {
                    Placement::Memory => (model.layers as usize, model.layers as usize),
                    Placement::Disk(Offload { on_card, resident, .. }) => (on_card, on_card + resident),
                })
            };
            let steps = || (0..60).map(|step| step * 60);
            for main_mb in [300, 1_000, 5_000] {
                let by_card: Vec<_> = steps().map(|card_mb| kept(card_mb, main_mb)).collect();
                assert!(by_card.is_sorted(), "{main_mb} MB beside the card: {by_card:?}");
                assert!(by_card.contains(&None) && by_card.iter().flatten().any(|(card, _)| *card > 0));
            }
            for card_mb in [900, 2_000] {
                let by_main: Vec<_> = steps().map(|main_mb| kept(card_mb, main_mb)).collect();
                assert!(by_main.is_sorted(), "{card_mb} MB of the card: {by_main:?}");
            }
        }
    }
}

#[test]
fn one_memory_is_counted_once() {
    let deberta = packed(XLARGE, Precision::F16);
    let mut mac = apple();
    mac.memory.available_mb = 1_200;
    let plan = planned(&mac, deberta, within(1_100)).unwrap();
    let Placement::Disk(offload) = plan.placement else { panic!("{:?}", plan.reasons) };
    assert_eq!((plan.device, offload.resident), (Device::Metal(0), 0));
    assert!(offload.on_card >= 1 && offload.on_disk() > 0 && plan.memory_mb <= 1_100, "{plan:?}");
}

#[test]
fn a_batch_that_was_asked_for_has_its_room() {
    let deberta = packed(XLARGE, Precision::F32);
    let batch =
        |batch| planned(&card(2_000, 10_000), deberta, PlanRequest { batch, ..PlanRequest::default() });
    let layers = |plan: &Plan| match plan.placement {
        Placement::Disk(offload) => offload.on_card,
        Placement::Memory => panic!("{:?}", plan.reasons),
    };
    let (four, ten) = (batch(Amount::Exactly(4)).unwrap(), batch(Amount::Exactly(10)).unwrap());
    assert_eq!((four.batch.most, ten.batch.most), (4, 10));
    assert!(layers(&four) > layers(&ten), "{four:?} {ten:?}");
    let many = PlanRequest { work: Work::Many, ..PlanRequest::default() };
    let bulk = planned(&card(2_000, 10_000), deberta, many).unwrap();
    assert_eq!(bulk.batch, Batch { first: 1, most: 8 }, "it grows into the room that was kept for it");
}

#[test]
fn integers_stay_on_the_processor() {
    let int8 = packed(XLARGE, Precision::Int8);
    let plan = planned(&card(7_000, 50_000), int8, PlanRequest::default()).unwrap();
    assert_eq!((plan.device, plan.placement), (Device::Cpu, Placement::Memory));
    assert!(about(&plan, Topic::Device).contains("numbers that the model was imported with"), "{plan:?}");
    let cuda = PlanRequest { device: DeviceChoice::Cuda, ..PlanRequest::default() };
    let refused = planned(&card(7_000, 50_000), int8, cuda).unwrap_err();
    let expected = PlanError::ImportedForProcessor { device: Device::Cuda(0), imported: Precision::Int8 };
    assert_eq!(refused, expected);
    assert_eq!(refused.mended_by(), Wish::Device);
}
