//! Pickles, instruction by instruction.

use super::{Stored, tensors};
use crate::source::ElementType;

/// A tensor of shape (2, 3) in storage `0`, from number 1 on.
const TENSOR: &[u8] = b"ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nHalfStorage\n\
    X\x01\0\0\x000X\x03\0\0\0cpuK\x07tQK\x01K\x02K\x03\x86K\x03K\x01\x86\x89}tR";

/// A dictionary with `TENSOR` as `a`, where `more` stands before its end.
fn pickle(more: &[u8]) -> Vec<u8> {
    [b"\x80\x02}X\x01\0\0\0a", TENSOR, b"s", more, b"."].concat()
}

fn refusal(pickle: &[u8]) -> String {
    tensors(pickle).unwrap_err()
}

#[test]
fn a_tensor_is_described() {
    let pickle = pickle(b"");
    let expected =
        Stored { key: "0", element: ElementType::F16, offset: 1, shape: vec![2, 3], strides: vec![3, 1] };
    assert_eq!(tensors(&pickle).unwrap(), [("a".to_owned(), expected)]);
}

#[test]
fn what_is_no_tensor_is_passed_over() {
    // A number, a list of lists, and a whole number of 40 bits.
    let pickle = pickle(
        b"X\x01\0\0\0bK\x01sX\x01\0\0\0c](]NeNasX\x01\0\0\0d\x8a\x05\0\0\0\0\x80sK\x05G\0\0\0\0\0\0\0\0s",
    );
    assert_eq!(tensors(&pickle).unwrap().len(), 1);
}

#[test]
fn every_other_function_is_refused_by_name() {
    for (call, name) in [
        (&b"cos\nsystem\nX\x02\0\0\0ls\x85R"[..], "os.system"),
        (b"cbuiltins\neval\n", "builtins.eval"),
        (b"ctorch\nload\n", "torch.load"),
        (b"ctorch._utils\n_rebuild_tensor_v3\n", "torch._utils._rebuild_tensor_v3"),
        (b"ccollections\nOrderedDict.clear\n", "collections.OrderedDict.clear"),
    ] {
        let said = refusal(&pickle(call));
        assert!(
            said.contains(&format!("asks for `{name}`, which no tensor needs; it was not run")),
            "{said}"
        );
    }
}

#[test]
fn instructions_of_other_versions_are_refused() {
    for (code, part) in [
        // Those that call, import or load in their own ways.
        (&b"\x81"[..], "instruction 0x81"),
        (b"\x93", "instruction 0x93"),
        (b"\x82\x01", "instruction 0x82"),
        (b"ios\nsystem\n", "instruction 0x69"),
        (b"oos\n", "instruction 0x6f"),
        (b"P0\n", "instruction 0x50"),
        (b"\x80\x04", "is of version 4"),
    ] {
        assert!(refusal(&pickle(code)).contains(part), "{part}");
    }
}

#[test]
fn programs_that_make_no_sense_are_refused() {
    for (program, part) in [
        (&b""[..], "is cut off"),
        (b".", "takes a value that is not there"),
        (b"N.", "describes no tensors by name"),
        (b"t", "takes a value that is not there"),
        (b"K\x01\x86", "takes a value that is not there"),
        (b"NN(\x86t", "takes a value that is not there"),
        (b"h\x07", "uses a value that it never made"),
        (b"}(Nu", "a key without a value"),
        (b"NNNs", "adds to what is no dictionary"),
        (b"NNa", "adds to what is no list"),
        (b"NNb", "adds to what is no dictionary"),
        (b"NNR", "calls what is no function"),
        (b"ccollections\nOrderedDict\nN\x85R", "gives OrderedDict other arguments"),
        (b"ctorch._utils\n_rebuild_parameter\nN\x85R", "gives RebuildParameter other arguments"),
        (b"ctorch._utils\n_rebuild_tensor_v2\n(NNNNNNNtR", "gives RebuildTensor other arguments"),
        (b"NQ", "refers to something outside of it that is no storage"),
        (b"X\xff\xff\xff\xffa", "is cut off"),
        (b"X\x01\0\0\0\xff", "has a text that is none"),
        (b"\x8a\x09123456789", "more than 64 bits"),
        (b"cos", "is cut off"),
    ] {
        assert!(refusal(program).contains(part), "{part}");
    }
}

#[test]
fn sizes_below_zero_and_too_many_of_them_are_refused() {
    let good = pickle(b"");
    let shape = good.windows(5).position(|found| found == b"K\x02K\x03\x86").unwrap();
    let with = |shape_code: &[u8]| [&good[..shape], shape_code, &good[shape + 5..]].concat();
    assert!(tensors(&with(b"K\x02K\x03\x86")).is_ok());
    for code in [
        &b"K\x02J\xff\xff\xff\xff\x86"[..],
        b"K\x02\x8a\x01\x80\x86",
        b"(K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01K\x01t",
    ] {
        assert!(refusal(&with(code)).contains("a size that is none"));
    }
}

#[test]
fn values_that_refer_to_each_other_take_no_more_room_than_their_program() {
    // Each tuple holds the one before it twice: two to the thousandth elements, were they copied.
    let mut program = b"\x80\x02N".to_vec();
    for _ in 0..1000 {
        program.extend(b"q\0h\0\x86");
    }
    program.extend(b".");
    assert_eq!(refusal(&program), "describes no tensors by name");
    // A value inside of another a million times would end the stack of whatever walks down.
    let nested = [&b"N"[..], &vec![0x85; 1_000_000], b"."].concat();
    assert_eq!(refusal(&nested), "describes no tensors by name");
    for instruction in [&b")"[..], b"(", b"Nq\0h\0h\0h\0h\0h\0h\0h\0"] {
        assert!(refusal(&instruction.repeat(1 << 21)).contains("has more than 1048576 parts"));
    }
}
