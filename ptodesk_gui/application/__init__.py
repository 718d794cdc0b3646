"""The parts of the composition root: the call at hand, the worker thread, drafts, faults, and where tickets go."""
