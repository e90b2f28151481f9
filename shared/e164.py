"""Telephone numbers as the world writes them, and the countries they may be in. Pure.

E.164: a plus, the country code, the national number; at most fifteen digits. A country is told by its code and not by
the look of a number.
"""

import re

_E164 = re.compile(r"\+[1-9][0-9]{7,14}")

# Area codes of +1 that are neither the United States' nor Canada's: calls there cost many times as much
# (North American Numbering Plan Administrator, area code list).
_ISLANDS = re.compile(
    r"242|246|264|268|284|340|345|441|473|649|658|664|670|671|684|721|758|767|784|787|809|829|849|868|869|876|"
    r"939"
)
_CANADA = re.compile(
    r"204|226|236|249|250|257|263|289|306|343|354|365|367|368|382|387|403|416|418|428|431|437|438|450|460|468|"
    r"474|506|514|519|537|548|568|579|581|584|587|604|613|639|647|672|683|705|709|742|753|778|780|782|807|819|"
    r"825|867|873|879|902|905|942"
)

COUNTRIES = {"US": "1", "CA": "1", "GB": "44", "IE": "353", "AU": "61", "NZ": "64", "ES": "34", "MX": "52"}
"""Countries that can be called, with their calling codes (ITU-T E.164 list of assigned country codes)."""

_COSTLY = {
    "US": r"900|\d{3}976",
    "CA": r"900|\d{3}976",
    "GB": r"9|87|84|70",
    "IE": r"15\d{8}",  # with eight digits in all it is a telephone in Dublin
    "AU": r"19",
    "NZ": r"90",
    "ES": r"80[3-7]|90|70",
    "MX": r"900",
}


def country_of(number: str) -> str | None:
    """The country of a number in E.164, if it is one of `COUNTRIES`."""
    if number.startswith("+1"):
        area = number[2:5]
        return None if _ISLANDS.fullmatch(area) else "CA" if _CANADA.fullmatch(area) else "US"
    return next((country for country, code in COUNTRIES.items() if number.startswith(f"+{code}")), None)


def is_e164(text: str) -> bool:
    """Whether this is a number in E.164, such as +12065550100."""
    return _E164.fullmatch(text) is not None and (not text.startswith("+1") or len(text) == 12)


def as_written(text: str) -> str:
    """The number without the spaces, dots, dashes and brackets that people write."""
    return re.sub(r"[\s().\-]", "", text)


def costs_extra(number: str) -> bool:
    """Whether a number in one of `COUNTRIES` costs its caller more than others do."""
    country = country_of(number)
    return country is not None and re.match(_COSTLY[country], number[1 + len(COUNTRIES[country]) :]) is not None
