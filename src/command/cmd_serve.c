#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include "account/incidents.h"
#include "command/command.h"
#include "seal/box.h"
#include "serve/server.h"

const char cmd_serve_usage[] =
    "usage: govah serve [--port N] [--lang CODE] [--calendar NAME] [--threads N]\n"
    "\n"
    "  --port N         listen there; without it, on a port that is free\n"
    "  --lang CODE      the language to begin with: en, fa; without it, the browser's\n"
    "  --calendar NAME  gregorian or jalali; without it, the language's\n"
    "  --threads N      how many pages are made at once; without it, one a processor\n"
    "\n"
    "The workspace: the record as pages for a browser on this machine, and for deciding there. It\n"
    "prints an address that opens it once; open it in a private window. Ctrl-C ends it.\n"
    "\n"
    "  govah --archive ~/evidence serve --lang fa\n";

static int64_t number_of(const char *option, const char *text, int64_t low, int64_t high)
{
    int64_t number;
    if (!str_to_int(str_of(text), &number) || number < low || number > high)
        die(EXIT_USAGE, "--%s needs a number from %jd to %jd, not \"%s\"", option, (intmax_t)low,
            (intmax_t)high, text);
    return number;
}

static void set_language(struct server_choice *choice, const char *code)
{
    choice->preferences.language = language_find(choice->site.languages, str_of(code));
    if (!choice->preferences.language)
        die(EXIT_USAGE, "the workspace does not speak \"%s\"", code);
}

static void set_calendar(struct server_choice *choice, const char *name)
{
    bool jalali = strcmp(name, "jalali") == 0;
    if (!jalali && strcmp(name, "gregorian") != 0)
        die(EXIT_USAGE, "--calendar is gregorian or jalali, not \"%s\"", name);
    choice->preferences.calendar_chosen = true;
    choice->preferences.calendar = jalali ? CALENDAR_JALALI : CALENDAR_GREGORIAN;
}

static void read_options(struct server_choice *choice, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    const char *option;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    choice->threads = processors < 1                ? 1
                      : processors > SERVER_THREADS ? SERVER_THREADS
                                                    : (unsigned)processors;
    while ((option = option_next(&o, "port lang calendar threads", ""))) {
        if (strcmp(option, "port") == 0)
            choice->port = (uint16_t)number_of(option, o.value, 0, UINT16_MAX);
        else if (strcmp(option, "lang") == 0)
            set_language(choice, o.value);
        else if (strcmp(option, "calendar") == 0)
            set_calendar(choice, o.value);
        else
            choice->threads = (unsigned)number_of(option, o.value, 1, SERVER_THREADS);
    }
    if (operand_next(&o))
        die(EXIT_USAGE, "serve takes options alone; see govah serve --help");
}

static void say_line(const char *line)
{
    complain(NULL, line);
}

static void say_address(const struct session *s, const char *address)
{
    if (s->json) {
        json_t *out = json_object();
        json_put(out, "address", str_of(address));
        print_json(out);
    } else {
        printf("%s\n", address);
        puts("opens the workspace, once: in a private window of a browser on this machine. Ctrl-C"
             " ends it.");
    }
    finish_output();
}

int cmd_serve(struct session *s, int argc, char **argv)
{
    struct arena arena;
    struct fault why;
    struct languages *languages;
    struct master_key key;
    struct server *server;
    char address[SERVER_ADDRESS_SIZE], folder[PATH_MAX];
    sigset_t ends;
    int got;
    if (languages_new(&languages, &why) != OK)
        die(EXIT_PROBLEM, "%s", why.text);
    struct server_choice choice = {.site.languages = languages, .say = say_line};
    read_options(&choice, argc, argv);
    if (!s->dir)
        die(EXIT_USAGE, "which archive? give --archive DIR or set GOVAH_ARCHIVE");
    arena_init(&arena);
    choice.site.folder = str_of(s->dir);
    choice.site.reader = reader_of_store()->context;
    choice.site.incidents =
        incidents_known(choice.site.reader, STR("en"), &arena, &choice.site.incidents_count);
    choice.site.folder = str_of(realpath(s->dir, folder) ? folder : s->dir);
    session_key(s, &key);
    choice.archive = (struct pool_source){s->dir, &key, reader_of_store()};
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    enum outcome result = server_start(&choice, &server, address, &why);
    master_key_forget(&key);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    say_address(s, address);
    secret_forget(address, sizeof address);
    while (sigwait(&ends, &got))
        continue;
    server_stop(server);
    languages_free(languages);
    arena_release(&arena);
    return EXIT_DONE;
}
