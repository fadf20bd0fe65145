#include "fuzz.h"

#include "text/utf8.h"

void must_fail(const char *file, int line, const char *holds)
{
    fprintf(stderr, "# %s:%d: does not hold: %s\n", file, line, holds);
    abort();
}

void must_be_text(struct str s)
{
    MUST(utf8_first_invalid(s) == SIZE_MAX);
}

void must_be_plain(struct str s)
{
    must_be_text(s);
    for (size_t i = 0; i < s.len; i++)
        MUST((unsigned char)s.at[i] >= ' ' || (s.at[i] && strchr("\t\n\f", s.at[i])));
}

static bool is_boundary(struct str text, size_t at)
{
    return at == text.len || ((unsigned char)text.at[at] & 0xC0) != 0x80;
}

void must_be_quote(struct str text, struct span at)
{
    MUST(at.from < at.to);
    MUST(at.to <= text.len);
    MUST(is_boundary(text, at.from));
    MUST(is_boundary(text, at.to));
}

void must_be_said(enum outcome result, const struct fault *why)
{
    if (result == OK)
        return;
    struct str text = str_of(why->text);
    MUST(why->code == result);
    MUST(text.len > 0 && text.len < sizeof why->text);
    for (size_t i = 0; i < text.len; i++)
        MUST((unsigned char)text.at[i] >= ' ' && text.at[i] != 0x7F);
}

struct str text_of_bytes(struct arena *arena, struct str bytes)
{
    struct buf out;
    char written[4];
    size_t size;
    buf_init(&out, 4 * bytes.len + 1);
    for (size_t at = 0; at < bytes.len; at += size) {
        uint32_t c = utf8_at(bytes, at, &size);
        buf_add(&out, (struct str){written, utf8_write(c, written)});
    }
    struct str copy = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return copy;
}

const struct signing_key *fuzz_key(void)
{
    static struct signing_key key;
    static bool made;
    static const uint8_t seed[SECRET_SEED_SIZE] = {5, 2, 7};
    if (!made)
        signing_key_of_seed(seed, &key);
    made = true;
    return &key;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    seal_start();
    json_use_memory();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena;
    arena_init(&arena);
    fuzz_one((struct str){(const char *)bytes, size}, &arena);
    arena_release(&arena);
    return 0;
}
