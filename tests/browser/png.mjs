// PNG pictures made small: what a page shows has few colours, so a palette of 256 carries it
// (https://www.w3.org/TR/png-3/). Reads and writes what Chromium's pictures are: 8 bits a channel, RGB
// or RGBA, not interlaced, opaque.

import zlib from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
});

function crc(bytes) {
    let c = 0xffffffff;
    for (const byte of bytes) c = crcTable[(c ^ byte) & 255] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
}

function* chunks(png) {
    if (!png.subarray(0, 8).equals(signature)) throw new Error('no PNG');
    for (let at = 8; at < png.length; ) {
        const length = png.readUInt32BE(at);
        yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
        at += length + 12;
    }
}

function paeth(a, b, c) {
    const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

function unfilter(raw, width, height, step) {
    const line = width * step;
    const out = Buffer.alloc(line * height);
    for (let y = 0; y < height; y += 1) {
        const filter = raw[y * (line + 1)];
        for (let x = 0; x < line; x += 1) {
            const at = y * line + x;
            const left = x < step ? 0 : out[at - step];
            const up = y === 0 ? 0 : out[at - line];
            const corner = x < step || y === 0 ? 0 : out[at - line - step];
            const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
            out[at] = raw[y * (line + 1) + 1 + x] + guess;
        }
    }
    return out;
}

// {width, height, colours}: a colour is 0xrrggbb, a row after the other.
export function pngRead(png) {
    const data = [];
    let [width, height, step] = [0, 0, 0];
    for (const { type, data: part } of chunks(png)) {
        if (type === 'IDAT') data.push(part);
        if (type !== 'IHDR') continue;
        [width, height] = [part.readUInt32BE(0), part.readUInt32BE(4)];
        step = { 2: 3, 6: 4 }[part[9]];
        if (part[8] !== 8 || !step || part[12]) throw new Error('a PNG of another form');
    }
    const pixels = unfilter(zlib.inflateSync(Buffer.concat(data)), width, height, step);
    const colours = new Uint32Array(width * height);
    for (let n = 0; n < colours.length; n += 1) colours[n] = pixels.readUIntBE(n * step, 3);
    return { width, height, colours };
}

function distance(a, b) {
    const part = (shift) => ((a >> shift) & 255) - ((b >> shift) & 255);
    return part(16) ** 2 + part(8) ** 2 + part(0) ** 2;
}

// The colours that stand most often; one that nearly stands there already is left out.
function paletteFor(colours) {
    const counts = new Map();
    for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
    const palette = [];
    for (const colour of ranked) {
        if (palette.length === 256) break;
        if (ranked.length <= 256 || palette.every((other) => distance(colour, other) > 60)) palette.push(colour);
    }
    return palette;
}

export function pngShrink(png) {
    const { width, height, colours } = pngRead(png);
    const palette = paletteFor(colours);
    const nearest = new Map(palette.map((colour, index) => [colour, index]));
    const indexOf = (colour) => {
        let index = nearest.get(colour);
        if (index === undefined) {
            const far = palette.map((other) => distance(colour, other));
            index = far.indexOf(Math.min(...far));
            nearest.set(colour, index);
        }
        return index;
    };
    const raw = Buffer.alloc((width + 1) * height);
    for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) raw[y * (width + 1) + 1 + x] = indexOf(colours[y * width + x]);
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 3, 0, 0, 0], 8);
    const entries = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
    return Buffer.concat([
        signature,
        chunk('IHDR', header),
        chunk('PLTE', entries),
        chunk('IDAT', zlib.deflateSync(raw, { level: 9 })),
        chunk('IEND', Buffer.alloc(0)),
    ]);
}
