// npm run image: builds the image, runs it as a strict platform does, holds it to the contract of containers, and says
// how large it is and how fast it starts. docs/containers.md has the whole story.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildImage, IMAGE } from './image/build-image.mjs';
import { openImage } from './image/container.mjs';
import { whyNoImage } from './image/machine.mjs';
import { DEBIAN_IMAGE, makeBase, NODE_IMAGE } from './image/make-base.mjs';
import { buildSbom } from './image/sbom.mjs';
import { megabytes, sizesOf } from './image/sizes.mjs';
import { tryPredictor, tryRefusal, tryService } from './image/trial.mjs';
import { openWorkplace } from './image/workplace.mjs';
import { ROOT } from './prepare.mjs';

const HELP = `Usage: npm run image -- [options]
  --base NAME          image with Node 20 and npm that makes the application; fetched if it is not here
  --runtime-base NAME  image that it runs on; default: that of the Dockerfile
  --cuda               the image for NVIDIA GPUs; without --base as far as it can be tried without its libraries
  --without-studio     leaves the page out, which no predictor needs
  --out DIR            where sbom.cdx.json goes; default: out/image
  --archive FILE       keeps the image, as an archive for docker load
  --health-within-ms N 99 of 100 health answers must come within it; default 10. More where others use the machine
Without --base one is made with debootstrap and the Node of this machine.`;
const HEALTH_MS = 10;
const TITLE_CHARACTERS = 24;
const EXIT = { usage: 64, unavailable: 69, failed: 70, interrupted: 130 };

// Whatever is left running or lying about goes with this process.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => process.exit(EXIT.interrupted));

function say(title, what) {
  console.log(`${title.padEnd(TITLE_CHARACTERS)}${what}`);
}

function optionsOf(args) {
  const text = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  const options = {
    base: text,
    'runtime-base': text,
    out: text,
    archive: text,
    'health-within-ms': { ...text, default: String(HEALTH_MS) },
    cuda: flag,
    'without-studio': flag,
    help: flag,
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    console.error(`${error.message}\n${HELP}`);
    return process.exit(EXIT.usage);
  }
}

/** The last commit, whose time is the time of every file: the same sources give the same image. */
function commitOf(root) {
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%H %ct'], { cwd: root });
  const [revision = 'unknown', seconds = '0'] = String(stdout).trim().split(' ').filter(Boolean);
  return { revision, epochSeconds: Number(process.env.SOURCE_DATE_EPOCH ?? seconds) };
}

/** Writes the bill of materials, and says how many packages it has. */
async function writeSbom({ run }, { root, out, epochSeconds }) {
  const asked = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'];
  const npmSbom = JSON.parse(await run('npm', asked, { cwd: ROOT }));
  const node = await run(join(root, 'usr/local/bin/node'), ['--version']);
  const nodeVersion = node.trim().slice(1);
  const sbom = buildSbom({ root, npmSbom, nodeVersion, epochSeconds });
  mkdirSync(out, { recursive: true });
  const file = join(out, 'sbom.cdx.json');
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`);
  const countOf = (type) => sbom.components.filter(({ purl }) => purl?.startsWith(type)).length;
  const counts = `${countOf('pkg:npm/')} of npm, ${countOf('pkg:deb/')} of Debian`;
  say('packages', `${counts}; all in ${file}`);
}

/** What a registry would hold of the image, in bytes. */
async function compressedBytes({ folder, buildah }) {
  const file = join(folder, 'compressed.tar');
  await buildah('push', IMAGE, `oci-archive:${file}`);
  const { size } = statSync(file);
  rmSync(file);
  return size;
}

async function main(chosen) {
  const makesBase = chosen.base === undefined;
  const hindrance = whyNoImage({ makesBase });
  if (hindrance !== undefined) {
    console.error(hindrance);
    return EXIT.unavailable;
  }
  const workplace = openWorkplace();
  const { revision, epochSeconds } = commitOf(ROOT);
  const bases = { BASE: chosen.base, RUNTIME_BASE: chosen['runtime-base'] };
  if (makesBase) {
    console.log('Making a base...');
    await makeBase(workplace, epochSeconds);
    bases.BASE = NODE_IMAGE;
    bases.RUNTIME_BASE ??= DEBIAN_IMAGE;
  }
  console.log('Building...');
  const file = chosen.cuda ? 'Dockerfile.cuda' : 'Dockerfile';
  // Its libraries need its own base; what can be seen without them is that nothing else takes their place.
  const cuda = chosen.cuda && makesBase ? { CUDA_LIBRARIES: 'skip' } : {};
  const hasStudio = !chosen['without-studio'];
  const studio = hasStudio ? {} : { STUDIO: 'no' };
  const settings = { ...bases, ...cuda, ...studio, REVISION: revision };
  await buildImage(workplace, { root: ROOT, file, settings, epochSeconds });
  const image = await openImage(workplace, IMAGE);

  const out = resolve(chosen.out ?? join(ROOT, 'out', 'image'));
  const { total, parts } = sizesOf(image.root);
  const compressed = await compressedBytes(workplace);
  say('image', `${megabytes(total)}, ${megabytes(compressed)} compressed`);
  for (const [title, bytes] of parts) say(`  ${title}`, megabytes(bytes));
  await writeSbom(workplace, { root: image.root, out, epochSeconds });

  if (chosen.archive !== undefined) {
    const kept = resolve(chosen.archive);
    rmSync(kept, { force: true });
    await workplace.buildah('push', IMAGE, `docker-archive:${kept}:diorama:latest`);
  }

  if (chosen.cuda) {
    await tryRefusal(image);
    return 0;
  }
  const readyMs = await tryPredictor(workplace, image, {
    root: ROOT,
    healthWithinMs: Number(chosen['health-within-ms']),
  });
  await tryService(image, { root: ROOT, hasStudio });
  say('start to ready', `${Math.round(readyMs)} ms`);
  return 0;
}

const chosen = optionsOf(process.argv.slice(2));
if (chosen.help) {
  console.log(HELP);
} else {
  process.exitCode = await main(chosen).catch((error) => {
    console.error(error.message);
    return EXIT.failed;
  });
  process.exit();
}
