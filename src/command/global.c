#include "command/command.h"

enum global { ARCHIVE, PASSPHRASE_FD, PASSPHRASE_FILE, JSON, RECOVERY, HELP, VERSION, NONE };

static const struct {
    const char *name;
    bool valued;
} known[] = {
    [ARCHIVE] = {"--archive", true},
    [PASSPHRASE_FD] = {"--passphrase-fd", true},
    [PASSPHRASE_FILE] = {"--passphrase-file", true},
    [JSON] = {"--json", false},
    [RECOVERY] = {"--recovery", false},
    [HELP] = {"--help", false},
    [VERSION] = {"--version", false},
};

static enum global find(const char *argument, const char **value)
{
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        size_t len = strlen(known[i].name);
        if (strncmp(argument, known[i].name, len) != 0)
            continue;
        *value = argument[len] == '=' ? argument + len + 1 : NULL;
        if (argument[len] == 0 || (*value && known[i].valued))
            return (enum global)i;
    }
    return NONE;
}

static int number_of(const char *text)
{
    int64_t value;
    if (!str_to_int(str_of(text), &value) || value < 0 || value > 1 << 20)
        die(EXIT_USAGE, "--passphrase-fd needs a descriptor's number, not \"%s\"", text);
    return (int)value;
}

static void set(struct session *s, enum global option, const char *value)
{
    switch (option) {
    case ARCHIVE:
        s->dir = value;
        break;
    case PASSPHRASE_FD:
        s->passphrase_fd = number_of(value);
        break;
    case PASSPHRASE_FILE:
        s->passphrase_file = value;
        break;
    case JSON:
        s->json = true;
        break;
    case RECOVERY:
        s->recovery = true;
        break;
    case HELP:
        s->help = true;
        break;
    case VERSION:
        s->version = true;
        break;
    case NONE:
        break;
    }
}

int session_options(struct session *s, int argc, char **argv)
{
    int kept = 1;
    for (int i = 1; i < argc; i++) {
        const char *value = NULL;
        enum global option = find(argv[i], &value);
        if (strcmp(argv[i], "--") == 0) {
            while (i < argc)
                argv[kept++] = argv[i++];
            break;
        }
        if (option == NONE) {
            argv[kept++] = argv[i];
            continue;
        }
        if (known[option].valued && !value)
            value = ++i < argc ? argv[i] : NULL;
        if (known[option].valued && !value)
            die(EXIT_USAGE, "%s needs a value", known[option].name);
        set(s, option, value);
    }
    return kept;
}
