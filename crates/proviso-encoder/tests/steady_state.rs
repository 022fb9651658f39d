//! Once its buffers have grown, an encoder reads windows without asking the system for memory.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    path::Path,
};

use proviso_encoder::{Backbone, Precision};

/// The system's allocator, counting the requests of each thread.
struct Counting;

thread_local! {
    static REQUESTS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        REQUESTS.with(|requests| requests.set(requests.get() + 1));
        // SAFETY: passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: passed on.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        REQUESTS.with(|requests| requests.set(requests.get() + 1));
        // SAFETY: passed on.
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn windows_are_read_without_allocating() {
    for name in ["bert", "mpnet", "deberta-v3", "deberta-v2-conv"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name);
        for precision in [Precision::F32, Precision::F16, Precision::Int8, Precision::Int4] {
            let backbone = Backbone::load(&folder, precision).unwrap();
            let ids: Vec<u32> = (5..105).collect();
            let before_first = REQUESTS.get();
            backbone.run(&ids).unwrap();
            let before_second = REQUESTS.get();
            assert!(before_second > before_first, "the first window grows the buffers");
            // Shorter windows fit into them too.
            for len in [100, 37, 2, 100] {
                backbone.run(&ids[..len]).unwrap();
            }
            assert_eq!(REQUESTS.get() - before_second, 0, "{name} in {precision}");
        }
    }
}
