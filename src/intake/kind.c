#include "intake/kind_int.h"

#include <strings.h>

#define BYTES(literal)                                                                             \
    {                                                                                              \
        ("" literal), sizeof(literal) - 1                                                          \
    }

struct signature {
    size_t at;
    struct str bytes;
    const char *name;
    bool in_text; /* could begin a text too: believed only where NUL bytes follow */
};

static const struct signature signatures[] = {
    {0, BYTES("PK\x03\x04"), "a ZIP archive", false},
    {0, BYTES("PK\x05\x06"), "a ZIP archive", false},
    {0, BYTES("PK\x07\x08"), "a ZIP archive", false},
    {0, BYTES("\x1F\x8B"), "a GZIP archive", false},
    {0, BYTES("BZh91AY&SY"), "a BZIP2 archive", false},
    {0, BYTES("\3757zXZ"), "an XZ archive", false},
    {0, BYTES("\x28\xB5\x2F\xFD"), "a Zstandard archive", false},
    {0, BYTES("7z\xBC\xAF\x27\x1C"), "a 7-Zip archive", false},
    {0, BYTES("Rar!\x1A\x07"), "a RAR archive", false},
    {257, BYTES("ustar"), "a TAR archive", true},
    {0, BYTES("\x89PNG\r\n"), "a PNG image", false},
    {0, BYTES("\xFF\xD8\xFF"), "a JPEG image", false},
    {0, BYTES("GIF87a"), "a GIF image", true},
    {0, BYTES("GIF89a"), "a GIF image", true},
    {8, BYTES("WEBP"), "a WebP image", true},
    {0, BYTES("II*\0"), "a TIFF image", false},
    {0, BYTES("MM\0*"), "a TIFF image", false},
    {0, BYTES("BM"), "a BMP image", true},
    {4, BYTES("ftypheic"), "a HEIC image", true},
    {4, BYTES("ftypavif"), "an AVIF image", true},
    {4, BYTES("ftyp"), "a video or sound recording", true},
    {0, BYTES("\x1A\x45\xDF\xA3"), "a video or sound recording", false},
    {0, BYTES("OggS"), "a video or sound recording", true},
    {0, BYTES("ID3"), "a sound recording", true},
    {0, BYTES("fLaC"), "a sound recording", true},
    {0, BYTES("RIFF"), "a video or sound recording", true},
    {0, BYTES("\177ELF"), "a program", false},
    {0, BYTES("MZ"), "a program", true},
    {0, BYTES("\xCF\xFA\xED\xFE"), "a program", false},
    {0, BYTES("\xCA\xFE\xBA\xBE"), "a program", false},
    {0, BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "an old Office document (DOC, XLS, PPT, MSG)",
     false},
    {0, BYTES("{\\rtf"), "an RTF document", false},
    {0, BYTES("%!PS"), "a PostScript document", false},
    {0, BYTES("WARC/1."), "a WARC web archive", false},
    {0, BYTES("SQLite format 3"), "an SQLite database", true},
    {0, BYTES("\0\0\xFE\xFF"), "text in UTF-32", false},
    {0, BYTES("\xFF\xFE\0\0"), "text in UTF-32", false},
};

enum { NUL_WINDOW = 4096, ZIP_WINDOW = 4096, ZIP_LIST = 65536, ODS_WINDOW = 200 };

static bool found_at(struct str bytes, size_t at, struct str part)
{
    return str_starts(str_slice(bytes, at, bytes.len), part);
}

/* what the first files hold, and what the list of files at the end names */
static bool zip_has(struct str bytes, struct str words)
{
    size_t tail = bytes.len > ZIP_LIST ? bytes.len - ZIP_LIST : 0;
    return str_find(str_slice(bytes, 0, ZIP_WINDOW), words, 0) != SIZE_MAX ||
           str_find(str_slice(bytes, tail, bytes.len), words, 0) != SIZE_MAX;
}

static const char *name_of_zip(struct str bytes)
{
    static const struct signature inside[] = {
        {0, BYTES("xl/workbook.bin"), "a binary Excel table (XLSB)", false},
        {0, BYTES("word/"), "a Word document (DOCX)", false},
        {0, BYTES("ppt/"), "a PowerPoint document (PPTX)", false},
        {0, BYTES("opendocument"), "an OpenDocument file", false},
        {0, BYTES("application/epub+zip"), "an EPUB book", false},
        {0, BYTES("datapackage.json"), "a WACZ web archive", false},
    };
    for (size_t i = 0; i < COUNT_OF(inside); i++)
        if (zip_has(bytes, inside[i].bytes))
            return inside[i].name;
    return "a ZIP archive";
}

