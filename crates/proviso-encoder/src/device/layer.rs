//! One transformer layer on a device.

use candle_core::{Result, Tensor};
use proviso_kernels::{Activation, LayerNorm};

use super::{
    DeviceError,
    activation::activate,
    attention::Attention,
    builder::DeviceBuilder,
    disentangled::{Distances, ProjectedDistances},
    linear::Linear,
    norm::Norm,
    relations::Relations,
    target::Target,
    unpacked_layer::{UnpackedLayer, UnpackedLinear},
};
use crate::architecture::{Architecture, RelativePositions};

/// Attention and feed-forward part, each added to the stream, which is normalised after both.
pub(super) struct Layer {
    /// Queries, keys and values in one product.
    query_key_value: Linear,
    attention: Attention,
    attention_output: Linear,
    attention_norm: Norm,
    intermediate: Linear,
    activation: Activation,
    output: Linear,
    output_norm: Norm,
}

impl Layer {
    pub(super) fn load(
        builder: &DeviceBuilder<'_>,
        architecture: &Architecture,
        distances: Option<&Distances>,
        index: usize,
    ) -> std::result::Result<Self, DeviceError> {
        let (width, inner, epsilon) = (architecture.width, architecture.inner_width, architecture.epsilon);
        let part = builder.under(&format!("encoder.layer.{index}"));
        let [query, key, value, output, norm] = architecture.family.attention_parts();
        let scale = 1.0 / architecture.score_divisor();
        let query = part.weights.linear(query, width, width, scale)?;
        let key = part.weights.linear(key, width, width, 1.0)?;
        let value = part.weights.linear(value, width, width, 1.0)?;
        let project = |distances: &Distances| {
            ProjectedDistances::load(&part, architecture, distances, &query, &key, scale)
        };
        let qkv = (
            [query.0.as_slice(), &key.0, &value.0].concat(),
            [query.1.as_slice(), &key.1, &value.1].concat(),
        );
        Ok(Self {
            attention: Attention::new(architecture.heads, distances.map(project).transpose()?),
            query_key_value: part.load(qkv, width)?,
            attention_output: part.linear(output, width, width)?,
            attention_norm: part.norm(norm, width, epsilon)?,
            intermediate: part.linear("intermediate.dense", inner, width)?,
            activation: architecture.activation,
            output: part.linear("output.dense", width, inner)?,
            output_norm: part.norm("output.LayerNorm", width, epsilon)?,
        })
    }

    /// One whose weights lie in main memory, as a packed model's.
    pub(super) fn of(
        unpacked: &UnpackedLayer,
        target: &Target,
        architecture: &Architecture,
    ) -> std::result::Result<Self, DeviceError> {
        let linear = |part: &UnpackedLinear| target.linear(&part.weights, &part.bias);
        let norm = |norm: &LayerNorm| target.norm(norm, architecture.epsilon);
        let distances = match architecture.relative_positions {
            RelativePositions::Disentangled(_) => {
                Some(ProjectedDistances::projected(target, unpacked.distances())?)
            }
            RelativePositions::None | RelativePositions::Bias => None,
        };
        Ok(Self {
            query_key_value: linear(&unpacked.query_key_value)?,
            attention: Attention::new(architecture.heads, distances),
            attention_output: linear(&unpacked.attention_output)?,
            attention_norm: norm(&unpacked.attention_norm)?,
            intermediate: linear(&unpacked.intermediate)?,
            activation: architecture.activation,
            output: linear(&unpacked.output)?,
            output_norm: norm(&unpacked.output_norm)?,
        })
    }

    /// Carries the stream, `[windows * tokens, width]`, through this layer.
    pub(super) fn forward(&self, stream: &Tensor, windows: usize, relations: &Relations) -> Result<Tensor> {
        let gathered = self.attention.forward(&self.query_key_value.forward(stream)?, windows, relations)?;
        let stream = self.attention_norm.forward(&self.attention_output.add_to(stream, &gathered)?)?;
        let inner = activate(&self.intermediate.forward(&stream)?, self.activation)?;
        self.output_norm.forward(&self.output.add_to(&stream, &inner)?)
    }
}
