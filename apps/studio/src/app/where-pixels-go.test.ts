import { describe, expect, it } from 'vitest';
import { wherePixelsGo } from './where-pixels-go.ts';

const host = 'photos.example';
const size = { width: 384, height: 288 };
const machine = { model: 'm', provider: 'p', picture: size };
const photo = { name: 'a.jpg', bytes: 1, size };
const said = (state: Parameters<typeof wherePixelsGo>[0]) => wherePixelsGo(state, host);

describe('wherePixelsGo', () => {
  it('says that nothing is sent on the device', () => {
    expect(said({ mode: 'device' })).toContain('Nothing is sent');
    expect(said({ mode: 'device', photo })).toContain('Nothing was sent');
  });

  it('says beforehand what a server will be sent, whole files included', () => {
    const line = said({ mode: 'server', machine });
    expect(line).toContain('384 × 288 pixels goes to photos.example');
    expect(line).toContain('goes there whole');
  });

  it('says afterwards what it was sent', () => {
    const sent = { what: 'picture', size: { width: 384, height: 256 } } as const;
    expect(said({ mode: 'server', photo, sent })).toBe(
      'A copy of 384 × 256 pixels went to photos.example and is forgotten there.',
    );
    expect(said({ mode: 'server', photo, sent: { what: 'file', type: 'HEIC' } })).toContain(
      'The whole file went to photos.example',
    );
  });

  it('does not forget what was sent when the mode changes', () => {
    const sent = { what: 'picture', size } as const;
    expect(said({ mode: 'device', photo, sent })).toContain(
      'Earlier a copy of 384 × 288 pixels went',
    );
    expect(said({ mode: 'device', photo, sent: { what: 'file', type: 'TIFF' } })).toContain(
      'The whole file went',
    );
  });
});
