//! Layers read from the disk by a thread of their own, ahead of their use.
//!
//! The thread is never waited for without limit: a disk that was taken away may hold it for ever, and then it is left behind.

use std::{
    io,
    path::PathBuf,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::{Cancelled, EncoderError};

/// How long a disk may take for one layer before it is given up.
const STALLED: Duration = Duration::from_secs(120);
/// How often it is asked meanwhile whether anybody still waits.
const PATIENCE: Duration = Duration::from_millis(50);

/// Something that brings layers to where they can be used.
pub(crate) trait LayerReader: Send + 'static {
    /// What a layer is brought into.
    type Memory: Send + 'static;
    /// What can go wrong.
    type Error: From<EncoderError> + Send + 'static;

    /// Brings a layer into memory that holds another one, or none yet. After an error the memory holds nothing of use.
    fn read(&mut self, index: usize, memory: &mut Self::Memory) -> Result<(), Self::Error>;
}

/// A layer to be read into memory.
struct Request<M> {
    index: usize,
    memory: M,
}

/// A layer that was read, or its memory with what went wrong.
struct Answer<M, E> {
    index: usize,
    memory: M,
    outcome: Result<(), E>,
}

/// Reads some layers of a model over and over in their order, each while earlier ones are used.
pub(crate) struct ReadAhead<R: LayerReader> {
    /// The files of all layers.
    paths: Vec<PathBuf>,
    requests: mpsc::Sender<Request<R::Memory>>,
    answers: mpsc::Receiver<Answer<R::Memory, R::Error>>,
    /// The layers that are read, in order.
    order: Vec<usize>,
    /// Place in the order of what is asked for next.
    next: usize,
    /// Memory that no layer is being read into.
    idle: Vec<R::Memory>,
    /// Requests that were not answered yet.
    under_way: usize,
    stalled: Duration,
}

