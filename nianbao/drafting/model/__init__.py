"""The model that drafts: its endpoint, what may be sent there, and the reading of its answers."""
