//! One binary for every test that crosses a crate; a module an area.

mod analysis;
mod cli;
mod conformance;
mod emit;
mod forms;
mod laws;
mod programmes;
mod select;
mod spec;
mod tidy;
mod workflow;
