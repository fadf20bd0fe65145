/* Whole files, good and hostile, through the spawner. */
#include "intake/intake.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "intake/spawner_int.h"
#include "text/utf8.h"

static char folder[64];
static struct intake intake;

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static const char *put(const char *name, struct str bytes)
{
    const char *path = path_of(name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(file_write_fd(fd, bytes, NULL), OK);
    close(fd);
    return path;
}

static void expect_refused(const char *path, enum outcome outcome, const char *words)
{
    struct arena a;
    struct intake_result result;
    struct fault why = {0};
    arena_init(&a);
    enum outcome got = intake_file(&intake, path, &a, &result, &why);
    if (got != outcome || !strstr(why.text, words) || strchr(why.text, '\n'))
        fail_msg("%s: %d, \"%s\" and not %d, \"%s\"", path, (int)got, why.text, (int)outcome,
                 words);
    arena_release(&a);
}

static void expect_text(const char *path, const char *media, const char *text)
{
    struct arena a;
    struct intake_result result;
    struct fault why = {0};
    arena_init(&a);
    enum outcome got = intake_file(&intake, path, &a, &result, &why);
    if (got != OK)
        fail_msg("%s: %s", path, why.text);
    assert_true(str_equal(result.media, str_of(media)));
    if (!str_equal(result.text, str_of(text)))
        fail_msg("%s: \"%.*s\"", path, STR_ARG(result.text));
    arena_release(&a);
}

/* What a byte of the PDF's font means beyond ASCII: 80 to CF the letters from U+0600, D0 to D9 the
 * Persian digits, E0 lam and alef in one glyph. */
static const char meanings[] =
    "<< /Length 295 >>\nstream\n"
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Persian def\n"
    "1 begincodespacerange <00> <FF> endcodespacerange\n"
    "2 beginbfrange <80> <CF> <0600> <D0> <D9> <06F0> endbfrange\n"
    "1 beginbfchar <E0> <06440627> endbfchar\n"
    "endcmap CMapName currentdict /CMap defineresource pop end end\nendstream";

static void add_font(struct buf *out)
{
    buf_add_text(out, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R"
                      " /FirstChar 0 /LastChar 255 /Widths [");
    for (size_t i = 0; i < 256; i++)
        buf_add_text(out, i == ' ' ? "250 " : "500 ");
    buf_add_text(out, "] >>");
}

/* A PDF of one page that shows `content`; `extra` goes into the trailer. */
static void write_pdf(struct buf *out, const char *content, const char *extra)
{
    size_t at[7];
    buf_init(out, 100000);
    buf_add_text(out, "%PDF-1.4\n");
    const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
        " /Resources << /Font << /F1 4 0 R >> >> >>",
    };
    for (size_t i = 0; i < 6; i++) {
        at[i] = out->len;
        buf_print(out, "%zu 0 obj\n", i + 1);
        if (i < 3)
            buf_add_text(out, objects[i]);
        else if (i == 3)
            add_font(out);
        else if (i == 4)
            buf_print(out, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(content), content);
        else
            buf_add_text(out, meanings);
        buf_add_text(out, "\nendobj\n");
    }
    at[6] = out->len;
    buf_add_text(out, "xref\n0 7\n0000000000 65535 f \n");
    for (size_t i = 0; i < 6; i++)
        buf_print(out, "%010zu 00000 n \n", at[i]);
    buf_print(out, "trailer << /Size 7 /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n", extra, at[6]);
}

static const char shown[] = "BT /F1 12 Tf 72 700 Td (At least 527 people) Tj 0 -14 Td (were "
                            "killed.) Tj ET";

static bool lacks_landlock(void)
{
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 1)
        return false;
    print_message("# no Landlock here, so no PDF is read\n");
    return true;
}

static void reads_pdf(void **state)
{
    (void)state;
    struct buf pdf;
    if (lacks_landlock())
        return;
    write_pdf(&pdf, shown, "");
    expect_text(put("good", buf_str(&pdf)), "application/pdf",
                "At least 527 people\nwere killed.\n");
    buf_release(&pdf);
}

/* A line's glyphs from left to right: its words from the last to the first, those that begin with a
 * letter of U+0600 reversed. */
