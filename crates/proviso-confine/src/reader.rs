//! The process that reads a PDF: what it gives up before it looks at the first byte.
//!
//! Two steps, because one of them counts for a thread and its children only. [`give_up_files`] is called while the process has
//! one thread: Landlock takes away files, TCP and signals to others, and limits take away what they can on kernels without it.
//! [`give_up_calls`] is called on the thread that parses, once it has all its memory limits: seccomp then lets every thread make
//! the few calls that parsing needs, and refuses all others with `EPERM`: opening, connecting, starting programs or threads,
//! looking into other processes, memory that can be executed, and descriptors other than the three pipes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Held;

/// What the reading process is held to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    /// That it has no files of its own and no TCP (Landlock).
    pub files: Held,
    /// That it makes no system calls but those that parsing needs (seccomp).
    pub calls: Held,
}

/// Gives up files, and everything else that can be given up by limits. `processor_time` is the most that the process may
/// compute; its parent's clock ends it long before.
pub fn give_up_files(processor_time: Duration) -> Held {
    system::give_up_files(processor_time)
}

/// Gives up all system calls but those that parsing needs, for every thread of the process.
pub fn give_up_calls() -> Held {
    system::give_up_calls()
}

/// Limits the memory of this process to `bytes` of its own. Beyond it an allocation fails and the process ends.
///
/// Data counts what is really this process's own; the address space would count every library mapped, and a program with a
/// webview maps many.
pub fn limit_memory(bytes: u64) {
    #[cfg(unix)]
    limit(rustix::process::Resource::Data, bytes);
    // Without such limits in the operating system the parent's clock is the only one.
    #[cfg(not(unix))]
    let _ = bytes;
}

#[cfg(unix)]
fn limit(resource: rustix::process::Resource, value: u64) {
    let limit = rustix::process::Rlimit { current: Some(value), maximum: Some(value) };
    // A limit that cannot be set leaves the one that was there; the file is still read.
    let _ = rustix::process::setrlimit(resource, limit);
}

/// No file grows, no descriptor is opened, no core is left behind, and no more than so much is computed.
#[cfg(unix)]
fn limit_everything(processor_time: Duration) {
    use rustix::process::Resource;

    limit(Resource::Core, 0);
    limit(Resource::Fsize, 0);
    limit(Resource::Nofile, 0);
    limit(Resource::Cpu, processor_time.as_secs().max(1));
}

#[cfg(target_os = "linux")]
#[path = "reader/linux.rs"]
mod system;

#[cfg(not(target_os = "linux"))]
mod system {
    use super::{Duration, Held};

    /// What there is beside Landlock: limits.
    pub fn give_up_files(processor_time: Duration) -> Held {
        #[cfg(unix)]
        {
            super::limit_everything(processor_time);
            Held::Partly("only by limits: no file can be opened or grow".into())
        }
        #[cfg(not(unix))]
        {
            let _ = processor_time;
            Held::Not("Proviso does not use what this system offers for it".into())
        }
    }

    /// Nothing.
    pub fn give_up_calls() -> Held {
        Held::Not("Proviso does not use what this system offers for it".into())
    }
}
