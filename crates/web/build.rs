//! The playground is embedded when it is there: a new build of it compiles this crate again.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../playground/dist");
}
