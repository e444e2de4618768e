import { pullModel } from '@diorama/runtime';
import { expect, test } from 'vitest';
import { cardOfFile, filesOf, modelsFolder, refusalOf, SHORT } from './pull-card.ts';
import { type Answer, newBytes, sendFile, serveFiles, sha256Of } from './pull-server.ts';

const bytes = newBytes();
const card = cardOfFile(bytes);

/** Pulls from a server that answers so. */
async function pullFrom(answer: Answer, own = card) {
  const folder = await modelsFolder();
  const server = await serveFiles(answer);
  const start = performance.now();
  const mirror = `${server.base}/path?token=hush`;
  const refusal = await refusalOf(pullModel(own, { folder, mirror, times: SHORT }));
  const files = await filesOf(folder);
  expect(files.filter((name) => !name.startsWith('.part-'))).toEqual(
    refusal === 'not refused' ? [`${sha256Of(bytes)}.onnx`, 'card.json'].sort() : [],
  );
  expect(refusal).not.toContain('hush');
  return { refusal, server, files, ms: performance.now() - start };
}

test.each([
  { name: 'sends nothing more', stallAfter: 1000, says: 'sent nothing for 0.3 s' },
  { name: 'cuts the connection', cutAfter: 0, says: 'cut the connection' },
])('a server that always $name is given up, in one clear line', async ({ says, ...how }) => {
  const { refusal, server } = await pullFrom((request, response) =>
    sendFile(request, response, bytes, { ...how, withoutRange: true }),
  );

  expect(refusal).toMatch(/^SOURCE_UNAVAILABLE .* after \d attempts/);
  expect(refusal).toContain(says);
  expect(server.requests.length).toBeLessThanOrEqual(6);
});

test('a server that never answers is given up', async () => {
  const { refusal, ms } = await pullFrom(() => undefined);

  expect(refusal).toMatch(/^SOURCE_UNAVAILABLE .*did not answer within 0.4 s/);
  expect(ms).toBeLessThan(10_000);
});

test('a server that refuses connections is given up', async () => {
  const folder = await modelsFolder();
  // A port that was just given back.
  const mirror = 'http://127.0.0.1:9';

  const refusal = await refusalOf(pullModel(card, { folder, mirror, times: SHORT }));

  expect(refusal).toMatch(/^SOURCE_UNAVAILABLE 127.0.0.1:9 cannot be reached/);
});

test.each([401, 403, 404, 410])('an answer %i is final', async (status) => {
  const { refusal, server } = await pullFrom((_, response) => response.writeHead(status).end());

  expect(refusal).toMatch(
    new RegExp(`^SOURCE_UNAVAILABLE 127.0.0.1:\\d+/path/tiny.onnx answers ${status}$`),
  );
  expect(server.requests).toHaveLength(1);
});

test.each([429, 500, 503])('after an answer %i it is tried again', async (status) => {
  const { refusal, server } = await pullFrom((request, response, count) => {
    if (count <= 3) response.writeHead(status).end();
    else sendFile(request, response, bytes);
  });

  expect(refusal).toBe('not refused');
  expect(server.requests).toHaveLength(4);
});

test('a server that asks to be left alone for a while is, within bounds', async () => {
  const busy =
    (seconds: string) => (): Parameters<typeof pullFrom>[0] => (request, response, count) => {
      if (count === 1) response.writeHead(429, { 'retry-after': seconds }).end();
      else sendFile(request, response, bytes);
    };

  const short = await pullFrom(busy('1')());
  const long = await pullFrom(busy('3600')());

  expect(short.refusal).toBe('not refused');
  expect(short.ms).toBeGreaterThan(950);
  expect(long.refusal).toMatch(/^SOURCE_UNAVAILABLE .*come back in 3600 s/);
  expect(long.server.requests).toHaveLength(1);
  expect(long.ms).toBeLessThan(900);
});

test('redirects lead on, but not in circles', async () => {
  const good = await pullFrom((request, response, count) => {
    if (count <= 5) response.writeHead(302, { location: `/next/${count}` }).end();
    else sendFile(request, response, bytes);
  });
  const circle = await pullFrom((_, response) => response.writeHead(301, { location: '/' }).end());

  expect(good.refusal).toBe('not refused');
  expect(circle.refusal).toMatch(/^SOURCE_UNAVAILABLE .*more than 5 redirects/);
  expect(circle.server.requests).toHaveLength(6);
});

test.each(['http://models.invalid/x', 'ftp://127.0.0.1/x', 'file:///etc/passwd', 'http://[', ''])(
  'a redirect to "%s" is refused',
  async (location) => {
    const { refusal } = await pullFrom((_, response) =>
      response.writeHead(302, { location }).end(),
    );

    expect(refusal).toMatch(/^SOURCE_UNAVAILABLE .*(not https|no address|redirects)/);
  },
);

test('what lets one into a mirror goes to its host alone', async () => {
  const folder = await modelsFolder();
  const other = await serveFiles((request, response) => sendFile(request, response, bytes));
  const server = await serveFiles((_, response) =>
    response.writeHead(307, { location: `${other.base}/elsewhere` }).end(),
  );
  const asked: string[] = [];
  const authorize = async (url: string) => {
    asked.push(url);
    return { authorization: 'Bearer hush' };
  };

  await pullModel(card, { folder, mirror: server.base, authorize, times: SHORT });

  expect(asked).toEqual([`${server.base}/tiny.onnx`]);
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.headers.authorization).toBe('Bearer hush');
  expect(other.requests[0]?.headers.authorization).toBeUndefined();
});

test('a name and a password in the address of a mirror let one in, and are never told', async () => {
  const server = await serveFiles(({ headers }, response) => {
    const isLetIn = headers.authorization === `Basic ${btoa('us:hu sh')}`;
    response.writeHead(isLetIn ? 404 : 401).end();
  });
  const mirror = server.base.replace('//', '//us:hu%20sh@');
  const folder = await modelsFolder();

  const refusal = await refusalOf(pullModel(card, { folder, mirror, times: SHORT }));

  expect(refusal).toMatch(/^SOURCE_UNAVAILABLE 127.0.0.1:\d+\/tiny.onnx answers 404$/);
});

test.each(['http://models.invalid', 'gs://bucket', 'not an address'])(
  'a mirror at %s is refused',
  async (mirror) => {
    const refusal = await refusalOf(pullModel(card, { folder: await modelsFolder(), mirror }));

    expect(refusal).toMatch(/^REQUEST_INVALID .*mirror/);
  },
);

test('a file with another hash is refused and gone', async () => {
  const { refusal, files } = await pullFrom((request, response) =>
    sendFile(request, response, newBytes()),
  );

  expect(refusal).toMatch(/^MODEL_CORRUPT .*SHA-256 is [0-9a-f]{64} and the one published is/);
  expect(files).toEqual([]);
});

test.each([
  { name: 'says so', headers: { 'content-length': 40_000_000 } },
  { name: 'never says nor ends', headers: {} },
])('a file that is too long is not read on, where the server $name', async ({ headers }) => {
  const { refusal, files } = await pullFrom((_, response) => {
    response.writeHead(200, headers);
    const piece = newBytes(100_000);
    const send = () => {
      // As fast as it is taken, for as long as anyone takes it.
      while (response.write(piece));
    };
    response.on('drain', send);
    send();
  });

  expect(refusal).toMatch(/^MODEL_CORRUPT .*(more than 300000 bytes|40000000 bytes and not)/);
  expect(files).toEqual([]);
});
