"""What ``make bench`` runs: each part measures one promise and gives lines for docs/benchmarks.md."""
