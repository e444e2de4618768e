import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const MODULES = `${sep}node_modules${sep}`;
/** What lies in the page without being bundled, or was compiled into what is. */
const COMPILED_IN = fileURLToPath(new URL('compiled-in.txt', import.meta.url));

/** Writes `licences.txt`: who wrote what is in the page and in its workers, and under which terms. */
export function licences(): { readonly page: Plugin; readonly worker: () => Plugin } {
  const folders = new Set<string>();
  const collect = (): Plugin => ({
    name: 'licences-collect',
    apply: 'build',
    generateBundle: (_options, bundle) => {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const id of Object.keys(output.modules)) addFolder(folders, id);
      }
    },
  });
  let outDir = '';
  const page: Plugin = {
    ...collect(),
    name: 'licences',
    configResolved: ({ root, build }) => {
      outDir = resolve(root, build.outDir);
    },
    // Workers are bundled before the page is written.
    writeBundle: {
      order: 'post',
      handler: () => {
        const parts = [...folders].map(describe).toSorted();
        const text = [...parts, readFileSync(COMPILED_IN, 'utf8')].join(
          `\n\n${'-'.repeat(80)}\n\n`,
        );
        writeFileSync(join(outDir, 'licences.txt'), text);
      },
    },
  };
  return { page, worker: collect };
}

/** Notes the package that a module is of, if it is of one. */
function addFolder(folders: Set<string>, id: string): void {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '');
  const at = path.lastIndexOf(MODULES);
  if (at < 0) return;
  const [scope = '', name = ''] = path.slice(at + MODULES.length).split(sep);
  const folder =
    path.slice(0, at + MODULES.length) + (scope.startsWith('@') ? scope + sep + name : scope);
  if (existsSync(join(folder, 'package.json'))) folders.add(folder);
}

/** Name, version and terms of a package, and its licence where it carries the text. */
function describe(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Record<'name' | 'version' | 'license', string>; // npm asks for all three
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}`.trim();
}
