// Who is whom, in the language given: two spellings are decided to be one person by a key and a
// reason, stand in one row of the list of people, and in two again after one key; different and later
// work too. Then the same without a script.

import { Browser } from './chromium.mjs';
import { choose, leave, logIn } from './moves.mjs';
import { proof } from './tap.mjs';
import { Archive, Server } from './workspace.mjs';

const language = process.argv[2];
const names = ['Mehran Raouf', 'Mehran Raoof'];
const reason = 'Both stood before branch 26 on the same days.';

// The pairs that nobody decided, as the program sees them beside the workspace.
function proposed(archive) {
    return archive.rows('match').map((row) => [row.left.name, row.right.name].sort().join(' = '));
}

async function openPair(page, names) {
    await page.goto(new URL('/matches', page.url()).href);
    let link = page.locator('ol.matches a.title');
    for (const name of names) link = link.filter({ hasText: name });
    await leave(page, () => link.first().click());
}

async function sidesOf(page) {
    return page.locator('.pair h2').allInnerTexts();
}

// The rows of the list of people in which any of the names stands.
async function rowsWith(page, names) {
    await page.goto(new URL('/people', page.url()).href);
    const rows = await page.locator('ol.people > li').evaluateAll((all) =>
        all.map((row) => {
            const own = row.cloneNode(true);
            own.querySelector('.probable')?.remove();
            return own.textContent;
        }),
    );
    return rows.filter((text) => names.some((name) => text.includes(name)));
}

async function seeThePair(tap, page) {
    await openPair(page, names);
    tap.equal('both mentions stand beside each other', (await sidesOf(page)).sort(), [...names].sort());
    const marked = await page.locator('.one blockquote mark.named').allInnerTexts();
    tap.check('where they are named is marked', marked.some((text) => text.includes('Raou')) && marked.some((text) => text.includes('Raoo')), marked.join(' | '));
    const boxes = await page.locator('.one').evaluateAll((all) => all.map((e) => e.getBoundingClientRect().top));
    tap.check('side by side', boxes.length === 2 && Math.abs(boxes[0] - boxes[1]) < 2, boxes.join(' '));
    const reasons = await page.locator('table.weights tbody tr').allInnerTexts();
    tap.check('the reasons have both values as they are written', reasons.some((text) => text.includes('Raouf') && text.includes('Raoof')), reasons.join(' | '));
    tap.check('the case they would have is there', (await page.locator('table.joined tbody tr').count()) > 2);
    tap.check('what is proposed is hollow', (await page.locator('.standfirst .state.proposed').innerText()).startsWith('○'));
    await page.keyboard.press('?');
    tap.check('? shows the keys', await page.locator('#keys').evaluate((e) => e.open));
    await page.keyboard.press('?');
}

async function decideSame(tap, page, archive) {
    const before = proposed(archive).length;
    const here = page.url();
    await page.keyboard.press('s');
    tap.equal('s asks for the reason', await page.evaluate(() => document.activeElement.id), 'why');
    tap.check('and says so', (await page.locator('#asked').innerText()).length > 10);
    await page.keyboard.press('Enter');
    tap.equal('without a reason nothing is sent', page.url(), here);
    await page.locator('#why').fill('');
    await page.keyboard.type(reason);
    await leave(page, () => page.keyboard.press('Enter'));
    tap.check('Enter keeps it and leads to the next pair', page.url() !== here && (await page.locator('.standfirst .state.proposed').count()) === 1);
    const done = await page.locator('.done').innerText();
    tap.check('what was decided is said', names.every((name) => done.includes(name)), done);
    tap.check('no name stands in the address', !/Raou?o?f/.test(decodeURIComponent(page.url())), page.url());
    tap.check('it is in the record', proposed(archive).length < before, proposed(archive).join('\n'));
    const rows = await rowsWith(page, names);
    tap.equal('the two are one row of the people', rows.length, 1);
    tap.check('with both spellings', names.every((name) => rows[0].includes(name)), rows[0]);
}

