// The HTML of every page, in both languages, is what html-validate holds to be right.

import { complaints } from './validation.mjs';
import { crawl, kindOf, kinds, refusals, reviewedArchive } from './pages.mjs';
import { proof } from './tap.mjs';
import { Archive, Reader, Server } from './workspace.mjs';

const perKind = 24; // pages of a kind in each language: all documents of the examples
async function validateAll(tap, name, answers) {
    const found = [];
    for (const [address, answer] of answers) found.push(...(await complaints(address, answer.html)));
    tap.none(`${name}: ${answers.size} pages are valid HTML`, found);
}

async function searches(reader) {
    const token = await reader.formToken();
    const answers = new Map();
    for (const words of ['رئوف', 'Raouf', 'killed', '', 'zyzzyva', '"<b>&'])
        answers.set(`/search ${words}`, await reader.open('/search', { fields: { token, words } }));
    return answers;
}

async function validateArchive(tap, name, reader, language) {
    await reader.prefer({ language });
    const answers = await crawl(reader, perKind);
    const said = [...answers.values()].every(({ html }) => html.includes(`<html lang="${language}"`));
    tap.check(`${name}: every page says that it is in this language`, said);
    tap.none(
        `${name}: no link leads to nothing`,
        [...answers].filter(([, a]) => a.status !== 200).map(([where, a]) => `${a.status} ${where}`),
    );
    await validateAll(tap, name, answers);
    return answers;
}

await proof(async (tap) => {
    const broken = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p><div></p></body></html>';
    tap.check('invalid HTML is noticed', (await complaints('sample', broken)).length > 0);

    const reader = new Reader(await Server.start(tap, reviewedArchive(tap)));
    await reader.logIn();
    const empty = new Reader(await Server.start(tap, new Archive(tap, 'empty')));
    await empty.logIn();
    for (const language of ['en', 'fa']) {
        const answers = await validateArchive(tap, language, reader, language);
        const shown = new Set([...answers.keys()].map(kindOf));
        tap.none(
            `${language}: a page of every kind was reached by its links`,
            kinds.filter((kind) => !shown.has(kind)),
        );
        await validateAll(tap, `${language}, searches`, await searches(reader));
        const refused = await refusals(reader);
        tap.none(
            `${language}: what cannot be is refused`,
            [...refused].filter(([, a]) => a.status < 400).map(([where, a]) => `${a.status} ${where}`),
        );
        await validateAll(tap, `${language}, refusals`, refused);
        await validateArchive(tap, `${language}, empty archive`, empty, language);
    }
    const stranger = new Reader(reader.server);
    const turnedAway = new Map([['/ without a session', await stranger.ask('/')]]);
    tap.check('who has no session is turned away', turnedAway.get('/ without a session').status === 403);
    await validateAll(tap, 'turned away', turnedAway);
});
