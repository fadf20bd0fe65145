#include "intake/intake.h"

#include <signal.h>
#include <sys/wait.h>
#include <unicode/uchar.h>

#include "base/file.h"
#include "intake/charset.h"
#include "intake/delimited_int.h"
#include "intake/facts_int.h"
#include "intake/html_int.h"
#include "intake/kind_int.h"
#include "intake/pdf_int.h"
#include "intake/spawner_int.h"
#include "intake/workbook_int.h"
#include "text/edtf.h"
#include "text/utf8.h"

static enum outcome read_bytes(const char *path, struct arena *a, struct str *out,
                               struct fault *why)
{
    struct buf bytes;
    buf_init(&bytes, INTAKE_FILE_LIMIT);
    enum outcome result = file_read(path, INTAKE_FILE_LIMIT, &bytes, why);
    if (result == OK && !bytes.len)
        result = refuse(why, REFUSED, "an empty file");
    if (result == OK)
        *out = arena_copy(a, buf_str(&bytes));
    buf_release(&bytes);
    return result;
}

static enum outcome check_controls(struct str text, struct fault *why)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < ' ' && (c < '\t' || c > '\r')) || c == 0x7F)
            return refuse_at(why, REFUSED, i,
                             "holds the control character 0x%02X at byte %zu: binary data, not a "
                             "document Govah reads",
                             c, i);
    }
    return OK;
}

static enum outcome check_words(struct str text, struct fault *why)
{
    size_t size;
    for (size_t at = 0; at < text.len; at += size)
        if (u_isalnum((UChar32)utf8_at(text, at, &size)))
            return OK;
    return refuse(why, REFUSED, "holds no words");
}

static enum outcome take_text(struct arena *a, struct str text, struct intake_result *out,
                              struct fault *why)
{
    enum outcome result = check_controls(text, why);
    if (result != OK)
        return result;
    out->text = facts_cut_header(a, text, &out->facts);
    bool is_table = delimited_is(out->text);
    out->media = is_table ? STR("text/csv") : STR("text/plain");
    out->extractor = is_table ? STR("csv/1") : STR("text/1");
    if (is_table)
        result = delimited_text(a, out->text, &out->text, why);
    return result == OK ? check_words(out->text, why) : result;
}

static enum outcome decode(struct arena *a, enum kind kind, struct intake_result *out,
                           struct str *text, struct fault *why)
{
    struct charset charset;
    enum outcome result = kind == KIND_HTML ? charset_detect_html(a, out->bytes, &charset, why)
                                            : charset_detect(out->bytes, &charset, why);
    if (result == OK)
        result = charset_decode(a, out->bytes, &charset, text, why);
    if (result != OK)
        return result;
    out->charset = charset.name;
    if (charset.damaged)
        out->doubt = STR("invalid UTF-8 was replaced by U+FFFD");
    return OK;
}

/* What a child left behind. */
struct answer {
    struct buf output, errors;
    struct child_end end;
};

enum { ERRORS_LIMIT = 4096 };

static void answer_init(struct answer *answer)
{
    *answer = (struct answer){0};
    buf_init(&answer->output, INTAKE_FILE_LIMIT);
    buf_init(&answer->errors, ERRORS_LIMIT);
}

static void answer_release(struct answer *answer)
{
    buf_release(&answer->output);
    buf_release(&answer->errors);
}

/* Judges an end that says nothing of the document's own form; OK leaves the status to the caller.
 */
static enum outcome check_end(const struct answer *answer, const char *format, struct fault *why)
{
    const struct child_end *end = &answer->end;
    int status = WIFEXITED(end->status) ? WEXITSTATUS(end->status) : 0;
    int killed_by = WIFSIGNALED(end->status) ? WTERMSIG(end->status) : 0;
    if (end->overflowed)
        return refuse(why, REFUSED, "%s that unfolds into more than %d bytes of text", format,
                      INTAKE_FILE_LIMIT);
    if (end->timed_out || killed_by == SIGXCPU)
        return refuse(why, REFUSED, "%s that takes too long to read", format);
    if (status == EXIT_MEMORY)
        return refuse(why, REFUSED, "%s that takes too much memory to read", format);
    if (status == CHILD_LACKS)
        return refuse(why, FAILED, "%.*s", STR_ARG(buf_str(&answer->errors)));
    if (killed_by)
        return refuse(why, REFUSED, "%s that its reader cannot bear (it ended with signal %d)",
                      format, killed_by);
    return OK;
}

static enum outcome take_page(struct arena *a, const struct answer *answer,
                              struct intake_result *out, struct fault *why)
{
    struct html_page page;
    enum outcome result = check_end(answer, "a web page", why);
    if (result != OK)
        return result;
    if (WEXITSTATUS(answer->end.status) == CHILD_REFUSES)
        return refuse(why, REFUSED, "%.*s", STR_ARG(buf_str(&answer->errors)));
    if (WEXITSTATUS(answer->end.status))
        return refuse(why, FAILED, "the HTML reader ended with status %d: %.*s",
                      WEXITSTATUS(answer->end.status), STR_ARG(buf_str(&answer->errors)));
    result = html_page_parse(arena_copy(a, buf_str(&answer->output)), &page, why);
    if (result != OK)
        return result;
    out->text = page.text;
    out->facts = page.facts;
    out->facts.published = edtf_stated(page.facts.published);
    out->facts.lang = fact_language(a, page.facts.lang);
    return check_words(out->text, why) == OK ? OK : refuse(why, REFUSED, "a web page without text");
}

