import { describe, expect, it } from 'vitest';
import { requestIdOf, requestUrn } from './request-id.ts';

const UUID = '0190c4e2-7f3b-7c1d-9a55-2f3f0c9b1a7e';

describe('requestIdOf', () => {
  it.each([UUID, UUID.toUpperCase(), UUID.replaceAll('-', '')])('keeps %s', (id) => {
    expect(requestIdOf(id)).toBe(id);
  });

  it.each([
    undefined,
    '',
    'anna@example.com',
    `${UUID}0`,
    'g'.repeat(32),
    `${UUID}\nx`,
    [UUID, UUID],
  ])('makes a new one instead of %j', (header) => {
    const id = requestIdOf(header);
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(id).not.toBe(requestIdOf(header));
  });
});

describe('requestUrn', () => {
  it.each([UUID, UUID.toUpperCase(), UUID.replaceAll('-', '')])('writes %s with hyphens', (id) => {
    expect(requestUrn(id)).toBe(`urn:uuid:${UUID}`);
  });
});
