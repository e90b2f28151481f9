"""Appointments: pure rules of who can meet whom, when."""
