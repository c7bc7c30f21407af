//! The `prog` command: one file per subcommand.
fn main() {}
