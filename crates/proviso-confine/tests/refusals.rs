//! What a confined process is refused, tried from within: each test starts this program again, which gives everything up and
//! then tries to get it back by bare system calls.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::{
    ffi::CStr,
    fs::File,
    io,
    net::{TcpListener, UdpSocket},
    os::{fd::AsRawFd, unix::net::UnixDatagram},
    process::Command,
    time::Duration,
};

use proviso_confine::{connections, network, reader};

/// Names the inner test that runs in a process of its own.
const INNER: &str = "PROVISO_CONFINED_TEST";
const PASSWD: &CStr = c"/etc/passwd";
const LEFT_BEHIND: &CStr = c"/tmp/proviso-left-behind";
const DIED: &str = "the inner test did not come to its end";

/// Runs an inner test in a new process and returns what it told, a line each.
fn confined(name: &str) -> Vec<String> {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture", "--test-threads=1"])
        .env(INNER, name)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let fault = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("> end"), "{DIED}: {:?} {told}{fault}", output.status);
    // The test runner begins the first line.
    told.lines().filter_map(|line| line.split_once("> ")).map(|(_, said)| said.to_owned()).collect()
}

fn is_inner(name: &str) -> bool {
    std::env::var(INNER).is_ok_and(|inner| inner == name)
}

fn end() -> ! {
    println!("> end");
    std::process::exit(0);
}

/// Says what a system call answered.
fn tell(name: &str, answer: i64) {
    let error = io::Error::last_os_error();
    let said = if answer == -1 { format!("{:?}", error.kind()) } else { "ALLOWED".to_owned() };
    println!("> {name}: {said}");
}

macro_rules! call {
    ($number:ident $(, $argument:expr)*) => {
        // SAFETY: all pointers are null or lead to what outlives the call, and what is tried is refused or changes nothing.
        tell(stringify!($number), unsafe { libc::syscall(libc::$number $(, $argument)*) })
    };
}

#[test]
fn the_reading_process_is_refused_everything_but_its_pipes() {
    let told = confined("inner_reader");
    assert_eq!(told[1], "calls: Fully");
    let tried: Vec<_> = told.iter().filter(|line| line.starts_with("SYS_")).collect();
    assert!(tried.len() > 25, "{told:?}");
    let let_through: Vec<_> = tried.iter().filter(|line| !line.ends_with(": PermissionDenied")).collect();
    assert!(let_through.is_empty(), "{let_through:?}");
    for works in ["own memory: 1", "a thread that was started before: InvalidInput true"] {
        assert!(told.contains(&works.to_owned()), "what it needs still works: {told:?}");
    }
}

#[test]
#[ignore = "the other tests run it, in a process of its own"]
fn inner_reader() {
    if !is_inner("inner_reader") {
        return;
    }
    let open = File::open("/etc/passwd").unwrap();
    let parent = std::os::unix::process::parent_id();
    println!("> files: {:?}", reader::give_up_files(Duration::from_secs(60)));
    reader::limit_memory(1 << 30);
    println!("> calls: {:?}", reader::give_up_calls());
    try_files(open.as_raw_fd());
    try_connections();
    try_programs(parent);
    let memory = std::hint::black_box(vec![1_u8; 64 << 20]);
    println!("> own memory: {}", memory[memory.len() - 1]);
    begin_thread();
    end();
}

/// What the C library does at the beginning of each thread. If it may not, it ends the process.
fn begin_thread() {
    // SAFETY: nothing lies at the address, which the kernel finds out.
    let registered = unsafe { libc::syscall(libc::SYS_rseq, 0, 0, 0, 0) };
    let error = io::Error::last_os_error();
    assert_eq!(registered, -1);
    // SAFETY: a list without a head is an empty one.
    let listed = unsafe { libc::syscall(libc::SYS_set_robust_list, 0, 3 * size_of::<usize>()) };
    println!("> a thread that was started before: {:?} {}", error.kind(), listed == 0);
}

/// `open` was open before, as a program with a window may hand a descriptor down by mistake.
fn try_files(open: i32) {
    let mut byte = [0_u8];
    call!(SYS_read, open, byte.as_mut_ptr(), 1);
    call!(SYS_write, open, byte.as_ptr(), 1);
    call!(SYS_dup, 0);
    call!(SYS_openat, libc::AT_FDCWD, PASSWD.as_ptr(), libc::O_RDONLY);
    call!(SYS_openat, libc::AT_FDCWD, LEFT_BEHIND.as_ptr(), libc::O_CREAT | libc::O_WRONLY, 0o600);
    call!(SYS_faccessat, libc::AT_FDCWD, PASSWD.as_ptr(), libc::R_OK);
    call!(SYS_unlinkat, libc::AT_FDCWD, LEFT_BEHIND.as_ptr(), 0);
    call!(SYS_getdents64, 0, 0, 0);
    call!(SYS_memfd_create, c"memory".as_ptr(), 0);
}

