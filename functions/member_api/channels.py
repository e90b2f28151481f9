"""Routes: a client's addresses for notices."""

from functions.channels import confirm_email, confirm_sms, give_email, give_sms, remove_email, remove_sms, show

__all__ = ["confirm_email", "confirm_sms", "give_email", "give_sms", "remove_email", "remove_sms", "show"]
