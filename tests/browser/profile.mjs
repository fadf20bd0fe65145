// After a whole session nothing of the record is in what the browser leaves on the disk: no word that
// was searched, no name, sentence, title, file name, hash or id. An ordinary window keeps that it was
// there: the printed address, which opens nothing any more, and the session's cookie, which opens
// nothing once serve has ended. A private window keeps not even that. A page that does everything
// wrong shows first that the scan would see it.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { Browser } from './chromium.mjs';
import { becomes, choose, leave, logIn, openNumber, search } from './moves.mjs';
import { countFiles, readings, scanProfile } from './profile_scan.mjs';
import { proof } from './tap.mjs';
import { Archive, exampleFiles, Reader, Server } from './workspace.mjs';

const leaks = {
    'a title': 'markerinatitle رئوف',
    'an address': 'markerinanaddress',
    'a cached page': 'markerinapage',
    'what was typed': 'markerinafield',
    'the storage of a page': 'markerinthestorage',
    'a lasting cookie': 'markerinacookie',
};

// A home folder of the browser's own, so that whatever it writes beside its profile is seen too.
function makeHome(tap, name) {
    const home = path.join(tap.scratch, name);
    mkdirSync(path.join(home, 'tmp'), { recursive: true });
    const env = { ...process.env, HOME: home, TMPDIR: path.join(home, 'tmp') };
    for (const kind of ['CONFIG', 'CACHE', 'DATA', 'STATE']) env[`XDG_${kind}_HOME`] = path.join(home, kind);
    return { home, options: { profile: path.join(name, 'profile'), env } };
}

async function leakEverything(tap) {
    const server = createServer((request, answer) => {
        answer.setHeader('content-type', 'text/html; charset=utf-8');
        answer.setHeader('cache-control', 'max-age=3600');
        answer.setHeader('content-encoding', 'gzip');
        answer.setHeader('set-cookie', `control=${leaks['a lasting cookie']}; max-age=3600`);
        answer.end(
            zlib.gzipSync(
                `<!doctype html><title>${leaks['a title']}</title><p>${leaks['a cached page']}
                <form><input name="q"></form>
                <script>localStorage.x = '${leaks['the storage of a page']}'</script>`,
            ),
        );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    tap.later(() => server.close());
    const origin = `http://127.0.0.1:${server.address().port}`;
    const { home, options } = makeHome(tap, 'careless');
    const browser = await Browser.open(tap, origin, options);
    await browser.page.goto(`${origin}/${leaks['an address']}`);
    await browser.page.fill('input', leaks['what was typed']);
    await Promise.all([browser.page.waitForNavigation(), browser.page.press('input', 'Enter')]);
    await browser.close();
    return home;
}

function block(key, value) {
    const entry = Buffer.from([0, key.length, value.length]);
    return Buffer.concat([entry, Buffer.from(key), value, Buffer.from([0, 0, 0, 0, 1, 0, 0, 0])]);
}

// A LevelDB table with one value, its bytes repeated by reference as snappy does.
function levelTable(value) {
    const data = block('k', value);
    const half = value.length;
    const packed = Buffer.concat([
        Buffer.from([data.length + half, (data.length - 1) << 2]),
        data,
        Buffer.from([((half - 1) << 2) | 2, half, 0]),
    ]);
    const index = block('k', Buffer.from([0, packed.length]));
    const footer = Buffer.alloc(48);
    footer.set([0, 0, packed.length + 5, index.length]);
    footer.set(Buffer.from('57fb808b247547db', 'hex'), 40);
    const [snappy, plain] = [Buffer.from([1, 0, 0, 0, 0]), Buffer.alloc(5)];
    return Buffer.concat([packed, snappy, index, plain, footer]);
}

async function proveTheScan(tap) {
    const home = await leakEverything(tap);
    for (const [where, word] of Object.entries(leaks))
        tap.check(`the scan sees ${where}`, scanProfile(home, [word]).length > 0);
    const folder = path.join(tap.scratch, 'samples');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'table.ldb'), levelTable(Buffer.from('level marker')));
    const opened = readings(levelTable(Buffer.from('level marker')));
    tap.check('the scan opens tables of LevelDB', opened.length === 2 && opened[1].includes('level marker'));
    writeFileSync(path.join(folder, 'utf16'), Buffer.from('رئوف', 'utf16le'));
    tap.equal('the scan reads UTF-16', scanProfile(folder, ['رئوف']), ['رئوف in utf16']);
    tap.equal('the scan does not see what is not there', scanProfile(folder, ['Raouf']), []);
}

