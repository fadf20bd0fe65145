// Every kind of page, and how to come to one of each.

import { Archive } from './workspace.mjs';

// "/documents/{id}" for the address of any document, "/documents/{id}?edit" with that field.
export function kindOf(address) {
    const [path, fields] = address.replace(/#.*/, '').split('?');
    const names = [...new URLSearchParams(fields ?? '').keys()].sort().join('&');
    return path.replace(/[0-9a-f]{32}/g, '{id}') + (names && `?${names}`);
}

function linksOf(html) {
    const decoded = (text) => text.replaceAll('&amp;', '&');
    const found = [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].map(([, href]) => decoded(href));
    return found.filter((href) => href.startsWith('/')).map((href) => href.replace(/#.*/, ''));
}

// Follows every link from the overview on: a map from address to answer. Of each kind of page at
// most `perKind` are opened.
export async function crawl(reader, perKind) {
    const answers = new Map();
    const counts = new Map();
    const waiting = ['/'];
    for (const address of waiting) {
        const kind = kindOf(address);
        if (answers.has(address) || (counts.get(kind) ?? 0) >= perKind) continue;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        const answer = await reader.open(address);
        answers.set(address, answer);
        waiting.push(...linksOf(answer.html));
    }
    return answers;
}

export const kinds = [
    '/',
    '/documents',
    '/documents/{id}',
    '/statements/{id}',
    '/figures',
    '/figures/{id}',
    '/search',
    '/people',
    '/alerts',
    '/calendar',
    '/matches',
    '/matches/{id}',
    '/person/{id}',
    '/institutions',
    '/institutions/{id}',
    '/officials',
    '/officials/{id}',
    '/estimate',
    '/about',
];

// The examples, some statements of which are accepted, some rejected and the most proposed.
export function reviewedArchive(tap) {
    const archive = new Archive(tap).addExamples();
    const ids = archive.rows('figures').map((row) => row.id);
    const some = (from, step) => ids.filter((_, at) => at % step === from);
    archive.run(['review', '--accept', ...some(0, 4), '--why', 'read beside the report']);
    archive.run(['review', '--reject', ...some(1, 9).filter((id) => !some(0, 4).includes(id))]);
    decidePairs(archive);
    return archive;
}

// The likeliest pair of people is decided to be one person, the second not to be.
function decidePairs(archive) {
    const [first, second] = archive.rows('match');
    archive.run(['match', '--same', first.left.id, first.right.id, '--why', 'read beside each other']);
    archive.run(['match', '--different', second.left.id, second.right.id, '--why', 'namesakes']);
}

// Answers that refuse, as a reader who is logged in gets them.
export async function refusals(reader) {
    const nowhere = 'f'.repeat(32);
    const token = await reader.formToken();
    return new Map(
        await Promise.all(
            [
                ['/nowhere', {}],
                [`/documents/${nowhere}`, {}],
                ['/documents/not-an-address', {}],
                [`/statements/${nowhere}`, {}],
                [`/person/${nowhere}`, {}],
                [`/figures/${nowhere}`, {}],
                [`/matches/${nowhere}`, {}],
                ['/matches/decide', { fields: { verdict: 'same' } }],
                ['/matches/decide', { fields: { token, verdict: 'same', pair: nowhere, why: 'why' } }],
                ['/decide', { fields: { verdict: 'accept' } }],
                ['/decide', { fields: { token, verdict: 'perhaps', statement: nowhere } }],
                ['/edit', { fields: { token, statement: nowhere } }],
                ['/search', { fields: { words: 'no token' } }],
                ['/search?for=00', {}],
            ].map(async ([address, options], at) => [
                `${at} ${address}`,
                await reader.open(address, options),
            ]),
        ),
    );
}
