// Chromium, and pages of it that remember what went wrong in them.
import { require } from './places.mjs';

const { chromium } = require('playwright-core');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });

/**
 * Opens a page in a browser context of its own. `page.faults` gathers what no page may do: break an error, violate the content
 * security policy, ask another host.
 */
export async function openPage(browser, base, options = {}) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', error => page.faults.push(`error: ${error.message}`));
  page.on('console', message => {
    if (/Content Security Policy|Refused to/.test(message.text())) page.faults.push(`console: ${message.text()}`);
  });
  page.on('request', request => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(base).host) page.faults.push(`asked ${request.url()}`);
  });
  return page;
}
