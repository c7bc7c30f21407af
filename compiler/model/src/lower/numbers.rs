//! Dimensions, digits and bounds of numbers.