static enum outcome take_html(struct intake *intake, struct arena *a, struct str text,
                              struct intake_result *out, struct fault *why)
{
    struct answer answer;
    answer_init(&answer);
    out->media = STR("text/html");
    out->extractor = STR("html/1");
    enum outcome result =
        spawner_run(intake, CHILD_HTML, text, &answer.output, &answer.errors, &answer.end, why);
    if (result == OK)
        result = take_page(a, &answer, out, why);
    answer_release(&answer);
    return result;
}

static bool says(const struct answer *answer, struct str words)
{
    return str_find(buf_str(&answer->errors), words, 0) != SIZE_MAX;
}

static enum outcome take_pages(struct arena *a, const struct answer *answer,
                               struct intake_result *out, struct fault *why)
{
    enum outcome result = check_end(answer, "a PDF", why);
    if (result != OK)
        return result;
    if (says(answer, STR("ncorrect password")))
        return refuse(why, REFUSED, "an encrypted PDF: it needs a password");
    if (WEXITSTATUS(answer->end.status))
        return refuse(why, REFUSED, "a damaged PDF: pdftotext cannot read it");
    out->text = pdf_tidy(a, buf_str(&answer->output));
    out->doubt = pdf_find_doubt(a, buf_str(&answer->errors));
    return check_words(out->text, why) == OK
               ? OK
               : refuse(why, REFUSED, "a PDF without text (scanned pages need OCR first)");
}

static enum outcome take_pdf(struct intake *intake, struct arena *a, struct intake_result *out,
                             struct fault *why)
{
    struct answer answer;
    answer_init(&answer);
    out->media = STR("application/pdf");
    out->extractor = STR("pdf/2");
    enum outcome result = pdf_check_whole(out->bytes, why);
    if (result == OK)
        result = spawner_run(intake, CHILD_PDF, out->bytes, &answer.output, &answer.errors,
                             &answer.end, why);
    if (result == OK)
        result = take_pages(a, &answer, out, why);
    answer_release(&answer);
    return result;
}

static enum outcome take_sheets(struct arena *a, const struct answer *answer, const char *name,
                                struct intake_result *out, struct fault *why)
{
    struct workbook book;
    int status = WEXITSTATUS(answer->end.status);
    enum outcome result = check_end(answer, name, why);
    if (result != OK)
        return result;
    if (status == CHILD_REFUSES)
        return refuse(why, REFUSED, "%.*s", STR_ARG(buf_str(&answer->errors)));
    if (status)
        return refuse(why, FAILED, "the table reader ended with status %d: %.*s", status,
                      STR_ARG(buf_str(&answer->errors)));
    result = workbook_parse(arena_copy(a, buf_str(&answer->output)), &book, why);
    if (result != OK)
        return result;
    out->text = book.text;
    out->doubt = book.doubt;
    return check_words(out->text, why) == OK ? OK : refuse(why, REFUSED, "%s without words", name);
}

static enum outcome take_workbook(struct intake *intake, struct arena *a, enum kind kind,
                                  struct intake_result *out, struct fault *why)
{
    bool excel = kind == KIND_XLSX;
    struct answer answer;
    answer_init(&answer);
    out->media = excel ? STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                       : STR("application/vnd.oasis.opendocument.spreadsheet");
    out->extractor = excel ? STR("xlsx/2") : STR("ods/2");
    enum outcome result = spawner_run(intake, excel ? CHILD_XLSX : CHILD_ODS, out->bytes,
                                      &answer.output, &answer.errors, &answer.end, why);
    if (result == OK)
        result =
            take_sheets(a, &answer, workbook_name(excel ? WORKBOOK_XLSX : WORKBOOK_ODS), out, why);
    answer_release(&answer);
    return result;
}

enum outcome intake_file(struct intake *intake, const char *path, struct arena *a,
                         struct intake_result *out, struct fault *why)
{
    const char *looks_like;
    struct str text;
    *out = (struct intake_result){0};
    enum outcome result = read_bytes(path, a, &out->bytes, why);
    if (result != OK)
        return result;
    enum kind kind = kind_of(out->bytes, &looks_like);
    if (kind == KIND_FOREIGN)
        return refuse(why, REFUSED, "%s, not a document Govah reads", looks_like);
    if (kind == KIND_PDF)
        return take_pdf(intake, a, out, why);
    if (kind == KIND_XLSX || kind == KIND_ODS)
        return take_workbook(intake, a, kind, out, why);
    result = decode(a, kind, out, &text, why);
    if (result != OK)
        return result;
    return kind_is_html(text) ? take_html(intake, a, text, out, why) : take_text(a, text, out, why);
}
