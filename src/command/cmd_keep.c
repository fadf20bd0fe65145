#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/progress.h"
#include "command/command.h"
#include "store/page.h"

const char cmd_verify_usage[] =
    "usage: govah verify [--against EXPORT]\n"
    "\n"
    "  --against EXPORT   also check that every commit which that export's signed head names is\n"
    "                     still here: shows whether a whole archive was put back to an older state\n"
    "\n"
    "Re-checks every hash, signature and link, and says what is wrong where.\n"
    "\n"
    "  govah verify --against 2026-11-01.jsonl\n";

const char cmd_rebuild_usage[] =
    "usage: govah rebuild [--digest]\n"
    "\n"
    "  --digest   print a hash of all derived rows: the same record, the same hash\n"
    "\n"
    "Drops everything that is derived from the log and makes it again, reading every text anew.\n"
    "\n"
    "  govah rebuild --digest\n";

const char cmd_export_usage[] =
    "usage: govah export [--beyond EXPORT] [FILE]\n"
    "\n"
    "  --beyond EXPORT   leave out what that earlier export's head names already\n"
    "\n"
    "Writes the record as JSON Lines that anyone can read without Govah, ending in a signed head;\n"
    "to standard output without a FILE. An export is not encrypted.\n"
    "\n"
    "  govah export 2026-11-21.jsonl\n";

const char cmd_import_usage[] =
    "usage: govah import FILE...\n"
    "\n"
    "Takes exports in: the union of both records, in any order, any number of times. Commits by\n"
    "keys that are no members wait in quarantine (govah members). A broken or forged export is\n"
    "refused whole. '-' reads standard input.\n"
    "\n"
    "  govah import colleague.jsonl\n";

static const char *one_operand(struct options *o, const char *name)
{
    const char *operand = operand_next(o);
    if (operand_next(o))
        die(EXIT_USAGE, "%s takes one file; see govah %s --help", name, name);
    return operand;
}

/* the last line of an export, which may be many gigabytes long before it */
static void last_line(const char *path, struct buf *out)
{
    enum { TAIL = 8 * 1024 * 1024 };
    struct fault why;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st))
        die(EXIT_PROBLEM, "%s: %s", path, strerror(errno));
    off_t from = st.st_size > TAIL ? st.st_size - TAIL : 0;
    buf_init(out, TAIL);
    if (lseek(fd, from, SEEK_SET) < 0 || file_read_fd(fd, out, &why) != OK)
        die(EXIT_PROBLEM, "%s cannot be read", path);
    close(fd);
    struct str s = buf_str(out);
    if (s.len && s.at[s.len - 1] == '\n')
        s.len--;
    size_t start = s.len;
    while (start && s.at[start - 1] != '\n')
        start--;
    s = str_slice(s, start, s.len);
    if (s.len)
        memmove(out->at, s.at, s.len);
    out->len = s.len;
}

struct saying {
    struct session *session;
    struct progress bar;
};

static void say(void *context, const char *line)
{
    struct saying *saying = context;
    if (saying->session->json) {
        json_t *object = json_object();
        json_put(object, str_starts(str_of(line), STR("note: ")) ? "note" : "finding",
                 str_of(line));
        print_json(object);
        return;
    }
    progress_end(&saying->bar);
    struct buf clean;
    buf_init(&clean, 4096);
    show(&clean, str_of(line));
    printf("%s%.*s%s\n", paint(PAINT_YELLOW), STR_ARG(buf_str(&clean)), paint(PAINT_NONE));
    buf_release(&clean);
}

static void verify_progress(void *context, size_t done, size_t total)
{
    struct saying *saying = context;
    show_progress(&saying->bar, done, total);
}

/* Not to be able to note it is nothing that is wrong with the archive. */
static void note_verification(struct saying *saying, const struct archive_check *count)
{
    struct fault why;
    char line[512];
    struct now now = now_utc();
    if (archive_note_verification(saying->session->archive, count, str_of(now.text), &why) == OK)
        return;
    snprintf(line, sizeof line, "note: when this was verified could not be kept: %s", why.text);
    say(saying, line);
}

int cmd_verify(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    const char *against = NULL;
    while (option_next(&o, "against", ""))
        against = o.value;
    if (operand_next(&o))
        die(EXIT_USAGE, "verify takes no operand; see govah verify --help");
    struct saying saying = {.session = s};
    struct archive_check count;
    struct fault why;
    progress_begin(&saying.bar, "verifying", 0);
    enum outcome result = archive_verify(s->archive, say, verify_progress, &saying, &count, &why);
    progress_end(&saying.bar);
    if (against) {
        struct buf line;
        last_line(against, &line);
        if (archive_reaches(s->archive, buf_str(&line), &why) != OK) {
            say(&saying, why.text);
            count.findings++;
            result = DAMAGED;
        }
        buf_release(&line);
    }
    note_verification(&saying, &count);
    if (s->json) {
        json_t *sum = json_object();
        json_put_int(sum, "objects", (int64_t)count.objects);
        json_put_int(sum, "bytes", (int64_t)count.bytes);
        json_put_int(sum, "commits", (int64_t)count.commits);
        json_put_int(sum, "findings", (int64_t)count.findings);
        json_put_int(sum, "notes", (int64_t)count.notes);
        print_json(sum);
    } else {
        printf("%zu objects, %zu byte strings, %zu commits: %s\n", count.objects, count.bytes,
               count.commits,
               count.findings ? "not as they should be" : "every hash, signature and link holds");
    }
    return result == OK ? EXIT_DONE : EXIT_PROBLEM;
}

