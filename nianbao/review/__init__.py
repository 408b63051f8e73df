"""People and editions: revisions, decisions, what may be published."""
