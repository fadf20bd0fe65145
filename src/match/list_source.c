#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#include "intake/charset.h"
#include "match/list_int.h"

enum { SOURCE_BLOCK = 1 << 18, SOURCE_WINDOW = 1 << 20 };

struct list_source {
    int fd;
    struct buf raw;       /* bytes read and not yet decoded */
    struct buf beginning; /* decoded, and not yet handed out */
    struct charset charset;
    UConverter *from, *to; /* NULL for UTF-8 */
    UChar pivot[4096];
    UChar *pivot_source, *pivot_target;
    bool ended, begun;
};

static enum outcome read_block(struct list_source *s, struct fault *why)
{
    buf_reserve(&s->raw, SOURCE_BLOCK);
    ssize_t got;
    do
        got = read(s->fd, s->raw.at + s->raw.len, s->raw.room - s->raw.len - 1);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return refuse(why, FAILED, "cannot be read: %s", strerror(errno));
    s->raw.len += (size_t)got;
    s->ended = got == 0;
    return OK;
}

/* Whole lines only, so that no character is cut in two. */
static struct str window_of(const struct list_source *s)
{
    struct str all = buf_str(&s->raw);
    const char *last = all.len ? memrchr(all.at, '\n', all.len) : NULL;
    if (s->ended || !last)
        return all;
    size_t len = (size_t)(last - all.at) + 1;
    /* a line end of UTF-16 is two bytes */
    return str_slice(all, 0, len + (len < all.len && !all.at[len]));
}

static enum outcome open_converters(struct list_source *s, struct fault *why)
{
    UErrorCode error = U_ZERO_ERROR;
    s->pivot_source = s->pivot_target = s->pivot;
    if (str_equal(s->charset.name, STR("utf-8")))
        return OK;
    s->from = ucnv_open(s->charset.name.at, &error);
    s->to = ucnv_open("UTF-8", &error);
    if (U_SUCCESS(error))
        ucnv_setToUCallBack(s->from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    if (U_FAILURE(error))
        return refuse(why, FAILED, "cannot be decoded as %s: %s", s->charset.name.at,
                      u_errorName(error));
    return OK;
}

static enum outcome decode(struct list_source *s, struct buf *out, struct fault *why)
{
    if (!s->from) {
        buf_add(out, buf_str(&s->raw));
        buf_clear(&s->raw);
        return OK;
    }
    char bytes[16384];
    const char *at = s->raw.at, *end = s->raw.at + s->raw.len;
    for (;;) {
        UErrorCode error = U_ZERO_ERROR;
        char *to = bytes;
        ucnv_convertEx(s->to, s->from, &to, bytes + sizeof bytes, &at, end, s->pivot,
                       &s->pivot_source, &s->pivot_target, s->pivot + COUNT_OF(s->pivot),
                       (UBool)!s->begun, (UBool)s->ended, &error);
        s->begun = true;
        buf_add(out, (struct str){bytes, (size_t)(to - bytes)});
        if (error == U_BUFFER_OVERFLOW_ERROR)
            continue;
        if (U_FAILURE(error))
            return refuse(why, REFUSED, "cannot be decoded as %s: %s", s->charset.name.at,
                          u_errorName(error));
        break;
    }
    buf_clear(&s->raw);
    return OK;
}

static enum outcome begin(struct list_source *s, struct fault *why)
{
    enum outcome outcome = OK;
    while (!outcome && !s->ended && s->raw.len < SOURCE_WINDOW)
        outcome = read_block(s, why);
    if (outcome)
        return outcome;
    /* what no encoding explains is read as UTF-8, and the field that is none is named */
    if (charset_detect(window_of(s), &s->charset, NULL) != OK)
        s->charset = (struct charset){.name = STR("utf-8")};
    memmove(s->raw.at, s->raw.at + s->charset.mark, s->raw.len - s->charset.mark);
    s->raw.len -= s->charset.mark;
    outcome = open_converters(s, why);
    return outcome ? outcome : decode(s, &s->beginning, why);
}

enum outcome list_source_open(const char *path, struct list_source **out, struct fault *why)
{
    struct stat what;
    int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : dup(STDIN_FILENO);
    if (fd < 0)
        return refuse(why, errno == ENOENT ? NOT_FOUND : FAILED, "%s", strerror(errno));
    if (!fstat(fd, &what) && S_ISDIR(what.st_mode)) {
        close(fd);
        return refuse(why, REFUSED, "is a folder");
    }
    struct list_source *s = mem_alloc(sizeof *s);
    s->fd = fd;
    buf_init(&s->raw, SIZE_MAX / 4);
    buf_init(&s->beginning, SIZE_MAX / 4);
    enum outcome outcome = begin(s, why);
    if (outcome) {
        list_source_close(s);
        s = NULL;
    }
    *out = s;
    return outcome;
}

void list_source_close(struct list_source *s)
{
    if (!s)
        return;
    close(s->fd);
    ucnv_close(s->from);
    ucnv_close(s->to);
    buf_release(&s->raw);
    buf_release(&s->beginning);
    mem_free(s);
}

struct str list_source_charset(const struct list_source *s)
{
    return s->charset.name;
}

struct str list_source_beginning(const struct list_source *s)
{
    return buf_str(&s->beginning);
}

enum outcome list_source_more(struct list_source *s, struct buf *out, struct fault *why)
{
    if (s->beginning.len) {
        buf_add(out, buf_str(&s->beginning));
        buf_release(&s->beginning);
        return OK;
    }
    size_t before = out->len;
    enum outcome outcome = OK;
    while (!outcome && !s->ended && out->len == before) {
        outcome = read_block(s, why);
        if (!outcome)
            outcome = decode(s, out, why);
    }
    return outcome;
}
