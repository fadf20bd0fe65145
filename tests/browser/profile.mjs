// After a whole session nothing of the record is in what the browser leaves on the disk: no word that
// was searched, no name, sentence, title, file name, hash or id, and not the key to the session.
// A page that does everything wrong shows first that the scan would see it.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { Browser } from './chromium.mjs';
import { becomes, choose, logIn, openNumber, search } from './moves.mjs';
import { countFiles, readings, scanProfile } from './profile_scan.mjs';
import { proof } from './tap.mjs';
import { Archive, exampleFiles, Server } from './workspace.mjs';

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
function secrets(archive, server) {
    const documents = archive.rows('documents');
    const figures = archive.rows('figures');
    const people = archive.rows('people');
    const events = people.flatMap((person) => person.events);
    const long = (texts) => [...new Set(texts)].filter((text) => text && text.length > 5);
    return {
        'no searched word': ['Somayeh', 'سمیه', 'zarafshanquill', 'markeronlytyped'],
        'no word of an edit': ['markeredited'],
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
        'not the token of the printed address': server.address
            .replace(server.origin, '')
            .split(/[/?=&#]/)
            .filter((part) => part.length > 15),
        'not where the archive is': [archive.folder],
    };
}

async function workThroughIt(browser, server) {
    const { page } = browser;
    await logIn(browser, server);
    for (const language of ['en', 'fa']) {
        await choose(browser, { language });
        for (const address of ['/documents', '/figures', '/people', '/about', '/search', '/'])
            await page.goto(browser.origin + address);
        for (const words of ['Somayeh', 'سمیه', 'zarafshanquill', 'رئوف']) await search(page, words);
        await page.locator('main a[href^="/documents/"]').first().click();
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
    await page.locator('header input[type=search]').fill('markeronlytyped');
    await page.goto(`${browser.origin}/about`);
}

await proof(async (tap) => {
    await proveTheScan(tap);
    const archive = new Archive(tap).addExamples();
    const server = await Server.start(tap, archive);
    const { home, options } = makeHome(tap, 'careful');
    const browser = await Browser.open(tap, server.origin, options);
    await workThroughIt(browser, server);
    const cookies = await browser.context.cookies();
    await browser.close();
    tap.none('no page misbehaved', browser.faults);
    tap.check(`the browser left files to look through (${countFiles(home)})`, countFiles(home) > 20);
    tap.check('that it was here is in its history', scanProfile(home, [`${server.origin}/documents`]).length > 0);
    for (const [what, words] of Object.entries(secrets(archive, server))) {
        tap.check(`${what}: there are words to look for`, words.length > 0);
        tap.none(`${what} is on the disk`, scanProfile(home, words));
    }
    const kept = cookies.filter((cookie) => cookie.value.length > 15).map((cookie) => cookie.value);
    tap.check('the session has a cookie', kept.length > 0);
    tap.none('no cookie of the session is on the disk', scanProfile(home, kept));
});
