/* Letters of one glyph: tables and streams before and behind the turn. */
#include "intake/pdf_turn_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static const struct {
    const char *before, *behind;
    size_t turned;
} cases[] = {
    /* lam-alef, with hamza, with madda; and in small digits */
    {"beginbfchar <05> <06440627> <06> <06440623> <07> <06440622> endbfchar",
     "beginbfchar <05> <06270644> <06> <06230644> <07> <06220644> endbfchar", 3},
    {"beginbfchar\n<0005> <0644062a>\nendbfchar", "beginbfchar\n<0005> <062a0644>\nendbfchar", 1},
    /* a ligature of four letters, and one of words */
    {"beginbfchar <01> <0627064406440647> endbfchar",
     "beginbfchar <01> <0647064406440627> endbfchar", 1},
    {"beginbfchar <01> <064406270020064406450020> endbfchar",
     "beginbfchar <01> <002006450644002006270644> endbfchar", 1},
    /* marks stay behind their letters */
    {"beginbfchar <01> <06440627064B> endbfchar", "beginbfchar <01> <0627064B0644> endbfchar", 1},
    {"beginbfchar <01> <0644064E0627064E0651> endbfchar",
     "beginbfchar <01> <0627064E06510644064E> endbfchar", 1},
    {"beginbfchar <01> <06440651> endbfchar", NULL, 0},
    /* Hebrew, and a pair of surrogates (Adlam) */
    {"beginbfchar <01> <05D005DC> endbfchar", "beginbfchar <01> <05DC05D0> endbfchar", 1},
    {"beginbfchar <01> <D83ADD00D83ADD01> endbfchar",
     "beginbfchar <01> <D83ADD01D83ADD00> endbfchar", 1},
    /* Latin ligatures, single letters, digits, a mixture, damaged strings */
    {"beginbfchar <01> <00660069> <02> <0066006600690000> endbfchar", NULL, 0},
    {"beginbfchar <01> <0644> <02> <FEFB> <03> <FDF2> <04> <06F106F2> endbfchar", NULL, 0},
    {"beginbfchar <01> <064406270031> <02> <064406270061> endbfchar", NULL, 0},
    {"beginbfchar <01> <0644062> <02> <0644 0627> <03> <06440G27> <04> <0644", NULL, 0},
    /* codes are not letters */
    {"beginbfchar <06440628> <0061> endbfchar", NULL, 0},
    {"beginbfrange <06440628> <06440629> <0061> endbfrange", NULL, 0},
    /* ranges: one code, a list, several codes that count */
    {"beginbfrange <05> <05> <06440627> endbfrange", "beginbfrange <05> <05> <06270644> endbfrange",
     1},
    {"beginbfrange <05> <07> [<06440627> <0061> <06440623>] <08> <08> <06440622> endbfrange",
     "beginbfrange <05> <07> [<06270644> <0061> <06230644>] <08> <08> <06220644> endbfrange", 3},
    {"beginbfrange <05> <06> <06440627> endbfrange", NULL, 0},
    /* outside of the sections */
    {"<0644> <06440627> beginbfchar endbfchar <05> <06440627>", NULL, 0},
    /* a table that its program turned already */
    {"beginbfchar <05> <06270644> <06> <06450644> endbfchar", NULL, 0},
    {"beginbfchar <06> <06450644> endbfchar beginbfrange <05> <05> <06230644> endbfrange", NULL, 0},
    /* beside the glyph */
    {"/Span<</ActualText <feff06440627> >> BDC", "/Span<</ActualText <feff06270644> >> BDC", 1},
    {"/Span<</ActualText<FEFF0633064406270645>>> BDC",
     "/Span<</ActualText<FEFF0645062706440633>>> BDC", 1},
    {"/Span<</ActualText <feff00660069> >> BDC <06440627> Tj", NULL, 0},
    {"/Span<</ActualText <06440627> >> BDC", NULL, 0},
    {"/ActualText", NULL, 0},
    {"/ActualText <feff", NULL, 0},
};

static const char *behind_of(size_t i)
{
    return cases[i].behind ? cases[i].behind : cases[i].before;
}

static void add_plain(struct buf *pdf, struct str text)
{
    buf_print(pdf, "7 0 obj\n<< /Length %zu >>\nstream\n%.*s\nendstream\nendobj\n", text.len,
              STR_ARG(text));
}

static void turns_plain_streams(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf pdf, wanted;
        buf_init(&pdf, 10000);
        buf_init(&wanted, 10000);
        add_plain(&pdf, str_of(cases[i].before));
        add_plain(&wanted, str_of(behind_of(i)));
        size_t turned = pdf_turn(pdf.at, pdf.len).strings;
        if (turned != cases[i].turned || !str_equal(buf_str(&pdf), buf_str(&wanted)))
            fail_msg("%s: %zu turned: %s", cases[i].before, turned, pdf.at);
        buf_release(&pdf);
        buf_release(&wanted);
    }
}

