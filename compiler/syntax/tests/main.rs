//! One binary for all tests of the syntax stage.

mod it {
    pub mod common;
    mod constructs;
    mod corpus;
    mod full_width;
    mod keywords;
    mod newlines;
    mod random;
    mod recovery;
}
