#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "command/command.h"
#include "seal/sign.h"
#include "text/fold.h"

static const char global_usage[] =
    "Govah turns reports into a record that can be checked: every name, date and number in it\n"
    "leads back to the sentence that says so.\n"
    "\n"
    "usage: govah [--archive DIR] [options] [COMMAND ...]\n"
    "\n"
    "Without a command: the state of the archive, and what waits for a decision.\n"
    "\n";

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

static void print_help(void)
{
    fputs(global_usage, stdout);
    for (size_t i = 0; i < commands_count; i++)
        printf("  %-10s  %s\n", commands[i].name, commands[i].about);
    fputs(global_options, stdout);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < commands_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static void print_command_help(const struct command *c)
{
    printf("%s: %s\n\n%s", c->name, c->about, c->usage);
}

static int number_of(const char *text)
{
    int64_t value;
    if (!str_to_int(str_of(text), &value) || value < 0 || value > 1 << 20)
        die(EXIT_USAGE, "--passphrase-fd needs a descriptor's number, not \"%s\"", text);
    return (int)value;
}

/* takes the global options out of the command line, wherever they stand, up to "--" */
static int take_global(struct session *s, int argc, char **argv, bool *help, bool *version)
{
    static const struct {
        const char *name;
        bool valued;
    } known[] = {{"--archive", true}, {"--passphrase-fd", true}, {"--passphrase-file", true},
                 {"--json", false},   {"--recovery", false},     {"--help", false},
                 {"--version", false}};
    int kept = 1;
    for (int i = 1; i < argc; i++) {
        size_t k = 0, len = 0;
        for (; k < COUNT_OF(known); k++) {
            len = strlen(known[k].name);
            if (strncmp(argv[i], known[k].name, len) == 0 &&
                (argv[i][len] == 0 || (argv[i][len] == '=' && known[k].valued)))
                break;
        }
        if (strcmp(argv[i], "--") == 0)
            k = COUNT_OF(known);
        if (k == COUNT_OF(known)) {
            argv[kept++] = argv[i];
            if (strcmp(argv[i], "--") == 0)
                while (++i < argc)
                    argv[kept++] = argv[i];
            continue;
        }
        const char *value = NULL;
        if (known[k].valued) {
            value = argv[i][len] == '=' ? argv[i] + len + 1 : i + 1 < argc ? argv[++i] : NULL;
            if (!value)
                die(EXIT_USAGE, "%s needs a value", known[k].name);
        }
        if (k == 0)
            s->dir = value;
        else if (k == 1)
            s->passphrase_fd = number_of(value);
        else if (k == 2)
            s->passphrase_file = value;
        else if (k == 3)
            s->json = true;
        else if (k == 4)
            s->recovery = true;
        else if (k == 5)
            *help = true;
        else
            *version = true;
    }
    return kept;
}

int main(int argc, char **argv)
{
    struct session session = {.passphrase_fd = -1, .dir = getenv("GOVAH_ARCHIVE")};
    bool help = false, version = false;
    setlocale(LC_CTYPE, "C.UTF-8");
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    /* no core file and no debugger of the same user: keys are in this process */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    prctl(PR_SET_DUMPABLE, 0);
    argc = take_global(&session, argc, argv, &help, &version);
    if (version) {
        printf("govah %s\n", GOVAH_VERSION);
        return EXIT_DONE;
    }
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
    if (argc > 1 && argv[1][0] == '-')
        die(EXIT_USAGE, "unknown option %s; see govah --help", argv[1]);
    if (argc > 1 && !command)
        die(EXIT_USAGE, "unknown command \"%s\"; see govah --help", argv[1]);
    if (help) {
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
    text_use_memory();
    json_use_memory();
    archive_use_memory();
    seal_start();
    enum command_needs needs = command ? command->needs : NEED_READ;
    if (needs != NEED_NOTHING)
        session_open(&session, needs == NEED_WRITE ? ARCHIVE_WRITE : ARCHIVE_READ);
    int status =
        command ? command->run(&session, argc - 1, argv + 1) : cmd_state(&session, argc, argv);
    archive_close(session.archive);
    finish_output();
    return status;
}