// All that must not be found, by what it is.
function secrets(archive) {
    const documents = archive.rows('documents');
    const figures = archive.rows('figures');
    const people = archive.rows('people');
    const events = people.flatMap((person) => person.events);
    const long = (texts) => [...new Set(texts)].filter((text) => text && text.length > 5);
    return {
        'no searched word': ['Somayeh', 'سمیه', 'zarafshanquill', 'markeronlytyped'],
        'no word of an edit': ['markeredited', 'markerreason', 'markerwhoiswhom'],
        'no name': long(people.flatMap((person) => [person.name, ...person.spellings])).concat('رئوف', 'Raouf'),
        'no quote': long(figures.map((row) => row.quote)),
        'no source': long(figures.map((row) => row.source)),
        'no title': long(documents.map((row) => row.title)),
        'no publisher': long(documents.map((row) => row.publisher)),
        'no file name': exampleFiles().map((file) => path.basename(file)),
        'no hash of a document or text': documents.flatMap((row) =>
            [row.id, row.text, row.text_sha256].map((hash) => hash.slice(0, 16)),
        ),
        'no id of a statement': [...figures, ...events].map((row) => row.id.slice(0, 16)),
        'no name of the archive': [archive.folder],
    };
}

async function workThroughIt(browser, server) {
    const { page } = browser;
    await logIn(browser, server);
    for (const language of ['en', 'fa']) {
        await choose(browser, { language });
        for (const address of ['/documents', '/figures', '/people', '/matches', '/about', '/search', '/'])
            await page.goto(browser.origin + address);
        for (const words of ['Somayeh', 'سمیه', 'zarafshanquill', 'رئوف']) await search(page, words);
        await leave(page, () => page.locator('main a[href^="/documents/"]').first().click());
        await page.goBack();
        await page.goto(`${browser.origin}/people`);
        await page.locator('main input[type=search]').fill('Bahareh');
        await leave(page, () => page.locator('main input[type=search]').press('Enter'));
        await leave(page, () => page.locator('main a[href^="/documents/"]').first().click());
        await page.goBack();
        await page.goForward();
        await page.reload();
    }
    await choose(browser, { language: 'en' });
    const statement = await openNumber(page, '527');
    await page.keyboard.press('a');
    await becomes(statement, 'accepted');
    await page.keyboard.press('u');
    await becomes(statement, 'proposed');
    await page.keyboard.press('e');
    await page.locator('#edit-source').fill('markeredited');
    await page.locator('#edit-why').fill('markerreason');
    await page.locator('#edit-why').press('Enter');
    await page.locator('li.statement.accepted', { hasText: 'markeredited' }).waitFor();
    await page.keyboard.press('u'); // so that another session finds it as this one did
    await becomes(statement, 'proposed');
    await page.goto(`${browser.origin}/matches`);
    await leave(page, () => page.locator('ol.matches a.title').first().click());
    await page.keyboard.press('s');
    await page.keyboard.type('markerwhoiswhom');
    await leave(page, () => page.keyboard.press('Enter'));
    await leave(page, () => page.keyboard.press('u'));
    await page.locator('header input[type=search]').fill('markeronlytyped');
    await page.goto(`${browser.origin}/about`);
}

async function lookForSecrets(tap, archive, home, window) {
    for (const [what, words] of Object.entries(secrets(archive))) {
        tap.check(`${window}: ${what}: there are ${words.length} to look for`, words.length > 0);
        tap.none(`${window}: ${what} is on the disk`, scanProfile(home, words));
    }
}

// One session in a browser of its own; gives what would open it again.
async function session(tap, archive, window, moreArgs) {
    const server = await Server.start(tap, archive);
    const { home, options } = makeHome(tap, window.replaceAll(' ', '-'));
    const browser = await Browser.open(tap, server.origin, { ...options, moreArgs });
    await workThroughIt(browser, server);
    const cookies = await browser.context.cookies();
    await browser.close();
    tap.none(`${window}: no page misbehaved`, browser.faults);
    const count = countFiles(home);
    tap.check(`${window}: the browser left files to look through (${count})`, count > 20);
    await lookForSecrets(tap, archive, home, window);
    const key = new URL(server.address).searchParams.get('key');
    const kept = [...browser.cookies].filter((value) => value.length > 15);
    tap.check(`${window}: the session had a key and a cookie`, key.length > 15 && kept.length > 0);
    return { server, home, cookies, keys: [key, ...kept] };
}

await proof(async (tap) => {
    await proveTheScan(tap);
    const archive = new Archive(tap).addExamples();

    const hidden = await session(tap, archive, 'private window', ['--incognito']);
    tap.none('private window: no trace of a key, a cookie or an address', [
        ...scanProfile(hidden.home, [...hidden.keys, hidden.server.origin, new URL(hidden.server.origin).host]),
    ]);
    await hidden.server.stop();

    const shown = await session(tap, archive, 'ordinary window', []);
    const { origin } = shown.server;
    tap.check('ordinary window: that it was here is in its history', scanProfile(shown.home, [origin]).length > 0);
    const stranger = new Reader(shown.server);
    tap.equal('its history opens nothing', (await stranger.ask(shown.server.address)).status, 403);
    await shown.server.stop();
    const later = new Reader(await Server.start(tap, archive));
    later.take(shown.cookies);
    tap.equal('its cookies open nothing later', (await later.ask('/')).status, 403);
});
