"""The machine around the program: folders, settings, keyring, logs."""
