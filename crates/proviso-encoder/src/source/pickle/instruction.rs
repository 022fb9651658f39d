//! The instructions of pickles that `torch.save` writes, by the names that Python's `pickletools` gives them.

pub(super) const PROTO: u8 = 0x80;
pub(super) const STOP: u8 = b'.';
pub(super) const MARK: u8 = b'(';

pub(super) const GLOBAL: u8 = b'c';
pub(super) const PERSISTENT_ID: u8 = b'Q';
pub(super) const REDUCE: u8 = b'R';
pub(super) const BUILD: u8 = b'b';

pub(super) const NONE: u8 = b'N';
pub(super) const TRUE: u8 = 0x88;
pub(super) const FALSE: u8 = 0x89;
pub(super) const FLOAT: u8 = b'G';
pub(super) const INT: u8 = b'J';
pub(super) const INT1: u8 = b'K';
pub(super) const INT2: u8 = b'M';
pub(super) const LONG1: u8 = 0x8a;
pub(super) const UNICODE: u8 = b'X';

pub(super) const EMPTY_TUPLE: u8 = b')';
pub(super) const TUPLE: u8 = b't';
pub(super) const TUPLE1: u8 = 0x85;
pub(super) const TUPLE3: u8 = 0x87;
pub(super) const EMPTY_LIST: u8 = b']';
pub(super) const APPEND: u8 = b'a';
pub(super) const APPENDS: u8 = b'e';
pub(super) const EMPTY_DICT: u8 = b'}';
pub(super) const SET_ITEM: u8 = b's';
pub(super) const SET_ITEMS: u8 = b'u';

pub(super) const PUT: u8 = b'q';
pub(super) const LONG_PUT: u8 = b'r';
pub(super) const GET: u8 = b'h';
pub(super) const LONG_GET: u8 = b'j';
