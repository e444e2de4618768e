import { createHash } from 'node:crypto';
import {
  createDiorama,
  type Diorama,
  type LayersAnswer,
  type LayersOptions,
} from '@diorama/engine';
import { renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PHOTOS = 24;
/** Every third answer, so that no photo can be under way at three of them. */
const ANSWERS_BETWEEN_KILLS = 3;
const OPTIONS: LayersOptions = { layers: ['matte', 'depth', 'subject'] };

let photos: Uint8Array[];
let diorama: Diorama;

beforeAll(async () => {
  photos = await Promise.all([1, 2, 3].map(photoOf));
  diorama = await createDiorama({
    isolation: 'process',
    threads: 1,
    sessions: 2,
    photoWorkers: 2,
    maxQueued: PHOTOS,
  });
});
afterAll(() => diorama.dispose());

async function photoOf(seed: number): Promise<Uint8Array> {
  const raw = { width: 320 + 40 * seed, height: 320, channels: 3 } as const;
  const { photo } = renderScene({ seed, width: raw.width, height: raw.height });
  return sharp(photo.data, { raw }).jpeg().toBuffer();
}

/** Of every file of an answer, by its name. */
function hashesOf({ files }: LayersAnswer): Record<string, string> {
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  return Object.fromEntries([...files].map(([name, bytes]) => [name, hashOf(bytes)]));
}

function crashes(): number {
  const { photos: workers, sessions } = diorama.stats();
  return workers.crashes + Object.values(sessions).reduce((sum, pool) => sum + pool.crashes, 0);
}

it('loses no photo and answers none wrongly while workers of both kinds are killed', async () => {
  const undisturbed: Record<string, string>[] = [];
  for (const photo of photos) undisturbed.push(hashesOf(await diorama.layers(photo, OPTIONS)));
  expect(new Set(undisturbed.map((hashes) => hashes['depth.png'])).size).toBe(photos.length);

  const killed = new Set<number>();
  let answered = 0;
  const killAll = (): void => {
    const { photos: workers, sessions } = diorama.stats();
    for (const pid of [...workers.pids, ...Object.values(sessions).flatMap(({ pids }) => pids)]) {
      try {
        process.kill(pid, 'SIGKILL');
        killed.add(pid);
      } catch {
        // It is gone since the last time, and its pool has yet to hear of it.
      }
    }
  };
  const asked = Array.from({ length: PHOTOS }, async (_, n) => {
    const at = n % photos.length;
    const answer = await diorama.layers(photos[at] ?? new Uint8Array(), OPTIONS);
    answered += 1;
    if (answered % ANSWERS_BETWEEN_KILLS === 0 && answered < PHOTOS) killAll();
    return { at, hashes: hashesOf(answer) };
  });
  killAll();
  for (const { at, hashes } of await Promise.all(asked)) expect(hashes).toEqual(undisturbed[at]);

  // All those that were there at the first kill, and one of each kind or more at the others.
  expect(killed.size).toBeGreaterThan(8);
  expect(crashes()).toBeGreaterThanOrEqual(killed.size);
  expect(await diorama.layers(photos[0] ?? new Uint8Array(), OPTIONS)).toMatchObject({
    document: { version: 1 },
  });
}, 120_000);
