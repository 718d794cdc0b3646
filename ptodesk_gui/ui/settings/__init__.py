"""Site, account, agent: the settings dialog."""