async function undo(tap, page, archive) {
    await page.goBack();
    await page.locator('.done').waitFor();
    await leave(page, () => page.keyboard.press('u'));
    tap.equal('u leads back to the pair', (await sidesOf(page)).sort(), [...names].sort());
    tap.check('which waits again', (await page.locator('form.settle').count()) === 1);
    tap.check('in the record too', proposed(archive).includes([...names].sort().join(' = ')));
    tap.equal('the people are two rows again', (await rowsWith(page, names)).length, 2);
}

async function decideDifferent(tap, page, archive) {
    await openPair(page, names);
    await page.keyboard.press('d');
    await page.keyboard.type('another age');
    await leave(page, () => page.keyboard.press('Enter'));
    tap.check('different is kept', !proposed(archive).includes([...names].sort().join(' = ')));
    await page.goto(new URL('/matches?kind=decided', page.url()).href);
    const row = page.locator('ol.matches > li', { hasText: names[0] });
    tap.check('it stands among what was decided, with its reason', (await row.innerText()).includes('another age'));
    tap.check('crossed out', (await row.locator('.state.rejected').count()) === 1);
    await leave(page, () => row.locator('a.title').click());
    tap.check('its page has a way back', (await page.locator('button[value=retract]').count()) === 1);
    tap.check('and no way to decide it twice', (await page.locator('#why').count()) === 0);
    await leave(page, () => page.locator('button[value=retract]').click());
    tap.check('which works', proposed(archive).includes([...names].sort().join(' = ')));
}

async function later(tap, page, archive) {
    await openPair(page, names);
    const before = proposed(archive);
    const sides = await sidesOf(page);
    await leave(page, () => page.keyboard.press('l'));
    tap.check('l leads to another pair', String(await sidesOf(page)) !== String(sides));
    tap.equal('and decides nothing', proposed(archive), before);
}

async function pointAtTheProbable(tap, page) {
    await page.goto(new URL('/people', page.url()).href);
    const row = page.locator('ol.people > li', { has: page.locator('a.title', { hasText: names[0] }) });
    const probable = row.locator('.probable');
    tap.check('a row points at whom it probably also is', (await probable.innerText()).includes('○'));
    await leave(page, () => probable.locator('a').first().click());
    tap.check('and leads to the pair', (await sidesOf(page)).some((name) => names.includes(name)));
    await page.goto(new URL('/', page.url()).href);
    tap.check('the overview leads to the pairs that wait', (await page.locator('main a[href="/matches"]').count()) === 1);
}

// Every button without a script.
async function decideByForms(tap, page, archive) {
    await openPair(page, names);
    await page.locator('#why').fill(' ');
    await leave(page, () => page.locator('form.settle button[value=same]').click());
    tap.check('without a script a blank reason is asked for', (await page.locator('.settle [role=alert]').count()) === 1);
    await page.locator('#why').fill(reason);
    await leave(page, () => page.locator('form.settle button[value=same]').click());
    tap.equal('a reason decides', (await rowsWith(page, names)).length, 1);
    await page.goBack();
    await leave(page, () => page.locator('.done button[value=retract]').click());
    tap.equal('and the button takes it back', (await rowsWith(page, names)).length, 2);
    tap.check('for good', proposed(archive).includes([...names].sort().join(' = ')));
}

await proof(async (tap) => {
    const archive = new Archive(tap).addExamples();
    const server = await Server.start(tap, archive);
    const browser = await Browser.open(tap, server.origin);
    const { page } = browser;
    await logIn(browser, server);
    await choose(browser, { language });
    await seeThePair(tap, page);
    await decideSame(tap, page, archive);
    await undo(tap, page, archive);
    await decideDifferent(tap, page, archive);
    await later(tap, page, archive);
    await pointAtTheProbable(tap, page);
    tap.none('no page misbehaved', browser.faults);

    const again = await Server.start(tap, archive);
    const plain = await Browser.open(tap, again.origin, { javaScriptEnabled: false });
    await logIn(plain, again);
    await choose(plain, { language });
    await decideByForms(tap, plain.page, archive);
    tap.none('nor did one without a script', plain.faults);
});
