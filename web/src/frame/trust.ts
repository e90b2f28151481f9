/**
 * Trusted Types: the page may only load scripts as workers from its own origin, and never turns text into markup.
 * lit brings its own policy for its own templates.
 */

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): unknown;
}

export function allowOwnScripts(): void {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  factory?.createPolicy("default", {
    createScriptURL(address) {
      if (new URL(address, location.href).origin !== location.origin) throw new TypeError("not our own script");
      return address;
    },
  });
}
