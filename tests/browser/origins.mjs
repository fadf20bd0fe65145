// To where it was said first, in the language given: from the ledger to a count that others repeat,
// to one who repeats it and on to the original; from an institution to a case and its sentence; from
// an official to what is said of them; from a case to a date in it that cannot be. At 320 pixels and without anything that axe objects to.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Browser } from './chromium.mjs';
import { inspect } from './inspection.mjs';
import { choose, leave, logIn, statementHere, written } from './moves.mjs';
import { proof } from './tap.mjs';
import { Archive, Server } from './workspace.mjs';

const language = process.argv[2];
const number = 517;
const reports = [
    ['first', '2022-11-25', 'Rights Monitor', 'At least 517 protesters were killed in Iran since 17 September 2022.'],
    ['second', '2022-11-26', 'Daily Paper', 'At least 517 protesters were killed in Iran since 17 September 2022, according to Rights Monitor.'],
    ['third', '2022-11-27', 'Weekly', 'At least 517 protesters were killed in Iran since 17 September 2022, Rights Monitor said.'],
    ['trial', '2021-06-20', 'Daily Paper', 'Leila Karimi was tried by Branch 26 of the Revolutionary Court of Tehran, presided over by Judge Iman Afshari, on 13 June 2021.'],
    ['flagged', '2021-06-21', 'Weekly', 'Omid Rahimi was tried in Tehran on June 14, 1400.'],
];

function archiveOf(tap) {
    const archive = new Archive(tap);
    const files = reports.map(([title, date, source, text]) => {
        const file = path.join(tap.scratch, `${title}.txt`);
        writeFileSync(file, `DATE: ${date}\nSOURCE: ${source}\nTITLE: ${title}\nLANG: en\n\n${text}\n`);
        return file;
    });
    archive.run(['add', ...files]);
    archive.run(['review', '--accept', 'all', '--why', 'read beside the reports']);
    return archive;
}

// The sentence that the address names stands there, marked.
async function sentenceHere(tap, page, name, words) {
    tap.equal(name, await statementHere(page).count(), 1);
    const marked = (await page.locator('p.words mark').allInnerTexts()).join(' ');
    tap.check(`${name}: in its document`, marked.includes(words), marked);
}

async function follow(page, link) {
    const way = new URL(await link.getAttribute('href'), page.url());
    await Promise.all([page.waitForURL(way.href), link.click()]);
    await page.waitForLoadState('load');
}

async function fromLedgerToOriginal(tap, page) {
    await page.goto(new URL('/figures', page.url()).href);
    await follow(page, page.locator('main a[href^="/figures/"]').first());
    const repeats = page.locator('details.repeats').first();
    tap.check('who repeats a count is folded under it', (await repeats.innerText()).includes(written(2, language)));
    tap.none('axe finds nothing in the ledger', await inspect(page, 'ledger'));
    await repeats.locator('summary').click();
    await follow(page, repeats.locator('a').last());
    await sentenceHere(tap, page, 'a repeat is one click away', String(number));
    await statementHere(page).locator('details > summary').first().click();
    await follow(page, statementHere(page).locator('a[href^="/statements/"]').first());
    const others = page.locator('main h2 ~ ul').first().locator('li');
    tap.check('what others say stands beside it', (await others.count()) >= 1);
    tap.none('axe finds nothing there', await inspect(page, 'statement'));
    const ways = await others.locator('a[href^="/documents/"]').evaluateAll((all) => all.map((one) => one.href));
    const titles = [];
    for (const way of ways) {
        await page.goto(way);
        await sentenceHere(tap, page, 'and from there whoever else says it', String(number));
        titles.push((await page.locator('h1').innerText()).trim());
    }
    tap.check('the original among them', titles.includes('first'), titles.join());
}

async function fromInstitutionToSentence(tap, page) {
    await page.goto(new URL('/institutions', page.url()).href);
    await follow(page, page.locator('ol.entries a.title[href^="/institutions/"]').first());
    tap.none('axe finds nothing at an institution', await inspect(page, 'institution'));
    await follow(page, page.locator('a.title[href^="/person/"]').first());
    tap.check('an institution leads to a case', (await page.locator('h1').innerText()).includes('Leila Karimi'));
    await follow(page, page.locator('ol.entries a.title').first());
    await sentenceHere(tap, page, 'and the case to its sentence', 'Leila Karimi');
}

async function fromOfficialToStatement(tap, page) {
    await page.goto(new URL('/officials', page.url()).href);
    await follow(page, page.locator('ol.entries a.title[href^="/officials/"]').first());
    tap.none('axe finds nothing at an official', await inspect(page, 'official'));
    await follow(page, page.locator('main a[href^="/documents/"][href*="#"]').first());
    await sentenceHere(tap, page, 'an official leads to what is said of them', 'Afshari');
}

async function whatCannotBe(tap, page) {
    await page.goto(new URL('/people?kind=cases', page.url()).href);
    await follow(page, page.locator('a.title', { hasText: 'Omid Rahimi' }).first());
    const flagged = page.locator('article.case a', { hasText: 'June 14, 1400' });
    tap.equal('a case shows the date that cannot be as it is written', await flagged.count(), 1);
    tap.none('axe finds nothing there', await inspect(page, 'person'));
    await follow(page, flagged);
    await sentenceHere(tap, page, 'which leads to its sentence', 'Omid Rahimi');
}

await proof(async (tap) => {
    const server = await Server.start(tap, archiveOf(tap));
    const browser = await Browser.open(tap, server.origin);
    const { page } = browser;
    await logIn(browser, server);
    await choose(browser, { language, theme: 'light' });
    await fromLedgerToOriginal(tap, page);
    await fromInstitutionToSentence(tap, page);
    await fromOfficialToStatement(tap, page);
    await whatCannotBe(tap, page);
    tap.none('no page misbehaved', browser.faults);
});
