/** The pieces of the path that the pattern names, or null when it is another address. */
export function match(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split("/");
  const given = path.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, piece] of wanted.entries()) {
    const found = decoded(given[at] ?? "");
    if (piece.startsWith(":") && found) params[piece.slice(1)] = found;
    else if (piece !== found) return null;
  }
  return params;
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return "";
  }
}
