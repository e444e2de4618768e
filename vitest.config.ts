import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests in a browser take the longest: begun late, the last of them would end alone while a core has nothing to do. */
class BrowsersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isInBrowser = ({ moduleId }: TestSpecification) => moduleId.includes('/e2e/');
    return [...sorted.filter(isInBrowser), ...sorted.filter((file) => !isInBrowser(file))];
  }
}

export default defineConfig({
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.ts',
      '{fixtures,bench}/{src,test}/**/*.test.ts',
      'scripts/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'e2e/**/*.test.ts',
    ],
    // Sessions and full-size photos share two cores with each other on small machines.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: BrowsersFirst },
    // Node loads what is built as it is; to transform it again costs each file seconds.
    server: { deps: { external: [/\/(packages\/[^/]+|fixtures|browser|bench)\/dist\//] } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes at once, but not on a machine that is busy elsewhere.
    expect: { poll: { timeout: 25_000 } },
  },
});
