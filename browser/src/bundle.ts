import { DioramaError } from '@diorama/core';
import { type Plugin, rolldown } from 'rolldown';

/** A file for a page, by its path from the site's root without the first slash. */
export type SiteFiles = ReadonlyMap<string, Uint8Array>;

/** Where there is no WebCrypto @hpke/common asks Node 18 for its own; a browser that has none has nothing instead. */
const WITHOUT_OLD_NODE: Plugin = {
  name: 'without-old-node',
  resolveId: (id, importer = '') =>
    id === 'crypto' && importer.includes('/@hpke/common/') ? NOTHING : null,
  load: (id) => (id === NOTHING ? 'export const webcrypto = {};' : null),
};
const NOTHING = '\0nothing';

/**
 * Bundles modules for a browser, all in one folder: `NAME.js` for each entry, and what they share. Packages are
 * resolved as a browser's bundler does, by the export condition `browser`, without Node's own modules.
 * @throws DioramaError `REQUEST_INVALID` when an import cannot be resolved, or only in Node
 */
export async function bundleForBrowser(
  entries: Readonly<Record<string, string>>,
): Promise<SiteFiles> {
  const warnings: string[] = [];
  const build = await rolldown({
    input: { ...entries },
    platform: 'browser',
    plugins: [WITHOUT_OLD_NODE],
    resolve: {
      // The variant of onnxruntime-web that loads its own files from where it is told.
      conditionNames: ['browser', 'import', 'module', 'onnxruntime-web-use-extern-wasm'],
    },
    onLog: (level, log) => {
      if (level === 'warn') warnings.push(log.message);
    },
  });
  try {
    const { output } = await build.generate({ format: 'es', minify: true });
    if (warnings[0] !== undefined) throw unbundled(warnings[0]);
    const names = new Set(output.map((file) => file.fileName));
    for (const file of output) {
      if (file.type !== 'chunk') continue;
      const outside = [...file.imports, ...file.dynamicImports].filter((name) => !names.has(name));
      if (outside.length > 0) throw unbundled(`${file.fileName} imports ${outside.join(', ')}`);
    }
    return new Map(
      output.map((file) => [
        file.fileName,
        Buffer.from(file.type === 'chunk' ? file.code : file.source),
      ]),
    );
  } finally {
    await build.close();
  }
}

function unbundled(why: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', `It does not bundle for a browser: ${why}`);
}
