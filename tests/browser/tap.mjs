// What the tests in JavaScript share: TAP, a scratch folder, and things to put away at the end.
//
//     import { proof } from './tap.mjs';
//     await proof(async (tap) => { tap.check('two and two are four', 2 + 2 === 4); });
//
// Whatever ends the proof early fails it. What is made on the way is put away in reverse order:
// tap.later(() => server.stop()).

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

class Tap {
    count = 0;
    failed = 0;
    #later = [];

    check(name, good, note = '') {
        this.count += 1;
        if (!good) this.failed += 1;
        console.log(`${good ? 'ok' : 'not ok'} ${this.count} - ${name}`);
        if (!good) this.note(note);
        return Boolean(good);
    }

    equal(name, got, wanted) {
        const [left, right] = [JSON.stringify(got), JSON.stringify(wanted)];
        return this.check(name, left === right, `got:    ${left}\nwanted: ${right}`);
    }

    // For lists of what is wrong: passes when there is nothing in it.
    none(name, list) {
        return this.check(name, list.length === 0, list.map(String).join('\n'));
    }

    note(text) {
        const lines = String(text).split('\n').filter(Boolean);
        for (const line of lines.slice(0, 12)) console.log(`# ${line.slice(0, 500)}`);
        if (lines.length > 12) console.log(`# and ${lines.length - 12} more`);
    }

    later(step) {
        this.#later.push(step);
    }

    async putAway() {
        for (const step of this.#later.reverse()) {
            try {
                await step();
            } catch (error) {
                this.note(`putting away: ${error.message}`);
            }
        }
    }
}

export function skipAll(reason) {
    console.log(`1..0 # SKIP ${reason}`);
    process.exit(0);
}

export async function proof(body) {
    const tap = new Tap();
    tap.scratch = await mkdtemp(path.join(tmpdir(), 'govah-browser-'));
    tap.later(() => rm(tap.scratch, { recursive: true, force: true, maxRetries: 5 }));
    try {
        await body(tap);
    } catch (error) {
        tap.check('the proof comes to its end', false, error.stack ?? error);
    }
    await tap.putAway();
    console.log(`1..${tap.count}`);
    process.exit(tap.failed > 0 ? 1 : 0);
}
