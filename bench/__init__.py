"""Benchmarks: `make bench` measures, prints and writes bench/latest.json."""
