"""Tests of the runtime, run inside a generated package."""