static void add_glyphs(struct buf *out, struct str text)
{
    uint8_t bytes[200];
    size_t begin = sizeof bytes, size;
    while (text.len) {
        struct str word;
        str_cut(&text, '|', &word);
        bool reversed = utf8_at(word, 0, &size) < 0x06F0;
        size_t end = begin;
        for (size_t at = 0; at < word.len; at += size) {
            uint32_t c = utf8_at(word, at, &size);
            bytes[--begin] = (uint8_t)(c < 0x80     ? c
                                       : c < 0x06F0 ? c - 0x600 + 0x80
                                       : c < 0xFEFB ? c - 0x6F0 + 0xD0
                                                    : 0xE0);
        }
        for (size_t i = begin, j = end; !reversed && i + 1 < j; i++) {
            uint8_t byte = bytes[--j];
            bytes[j] = bytes[i];
            bytes[i] = byte;
        }
    }
    for (; begin < sizeof bytes; begin++)
        buf_print(out, "%02x", bytes[begin]);
}

static void reads_persian_pdf(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "۱|- حامد صالح، |۲۲| ساله، در |۱۴۰۱/۰۷/۱۵",
        "(جمعه) بازداشت شد؛ |۳۰۰| تا |۴۰۰| نفر، |۵۰|% در سنندج.",
        "طﻼق اسﻼم، سالم مقاله",
    };
    struct buf pdf, content;
    if (lacks_landlock())
        return;
    buf_init(&content, 10000);
    buf_add_text(&content, "BT /F1 12 Tf 72 700 Td ");
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        buf_add_text(&content, "<");
        add_glyphs(&content, str_of(lines[i]));
        buf_add_text(&content, "> Tj 0 -14 Td ");
    }
    buf_add_text(&content, "<");
    add_glyphs(&content, str_of("م سالم"));
    buf_add_text(&content, "> Tj /Span<</ActualText <FEFF06440627>>> BDC <58> Tj EMC <");
    add_glyphs(&content, str_of("س"));
    buf_add_text(&content, "> Tj ET");
    buf_add_byte(&content, '\0');
    write_pdf(&pdf, buf_str(&content).at, "");
    expect_text(put("good", buf_str(&pdf)), "application/pdf",
                "۱- حامد صالح، ۲۲ ساله، در ۱۴۰۱/۰۷/۱۵\n"
                "(جمعه) بازداشت شد؛ ۳۰۰ تا ۴۰۰ نفر، ۵۰% در سنندج.\n"
                "طلاق اسلام، سالم مقاله\n"
                "سلام سالم\n");
    buf_release(&content);
    buf_release(&pdf);
}

/* Password checks of no password: RC4 with 40 bits, and keys that fit none. */
static const char encryption[] =
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    " /O <2055c756c72e1ad702608e8196acad447ad32d17cff583235f6dd15fed7dab67>"
    " /U <7150a5bd30ae84bb7a6a7af7f2b6f7a0a0f0ec0ad8ba9d5c3a2f2d3ae4c8c0f1> >>"
    " /ID [<31323334353637383930313233343536> <31323334353637383930313233343536>]";

static void refuses_broken_pdf(void **state)
{
    (void)state;
    struct buf pdf;
    if (lacks_landlock())
        return;
    write_pdf(&pdf, shown, "");
    for (size_t len = 20; len + 8 < pdf.len; len += 101)
        expect_refused(put("cut.pdf", str_slice(buf_str(&pdf), 0, len)), REFUSED, "truncated PDF");
    pdf.len = 200;
    buf_add_text(&pdf, "\n%%EOF\n");
    expect_refused(put("damaged.pdf", buf_str(&pdf)), REFUSED, "damaged PDF");
    buf_release(&pdf);
    write_pdf(&pdf, shown, encryption);
    expect_refused(put("locked.pdf", buf_str(&pdf)), REFUSED, "encrypted PDF");
    buf_release(&pdf);
    write_pdf(&pdf, "0 0 100 100 re f", "");
    expect_refused(put("scan.pdf", buf_str(&pdf)), REFUSED, "PDF without text");
    buf_release(&pdf);
}

static void expect_doubt(const char *path, const char *words)
{
    struct arena a;
    struct intake_result result;
    arena_init(&a);
    assert_int_equal(intake_file(&intake, path, &a, &result, NULL), OK);
    struct str doubt = arena_copy(&a, result.doubt);
    if (*words ? !strstr(doubt.at, words) : doubt.len > 0)
        fail_msg("%s: \"%s\" and not \"%s\"", path, doubt.at, words);
    arena_release(&a);
}

