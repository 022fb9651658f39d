//! Limits that the reading process sets on itself before it looks at the file.

/// Bytes of stack for the thread that parses: nested content must not end in a crash.
pub const STACK_BYTES: usize = 64 << 20;

/// Limits the memory of this process. Beyond it an allocation fails and the process ends, which the parent reports.
#[cfg(unix)]
pub fn limit_memory(bytes: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let at_most = |value: u64| Rlimit { current: Some(value), maximum: Some(value) };
    // Data counts what is really this process's own; the address space would count every library mapped, and a
    // program with a webview maps many.
    let own = bytes + STACK_BYTES as u64 + (16 << 20);
    let limits = [(Resource::Data, own), (Resource::Core, 0), (Resource::Fsize, 0)];
    for (resource, value) in limits {
        // A limit that cannot be set leaves the one that was there; the file is still read.
        let _ = setrlimit(resource, at_most(value));
    }
}

/// Without such limits in the operating system the parent's clock is the only one.
#[cfg(not(unix))]
pub fn limit_memory(_bytes: u64) {}
