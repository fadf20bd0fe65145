// Without JavaScript everything that only shows is there, and deciding works by plain forms.

import { Browser } from './chromium.mjs';
import { becomes, choose, leave, logIn, openNumber, search, written } from './moves.mjs';
import { crawl, kindOf, kinds } from './pages.mjs';
import { proof } from './tap.mjs';
import { Archive, Reader, Server } from './workspace.mjs';

async function decide(tap, page, language) {
    const opened = await openNumber(page, written(527, language));
    const id = await opened.getAttribute('id');
    tap.check(`${language}: 527 leads to its statement`, (await opened.count()) === 1);
    const statement = page.locator(`li.statement[id="${id}"]`);
    const press = async (verdict, state) => {
        await leave(page, () => statement.locator(`button[value=${verdict}]`).click());
        await becomes(statement, state);
        tap.equal(`${language}: ${verdict}, and back at the statement`, new URL(page.url()).hash, `#${id}`);
    };
    await press('accept', 'accepted');
    await press('retract', 'proposed');
    await press('reject', 'rejected');
    await press('retract', 'proposed');

    await leave(page, () => statement.locator('a.edit-link').click());
    await page.fill('#edit-low', 'oops');
    await leave(page, () => page.locator('form.edit button[type=submit]').click());
    tap.check(`${language}: a bad edit is refused in its place`, (await page.locator('form.edit [role=alert]').count()) === 1);
    await page.fill('#edit-low', '533');
    await leave(page, () => page.locator('form.edit button[type=submit]').click());
    const edited = page.locator('li.statement.accepted', { hasText: written(533, language) });
    await edited.waitFor();
    tap.equal(`${language}: the edit is shown beside what it was made from`, new URL(page.url()).hash, `#${id}`);
    await leave(page, () => edited.locator('button[value=retract]').click());
    await becomes(statement, 'proposed');
    tap.check(`${language}: taken back, the edit no longer counts`, (await edited.count()) === 0);
}

await proof(async (tap) => {
    const archive = new Archive(tap).addExamples();
    const server = await Server.start(tap, archive);
    const browser = await Browser.open(tap, server.origin, { javaScriptEnabled: false });
    browser.expect(/status of 422/); // the edit that makes no sense
    const { page } = browser;
    await logIn(browser, server);
    for (const language of ['en', 'fa']) {
        await choose(browser, { language });
        const addresses = [...(await crawl(await Reader.of(browser, server), 1)).keys()];
        for (const kind of kinds) {
            const address = addresses.find((one) => kindOf(one) === kind);
            await page.goto(browser.origin + address);
            tap.check(`${language}: ${kind} shows something`, (await page.locator('main').innerText()).length > 60);
        }
        await search(page, 'رئوف');
        tap.check(`${language}: search finds Raouf`, (await page.locator('main').innerText()).includes('مهران رئوف'));
        await decide(tap, page, language);
    }
    const state = archive.rows('figures').map((row) => row.state);
    tap.check('all was taken back', state.every((word) => word !== 'accepted'), state.join(' '));
    tap.none('no page misbehaved', browser.faults);
});
