// Looks for words in everything that a browser left on the disk: as they are, as UTF-16, as they stand
// in an address, and inside what is compressed (gzip, zlib, the snappy blocks of LevelDB tables) or
// hidden under the key that Chromium uses where it has no keyring.

import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

function listFiles(folder) {
    const found = [];
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const place = path.join(folder, entry.name);
        if (entry.isDirectory()) found.push(...listFiles(place));
        else if (entry.isFile()) found.push(place);
    }
    return found;
}

// The bytes a word may stand as.
function spellings(word) {
    const utf16 = Buffer.from(word, 'utf16le');
    return [
        Buffer.from(word, 'utf8'),
        utf16,
        Buffer.from(utf16).swap16(),
        Buffer.from(encodeURIComponent(word)),
        Buffer.from(encodeURIComponent(word).toLowerCase()),
        Buffer.from(JSON.stringify(word).slice(1, -1)),
        Buffer.from([...word].map((c) => (c < '\x80' ? c : `\\u${hex16(c)}`)).join('')),
    ];
}

function hex16(character) {
    return character.charCodeAt(0).toString(16).padStart(4, '0');
}

// https://github.com/google/snappy/blob/main/format_description.txt; null for what is not snappy.
export function snappyOpen(bytes) {
    let [at, size, shift, more] = [0, 0, 0, true];
    for (; more && at < bytes.length && shift < 32; shift += 7) {
        size += (bytes[at] & 127) * 2 ** shift;
        more = bytes[at++] > 127;
    }
    if (more || size > 1 << 26) return null;
    const out = Buffer.alloc(size);
    let end = 0;
    while (at < bytes.length) {
        const tag = bytes[at++];
        let length;
        let distance = 0;
        if ((tag & 3) === 0) {
            length = (tag >> 2) + 1;
            if (length > 60) {
                const width = length - 60;
                if (at + width > bytes.length) return null;
                length = bytes.readUIntLE(at, width) + 1;
                at += width;
            }
            if (at + length > bytes.length || end + length > size) return null;
            bytes.copy(out, end, at, at + length);
            at += length;
            end += length;
            continue;
        }
        const width = [0, 1, 2, 4][tag & 3];
        if (at + width > bytes.length) return null;
        length = width === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        distance = bytes.readUIntLE(at, width) + (width === 1 ? (tag >> 5) << 8 : 0);
        at += width;
        if (distance === 0 || distance > end || end + length > size) return null;
        for (; length > 0; length -= 1, end += 1) out[end] = out[end - distance];
    }
    return end === size ? out : null;
}

function readVarint(bytes, at) {
    let [value, shift] = [0, 0];
    for (; shift < 36; shift += 7) {
        const byte = bytes[at++];
        value += (byte & 127) * 2 ** shift;
        if (!(byte > 127)) break;
    }
    return [value, at];
}

// The blocks of a LevelDB table, by its footer and index
// (https://github.com/google/leveldb/blob/main/doc/table_format.md).
function levelBlocks(bytes) {
    const magic = Buffer.from('57fb808b247547db', 'hex');
    if (bytes.length < 48 || !bytes.subarray(-8).equals(magic)) return [];
    const open = (offset, size) => {
        const block = bytes.subarray(offset, offset + size);
        return bytes[offset + size] === 1 ? snappyOpen(block) : block;
    };
    const footer = bytes.subarray(-48);
    let at = readVarint(footer, readVarint(footer, 0)[1])[1]; // behind the handle of the meta index
    let offset, size;
    [offset, at] = readVarint(footer, at);
    [size] = readVarint(footer, at);
    const index = open(offset, size);
    const blocks = [];
    const end = index ? index.length - 4 * (index.readUInt32LE(index.length - 4) + 1) : 0;
    for (at = 0; index && at < end; ) {
        let unshared, length;
        [, at] = readVarint(index, at);
        [unshared, at] = readVarint(index, at);
        [length, at] = readVarint(index, at);
        const handle = index.subarray(at + unshared, at + unshared + length);
        at += unshared + length;
        const [from, next] = readVarint(handle, 0);
        const block = open(from, readVarint(handle, next)[0]);
        if (block) blocks.push(block);
    }
    return blocks;
}

// Where deflated bytes begin behind the header of gzip (RFC 1952) or zlib (RFC 1950), or 0.
function deflatedFrom(bytes, at) {
    if (bytes[at] === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(bytes[at + 1])) return at + 2;
    if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8) return 0;
    const flags = bytes[at + 3];
    let from = at + 10;
    if (flags & 4) from += 2 + bytes.readUInt16LE(Math.min(from, bytes.length - 2));
    for (const named of [8, 16]) if (flags & named) from = bytes.indexOf(0, from) + 1;
    return from + (flags & 2 ? 2 : 0);
}

// What was deflated, wherever in the file it begins; what follows it does not matter.
function inflated(bytes) {
    const found = [];
    const limits = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 26 };
    for (let at = 0; at + 2 < bytes.length; at += 1) {
        const from = deflatedFrom(bytes, at);
        if (!from) continue;
        try {
            found.push(zlib.inflateRawSync(bytes.subarray(from), limits));
        } catch {
            // two bytes that only looked like a beginning
        }
    }
    return found;
}

// Chromium without a keyring hides values under this one (os_crypt_linux.cc).
function unhidden(bytes) {
    const key = pbkdf2Sync('peanuts', 'saltysalt', 1, 16, 'sha1');
    const found = [];
    for (let at = bytes.indexOf('v10'); at >= 0; at = bytes.indexOf('v10', at + 3)) {
        const length = Math.min((bytes.length - at - 3) & ~15, 1 << 20);
        if (!length) continue;
        const cipher = createDecipheriv('aes-128-cbc', key, Buffer.alloc(16, ' ')).setAutoPadding(false);
        found.push(cipher.update(bytes.subarray(at + 3, at + 3 + length)));
    }
    return found;
}

// All forms of a file's bytes that somebody who has the disk can read.
export function readings(bytes) {
    const layers = [bytes, ...levelBlocks(bytes), ...unhidden(bytes)];
    return [...layers, ...layers.flatMap(inflated)];
}

// Which of the words stand where: "word in Default/History".
export function scanProfile(folder, words) {
    const wanted = words.map((word) => [word, spellings(word)]);
    const found = [];
    for (const place of listFiles(folder)) {
        const forms = readings(readFileSync(place));
        for (const [word, shapes] of wanted)
            if (forms.some((bytes) => shapes.some((shape) => bytes.includes(shape))))
                found.push(`${word} in ${path.relative(folder, place)}`);
    }
    return found;
}

export function countFiles(folder) {
    return listFiles(folder).length;
}
