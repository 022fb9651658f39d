//! Sockets to a network are counted while they are open, and those of this computer alone are not.
#![cfg(target_os = "linux")]
#![allow(missing_docs)]

use std::{
    net::{TcpListener, TcpStream, UdpSocket},
    os::unix::net::UnixStream,
};

use proviso_confine::connections::open_now;

#[test]
fn sockets_are_counted_while_they_are_open() {
    let alone = UnixStream::pair().unwrap();
    assert_eq!(open_now(), Some(0));
    let listening = TcpListener::bind("127.0.0.1:0").unwrap();
    let speaking = UdpSocket::bind("127.0.0.1:0").unwrap();
    assert_eq!(open_now(), Some(2));
    // Both ends of a connection are this process's.
    let calling = TcpStream::connect(listening.local_addr().unwrap()).unwrap();
    let called = listening.accept().unwrap();
    assert_eq!(open_now(), Some(4));
    drop((listening, speaking, calling, called, alone));
    assert_eq!(open_now(), Some(0));
}
