#include "intake/pdf_int.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "intake/facts_int.h"
#include "intake/pdf_order_int.h"
#include "intake/pdf_turn_int.h"
#include "intake/sandbox_int.h"
#include "intake/spawner_int.h"
#include "text/utf8.h"

enum { END_WINDOW = 2048 };

#define LETTERS_LEFT "Letters left: " /* the child's own line among the converter's complaints */

enum outcome pdf_check_whole(struct str bytes, struct fault *why)
{
    size_t from = bytes.len > END_WINDOW ? bytes.len - END_WINDOW : 0;
    if (str_find(bytes, STR("%%EOF"), from) == SIZE_MAX)
        return refuse(why, REFUSED, "a truncated PDF: its end is missing");
    return OK;
}

static bool is_dropped(uint32_t c)
{
    return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
           (c >= 0x202A && c <= 0x202E);
}

static size_t tidy_page(struct str page, char *out)
{
    size_t len = 0, size;
    for (size_t at = 0; at < page.len; at += size) {
        uint32_t c = utf8_at(page, at, &size);
        if (!is_dropped(c))
            len += utf8_write(c, out + len);
    }
    struct str kept = str_trim((struct str){out, len});
    memmove(out, kept.at, kept.len);
    if (kept.len)
        out[kept.len] = '\n';
    return kept.len + (kept.len > 0);
}

struct str pdf_tidy(struct arena *a, struct str written)
{
    char *out = arena_alloc(a, written.len * 3 + 2);
    size_t len = 0;
    struct str rest = written, page;
    for (bool first = true; str_cut(&rest, '\f', &page); first = false) {
        bool behind_last = !rest.at && !str_trim(page).len;
        if (behind_last)
            break;
        if (!first)
            out[len++] = '\f';
        len += tidy_page(pdf_page_order(a, page), out + len);
    }
    return (struct str){out, len};
}

struct str pdf_find_doubt(struct arena *a, struct str complaints)
{
    struct str line, doubt = STR_NONE;
    while (str_cut(&complaints, '\n', &line)) {
        if (str_starts(line, STR("Syntax Error")) || str_starts(line, STR("Internal Error")))
            return arena_print(a, "damaged in places, the text may not be whole (%.*s)",
                               STR_ARG(fact_line(a, pdf_tidy(a, line))));
        if (str_starts(line, STR(LETTERS_LEFT)))
            doubt =
                STR("letters in some words may stand in the wrong order (the PDF leaves no room "
                    "to turn them)");
    }
    return doubt;
}

enum outcome pdf_open_converter(const char *const *paths, size_t count, int *out, struct fault *why)
{
    for (size_t i = 0; i < count; i++) {
        *out = open(paths[i], O_RDONLY | O_CLOEXEC);
        if (*out >= 0)
            return OK;
    }
    return refuse(why, FAILED,
                  "PDF needs the program pdftotext (package poppler-utils), which is "
                  "not installed");
}

/* The document is sealed: standard input becomes a copy, which stays mapped behind the walls, where
 * no file may be written. */
static enum outcome copy_input(char **at, size_t *size, struct fault *why)
{
    struct stat document;
    if (fstat(STDIN_FILENO, &document) || document.st_size <= 0)
        return refuse(why, FAILED, "a PDF cannot be read in the sandbox");
    *size = (size_t)document.st_size;
    int copy = memfd_create("document", MFD_CLOEXEC);
    if (copy < 0 || ftruncate(copy, document.st_size))
        return refuse(why, FAILED, "no memory for a PDF in the sandbox");
    *at = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED, copy, 0);
    if (*at == MAP_FAILED)
        return refuse(why, FAILED, "no memory for a PDF in the sandbox");
    size_t len = 0;
    for (ssize_t got; len < *size; len += (size_t)got)
        if ((got = pread(STDIN_FILENO, *at + len, *size - len, (off_t)len)) <= 0)
            return refuse(why, FAILED, "a PDF cannot be read in the sandbox");
    if (dup2(copy, STDIN_FILENO) < 0)
        return refuse(why, FAILED, "a PDF cannot be read in the sandbox");
    return OK;
}

static enum outcome become_converter(struct fault *why)
{
    static const char *const paths[] = {"/usr/bin/pdftotext", "/usr/local/bin/pdftotext",
                                        "/bin/pdftotext"};
    static const char *const arguments[] = {"pdftotext", "-enc", "UTF-8", "-", "-", NULL};
    static const char *const environment[] = {NULL};
    int converter;
    char *document = NULL;
    size_t size = 0;
    enum outcome result = pdf_open_converter(paths, COUNT_OF(paths), &converter, why);
    if (result != OK)
        return result;
    if (converter != SANDBOX_CONVERTER_FD &&
        dup3(converter, SANDBOX_CONVERTER_FD, O_CLOEXEC) != SANDBOX_CONVERTER_FD)
        return refuse(why, FAILED, "pdftotext cannot be opened");
    result = copy_input(&document, &size, why);
    if (result == OK)
        result = sandbox_enter(SANDBOX_CONVERTER, why);
    if (result != OK)
        return result;
    struct pdf_turned turned = pdf_turn(document, size);
    if (turned.left)
        dprintf(STDERR_FILENO, LETTERS_LEFT "%zu strings\n", turned.left);
    syscall(SYS_execveat, SANDBOX_CONVERTER_FD, "", arguments, environment, AT_EMPTY_PATH);
    return refuse(why, FAILED, "pdftotext cannot be started in the sandbox");
}

_Noreturn void pdf_child(void)
{
    struct fault why = {0};
    if (become_converter(&why) != OK && write(STDERR_FILENO, why.text, strlen(why.text)) < 0)
        _exit(CHILD_LACKS);
    _exit(CHILD_LACKS);
}
