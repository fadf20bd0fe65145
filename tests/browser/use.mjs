// A day's work in the workspace, in the language given: find 527, go to its sentence, decide by the
// keyboard, take it back, find a person by the name's other spelling, choose how things are shown.

import { spawnSync } from 'node:child_process';
import { Browser } from './chromium.mjs';
import { becomes, choose, leave, logIn, openNumber, search, written } from './moves.mjs';
import { proof } from './tap.mjs';
import { Archive, Server } from './workspace.mjs';

const language = process.argv[2];
const says = {
    en: { accepted: '● accepted', proposed: '○ proposed', rejected: '× rejected' },
    fa: { accepted: '● پذیرفته', proposed: '○ پیشنهاد', rejected: '× رد' },
}[language];
const sentences = ['at least 527 people killed', 'At least 527 people have been killed'];
const verdict = 'ده سال و هشت ماه زندان برای ناهید تقوی و مهران رئوف';

// What the record itself says of those, asked of the program beside the workspace.
function recorded(archive) {
    return archive
        .rows('figures')
        .filter((row) => sentences.includes(row.quote))
        .map((row) => `${row.state} ${row.low}`)
        .sort();
}

async function inView(locator) {
    return locator.evaluate((element) => {
        const box = element.getBoundingClientRect();
        return box.height > 0 && box.top >= 0 && box.bottom <= window.innerHeight;
    });
}

async function findTheSentence(tap, page) {
    await page.goto(new URL('/', page.url()).href);
    const number = written(527, language);
    const latest = written(529, language);
    tap.check('the overview shows the latest count', (await page.locator('main').innerText()).includes(latest));
    const statement = await openNumber(page, number);
    tap.check('a click on 527 leads to its statement', (await statement.count()) === 1);
    const words = page.locator('.passage', { has: statement }).locator('p.words');
    const mark = words.locator('mark', { hasText: '527' });
    const marked = (await words.locator('mark').allInnerTexts()).join('');
    tap.check('its words are marked in the sentence', sentences.some((one) => marked.includes(one)), marked);
    tap.check('the mark is in view', await inView(mark));
    tap.check('the statement is in view', await inView(statement));
    const style = await mark.evaluate((e) => getComputedStyle(e).borderBlockEndStyle);
    tap.check('a proposal is marked hollow', style === 'dotted', style);
    return statement;
}

async function decideByKeyboard(tap, page, archive, statement) {
    const press = async (key, state) => {
        await page.keyboard.press(key);
        const text = await becomes(statement, state);
        tap.check(`${key} shows it as ${says[state]}`, text.replace(/\s+/g, ' ').startsWith(says[state]), text);
    };
    const place = () => statement.evaluate((e) => Math.round(e.getBoundingClientRect().top + window.scrollY));
    const before = await place();
    await press('a', 'accepted');
    tap.check('nothing moved under the hand', (await place()) === before);
    tap.equal('it is in the record', recorded(archive), ['accepted 527', 'proposed 527']);
    tap.check('who decided is said', (await statement.innerText()).includes('Mina'));
    await press('u', 'proposed');
    tap.equal('it is out of it again', recorded(archive), ['proposed 527', 'proposed 527']);
    await press('r', 'rejected');
    await press('u', 'proposed');
    await page.reload();
    tap.check('after a reload it stands as it stood', (await becomes(statement, 'proposed')).length > 0);
}

async function editByKeyboard(tap, page, archive, statement) {
    const passage = page.locator('.passage', { has: page.locator(`[id="${await statement.getAttribute('id')}"]`) });
    await page.keyboard.press('e');
    const low = page.locator('#edit-low');
    await low.waitFor();
    tap.check('e puts the focus into the form', await page.evaluate(() => Boolean(document.activeElement.form)));
    await low.fill('oops');
    await low.press('Enter');
    await page.locator('form.edit [role=alert]').waitFor();
    tap.check('what makes no sense is not kept, and stays', (await low.inputValue()) === 'oops');
    await low.fill(written(531, language));
    await low.press('Enter');
    const edited = page.locator('li.statement.accepted', { hasText: written(531, language) });
    await edited.waitFor();
    tap.check('the edit is accepted', (await edited.count()) === 1);
    tap.equal('the record holds the edit', recorded(archive), ['accepted 531', 'proposed 527']);
    await page.keyboard.press('u');
    await edited.waitFor({ state: 'detached' });
    tap.check('u takes the edit back', (await passage.locator('li.statement.proposed').count()) > 0);
    tap.equal('and the record is as it was', recorded(archive), ['proposed 527', 'proposed 527']);
}

async function acceptASentence(tap, page) {
    const passage = page.locator('.passage', { has: page.locator('.for-all') }).first();
    const ids = await passage.locator('li.statement.proposed').evaluateAll((all) => all.map((e) => e.id));
    await passage.locator('li.statement.proposed').first().focus();
    await page.keyboard.press('A');
    for (const id of ids) await page.locator(`li.statement.accepted[id="${id}"]`).waitFor();
    tap.check(`A accepts all ${ids.length} of a sentence`, ids.length > 1);
}

