#include "intake/workbook_int.h"

#include <unistd.h>

#include "base/file.h"
#include "intake/book_int.h"
#include "intake/delimited_int.h"
#include "intake/intake.h"
#include "intake/sandbox_int.h"
#include "intake/spawner_int.h"
#include "text/utf8.h"

enum { DOUBT_LIMIT = 2000, NAME_LIMIT = 400 };

const char *workbook_name(enum workbook_format format)
{
    return format == WORKBOOK_XLSX ? "an Excel table" : "an OpenDocument table";
}

static void doubt_begin(struct book *b)
{
    if (b->doubt.len)
        buf_add_text(&b->doubt, "; ");
}

struct str book_name(struct arena *arena, struct str name)
{
    struct buf clean;
    buf_init(&clean, NAME_LIMIT);
    delimited_cell(&clean, name);
    struct str out = arena_copy(arena, clean.full ? STR_NONE : buf_str(&clean));
    buf_release(&clean);
    return out;
}

enum outcome book_sheet(struct book *b, struct grid *g, struct str name, bool hidden,
                        struct fault *why)
{
    size_t before = b->text.len;
    enum outcome result = grid_write(g, b->package.name, name, &b->text, why);
    if (result != OK || b->text.len == before)
        return result;
    if (hidden) {
        doubt_begin(b);
        buf_print(&b->doubt, "the sheet \"%.*s\" is hidden, and was read", STR_ARG(name));
    }
    if (g->hidden_rows) {
        doubt_begin(b);
        buf_print(&b->doubt, "%zu hidden row%s of \"%.*s\" %s read, the first is row %u",
                  g->hidden_rows, g->hidden_rows == 1 ? "" : "s", STR_ARG(name),
                  g->hidden_rows == 1 ? "was" : "were", (unsigned)g->first_hidden + 1);
    }
    if (g->hidden_columns) {
        doubt_begin(b);
        buf_print(&b->doubt, "\"%.*s\" has hidden columns, which were read", STR_ARG(name));
    }
    return OK;
}

enum outcome workbook_read(struct arena *arena, enum workbook_format format, struct str bytes,
                           struct workbook *out, struct fault *why)
{
    struct book b = {.arena = arena};
    *out = (struct workbook){0};
    enum outcome result = package_open(&b.package, workbook_name(format), bytes, why);
    if (result != OK)
        return result;
    buf_init(&b.text, INTAKE_FILE_LIMIT);
    buf_init(&b.doubt, DOUBT_LIMIT);
    result = format == WORKBOOK_XLSX ? xlsx_read(&b, why) : ods_read(&b, why);
    if (result == OK) {
        struct str doubt = buf_str(&b.doubt);
        out->text = arena_copy(arena, buf_str(&b.text));
        out->doubt = arena_copy(arena, doubt);
    }
    buf_release(&b.text);
    buf_release(&b.doubt);
    package_close(&b.package);
    return result;
}

/* ---- the answer ---- */

void workbook_write(const struct workbook *w, struct buf *out)
{
    buf_add(out, w->doubt);
    buf_add_byte(out, '\n');
    buf_add(out, w->text);
}

enum outcome workbook_parse(struct str bytes, struct workbook *out, struct fault *why)
{
    for (size_t i = 0; i < bytes.len; i++)
        if (((unsigned char)bytes.at[i] < ' ' && bytes.at[i] != '\n' && bytes.at[i] != '\f') ||
            bytes.at[i] == 0x7F)
            return refuse(why, REFUSED, "the table reader's answer is not text");
    if (utf8_first_invalid(bytes) != SIZE_MAX)
        return refuse(why, REFUSED, "the table reader's answer is not text");
    struct str rest = bytes;
    if (!memchr(bytes.at ? bytes.at : "", '\n', bytes.len) || !str_cut(&rest, '\n', &out->doubt) ||
        out->doubt.len > DOUBT_LIMIT || memchr(out->doubt.at, '\f', out->doubt.len))
        return refuse(why, REFUSED, "the table reader's answer is cut short");
    out->text = rest;
    return OK;
}

/* ---- the child ---- */

static _Noreturn void child_says(const struct fault *why, int status)
{
    if (write(STDERR_FILENO, why->text, strlen(why->text)) < 0)
        _exit(CHILD_LACKS);
    _exit(status);
}

_Noreturn void workbook_child(enum workbook_format format)
{
    struct fault why;
    struct buf bytes, answer;
    struct arena arena;
    struct workbook book;
    buf_init(&bytes, INTAKE_FILE_LIMIT);
    buf_init(&answer, SIZE_MAX / 4);
    arena_init(&arena);
    if (sandbox_enter(SANDBOX_READER, &why) != OK || file_read_fd(STDIN_FILENO, &bytes, &why) != OK)
        child_says(&why, CHILD_LACKS);
    if (workbook_read(&arena, format, buf_str(&bytes), &book, &why) != OK)
        child_says(&why, CHILD_REFUSES);
    workbook_write(&book, &answer);
    if (file_write_fd(STDOUT_FILENO, buf_str(&answer), &why) != OK)
        child_says(&why, CHILD_LACKS);
    _exit(0);
}
