#include "command/filter.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/file.h"
#include "base/in_order.h"
#include "command/command.h"
#include "read/lines.h"

/* A piece is one document, or lines that came in together. */
enum { PIECE_BYTES = 256 * 1024, BYTES_AHEAD = 16 * PIECE_BYTES };

struct piece {
    struct arena arena; /* holds a document that is no line */
    struct document_line document;
    struct buf lines;  /* whole lines, the last one of the input perhaps without its end */
    size_t first_line; /* number of the first, from 1 */
    struct buf out, complaints;
    size_t refused;
};

/* What came in and is no whole line yet. */
struct source {
    struct buf pending;
    size_t line;   /* number of the line that pending begins with */
    bool skipping; /* that line is too long, and what has come of it is gone */
    bool over;
};

struct filter {
    const struct reader *reader;
    struct in_order *pieces;
    struct source source;
    size_t bytes_ahead, refused;
};

static struct piece *piece_new(void)
{
    struct piece *p = mem_alloc(sizeof *p);
    arena_init(&p->arena);
    buf_init(&p->lines, SIZE_MAX / 2);
    buf_init(&p->out, SIZE_MAX / 2);
    buf_init(&p->complaints, SIZE_MAX / 2);
    return p;
}

static void piece_free(struct piece *p)
{
    if (!p)
        return;
    arena_release(&p->arena);
    buf_release(&p->lines);
    buf_release(&p->out);
    buf_release(&p->complaints);
    mem_free(p);
}

static size_t piece_bytes(const struct piece *p)
{
    return p->lines.len + p->document.text.len;
}

static void refuse_line(struct piece *p, size_t line, const char *why)
{
    buf_print(&p->complaints, "govah: standard input, line %zu: ", line);
    show(&p->complaints, str_of(why));
    buf_add_byte(&p->complaints, '\n');
    p->refused++;
}

static void read_document(const struct reader *reader, struct piece *p,
                          const struct document_line *document, struct arena *arena)
{
    struct reading reading;
    reader_read(reader, document->text, &document->facts, arena, &reading);
    reading_write_lines(&p->out, document->id, document->text, &reading);
}

static void read_line(const struct reader *reader, struct piece *p, struct str line, size_t number)
{
    struct arena arena;
    struct document_line document;
    struct fault why;
    arena_init(&arena);
    if (document_line_read(line, &arena, &document, &why) == OK)
        read_document(reader, p, &document, &arena);
    else
        refuse_line(p, number, why.text);
    arena_release(&arena);
}

static void work(void *context, void *piece)
{
    const struct filter *f = context;
    struct piece *p = piece;
    struct str rest = buf_str(&p->lines), line;
    if (p->document.text.len)
        read_document(f->reader, p, &p->document, &p->arena);
    for (size_t number = p->first_line; str_cut(&rest, '\n', &line); number++)
        if (str_trim(line).len)
            read_line(f->reader, p, line, number);
}

struct filter *filter_new(const struct reader *reader, size_t threads)
{
    struct filter *f = mem_alloc(sizeof *f);
    f->reader = reader;
    f->pieces = in_order_new(threads, work, f);
    f->source.line = 1;
    buf_init(&f->source.pending, FILTER_LINE_LIMIT + 2 * PIECE_BYTES);
    return f;
}

void filter_free(struct filter *f)
{
    if (!f)
        return;
    for (struct piece *p; (p = in_order_cancel(f->pieces));)
        piece_free(p);
    in_order_free(f->pieces);
    buf_release(&f->source.pending);
    mem_free(f);
}

_Noreturn static void give_up(struct filter *f, const struct fault *why, const char *subject)
{
    int status = status_of(why->code);
    filter_free(f);
    die(status, "%s: %s", subject, why->text);
}

/* writes the oldest piece; false when there is none */
static bool write_oldest(struct filter *f)
{
    struct fault why;
    struct piece *p = in_order_take(f->pieces);
    if (!p)
        return false;
    enum outcome result = file_write_fd(STDOUT_FILENO, buf_str(&p->out), &why);
    if (p->complaints.len)
        fwrite(p->complaints.at, 1, p->complaints.len, stderr);
    f->bytes_ahead -= piece_bytes(p);
    f->refused += p->refused;
    piece_free(p);
    if (result != OK)
        give_up(f, &why, "standard output");
    return true;
}