int cmd_rebuild(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct progress bar;
    struct fault why;
    struct hash digest;
    char digits[HASH_DIGITS + 1] = "";
    struct archive_state state;
    bool digested = false;
    while (option_next(&o, "", "digest"))
        digested = true;
    if (operand_next(&o))
        die(EXIT_USAGE, "rebuild takes no operand");
    progress_begin(&bar, "rebuilding", 0);
    enum outcome result = archive_rebuild(s->archive, show_progress, &bar, &why);
    progress_end(&bar);
    if (result == OK)
        result = archive_summary(s->archive, &state, &why);
    if (result == OK && digested)
        result = archive_derived_digest(s->archive, &digest, &why);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    if (digested)
        hash_write(&digest, digits);
    if (s->json) {
        json_t *out = json_object();
        json_put_int(out, "documents", state.documents);
        json_put_int(out, "statements", state.statements);
        json_put(out, "digest", str_of(digits));
        print_json(out);
    } else {
        printf("Rebuilt: %jd documents, %jd statements%s%s.\n", (intmax_t)state.documents,
               (intmax_t)state.statements, digested ? "; the derived rows' digest is " : "",
               digits);
    }
    return EXIT_DONE;
}

static json_t *count_json(const struct exchange_count *count)
{
    json_t *out = json_object();
    json_put_int(out, "commits", (int64_t)count->commits);
    json_put_int(out, "objects", (int64_t)count->objects);
    json_put_int(out, "bytes", (int64_t)count->bytes);
    json_put_int(out, "known", (int64_t)count->known);
    json_put_int(out, "quarantined", (int64_t)count->quarantined);
    json_put_int(out, "waiting", (int64_t)count->waiting);
    return out;
}

int cmd_export(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct exchange_count count;
    struct progress bar;
    struct buf beyond;
    struct fault why;
    buf_init(&beyond, 0);
    while (option_next(&o, "beyond", ""))
        last_line(o.value, &beyond);
    const char *path = one_operand(&o, "export");
    int fd = STDOUT_FILENO;
    if (path && (fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0)
        die(EXIT_PROBLEM, "%s: %s", path, strerror(errno));
    progress_begin(&bar, "exporting", 0);
    enum outcome result =
        archive_export(s->archive, fd, buf_str(&beyond), show_progress, &bar, &count, &why);
    progress_end(&bar);
    if (path && result == OK && fsync(fd))
        result = refuse(&why, FAILED, "cannot be synced: %s", strerror(errno));
    if (path && close(fd) && result == OK)
        result = refuse(&why, FAILED, "cannot be closed: %s", strerror(errno));
    buf_release(&beyond);
    if (result != OK) {
        if (path)
            unlink(path);
        die(status_of(result), "%s: %s", path ? path : "standard output", why.text);
    }
    if (path && s->json)
        print_json(count_json(&count));
    else if (path)
        printf("%zu commits with %zu objects and %zu byte strings are in %s, readable by anyone\n"
               "who has the file.\n",
               count.commits, count.objects, count.bytes, path);
    return EXIT_DONE;
}

static bool import_file(struct session *s, const char *path)
{
    struct exchange_count count;
    struct progress bar;
    struct fault why;
    bool input = strcmp(path, "-") == 0;
    int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        complain(path, strerror(errno));
        return false;
    }
    progress_begin(&bar, "importing", 0);
    enum outcome result = archive_import(s->archive, fd, show_progress, &bar, &count, &why);
    progress_end(&bar);
    if (!input)
        close(fd);
    if (result != OK) {
        complain(path, why.text);
        return false;
    }
    if (s->json) {
        print_json(count_json(&count));
        return true;
    }
    printf("%s: %zu new commits, %zu objects and %zu byte strings", path, count.commits,
           count.objects, count.bytes);
    if (count.quarantined)
        printf("; %zu commits by unknown keys wait in quarantine (govah members)",
               count.quarantined);
    if (count.waiting)
        printf("; %zu commits wait for what they build on", count.waiting);
    putchar('\n');
    return true;
}

int cmd_import(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    bool good = true;
    if (option_next(&o, "", ""))
        return EXIT_USAGE;
    const char *path = operand_next(&o);
    if (!path)
        die(EXIT_USAGE, "which export? govah import FILE...");
    for (; path; path = operand_next(&o))
        good &= import_file(s, path);
    return good ? EXIT_DONE : EXIT_PROBLEM;
}
