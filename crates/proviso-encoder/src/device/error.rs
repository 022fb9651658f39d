//! What can go wrong on a graphics card, told apart by what can be done about it.

use candle_core::Error;

use crate::EncoderError;

/// A device cannot load a model or run it.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The device's memory does not suffice. Fewer windows at once may fit.
    #[error(
        "the memory of the graphics card is full; close other programs that use it, read fewer windows at once, or use the \
         processor"
    )]
    OutOfMemory,
    /// The device stopped working. What was loaded onto it is lost, and this program cannot use it any more.
    #[error(
        "the graphics card stopped working ({0}); restart Proviso, and the computer if that does not help, or use the \
         processor"
    )]
    Lost(String),
    /// Anything else; it would fail again.
    #[error(transparent)]
    Failed(#[from] EncoderError),
}

/// What drivers call a memory that is full: CUDA, cuBLAS, cuRAND, and Metal for a batch of commands and for a buffer.
const FULL: [&str; 5] = [
    "CUDA_ERROR_OUT_OF_MEMORY",
    "CUBLAS_STATUS_ALLOC_FAILED",
    "CURAND_STATUS_ALLOCATION_FAILED",
    "ErrorOutOfMemory",
    "Failed to create metal resource: Buffer",
];

/// Codes after which a CUDA context cannot be used any more, and errors of Metal's command buffers that are not the fault
/// of their commands alone.
const LOST: [&str; 23] = [
    "CUDA_ERROR_ASSERT",
    "CUDA_ERROR_CONTAINED",
    "CUDA_ERROR_CONTEXT_IS_DESTROYED",
    "CUDA_ERROR_DEINITIALIZED",
    "CUDA_ERROR_DEVICE_UNAVAILABLE",
    "CUDA_ERROR_ECC_UNCORRECTABLE",
    "CUDA_ERROR_EXTERNAL_DEVICE",
    "CUDA_ERROR_HARDWARE_STACK_ERROR",
    "CUDA_ERROR_ILLEGAL_ADDRESS",
    "CUDA_ERROR_ILLEGAL_INSTRUCTION",
    "CUDA_ERROR_INVALID_ADDRESS_SPACE",
    "CUDA_ERROR_INVALID_PC",
    "CUDA_ERROR_LAUNCH_FAILED",
    "CUDA_ERROR_LAUNCH_TIMEOUT",
    "CUDA_ERROR_MISALIGNED_ADDRESS",
    "CUDA_ERROR_NVLINK_UNCORRECTABLE",
    "CUDA_ERROR_TENSOR_MEMORY_LEAK",
    "CUDA_ERROR_UNKNOWN",
    "CUBLAS_STATUS_EXECUTION_FAILED",
    "CommandBufferCallbackErrorHang",
    "CommandBufferCallbackErrorTimeout",
    "CommandBufferCallbackErrorPageFault",
    "CommandBufferCallbackErrorSubmissionsIgnored",
];

impl From<Error> for DeviceError {
    /// Tells errors apart by the names of the drivers' codes, which the libraries write into their errors' texts. Their
    /// types exist only in a program that is built for the device.
    fn from(error: Error) -> Self {
        let text = innermost(&error).to_string();
        let has = |names: &[&str]| names.iter().any(|name| text.contains(name));
        if has(&FULL) {
            Self::OutOfMemory
        } else if has(&LOST) {
            Self::Lost(text)
        } else {
            Self::Failed(EncoderError::Device(text))
        }
    }
}

/// The error inside what candle wraps around it: a backtrace, a path, or a sentence.
fn innermost(mut error: &Error) -> &Error {
    while let Error::Context { inner, .. }
    | Error::WithPath { inner, .. }
    | Error::WithBacktrace { inner, .. } = error
    {
        error = inner;
    }
    error
}

#[cfg(test)]
mod tests {
    use std::backtrace::Backtrace;

    use super::*;

    /// An error of a CUDA library with the text that cudarc gives it.
    fn cuda(text: &str) -> Error {
        Error::Cuda(text.into())
    }

    /// The error in all of candle's wrappers.
    fn wrapped(error: Error) -> Error {
        let traced =
            Error::WithBacktrace { inner: Box::new(error), backtrace: Box::new(Backtrace::force_capture()) };
        Error::WithBacktrace {
            inner: Box::new(traced.with_path("model.safetensors").context("while loading")),
            backtrace: Box::new(Backtrace::force_capture()),
        }
    }

    #[test]
    fn a_full_memory_is_recognised_however_it_is_wrapped() {
        for text in [
            "DriverError(CUDA_ERROR_OUT_OF_MEMORY, \"out of memory\")",
            "CublasError(CUBLAS_STATUS_ALLOC_FAILED)",
        ] {
            assert!(matches!(DeviceError::from(cuda(text)), DeviceError::OutOfMemory), "{text}");
            assert!(matches!(DeviceError::from(wrapped(cuda(text))), DeviceError::OutOfMemory), "{text}");
        }
        let metal = "Command buffer had following error: Insufficient Memory \
                     (00000008:kIOGPUCommandBufferCallbackErrorOutOfMemory)";
        for error in [
            Error::Metal(metal.to_owned().into()),
            wrapped(Error::wrap(metal)),
            Error::wrap("Failed to create metal resource: Buffer"),
        ] {
            assert!(matches!(DeviceError::from(error), DeviceError::OutOfMemory));
        }
    }

    #[test]
    fn a_lost_device_says_why_without_wrappers() {
        let text = "DriverError(CUDA_ERROR_ILLEGAL_ADDRESS, \"an illegal memory access was encountered\")";
        for error in [cuda(text), wrapped(cuda(text))] {
            match DeviceError::from(error) {
                DeviceError::Lost(reason) => assert_eq!(reason, text),
                other => panic!("{other:?}"),
            }
        }
        let metal = "Caused GPU Hang Error (00000003:kIOGPUCommandBufferCallbackErrorHang)";
        assert!(matches!(DeviceError::from(Error::wrap(metal)), DeviceError::Lost(_)));
    }

    #[test]
    fn anything_else_is_a_failure_of_the_work() {
        let invalid = "DriverError(CUDA_ERROR_INVALID_VALUE, \"invalid argument\")";
        for error in [wrapped(cuda(invalid)), Error::Msg("shapes differ".into())] {
            let text = innermost(&error).to_string();
            match DeviceError::from(error) {
                DeviceError::Failed(EncoderError::Device(reason)) => assert_eq!(reason, text),
                other => panic!("{other:?}"),
            }
        }
    }
}