static void add(struct filter *f, struct piece *p)
{
    while (!in_order_has_room(f->pieces) || f->bytes_ahead > BYTES_AHEAD)
        if (!write_oldest(f))
            break;
    f->bytes_ahead += piece_bytes(p);
    in_order_add(f->pieces, p);
}

static size_t lines_in(struct str s)
{
    size_t count = 0;
    for (const char *at = s.at; s.len && (at = memchr(at, '\n', s.len - (size_t)(at - s.at)));)
        if (count++, (size_t)(++at - s.at) == s.len)
            break;
    return count;
}

/* the first `size` bytes of what is pending become a piece */
static void cut_piece(struct filter *f, size_t size)
{
    struct source *s = &f->source;
    struct piece *p = piece_new();
    p->first_line = s->line;
    p->lines = s->pending;
    buf_init(&s->pending, p->lines.limit);
    buf_add(&s->pending, str_slice(buf_str(&p->lines), size, p->lines.len));
    p->lines.len = size;
    s->line += lines_in(buf_str(&p->lines));
    add(f, p);
}

/* the line that is pending is too long: what there is of it goes, what follows it stays */
static void skip(struct filter *f)
{
    struct source *s = &f->source;
    struct buf all = s->pending;
    size_t end = str_find(buf_str(&all), STR("\n"), 0);
    if (!s->skipping) {
        struct piece *p = piece_new();
        char why[80];
        snprintf(why, sizeof why, "a line of more than %d bytes", FILTER_LINE_LIMIT);
        refuse_line(p, s->line, why);
        add(f, p);
    }
    s->skipping = end == SIZE_MAX;
    s->line += !s->skipping;
    buf_init(&s->pending, all.limit);
    buf_add(&s->pending, str_slice(buf_str(&all), s->skipping ? all.len : end + 1, all.len));
    buf_release(&all);
}

static ssize_t read_input(char *into, size_t size)
{
    for (;;) {
        ssize_t got = read(STDIN_FILENO, into, size);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
        if (errno == EAGAIN)
            poll(&(struct pollfd){.fd = STDIN_FILENO, .events = POLLIN}, 1, -1);
    }
}

/* `from`: where what came in just now begins */
static void cut_pending(struct filter *f, size_t from)
{
    struct source *s = &f->source;
    struct str all = buf_str(&s->pending);
    size_t first = str_find(all, STR("\n"), from);
    if (s->skipping || (first == SIZE_MAX ? all.len : first) > FILTER_LINE_LIMIT) {
        skip(f);
        all = buf_str(&s->pending);
        from = 0;
    }
    const char *last = all.len > from ? memrchr(all.at + from, '\n', all.len - from) : NULL;
    if (last)
        cut_piece(f, (size_t)(last + 1 - all.at));
    else if (s->over && all.len)
        cut_piece(f, all.len);
}

static void take_input(struct filter *f)
{
    char bytes[PIECE_BYTES];
    struct fault why;
    ssize_t got = read_input(bytes, sizeof bytes);
    if (got < 0) {
        refuse(&why, FAILED, "cannot be read: %s", strerror(errno));
        filter_finish(f);
        give_up(f, &why, "standard input");
    }
    size_t from = f->source.pending.len;
    buf_add(&f->source.pending, (struct str){bytes, (size_t)got});
    f->source.over = !got;
    cut_pending(f, from);
}

static bool input_waits(void)
{
    return poll(&(struct pollfd){.fd = STDIN_FILENO, .events = POLLIN}, 1, 0) > 0;
}

void filter_lines(struct filter *f)
{
    while (!f->source.over)
        if (!in_order_count(f->pieces) || (in_order_has_room(f->pieces) && input_waits()))
            take_input(f);
        else
            write_oldest(f);
    filter_finish(f);
}

void filter_file(struct filter *f, struct intake *intake, const char *path, struct str name)
{
    struct piece *p = piece_new();
    struct intake_result found = {0};
    struct fault why;
    struct buf id;
    if (intake_file(intake, path, &p->arena, &found, &why) != OK) {
        complain(path, why.text);
        f->refused++;
        piece_free(p);
        return;
    }
    buf_init(&id, SIZE_MAX / 2);
    json_write_text(&id, name);
    p->document =
        (struct document_line){arena_copy(&p->arena, buf_str(&id)), found.text, found.facts};
    buf_release(&id);
    add(f, p);
}

void filter_finish(struct filter *f)
{
    while (write_oldest(f))
        continue;
}

size_t filter_refused(const struct filter *f)
{
    return f->refused;
}
