"""The security headers of every answer: CloudFront adds them in AWS, the gateway on a laptop, both from here."""

# Chime's hosts are the only ones besides ours a page may talk to. 'self' covers our own wss:// too (Safari since 16).
_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "connect-src 'self' https://*.chime.aws wss://*.chime.aws",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html default",
)
CONTENT_SECURITY_POLICY = "; ".join(_DIRECTIVES)

HSTS_SECONDS = 2 * 365 * 24 * 3600

PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(self), display-capture=(self), geolocation=(), gyroscope=(), "
    "microphone=(self), payment=(), usb=()"
)

SECURITY_HEADERS: dict[str, str] = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "strict-transport-security": f"max-age={HSTS_SECONDS}; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": PERMISSIONS_POLICY,
}