fn try_connections() {
    for family in [libc::AF_UNIX, libc::AF_INET, libc::AF_INET6, libc::AF_NETLINK] {
        call!(SYS_socket, family, libc::SOCK_DGRAM, 0);
    }
    call!(SYS_socketpair, libc::AF_UNIX, libc::SOCK_STREAM, 0, 0);
    call!(SYS_connect, 0, 0, 0);
    call!(SYS_sendto, 0, 0, 0, 0, 0, 0);
    call!(SYS_io_uring_setup, 1, 0);
}

fn try_programs(parent: u32) {
    call!(SYS_execve, c"/bin/true".as_ptr(), 0, 0);
    call!(SYS_clone, libc::SIGCHLD, 0, 0, 0, 0);
    call!(SYS_clone3, 0, 0);
    call!(SYS_ptrace, libc::PTRACE_ATTACH, parent, 0, 0);
    call!(SYS_process_vm_readv, parent, 0, 0, 0, 0, 0);
    call!(SYS_kill, parent, 0);
    call!(SYS_tgkill, parent, parent, 0);
    call!(SYS_prlimit64, 0, libc::RLIMIT_NOFILE, 0, 0);
    call!(SYS_prctl, libc::PR_SET_DUMPABLE, 1, 0, 0, 0);
    call!(SYS_bpf, 0, 0, 0);
    let executable = libc::PROT_READ | libc::PROT_EXEC;
    call!(SYS_mmap, 0, 4096, executable, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0);
    call!(SYS_mprotect, 0, 4096, executable);
}

#[test]
fn files_and_signals_are_refused_by_landlock_alone() {
    let told = confined("inner_files");
    if told[0].contains("Not(") {
        println!("SKIPPED: {}", told[0]);
        return;
    }
    assert_eq!(
        told[1..4],
        ["SYS_mkdirat: PermissionDenied", "SYS_symlinkat: PermissionDenied", "opened: false"]
    );
    if told[0].contains("Fully") {
        assert_eq!(told[4], "SYS_kill: PermissionDenied");
    }
}

#[test]
#[ignore = "the other tests run it, in a process of its own"]
fn inner_files() {
    if !is_inner("inner_files") {
        return;
    }
    let parent = std::os::unix::process::parent_id();
    println!("> files: {:?}", reader::give_up_files(Duration::from_secs(60)));
    call!(SYS_mkdirat, libc::AT_FDCWD, LEFT_BEHIND.as_ptr(), 0o700);
    call!(SYS_symlinkat, PASSWD.as_ptr(), libc::AT_FDCWD, LEFT_BEHIND.as_ptr());
    println!("> opened: {}", File::open("/etc/passwd").is_ok());
    call!(SYS_kill, parent, 0);
    end();
}

#[test]
fn the_program_and_its_children_are_refused_connections_only() {
    let told = confined("inner_network");
    assert_eq!(told[0], "Fully");
    assert_eq!(told[1..5], vec!["PermissionDenied"; 4], "TCP, UDP, packets, rings: {told:?}");
    assert_eq!(told[5], "of this computer: true true true");
    assert_eq!(told[6], "a child: PermissionDenied");
    assert_eq!(told[7], "connections: Some(0)");
}

#[test]
#[ignore = "the other tests run it, in a process of its own"]
fn inner_network() {
    if !is_inner("inner_network") {
        return;
    }
    println!("> {:?}", network::give_up(None));
    let kind = |error: io::Error| format!("{:?}", error.kind());
    println!("> {}", TcpListener::bind("127.0.0.1:0").map_or_else(kind, |_| "ALLOWED".into()));
    println!("> {}", UdpSocket::bind("[::1]:0").map_or_else(kind, |_| "ALLOWED".into()));
    let bare = |answer: i64| {
        let error = io::Error::last_os_error();
        if answer == -1 { kind(error) } else { "ALLOWED".into() }
    };
    // SAFETY: no pointers are passed but null.
    println!("> {}", bare(unsafe { libc::syscall(libc::SYS_socket, libc::AF_PACKET, libc::SOCK_RAW, 0) }));
    // SAFETY: no pointers are passed but null.
    println!("> {}", bare(unsafe { libc::syscall(libc::SYS_io_uring_setup, 1, 0) }));
    // SAFETY: no pointers are passed.
    let netlink = unsafe { libc::syscall(libc::SYS_socket, libc::AF_NETLINK, libc::SOCK_RAW, 0) } >= 0;
    let file = File::open("/etc/passwd").is_ok();
    println!("> of this computer: {} {netlink} {file}", UnixDatagram::unbound().is_ok());
    println!("> a child: {}", confined("inner_child")[0]);
    println!("> connections: {:?}", connections::open_now());
    end();
}

#[test]
#[ignore = "the other tests run it, in a process of its own"]
fn inner_child() {
    if !is_inner("inner_child") {
        return;
    }
    println!(
        "> {}",
        TcpListener::bind("127.0.0.1:0").map_or_else(|e| format!("{:?}", e.kind()), |_| "ALLOWED".into())
    );
    end();
}
