import { describe, expect, it } from 'vitest';
import { isLocalName, isPrivateAddress, lookUpPrivate } from './private-address.ts';

describe('an address', () => {
  it.each(['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.7.7', '169.254.1.1', '::1', 'fd12::1'])(
    '%s is of one’s own network',
    (address) => expect(isPrivateAddress(address)).toBe(true),
  );

  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', 'predictor', ''])('%s is not', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );

  it('is looked up by name, and is one’s own or none', async () => {
    const found = await new Promise((resolve) =>
      lookUpPrivate('localhost', { all: false }, (error, address) => resolve(error ?? address)),
    );
    expect(['127.0.0.1', '::1']).toContain(found);
    const refused = await new Promise((resolve) =>
      lookUpPrivate('8.8.8.8', { all: false }, (error, address) => resolve(error ?? address)),
    );
    expect(refused).toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('a name', () => {
  it.each(['predictor', 'gpu-1.internal', 'box.local', 'localhost'])('%s is local', (name) =>
    expect(isLocalName(name)).toBe(true),
  );

  it.each(['gpu.example', '10.0.0.1', 'internal.example'])('%s is not', (name) =>
    expect(isLocalName(name)).toBe(false),
  );
});
