// How many nobody recorded, asked in the workspace: three papers that name the same people in part,
// in both languages, with script and without.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Browser } from './chromium.mjs';
import { inspect } from './inspection.mjs';
import { choose, leave, logIn, written } from './moves.mjs';
import { proof } from './tap.mjs';
import { complaints } from './validation.mjs';
import { Archive, Reader, Server } from './workspace.mjs';

const families = ['Norouzi', 'Mohammadi', 'Karimi', 'Hosseini', 'Rezaei', 'Ahmadi', 'Jafari', 'Moradi', 'Sharifi', 'Azizi'];
const papers = { Morning: [0, 8], Evening: [2, 10], Weekly: [1, 7] };

function addPapers(tap) {
    const archive = new Archive(tap);
    const files = Object.entries(papers).map(([name, [from, to]]) => {
        const file = path.join(tap.scratch, `${name}.txt`);
        const said = families.slice(from, to).map((family) => `Mehran ${family} was arrested on 3 May 2022.`);
        const head = `URL: https://example.org/${name}\nDATE: 2022-05-10\nTITLE: Arrests\nSOURCE: ${name} Paper\nLANG: en`;
        writeFileSync(file, `${head}\n\n${said.join(' ')}\n`);
        return file;
    });
    archive.run(['add', ...files]);
    return archive;
}

async function ask(page) {
    await page.goto(new URL('/estimate', page.url()).href);
    await page.locator('#event').selectOption('arrested');
    await page.locator('#since').fill('2022-05');
    await page.locator('#proposed').check();
    await leave(page, () => page.locator('form.question button[type=submit]').click());
}

async function walk(tap, browser, server, name) {
    const { page } = browser;
    for (const language of ['en', 'fa']) {
        await choose(browser, { language, theme: 'light' });
        await ask(page);
        const text = await page.locator('section.estimate').innerText();
        tap.check(`${name}, ${language}: who is documented is said`, text.includes(written(10, language)));
        tap.check(`${name}, ${language}: and how the table was judged`, await page.locator('.verdict').count() === 1);
        tap.check(`${name}, ${language}: what was asked does not stand in the address`, !page.url().includes('arrested'));
        const { html } = await (await Reader.of(browser, server)).open(new URL(page.url()).pathname + new URL(page.url()).search);
        tap.none(`${name}, ${language}: it is valid HTML`, await complaints('/estimate', html));
        if (name === 'with script') {
            tap.none(`${language}: axe does not object, and it fits into 320 pixels`, await inspect(page, 'estimate', 'light'));
            await choose(browser, { language, theme: 'dark' });
            await ask(page);
            tap.none(`${language}: nor in the dark`, await inspect(page, 'estimate', 'dark'));
        }
    }
    tap.none(`${name}: no page misbehaved`, browser.faults);
}

await proof(async (tap) => {
    const archive = addPapers(tap);
    for (const [name, javaScriptEnabled] of [['with script', true], ['without script', false]]) {
        const server = await Server.start(tap, archive);
        const browser = await Browser.open(tap, server.origin, { javaScriptEnabled });
        await logIn(browser, server);
        await walk(tap, browser, server, name);
    }
});
