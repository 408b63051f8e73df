"""Reads any text of the report and gives each claim in it a verdict."""
