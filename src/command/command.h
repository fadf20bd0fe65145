/* What the commands share: options, the open archive, output. The only room that may die(). */
#ifndef GOVAH_COMMAND_COMMAND_H
#define GOVAH_COMMAND_COMMAND_H

#include <time.h>

#include "store/archive.h"
#include "store/query.h"

/* Exit statuses. */
enum {
    EXIT_DONE = 0,
    EXIT_PROBLEM = 1, /* some input was refused, something was found wrong */
    EXIT_USAGE = 2,   /* the command line is not one */
    EXIT_LOCKED = 3,  /* no key, or a wrong one */
    EXIT_BUSY = 4,    /* another program writes */
};

enum command_needs { NEED_NOTHING, NEED_READ, NEED_WRITE };

/* What the global options said, and what main opened for the command. */
struct session {
    const char *dir; /* --archive or GOVAH_ARCHIVE; NULL when neither */
    bool json;
    int passphrase_fd;           /* -1 when not given */
    const char *passphrase_file; /* or NULL */
    bool recovery;               /* the secret is the recovery key */
    bool help, version;
    struct archive *archive; /* open for NEED_READ and NEED_WRITE, else NULL */
};

struct command {
    const char *name;
    int (*run)(struct session *, int argc, char **argv); /* argv[0] is the command's name */
    enum command_needs needs;
    const char *about; /* one line for the list of commands */
    const char *usage; /* for --help: synopsis, options, an example */
};

/* Says "govah: ..." on standard error and ends. */
_Noreturn void die(int status, const char *format, ...) PRINTF_LIKE(2, 3);

/* Says "govah: ..." on standard error; with a subject, "govah: SUBJECT: ...". */
void complain(const char *subject, const char *text);

/* The exit status that a fault deserves. */
int status_of(enum outcome);

/* Takes the global options out of the command line, wherever they stand before a "--", and returns
 * how many arguments are left. */
int session_options(struct session *, int argc, char **argv);

/* ---- options, one after the other ---- */

struct options {
    int argc, at;
    char **argv;
    const char *value; /* of the option just read */
    bool rest;         /* behind "--" */
};

struct options options_of(int argc, char **argv);

/* The next option "--name" or "--name=value" of the command, or NULL when what follows is an
 * operand or nothing. Complains and exits with EXIT_USAGE for one that is in neither list: names
 * separated by blanks, those in `valued` take a value. */
const char *option_next(struct options *, const char *valued, const char *plain);

/* The next operand, options before it already read; NULL at the end. */
const char *operand_next(struct options *);

/* ---- secrets ---- */

/* From --passphrase-fd, --passphrase-file, GOVAH_PASSPHRASE_FILE or the terminal; dies without one.
 * `prompt` is shown on the terminal. The caller releases it with secret_release. `twice` asks again
 * on a terminal. */
void secret_ask(const struct session *, const char *prompt, bool twice, struct buf *out);

/* The archive's key: the kernel's keyring or a secret. Dies with EXIT_LOCKED. */
void session_key(struct session *, struct master_key *);

/* Opens session->archive, or dies. */
void session_open(struct session *, enum archive_mode);

/* ---- output ---- */

/* Whether standard output is a terminal that wants colour (NO_COLOR, TERM=dumb are respected). */
bool colour_wanted(void);

enum paint { PAINT_NONE, PAINT_BOLD, PAINT_DIM, PAINT_RED, PAINT_GREEN, PAINT_YELLOW, PAINT_BLUE };

/* The escape sequence, or "" when colour is not wanted. paint(PAINT_NONE) ends any. */
const char *paint(enum paint);

/* A terminal shows untrusted text: control characters become '?', line breaks blanks. Appends. */
void show(struct buf *, struct str);

/* Columns of a text on a terminal: wide and combining characters counted as they are shown. */
size_t show_width(struct str);

/* Appends text, cut with "…" or padded with blanks to exactly `width` columns. */
void show_column(struct buf *, struct str, size_t width);

/* Prints a value as one JSON line, and releases it. */
void print_json(json_t *);

/* Standard output flushed and sound; dies otherwise. */
void finish_output(void);

/* "2026-11-21T07:40:00Z", now. */
struct now {
    char text[24];
};
struct now now_utc(void);
struct now time_utc(time_t);

/* A bar on a terminal, for archive_progress; context is a struct progress. */
void show_progress(void *context, size_t done, size_t total);

/* The reader, made once, as the store wants it; dies when data/ is wrong. */
const struct archive_reader *reader_of_store(void);

/* The store tells the histories of people by the rules of data/case; dies when they are wrong. */
void use_histories(void);

/* The commands, a file for one or a few of them, each with its text for --help. */
int cmd_init(struct session *, int, char **);
int cmd_unlock(struct session *, int, char **);
int cmd_lock(struct session *, int, char **);
int cmd_passphrase(struct session *, int, char **);
int cmd_add(struct session *, int, char **);
int cmd_read(struct session *, int, char **);
int cmd_review(struct session *, int, char **);
int cmd_figures(struct session *, int, char **);
int cmd_estimate(struct session *, int, char **);
int cmd_people(struct session *, int, char **);
int cmd_alerts(struct session *, int, char **);
int cmd_calendar(struct session *, int, char **);
int cmd_person(struct session *, int, char **);
int cmd_audit(struct session *, int, char **);
int cmd_institutions(struct session *, int, char **);
int cmd_officials(struct session *, int, char **);
int cmd_documents(struct session *, int, char **);
int cmd_search(struct session *, int, char **);
int cmd_members(struct session *, int, char **);
int cmd_trace(struct session *, int, char **);
int cmd_verify(struct session *, int, char **);
int cmd_rebuild(struct session *, int, char **);
int cmd_export(struct session *, int, char **);
int cmd_import(struct session *, int, char **);
int cmd_match(struct session *, int, char **);
int cmd_serve(struct session *, int, char **);
int cmd_state(struct session *, int, char **);

extern const char cmd_init_usage[];
extern const char cmd_unlock_usage[];
extern const char cmd_lock_usage[];
extern const char cmd_passphrase_usage[];
extern const char cmd_add_usage[];
extern const char cmd_read_usage[];
extern const char cmd_review_usage[];
extern const char cmd_figures_usage[];
extern const char cmd_estimate_usage[];
extern const char cmd_people_usage[];
extern const char cmd_alerts_usage[];
extern const char cmd_calendar_usage[];
extern const char cmd_person_usage[];
extern const char cmd_audit_usage[];
extern const char cmd_institutions_usage[];
extern const char cmd_officials_usage[];
extern const char cmd_documents_usage[];
extern const char cmd_search_usage[];
extern const char cmd_members_usage[];
extern const char cmd_trace_usage[];
extern const char cmd_verify_usage[];
extern const char cmd_rebuild_usage[];
extern const char cmd_export_usage[];
extern const char cmd_import_usage[];
extern const char cmd_match_usage[];
extern const char cmd_serve_usage[];

#endif
