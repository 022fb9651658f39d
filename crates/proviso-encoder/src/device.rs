//! The encoder on a graphics card: many windows in one pass, with candle's tensors.
//!
//! Windows are padded to the longest of their batch, and nothing attends to padding. The stream through the layers,
//! normalisation, softmax and the head are f32; products are of the level's type. Every operation is one that candle has
//! a kernel for with CUDA and with Metal.

mod activation;
mod attention;
mod backbone;
mod batch;
mod batch_encoder;
mod builder;
mod convolution;
mod device_model;
mod disentangled;
mod embeddings;
mod error;
mod layer;
mod layers;
mod linear;
mod norm;
mod open;
mod processor_embeddings;
mod relations;
mod stack;
mod target;
mod unpacked_layer;

pub use backbone::DeviceBackbone;
pub use batch_encoder::BatchEncoder;
pub use device_model::DeviceModel;
pub use error::DeviceError;
pub use layers::DeviceOffload;
pub use open::ComputeDevice;

#[cfg(test)]
mod tests;