async function moveByKeyboard(tap, page) {
    const here = () => page.evaluate(() => document.activeElement.closest('li.statement')?.id ?? '');
    const first = await here();
    await page.keyboard.press('j');
    const second = await here();
    tap.check('j goes to the next statement', second !== '' && second !== first);
    await page.keyboard.press('k');
    tap.check('k goes back', (await here()) === first);
    await page.keyboard.press('?');
    const help = page.locator('#keys[open]');
    tap.check('? explains the keys', (await help.count()) === 1);
    await page.keyboard.press('?');
    tap.check('? puts that away', (await help.count()) === 0);
}

async function findThePerson(tap, page) {
    for (const words of ['رئوف', 'Raouf']) {
        await search(page, words);
        const text = await page.locator('main').innerText();
        tap.check(`${words} finds Raouf's document`, text.includes(verdict));
        tap.check(`${words} is not in the address`, !page.url().includes(encodeURIComponent(words)));
        tap.check('nor in the title', !(await page.title()).includes(words));
    }
    await leave(page, () => page.locator('main a', { hasText: verdict }).first().click());
    tap.check('and leads to it', (await page.locator('main').innerText()).includes('مهران رئوف'));
    await page.goto(new URL('/people', page.url()).href);
    tap.check('the people include Raouf', (await page.locator('main').innerText()).includes('Mehran Raouf'));
}

async function seeTheChart(tap, browser) {
    const { page } = browser;
    await page.goto(`${browser.origin}/figures`);
    if (!(await page.locator('canvas').count()))
        await leave(page, () => page.locator('main a[href^="/figures/"]').first().click());
    await page.locator('canvas').first().waitFor();
    const drawn = await page.locator('canvas').first().evaluate((canvas) => {
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels.filter((value, at) => at % 4 === 3 && value > 0).length;
    });
    tap.check('the chart is drawn', drawn > 500, `${drawn} pixels`);
    tap.check('a table says the same', (await page.locator('main table').count()) > 0);
}

async function chooseHowItLooks(tap, browser) {
    const { page } = browser;
    await page.goto(`${browser.origin}/documents`);
    const dates = () => page.locator('.date').allInnerTexts();
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await choose(browser, { calendar: 'gregorian', theme: 'light' });
    const before = { dates: await dates(), ground: await ground() };
    await choose(browser, { calendar: 'jalali', theme: 'dark' });
    tap.check('the calendar changes the dates', String(await dates()) !== String(before.dates));
    tap.check('dark changes the ground', (await ground()) !== before.ground);
    tap.equal('the page stayed where it was', new URL(page.url()).pathname, '/documents');
    const other = language === 'en' ? 'fa' : 'en';
    await choose(browser, { language: other });
    tap.equal('the language changes', await page.locator('html').getAttribute('lang'), other);
    await choose(browser, { language, theme: 'light' });
}

async function printIt(tap, page) {
    await openNumber(page, written(527, language));
    const navigation = await page.locator('nav').first().innerText();
    await page.emulateMedia({ media: 'print' });
    tap.check('print has no navigation', !(await page.locator('nav').first().isVisible()));
    tap.check('print has no buttons', !(await page.locator('main button').first().isVisible()));
    const paper = await page.pdf({ format: 'A4' });
    await page.emulateMedia({ media: null });
    const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: paper, encoding: 'utf8' });
    const flat = (text) => text.replace(/\s+/g, ' ');
    const printed = flat(read.stdout);
    const there = sentences.some((one) => printed.includes(one));
    tap.check('the paper has the sentence', there, printed.slice(0, 400));
    tap.check('and its value', printed.includes(written(527, language)));
    const last = navigation.trim().split('\n').at(-1);
    tap.check(`and no way to "${last}"`, last.length > 2 && !printed.includes(last));
}

await proof(async (tap) => {
    const archive = new Archive(tap).addExamples();
    const server = await Server.start(tap, archive);
    const browser = await Browser.open(tap, server.origin);
    browser.expect(/status of 422/); // the edit that makes no sense
    const { page } = browser;
    await logIn(browser, server);
    tap.check('no token stands in the address', page.url() === `${server.origin}/`, page.url());
    await choose(browser, { language });
    tap.equal('the language is set', await page.locator('html').getAttribute('lang'), language);
    const statement = await findTheSentence(tap, page);
    await decideByKeyboard(tap, page, archive, statement);
    await editByKeyboard(tap, page, archive, statement);
    await moveByKeyboard(tap, page);
    await acceptASentence(tap, page);
    await findThePerson(tap, page);
    await seeTheChart(tap, browser);
    await chooseHowItLooks(tap, browser);
    await printIt(tap, page);
    tap.none('no page misbehaved, and none asked for anything elsewhere', browser.faults);

    const again = await Browser.open(tap, server.origin);
    again.expect(/status of 403/);
    await again.page.goto(server.address);
    tap.check('the printed address works once', (await again.page.locator('a, form').count()) === 0);
});
