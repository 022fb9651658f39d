//! The whole program gives up connections beyond this computer.
//!
//! On Linux a seccomp filter refuses every socket but those of this computer itself (`AF_UNIX`: the display, D-Bus) and of the
//! kernel (`AF_NETLINK`: devices coming and going), to this process and to all that it starts, the webview's among them.
//! Programs cannot take such a filter off again.

use crate::Held;

/// Why connections have to stay possible in a start of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The window is drawn on a display that is reached over a network.
    RemoteDisplay,
    /// A test drives the window, which it does over a connection.
    Driven,
}

/// Gives up connections, unless there is a reason against it. To be called before the first thread is started.
pub fn give_up(against: Option<Reason>) -> Held {
    match against {
        Some(Reason::RemoteDisplay) => Held::Not("the display is reached over a network".into()),
        Some(Reason::Driven) => Held::Not("the window is driven by a test, over a connection".into()),
        None => system::give_up(),
    }
}

/// Whether an X display's name, as in `DISPLAY`, leads to another computer or through a tunnel.
pub fn is_remote(display: &str) -> bool {
    // A name beginning with a slash is that of a socket in the file system.
    let host = display.rsplit_once(':').map_or("", |(host, _)| host);
    !host.is_empty() && !host.starts_with('/') && host != "unix"
}

#[cfg(target_os = "linux")]
mod system {
    use std::collections::BTreeMap;

    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule,
    };

    use super::Held;

    /// What marks the calls of the x32 convention, which some kernels of 64-bit computers take as well.
    #[cfg(target_arch = "x86_64")]
    const X32: i64 = 0x4000_0000;

    pub fn give_up() -> Held {
        match filter().and_then(|filter| seccompiler::apply_filter_all_threads(&filter)) {
            Ok(()) => Held::Fully,
            Err(error) => Held::Not(error.to_string()),
        }
    }

    fn filter() -> Result<BpfProgram, seccompiler::Error> {
        let unless =
            |family: i32| SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, family as u64);
        let foreign = SeccompRule::new(vec![unless(libc::AF_UNIX)?, unless(libc::AF_NETLINK)?])?;
        let mut rules = BTreeMap::new();
        rules.insert(libc::SYS_socket, vec![foreign.clone()]);
        // A ring of requests would open sockets without a call that is looked at here.
        rules.insert(libc::SYS_io_uring_setup, Vec::new());
        #[cfg(target_arch = "x86_64")]
        {
            rules.insert(X32 | libc::SYS_socket, vec![foreign]);
            rules.insert(X32 | libc::SYS_io_uring_setup, Vec::new());
        }
        let architecture = std::env::consts::ARCH.try_into()?;
        let refused = SeccompAction::Errno(libc::EACCES as u32);
        Ok(SeccompFilter::new(rules, SeccompAction::Allow, refused, architecture)?.try_into()?)
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::Held;

    pub fn give_up() -> Held {
        Held::Not("this is done on Linux only".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_of_this_computer_are_told_from_others() {
        for here in [":0", ":1.0", "unix:0", "/private/tmp/x:0", ""] {
            assert!(!is_remote(here), "{here}");
        }
        for elsewhere in ["localhost:10.0", "desk.example:0", "[::1]:0", "192.0.2.7:0.1"] {
            assert!(is_remote(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_reason_keeps_connections_and_is_told() {
        assert!(matches!(give_up(Some(Reason::Driven)), Held::Not(why) if why.contains("test")));
        assert!(matches!(give_up(Some(Reason::RemoteDisplay)), Held::Not(why) if why.contains("display")));
    }
}