static void says_what_may_be_missing(void **state)
{
    (void)state;
    struct buf pdf;
    expect_doubt(put("p", STR("<p>a\xFF")), "U+FFFD");
    expect_doubt(put("p", STR("<p>a")), "");
    if (lacks_landlock())
        return;
    write_pdf(&pdf, shown, "");
    expect_doubt(put("good", buf_str(&pdf)), "");
    buf_release(&pdf);
    write_pdf(&pdf, "BT /F1 12 Tf 72 700 Td (527) Tj /F9 12 Tf (lost) Tj ET", "");
    expect_doubt(put("good", buf_str(&pdf)), "damaged in places");
    buf_release(&pdf);
}

static void reads_html(void **state)
{
    (void)state;
    struct arena a;
    struct intake_result result;
    const char *path = put("page.txt", STR("<!doctype html><html lang=en><title>Counts</title>"
                                           "<meta name=date content=2022-11-22T10:00Z><nav>Home"
                                           "</nav><p>Nearly <b>400</b> killed.<p>So it was."));
    arena_init(&a);
    assert_int_equal(intake_file(&intake, path, &a, &result, NULL), OK);
    assert_true(str_equal(result.text, STR("Nearly 400 killed.\n\nSo it was.\n")));
    assert_true(str_equal(result.media, STR("text/html")));
    assert_true(str_equal(result.charset, STR("utf-8")));
    assert_true(str_equal(result.extractor, STR("html/1")));
    assert_true(str_equal(result.facts.title, STR("Counts")));
    assert_true(str_equal(result.facts.published, STR("2022-11-22")));
    assert_true(str_equal(result.facts.lang, STR("en")));
    arena_release(&a);
    expect_text(put("wide", (struct str){"\xFF\xFE<\0p\0>\0a\0", 10}), "text/html", "a\n");
    expect_refused(put("bare", STR("<html><nav>Home</nav>")), REFUSED, "a web page without text");
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void refuses_deep_html_quickly(void **state)
{
    (void)state;
    struct buf html;
    double from = seconds_now();
    buf_init(&html, 1000000);
    for (int i = 0; i < 20000; i++)
        buf_add_text(&html, "<div>");
    expect_refused(put("deep.html", buf_str(&html)), REFUSED, "nested deeper");
    assert_true(seconds_now() - from < 5);
    buf_release(&html);
}

static void reads_text(void **state)
{
    (void)state;
    struct arena a;
    struct intake_result result;
    struct str whole = STR("url: https://example.org/1\r\nDATE: 2019-11\r\n\r\n1,500 killed.\r\n");
    arena_init(&a);
    assert_int_equal(intake_file(&intake, put("t", whole), &a, &result, NULL), OK);
    assert_true(str_equal(result.bytes, whole));
    assert_true(str_equal(result.text, STR("1,500 killed.\r\n")));
    assert_true(str_equal(result.extractor, STR("text/1")));
    assert_true(str_equal(result.facts.published, STR("2019-11")));
    assert_true(str_equal(result.facts.url, STR("https://example.org/1")));
    arena_release(&a);
    expect_text(put("fa", (struct str){"\x98\xD4\xCA\xE5 \xD4\xCF\xE4\xCF", 9}), "text/plain",
                "کشته شدند");
}

static void refuses_what_is_no_document(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *words;
    } cases[] = {
        {"", 0, "an empty file"},
        {"PK\x03\x04\x14\0\0\0\x08\0", 10, "a ZIP archive, not a document Govah reads"},
        {"five \xFF\xFE killed", 14, "invalid UTF-8 at byte 5"},
        {"five\0killed", 11, "NUL bytes"},
        {"five \x1B[2J killed", 16, "control character 0x1B at byte 5"},
        {"\xEF\xBB\xBF", 3, "holds no words"},
        {" \n --- \n", 8, "holds no words"},
        {"TITLE: only a header\n\n", 22, "holds no words"},
        {"\xFF\xFE", 2, "holds no words"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        expect_refused(put("case.txt", (struct str){cases[i].bytes, cases[i].len}), REFUSED,
                       cases[i].words);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    expect_refused(folder, REFUSED, "a folder");
    expect_refused("/dev/zero", REFUSED, "a device");
    expect_refused(path_of("vanished"), NOT_FOUND, "No such file");
    assert_int_equal(mkfifo(path_of("fifo"), 0600), 0);
    expect_refused(path_of("fifo"), REFUSED, "a FIFO");
    memcpy(name.sun_path, path_of("socket"), strlen(path_of("socket")) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof name), 0);
    expect_refused(path_of("socket"), FAILED, "cannot be opened");
    close(fd);
    put("sparse.txt", STR(""));
    assert_int_equal(truncate(path_of("sparse.txt"), (off_t)2 << 30), 0);
    expect_refused(path_of("sparse.txt"), REFUSED, "2147483648 bytes");
}

static void cuts_off_what_unfolds(void **state)
{
    (void)state;
    struct buf output, errors;
    struct child_end end;
    buf_init(&output, 10);
    buf_init(&errors, 100);
    assert_int_equal(spawner_run(&intake, CHILD_HTML, STR("<p>Many more than ten bytes"), &output,
                                 &errors, &end, NULL),
                     OK);
    assert_true(end.overflowed);
    assert_int_equal(output.len, 0);
    buf_release(&output);
    buf_release(&errors);
    expect_text(put("next", STR("<p>next")), "text/html", "next\n");
}

static void leaves_nothing_open(void **state)
{
    (void)state;
    int before = dup(STDIN_FILENO);
    close(before);
    for (int i = 0; i < 20; i++) {
        expect_text(put("p", STR("<p>a")), "text/html", "a\n");
        expect_text(put("t", STR("a")), "text/plain", "a");
        expect_refused(put("bare", STR("<html>")), REFUSED, "without text");
        expect_refused(put("cut.pdf", STR("%PDF-1.4 %%EOF")), lacks_landlock() ? FAILED : REFUSED,
                       "");
    }
    int after = dup(STDIN_FILENO);
    close(after);
    assert_int_equal(after, before);
}

static void says_that_the_sandbox_is_gone(void **state)
{
    (void)state;
    struct intake first = intake;
    assert_int_equal(intake_start(&intake, NULL), OK);
    assert_int_equal(kill(intake.spawner, SIGKILL), 0);
    expect_refused(put("p", STR("<p>a")), FAILED, "the sandbox has ended");
    expect_refused(put("p", STR("<p>a")), FAILED, "the sandbox is not running");
    expect_text(put("t", STR("text needs none")), "text/plain", "text needs none");
    intake_stop(&intake);
    intake_stop(&intake);
    intake = first;
}

static _Noreturn void without_landlock(const char *page, const char *pdf)
{
    struct arena a;
    struct intake_result result;
    struct fault why = {0};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    arena_init(&a);
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SYS_landlock_create_ruleset, 0) ||
        seccomp_load(filter) || intake_start(&intake, &why) != OK)
        _exit(1);
    if (intake_file(&intake, page, &a, &result, &why) != OK)
        _exit(2);
    _exit(intake_file(&intake, pdf, &a, &result, &why) == FAILED && strstr(why.text, "Landlock")
              ? 0
              : 3);
}

