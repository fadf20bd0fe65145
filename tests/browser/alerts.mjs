// What is urgent and what is expected, in the language given: from the overview to an alert, its case
// and the sentence; one kind alone; as of another day; the agenda, a day of many, and its file. At 320
// pixels and without anything that axe objects to.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Browser } from './chromium.mjs';
import { inspect } from './inspection.mjs';
import { choose, leave, logIn, statementHere } from './moves.mjs';
import { proof } from './tap.mjs';
import { Archive, Server } from './workspace.mjs';

const language = process.argv[2];
const report = `DATE: 2022-11-20
SOURCE: Human Rights Monitor
TITLE: Urgent cases
LANG: en

Reza Ahmadi began a hunger strike on 1 November 2022. Parisa Azadi has been denied medical care in Evin prison since 5 November 2022. Mina Rahimi's next hearing is on 29 November 2022. Kaveh Jalali was sentenced to death on 2 November 2022. Laleh Tavakoli was arrested on 20 August 2022.
`;
const given = ['Ali', 'Hossein', 'Reza', 'Babak', 'Omid', 'Kaveh'];
const family = ['Karimi', 'Moradi', 'Naseri', 'Sadeghi', 'Jalali', 'Rostami'];
const tried = given.flatMap((name) => family.map((other) => `${name} ${other}`)).slice(0, 30);
const hearings = `DATE: 2022-11-20
SOURCE: Human Rights Monitor
TITLE: Hearings
LANG: en

${tried.map((name) => `${name}'s next hearing is on 20 December 2022.`).join(' ')}
`;
const digits = (number) => (language === 'fa' ? String(number).replace(/\d/g, (d) => '۰۱۲۳۴۵۶۷۸۹'[d]) : String(number));
const rows = 'ol.alerts > li';

function urgentArchive(tap) {
    const archive = new Archive(tap);
    const file = path.join(tap.scratch, 'urgent.txt');
    const other = path.join(tap.scratch, 'hearings.txt');
    writeFileSync(file, report);
    writeFileSync(other, hearings);
    archive.run(['add', file, other]);
    archive.run(['review', '--accept', 'all', '--why', 'read beside the report']);
    return archive;
}

async function fromOverviewToSentence(tap, page) {
    const shown = page.locator('section[aria-labelledby=urgent]');
    tap.check('the overview shows who is urgent', (await shown.innerText()).includes('Kaveh Jalali'));
    await leave(page, () => shown.locator('a[href^="/alerts"]').click());
    tap.equal('each alert is listed', await page.locator(rows).count(), 4);
    tap.check('the most urgent first', (await page.locator(rows).first().innerText()).includes('Kaveh Jalali'));
    const strike = page.locator(rows, { hasText: 'Reza Ahmadi' });
    tap.check('on which day it is', (await strike.innerText()).includes(digits(20)), await strike.innerText());
    await leave(page, () => strike.locator('a.title').click());
    tap.check('its case opens', (await page.locator('h1').innerText()).includes('Reza Ahmadi'));
    await leave(page, () => page.locator('ol.entries a.title').first().click());
    const marked = await statementHere(page).count();
    tap.equal('and from there the sentence', marked, 1);
    tap.check('in its document', (await page.locator('p.words mark').allInnerTexts()).join(' ').includes('hunger strike'));
}

async function onAnotherDay(tap, page, origin) {
    await page.goto(`${origin}/alerts`);
    const choice = page.locator('ul.choices a[href*="alert=hunger_strike"]');
    await leave(page, () => choice.click());
    tap.equal('one kind alone', await page.locator(rows).count(), 1);
    await page.fill('#as-of', '2022-11-03');
    await leave(page, () => page.locator('form.ask button[type=submit]').click());
    tap.check('as of another day', (await page.locator(rows).innerText()).includes(digits(3)));
    tap.equal('of the same kind', await page.locator(rows).count(), 1);
    await page.fill('#as-of', '2022-10-01');
    await leave(page, () => page.locator('form.ask button[type=submit]').click());
    tap.equal('nothing before it began', await page.locator(rows).count(), 0);
    await page.fill('#as-of', 'some day');
    await leave(page, () => page.locator('form.ask button[type=submit]').click());
    tap.equal('no date is said to be none', await page.locator('#as-of').getAttribute('aria-invalid'), 'true');
}

async function aDayOfMany(tap, page, origin) {
    await page.goto(`${origin}/calendar?as-of=2022-11-20&from=2022-12-15`);
    const names = () => page.locator('section.expected a.title').allInnerTexts();
    const first = await names();
    tap.equal('a page has 25 items', first.length, 25);
    // one more on that day: of the hunger strike
    const left = page.locator('p.left a');
    tap.check('and says how many more the day may have', (await left.innerText()).includes(digits(tried.length + 1 - 25)), await left.innerText());
    await leave(page, () => left.click());
    const rest = await names();
    tap.equal('the next page has the others', [...first, ...rest].filter((name) => name !== 'Reza Ahmadi').sort().join(), [...tried].sort().join());
    tap.equal('and nothing is left', await left.count(), 0);
    await leave(page, () => page.locator('nav.turn a').first().click());
    tap.equal('back at the beginning', (await names()).join(), first.join());
}

async function theAgenda(tap, page, origin) {
    await page.goto(`${origin}/calendar?from=2022-11-20`);
    const days = page.locator('section.expected');
    const hearing = days.locator('li', { hasText: 'Mina Rahimi' });
    tap.equal('the hearing is in the agenda', await hearing.count(), 1);
    tap.equal('100 days after an arrest, too', await days.locator('li', { hasText: 'Laleh Tavakoli' }).count(), 1);
    tap.check('the person is one click away', (await hearing.locator('a.title').getAttribute('href')).startsWith('/person/'));
    tap.check('and so is the sentence', (await hearing.locator('.meta a').first().getAttribute('href')).startsWith('/documents/'));
    const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('form[action="/calendar/file"] button').click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8').replace(/\r\n[ \t]/g, '');
    tap.equal('it comes as a file', download.suggestedFilename(), 'govah.ics');
    tap.check('with the hearing', /BEGIN:VEVENT[^]*DTSTART;VALUE=DATE:20221129[^]*Mina Rahimi/.test(text), text.slice(0, 600));
    tap.check('and the day as of which it was asked', text.includes('DTSTAMP:20221120T000000Z'));
    await leave(page, () => page.locator('nav.turn a').last().click());
    tap.check('later days follow', new URL(page.url()).searchParams.has('from'));
}

await proof(async (tap) => {
    const server = await Server.start(tap, urgentArchive(tap));
    const browser = await Browser.open(tap, server.origin);
    const { page } = browser;
    browser.expect(/status of 422/);
    await logIn(browser, server);
    await choose(browser, { language, theme: 'light' });
    await page.goto(`${browser.origin}/`);
    await fromOverviewToSentence(tap, page);
    await onAnotherDay(tap, page, browser.origin);
    await theAgenda(tap, page, browser.origin);
    await aDayOfMany(tap, page, browser.origin);
    const found = [];
    for (const address of ['/', '/alerts', '/calendar', '/calendar?from=2022-12-15']) {
        await page.goto(browser.origin + address);
        found.push(...(await inspect(page, address, 'light')));
        if (process.env.PICTURES)
            await page.screenshot({ path: `${process.env.PICTURES}/${address.slice(1).replace(/\W/g, '-') || 'overview'}-${language}.png`, fullPage: true });
    }
    tap.none('nothing that axe objects to, wide and at 320 pixels', found);
    tap.none('no page misbehaved', browser.faults);
});
