import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { generateOpenLoad } from './open-load.ts';

const servers: ReturnType<typeof createServer>[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

const PHOTO = { method: 'POST', path: '/photo', headers: {}, body: 'cGhvdG8=' } as const;

describe('generateOpenLoad', () => {
  it('goes on sending while earlier requests wait, and tells each answer apart', async () => {
    let open = 0;
    let most = 0;
    let bodies = 0;
    const address = await serve(async (request, response) => {
      open += 1;
      most = Math.max(most, open);
      for await (const chunk of request) bodies += chunk.length;
      setTimeout(() => {
        open -= 1;
        if (bodies % 2 === 0) response.writeHead(429, { 'retry-after': '7' });
        response.end();
      }, 300);
    });
    const answers = await generateOpenLoad(
      { address, requests: [PHOTO], shape: { kind: 'open', ratePerSecond: 40 }, durationMs: 500 },
      40,
    );
    expect(answers).toHaveLength(20);
    expect(bodies).toBe(100);
    expect(most).toBeGreaterThan(5);
    for (const { status, retryAfterSeconds, latencyMs } of answers) {
      expect(retryAfterSeconds).toBe(status === 429 ? 7 : undefined);
      expect(latencyMs).toBeGreaterThan(250);
    }
  });

  it('counts a connection that is cut off as no answer', async () => {
    const address = await serve((request) => request.socket.destroy());
    const shape = { kind: 'open', ratePerSecond: 50 } as const;
    const plan = { address, requests: [PHOTO], shape, durationMs: 1000, maxRequests: 3 };
    expect((await generateOpenLoad(plan, 50)).map(({ status }) => status)).toEqual([0, 0, 0]);
  });
});
