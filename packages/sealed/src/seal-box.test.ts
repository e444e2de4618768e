import { describe, expect, it } from 'vitest';
import { seal } from './seal.ts';
import { createSealBox, type SealBoxOptions } from './seal-box.ts';
import { createSealKey } from './seal-key.ts';

const CONTENT = { contentType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
const START_MS = Date.parse('2026-11-23T12:00:00Z');
const MINUTE_MS = 60_000;

function clockAt(startMs: number) {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    set: (ms: number) => {
      nowMs = ms;
    },
  };
}

async function boxOf(options: SealBoxOptions = {}) {
  const clock = clockAt(START_MS);
  const key = await createSealKey();
  return { key, clock, box: createSealBox([key], { now: clock.now, ...options }) };
}

describe('the window in which a message is taken', () => {
  it.each([-5, 5])('ends %i minutes from its sealing', async (minutes) => {
    const { box, key } = await boxOf();
    const edgeMs = START_MS + minutes * MINUTE_MS;
    const inside = await seal(CONTENT, key, { nowMs: edgeMs });
    await expect(box.open(inside.message)).resolves.toMatchObject({ content: CONTENT });
    const outside = await seal(CONTENT, key, { nowMs: edgeMs + Math.sign(minutes) });
    await expect(box.open(outside.message)).rejects.toMatchObject({
      code: 'SEAL_STALE',
      detail: { nowMs: START_MS, windowMs: 5 * MINUTE_MS },
    });
  });

  it('lets a message in once, as long as it lasts, and remembers nothing longer', async () => {
    const { box, key, clock } = await boxOf({ mostRemembered: 2 });
    const early = await seal(CONTENT, key, { nowMs: START_MS + 4 * MINUTE_MS });
    await box.open(early.message);
    for (const minutes of [0, 1, 4, 8, 9]) {
      clock.set(START_MS + minutes * MINUTE_MS);
      await expect(box.open(early.message)).rejects.toMatchObject({ code: 'SEAL_REPLAYED' });
    }
    clock.set(START_MS + 10 * MINUTE_MS);
    await expect(box.open(early.message)).rejects.toMatchObject({ code: 'SEAL_STALE' });
    clock.set(START_MS + 20 * MINUTE_MS);
    for (let n = 0; n < 2; n++) {
      await box.open((await seal(CONTENT, key, { nowMs: clock.now() })).message);
    }
  });

  it('lets one in of many that come at once', async () => {
    const { box, key } = await boxOf();
    const { message } = await seal(CONTENT, key, { nowMs: START_MS });
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => box.open(message)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of all) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'SEAL_REPLAYED' });
    }
  });

  it('refuses new messages when no more can be remembered, and takes them again later', async () => {
    const { box, key, clock } = await boxOf({ mostRemembered: 2 });
    const messages = await Promise.all(
      [1, 2, 3].map(() => seal(CONTENT, key, { nowMs: START_MS })),
    );
    const [first, second, third] = messages.map(({ message }) => message);
    await box.open(first!);
    await box.open(second!);
    await expect(box.open(third!)).rejects.toMatchObject({
      code: 'QUEUE_FULL',
      detail: { retryAfterMs: 5 * MINUTE_MS },
    });
    await expect(box.open(first!)).rejects.toMatchObject({ code: 'SEAL_REPLAYED' });
    clock.set(START_MS + 11 * MINUTE_MS);
    const later = await seal(CONTENT, key, { nowMs: clock.now() });
    await expect(box.open(later.message)).resolves.toBeDefined();
  });

  it('is not used up by messages that nobody sealed', async () => {
    const { box, key } = await boxOf({ mostRemembered: 1 });
    const { message } = await seal(CONTENT, key, { nowMs: START_MS });
    const changed = message.slice();
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    for (let n = 0; n < 3; n++) {
      await expect(box.open(changed)).rejects.toMatchObject({ code: 'SEAL_INVALID' });
    }
    await expect(box.open(message)).resolves.toBeDefined();
  });
});

describe('the keys of a box', () => {
  const iso = (minutes: number) => new Date(START_MS + minutes * MINUTE_MS).toISOString();

  it('open what was sealed to them until they run out', async () => {
    const clock = clockAt(START_MS);
    const old = await createSealKey({ notAfter: iso(2) });
    const fresh = await createSealKey({ notBefore: iso(1) });
    const box = createSealBox([old, fresh], { now: clock.now });
    expect(box.publicKeys().map(({ id }) => id)).toEqual([old.id, fresh.id]);
    expect(box.publicKeys()[0]).not.toHaveProperty('privateKey');
    const openNow = async (key: typeof old) =>
      box.open((await seal(CONTENT, key, { nowMs: clock.now() })).message);
    await openNow(old);
    await openNow(fresh);
    clock.set(START_MS + MINUTE_MS);
    expect(box.publicKeys().map(({ id }) => id)).toEqual([fresh.id, old.id]);
    await openNow(old);
    clock.set(START_MS + 2 * MINUTE_MS);
    expect(box.publicKeys().map(({ id }) => id)).toEqual([fresh.id]);
    await expect(openNow(old)).rejects.toMatchObject({ code: 'SEAL_KEY_UNKNOWN' });
  });

  it('are replaced without forgetting what came', async () => {
    const { box, key } = await boxOf();
    const { message } = await seal(CONTENT, key, { nowMs: START_MS });
    await box.open(message);
    const other = await createSealKey();
    await box.replaceKeys([other, key]);
    await expect(box.open(message)).rejects.toMatchObject({ code: 'SEAL_REPLAYED' });
    await box.replaceKeys([other]);
    const late = await seal(CONTENT, key, { nowMs: START_MS });
    await expect(box.open(late.message)).rejects.toMatchObject({ code: 'SEAL_KEY_UNKNOWN' });
    await box.open((await seal(CONTENT, other, { nowMs: START_MS })).message);
  });

  it('stay when what should replace them is no key', async () => {
    const { box, key } = await boxOf();
    const other = await createSealKey();
    const halves = { ...other, privateKey: key.privateKey };
    await expect(box.replaceKeys([halves])).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    const nowhere = { ...other, publicKey: `B${'A'.repeat(86)}` };
    await expect(box.replaceKeys([nowhere])).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(seal(CONTENT, nowhere)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await box.open((await seal(CONTENT, key, { nowMs: START_MS })).message);
  });

  it('open nothing that was sealed to a key with the same id', async () => {
    const { box, key } = await boxOf();
    const other = await createSealKey({ id: key.id });
    const { message } = await seal(CONTENT, other, { nowMs: START_MS });
    await expect(box.open(message)).rejects.toMatchObject({ code: 'SEAL_INVALID' });
  });
});
