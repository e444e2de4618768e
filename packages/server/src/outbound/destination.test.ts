import { describe, expect, it } from 'vitest';
import { checkDestination } from './destination.ts';

const codeOf = (address: string, hosts: readonly string[]) => {
  try {
    return checkDestination(address, hosts, 'The address').href;
  } catch (error) {
    expect((error as Error).message).toMatch(/^The address [^/]+( http:\/\/ or https:\/\/)?\.$/);
    return (error as { code: string }).code;
  }
};

describe('checkDestination', () => {
  it.each([
    ['https://photos.example/a.jpg?b=c', ['photos.example']],
    ['http://photos.example/', ['photos.example']],
    ['https://photos.example:443/', ['photos.example']],
    ['http://photos.example/', ['photos.example:80']],
    ['https://a.photos.example/', ['other.example', '*.photos.example']],
    ['https://photos.example:8443/', ['photos.example:8443']],
    ['https://[2606:4700::1111]/', ['[2606:4700::1111]']],
    ['https://[2606:4700::1111]:8443/', ['[2606:4700::1111]:8443']],
    ['https://anything.example/', ['*']],
  ])('takes %s from a list with %s', (address, hosts) => {
    expect(codeOf(address, hosts)).toBe(new URL(address).href);
  });

  it.each([
    ['https://other.example/', ['photos.example']],
    ['https://photos.example:8443/', ['photos.example']],
    ['https://photos.example:80/', ['photos.example']],
    ['https://photos.example/', ['photos.example:8443']],
    ['https://anything.example:22/', ['*']],
    ['https://photos.example.evil.example/', ['photos.example', '*.photos.example']],
    ['https://photos.example/', []],
    ['https://[2606:4700::1112]/', ['[2606:4700::1111]']],
  ])('refuses %s by a list with %s', (address, hosts) => {
    expect(codeOf(address, hosts)).toBe('ADDRESS_REFUSED');
  });

  it.each([
    'file:///etc/passwd',
    'ftp://photos.example/',
    'data:image/png;base64,AA==',
    'gopher://photos.example/',
    'https://user:secret@photos.example/',
    'https://user@photos.example/',
    '//photos.example/',
    'photos.example',
    'https://',
    '',
  ])('does not understand %s', (address) => {
    expect(codeOf(address, ['*'])).toBe('REQUEST_INVALID');
  });
});
