"""What a dossier can prove: its figures by subject, its own labels, its statements."""
