import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { type StorageStandIn, startStorageStandIn } from '@diorama/fixtures/google-cloud';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ObjectStore, openObjectStore, type StoredObject } from './open-object-store.ts';

const NEVER = new AbortController().signal;
const TYPE = { contentType: 'application/octet-stream' };
let server: StorageStandIn;
let store: ObjectStore;

beforeEach(async () => {
  server = await startStorageStandIn();
  store = await openObjectStore({
    apiEndpoint: server.origin,
    timeoutMs: 10_000,
    idleMs: 300,
    pauseMs: 1,
  });
});

afterEach(async () => {
  await server.close();
});

async function found(path: string): Promise<StoredObject> {
  const object = await store.find({ bucket: 'photos', path }, NEVER);
  if (!object) throw new Error(`no ${path}`);
  return object;
}

async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

describe('Cloud Storage', () => {
  it('gives back what was written, all of it and in ranges', async () => {
    const bytes = randomBytes(9_000_000);
    const pieces = Readable.from([bytes.subarray(0, 5_000_000), bytes.subarray(5_000_000)]);
    await store.write({ bucket: 'photos', path: 'a/ü 1.bin' }, pieces, TYPE, NEVER);
    const object = await found('a/ü 1.bin');
    expect(object.bytes).toBe(bytes.length);
    expect((await bytesOf(store.read(object, {}, NEVER))).equals(bytes)).toBe(true);
    const range = await bytesOf(store.read(object, { fromByte: 10, toByte: 20 }, NEVER));
    expect(range).toEqual(bytes.subarray(10, 20));
  });

  it('goes on after a cut download, which the library alone waits for for ever', async () => {
    const bytes = randomBytes(400_000);
    server.objects.put('photos', 'cut', bytes);
    const object = await found('cut');
    server.cutNextDownload(150_000);
    expect((await bytesOf(store.read(object, {}, NEVER))).equals(bytes)).toBe(true);
  });

  it('lists by the beginning of names, more than a page of them', async () => {
    for (let i = 0; i < 1005; i++) server.objects.put('photos', `x/${i}`, Buffer.from('1'));
    server.objects.put('photos', 'y', Buffer.from('22'));
    const names: string[] = [];
    for await (const { path } of store.list({ bucket: 'photos', path: 'x/' }, NEVER)) {
      names.push(path);
    }
    expect(names).toHaveLength(1005);
    expect(new Set(names).size).toBe(1005);
  });

  it('writes anew what is there, and asks again where it is refused for a while', async () => {
    const address = { bucket: 'photos', path: 'again' };
    await store.write(address, Readable.from([Buffer.from('first')]), TYPE, NEVER);
    server.failNext(2);
    await store.write(address, Readable.from([Buffer.from('second')]), TYPE, NEVER);
    expect(server.objects.get('photos', 'again')?.bytes.toString()).toBe('second');
  });

  it('writes nothing when its source fails or nobody wants it any more', async () => {
    async function* failing() {
      yield Buffer.from('half');
      throw new Error('the source broke');
    }
    const address = { bucket: 'photos', path: 'half' };
    await expect(store.write(address, failing(), TYPE, NEVER)).rejects.toThrow();
    await expect(store.write(address, failing(), TYPE, AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(server.objects.get('photos', 'half')).toBeUndefined();
  });

  it('says in one line what is wrong, without addresses', async () => {
    expect(await store.find({ bucket: 'photos', path: 'none' }, NEVER)).toBeUndefined();
    const gone = { bucket: 'photos', path: 'none', bytes: 3, generation: '1' };
    await expect(bytesOf(store.read(gone, {}, NEVER))).rejects.toMatchObject({
      code: 'INPUT_NOT_FOUND',
      message: 'Cloud Storage has no such bucket or object',
    });
    server.failNext(20, 403);
    await expect(found('none')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await server.close();
    await expect(bytesOf(store.read(gone, {}, NEVER))).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      message: expect.stringMatching(/^Cloud Storage (cannot be reached|stopped answering)$/),
    });
  });

  it('waits no longer than it is told to for a server that takes everything and says nothing', async () => {
    const mute = createServer((request, response) => {
      // An upload may begin, and then nobody answers any more.
      const isBegin = request.method === 'POST';
      if (isBegin) response.writeHead(200, { location: `${originOf()}/session` }).end();
      else if (request.method === 'GET' && request.url?.includes('/o/new')) {
        response.writeHead(404).end('{}');
      }
    });
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const originOf = () => {
      const address = mute.address();
      return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    };
    try {
      const times = { timeoutMs: 500, stallMs: 500, idleMs: 200, pauseMs: 1 };
      const patient = await openObjectStore({ apiEndpoint: originOf(), ...times });
      const refusal = { code: 'SOURCE_UNAVAILABLE', message: 'Cloud Storage stopped answering' };
      await expect(patient.find({ bucket: 'photos', path: 'a' }, NEVER)).rejects.toMatchObject(
        refusal,
      );
      const pieces = Readable.from([Buffer.from('here')]);
      const writing = patient.write({ bucket: 'photos', path: 'new' }, pieces, TYPE, NEVER);
      await expect(writing).rejects.toMatchObject(refusal);
    } finally {
      mute.closeAllConnections();
      mute.close();
    }
  });
});
