// Depth and matte of a photo, made in the page itself by a model that a person chooses: nothing is sent anywhere.
import { needsAcceptance } from '@diorama/contract';
import {
  createLocalPredictor,
  fitModelPicture,
  listCachedModels,
  loadModelCards,
  parseModelCardText,
  removeCachedModels,
} from '@diorama/runtime';
import { rangeOf, readPhoto, showPlane } from './picture.js';

const OWN = 'own';
const at = (id) => document.getElementById(id);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

let cards = [];
/** The model that is chosen, and where its file is. */
let chosen;
let predictor;
let starting;

// Which model.

async function listModels() {
  try {
    cards = (await loadModelCards('./')).filter(({ file }) => file);
    at('state').value = 'Choose a model.';
  } catch (error) {
    at('state').value = `${error.message} A model of your own works all the same.`;
  }
  const options = cards.map(({ id, title, bytes }) => [id, `${title} (${megabytes(bytes)})`]);
  for (const [value, text] of [...options, [OWN, 'A file of my own']]) {
    at('models').append(new Option(text, value));
  }
  await choose();
}

async function choose() {
  const isOwn = at('models').value === OWN;
  at('own').hidden = !isOwn;
  try {
    chosen = isOwn ? await ownModel() : servedModel(at('models').value);
  } catch (error) {
    chosen = undefined;
    at('state').value = error.message;
  }
  at('accept').checked = false;
  at('about').hidden = !chosen;
  if (chosen) describe(chosen.card);
  allowLoading();
}

function servedModel(id) {
  const card = cards.find((candidate) => candidate.id === id);
  return { card, file: card.file.url };
}

async function ownModel() {
  const [file] = at('file').files;
  const [card] = at('card').files;
  if (!file || !card) return undefined;
  return { card: parseModelCardText(await card.text(), `"${card.name}"`), file };
}

function describe({ goodFor, title, licence, bytes }) {
  at('good-for').textContent = goodFor ?? title;
  at('licence').textContent = `${licence.terms} (${licence.spdx})`;
  at('spdx').textContent = licence.spdx;
  at('acceptance').hidden = !needsAcceptance(licence);
  at('size').textContent = megabytes(bytes);
}

function allowLoading() {
  const isBarred = !at('acceptance').hidden && !at('accept').checked;
  at('load').disabled = !chosen || isBarred || starting !== undefined;
}

// Loading it.

async function load(event) {
  event.preventDefault();
  const { card, file } = chosen;
  starting = new AbortController();
  showLoading(true);
  try {
    await predictor?.dispose();
    predictor = undefined;
    predictor = await createLocalPredictor({
      model: card,
      file,
      wasmFolder: 'ort/',
      cache: at('keep').checked ? 'browser' : 'none',
      acceptLicences: at('accept').checked ? [card.licence.spdx] : [],
      signal: starting.signal,
      onProgress: ({ received, total }) => {
        at('progress').value = received / total;
        const step = `${megabytes(received)} of ${megabytes(total)}`;
        at('state').value = received < total ? step : 'Opening the model…';
      },
    });
    const { provider, threads } = predictor;
    const where = threads > 1 ? `${provider} with ${threads} threads` : provider;
    const isKept = (await listCachedModels()).some(({ sha256 }) => sha256 === card.sha256);
    const unkept = at('keep').checked && !isKept ? ' This browser had no room to keep it.' : '';
    at('state').value = `Ready: ${card.title}, on ${where}.${unkept}`;
  } catch (error) {
    at('state').value = error.message;
  }
  starting = undefined;
  showLoading(false);
  await showKept();
  if (predictor) await answer();
}

function showLoading(isLoading) {
  at('stop').hidden = !isLoading;
  at('progress').hidden = !isLoading;
  at('progress').value = 0;
  at('photo').disabled = isLoading || predictor === undefined;
  allowLoading();
}

async function showKept() {
  const kept = await listCachedModels();
  at('kept').hidden = kept.length === 0;
  const items = kept.map(({ id, sha256, bytes }) => {
    const remove = Object.assign(document.createElement('button'), { textContent: 'Remove' });
    remove.addEventListener('click', async () => {
      await removeCachedModels(sha256);
      await showKept();
    });
    const item = document.createElement('li');
    item.append(`${id}, ${megabytes(bytes)} `, remove);
    return item;
  });
  at('kept')
    .querySelector('ul')
    .replaceChildren(...items);
}

// A photo.

async function answer() {
  const [file] = at('photo').files;
  if (!file) return;
  try {
    const photo = await readPhoto(file);
    const { card } = predictor;
    const image = fitModelPicture(card, photo);
    const { depth, matte, timingsMs } = await predictor.predict({ image, wanted: card.tasks });
    showPlane(at('depth'), depth, rangeOf(depth));
    showPlane(at('matte'), matte);
    at('answer').value = `Made in ${Math.round(timingsMs.predict)} ms.`;
  } catch (error) {
    at('answer').value = error.message;
  }
}

for (const id of ['models', 'file', 'card']) at(id).addEventListener('change', choose);
at('accept').addEventListener('change', allowLoading);
at('stop').addEventListener('click', () => starting?.abort());
at('photo').addEventListener('change', answer);
document.querySelector('form').addEventListener('submit', load);
await showKept();
await listModels();
