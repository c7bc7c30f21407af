//! One binary for all tests of the formatter.

mod roundtrip;
