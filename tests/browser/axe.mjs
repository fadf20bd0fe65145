// axe-core finds nothing on any kind of page: in both languages and directions, light and dark, wide
// and at 320 pixels, where nothing has to be scrolled sideways. The keyboard reaches everything that
// can be used, and shows where it is.

import { Browser } from './chromium.mjs';
import { crawl, kindOf, kinds, reviewedArchive } from './pages.mjs';
import { inspect, violations } from './inspection.mjs';
import { proof } from './tap.mjs';
import { choose, logIn, search } from './moves.mjs';
import { Archive, Reader, Server } from './workspace.mjs';

async function inspectAll(tap, browser, name, addresses, searchWords, theme) {
    const found = [];
    for (const address of addresses) {
        await browser.page.goto(browser.origin + address);
        found.push(...(await inspect(browser.page, kindOf(address), theme)));
    }
    for (const words of searchWords) {
        await search(browser.page, words);
        found.push(...(await inspect(browser.page, `search ${words}`, theme)));
    }
    tap.none(`${name}: ${addresses.length + searchWords.length} pages have nothing that axe objects to`, found);
}

// One address of each kind, of documents two; of what a query changes, the form for editing and
// the names of organisations.
function sample(addresses) {
    const seen = new Map();
    return addresses.filter((address) => {
        const kind = kindOf(address);
        const fitting = !kind.includes('?') || /\?(edit|kind)$/.test(kind);
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        return fitting && seen.get(kind) <= (kind === '/documents/{id}' ? 2 : 1);
    });
}

// What can be used on the page, and which of it Tab does not reach or shows nothing at.
async function keyboardGaps(page) {
    await page.evaluate(() => {
        const usable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
        const here = [...document.querySelectorAll(usable)].filter(
            (e) => !e.disabled && e.type !== 'hidden' && e.checkVisibility() && e.tabIndex >= 0,
        );
        window.unreached = new Set(here);
        window.unseen = new Set();
        window.steps = here.length + 8;
    });
    const steps = await page.evaluate(() => window.steps);
    for (let n = 0; n < steps; n += 1) {
        await page.keyboard.press('Tab');
        await page.evaluate(() => {
            const e = document.activeElement;
            window.unreached.delete(e);
            const style = getComputedStyle(e);
            const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            if (e !== document.body && !outlined && style.boxShadow === 'none') window.unseen.add(e);
        });
    }
    return page.evaluate(() => [
        ...[...window.unreached].map((e) => `not reached: ${e.outerHTML.slice(0, 120)}`),
        ...[...window.unseen].map((e) => `focus is not shown: ${e.outerHTML.slice(0, 120)}`),
    ]);
}

await proof(async (tap) => {
    const server = await Server.start(tap, reviewedArchive(tap));
    const browser = await Browser.open(tap, server.origin);
    const { page } = browser;
    await page.setContent('<html><body style="width:400px"><img src="data:,"><p style="color:#eee">x</p></body></html>');
    tap.check('axe objects to a bad page', (await violations(page)).length > 2);
    await logIn(browser, server);

    const reader = await Reader.of(browser, server);
    const addresses = sample([...(await crawl(reader, 6)).keys()]);
    tap.none(
        'there is a page of every kind',
        kinds.filter((kind) => !addresses.some((address) => kindOf(address) === kind)),
    );
    for (const language of ['en', 'fa']) {
        for (const theme of ['light', 'dark']) {
            await choose(browser, { language, theme });
            await inspectAll(tap, browser, `${language}, ${theme}`, addresses, ['رئوف', 'zyzzyva'], theme);
        }
        const html = page.locator('html');
        tap.equal(`${language}: the page says its language`, await html.getAttribute('lang'), language);
        tap.equal(
            `${language}: and its direction`,
            await html.evaluate((e) => getComputedStyle(e).direction),
            language === 'fa' ? 'rtl' : 'ltr',
        );
        for (const kind of ['/', '/documents/{id}', '/figures']) {
            await page.goto(browser.origin + addresses.find((address) => kindOf(address) === kind));
            tap.none(`${language}: the keyboard reaches all of ${kind}`, await keyboardGaps(page));
        }
    }

    const bare = await Server.start(tap, new Archive(tap, 'empty'));
    const other = await Browser.open(tap, bare.origin);
    await logIn(other, bare);
    for (const language of ['en', 'fa']) {
        await choose(other, { language, theme: 'light' });
        await inspectAll(tap, other, `${language}, empty archive`, ['/', '/documents', '/figures', '/people', '/alerts', '/calendar'], [], 'light');
    }
    tap.none('no page misbehaved', [...browser.faults, ...other.faults]);
});
