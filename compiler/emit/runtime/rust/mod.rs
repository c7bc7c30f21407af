//! What every programme written by prog stands on: reading, exact numbers, evaluation, reports.
//!
//! In: the definition of a programme, and cases as JSON text. Out: reports. Always: same input, same bytes; no clock, no files, nothing
//! of the machine; nothing is decided that the notice, the case or people leave open.

pub mod aggregate;
pub mod aims;
pub mod application;
pub mod batch;
pub mod case;
pub mod date;
pub mod deadline;
pub mod definition;
pub mod entry;
pub mod evaluate;
pub mod expression;
pub mod finding;
pub mod group;
pub mod inputs;
pub mod interval;
pub mod json;
pub mod keys;
pub mod lines;
pub mod materials;
pub mod messages;
pub mod number;
pub mod options;
pub mod package;
pub mod pass;
pub mod prelude;
pub mod prepared;
pub mod quota;
pub mod read;
pub mod readings;
pub mod refusal;
pub mod report;
pub mod route;
pub mod rules;
pub mod scene;
pub mod scope;
pub mod sending;
pub mod shared;
pub mod stage;
pub mod summary;
pub mod table;
pub mod target_lines;
pub mod target_measure;
pub mod target_period;
pub mod target_report;
pub mod targets;
pub mod text;
pub mod truth;
pub mod validator;
pub mod value;
pub mod verdict;
pub mod vocabulary;
pub mod workflow;
pub mod working_days;
