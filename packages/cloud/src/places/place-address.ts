import { DioramaError } from '@diorama/core';
import { isLocalName, isPrivateAddress } from './private-address.ts';

/** Where pictures can be sent, as it is written in settings. */
export type PlaceAddress = LocalAddress | VertexAddress | WebAddress;

interface Named {
  /** Without credentials, paths or queries. */
  readonly name: string;
  /** Id of the model that answers there; the embedded one where nothing is said. */
  readonly model?: string;
}

/** Sessions of this process. */
export interface LocalAddress extends Named {
  readonly kind: 'local';
}

/** A Vertex AI endpoint: shared, or dedicated where it has a host of its own. */
export interface VertexAddress extends Named {
  readonly kind: 'vertex';
  readonly isDedicated: boolean;
  /** Where requests go, such as `https://us-central1-aiplatform.googleapis.com`. */
  readonly origin: string;
  /** `/v1/projects/.../endpoints/ID`, without the verb. */
  readonly resource: string;
}

/** A container that is asked itself, on Cloud Run or anywhere. */
export interface WebAddress extends Named {
  readonly kind: 'cloud-run' | 'machine';
  readonly origin: string;
  readonly predictPath: string;
  readonly healthPath: string;
  /** Whom an ID token is for; absent where none is sent. */
  readonly audience?: string;
}

const CLOUD_RUN_SUFFIX = '.run.app';
const ROUTES = { predict: '/predict', health: '/health' } as const;
const VERTEX_PATH = /^\/([a-z0-9][a-z0-9:.-]{0,61})\/([a-z0-9-]{1,63})\/?$/i;
const LOCATION = /^[a-z]+(-[a-z]+)*\d*$/;
/** Of Google: access tokens go to no stranger. */
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.){1,10}(vertexai\.goog|googleapis\.com)$/i;
const MODEL = /^[a-z0-9][a-z0-9.-]{0,99}$/;
const FORMS =
  'local, vertex://LOCATION/PROJECT/ENDPOINT, vertex://LOCATION/PROJECT/ENDPOINT?host=DNS-NAME, ' +
  'https://NAME.run.app or http://10.0.0.5:8080';

/**
 * Reads the address of a place: `local`, `vertex://LOCATION/PROJECT/ENDPOINT` (with `?host=` for a dedicated endpoint),
 * `https://NAME.run.app`, `http://10.0.0.5:8080`, each with `?model=ID`.
 * @throws DioramaError `CONFIG_INVALID`
 */
export function parsePlaceAddress(text: string): PlaceAddress {
  const full = /^local($|\?)/.test(text) ? text.replace('local', 'local:/') : text;
  if (!URL.canParse(full)) throw invalid(`${quoted(text)} is none; there are ${FORMS}.`);
  const url = new URL(full);
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw invalid(`${quoted(text)} holds more than an address.`);
  }
  const words = new URLSearchParams(url.search);
  const model = take(words, 'model', MODEL);
  const common = model === undefined ? {} : { model };
  const address = readBy(url, words, text);
  const [unknown] = words.keys();
  if (unknown !== undefined)
    throw invalid(`${quoted(text)} says something that means nothing there.`);
  return { ...address, ...common };
}

function readBy(url: URL, words: URLSearchParams, text: string): PlaceAddress {
  switch (url.protocol) {
    case 'local:':
      return { kind: 'local', name: 'local' };
    case 'vertex:':
      return readVertex(url, words, text);
    case 'http:':
    case 'https:':
      return readWeb(url, words, text);
    default:
      throw invalid(`${quoted(text)} is none; there are ${FORMS}.`);
  }
}

function readVertex(url: URL, words: URLSearchParams, text: string): VertexAddress {
  const location = url.host;
  const [, project = '', endpoint = ''] = VERTEX_PATH.exec(url.pathname) ?? [];
  if (!LOCATION.test(location) || endpoint === '') {
    throw invalid(`${quoted(text)} must be vertex://LOCATION/PROJECT/ENDPOINT.`);
  }
  const host = take(words, 'host', HOST);
  const stated = take(words, 'origin', /^/);
  const google = `https://${host ?? `${location}-aiplatform.googleapis.com`}`;
  return {
    kind: 'vertex',
    name: `vertex ${location} ${endpoint}`,
    isDedicated: host !== undefined,
    origin: stated === undefined ? google : emulatorOrigin(stated, text),
    resource: `/v1/projects/${project}/locations/${location}/endpoints/${endpoint}`,
  };
}

/** Programs that act as the platform run on this machine; credentials go to no other stranger. */
function emulatorOrigin(origin: string, text: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.origin === origin && url.protocol === 'http:' && url.hostname === '127.0.0.1') {
    return origin;
  }
  throw invalid(`${quoted(text)} may name another origin on 127.0.0.1 alone, over http.`);
}

function readWeb(url: URL, words: URLSearchParams, text: string): WebAddress {
  const isRun = url.protocol === 'https:' && url.hostname.endsWith(CLOUD_RUN_SUFFIX);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (url.protocol === 'http:' && !isPrivateAddress(host) && !isLocalName(host)) {
    throw invalid(
      `${quoted(text)} would send pictures unencrypted beyond your network: use https.`,
    );
  }
  const auth = take(words, 'auth', /^(id-token|none)$/) ?? (isRun ? 'id-token' : 'none');
  const audience = take(words, 'audience', /^[\x21-\x7e]{1,2048}$/) ?? url.origin;
  const predictPath = url.pathname === '/' ? ROUTES.predict : url.pathname;
  return {
    kind: isRun ? 'cloud-run' : 'machine',
    name: url.host,
    origin: url.origin,
    predictPath,
    healthPath: take(words, 'health', /^\/[\w./:-]{0,500}$/) ?? ROUTES.health,
    ...(auth === 'none' ? {} : { audience }),
  };
}

/** Takes a word out of the query, so that what is left is known to mean nothing. */
function take(words: URLSearchParams, name: string, form: RegExp): string | undefined {
  const value = words.get(name);
  if (value === null) return undefined;
  words.delete(name);
  if (form.test(value)) return value;
  throw invalid(`the ${name} in it cannot be.`);
}

/** Up to the query, which may hold more than a person means to see in a log. */
function quoted(text: string): string {
  return `'${text
    .split(/[?#]/, 1)[0]
    ?.replace(/\/\/[^/]*@/, '//')
    .slice(0, 100)}'`;
}

function invalid(line: string): DioramaError {
  return new DioramaError('CONFIG_INVALID', `The address of a predictor: ${line}`);
}
