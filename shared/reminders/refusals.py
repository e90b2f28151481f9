"""What can be refused about addresses, in its own words."""

from shared.errors import Conflict, Invalid


class CodeSpent(Conflict):
    """There is no code on its way to this address, or it is too old, or was tried too often."""

    code = "code_spent"
    title = "This code is no longer good. Please have a new one sent"


class WrongCode(Invalid):
    """These are not the digits that were sent; `tries_left` says how often one may try again."""

    code = "wrong_code"
    title = "This is not the code that was sent"


class NumberNotTexted(Invalid):
    """It is no number that text messages go to from here."""

    code = "number_not_texted"
    title = "Text messages can't be sent to this number from here"
