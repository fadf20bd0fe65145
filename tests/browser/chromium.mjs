// Debian's Chromium, watched: whatever a page does that a page of Govah must not do is kept.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { skipAll } from './tap.mjs';

const executable = process.env.CHROMIUM || '/usr/bin/chromium';
const switches = [
    '--no-sandbox', // what is shown is our own, and containers have no namespaces to build one of
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

// Ubuntu's chromium is a script that asks for a snap, so that it has to be run to be believed.
function usable() {
    const asked = spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: 60_000 });
    return asked.status === 0 && /^Chromium \d+/m.test(asked.stdout);
}

if (!usable())
    skipAll(`no usable Chromium at ${executable} (Ubuntu has it as a snap alone); CHROMIUM names another`);
const { chromium } = await import('playwright-core');

let opened = 0;

// One person's browser with a profile of its own, logged in nowhere yet.
export class Browser {
    faults = []; // what pages did wrong, as sentences
    cookies = new Set(); // values that were set; of a private window nothing else tells
    #expected = [];
    #closing = false;

    static async open(tap, origin, options = {}) {
        const browser = new Browser();
        const { profile = `profile-${(opened += 1)}`, moreArgs = [], ...more } = options;
        browser.origin = origin;
        browser.profile = path.join(tap.scratch, profile);
        browser.context = await chromium.launchPersistentContext(browser.profile, {
            executablePath: executable,
            args: [...switches, ...moreArgs],
            viewport: { width: 1280, height: 800 },
            reducedMotion: 'reduce',
            timeout: 120_000,
            ...more,
        });
        tap.later(() => browser.close());
        browser.context.setDefaultTimeout(60_000);
        await browser.context.addInitScript(reportViolations);
        browser.context.on('request', (request) => browser.#onRequest(request));
        browser.context.on('response', async (response) => {
            const header = await response.headerValue('set-cookie').catch((fault) => {
                if (!browser.#closing) throw fault;
            });
            const set = /^[^=]+=([^;]+)/.exec(header ?? '');
            if (set) browser.cookies.add(set[1]);
        });
        browser.context.on('page', (page) => browser.#watch(page));
        for (const page of browser.context.pages()) browser.#watch(page);
        browser.page = browser.context.pages()[0] ?? (await browser.context.newPage());
        return browser;
    }

    // Complaints that match belong to what is tried; the browser itself logs a page of status 403.
    expect(pattern) {
        this.#expected.push(pattern);
    }

    #fault(page, text) {
        if (this.#expected.some((pattern) => pattern.test(text))) return;
        this.faults.push(`${new URL(page.url()).pathname.slice(0, 40)}: ${text}`);
    }

    #watch(page) {
        page.on('console', (message) => {
            if (['error', 'warning'].includes(message.type()))
                this.#fault(page, `console ${message.type()}: ${message.text()}`);
        });
        page.on('pageerror', (error) => this.#fault(page, `script: ${error.message}`));
        page.on('crash', () => this.#fault(page, 'crashed'));
    }

    #onRequest(request) {
        const url = request.url();
        if (url.startsWith(`${this.origin}/`) || /^(data|blob|about):/.test(url)) return;
        this.faults.push(`asked for ${url}`);
    }

    async close() {
        this.#closing = true;
        await this.context.close();
    }
}

function reportViolations() {
    document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI || 'inline'}`);
    });
}
