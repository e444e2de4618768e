import { readStoredZip } from './archive.js';
import { fetchLayers, Refusal } from './upload.js';

const find = (id) => document.getElementById(id);
const input = find('file');
const statusBar = find('status-bar');
const progress = find('progress');
const problem = find('problem');
const keyForm = find('key-form');
const result = find('result');
const preview = find('preview');
const figures = [...document.querySelectorAll('[data-layer]')];

/** Object URLs of the layers on show; each holds a whole picture until it is given back. */
let shownUrls = [];
let running = new AbortController();
/** The photo that waits for a key. */
let refusedPhoto;

function urlOf(parts, type) {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  shownUrls.push(url);
  return url;
}

function forgetLayers() {
  for (const url of shownUrls) URL.revokeObjectURL(url);
  shownUrls = [];
  for (const figure of figures) figure.querySelector('img').removeAttribute('src');
  result.hidden = true;
}

function setRatio(width, height) {
  document.documentElement.style.setProperty('--ratio', String(width / height));
}

function sizeInWords(bytes) {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** Without the part of the version that says which weights; `/readyz` has it. */
function modelInWords({ id, version }) {
  return `${id} ${version.split('+')[0]}`;
}

function showStatus(line, share) {
  // The same words again would be read out again.
  if (find('status').textContent !== line) find('status').textContent = line;
  if (share === undefined) progress.removeAttribute('value');
  else progress.value = share;
  statusBar.hidden = false;
}

function showProblem({ message, code }) {
  find('problem-line').textContent = message;
  find('problem-code').textContent = code ?? '';
  problem.hidden = false;
}

/** Asks for a key, with which the photo is sent again. */
function askForKey(photo) {
  refusedPhoto = photo;
  keyForm.hidden = false;
  find('key').focus();
}

/** The photo as it was chosen, while its layers are made; browsers that do not know its type say so instead. */
function showPhoto(photo) {
  const frame = preview.parentElement;
  frame.hidden = false;
  find('preview-missing').hidden = true;
  preview.onload = () => setRatio(preview.naturalWidth, preview.naturalHeight);
  preview.onerror = () => {
    frame.hidden = true;
    find('preview-missing').hidden = false;
  };
  preview.src = urlOf([photo], photo.type);
  find('no-subject').hidden = true;
  result.classList.add('pending');
  result.hidden = false;
}

function showLayers(photo, archive, seconds) {
  const files = readStoredZip(archive);
  const layers = JSON.parse(new TextDecoder().decode(files.get('layers.json')));
  const { width, height } = layers.size;
  const stem = photo.name?.replace(/\.[^.]*$/, '') || 'photo';
  setRatio(width, height);
  find('photo-facts').textContent = `${width} × ${height} · ${sizeInWords(photo.size)}`;
  find('facts').textContent = `Made in ${seconds.toFixed(1)} s by ${modelInWords(layers.model)}`;
  find('no-subject').hidden = layers.matte.subjectPresent;
  for (const figure of figures) {
    const { path, mediaType, bytes } = layers.files[figure.dataset.layer];
    const url = urlOf([files.get(path)], mediaType);
    const link = figure.querySelector('.download');
    figure.querySelector('img').src = url;
    link.href = url;
    link.download = `${stem}-${path}`;
    link.textContent = `${path.split('.').pop().toUpperCase()} ${sizeInWords(bytes)}`;
    link.setAttribute('aria-label', `Download ${path}, ${sizeInWords(bytes)}`);
  }
  find('all').href = urlOf([archive], 'application/zip');
  find('all').download = `${stem}-layers.zip`;
  result.classList.remove('pending');
  result.focus({ preventScroll: true });
}

async function takePhoto(photo) {
  running.abort();
  const mine = new AbortController();
  running = mine;
  forgetLayers();
  problem.hidden = true;
  keyForm.hidden = true;
  document.body.dataset.state = 'working';
  showPhoto(photo);
  showStatus('Sending the photo', 0);
  const startedAt = performance.now();
  try {
    const archive = await fetchLayers(photo, {
      signal: mine.signal,
      apiKey: find('key').value.trim(),
      onSent: (share) =>
        share < 1 ? showStatus('Sending the photo', share) : showStatus('Making the layers'),
    });
    showLayers(photo, archive, (performance.now() - startedAt) / 1000);
    document.body.dataset.state = 'done';
  } catch (error) {
    // A newer photo took over, and the page is its own now.
    if (running !== mine) return;
    forgetLayers();
    document.body.dataset.state = 'empty';
    if (mine.signal.aborted) return;
    showProblem(
      error instanceof Refusal ? error : { message: 'This page could not read the answer.' },
    );
    if (error instanceof Refusal && error.code === 'KEY_REQUIRED') askForKey(photo);
  } finally {
    if (running === mine) statusBar.hidden = true;
  }
}

function takeFirst(files) {
  const [photo] = files ?? [];
  if (photo) void takePhoto(photo);
}

input.addEventListener('change', () => {
  takeFirst(input.files);
  // Choosing the same photo again is a wish, too.
  input.value = '';
});
document.addEventListener('paste', (event) => takeFirst(event.clipboardData?.files));
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dragging');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('dragging');
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('dragging');
  takeFirst(event.dataTransfer?.files);
});
find('intake').addEventListener('submit', (event) => event.preventDefault());
keyForm.addEventListener('submit', (event) => {
  event.preventDefault();
  void takePhoto(refusedPhoto);
});
find('cancel').addEventListener('click', () => {
  running.abort();
  input.focus();
});

/** Says which model serves, as soon as it is warm. */
async function showModel() {
  const answer = await fetch('/readyz').catch(() => undefined);
  if (answer?.ok) {
    const { model, provider } = await answer.json();
    find('model').textContent = `${modelInWords(model)} on ${provider}`;
    return;
  }
  find('model').textContent =
    answer?.status === 503 ? 'The model is warming up' : 'The model did not start';
  if (answer?.status === 503) setTimeout(() => void showModel(), 1000);
}
void showModel();
