"""What make runs: setting up, locking, generated pages."""
