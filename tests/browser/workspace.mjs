// An archive of its own, the program that serves it, and a way to ask without a browser.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const examples = path.join(root, 'examples/iran');
const passphrase = 'quiet lanterns over the harbour';
const startLimit = 60_000; // ms

export function exampleFiles() {
    return readdirSync(examples)
        .sort()
        .map((name) => path.join(examples, name));
}

function program() {
    const found = process.env.GOVAH_CHEAP;
    if (!found) throw new Error('GOVAH_CHEAP names no program');
    return found;
}

export class Archive {
    constructor(tap, name = 'archive') {
        this.folder = path.join(tap.scratch, name);
        this.passphraseFile = path.join(tap.scratch, `${name}.passphrase`);
        writeFileSync(this.passphraseFile, `${passphrase}\n`, { mode: 0o600 });
        this.run(['init', this.folder, '--name', 'Mina']);
    }

    get environment() {
        return {
            ...process.env,
            GOVAH_ARCHIVE: this.folder,
            GOVAH_PASSPHRASE_FILE: this.passphraseFile,
        };
    }

    // Runs the program to its end and gives what it printed; `input` are keys for review.
    run(words, input = '', allowed = [0]) {
        const ended = spawnSync(program(), words, {
            env: this.environment,
            input,
            encoding: 'utf8',
            timeout: startLimit,
            maxBuffer: 1 << 28,
        });
        if (!allowed.includes(ended.status))
            throw new Error(`${words[0]} ended with ${ended.status ?? ended.signal}: ${ended.stderr}`);
        return ended.stdout;
    }

    // The lines of --json, parsed.
    rows(...words) {
        return this.run(['--json', ...words])
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line));
    }

    // Takes in the examples. One file among them is refused on purpose in some releases: 1 is fine.
    addExamples() {
        this.run(['add', ...exampleFiles()], '', [0, 1]);
        return this;
    }
}

// `govah serve` over an archive, until tap puts it away.
export class Server {
    static async start(tap, archive) {
        const server = new Server();
        server.child = spawn(program(), ['serve'], {
            env: archive.environment,
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        server.said = '';
        server.complained = '';
        server.child.stdout.setEncoding('utf8').on('data', (text) => (server.said += text));
        server.child.stderr.setEncoding('utf8').on('data', (text) => (server.complained += text));
        tap.later(() => server.stop());
        server.address = await server.#printed();
        server.origin = new URL(server.address).origin;
        return server;
    }

    async #printed() {
        const until = Date.now() + startLimit;
        while (Date.now() < until && this.child.exitCode === null) {
            const found = /http:\/\/127\.0\.0\.1:\d+\/\S*(?=\s)/.exec(this.said);
            if (found) return found[0];
            await new Promise((done) => setTimeout(done, 20));
        }
        throw new Error(`serve printed no address: ${this.said}${this.complained}`);
    }

    async stop() {
        if (this.child.exitCode !== null || this.child.signalCode !== null) return;
        const ended = once(this.child, 'exit');
        this.child.kill('SIGTERM');
        const patience = setTimeout(() => this.child.kill('SIGKILL'), 5000);
        await ended;
        clearTimeout(patience);
    }
}

// Asks for pages as a browser without script would, with the cookies it was given.
export class Reader {
    #cookies = new Map();

    constructor(server) {
        this.server = server;
    }

    // One that is logged in as the browser is.
    static async of(browser, server) {
        const reader = new Reader(server);
        reader.take(await browser.context.cookies());
        return reader;
    }

    take(cookies) {
        for (const { name, value } of cookies) this.#cookies.set(name, value);
    }

    // The raw answer: redirects are not followed. A connection is not kept: between two questions
    // the server may close one that rests, and the next question would be lost on it.
    async ask(address, options = {}) {
        const headers = { connection: 'close', ...options.headers };
        if (this.#cookies.size)
            headers.cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        if (options.fields) {
            headers['content-type'] = 'application/x-www-form-urlencoded';
            headers.origin ??= this.server.origin;
        }
        const answer = await fetch(new URL(address, this.server.origin), {
            method: options.fields ? 'POST' : 'GET',
            body: options.fields && new URLSearchParams(options.fields).toString(),
            headers,
            redirect: 'manual',
        });
        for (const line of cookieLines(answer.headers)) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
            this.#cookies.set(name, value);
        }
        return { status: answer.status, headers: answer.headers, html: await answer.text() };
    }

    // The page that comes in the end.
    async open(address, options = {}) {
        let answer = await this.ask(address, options);
        for (let hops = 0; answer.headers.get('location') && hops < 5; hops += 1)
            answer = await this.ask(answer.headers.get('location'));
        return answer;
    }

    async logIn() {
        return this.open(this.server.address);
    }

    // The token that the forms of this session carry.
    async formToken() {
        const { html } = await this.open('/');
        return /name="token" value="([^"]+)"/.exec(html)?.[1] ?? '';
    }

    async prefer(fields) {
        return this.open('/preferences', { fields: { token: await this.formToken(), ...fields } });
    }
}

// Node 18 joins several Set-Cookie lines unless asked otherwise.
function cookieLines(headers) {
    if (headers.getSetCookie) return headers.getSetCookie();
    const joined = headers.get('set-cookie');
    return joined ? joined.split(/,(?=\s*[^;,=\s]+=)/) : [];
}
