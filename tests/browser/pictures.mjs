// The pictures of the documents, into the folder `pictures` of the build; script/pictures takes them
// from there. Of the examples, in a window of fixed size; the moments of decisions, which nothing can
// make the same twice, are set to one.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Browser } from './chromium.mjs';
import { choose, leave, logIn, openNumber, written } from './moves.mjs';
import { reviewedArchive } from './pages.mjs';
import { pngShrink } from './png.mjs';
import { proof } from './tap.mjs';
import { root, Server } from './workspace.mjs';

const sizeLimit = 200_000; // bytes
const folder = path.join(process.env.BUILD_ROOT ?? path.join(root, 'build'), 'pictures');

const uprising = /killed: 2022|کشته‌شدگان: خیزش/;

async function showOverview(page) {
    await page.goto(new URL('/', page.url()).href);
}

async function showReading(page, language) {
    await openNumber(page, written(language === 'fa' ? 529 : 527, language));
}

async function showFigures(page) {
    await page.goto(new URL('/figures', page.url()).href);
    await leave(page, () => page.locator('main a[href^="/figures/"]', { hasText: uprising }).first().click());
    await page.locator('canvas').first().waitFor();
}

const moments = { en: '21 November 2026, 09:00 UTC', fa: '۳۰ آبان ۱۴۰۵، ۰۹:۰۰ UTC' };

const pictures = [
    { name: 'overview', language: 'en', calendar: 'gregorian', theme: 'light', show: showOverview },
    { name: 'reading', language: 'en', calendar: 'gregorian', theme: 'light', show: showReading },
    { name: 'reading-fa', language: 'fa', calendar: 'jalali', theme: 'light', show: showReading },
    { name: 'figures-fa', language: 'fa', calendar: 'jalali', theme: 'light', show: showFigures },
    { name: 'figures-dark', language: 'en', calendar: 'gregorian', theme: 'dark', show: showFigures },
];

async function take(browser, { name, language, calendar, theme, show }) {
    const { page } = browser;
    await choose(browser, { language, calendar, theme });
    await show(page, language);
    await page.evaluate(async (moment) => {
        await document.fonts.ready;
        for (const time of document.querySelectorAll('main time')) time.textContent = moment;
    }, moments[language]);
    const picture = pngShrink(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
    writeFileSync(path.join(folder, `${name}.png`), picture);
    return picture;
}

await proof(async (tap) => {
    const server = await Server.start(tap, reviewedArchive(tap));
    const browser = await Browser.open(tap, server.origin, { viewport: { width: 1200, height: 800 } });
    mkdirSync(folder, { recursive: true });
    await logIn(browser, server);
    for (const picture of pictures) {
        const bytes = await take(browser, picture);
        const said = `${picture.name}.png, ${Math.round(bytes.length / 1000)} kB`;
        tap.check(`${said}, is small`, bytes.length <= sizeLimit);
    }
    const kept = path.join(root, 'docs/pictures');
    const names = pictures.map(({ name }) => `${name}.png`).sort();
    tap.equal('docs/pictures has these and no others', readdirSync(kept).sort(), names);
    for (const name of names) {
        const size = readFileSync(path.join(kept, name)).length;
        tap.check(`docs/pictures/${name} is small`, size <= sizeLimit, `${size} bytes`);
    }
    tap.none('no page misbehaved', browser.faults);
});
