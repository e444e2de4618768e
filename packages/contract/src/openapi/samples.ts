import type { CodeSample } from './document-types.ts';

/** Where the lines of the documentation find a server; a page of a server shows its own address instead. */
export const SAMPLE_SERVER = 'http://localhost:8080';

/** A line for curl that fails on a refusal and then prints it. `{server}` stands for the server's address. */
export function curl(rest: string): { readonly 'x-codeSamples': readonly CodeSample[] } {
  const source = `curl -sS --fail-with-body ${rest.replace('{server}', SAMPLE_SERVER)}`;
  return { 'x-codeSamples': [{ lang: 'Shell', source }] };
}

/** A photo as the file field of a form. */
export const SAMPLE_PHOTO = '-F image=@photo.jpg';
