import { expect, test } from 'vitest';
import { nextAddress } from './http-request.ts';

const far = new URL('https://models.invalid/a/b?token=hush');
const here = new URL('http://127.0.0.1:8080/a');

test('redirects are followed over https, and on this machine over http', () => {
  expect(nextAddress(far, '/c').href).toBe('https://models.invalid/c');
  expect(nextAddress(far, 'https://other.invalid/c').href).toBe('https://other.invalid/c');
  expect(nextAddress(here, 'http://localhost:9090/c').href).toBe('http://localhost:9090/c');
  expect(nextAddress(here, 'https://other.invalid/c').href).toBe('https://other.invalid/c');
});

test('no server elsewhere leads to plain http, nor to what listens on this machine', () => {
  for (const to of ['http://models.invalid/c', 'http://127.0.0.1/c', 'http://[::1]:80/c']) {
    expect(() => nextAddress(far, to)).toThrow(/^models.invalid\/a\/b leads on to .* not https$/);
  }
  expect(() => nextAddress(here, 'http://10.0.0.1/c')).toThrow(/not https/);
  expect(() => nextAddress(far, null)).toThrow(/no address/);
});