struct packed {
    struct buf pdf;
    size_t at, len;
};

/* Packed at the level that most programs use, behind a table's usual head and between two other
 * streams. */
static void pack(struct packed *out, const char *text, const char *dictionary)
{
    static char room[20000];
    char whole[1200];
    uLongf len = sizeof room;
    int written = snprintf(whole, sizeof whole,
                           "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                           "1 begincodespacerange <00> <FF> endcodespacerange\n%s",
                           text);
    assert_int_equal(compress2((Bytef *)room, &len, (const Bytef *)whole, (uLong)written, 6), Z_OK);
    buf_init(&out->pdf, 100000);
    add_plain(&out->pdf, STR("before"));
    buf_print(&out->pdf, "8 0 obj\n<< %s /Filter /FlateDecode /Length %lu >>\nstream\r\n",
              dictionary, len);
    out->at = out->pdf.len;
    out->len = len;
    buf_add(&out->pdf, (struct str){room, len});
    buf_add_text(&out->pdf, "\nendstream\nendobj\n");
    add_plain(&out->pdf, STR("beginbfchar <05> <06440627> endbfchar"));
}

static void turns_packed_streams(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct packed packed;
        char text[1000];
        uLongf len = sizeof text;
        pack(&packed, cases[i].before, "");
        size_t turned = pdf_turn(packed.pdf.at, packed.pdf.len).strings;
        assert_int_equal(
            uncompress((Bytef *)text, &len, (Bytef *)packed.pdf.at + packed.at, packed.len), Z_OK);
        struct str got = {text, len}, rest = buf_str(&packed.pdf);
        if (turned != cases[i].turned + 1 || !str_ends(got, str_of(behind_of(i))))
            fail_msg("%s: %zu turned: %.*s", cases[i].before, turned, STR_ARG(got));
        assert_true(str_starts(got, STR("/CIDInit")) || str_starts(got, STR("0 beginbf")));
        assert_true(str_find(rest, STR("<06270644>"), packed.at + packed.len) != SIZE_MAX);
        buf_release(&packed.pdf);
    }
}

static void leaves_other_streams(void **state)
{
    (void)state;
    static const char *const others[] = {"/Subtype /Image", "/Length1 9", "/Type /ObjStm"};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        struct packed packed;
        pack(&packed, cases[0].before, others[i]);
        assert_int_equal(pdf_turn(packed.pdf.at, packed.pdf.len).strings, 1);
        buf_release(&packed.pdf);
    }
}

/* What stands behind the table repeats its letters, and packs worse once they are turned. */
static void says_what_does_not_fit(void **state)
{
    (void)state;
    struct packed packed, before;
    static const char letters[] = "062E06360633064A06380641063A0632064706420644062D0635063006"
                                  "48062906490639064606280643062A062C063706340645062B0631062F"
                                  "062A063906300645062B063A062C064A06310634062E06480647063606"
                                  "38062906460641063206490635064406280633062D06370643062F0642"
                                  "0636062A06490642064306440648062B062F0647062C06280645063206"
                                  "33062E062906410646063706350638062D0630063906310634064A063A";
    char text[800];
    snprintf(text, sizeof text, "beginbfchar <05> <%s> endbfchar %%%s", letters, letters);
    pack(&packed, text, "");
    pack(&before, text, "");
    struct pdf_turned turned = pdf_turn(packed.pdf.at, packed.pdf.len);
    assert_int_equal(turned.strings, 1);
    assert_int_equal(turned.left, 1);
    assert_memory_equal(packed.pdf.at + packed.at, before.pdf.at + packed.at, packed.len);
    buf_release(&packed.pdf);
    buf_release(&before.pdf);
}

/* Whatever is cut off or broken, nothing is turned by halves. */
static void survives_damage(void **state)
{
    (void)state;
    struct packed packed, copy;
    pack(&packed, cases[0].before, "");
    for (size_t i = packed.at; i < packed.at + packed.len; i++) {
        pack(&copy, cases[0].before, "");
        copy.pdf.at[i] ^= 0x10;
        struct str broken = str_slice(buf_str(&copy.pdf), 0, packed.at + packed.len);
        size_t turned = pdf_turn(copy.pdf.at, broken.len).strings;
        assert_true(turned <= 3);
        buf_release(&copy.pdf);
    }
    for (size_t len = 0; len < packed.at + packed.len; len++) {
        pack(&copy, cases[0].before, "");
        assert_int_equal(pdf_turn(copy.pdf.at, len).strings, 0);
        assert_memory_equal(copy.pdf.at, packed.pdf.at, len);
        buf_release(&copy.pdf);
    }
    buf_release(&packed.pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_plain_streams),  cmocka_unit_test(turns_packed_streams),
        cmocka_unit_test(leaves_other_streams), cmocka_unit_test(says_what_does_not_fit),
        cmocka_unit_test(survives_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
