"""A Jira-shaped desk on loopback for trainees, demonstrations and tests."""
