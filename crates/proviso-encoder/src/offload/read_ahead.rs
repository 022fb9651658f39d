//! Layers read from the disk by a thread of their own, ahead of their use.
//!
//! The thread is never waited for without limit: a disk that was taken away may hold it for ever, and then it is left behind.

use std::{
    io,
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use crate::{Cancelled, EncoderError, engine::Layer, packed::PackedFolder};

/// How long a disk may take for one layer before it is given up.
const STALLED: Duration = Duration::from_secs(120);
/// How often it is asked meanwhile whether anybody still waits.
const PATIENCE: Duration = Duration::from_millis(50);

/// A layer to be read into memory that holds another one, or none yet.
struct Request {
    index: usize,
    memory: Layer,
}

/// A layer that was read, or its memory with what went wrong.
struct Answer {
    index: usize,
    memory: Layer,
    outcome: Result<(), EncoderError>,
}

/// Reads some layers of a model over and over in their order, each while earlier ones are used.
pub(super) struct ReadAhead {
    folder: Arc<PackedFolder>,
    requests: mpsc::Sender<Request>,
    answers: mpsc::Receiver<Answer>,
    /// The layers that are read, in order.
    order: Vec<usize>,
    /// Place in the order of what is asked for next.
    next: usize,
    /// Memory that no layer is being read into.
    idle: Vec<Layer>,
    /// Requests that were not answered yet.
    under_way: usize,
}

impl ReadAhead {
    /// Starts the thread. `memory` is what layers are read into: one for the layer in use, the others to read ahead.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn begin(
        folder: Arc<PackedFolder>,
        order: Vec<usize>,
        memory: Vec<Layer>,
    ) -> Result<Self, EncoderError> {
        let (requests, asked) = mpsc::channel::<Request>();
        let (answer, answers) = mpsc::channel();
        let files = Arc::clone(&folder);
        let read = move || {
            // A file is checked when it is read for the first time; its later bytes are the same ones.
            let mut verified = vec![false; files.layers()];
            while let Ok(Request { index, mut memory }) = asked.recv() {
                let outcome = files.fill(index, &mut memory, !verified[index]);
                verified[index] |= outcome.is_ok();
                if answer.send(Answer { index, memory, outcome }).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().name("layers".into()).spawn(read).map_err(EncoderError::Thread)?;
        let mut ahead = Self { folder, requests, answers, order, next: 0, idle: memory, under_way: 0 };
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
    ) -> Result<Result<Layer, Cancelled>, EncoderError> {
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
                Err(mpsc::RecvTimeoutError::Timeout) if begin.elapsed() < STALLED => {}
                Err(_) => {
                    let path = self.folder.layer_path(wanted).clone();
                    let source = io::Error::new(
                        io::ErrorKind::TimedOut,
                        format!("the disk has not answered for {} s", STALLED.as_secs()),
                    );
                    return Err(EncoderError::Read { path, source });
                }
            }
        }
    }

    /// Takes memory back from a layer that is not wanted; `restart` is what is asked for next where nothing is under way.
    fn give_back(&mut self, memory: Layer, restart: usize) {
        self.idle.push(memory);
        if self.under_way == 0
            && let Some(place) = self.order.iter().position(|index| *index == restart)
        {
            self.next = place;
        }
    }

    /// Takes back the memory of a layer that was used, and reads the next one into it.
    pub fn used(&mut self, memory: Layer) {
        self.idle.push(memory);
        self.ask();
    }
}
