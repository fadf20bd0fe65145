#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "command/command.h"
#include "seal/sign.h"
#include "text/fold.h"

static const struct command commands[] = {
    {"init", cmd_init, NEED_NOTHING, "make an archive: one encrypted folder", cmd_init_usage},
    {"unlock", cmd_unlock, NEED_NOTHING, "keep its key in the kernel's keyring for a while",
     cmd_unlock_usage},
    {"lock", cmd_lock, NEED_NOTHING, "forget the key", cmd_lock_usage},
    {"passphrase", cmd_passphrase, NEED_NOTHING, "give it another passphrase",
     cmd_passphrase_usage},
    {"add", cmd_add, NEED_NOTHING, "take in reports and read them", cmd_add_usage},
    {"documents", cmd_documents, NEED_READ, "what was taken in", cmd_documents_usage},
    {"read", cmd_read, NEED_NOTHING, "print what documents say, without an archive",
     cmd_read_usage},
    {"review", cmd_review, NEED_NOTHING, "decide about what the reader proposes", cmd_review_usage},
    {"match", cmd_match, NEED_NOTHING, "find who is one person, on record or in lists",
     cmd_match_usage},
    {"serve", cmd_serve, NEED_NOTHING, "the workspace in the browser, on this machine alone",
     cmd_serve_usage},
    {"people", cmd_people, NEED_NOTHING, "who is named, and what happened to them",
     cmd_people_usage},
    {"person", cmd_person, NEED_READ, "one case: where they are, by what, and what contradicts",
     cmd_person_usage},
    {"alerts", cmd_alerts, NEED_READ, "what is urgent, about whom, and why", cmd_alerts_usage},
    {"calendar", cmd_calendar, NEED_READ, "what is expected, and when", cmd_calendar_usage},
    {"audit", cmd_audit, NEED_READ, "an amnesty against the record", cmd_audit_usage},
    {"institutions", cmd_institutions, NEED_READ,
     "courts, prisons, commissions: whose cases passed", cmd_institutions_usage},
    {"officials", cmd_officials, NEED_READ, "judges, prosecutors: cases, posts, and who says so",
     cmd_officials_usage},
    {"figures", cmd_figures, NEED_READ, "who counts what: range, conflicts, repeats",
     cmd_figures_usage},
    {"estimate", cmd_estimate, NEED_NOTHING, "how many nobody recorded, from overlapping lists",
     cmd_estimate_usage},
    {"search", cmd_search, NEED_READ, "find words in every script and spelling", cmd_search_usage},
    {"trace", cmd_trace, NEED_READ, "from a figure to its sentence, hash and signature",
     cmd_trace_usage},
    {"verify", cmd_verify, NEED_READ, "check every hash, signature and link", cmd_verify_usage},
    {"rebuild", cmd_rebuild, NEED_WRITE, "make everything derived again", cmd_rebuild_usage},
    {"export", cmd_export, NEED_READ, "write the record as JSON Lines", cmd_export_usage},
    {"import", cmd_import, NEED_WRITE, "take an export in: the union of both", cmd_import_usage},
    {"members", cmd_members, NEED_NOTHING, "whose commits count", cmd_members_usage},
};

static const struct {
    const char *first, *title;
} groups[] = {
    {"init", "An archive and its key"},
    {"add", "Reports in, and what is decided about them"},
    {"people", "People"},
    {"figures", "Numbers and words"},
    {"verify", "The record as a whole"},
};

static const char global_usage[] =
    "Govah turns reports into a record that can be checked: every name, date and number in it\n"
    "leads back to the sentence that says so.\n"
    "\n"
    "usage: govah [--archive DIR] [options] [COMMAND ...]\n"
    "\n"
    "Without a command: the state of the archive, and what waits for a decision.\n";

static const char global_options[] =
    "\n"
    "Options, before or behind the command:\n"
    "  --archive DIR           the archive's folder; else GOVAH_ARCHIVE\n"
    "  --json                  print data as JSON, a line each\n"
    "  --passphrase-fd N       read the passphrase from descriptor N\n"
    "  --passphrase-file FILE  read it from a file (the archive is as safe as that file); else\n"
    "                          GOVAH_PASSPHRASE_FILE\n"
    "  --recovery              the secret is the recovery key\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 done; 1 something was refused or found wrong; 2 not a command line;\n"
    "3 locked, or a wrong passphrase; 4 another program writes; 71 out of memory.\n";

static void print_title(const char *first)
{
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        if (strcmp(groups[i].first, first) == 0)
            printf("\n%s:\n", groups[i].title);
}

static void print_help(void)
{
    fputs(global_usage, stdout);
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        print_title(commands[i].name);
        printf("  %-12s  %s\n", commands[i].name, commands[i].about);
    }
    fputs(global_options, stdout);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static void print_command_help(const struct command *c)
{
    printf("%s: %s\n\n%s", c->name, c->about, c->usage);
}

int main(int argc, char **argv)
{
    struct session session = {.passphrase_fd = -1, .dir = getenv("GOVAH_ARCHIVE")};
    setlocale(LC_CTYPE, "C.UTF-8");
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    /* no core file and no debugger of the same user: keys are in this process */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    prctl(PR_SET_DUMPABLE, 0);
    argc = session_options(&session, argc, argv);
    if (session.version) {
        printf("govah %s\n", GOVAH_VERSION);
        return EXIT_DONE;
    }
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
    if (argc > 1 && argv[1][0] == '-')
        die(EXIT_USAGE, "unknown option %s; see govah --help", argv[1]);
    if (argc > 1 && !command)
        die(EXIT_USAGE, "unknown command \"%s\"; see govah --help", argv[1]);
    if (session.help) {
        if (command)
            print_command_help(command);
        else
            print_help();
        finish_output();
        return EXIT_DONE;
    }
    if (!command && !session.dir) {
        print_help();
        finish_output();
        return EXIT_DONE;
    }
    mem_keep_freed();
    text_use_memory();
    json_use_memory();
    archive_use_memory();
    seal_start();
    use_histories();
    enum command_needs needs = command ? command->needs : NEED_READ;
    if (needs != NEED_NOTHING)
        session_open(&session, needs == NEED_WRITE ? ARCHIVE_WRITE : ARCHIVE_READ);
    int status =
        command ? command->run(&session, argc - 1, argv + 1) : cmd_state(&session, argc, argv);
    archive_close(session.archive);
    finish_output();
    return status;
}
