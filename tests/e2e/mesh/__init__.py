"""Calls between real browsers, with nothing else on their pages."""
