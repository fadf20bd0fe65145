"""What a forger can do with public means: Ed25519 (RFC 8032, section 6, in its own words) and the
signed head of an export."""

import hashlib
import json

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def base_point():
    y = 4 * pow(5, -1, P) % P
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    x = x if x % 2 == 0 else P - x
    return x, y, 1, x * y % P


BASE = base_point()


def compressed(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


class Forger:
    """A key of nobody's."""

    def __init__(self, seed=b"forger"):
        digest = hashlib.sha512(hashlib.sha256(seed).digest()).digest()
        self.scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
        self.prefix = digest[32:]
        self.public = compressed(times(self.scalar, BASE))

    def sign(self, message):
        r = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), "little") % ORDER
        point = compressed(times(r, BASE))
        h = hashlib.sha512(point + self.public + message).digest()
        return point + ((r + int.from_bytes(h, "little") * self.scalar) % ORDER).to_bytes(32, "little")

    def signed(self, value, context):
        """The object as a canonical line, with this key as its author."""
        value = {k: v for k, v in value.items() if k != "signature"}
        value["author"] = self.public.hex()
        value["signature"] = self.sign(context.encode() + b"\0" + canonical(value)).hex()
        return canonical(value)

    def export(self, lines, heads):
        """The lines with a head of this forger's: what the digest alone would not notice."""
        body = b"".join(line + b"\n" for line in lines)
        head = {"kind": "export", "version": 1, "lines": len(lines),
                "digest": hashlib.sha256(body).hexdigest(), "heads": heads}
        return body + self.signed(head, "govah export 1") + b"\n"


def canonical(value):
    """RFC 8785 for what the record holds: no floating-point numbers, keys of ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
