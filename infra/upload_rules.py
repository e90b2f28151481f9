"""How long a browser may keep each file of the site."""

# Names under assets/ carry a hash of their content, which therefore never changes; everything else is asked for anew.
HASHED = "assets/*"
IMMUTABLE = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