static void refuses_pdf_without_landlock(void **state)
{
    (void)state;
    struct buf pdf;
    int status;
    char page[128];
    write_pdf(&pdf, shown, "");
    snprintf(page, sizeof page, "%s", put("page.html", STR("<p>a")));
    put("good.pdf", buf_str(&pdf));
    pid_t child = fork();
    if (child == 0)
        without_landlock(page, path_of("good.pdf"));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    buf_release(&pdf);
}

static int start(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s/govah-test-XXXXXX", P_tmpdir);
    return !mkdtemp(folder) || intake_start(&intake, NULL) != OK;
}

static int stop(void **state)
{
    static const char *const names[] = {
        "good", "cut.pdf", "damaged.pdf", "locked.pdf", "scan.pdf",  "page.txt", "wide",
        "bare", "t",       "fa",          "deep.html",  "case.txt",  "fifo",     "socket",
        "next", "p",       "page.html",   "good.pdf",   "sparse.txt"};
    (void)state;
    intake_stop(&intake);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        unlink(path_of(names[i]));
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_text),
        cmocka_unit_test(reads_html),
        cmocka_unit_test(refuses_deep_html_quickly),
        cmocka_unit_test(reads_pdf),
        cmocka_unit_test(reads_persian_pdf),
        cmocka_unit_test(refuses_broken_pdf),
        cmocka_unit_test(says_what_may_be_missing),
        cmocka_unit_test(refuses_what_is_no_document),
        cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(cuts_off_what_unfolds),
        cmocka_unit_test(leaves_nothing_open),
        cmocka_unit_test(says_that_the_sandbox_is_gone),
        cmocka_unit_test(refuses_pdf_without_landlock),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
