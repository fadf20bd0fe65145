/* A PDF's letters of one glyph: neither its length changes nor what lies outside of its streams. */
#include "fuzz.h"
#include "intake/pdf_turn_int.h"

static const char head[] = "7 0 obj\n<< /Length 1 >>\nstream\n", tail[] = "\nendstream\n";

void fuzz_one(struct str bytes, struct arena *arena)
{
    char *pdf = arena_alloc(arena, sizeof head + bytes.len + sizeof tail);
    memcpy(pdf, head, sizeof head - 1);
    memcpy(pdf + sizeof head - 1, bytes.at, bytes.len);
    memcpy(pdf + sizeof head - 1 + bytes.len, tail, sizeof tail - 1);
    size_t len = sizeof head - 1 + bytes.len + sizeof tail - 1;
    pdf_turn(pdf, len);
    MUST(!memcmp(pdf, head, sizeof head - 1));
    MUST(!memcmp(pdf + sizeof head - 1 + bytes.len, tail, sizeof tail - 1));
    if (bytes.len) {
        char *bare = arena_alloc(arena, bytes.len);
        memcpy(bare, bytes.at, bytes.len);
        pdf_turn(bare, bytes.len);
    }
}
