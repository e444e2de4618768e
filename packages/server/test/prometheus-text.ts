/** The value of one series in the text that Prometheus reads; `NaN` where there is none. */
export function sampleOf(text: string, series: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? Number.NaN);
}

/** Every label and value that stands in such a text. */
export function labelsIn(text: string): Set<string> {
  return new Set([...text.matchAll(/(\w+="(?:[^"\\]|\\.)*")/g)].map(([label]) => label));
}
