/* Every parser that meets a document's bytes, over some thousand broken variants of good ones. Each
 * variant lies in memory of exactly its size, so that the sanitizers see a byte read too far. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "intake/charset_int.h"
#include "intake/facts_int.h"
#include "intake/html_int.h"
#include "intake/kind_int.h"
#include "intake/pdf_int.h"
#include "text/utf8.h"

#define BYTES(literal)                                                                             \
    {                                                                                              \
        ("" literal), sizeof(literal) - 1                                                          \
    }

static const struct str seeds[] = {
    BYTES(
        "URL: https://example.org/\r\nDATE: 2022-11-15\r\nLANG: fa\r\n\r\nمهران رئوف و ۵۲۷ نفر\n"),
    BYTES("\xFF\xFEU\0R\0L\0:\0 \0x\0\n\0\n\0\x45\x06\x47\x06\x3D\xD8\0\xDE"),
    BYTES("\x98\xD4\xCA\xE5 \xD4\xCF\xE4\xCF \xCF\xD1 \xCA\xE5\xD1\xC7\xE4\xA1 d\xE9tenus \xE0"),
    BYTES("<!doctype html><!-- c --><html lang=fa><meta charset=windows-1256><title>T&amp;t</title>"
          "<meta property='og:site_name' content=\"S\"><nav>n</nav><main><article><h1>H</h1><p>a"
          "<br>b<ul><li>c<li>d</ul><table><tr><td>1<td>2</table><pre>\n e</pre><script>x</script>"
          "<form><input><p>f</form><time datetime=2019-11-15>t</time><svg><path d=1 /></svg>"
          "<p style='display: none'>g</article></main>&#x645;&zwnj;"),
    BYTES("\u202Bone\u202C\n\n\ftwo\x07\n\f"),
    BYTES("\4\0\0\0text\1\0\0\0t\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    BYTES("%PDF-1.4\n1 0 obj\n%%EOF"),
    BYTES("PK\x03\x04word/"),
};

enum { ROUNDS = 20000, LONGEST = 4096 };

static uint32_t next_number(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static size_t mutate(uint32_t *seed, char *bytes, size_t len)
{
    static const char telling[] = "<>/&;:='\"-\n\r\f\0\x1B\x7F\x80\xC2\xD8\xE2\xF0\xFE\xFF";
    for (uint32_t n = next_number(seed) % 8 + 1; n && len; n--) {
        size_t at = next_number(seed) % len, from = next_number(seed) % len;
        size_t some = next_number(seed) % 40 + 1;
        some = some < len - at ? some : len - at;
        switch (next_number(seed) % 5) {
        case 0:
            bytes[at] = (char)next_number(seed);
            break;
        case 1:
            bytes[at] = telling[next_number(seed) % (sizeof telling - 1)];
            break;
        case 2:
            memmove(bytes + at, bytes + at + some, len - at - some);
            len -= some;
            break;
        case 3:
            some = some < len - from ? some : len - from;
            if (len + some <= LONGEST) {
                memmove(bytes + at + some, bytes + at, len - at);
                memmove(bytes + at, bytes + from, some);
                len += some;
            }
            break;
        default:
            len = at;
            break;
        }
    }
    return len;
}

static void assert_plain(struct str s)
{
    assert_int_equal(utf8_first_invalid(s), SIZE_MAX);
    for (size_t i = 0; i < s.len; i++)
        assert_true((unsigned char)s.at[i] >= ' ' || strchr("\n\t\f", s.at[i]));
}

static void read_text(struct arena *a, struct str bytes)
{
    struct charset charset;
    struct document_facts facts = {.title = STR_NONE};
    struct str text;
    if (charset_detect(bytes, &charset, NULL) != OK ||
        charset_decode(a, bytes, &charset, &text, NULL) != OK)
        return;
    assert_int_equal(utf8_first_invalid(text), SIZE_MAX);
    struct str kept = facts_cut_header(a, text, &facts);
    assert_true(str_ends(text, kept));
    assert_plain(facts.title);
    assert_plain(facts.lang);
}

static void read_page(struct arena *a, struct str bytes)
{
    struct charset charset;
    struct html_page page, again;
    struct str html;
    struct buf answer;
    if (charset_detect_html(a, bytes, &charset, NULL) != OK ||
        charset_decode(a, bytes, &charset, &html, NULL) != OK ||
        html_read(a, html, &page, NULL) != OK)
        return;
    assert_plain(page.text);
    buf_init(&answer, SIZE_MAX / 4);
    html_page_write(&page, &answer);
    assert_int_equal(html_page_parse(buf_str(&answer), &again, NULL), OK);
    assert_true(str_equal(again.text, page.text));
    buf_release(&answer);
}

static void read_all(struct str bytes)
{
    struct arena a;
    const char *looks_like;
    struct html_page page;
    arena_init(&a);
    kind_of(bytes, &looks_like);
    read_text(&a, bytes);
    read_page(&a, bytes);
    assert_plain(pdf_tidy(&a, bytes));
    if (html_page_parse(bytes, &page, NULL) == OK)
        assert_plain(page.text);
    if (pdf_check_whole(bytes, NULL) == OK)
        assert_true(bytes.len >= 5);
    arena_release(&a);
}

static void bears_every_variant(void **state)
{
    (void)state;
    uint32_t seed = 20221115;
    for (size_t round = 0; round < ROUNDS; round++) {
        char bytes[LONGEST];
        struct str from = seeds[round % COUNT_OF(seeds)];
        memcpy(bytes, from.at, from.len);
        size_t len = mutate(&seed, bytes, from.len);
        char *exact = mem_alloc(len);
        memcpy(exact, bytes, len);
        read_all((struct str){exact, len});
        mem_free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bears_every_variant)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
