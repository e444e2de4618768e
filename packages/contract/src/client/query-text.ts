type Value = string | number | readonly string[];

/** Options as the query of an address; lists with commas, what is not given left out. */
export function queryOf(options: Readonly<Record<string, Value | undefined>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    query.set(name, typeof value === 'object' ? value.join(',') : String(value));
  }
  return query;
}
