/**
 * Whose site this is, from the environment: HEARTHLINE_ORGANISATION, its name, and HEARTHLINE_COUNTRIES, the countries it
 * works in ("US,GB"). Both have to be what config.json says, since these pages are read without it.
 */

const NAMELESS = "Hearthline";

/** Throws an Error that says what is wrong. */
export function organisationIn({ HEARTHLINE_ORGANISATION: name, HEARTHLINE_COUNTRIES: listed = "" }) {
  const countries = listed.split(",").map((code) => code.trim()).filter(Boolean);
  const wrong = countries.find((code) => !/^[A-Z]{2}$/.test(code));
  if (wrong) throw new Error(`HEARTHLINE_COUNTRIES names "${wrong}": it takes two-letter codes with commas between them, such as US,GB.`);
  return { name: name?.trim() || NAMELESS, countries: [...new Set(countries)] };
}
