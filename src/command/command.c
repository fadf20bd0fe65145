#include "command/command.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/progress.h"
#include "text/utf8.h"

_Noreturn void die(int status, const char *format, ...)
{
    va_list args;
    fflush(stdout);
    fputs("govah: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(status);
}

void complain(const char *subject, const char *text)
{
    struct buf line;
    buf_init(&line, 16 * 1024);
    if (subject) {
        show(&line, str_of(subject));
        buf_add_text(&line, ": ");
    }
    show(&line, str_of(text));
    fprintf(stderr, "govah: %.*s\n", STR_ARG(buf_str(&line)));
    buf_release(&line);
}

int status_of(enum outcome outcome)
{
    switch (outcome) {
    case OK:
        return EXIT_DONE;
    case DENIED:
        return EXIT_LOCKED;
    case BUSY:
        return EXIT_BUSY;
    default:
        return EXIT_PROBLEM;
    }
}

/* ---- options ---- */

struct options options_of(int argc, char **argv)
{
    return (struct options){.argc = argc, .at = 1, .argv = argv};
}

static bool listed(const char *names, struct str name)
{
    struct str list = str_of(names), one;
    while (str_cut(&list, ' ', &one))
        if (str_equal(one, name))
            return true;
    return false;
}

const char *option_next(struct options *o, const char *valued, const char *plain)
{
    if (o->rest || o->at >= o->argc || strncmp(o->argv[o->at], "--", 2) != 0) {
        if (!o->rest && o->at < o->argc && o->argv[o->at][0] == '-' && o->argv[o->at][1])
            die(EXIT_USAGE, "%s: unknown option %s; see govah %s --help", o->argv[0],
                o->argv[o->at], o->argv[0]);
        return NULL;
    }
    char *option = o->argv[o->at++] + 2;
    if (!*option) {
        o->rest = true;
        return NULL;
    }
    char *equals = strchr(option, '=');
    struct str name = {option, equals ? (size_t)(equals - option) : strlen(option)};
    o->value = equals ? equals + 1 : NULL;
    if (name.len && listed(valued, name)) {
        if (!equals && o->at < o->argc)
            o->value = o->argv[o->at++];
        if (!o->value)
            die(EXIT_USAGE, "%s: --%.*s needs a value", o->argv[0], STR_ARG(name));
        if (equals)
            *equals = 0;
        return option;
    }
    if (!name.len || equals || !listed(plain, name))
        die(EXIT_USAGE, "%s: unknown option --%s; see govah %s --help", o->argv[0], option,
            o->argv[0]);
    return option;
}

const char *operand_next(struct options *o)
{
    return o->at < o->argc ? o->argv[o->at++] : NULL;
}

/* ---- output ---- */

bool colour_wanted(void)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

const char *paint(enum paint p)
{
    static const char *const codes[] = {"\033[0m",  "\033[1m",  "\033[2m", "\033[31m",
                                        "\033[32m", "\033[33m", "\033[34m"};
    return colour_wanted() ? codes[p] : "";
}

/* C0, C1 and the characters that reorder or hide what follows them; isolates are ours to add */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

void show(struct buf *out, struct str s)
{
    size_t size;
    bool blank = false;
    for (size_t at = 0; at < s.len; at += size) {
        uint32_t c = utf8_at(s, at, &size);
        if (c == '\n' || c == '\r' || c == '\t' || c == ' ') {
            if (!blank)
                buf_add_byte(out, ' ');
            blank = true;
            continue;
        }
        blank = false;
        if (is_control(c))
            buf_add_byte(out, '?');
        else if (c == 0xFFFD && size == 1)
            buf_add_text(out, "\xEF\xBF\xBD");
        else
            buf_add(out, str_slice(s, at, at + size));
    }
}

static size_t width_of(uint32_t c)
{
    if ((c >= 0x0610 && c <= 0x061A) || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
        (c >= 0x200B && c <= 0x200F) || (c >= 0x2066 && c <= 0x2069) ||
        (c >= 0x0300 && c <= 0x036F))
        return 0;
    int width = wcwidth((wchar_t)c);
    return width < 0 ? 1 : (size_t)width;
}

size_t show_width(struct str s)
{
    size_t size, width = 0;
    for (size_t at = 0; at < s.len; at += size)
        width += width_of(utf8_at(s, at, &size));
    return width;
}

void show_column(struct buf *out, struct str text, size_t width)
{
    struct buf clean;
    size_t size, used = 0, at = 0;
    buf_init(&clean, 64 * 1024);
    show(&clean, text);
    struct str s = buf_str(&clean);
    bool cut = show_width(s) > width;
    while (at < s.len) {
        size_t wide = width_of(utf8_at(s, at, &size));
        if (used + wide + (cut ? 1 : 0) > width)
            break;
        used += wide;
        at += size;
    }
    buf_add(out, str_slice(s, 0, at));
    if (cut && used < width) {
        buf_add_text(out, "…");
        used++;
    }
    while (used++ < width)
        buf_add_byte(out, ' ');
    buf_release(&clean);
}

void print_json(json_t *value)
{
    struct buf line;
    struct fault why;
    buf_init(&line, 256u << 20);
    if (json_write(&line, value, &why) != OK)
        bug(why.text);
    buf_add_byte(&line, '\n');
    if (fwrite(line.at, 1, line.len, stdout) != line.len)
        die(EXIT_PROBLEM, "standard output: %s", strerror(errno));
    buf_release(&line);
    json_decref(value);
}

void finish_output(void)
{
    if (fflush(stdout) || ferror(stdout))
        die(EXIT_PROBLEM, "standard output: %s", strerror(errno));
}

struct now now_utc(void)
{
    return time_utc(time(NULL));
}

struct now time_utc(time_t seconds)
{
    struct now now;
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(now.text, sizeof now.text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return now;
}

void show_progress(void *context, size_t done, size_t total)
{
    struct progress *p = context;
    p->total = total;
    progress_step(p, done);
}
