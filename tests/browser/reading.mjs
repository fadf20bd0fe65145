// The reading view, in the language given, with JavaScript and without: what stands beside a sentence. A part
// under its whole and each leading to the other, sources, dates as written beside dates as understood,
// findings, and on request how each field was read.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Browser } from './chromium.mjs';
import { choose, leave, logIn } from './moves.mjs';
import { proof } from './tap.mjs';
import { Archive, Server } from './workspace.mjs';

const language = process.argv[2];
const picture = process.argv[3]; // a folder, to look at what was seen
const texts = {
    en: {
        name: 'reading.txt',
        text: [
            'DATE: 2022-11-25',
            '',
            'The Example Centre said on 14 November 2022 that at least 336 people, including 52 children, were killed since 16 September.',
            '',
            'The hearing was held on Sunday, 14 November 2022, and the last week of it was in secret.',
            '',
        ].join('\n'),
        whole: '336',
        part: '52',
        source: 'Example Centre',
        dates: [['14 November 2022', '14 November 2022'], ['16 September', '16 September 2022']],
        finding: 'is a Monday, not a Sunday',
        partOf: 'part of ≥ 336 people',
        ofThem: 'of them 52 children',
        rules: ['the number as it is written', 'part of the figure before'],
        reason: 'part of the figure before: "52"',
    },
    fa: {
        name: 'khandan.txt',
        text: [
            'DATE: 2022-11-25',
            '',
            'به گزارش کانون نمونه، دست‌کم ۳۳۶ نفر، از جمله ۵۲ کودک، از ۲۵ شهریور ۱۴۰۱ کشته شدند.',
            '',
            'دادگاه روز یکشنبه ۲۳ آبان ۱۴۰۱ برگزار شد.',
            '',
        ].join('\n'),
        whole: '۳۳۶',
        part: '۵۲',
        source: 'کانون نمونه',
        dates: [['۲۵ شهریور ۱۴۰۱', '۲۵ شهریور ۱۴۰۱'], ['یکشنبه ۲۳ آبان ۱۴۰۱', '۲۳ آبان ۱۴۰۱']],
        finding: 'دوشنبه',
        partOf: 'بخشی از دست‌کم ۳۳۶ نفر',
        ofThem: 'از این میان ۵۲ کودک',
        rules: ['شمار، چنان‌که نوشته شده است', 'بخشی از رقم پیشین'],
        reason: 'بخشی از رقم پیشین: ۵۲ با کشته‌شدن رویداد: دورهٔ شمارش، از ۲۵ شهریور ۱۴۰۱، درون آن است',
    },
}[language];

const flat = (text) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/\s+/g, ' ').trim();

async function openDocument(page) {
    await page.goto(new URL('/documents', page.url()).href);
    await leave(page, () => page.locator('main a[href^="/documents/"]').first().click());
}

async function seeBreakdown(tap, page, way) {
    const part = page.locator('li.statement.part').first();
    const whole = page.locator('li.statement', { hasText: texts.ofThem }).first();
    const said = flat(await part.innerText());
    tap.check(`${way}: a part says of what`, said.includes(texts.partOf), said);
    tap.check(`${way}: its whole names it`, (await whole.count()) === 1, flat(await page.locator('main').innerText()));
    tap.check(`${way}: the source stands beside it`, flat(await whole.innerText()).includes(texts.source));
    const inset = (locator) => locator.evaluate((e) => getComputedStyle(e).paddingInlineStart);
    tap.check(`${way}: the part is set in`, parseFloat(await inset(part)) > parseFloat(await inset(whole)));
    await part.locator('.breakdown a').click();
    tap.equal(`${way}: and leads to it`, new URL(page.url()).hash, `#${await whole.getAttribute('id')}`);
}

async function seeDates(tap, page, way) {
    const rows = await page.locator('.dates > div').evaluateAll((all) =>
        all.map((row) => [row.querySelector('dt').textContent, row.querySelector('dd').textContent]),
    );
    for (const [written, understood] of texts.dates)
        tap.check(
            `${way}: ${written} stands beside ${understood}`,
            rows.some(([left, right]) => flat(left) === written && flat(right) === understood),
            JSON.stringify(rows),
        );
    const doubts = flat(await page.locator('.findings').first().innerText());
    tap.check(`${way}: a wrong weekday is shown`, doubts.includes(texts.finding), doubts);
}

async function explain(tap, page, way) {
    const part = page.locator('li.statement.part').first();
    const id = await part.getAttribute('id');
    await part.locator('details.reasons > summary').click();
    const reason = flat(await part.locator('details.reasons').innerText());
    tap.check(`${way}: the reason is given`, reason.includes(texts.reason), reason);
    const asked = part.locator('details.reasons a[data-hx-get*="explain"]');
    if (way === 'script') await asked.click();
    else await leave(page, () => asked.click());
    const steps = page.locator(`li.statement[id="${id}"] dl.steps`);
    await steps.waitFor();
    const how = flat(await steps.innerText());
    for (const rule of texts.rules)
        tap.check(`${way}: a field was read so: ${rule}`, how.includes(rule), how);
    if (language === 'fa') {
        const own = await steps.evaluate((list) =>
            [...list.querySelectorAll('dt, dd')].map((e) => {
                const copy = e.cloneNode(true);
                for (const quoted of copy.querySelectorAll('q, code, bdi')) quoted.remove();
                return copy.textContent;
            }),
        );
        tap.equal(`${way}: no word of it is English`, own.filter((text) => /[A-Za-z]/.test(text)), []);
    }
}

await proof(async (tap) => {
    const archive = new Archive(tap);
    const file = path.join(tap.scratch, texts.name);
    writeFileSync(file, texts.text);
    archive.run(['add', file]);
    for (const way of ['script', 'no script']) {
        const server = await Server.start(tap, archive); // it lets one browser in
        const browser = await Browser.open(tap, server.origin, { javaScriptEnabled: way === 'script' });
        const { page } = browser;
        await logIn(browser, server);
        await choose(browser, { language, calendar: language === 'fa' ? 'jalali' : 'gregorian' });
        await openDocument(page);
        await seeBreakdown(tap, page, way);
        await seeDates(tap, page, way);
        await explain(tap, page, way);
        if (picture) await page.screenshot({ path: path.join(picture, `${language}-${way}.png`), fullPage: true });
        tap.none(`${way}: no page misbehaved`, browser.faults);
        await browser.close();
        await server.stop();
    }
});
