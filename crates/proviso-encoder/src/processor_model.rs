//! A model on the processor, wholly in memory.

use proviso_kernels::{Output, Tier};

use crate::{
    Encoder, EncoderError, Logits, ModelFolder, Pass, Precision, TextTokenizer,
    engine::{Builder, Engine, Linear, Observers, joined},
    frame::Frame,
    packed::PackedFolder,
    weights::Weights,
};

/// An encoder with a linear head that gives every token its logits: a span tagger, or a model that answers questions.
pub struct ProcessorModel {
    engine: Engine,
    head: Linear,
    frame: Frame,
}

impl ProcessorModel {
    /// Loads the weights of a model folder at a level of precision. `tokenizer` says which special tokens frame a window.
    ///
    /// # Errors
    /// If a file is missing, was changed, or does not describe a model that can be run, or the model has no activation
    /// ranges and the level needs them.
    pub fn load(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        precision: Precision,
    ) -> Result<Self, EncoderError> {
        Self::load_observed(folder, tokenizer, precision, None)
    }

    pub(crate) fn load_observed(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        precision: Precision,
        observers: Option<&Observers>,
    ) -> Result<Self, EncoderError> {
        if folder.manifest().packed.is_some() {
            return Self::load_packed(folder, tokenizer, precision);
        }
        let tier = Tier::current()?;
        let architecture = folder.architecture()?;
        let frame = Frame::new(folder, tokenizer, architecture.family)?;
        let ranges = match precision {
            Precision::Int8Static => Some(folder.activation_ranges()?),
            _ => None,
        };
        let source = folder.weights()?;
        let all =
            Builder { weights: Weights::new(&source), tier, precision, ranges: ranges.as_ref(), observers };
        let builder = Builder { weights: all.weights.encoder()?, ..all.clone() };
        // The head is computed in f32 at every level.
        let head = Builder { precision: Precision::F32, observers: None, ..all };
        let kind = folder.manifest().kind;
        Ok(Self {
            engine: Engine::load(&builder, &architecture)?,
            head: head.linear(kind.head(), "head", folder.manifest().outputs(), architecture.width)?,
            frame,
        })
    }

    /// Loads a packed model, which runs only with the numbers that it was packed in.
    fn load_packed(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        precision: Precision,
    ) -> Result<Self, EncoderError> {
        let packed = PackedFolder::open_at(folder, precision)?;
        let frame = Frame::new(folder, tokenizer, packed.architecture().family)?;
        let (stem, head) = packed.stem()?;
        let layers =
            (0..packed.layers()).map(|index| packed.layer(index, &stem)).collect::<Result<_, _>>()?;
        Ok(Self { engine: Engine::of(stem, layers), head, frame })
    }
}

impl Encoder for ProcessorModel {
    fn logits(&self, pass: Pass<'_>, threads: usize) -> Result<Logits, EncoderError> {
        let framed = self.frame.around(pass);
        let outputs = self.head.outputs();
        let parts = self.engine.run(framed.sequence(), threads, |hidden, rows, panel| {
            let mut logits = vec![0.0; rows * outputs];
            self.head.forward_floats(hidden, rows, panel, Output::plain(&mut logits, outputs));
            logits
        })?;
        framed.pick(&joined(parts), outputs).in_numbers()
    }

    fn outputs(&self) -> usize {
        self.head.outputs()
    }
}
