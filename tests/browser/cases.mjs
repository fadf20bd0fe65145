// People by what they are, in the language given: the counts are those of the command, as of another
// day too; a question is kept and asked again; a statement is disputed and that is taken back; from
// an audit to a person. axe finds nothing, and nothing is wider than 320 pixels.

import { Browser } from './chromium.mjs';
import { inspect } from './inspection.mjs';
import { choose, leave, logIn } from './moves.mjs';
import { proof } from './tap.mjs';
import { Archive, Server } from './workspace.mjs';

const language = process.argv[2];
const days = ['2022-11-24', '2021-08-10'];

// What the command counts: "state detained" to its number and to that of everybody else who fits.
function counted(archive, ...asked) {
    return archive
        .rows('people', '--facets', ...asked)
        .map((row) => `${row.facet}: ${row.people} of ${row.of}`)
        .sort();
}

async function shown(page) {
    return page.locator('.facet').evaluateAll((facets) =>
        facets
            .flatMap((facet) => {
                const of = facet.querySelector('summary data').value;
                return [...facet.querySelectorAll('li data')].map((d) => `${facet.id}: ${d.value} of ${of}`);
            })
            .sort(),
    );
}

async function sum(page) {
    return page.locator('#sum data').evaluateAll((all) => all.map((one) => Number(one.value)));
}

async function compare(tap, page, archive, name, ...asked) {
    const here = await shown(page);
    const there = counted(archive, ...asked);
    tap.check(`${name}: the page counts what the command counts`, here.join() === there.join(), `${here}\n${there}`);
    const [fit] = await sum(page);
    const rows = archive.rows('people', ...asked).length;
    tap.check(`${name}: and lists as many`, fit === rows, `${fit} ${rows}`);
}

async function onAnotherDay(tap, page, archive) {
    for (const day of days) {
        await page.locator('#as-of').fill(day);
        await leave(page, () => page.locator('#as-of').press('Enter'));
        await compare(tap, page, archive, day, '--as-of', day);
    }
    await page.locator('#as-of').fill('soon');
    await leave(page, () => page.locator('#as-of').press('Enter'));
    tap.check('what is no day is said', (await page.locator('#as-of[aria-invalid=true]').count()) === 1);
    await page.goBack();
}

async function facetByFacet(tap, page, archive) {
    const day = days.at(-1);
    const held = page.locator('#state li').first();
    const number = Number(await held.locator('data').getAttribute('value'));
    await leave(page, () => held.locator('a').click());
    await compare(tap, page, archive, 'held', '--as-of', day, '--state', 'held');
    tap.check('as many as stood beside it', (await sum(page))[0] === number);
    const address = page.url();
    await page.locator('#place summary').click();
    const place = page.locator('#place li a').first();
    const words = await place.innerText();
    await leave(page, () => place.click());
    await compare(tap, page, archive, words, '--as-of', day, '--state', 'held', '--place', words);
    tap.check('what documents write stands in no address', !decodeURIComponent(page.url()).includes(words), page.url());
    await leave(page, () => page.locator('.chips .off').last().click());
    tap.check('what was asked is taken away again', page.url() === address, page.url());
    const name = await page.locator('.people .title').first().innerText();
    await page.locator('#name').fill(name);
    await leave(page, () => page.locator('#name').press('Enter'));
    tap.check('a part of a name is asked for', (await page.locator('.people .title').first().innerText()) === name);
    tap.check('and stands in no address', !decodeURIComponent(page.url()).includes(name), page.url());
    await page.goto(address);
}

async function keepAndForget(tap, page, archive) {
    const before = await sum(page);
    await page.locator('#list-name').fill('Who is held');
    await leave(page, () => page.locator('#list-name').press('Enter'));
    tap.check('a question is kept', archive.rows('people', '--lists').some((one) => one.name === 'Who is held'));
    await page.goto(new URL('/people?kind=cases', page.url()).href);
    await leave(page, () => page.locator('.lists a', { hasText: 'Who is held' }).click());
    tap.check('and asked again', (await sum(page)).join() === before.join());
    await page.locator('#list-name').fill('who IS held');
    await leave(page, () => page.locator('#list-name').press('Enter'));
    tap.check('a name is given once', (await page.locator('[role=alert]').count()) === 1);
    await page.goBack();
    await leave(page, () => page.locator('.lists li button').first().click());
    tap.check('it is forgotten', archive.rows('people', '--lists').length === 0);
}

async function weigh(tap, page, archive) {
    const [{ id }] = archive.rows('figures');
    await page.goto(new URL('/', page.url()).href);
    await leave(page, () => page.locator('main a.value').first().click());
    const way = await page.locator('.statement a[href^="/statements/"]').first().getAttribute('href');
    await page.goto(new URL(way, page.url()).href);
    const card = page.locator('.statement.alone');
    await leave(page, () => page.locator('button[value=disputed]').click());
    tap.check('without a reason nothing is decided', (await page.locator('[role=alert]').count()) === 1);
    await page.goBack();
    await page.locator('#weigh-why').fill('counted twice');
    await leave(page, () => page.locator('button[value=disputed]').click());
    tap.check('a disputed statement is hatched', (await card.getAttribute('class')).includes('disputed'));
    tap.check('and says by whom', (await page.locator('main').innerText()).includes('counted twice'));
    tap.none('axe finds nothing there', await inspect(page, 'statement'));
    await leave(page, () => page.locator('button[value=unweighed]').click());
    tap.check('that is taken back', (await card.getAttribute('class')).includes('proposed'));
    tap.check('all of which verifies', archive.run(['verify']).includes('holds'), id);
}

async function fromAuditToPerson(tap, page) {
    await page.goto(new URL('/audits', page.url()).href);
    await leave(page, () => page.locator('.entries .title').first().click());
    tap.check('the announced number is drawn beside the record', (await page.locator('table.audit .bar').count()) > 3);
    await page.locator('#as-of').fill('2021-01-01');
    await leave(page, () => page.locator('#as-of').press('Enter'));
    tap.check('as of another day', page.url().includes('as-of=2021-01-01'));
    tap.none('axe finds nothing there', await inspect(page, 'audit'));
    const person = page.locator('.entries .title').first();
    const name = await person.innerText();
    const way = new URL(await person.getAttribute('href'), page.url()).href;
    await Promise.all([page.waitForURL(way), person.click()]);
    const heading = await page.locator('h1').innerText();
    tap.check('an audit leads to the person', heading === name, `${heading} ${name}`);
    tap.none('axe finds nothing there', await inspect(page, 'person'));
}

async function lookAtOthers(tap, page) {
    for (const path of ['/people?kind=organisations', '/audits']) {
        await page.goto(new URL(path, page.url()).href);
        tap.none(`${path}: axe finds nothing`, await inspect(page, path));
    }
}

await proof(async (tap) => {
    const archive = new Archive(tap).addExamples();
    const server = await Server.start(tap, archive);
    const browser = await Browser.open(tap, server.origin);
    const { page } = browser;
    await logIn(browser, server);
    await choose(browser, { language });
    await page.goto(`${browser.origin}/people`);
    await leave(page, () => page.locator('.choices a[href="/people?kind=cases"]').click());
    await onAnotherDay(tap, page, archive);
    await facetByFacet(tap, page, archive);
    tap.none('axe finds nothing', await inspect(page, 'cases'));
    await keepAndForget(tap, page, archive);
    await weigh(tap, page, archive);
    await fromAuditToPerson(tap, page);
    await lookAtOthers(tap, page);
});
