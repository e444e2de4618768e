/** An address as the page would understand it: a worker would take it as relative to its own script. */
export function addressOf(address: string | URL): URL {
  return new URL(address, globalThis.document?.baseURI ?? globalThis.location.href);
}

/** The same for a folder: with a slash at its end, so that what lies in it can be named from there. */
export function folderAddressOf(address: string | URL): URL {
  const folder = addressOf(address);
  folder.pathname = folder.pathname.replace(/\/?$/, '/');
  return folder;
}
