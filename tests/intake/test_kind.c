#include "intake/kind_int.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define BYTES(literal)                                                                             \
    {                                                                                              \
        ("" literal), sizeof(literal) - 1                                                          \
    }

static const struct {
    struct str bytes;
    enum kind kind;
    const char *looks_like; /* its beginning */
} cases[] = {
    {BYTES("Five people"), KIND_TEXT, NULL},
    {BYTES("BMW, MZ and ID3 begin words too"), KIND_TEXT, NULL},
    {BYTES("RIFF-raff"), KIND_TEXT, NULL},
    {BYTES("a < b and <p> later"), KIND_TEXT, NULL},
    {BYTES("<pre-trial detention>"), KIND_TEXT, NULL},
    {BYTES("<rss version='2.0'>"), KIND_TEXT, NULL},
    {BYTES("see %PDF-1.4"), KIND_TEXT, NULL},
    {BYTES("%PDF-1.4\n"), KIND_PDF, NULL},
    {BYTES("\xEF\xBB\xBF\r\n%PDF-1.7"), KIND_PDF, NULL},
    {BYTES("<!DOCTYPE html>"), KIND_HTML, NULL},
    {BYTES("\xEF\xBB\xBF \n<HTML lang=fa>"), KIND_HTML, NULL},
    {BYTES("<?xml version='1.0'?>\n<!-- saved -->\n<html xmlns='x'>"), KIND_HTML, NULL},
    {BYTES("<p>One"), KIND_HTML, NULL},
    {BYTES("<h1\nclass=x>"), KIND_HTML, NULL},
    {BYTES("<!-- never closed"), KIND_TEXT, NULL},
    {BYTES("PK\x03\x04\x14\0\0\0"), KIND_FOREIGN, "a ZIP archive"},
    {BYTES("PK\x03\x04\x14\0\0\0[Content_Types].xml word/document.xml"), KIND_FOREIGN,
     "a Word document"},
    {BYTES("PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text"), KIND_FOREIGN,
     "an OpenDocument file"},
    {BYTES("PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"), KIND_ODS, NULL},
    {BYTES("PK\x03\x04[Content_Types].xml...xl/workbook.xml"), KIND_XLSX, NULL},
    {BYTES("PK\x03\x04[Content_Types].xml...xl/workbook.bin"), KIND_FOREIGN,
     "a binary Excel table"},
    {BYTES("see xl/workbook.xml"), KIND_TEXT, NULL},
    {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
     KIND_FOREIGN, "an encrypted Office document"},
    {BYTES("\x1F\x8B\x08"), KIND_FOREIGN, "a GZIP archive"},
    {BYTES("\x89PNG\r\n\x1A\n"), KIND_FOREIGN, "a PNG image"},
    {BYTES("\xFF\xD8\xFF\xE0\0"), KIND_FOREIGN, "a JPEG image"},
    {BYTES("\177ELF\2\1\1\0"), KIND_FOREIGN, "a program"},
    {BYTES("MZ\x90\0\3\0"), KIND_FOREIGN, "a program"},
    {BYTES("\0\0\0\x18"
           "ftypmp42"),
     KIND_FOREIGN, "a video"},
    {BYTES("RIFF\0\0\0\0WEBPVP8 "), KIND_FOREIGN, "a WebP image"},
    {BYTES("{\\rtf1\\ansi"), KIND_FOREIGN, "an RTF document"},
    {BYTES("\xFF\xFE\0\0a\0\0\0"), KIND_FOREIGN, "text in UTF-32"},
    {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), KIND_FOREIGN, "an old Office document"},
    {BYTES(""), KIND_TEXT, NULL},
};

static void tells_by_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *looks_like = "unset";
        enum kind kind = kind_of(cases[i].bytes, &looks_like);
        if (kind != cases[i].kind)
            fail_msg("%.*s: %d is not %d", STR_ARG(cases[i].bytes), (int)kind, (int)cases[i].kind);
        if (!cases[i].looks_like)
            assert_null(looks_like);
        else if (!str_starts(str_of(looks_like), str_of(cases[i].looks_like)))
            fail_msg("\"%s\" is not \"%s\"", looks_like, cases[i].looks_like);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_by_content)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
