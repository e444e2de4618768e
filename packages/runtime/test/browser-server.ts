import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelCard } from '@diorama/contract';

const MAIN = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));

export interface ServerProcess {
  readonly address: string;
  close(): Promise<void>;
}

/** A Diorama server in a process of its own that answers with these models, which lie in its models folder as pulled. */
export async function startServer(
  cards: readonly ModelCard[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'diorama-models-'));
  for (const card of cards) placeModel(folder, card);
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DIORAMA_MODELS: folder,
      DIORAMA_MODEL: cards.map(({ id }) => id).join(','),
      DIORAMA_THREADS: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'close');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { address: await addressOf(child), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function placeModel(folder: string, card: ModelCard): void {
  const [source] = card.sources;
  const own = join(folder, card.id);
  const name = `${card.sha256}.onnx`;
  mkdirSync(own);
  if (source?.kind === 'file') copyFileSync(source.path, join(own, name));
  const published = { kind: 'https', url: `https://models.example/${card.id}.onnx` } as const;
  const stored: ModelCard = { ...card, sources: [{ kind: 'file', path: name }, published] };
  writeFileSync(join(own, 'card.json'), JSON.stringify(stored));
}

async function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const part of child.stdout ?? []) {
    said += String(part);
    const [, address] = /^Diorama is serving on (http:\/\/localhost:\d+)\n/.exec(said) ?? [];
    if (address === undefined) continue;
    return address;
  }
  throw new Error('The server did not start.');
}
