//! The stages wired together, behind one door to the outside.
