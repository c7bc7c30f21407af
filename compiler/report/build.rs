//! The pages are embedded by a macro that does not see new files; this makes cargo look.
fn main() {
    println!("cargo:rerun-if-changed=codes");
}