/* the type that an OpenDocument file has at its beginning, not packed (ODF 1.3, part 2, 3.3) */
static bool zip_is_ods(struct str bytes)
{
    return str_find(str_slice(bytes, 0, ODS_WINDOW),
                    STR("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), 0) != SIZE_MAX;
}

/* an encrypted one is a compound file with a stream of that name (MS-OFFCRYPTO, 2.3.4.4) */
static bool is_encrypted_office(struct str bytes)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return str_starts(bytes, STR("\xD0\xCF\x11\xE0")) &&
           memmem(bytes.at, bytes.len, name, sizeof name) != NULL;
}

static const char *name_of_foreign(struct str bytes)
{
    bool has_nul =
        bytes.len && memchr(bytes.at, 0, bytes.len < NUL_WINDOW ? bytes.len : NUL_WINDOW);
    for (size_t i = 0; i < COUNT_OF(signatures); i++) {
        const struct signature *s = &signatures[i];
        if (found_at(bytes, s->at, s->bytes) && (has_nul || !s->in_text))
            return str_starts(bytes, STR("PK")) ? name_of_zip(bytes) : s->name;
    }
    return NULL;
}

static struct str without_bom(struct str s)
{
    return str_starts(s, STR("\xEF\xBB\xBF")) ? str_slice(s, 3, s.len) : s;
}

static bool starts_folded(struct str s, struct str lower)
{
    return s.len >= lower.len && strncasecmp(s.at, lower.at, lower.len) == 0;
}

static bool cut_behind(struct str *s, struct str opening, struct str closing)
{
    if (!str_starts(*s, opening))
        return false;
    size_t end = str_find(*s, closing, opening.len);
    if (end == SIZE_MAX)
        return false;
    *s = str_slice(*s, end + closing.len, s->len);
    return true;
}

bool kind_is_html(struct str text)
{
    static const char *const names[] = {
        "html",     "head",     "body",  "title",      "meta",   "link", "base",    "script",
        "style",    "noscript", "div",   "p",          "h1",     "h2",   "h3",      "h4",
        "h5",       "h6",       "table", "tr",         "td",     "main", "article", "section",
        "header",   "footer",   "aside", "nav",        "form",   "a",    "br",      "hr",
        "b",        "i",        "em",    "strong",     "font",   "span", "ul",      "ol",
        "li",       "dl",       "pre",   "blockquote", "figure", "img",  "center",  "iframe",
        "frameset", "button",   "input", "svg"};
    struct str s = str_trim(without_bom(text));
    while (cut_behind(&s, STR("<!--"), STR("-->")) || cut_behind(&s, STR("<?xml"), STR("?>")))
        s = str_trim(s);
    if (starts_folded(s, STR("<!doctype html")))
        return true;
    if (!s.len || s.at[0] != '<')
        return false;
    s = str_slice(s, 1, s.len);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct str name = str_of(names[i]);
        if (starts_folded(s, name) && s.len > name.len && strchr(" \t\r\n\f/>", s.at[name.len]))
            return true;
    }
    return false;
}

enum kind kind_of(struct str bytes, const char **looks_like)
{
    *looks_like = NULL;
    if (str_starts(str_trim(without_bom(str_slice(bytes, 0, 1024))), STR("%PDF-")))
        return KIND_PDF;
    if (str_starts(bytes, STR("PK\x03\x04")) && zip_is_ods(bytes))
        return KIND_ODS;
    if (str_starts(bytes, STR("PK\x03\x04")) &&
        (zip_has(bytes, STR("xl/workbook.xml")) || zip_has(bytes, STR("xl/worksheets/"))))
        return KIND_XLSX;
    *looks_like = is_encrypted_office(bytes)
                      ? "an encrypted Office document, which needs a password"
                      : name_of_foreign(bytes);
    if (*looks_like)
        return KIND_FOREIGN;
    return kind_is_html(bytes) ? KIND_HTML : KIND_TEXT;
}
