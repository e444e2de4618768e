export { bundleForBrowser, type SiteFiles } from './bundle.ts';
export { CHROMIUM_MISSING, findChromium, openChromium } from './chromium.ts';
export { ortFiles } from './ort-files.ts';
export { type Site, serveSite } from './site.ts';
