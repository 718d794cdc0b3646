"""One ticket step becomes Jira requests, one attempt per call, with an answer that says what became of it."""
