//! One binary for every test that crosses a crate; a module an area.

mod cli;
mod laws;
mod roundtrip;
mod tidy;