impl<R: LayerReader> ReadAhead<R> {
    /// Starts the thread. `paths` are the files of all layers, `order` the numbers of those that are read, and `memory` is what layers are read into: one for the layer in use, the others to read ahead.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn begin(
        paths: Vec<PathBuf>,
        mut reader: R,
        order: Vec<usize>,
        memory: Vec<R::Memory>,
    ) -> Result<Self, EncoderError> {
        let (requests, asked) = mpsc::channel::<Request<R::Memory>>();
        let (answer, answers) = mpsc::channel();
        let read = move || {
            while let Ok(Request { index, mut memory }) = asked.recv() {
                let outcome = reader.read(index, &mut memory);
                if answer.send(Answer { index, memory, outcome }).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().name("layers".into()).spawn(read).map_err(EncoderError::Thread)?;
        let mut ahead =
            Self { paths, requests, answers, order, next: 0, idle: memory, under_way: 0, stalled: STALLED };
        ahead.ask();
        Ok(ahead)
    }

    /// Asks for layers as long as there is memory for them.
    fn ask(&mut self) {
        while self.under_way < self.order.len()
            && let Some(memory) = self.idle.pop()
        {
            let index = self.order[self.next];
            self.next = (self.next + 1) % self.order.len();
            self.under_way += 1;
            // A thread that is gone answers nothing, which is told when its answer is waited for.
            let _ = self.requests.send(Request { index, memory });
        }
    }

    /// The layer of that number, which is one of those that are read.
    ///
    /// # Errors
    /// If it cannot be read, or the disk does not answer.
    pub fn take(
        &mut self,
        wanted: usize,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<R::Memory, Cancelled>, R::Error> {
        let begin = Instant::now();
        loop {
            self.ask();
            match self.answers.recv_timeout(PATIENCE) {
                Ok(Answer { index, memory, outcome }) => {
                    self.under_way -= 1;
                    if index == wanted {
                        return match outcome {
                            Ok(()) => Ok(Ok(memory)),
                            Err(error) => {
                                self.give_back(memory, index);
                                Err(error)
                            }
                        };
                    }
                    // A reading that was cancelled left the order at another place.
                    self.give_back(memory, wanted);
                }
                Err(mpsc::RecvTimeoutError::Timeout) if is_cancelled() => return Ok(Err(Cancelled)),
                Err(mpsc::RecvTimeoutError::Timeout) if begin.elapsed() < self.stalled => {}
                Err(_) => {
                    let path = self.paths[wanted].clone();
                    let source = io::Error::new(
                        io::ErrorKind::TimedOut,
                        format!("the disk has not answered for {} s", self.stalled.as_secs()),
                    );
                    return Err(EncoderError::Read { path, source }.into());
                }
            }
        }
    }

    /// Takes memory back from a layer that is not wanted; `restart` is what is asked for next where nothing is under way.
    fn give_back(&mut self, memory: R::Memory, restart: usize) {
        self.idle.push(memory);
        if self.under_way == 0
            && let Some(place) = self.order.iter().position(|index| *index == restart)
        {
            self.next = place;
        }
    }

    /// Takes back the memory of a layer that was used, and reads the next one into it.
    pub fn used(&mut self, memory: R::Memory) {
        self.idle.push(memory);
        self.ask();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the number of a layer, once it may.
    struct Gated {
        open: mpsc::Receiver<()>,
        /// The layer that cannot be read.
        broken: Option<usize>,
    }

    impl LayerReader for Gated {
        type Memory = usize;
        type Error = EncoderError;

        fn read(&mut self, index: usize, memory: &mut usize) -> Result<(), EncoderError> {
            // A test that has ended opens all.
            let _ = self.open.recv();
            if self.broken == Some(index) {
                return Err(EncoderError::Device("broken".into()));
            }
            *memory = index;
            Ok(())
        }
    }

    /// Layers 1, 3 and 4 of five, through two slots, of which so many may be read.
    fn ahead(broken: Option<usize>, readable: usize) -> (ReadAhead<Gated>, mpsc::Sender<()>) {
        let (gate, open) = mpsc::channel();
        (0..readable).for_each(|_| gate.send(()).unwrap());
        let paths = (0..5).map(|index| PathBuf::from(format!("layer-{index}"))).collect();
        let ahead = ReadAhead::begin(paths, Gated { open, broken }, vec![1, 3, 4], vec![9, 9]).unwrap();
        (ahead, gate)
    }

    fn take(ahead: &mut ReadAhead<Gated>, wanted: usize) -> usize {
        let memory = ahead.take(wanted, &|| false).unwrap().unwrap();
        ahead.used(memory);
        memory
    }

    #[test]
    fn layers_come_round_and_round_in_their_order() {
        let (mut ahead, _gate) = ahead(None, 100);
        for _ in 0..3 {
            assert_eq!([1, 3, 4].map(|index| take(&mut ahead, index)), [1, 3, 4]);
        }
        // One that was left after its first layer.
        assert_eq!(take(&mut ahead, 1), 1);
        assert_eq!([1, 3, 4].map(|index| take(&mut ahead, index)), [1, 3, 4]);
    }

    #[test]
    fn a_layer_that_cannot_be_read_is_an_error_each_time_and_the_others_come() {
        let (mut ahead, _gate) = ahead(Some(3), 100);
        for _ in 0..2 {
            assert_eq!(take(&mut ahead, 1), 1);
            assert!(ahead.take(3, &|| false).is_err());
        }
        assert_eq!(take(&mut ahead, 4), 4);
    }

    #[test]
    fn a_disk_that_does_not_answer_is_left_behind_with_the_file_named() {
        let (mut ahead, _gate) = ahead(None, 1);
        ahead.stalled = Duration::from_millis(80);
        assert_eq!(take(&mut ahead, 1), 1);
        let error = ahead.take(3, &|| false).unwrap_err();
        let EncoderError::Read { path, source } = error else { panic!("{error}") };
        assert_eq!((path, source.kind()), (PathBuf::from("layer-3"), io::ErrorKind::TimedOut));
        assert!(matches!(ahead.take(3, &|| true), Ok(Err(Cancelled))), "who waits can still leave");
    }
}
