import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchPhoto } from './fetch-photo.ts';
import { openOutbound } from './open-outbound.ts';
import type { OutboundNet } from './outbound-net.ts';
import { isPublicAddress } from './public-address.ts';

const PHOTO = Buffer.from('a photo, as far as anybody here knows');
const LOOPBACK: OutboundNet = {
  resolve: async () => ['127.0.0.1'],
  isAllowed: (address) => address === '127.0.0.1',
};
const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  open.push(server.listen(0, host));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A server on loopback that its callers know as photos.example. */
async function serve(answer: RequestListener) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  const port = await listen(server);
  const fetch = (path = '/a.jpg', options: Partial<Parameters<typeof fetchPhoto>[1]> = {}) =>
    fetchPhoto(`http://photos.example:${port}${path}`, {
      hosts: [`photos.example:${port}`],
      timeoutMs: 20_000,
      maxBytes: 1000,
      signal: new AbortController().signal,
      net: LOOPBACK,
      ...options,
    });
  return { fetch, requests, port };
}

const refusal = (code: string, line?: RegExp) =>
  expect.objectContaining({ code, ...(line ? { message: expect.stringMatching(line) } : {}) });

describe('a photo by its address', () => {
  it('is fetched by its own name, whatever it calls itself', async () => {
    const { fetch, requests, port } = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(PHOTO);
    });
    expect(Buffer.from(await fetch('/a.jpg?key=1'))).toEqual(PHOTO);
    const [request] = requests;
    expect(request?.url).toBe('/a.jpg?key=1');
    expect(request?.headers).toEqual({
      host: `photos.example:${port}`,
      'user-agent': 'diorama',
      'accept-encoding': 'identity',
      connection: 'close',
    });
  });

  it('is asked for over TLS by its own name, at the address that was checked', async () => {
    const greetings: Buffer[] = [];
    const server = createSocketServer((socket) =>
      socket.once('data', (chunk) => {
        greetings.push(chunk);
        socket.destroy();
      }),
    );
    const port = await listen(server);
    const answer = openOutbound(
      `https://photos.example:${port}/`,
      { hosts: [`*:${port}`], what: 'It', net: LOOPBACK },
      { method: 'GET', signal: AbortSignal.timeout(20_000) },
    );
    await expect(answer).rejects.toEqual(refusal('SOURCE_UNAVAILABLE', /^It cannot be reached\.$/));
    expect(greetings.join('')).toContain('photos.example');
  });

  it('is refused while no host is allowed', async () => {
    const { fetch, requests } = await serve((_request, response) => response.end(PHOTO));
    await expect(fetch('/', { hosts: [] })).rejects.toEqual(refusal('ADDRESS_REFUSED'));
    await expect(fetch('/', { hosts: ['photos.example'] })).rejects.toEqual(
      refusal('ADDRESS_REFUSED'),
    );
    expect(requests).toEqual([]);
  });
});

describe('addresses that are not of the open internet', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://169.254.169.254/computeMetadata/v1/',
    'http://0/',
    'http://localhost/',
  ])('are refused, written as %s', async (address) => {
    const options = {
      hosts: ['*'],
      timeoutMs: 20_000,
      maxBytes: 1000,
      signal: new AbortController().signal,
    };
    await expect(fetchPhoto(address, options)).rejects.toEqual(
      refusal('ADDRESS_REFUSED', /not on the open internet\.$/),
    );
  });

  it('are refused as soon as one of the addresses of a name is private', async () => {
    const { fetch, requests } = await serve((_request, response) => response.end(PHOTO));
    const resolve = async () => ['93.184.215.14', '127.0.0.1'];
    const answer = fetch('/', { net: { resolve, isAllowed: isPublicAddress } });
    await expect(answer).rejects.toEqual(refusal('ADDRESS_REFUSED'));
    expect(requests).toEqual([]);
  });

  // Other systems have to be told that 127.0.0.2 is theirs.
  it.skipIf(process.platform !== 'linux')(
    'cannot be reached by a name that changes its mind after it was checked',
    async () => {
      const { port, fetch, requests } = await serve((_request, response) => response.end(PHOTO));
      // The public one of the two, and the one that must never be reached.
      const server = createServer((_request, response) => response.end('the checked one'));
      open.push(server.listen(port, '127.0.0.2'));
      await once(server, 'listening');
      const asked: string[] = [];
      const resolve = async () => {
        asked.push('again');
        return asked.length === 1 ? ['127.0.0.2'] : ['127.0.0.1'];
      };
      const net = { resolve, isAllowed: (address: string) => address === '127.0.0.2' };
      expect(Buffer.from(await fetch('/', { net })).toString()).toBe('the checked one');
      expect(asked).toHaveLength(1);
      await expect(fetch('/', { net })).rejects.toEqual(refusal('ADDRESS_REFUSED'));
      expect(requests).toEqual([]);
    },
  );

  it('cannot be reached by a redirect, by name or by number', async () => {
    const targets = ['http://127.0.0.1/', 'http://inside.example/', 'http://0x7f.1/'];
    const { fetch, requests, port } = await serve(({ url = '' }, response) => {
      const location = targets[Number(url.slice(1))] ?? '';
      response.writeHead(302, { location }).end();
    });
    const resolve = async (host: string) => [host === 'photos.example' ? '127.0.0.1' : '10.0.0.1'];
    const hosts = ['*', `*:${port}`];
    let isFirst = true;
    // The first hop is let through to the server of this test, as if it were a public one.
    const isAllowed = (address: string) => {
      const wasFirst = isFirst;
      isFirst = false;
      return wasFirst || isPublicAddress(address);
    };
    for (const path of targets.keys()) {
      isFirst = true;
      await expect(fetch(`/${path}`, { hosts, net: { resolve, isAllowed } })).rejects.toEqual(
        refusal('ADDRESS_REFUSED', /leads on to is not on the open internet\.$/),
      );
    }
    expect(requests).toHaveLength(targets.length);
  });
});

