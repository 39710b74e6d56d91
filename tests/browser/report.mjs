// Opens the pages of a report in Chromium: nothing may run but their own script, nothing may be asked of any network, and
// axe-core must find nothing serious.
//
//   node tests/browser/report.mjs MODULES FOLDER PAGE...
//
// MODULES is the folder in which `npm install axe-core playwright-core` was run.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [modules, folder, ...pages] = process.argv.slice(2);
const require = createRequire(resolve(modules, 'package.json'));
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');

const faults = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
for (const name of pages) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 820, 390]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
      const page = await context.newPage();
      const fault = (what) => faults.push(`${name} (${width}, ${colorScheme}): ${what}`);
      page.on('dialog', (dialog) => { fault(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
      page.on('pageerror', (error) => fault(`an error: ${error.message}`));
      page.on('console', (message) => { if (message.type() === 'error') fault(`console: ${message.text()}`); });
      page.on('request', (request) => { if (!request.url().startsWith('file:')) fault(`asks for ${request.url()}`); });
      await page.goto(`file://${resolve(folder, name)}`);
      const opened = await page.evaluate(() => {
        document.querySelectorAll('details').forEach((d) => { d.open = true; });
        return { hit: window.hit, wide: document.documentElement.scrollWidth - window.innerWidth };
      });
      if (opened.hit) fault('a script of a notice ran');
      if (opened.wide > 0) fault(`${opened.wide} pixels wider than the window`);
      if (width === 1440) {
        // axe is handed to the page by the debugger, which the page's policy does not concern.
        const session = await context.newCDPSession(page);
        await session.send('Page.setBypassCSP', { enabled: true });
        await page.reload();
        await page.addScriptTag({ path: axe });
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        for (const v of violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')) {
          fault(`${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`);
        }
      }
      await context.close();
    }
  }
}
await browser.close();
console.log(faults.length ? faults.join('\n') : `${pages.length} pages: nothing serious`);
process.exit(faults.length ? 1 : 0);
