/**
 * Whether a host name is one of a list: by itself, below a `*.name`, or by `*`. The list is in lower case; a dot at the
 * end of the name, which means the same host, does not matter.
 */
export function matchesHost(patterns: readonly string[], host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === name ||
      (pattern.startsWith('*.') &&
        name.endsWith(pattern.slice(1)) &&
        name.length >= pattern.length),
  );
}