describe('redirects', () => {
  it('are followed three times, relative ones too', async () => {
    const { fetch } = await serve(({ url = '' }, response) => {
      const left = Number(url.slice(1));
      if (left === 0) response.end(PHOTO);
      else response.writeHead(307, { location: `${left - 1}` }).end();
    });
    expect(Buffer.from(await fetch('/3'))).toEqual(PHOTO);
    await expect(fetch('/4')).rejects.toEqual(refusal('SOURCE_UNAVAILABLE', /more than 3 times/));
  });

  it.each([
    ['off the list', 'http://elsewhere.example/', 'ADDRESS_REFUSED'],
    ['to files', 'file:///etc/passwd', 'REQUEST_INVALID'],
    ['with a password', 'http://a:b@photos.example/', 'REQUEST_INVALID'],
    ['nowhere', 'http://', 'SOURCE_UNAVAILABLE'],
  ])('are refused when they lead %s', async (_where, location, code) => {
    const { fetch } = await serve((_request, response) => {
      response.writeHead(301, { location }).end();
    });
    await expect(fetch()).rejects.toEqual(refusal(code));
  });
});

describe('another side that does not do as it should', () => {
  it('is cut off at the bound of bytes, announced or not', async () => {
    const { fetch } = await serve(({ url }, response) => {
      if (url === '/announced') response.setHeader('content-length', 5000);
      response.write(Buffer.alloc(2500));
      response.end(Buffer.alloc(2500));
    });
    await expect(fetch('/announced')).rejects.toEqual(refusal('PHOTO_TOO_MANY_BYTES'));
    await expect(fetch('/streamed')).rejects.toEqual(refusal('PHOTO_TOO_MANY_BYTES'));
  });

  it('is given up when it is too slow, before its answer or in the midst of it', async () => {
    const { fetch } = await serve(({ url }, response) => {
      if (url === '/halting') response.write('half');
    });
    for (const path of ['/silent', '/halting']) {
      await expect(fetch(path, { timeoutMs: 200 })).rejects.toEqual(
        refusal('SOURCE_UNAVAILABLE', /did not arrive .* within 0\.2 s/),
      );
    }
    const resolve = () => new Promise<never>(() => undefined);
    await expect(fetch('/', { timeoutMs: 100, net: { ...LOOPBACK, resolve } })).rejects.toEqual(
      refusal('SOURCE_UNAVAILABLE'),
    );
  });

  it('is left as soon as the caller goes', async () => {
    const gone = new AbortController();
    const { fetch } = await serve(() => gone.abort(new Error('gone')));
    await expect(fetch('/', { signal: gone.signal })).rejects.toThrow('gone');
  });

  it.each([
    ['404', 404, {}, /status 404/],
    ['206', 206, {}, /status 206/],
    ['compressed bytes', 200, { 'content-encoding': 'gzip' }, /compressed/],
    ['less than it announced', 200, { 'content-length': 500 }, /broke off/],
  ])('is not believed with %s', async (_what, status, headers, line) => {
    const { fetch } = await serve((_request, response) => {
      response.writeHead(status, headers);
      response.write(PHOTO);
      setTimeout(() => response.destroy(), 50);
    });
    await expect(fetch()).rejects.toEqual(refusal('SOURCE_UNAVAILABLE', line));
  });

  it('is said to be out of reach, without its address', async () => {
    const { fetch, port } = await serve((_request, response) => response.destroy());
    const resolve = () => Promise.reject(new Error('getaddrinfo ENOTFOUND photos.example'));
    for (const net of [
      LOOPBACK,
      { ...LOOPBACK, resolve },
      { ...LOOPBACK, resolve: async () => [] },
    ]) {
      const error = await fetch('/secret', { net }).catch((caught: Error) => caught);
      expect(error).toEqual(refusal('SOURCE_UNAVAILABLE'));
      expect(String(error)).not.toMatch(new RegExp(`example|secret|${port}|127`));
    }
  });
});
