//! The classes and functions that a pickle of tensors names.

use crate::source::ElementType;

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    /// A dictionary that keeps its order.
    OrderedDict,
    /// Makes a tensor of a storage.
    RebuildTensor,
    /// Makes a parameter of a tensor.
    RebuildParameter,
    /// The class of storages of one type.
    Storage(ElementType),
}

impl Known {
    /// The class or function of that name.
    ///
    /// # Errors
    /// In words: if no tensor needs it.
    pub(super) fn find(module: &str, name: &str) -> Result<Self, String> {
        match (module, name) {
            ("collections", "OrderedDict") => Ok(Self::OrderedDict),
            ("torch._utils", "_rebuild_tensor_v2") => Ok(Self::RebuildTensor),
            ("torch._utils", "_rebuild_parameter") => Ok(Self::RebuildParameter),
            ("torch", name) if name.ends_with("Storage") => element(name)
                .map(Self::Storage)
                .ok_or_else(|| format!("has numbers of the type `torch.{name}`, which is not supported")),
            _ => Err(format!(
                "asks for `{module}.{name}`, which no tensor needs; it was not run. Use this model only if you trust where \
                 it comes from, and save it again as safetensors"
            )),
        }
    }
}

/// The type of the numbers in storages of that class.
fn element(class: &str) -> Option<ElementType> {
    let integer = |bytes| ElementType::Integer { bytes };
    Some(match class {
        "DoubleStorage" => ElementType::F64,
        "FloatStorage" => ElementType::F32,
        "HalfStorage" => ElementType::F16,
        "BFloat16Storage" => ElementType::Bf16,
        "BoolStorage" | "ByteStorage" | "CharStorage" => integer(1),
        "ShortStorage" => integer(2),
        "IntStorage" => integer(4),
        "LongStorage" => integer(8),
        _ => return None,
    })
}
