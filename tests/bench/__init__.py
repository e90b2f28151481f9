"""What docs/performance.md tells: each module measures and prints Markdown, as in `python -m tests.bench.imports`."""
